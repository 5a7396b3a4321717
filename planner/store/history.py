"""Undo and redo: the journal read backwards and forwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from planner.changes import Changes
from planner.errors import UserError
from planner.store.values import from_utc_text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from planner.store.store import Store


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

    def undo(self) -> Changes:
        """Turn the latest command back. Raises NothingToUndo."""
        return self._move(undo=True)

    def redo(self) -> Changes:
        """Do the command last turned back again. Raises NothingToRedo."""
        return self._move(undo=False)

    def undo_to(self, command_id: int) -> Changes:
        """Turn back every command from the latest to this one, it included, all or none."""
        changes = Changes()
        with self._store.transaction() as connection:
            while (row := connection.exec_driver_sql(_LATEST).first()) and row[0] >= command_id:
                changes |= _apply(connection, row[0], row[1], undo=True)
        return changes

    def _move(self, *, undo: bool) -> Changes:
        with self._store.transaction() as connection:
            row = connection.exec_driver_sql(_LATEST if undo else _TURNED_BACK).first()
            if row is None:
                raise NothingToUndo if undo else NothingToRedo
            return _apply(connection, row[0], row[1], undo=undo)

    def _next(self, which: str) -> CommandRecord | None:
        with self._store.snapshot() as rows:
            row = rows.execute(which).fetchone()
        return None if row is None else CommandRecord(row[0], row[1], from_utc_text(row[2]), bool(row[3]))


_LATEST = "SELECT id, label, at, undone FROM command WHERE undone = 0 ORDER BY id DESC LIMIT 1"
_TURNED_BACK = "SELECT id, label, at, undone FROM command WHERE undone = 1 ORDER BY id LIMIT 1"


def _apply(connection: Connection, command_id: int, label: str, *, undo: bool) -> Changes:
    from planner.store import derived, journal  # late: the Edit menu asks for names alone

    execute = connection.exec_driver_sql
    # A parent may come back after its children: what counts is that all fits at the commit.
    execute("PRAGMA defer_foreign_keys = ON")
    changes = journal.touched_by(connection, command_id, label)
    complete = journal.legible(connection, command_id)
    order = "DESC" if undo else "ASC"
    rows = execute(
        "SELECT id, table_name, op, row_id, last_row_id, before, after FROM command_row "
        f"WHERE command_id = ? ORDER BY id {order}",
        (command_id,),
    ).all()
    for note_id, table, op, row_id, last_row_id, before, after in rows:
        if op == "R":
            _take_back_run(connection, note_id, command_id, table, row_id, last_row_id)
        elif (op == "I") == undo and op != "U":
            execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        else:
            _put(connection, table, json.loads(before if undo else after), replace=op == "U")
    execute("UPDATE command SET undone = ? WHERE id = ?", (int(undo), command_id))
    journal.mark(connection, command_id)
    derived.refresh(connection, changes, complete=complete)
    return changes


def _put(connection: Connection, table: str, image: dict[str, Any], *, replace: bool) -> None:
    columns = [name for name in image if name != "id"]
    if replace:
        sets = ", ".join(f'"{name}" = ?' for name in columns)
        connection.exec_driver_sql(
            f'UPDATE "{table}" SET {sets} WHERE id = ?', (*(image[name] for name in columns), image["id"])
        )
    else:
        names = ", ".join(f'"{name}"' for name in ("id", *columns))
        marks = ", ".join("?" for _ in range(len(columns) + 1))
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', (image["id"], *(image[name] for name in columns))
        )


def _take_back_run(connection: Connection, note_id: int, command_id: int, table: str, first: int, last: int) -> None:
    """Undo a bulk insert: write its rows out, so that it can be redone, and delete them."""
    execute = connection.exec_driver_sql
    columns = [row[1] for row in execute(f'PRAGMA table_info("{table}")')]
    image = ", ".join(f"'{name}', \"{name}\"" for name in columns)
    execute(
        "INSERT INTO command_row (command_id, table_name, op, row_id, after) "
        f"SELECT ?, '{table}', 'I', id, json_object({image}) FROM \"{table}\" WHERE id BETWEEN ? AND ?",
        (command_id, first, last),
    )
    execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))
    execute("DELETE FROM command_row WHERE id = ?", (note_id,))
