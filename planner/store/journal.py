"""The command journal: every row a command writes is noted in the same transaction, so that it can be turned back.

The notes are taken by temporary triggers on the writing connection. They see whatever changes a row: the ORM, bulk
statements, and the cascades of foreign keys. They are made anew for each connection from the tables as they are, so a
migration has nothing to keep in step.

A command that inserts very many rows (`bulk`) notes only the run of new ids in each table; the rows themselves are
written out when, and only when, it is undone. For its length the triggers on insertion are away: even one that finds
nothing to note doubles the time that a row takes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table

from planner.changes import MANY, Changes
from planner.store.tables import Base
from planner.store.types import utc_text

#: How many commands can be undone.
DEPTH = 500

#: A command with more notes than this is not read note by note to tell what it touched.
LEGIBLE = 20_000


def journalled() -> list[Table]:
    """The tables whose rows undo turns back."""
    return [table for table in Base.metadata.sorted_tables if table.info.get("journal", True)]


def attach(execute: Callable[[str], object]) -> None:
    """Set up the note-taking on a writing connection, by what executes SQL on it. Until `begin`, nothing is noted."""
    execute("CREATE TEMP TABLE current_command (id INTEGER, bulk INTEGER NOT NULL)")
    execute("INSERT INTO current_command VALUES (NULL, 0)")
    _note_insertions(execute)
    for table in journalled():
        name = table.name
        new, old = _json("NEW", table), _json("OLD", table)
        execute(
            f'CREATE TEMP TRIGGER "note_{name}_update" AFTER UPDATE ON main."{name}" '
            f"WHEN (SELECT id IS NOT NULL FROM temp.current_command) BEGIN "
            f"{_INSERT}, '{name}', 'U', NEW.id, {old}, {new} FROM temp.current_command; END"
        )
        execute(
            f'CREATE TEMP TRIGGER "note_{name}_delete" AFTER DELETE ON main."{name}" '
            f"WHEN (SELECT id IS NOT NULL FROM temp.current_command) BEGIN "
            f"{_INSERT}, '{name}', 'D', OLD.id, {old}, NULL FROM temp.current_command; END"
        )


_INSERT = "INSERT INTO command_row (command_id, table_name, op, row_id, before, after) SELECT id"


def _note_insertions(execute: Callable[[str], object]) -> None:
    for table in journalled():
        name = table.name
        execute(
            f'CREATE TEMP TRIGGER "note_{name}_insert" AFTER INSERT ON main."{name}" '
            f"WHEN (SELECT id IS NOT NULL FROM temp.current_command) BEGIN "
            f"{_INSERT}, '{name}', 'I', NEW.id, NULL, {_json('NEW', table)} FROM temp.current_command; END"
        )


def _leave_insertions(connection: Connection) -> None:
    # Part of the transaction: where the command fails, the rollback brings them back.
    for table in journalled():
        connection.exec_driver_sql(f'DROP TRIGGER temp."note_{table.name}_insert"')


def _json(row: str, table: Table) -> str:
    return "json_object(" + ", ".join(f"'{c.name}', {row}.\"{c.name}\"" for c in table.columns) + ")"


@dataclass(frozen=True, slots=True)
class Command:
    """A command being noted. `tops` are the highest ids before a bulk command, by table."""

    id: int
    label: str
    tops: Mapping[str, int] | None


def begin(connection: Connection, label: str, at: datetime, *, bulk: bool = False) -> Command:
    """Start noting a new command."""
    execute = connection.exec_driver_sql
    execute("INSERT INTO command (at, label, undone) VALUES (?, ?, 0)", (utc_text(at), label))
    command_id = int(execute("SELECT last_insert_rowid()").scalar_one())
    execute("UPDATE temp.current_command SET id = ?, bulk = ?", (command_id, int(bulk)))
    if bulk:
        _leave_insertions(connection)
    return Command(command_id, label, _tops(connection) if bulk else None)


def end(connection: Connection, command: Command) -> Changes:
    """Stop noting. Returns what the command touched.

    A command that changed nothing is forgotten. With any other, what was undone before can no longer be redone, and
    what is older than DEPTH commands no longer undone.
    """
    execute = connection.exec_driver_sql
    pause(connection)
    if command.tops is not None:
        for name, last in _tops(connection).items():
            first = command.tops[name] + 1
            if last >= first:
                execute(
                    "INSERT INTO command_row (command_id, table_name, op, row_id, last_row_id) "
                    "VALUES (?, ?, 'R', ?, ?)",
                    (command.id, name, first, last),
                )
                # Rows of the run that were changed or deleted again count as they stand now, or not at all.
                execute(
                    "DELETE FROM command_row WHERE command_id = ? AND table_name = ? AND op != 'R' "
                    "AND row_id BETWEEN ? AND ?",
                    (command.id, name, first, last),
                )
    changes = touched_by(connection, command.id, command.label)
    if not changes:
        execute("DELETE FROM command WHERE id = ?", (command.id,))
        return Changes(label=command.label)
    execute("DELETE FROM command WHERE undone = 1")
    execute(
        "DELETE FROM command WHERE id <= (SELECT id FROM command ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (DEPTH,),
    )
    mark(connection, command.id)
    return changes


def pause(connection: Connection) -> None:
    """Stop noting."""
    if connection.exec_driver_sql("SELECT bulk FROM temp.current_command").scalar_one():
        _note_insertions(connection.exec_driver_sql)
    connection.exec_driver_sql("UPDATE temp.current_command SET id = NULL, bulk = 0")


def mark(connection: Connection, command_id: int) -> None:
    """Leave word for other processes that this command was done, undone or redone."""
    execute = connection.exec_driver_sql
    execute("INSERT INTO change_mark (command_id) VALUES (?)", (command_id,))
    execute("DELETE FROM change_mark WHERE id <= (SELECT max(id) - 1000 FROM change_mark)")


def _tops(connection: Connection) -> dict[str, int]:
    # AUTOINCREMENT keeps, per table, the highest id ever given out; no table is read for this.
    tops = dict.fromkeys((table.name for table in journalled()), 0)
    for name, top in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence"):
        if name in tops:
            tops[name] = top
    return tops


def touched_by(connection: Connection, command_id: int, label: str) -> Changes:
    """What a command touched, read off its notes."""
    touched: dict[str, set[int]] = {}
    created: dict[str, list[int]] = {}
    notes, runs = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(op = 'R'), 0) FROM command_row WHERE command_id = ?", (command_id,)
    ).one()
    if notes <= LEGIBLE:
        for name, op, row_id, entity_ids in _rows(connection, command_id):
            if op == "R":
                continue
            for entity, id in entity_ids:
                touched.setdefault(entity, set()).add(id)
            if op == "I" and _own(name):
                created.setdefault(_own(name), []).append(row_id)
    return Changes(
        command_id=command_id,
        label=label,
        touched={entity: frozenset(ids) for entity, ids in touched.items()},
        created={entity: tuple(ids) for entity, ids in created.items()},
        everything=bool(runs) or notes > MANY,
    )


def legible(connection: Connection, command_id: int) -> bool:
    """Whether `touched_by` read every note of a command; what a run of ids created it leaves out in any case."""
    count = connection.exec_driver_sql("SELECT count(*) FROM command_row WHERE command_id = ?", (command_id,))
    return int(count.scalar_one()) <= LEGIBLE


def _rows(connection: Connection, command_id: int) -> Iterator[tuple[str, str, int, list[tuple[str, int]]]]:
    touches = {table.name: dict(table.info["touches"]) for table in journalled()}
    rows = connection.exec_driver_sql(
        "SELECT table_name, op, row_id, before, after FROM command_row WHERE command_id = ? ORDER BY id", (command_id,)
    )
    for name, op, row_id, before, after in rows:
        images = [json.loads(image) for image in (before, after) if image]
        yield name, op, row_id, _entities(touches.get(name, {}), images)


def _entities(columns: Mapping[str, str], images: Iterable[Mapping[str, object]]) -> list[tuple[str, int]]:
    found = []
    for image in images:
        for entity, column in columns.items():
            value = image.get(column)
            if isinstance(value, int):
                found.append((entity, value))
    return found


def _own(table_name: str) -> str:
    """The entity whose records are the rows of this table, "" where rows only belong to one."""
    touches = Base.metadata.tables[table_name].info["touches"]
    return next((entity for entity, column in touches.items() if column == "id"), "")
