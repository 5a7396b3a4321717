"""`rapport goals`: what you work towards, and what stands between you and it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import DataDir, Json, opened

if TYPE_CHECKING:
    from planner.insights.goal_readings import GoalReading
    from planner.relations.records import PersonRef


def goals(
    everything: Annotated[bool, typer.Option("--all", help="Also those that are closed.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell each goal: who is there, the ways to those you do not know, what is missing, and one next step.

    JSON: goals: [id, title, why, until, days_left, open, fields, organisations, there: [id, name, tie, quiet_days,
    roles], ways: [people: [id, name], strength, opening, cost], beyond: [id, name], gaps: [text, why, people],
    next: kind, words, why, ask, meet]. A way lists whom to ask in order, and last whom it leads to; its strength is
    that of its weakest tie, opening that of yours to the first.
    """
    with opened(data_dir, as_json) as (planner, out):
        found = [one for one in planner.goal_readings.all() if everything or one.goal.is_open]
        out.give({"goals": [_told(one) for one in found]})
        table = []
        for one in found:
            title = one.goal.draft.title
            table.append([title, "next", one.next.words, one.next.why])
            table += [
                [title, "there", each.person.name, "" if each.tie is None else f"{each.tie} tie"] for each in one.there
            ]
            table += [
                [title, "way", " → ".join(person.name for person in way.people), f"your tie is {way.opening}"]
                for way in one.ways
            ]
            table += [[title, "no way known", person.name, ""] for person in one.beyond]
            table += [[title, "missing", gap.strong + gap.rest, gap.why] for gap in one.gaps]
        out.table(["Goal", "", "What", "Why"], table)
        if not found:
            out.complain("No goal is set. The window’s Today has a line for it.")


def _told(one: GoalReading) -> dict[str, Any]:
    draft = one.goal.draft
    return {
        "id": one.goal.id,
        "title": draft.title,
        "why": draft.why,
        "until": draft.until,
        "days_left": one.days_left,
        "open": one.goal.is_open,
        "fields": list(draft.fields),
        "organisations": list(draft.organisations),
        "there": [
            {
                "id": each.person.id,
                "name": each.person.name,
                "tie": each.tie,
                "quiet_days": each.quiet_days,
                "roles": list(each.roles),
            }
            for each in one.there
        ],
        "ways": [
            {
                "people": [_person(each) for each in way.people],
                "strength": way.strength,
                "opening": way.opening,
                "cost": way.cost,
            }
            for way in one.ways
        ],
        "beyond": [_person(each) for each in one.beyond],
        "gaps": [{"text": gap.strong + gap.rest, "why": gap.why, "people": list(gap.people)} for gap in one.gaps],
        "next": {
            "kind": one.next.kind,
            "words": one.next.words,
            "why": one.next.why,
            "ask": _person(one.next.ask),
            "meet": _person(one.next.meet),
        },
    }


def _person(person: PersonRef | None) -> dict[str, Any] | None:
    return None if person is None else {"id": person.id, "name": person.name}
