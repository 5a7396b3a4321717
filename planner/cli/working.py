"""`rapport one-to-one`, `achievements`, `interviews`: working with somebody, and learning from somebody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import DataDir, Json, opened
from planner.cli.whom import person_called
from planner.events.interview_steps import Step, is_done, next_step


def one_to_one(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A number or a name.", show_default=False)],
    private: Annotated[bool, typer.Option("--private", help="Also the private log of what is difficult.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Tell what is agreed with somebody, updates given, feedback asked and received, and evidence of achievements.

    JSON: person: {id, name}, entries: [id, kind (expectation, update, feedback asked, feedback received, achievement;
    with --private also fact, common ground, next step, mediator), on, text, link, private, done, mediator, before:
    [on, text]].
    """
    from planner.relations.log_book import OPEN_KINDS

    with opened(data_dir, as_json) as (planner, out):
        id, name = person_called(planner, person)
        found = planner.relation_queries.log(id, None if private else OPEN_KINDS)
        if not private:
            found = tuple(each for each in found if not each.private)
        out.give(
            {
                "person": {"id": id, "name": name},
                "entries": [
                    {
                        "id": each.id,
                        "kind": each.kind,
                        "on": each.on,
                        "text": each.text,
                        "link": each.link,
                        "private": each.private,
                        "done": each.done,
                        "mediator": each.mediator.name if each.mediator else None,
                        "before": [{"on": on, "text": text} for on, text in each.before],
                    }
                    for each in found
                ],
            }
        )
        out.table(["On", "What", "Words"], [[each.on.isoformat(), each.kind.value, each.text] for each in found])
        if not found:
            out.complain(f"Nothing is noted with {name} yet.")


def achievements(
    out_file: Annotated[Path, typer.Argument(metavar="OUT", help="A .md, .html or .pdf file.", show_default=False)],
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on.", show_default=False)
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Also what was marked as private.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write the evidence of achievements, and feedback received, for a review.

    JSON: file, period, entries.
    """
    with opened(data_dir, as_json) as (planner, out):
        review = planner.achievements.save(out_file, since.date() if since else None, private=private)
        out.give({"file": out_file, "period": review.period, "entries": review.count})
        count = "1 entry" if review.count == 1 else f"{review.count} entries"
        out.say(f"{count} from {review.period} in {out_file}.")


def interviews(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Tell where each informational interview stands, from request to thank-you.

    JSON: interviews: [event_id, title, person: {id, name}, starts_at, asked_on, answer, questions, held, learned,
    thanked_on, named: [name, about, asked], done: [step], next].
    """
    with opened(data_dir, as_json) as (planner, out):
        found = planner.interviews.all()
        out.give(
            {
                "interviews": [
                    {
                        "event_id": each.event_id,
                        "title": each.title,
                        "person": {"id": each.person.id, "name": each.person.name} if each.person else None,
                        "starts_at": each.starts_at,
                        "asked_on": each.asked_on,
                        "answer": each.answer,
                        "questions": each.questions,
                        "held": each.held,
                        "learned": each.learned,
                        "thanked_on": each.thanked_on,
                        "named": [{"name": one.name, "about": one.about, "asked": one.asked} for one in each.named],
                        "done": [step for step in Step if is_done(each, step)],
                        "next": next_step(each),
                    }
                    for each in found
                ]
            }
        )
        out.table(
            ["When", "What", "Next"],
            [
                [
                    planner.clock.local(each.starts_at).date().isoformat(),
                    each.title,
                    "They said no" if each.declined else str(next_step(each) or "All done"),
                ]
                for each in found
            ],
        )
        if not found:
            out.complain("There is no informational interview yet.")
