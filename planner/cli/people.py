"""`rapport people`: who is there."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened


def people(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]", help="Words in any field, and filters: role:mentor tag:energy quiet:8w."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="No more than so many.", show_default=False)] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List people, by name, or those a search finds.

    JSON: total, people: [id, uid, name, title, organisation, emails, phones, roles, tags, tie, rhythm_days,
    last_interaction_at, quiet_until].
    """
    with opened(data_dir, as_json) as (planner, out):
        queries = planner.contact_queries
        ids = queries.find(" ".join(query or ()))
        shown = ids[:limit]
        if as_json:
            rows = {row.id: row for row in queries.rows(shown)}
            out.give(
                {
                    "total": len(ids),
                    "people": [
                        {
                            "id": contact.id,
                            "uid": contact.uid,
                            "name": contact.name,
                            "title": contact.details.title,
                            "organisation": contact.details.organisation,
                            "emails": [email.address for email in contact.details.emails],
                            "phones": [phone.number for phone in contact.details.phones],
                            "roles": list(contact.details.roles),
                            "tags": list(contact.details.tags),
                            "tie": contact.details.tie,
                            "rhythm_days": rows[contact.id].rhythm_days,
                            "last_interaction_at": contact.last_interaction_at,
                            "quiet_until": contact.details.boundary.quiet_until,
                        }
                        for contact in queries.many(shown)
                    ],
                }
            )
            return
        today = planner.clock.today()
        table = []
        for row in queries.rows(shown):
            last = planner.clock.local(row.last_interaction_at).date() if row.last_interaction_at else None
            since = "" if last is None else f"{(today - last).days} days ago" if last != today else "today"
            table.append([row.name, row.title, row.organisation, row.email, ", ".join(row.roles), since])
        out.table(["Name", "Title", "Organisation", "Email", "Role", "In touch"], table)
        if not ids:
            out.complain("Nobody is found." if query else "There is nobody yet. Import a file: rapport import FILE.vcf")
        elif len(ids) > len(shown):
            out.complain(f"{len(shown)} of {len(ids)} shown.")
