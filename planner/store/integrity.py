"""Checks that the database is sound: its pages, its references, what is derived from the records, and the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from planner.store import derived, journal, summaries
from planner.store.engine import raw
from planner.store.opening import driver_errors, is_damage
from planner.store.store import Store

# So many findings of one kind are named; of more, the rest is counted.
_NAMED = 20


class Part(StrEnum):
    """What was checked."""

    PAGES = "pages"
    REFERENCES = "references"
    INDEX = "search index"
    SUMMARY = "summaries"
    PICTURES = "pictures"
    JOURNAL = "undo journal"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, as a short clause. `repaired` once it is put right."""

    part: Part
    text: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check."""

    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong any more."""
        return all(finding.repaired for finding in self.findings)


def check(store: Store, *, repair: bool = False) -> Report:
    """Check everything; takes about a second for 10,000 contacts. Records are only read.

    With `repair`, what is derived (search index and summaries) is made anew from the records if it does not agree with
    them. Damage to the records themselves is reported; a backup is the remedy.
    """
    findings: list[Finding] = []
    with store.read() as session:
        connection = session.connection()
        for part, questions in (
            (Part.PAGES, _pages),
            (Part.REFERENCES, _references),
            (Part.SUMMARY, _summaries),
            (Part.INDEX, _documents),
            (Part.PICTURES, _pictures),
            (Part.JOURNAL, _journal),
        ):
            findings += _asked(part, questions, connection)
    findings += _index_itself(store)
    if repair and any(finding.part in (Part.INDEX, Part.SUMMARY) for finding in findings):
        with store.transaction() as connection:
            _remake(connection)
        findings = [
            Finding(finding.part, finding.text, repaired=finding.part in (Part.INDEX, Part.SUMMARY))
            for finding in findings
        ]
    return Report(tuple(findings))


def _asked(part: Part, questions: Callable[[Connection], Iterator[str]], connection: Connection) -> Iterator[Finding]:
    more = 0
    try:
        for number, text in enumerate(questions(connection)):
            if number < _NAMED:
                yield Finding(part, text)
            else:
                more += 1
    except driver_errors(DatabaseError) as error:
        # Damaged pages can make any question fail; the others may still be answered.
        if not is_damage(error):
            raise
        yield Finding(part, str(getattr(error, "orig", error)))
    if more:
        yield Finding(part, f"and {more} more")


def _pages(connection: Connection) -> Iterator[str]:
    for (text,) in connection.exec_driver_sql("PRAGMA main.integrity_check(100)"):
        # The search index is a table of its own kind, which is asked by its own command.
        if text != "ok" and "contact_search" not in text:
            yield str(text)
    # Each page of a protected database carries a seal; of a plain one there is nothing to say.
    for (text,) in raw(connection).execute("PRAGMA cipher_integrity_check"):
        yield str(text)


def _references(connection: Connection) -> Iterator[str]:
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} {row_id} belongs to a {parent} that is not there"


def _summaries(connection: Connection) -> Iterator[str]:
    kept = f"SELECT {', '.join(summaries.COLUMNS)} FROM contact_summary"
    yield from _differences(connection, kept, summaries.select(), "summary")


def _differences(connection: Connection, kept: str, right: str, what: str) -> Iterator[str]:
    wrong = connection.exec_driver_sql(f"SELECT DISTINCT id FROM ({right} EXCEPT {kept}) ORDER BY id").all()
    for (id,) in wrong:
        yield f"the {what} of contact {id} is not what the records say"
    gone = f"SELECT id FROM ({kept}) EXCEPT SELECT id FROM contact ORDER BY id"
    for (id,) in connection.exec_driver_sql(gone):
        yield f"there is a {what} of contact {id}, who is not there"


def _documents(connection: Connection) -> Iterator[str]:
    kept = {
        id: (name, work, rest)
        for id, name, work, rest in connection.exec_driver_sql("SELECT rowid, name, work, rest FROM contact_search")
    }
    for id, *document in derived.documents(connection):
        if kept.pop(id, None) != tuple(document):
            yield f"the search entry of contact {id} is not what the records say"
    for id in sorted(kept):
        yield f"there is a search entry of contact {id}, who is not there"


def _index_itself(store: Store) -> list[Finding]:
    """Whether the index agrees with its own documents; asking is a write to SQLite, though it changes nothing."""
    try:
        with store.transaction() as connection:
            connection.exec_driver_sql(
                "INSERT INTO contact_search (contact_search, rank) VALUES ('integrity-check', 1)"
            )
    except Exception as error:
        cause = error.__cause__ if error.__cause__ is not None else error
        if is_damage(cause):
            return [Finding(Part.INDEX, "the search index does not fit together")]
        raise
    return []


def _pictures(connection: Connection) -> Iterator[str]:
    for (id,) in connection.exec_driver_sql(
        "SELECT id FROM contact WHERE photo IS NOT NULL AND photo NOT IN (SELECT hash FROM blob) ORDER BY id"
    ):
        yield f"the picture of contact {id} is missing"


def _journal(connection: Connection) -> Iterator[str]:
    """The journal's notes can be read, stand in order, and end where the records are."""
    execute = connection.exec_driver_sql
    for (id,) in execute(
        "SELECT id FROM command WHERE undone = 0 AND id > (SELECT min(id) FROM command WHERE undone = 1)"
    ):
        yield f"command {id} comes after one that is undone"
    tables = {table.name: [column.name for column in table.columns] for table in journal.journalled()}
    unknown = execute("SELECT DISTINCT table_name FROM command_row").scalars()
    for name in sorted(set(unknown) - tables.keys()):
        yield f"there are notes on “{name}”, which is no table of ours"
    for name, columns in tables.items():
        # Where a row stands now: as the last note that holds left it, or as it was before the first that is undone.
        images = ", ".join(f"'{column}', \"{column}\"" for column in columns)
        for row_id, image, live in execute(
            "WITH notes AS (SELECT row_id, before, after, undone, "
            "row_number() OVER (PARTITION BY row_id, undone ORDER BY command_id, command_row.id) AS oldest, "
            "row_number() OVER (PARTITION BY row_id, undone ORDER BY command_id DESC, command_row.id DESC) AS newest "
            f"FROM command_row JOIN command ON command.id = command_id WHERE table_name = '{name}' AND op != 'R'), "
            "expected AS (SELECT row_id, before AS image FROM notes WHERE undone = 1 AND oldest = 1 UNION ALL "
            "SELECT row_id, after FROM notes WHERE undone = 0 AND newest = 1 "
            "AND row_id NOT IN (SELECT row_id FROM notes WHERE undone = 1)) "
            f'SELECT row_id, image, (SELECT json_object({images}) FROM "{name}" WHERE id = row_id) FROM expected'
        ):
            if not _agree(image, live):
                yield f"{name} {row_id} is not as its last change left it"


def _agree(image: str | None, live: str | None) -> bool:
    if image == live:
        return True
    if image is None or live is None:
        return False
    try:
        noted: dict[str, Any] = json.loads(image)
    except ValueError:
        return False
    now = json.loads(live)
    # A column that came with a later format is in one of them only.
    return all(now[name] == value for name, value in noted.items() if name in now)


def _remake(connection: Connection) -> None:
    # An index whose pages do not fit can't be emptied row by row.
    execute = connection.exec_driver_sql
    sql = execute("SELECT sql FROM sqlite_master WHERE name = 'contact_search'").scalar_one()
    execute("DROP TABLE contact_search")
    execute(sql)
    derived.rebuild(connection)
