"""`rapport brief`: an event's dossier, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from planner.cli.output import DataDir, Json, opened
from planner.errors import NotFound, UserError
from planner.folding import fold

if TYPE_CHECKING:
    from planner.app import Planner


@dataclass
class SeveralEvents(UserError):
    """Words that fit more than one event."""

    words: str
    titles: str

    what: ClassVar[str] = "“{words}” may be one of several events: {titles}."
    safe: ClassVar[str] = "Nothing was written."
    advice: ClassVar[str] = "Give the number that stands before the title."


def brief(
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="Its number, or words of its title.", show_default=False)
    ],
    out_file: Annotated[Path, typer.Argument(metavar="OUT", help="A .pdf or .html file.", show_default=False)],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Write the brief of an event: agenda, aim, pitch, and one block a person.

    JSON: file, event: {id, title}.
    """
    with opened(data_dir, as_json) as (planner, out):
        id, title = event_called(planner, event)
        path = planner.briefs.save(id, out_file)
        out.give({"file": path, "event": {"id": id, "title": title}})
        out.say(f"The brief of {title} is in {path}.")


def event_called(planner: Planner, words: str) -> tuple[int, str]:
    """Number and title of the event meant: by number, by its title, or by words of it; coming ones before past ones."""
    coming, past = planner.event_queries.upcoming(), planner.event_queries.past()
    if words.isascii() and words.isdigit():
        for row in (*coming, *past):
            if row.id == int(words):
                return row.id, row.details.title
        raise NotFound("event", int(words))
    sought = fold(words).split()
    for rows in (coming, past):
        fitting = [row for row in rows if all(word in fold(row.details.title) for word in sought)]
        exact = [row for row in fitting if fold(row.details.title).split() == sought]
        if len(exact or fitting) == 1:
            only = (exact or fitting)[0]
            return only.id, only.details.title
        if fitting:
            raise SeveralEvents(words, ", ".join(f"{row.id} {row.details.title}" for row in fitting))
    raise NotFound("event", words)
