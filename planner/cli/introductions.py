"""`rapport introductions`: how each stands, and who should meet whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import DataDir, Json, opened

if TYPE_CHECKING:
    from planner.relations.introduction_queries import Standing
    from planner.relations.introductions import Mark
    from planner.relations.records import PersonRef


def introductions(
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Tell who should meet whom instead.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List introductions with their steps: stuck ones first, then by when the next step is due.

    JSON: today, introductions: [id, a, b, introducer, reason, state, step, due_on, stuck, steps: [words, state, days],
    followup_id, made_on, thanked_on, outcome, room: asked, most, free_on]; with --suggest, suggestions: [a, b, reasons,
    topic]. People are id and name, or null: b null is you, introducer null means that you introduce.
    """
    with opened(data_dir, as_json) as (planner, out):
        if suggest:
            found = planner.introductions.suggestions()
            out.give(
                {
                    "suggestions": [
                        {"a": _person(one.a), "b": _person(one.b), "reasons": list(one.reasons), "topic": one.topic}
                        for one in found
                    ]
                }
            )
            out.table(
                ["Who", "Should meet", "Why"], [[one.a.name, one.b.name, "; ".join(one.reasons)] for one in found]
            )
            if not found:
                out.complain("Nobody comes to mind. Say under Details what people look for and can offer, or tag them.")
            return
        standings = [one for one in planner.introductions.standings() if everything or not one.is_over]
        out.give({"today": planner.clock.today(), "introductions": [_told(one) for one in standings]})
        out.table(
            ["Who", "Meets", "Steps", "Stuck"],
            [
                [
                    one.introduction.a.name,
                    one.introduction.b.name if one.introduction.b else "you",
                    " · ".join(map(str, one.marks)),
                    one.stuck,
                ]
                for one in standings
            ],
        )
        if not standings:
            out.complain("No introduction is under way. Who should meet whom: rapport introductions --suggest")


def _told(one: Standing) -> dict[str, Any]:
    it, room = one.introduction, one.room
    return {
        "id": it.id,
        "a": _person(it.a),
        "b": _person(it.b),
        "introducer": _person(it.introducer),
        "reason": it.reason,
        "state": it.state,
        "step": one.step,
        "due_on": one.due_on,
        "stuck": one.stuck,
        "steps": [_mark(mark) for mark in one.marks],
        "followup_id": one.followup_id,
        "made_on": it.made_on,
        "thanked_on": it.thanked_on,
        "outcome": it.outcome,
        "room": None if room is None else {"asked": room.asked, "most": room.most, "free_on": room.free_on},
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"words": mark.words, "state": mark.state, "days": mark.days}


def _person(person: PersonRef | None) -> dict[str, Any] | None:
    return None if person is None else {"id": person.id, "name": person.name}
