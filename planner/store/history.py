"""Undo and redo: the journal read backwards and forwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.changes import Changes
from planner.errors import Cancelled, UserError
from planner.store.values import from_utc_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from planner.store.store import Store


Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

#: Turning back a command with more rows than this may take a second.
LONG = 20_000

#: Told by the index alone: the notes themselves hold whole rows, and a look through them would keep a key waiting.
_HAS_MORE = "SELECT 1 FROM command_row WHERE command_id = ? LIMIT 1 OFFSET ?"

_ROWS = (
    "SELECT coalesce(sum(CASE op WHEN 'R' THEN last_row_id - row_id + 1 ELSE 1 END), 0) "
    "FROM command_row WHERE command_id = ?"
)


class NothingToUndo(UserError):
    """The journal's beginning is reached."""

    what = "There is nothing to undo."
    safe = ""


class NothingToRedo(UserError):
    """Nothing has been undone since the last change."""

    what = "There is nothing to redo."
    safe = ""


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """One entry of the history of recent changes. `at` is UTC."""

    id: int
    label: str
    at: datetime
    undone: bool


class History:
    """The commands of this database, newest first, whoever made them: this window, another start, the command line."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def recent(self, limit: int = 50) -> tuple[CommandRecord, ...]:
        """The newest commands, undone ones included."""
        with self._store.snapshot() as rows:
            found = rows.execute("SELECT id, label, at, undone FROM command ORDER BY id DESC LIMIT ?", (limit,))
            return tuple(CommandRecord(id, label, from_utc_text(at), bool(undone)) for id, label, at, undone in found)

    def next_undo(self) -> CommandRecord | None:
        """What `undo` would turn back."""
        return self._next(_LATEST)

    def next_redo(self) -> CommandRecord | None:
        """What `redo` would do again."""
        return self._next(_TURNED_BACK)

    def is_long(self, record: CommandRecord | None) -> bool:
        """Whether turning a command back, or doing it again, may take more than a second."""
        if record is None:
            return False
        with self._store.snapshot() as rows:
            if rows.execute(_HAS_MORE, (record.id, LONG)).fetchone() is not None:
                return True
            return int(rows.execute(_ROWS, (record.id,)).fetchone()[0]) > LONG

    def undo(self, progress: Progress | None = None, stop: Stop | None = None) -> Changes:
        """Turn the latest command back. Raises NothingToUndo, and Cancelled, with all as it was, when `stop` says so.

        `progress` hears how many of how many rows are done.
        """
        return self._move(undo=True, progress=progress, stop=stop)

    def redo(self, progress: Progress | None = None, stop: Stop | None = None) -> Changes:
        """Do the command last turned back again. Raises NothingToRedo; otherwise as `undo`."""
        return self._move(undo=False, progress=progress, stop=stop)

    def undo_to(self, command_id: int) -> Changes:
        """Turn back every command from the latest to this one, it included, all or none."""
        changes = Changes()
        with self._store.transaction() as connection:
            while (row := connection.exec_driver_sql(_LATEST).first()) and row[0] >= command_id:
                changes |= _apply(connection, row[0], row[1], undo=True, progress=None, stop=None)
        return changes

    def _move(self, *, undo: bool, progress: Progress | None, stop: Stop | None) -> Changes:
        with self._store.transaction() as connection:
            row = connection.exec_driver_sql(_LATEST if undo else _TURNED_BACK).first()
            if row is None:
                raise NothingToUndo if undo else NothingToRedo
            return _apply(connection, row[0], row[1], undo=undo, progress=progress, stop=stop)

    def _next(self, which: str) -> CommandRecord | None:
        with self._store.snapshot() as rows:
            row = rows.execute(which).fetchone()
        return None if row is None else CommandRecord(row[0], row[1], from_utc_text(row[2]), bool(row[3]))


_LATEST = "SELECT id, label, at, undone FROM command WHERE undone = 0 ORDER BY id DESC LIMIT 1"
_TURNED_BACK = "SELECT id, label, at, undone FROM command WHERE undone = 1 ORDER BY id LIMIT 1"


def _apply(
    connection: Connection, command_id: int, label: str, *, undo: bool, progress: Progress | None, stop: Stop | None
) -> Changes:
    from planner.store import derived, journal  # late: the Edit menu asks for names alone

    execute = connection.exec_driver_sql
    # A parent may come back after its children: what counts is that all fits at the commit.
    execute("PRAGMA defer_foreign_keys = ON")
    changes = journal.touched_by(connection, command_id, label)
    complete = journal.legible(connection, command_id)
    total = int(execute(_ROWS, (command_id,)).scalar_one()) if progress else 0
    done = 0
    for stretch in _stretches(connection, command_id, undo=undo):
        for moved in _move_stretch(connection, command_id, stretch, undo=undo):
            done += moved
            if progress:
                progress(done, max(done, total))
            if stop and stop():
                raise Cancelled
    execute("UPDATE command SET undone = ? WHERE id = ?", (int(undo), command_id))
    journal.mark(connection, command_id)
    derived.refresh(connection, changes, complete=complete)
    return changes


class _Stretch(NamedTuple):
    """Notes of one kind on one table, one after the other: the ids of the first and the last of them, and how many.
    Of a run, which is always alone, also the rows' ids."""

    table: str
    op: str
    first: int
    last: int
    notes: int
    rows: tuple[int, int] = (0, 0)


#: Rows that are moved at once; between two such steps progress is told and a stop is heard.
_STEP = 5_000


def _stretches(connection: Connection, command_id: int, *, undo: bool) -> list[_Stretch]:
    """The notes of a command in the order in which they are to be followed, without their images."""
    from planner.store.engine import raw

    found: list[_Stretch] = []
    notes = raw(connection).execute(
        "SELECT id, table_name, op, row_id, last_row_id FROM command_row "
        f"WHERE command_id = ? ORDER BY id {'DESC' if undo else 'ASC'}",
        (command_id,),
    )
    table = op = ""
    first = last = count = 0
    for note_id, name, kind, row_id, last_row_id in notes:
        if kind == op != "R" and name == table and count < _STEP:
            last, count = note_id, count + 1
            continue
        if op and op != "R":
            found.append(_Stretch(table, op, min(first, last), max(first, last), count))
        table, op, first, last, count = name, kind, note_id, note_id, 1
        if kind == "R":
            found.append(_Stretch(name, kind, note_id, note_id, 1, (row_id, last_row_id)))
    if op and op != "R":
        found.append(_Stretch(table, op, min(first, last), max(first, last), count))
    return found


def _move_stretch(connection: Connection, command_id: int, stretch: _Stretch, *, undo: bool) -> Iterator[int]:
    """Follow some notes; gives the number of rows, step by step."""
    among = "command_id = ? AND id BETWEEN ? AND ?"
    where = (command_id, stretch.first, stretch.last)
    if stretch.op == "R":
        yield from _take_back_run(connection, command_id, stretch)
        return
    if stretch.op == "U":
        images = connection.exec_driver_sql(
            f"SELECT {'before' if undo else 'after'} FROM command_row WHERE {among} "
            f"ORDER BY id {'DESC' if undo else 'ASC'}",
            where,
        ).all()
        for (image,) in images:
            _change(connection, stretch.table, json.loads(image))
    elif (stretch.op == "I") == undo:
        connection.exec_driver_sql(
            f'DELETE FROM "{stretch.table}" WHERE id IN (SELECT row_id FROM command_row WHERE {among})', where
        )
    else:
        _bring_back(connection, stretch, "before" if undo else "after", among, where)
    yield stretch.notes


def _bring_back(connection: Connection, stretch: _Stretch, image: str, among: str, where: tuple[int, int, int]) -> None:
    """Insert rows from their images, which all have the same columns: one version of the program wrote them."""
    execute = connection.exec_driver_sql
    example = execute(f"SELECT {image} FROM command_row WHERE {among} LIMIT 1", where).scalar_one()
    columns = list(json.loads(example))
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f"json_extract({image}, '$.\"{name}\"')" for name in columns)
    execute(f'INSERT INTO "{stretch.table}" ({names}) SELECT {values} FROM command_row WHERE {among}', where)


def _change(connection: Connection, table: str, image: dict[str, Any]) -> None:
    columns = [name for name in image if name != "id"]
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    connection.exec_driver_sql(
        f'UPDATE "{table}" SET {sets} WHERE id = ?', (*(image[name] for name in columns), image["id"])
    )


def _take_back_run(connection: Connection, command_id: int, stretch: _Stretch) -> Iterator[int]:
    """Undo a bulk insert: write its rows out, so that it can be redone, and delete them, the newest first."""
    execute = connection.exec_driver_sql
    table, (first, last) = stretch.table, stretch.rows
    columns = [row[1] for row in execute(f'PRAGMA table_info("{table}")')]
    image = ", ".join(f"'{name}', \"{name}\"" for name in columns)
    for until in range(last, first - 1, -_STEP):
        step = (max(first, until - _STEP + 1), until)
        execute(
            "INSERT INTO command_row (command_id, table_name, op, row_id, after) "
            f"SELECT ?, '{table}', 'I', id, json_object({image}) FROM \"{table}\" WHERE id BETWEEN ? AND ?",
            (command_id, *step),
        )
        execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', step)
        yield step[1] - step[0] + 1
    execute("DELETE FROM command_row WHERE id = ?", (stretch.first,))
