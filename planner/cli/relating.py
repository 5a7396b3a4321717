"""`rapport ledger`, `promises`, `news`, `share`: what went each way, what is owed, and what there is to celebrate."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened
from planner.cli.whom import person_called
from planner.followups.records import FollowUpKind
from planner.relations.balance import balance_of
from planner.relations.interest import understand
from planner.relations.records import Direction, ExchangeKind, PromiseState

Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on.", show_default=False)
]
Person = Annotated[
    str | None, typer.Argument(metavar="[PERSON]", help="Only with them: a number or a name.", show_default=False)
]


def ledger(
    person: Person = None,
    since: Since = None,
    direction: Annotated[
        Direction | None, typer.Option("--direction", help="Only what went this way.", show_default=False)
    ] = None,
    kind: Annotated[ExchangeKind | None, typer.Option("--kind", help="Only of this kind.", show_default=False)] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell what was given and received, with one person or in all, newest first. The sums count what is listed.

    JSON: given, received, kinds: [kind, given, received], exchanges: [id, person: {id, name}, direction (given,
    received), kind, on, text, link].
    """
    with opened(data_dir, as_json) as (planner, out):
        id = person_called(planner, person)[0] if person else None
        first = since.date() if since else None
        found = planner.relation_queries.exchanges(id, first, direction=direction, kind=kind)
        balance = balance_of(found)
        out.give(
            {
                "given": balance.given,
                "received": balance.received,
                "kinds": [
                    {"kind": each.kind, "given": each.given, "received": each.received} for each in balance.kinds
                ],
                "exchanges": [
                    {
                        "id": each.id,
                        "person": {"id": each.contact.id, "name": each.contact.name},
                        "direction": each.direction,
                        "kind": each.kind,
                        "on": each.on,
                        "text": each.text,
                        "link": each.link,
                    }
                    for each in found
                ],
            }
        )
        out.table(
            ["On", "Which way", "What", "Person", "Words"],
            [
                [each.on.isoformat(), each.direction.value, each.kind.value, each.contact.name, each.text]
                for each in found
            ],
        )
        out.say(f"Given {balance.given}, received {balance.received}.")


def promises(
    person: Person = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those kept and let go.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell what is owed either way, those due first first.

    JSON: today, promises: [id, person: {id, name}, side (mine, theirs), text, made_on, due_on, state (open, kept,
    broken), closed_on, late].
    """
    with opened(data_dir, as_json) as (planner, out):
        id = person_called(planner, person)[0] if person else None
        found = planner.relation_queries.promises(id, None if everything else PromiseState.OPEN)
        today = planner.clock.today()
        out.give(
            {
                "today": today,
                "promises": [
                    {
                        "id": each.id,
                        "person": {"id": each.contact.id, "name": each.contact.name},
                        "side": each.side,
                        "text": each.text,
                        "made_on": each.made_on,
                        "due_on": each.due_on,
                        "state": each.state,
                        "closed_on": each.closed_on,
                        "late": each.due_on is not None and each.due_on < (each.closed_on or today),
                    }
                    for each in found
                ],
            }
        )
        out.table(
            ["Who owes", "Person", "What", "By", "State"],
            [
                [
                    "I" if each.side.value == "mine" else "They",
                    each.contact.name,
                    each.text,
                    each.due_on.isoformat() if each.due_on else "",
                    each.state.value,
                ]
                for each in found
            ],
        )
        if not found:
            out.complain("Nothing is owed.")


def news(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Tell what there is to celebrate: news of jobs that was noticed, and what stands in the queue for it.

    JSON: proposed: [id, person: {id, name}, kind, on, text], planned: [id, people: [id, name], title, due_on].
    """
    with opened(data_dir, as_json) as (planner, out):
        planner.keeping_up.refresh()
        proposed = planner.relation_queries.proposed_milestones()
        planned = planner.followup_queries.queue().only((FollowUpKind.CELEBRATE,)).entries()
        out.give(
            {
                "proposed": [
                    {
                        "id": each.id,
                        "person": {"id": each.contact.id, "name": each.contact.name},
                        "kind": each.kind,
                        "on": each.on,
                        "text": each.text,
                    }
                    for each in proposed
                ],
                "planned": [
                    {
                        "id": each.id,
                        "people": [{"id": one.id, "name": one.name} for one in each.followup.people],
                        "title": each.followup.details.title,
                        "due_on": each.followup.details.due_on,
                    }
                    for each in planned
                ],
            }
        )
        out.table(
            ["What", "Person", "On", "News"],
            [
                *([each.kind.value, each.contact.name, each.on.isoformat(), each.text] for each in proposed),
                *(["planned", "", each.followup.details.due_on.isoformat(), each.headline] for each in planned),
            ],
        )
        if not proposed and not planned:
            out.complain("There is no news.")


def share(
    link: Annotated[str, typer.Argument(metavar="LINK", help="A link, or words.", show_default=False)],
    about: Annotated[str, typer.Option("--about", help="What it is about, in a few words.")] = "",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell whom a link or an article would interest, the most likely first, and why. Nothing is fetched or sent.

    JSON: link, title, readers: [id, name, work, email, reasons, cautions, had_on].
    """
    with opened(data_dir, as_json) as (planner, out):
        shared = understand(link)
        found = planner.sharing.readers(shared, about)
        out.give(
            {
                "link": shared.link,
                "title": shared.title,
                "readers": [
                    {
                        "id": each.id,
                        "name": each.name,
                        "work": each.work,
                        "email": each.email,
                        "reasons": list(each.reasons),
                        "cautions": [one.text for one in each.cautions],
                        "had_on": each.had_on,
                    }
                    for each in found
                ],
            }
        )
        out.table(
            ["Person", "Why", "Mind"],
            [[each.name, " · ".join(each.reasons), " · ".join(one.text for one in each.cautions)] for each in found],
        )
        if not found:
            out.complain("Nobody's tags, notes or talks have these words. Say what it is about: --about WORDS")
