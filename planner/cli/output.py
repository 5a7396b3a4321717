"""What commands print: tables for people, tab-separated lines for pipes, JSON for programs; trouble to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.errors import Cancelled, FileUnwritable, UserError
from planner.paths import data_folder

if TYPE_CHECKING:
    from planner.app import Planner

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="FOLDER", help="Keep the data there (also: RAPPORT_DATA_DIR).", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object with stable names.")]

#: Exit codes.
FINE, SOME_FAILED, CANNOT_RUN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command's results go."""

    as_json: bool

    def say(self, text: str) -> None:
        """A sentence about what was done; with --json it is left out."""
        if not self.as_json:
            print(text)

    def complain(self, text: str) -> None:
        """A line about something that failed."""
        print(text, file=sys.stderr)

    def give(self, data: Mapping[str, Any]) -> None:
        """The result as JSON; without --json it is left out."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows as a table that fits the terminal; into a pipe as lines with tabs, whole."""
        if self.as_json or not rows:
            return
        if not sys.stdout.isatty():
            for row in rows:
                print("\t".join(" ".join(cell.split()) for cell in row))
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for head in heads:
            table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)


@contextmanager
def telling(as_json: bool) -> Iterator[Output]:
    """A command's output. A person's error inside is told in its three sentences, and ends the program with 2."""
    out = Output(as_json)
    try:
        yield out
    except UserError as error:
        told = error.explain()
        out.complain(str(told))
        kind = type(error).__name__
        out.give({"error": {"kind": kind, "what": told.what, "safe": told.safe, "advice": told.advice}})
        raise typer.Exit(CANNOT_RUN) from None
    except KeyboardInterrupt:
        out.complain(str(Cancelled()))
        raise typer.Exit(CANNOT_RUN) from None


@contextmanager
def opened(explicit: Path | None, as_json: bool) -> Iterator[tuple[Planner, Output]]:
    """The services over a data folder, and the command's output."""
    with telling(as_json) as out:
        from planner.app import Planner
        from planner.cli.passwords import key_of_data

        folder = data_folder(explicit)
        with Planner(folder, key=key_of_data(folder.database)) as planner:
            try:
                yield planner, out
            finally:
                _keep_current(planner, out)


def _keep_current(planner: Planner, out: Output) -> None:
    """Rewrite the calendar file that is always current after a change; the window may not be open to do it."""
    if not planner.store.has_written or not planner.settings.get().calendar_folder:
        return
    try:
        planner.current_file.refresh()
    except FileUnwritable as error:
        # What the command did is done; the file is written after the next change, or by the window.
        out.complain(str(error.explain()))
