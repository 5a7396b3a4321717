"""`rapport organisations`: memberships, fellow members, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cli.output import DataDir, Json, opened

if TYPE_CHECKING:
    from planner.relations.memberships import Membership


def organisations(data_dir: DataDir = None, as_json: Json = False) -> None:
    """List professional organisations: your membership, fellow members, volunteering, meetings.

    JSON: organisations: [id, name, link, notes, mine, members, meetings: [event_id, title, day, linked]]. A membership
    is: id, person (id and name, null for you), role, since, volunteering; mine is one, or null.
    """
    with opened(data_dir, as_json) as (planner, out):
        found = planner.organisations.all()
        out.give(
            {
                "organisations": [
                    {
                        "id": one.id,
                        "name": one.draft.name,
                        "link": one.draft.link,
                        "notes": one.draft.notes,
                        "mine": None if one.mine is None else _told(one.mine),
                        "members": [_told(each) for each in one.members],
                        "meetings": [
                            {"event_id": each.event_id, "title": each.title, "day": each.day, "linked": each.linked}
                            for each in one.meetings
                        ],
                    }
                    for one in found
                ]
            }
        )
        table = []
        for one in found:
            mine = [] if one.mine is None else [one.mine]
            for each in (*mine, *one.members):
                who = each.contact.name if each.contact else "you"
                since = "" if each.draft.since is None else f"since {each.draft.since.isoformat()}"
                table.append([one.draft.name, who, each.draft.role, since, each.draft.volunteering])
            table += [[one.draft.name, "meeting", each.title, each.day.isoformat(), ""] for each in one.meetings]
        out.table(["Organisation", "Who", "What", "When", "Volunteering"], table)
        if not found:
            out.complain("No organisation is noted yet. Add one in the window: Ctrl+K, Organisations.")


def _told(one: Membership) -> dict[str, Any]:
    return {
        "id": one.id,
        "person": None if one.contact is None else {"id": one.contact.id, "name": one.contact.name},
        "role": one.draft.role,
        "since": one.draft.since,
        "volunteering": one.draft.volunteering,
    }
