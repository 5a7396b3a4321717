"""The commands, put together. Each lives in a file of its own beside this one."""

from __future__ import annotations

from typing import Annotated

import typer

import planner
from planner.cli import (
    brief,
    card,
    check,
    due,
    duplicates,
    exporting,
    goals,
    import_files,
    insights,
    introductions,
    keeping,
    organisations,
    people,
    protecting,
    relating,
    sample,
    sync,
    working,
)
from planner.cli.output import DataDir
from planner.cli.window import open_window

app = typer.Typer(
    help=(
        "Rapport plans professional relationships: people, events prepared, follow-ups kept. Without a command it "
        "opens the window. Commands may be used while the window is open."
    ),
    epilog=(
        "Exit codes: 0 fine; 1 some items failed and are listed; 2 can't run. Every command takes --data-dir and "
        "--json; the names in the JSON are told in each command's help, and stay."
    ),
    pretty_exceptions_enable=False,
    # Plain: markup would take the names in brackets, which each command's help tells, for styles.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

export = typer.Typer(help="Write contacts or the calendar to a file.", no_args_is_help=True, rich_markup_mode=None)
export.command("contacts")(exporting.contacts)
export.command("calendar")(exporting.calendar)

app.command("sample")(sample.sample)
app.command("import")(import_files.files)
app.command("card")(card.card)
app.command("people")(people.people)
app.command("due")(due.due)
app.command("duplicates")(duplicates.duplicates)
app.command("sync")(sync.sync)
app.command("insights")(insights.insights)
app.command("introductions")(introductions.introductions)
app.command("goals")(goals.goals)
app.command("ledger")(relating.ledger)
app.command("promises")(relating.promises)
app.command("news")(relating.news)
app.command("share")(relating.share)
app.command("one-to-one")(working.one_to_one)
app.command("achievements")(working.achievements)
app.command("interviews")(working.interviews)
app.command("organisations")(organisations.organisations)
app.add_typer(export, name="export")
app.command("brief")(brief.brief)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("protect")(protecting.protect)
app.command("unprotect")(protecting.unprotect)
app.command("check")(check.check)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"Rapport {planner.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    data_dir: DataDir = None,
    version: Annotated[  # noqa: ARG001 - the callback prints it
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """What comes before a command, and what happens without one."""
    if context.invoked_subcommand is None:
        raise typer.Exit(open_window(["--data-dir", str(data_dir)] if data_dir else []))
    if data_dir is not None:
        # A folder named before the command holds for it, unless it names its own.
        mine = {"data_dir": data_dir}
        names = [command.name for command in app.registered_commands]
        context.default_map = {name: mine for name in names if name} | {"export": {"contacts": mine, "calendar": mine}}
