"""`rapport duplicates`: who may be here twice."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened


def duplicates(
    least: Annotated[
        float, typer.Option(metavar="SCORE", min=0, max=1, help="Only pairs with at least this score, 0 to 1.")
    ] = 0.0,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List pairs of contacts that may be one person, the surest first, each with its score and its reason.

    Nothing is merged. `sure` pairs are those where one record says nothing that the other does not say.

    JSON: total, pairs: [score (0 to 1), reason, sure, contacts: the two, the fuller record first, [id, name,
    organisation, email]].
    """
    with opened(data_dir, as_json) as (planner, out):
        found = [(pair, group) for group in planner.duplicates.find() for pair in group.pairs if pair.score >= least]
        found.sort(key=lambda each: (-each[0].score, each[0].a, each[0].b))
        wanted = {id for pair, _ in found for id in (pair.a, pair.b)}
        rows = {row.id: row for row in planner.contact_queries.rows(list(wanted))}
        pairs, table = [], []
        for pair, group in found:
            order = [id for id in group.ids if id in (pair.a, pair.b)]
            two = [rows[id] for id in order if id in rows]
            if len(two) < 2:
                continue
            table.append(
                [f"{pair.score:.2f}", two[0].name, two[1].name, pair.reason, "sure" if group.automatic else ""]
            )
            pairs.append(
                {
                    "score": pair.score,
                    "reason": pair.reason,
                    "sure": group.automatic,
                    "contacts": [
                        {"id": row.id, "name": row.name, "organisation": row.organisation, "email": row.email}
                        for row in two
                    ],
                }
            )
        out.give({"total": len(pairs), "pairs": pairs})
        out.table(["Score", "Name", "And", "Why", ""], table)
        if not pairs:
            out.complain("Nobody seems to be here twice.")
