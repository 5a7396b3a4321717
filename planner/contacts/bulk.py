"""Adding contacts by the thousand, in one command."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from planner.contacts import checking, pictures
from planner.contacts.mapping import CONTACT, PARTS, own_values, part_values
from planner.contacts.records import ContactDetails, FailedItem, ParsedContact
from planner.errors import Cancelled, Invalid
from planner.store.types import utc_text

#: Contacts in one statement; between two of them progress is told and a stop is heard.
BATCH = 1_000

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Added:
    """The ids of the added contacts by their place in the file, and what could not be added."""

    ids: dict[int, int]
    failed: tuple[FailedItem, ...]


def add_many(
    session: Session,
    parsed: Iterable[ParsedContact],
    now: datetime,
    *,
    source: str = "",
    region: str = "",
    total: int = 0,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Added:
    """Insert contacts in batches. One that can't be kept is listed and costs the others nothing.

    `progress` hears how many of `total` are done. Raises Cancelled when `stop` says so, and the caller's transaction
    ends with it.
    """
    connection = session.connection()
    next_id = _next_id(connection)
    items = iter(parsed)
    ids: dict[int, int] = {}
    failed: list[FailedItem] = []
    done = 0
    stamp = utc_text(now)
    while batch := list(islice(items, BATCH)):
        rows: list[dict[str, Any]] = []
        parts: dict[str, list[dict[str, Any]]] = {field: [] for field, _ in PARTS}
        taken = _taken(connection, {item.uid for item in batch if item.uid})
        for item in batch:
            try:
                details = _kept(session, item)
                if item.uid in taken:
                    raise Invalid("UID", "another contact has it already")
            except Invalid as error:
                failed.append(FailedItem(item.position, f"{error.field}: {error.reason}", item.source_text))
                continue
            uid = item.uid or str(uuid.uuid4())
            taken.add(uid)
            rows.append(
                {
                    "id": next_id,
                    "uid": uid,
                    "source": source,
                    "created_at": stamp,
                    "updated_at": stamp,
                    **_driver_values(own_values(details)),
                }
            )
            for field, _ in PARTS:
                if values := getattr(details, field):
                    found = part_values(field, values, region)
                    for row in found:
                        row["contact_id"] = next_id
                    parts[field] += found
            ids[item.position] = next_id
            next_id += 1
        _insert(connection, CONTACT, rows)
        for field, table in PARTS:
            _insert(connection, table, parts[field])
        done += len(batch)
        if progress:
            progress(done, max(total, done))
        if stop and stop():
            raise Cancelled
    return Added(ids, tuple(failed))


def _kept(session: Session, item: ParsedContact) -> ContactDetails:
    details = checking.checked(item.details)
    if item.photo is not None:
        details = replace(details, photo=pictures.keep(session, pictures.prepared(item.photo)))
    elif details.photo is not None and pictures.find(session, details.photo) is None:
        details = replace(details, photo=None)
    return details


@cache
def _statement(table: Table) -> tuple[str, Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """The INSERT for whole rows as the driver takes it, and what makes its values of a row.

    Handing rows to the driver directly is a third faster than through SQLAlchemy, which looks at each value again.
    """
    columns = [column.name for column in table.columns if table is CONTACT or column.name != "id"]
    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=columns)
    assert compiled.positiontup is not None
    return str(compiled), itemgetter(*compiled.positiontup)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        statement, values = _statement(table)
        connection.exec_driver_sql(statement, [values(row) for row in rows])


def _driver_values(values: dict[str, Any]) -> dict[str, Any]:
    # The driver knows no dates.
    until = values["quiet_until"]
    values["quiet_until"] = None if until is None else until.isoformat()
    return values


def _next_id(connection: Connection) -> int:
    # Above every id ever given out, so that the new ones are one run.
    top = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'contact'")
    return int(top.scalar_one()) + 1


def _taken(connection: Connection, uids: set[str]) -> set[str]:
    return set(connection.scalars(select(CONTACT.c.uid).where(CONTACT.c.uid.in_(uids)))) if uids else set()


def in_batches(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """The ids, some hundred at a time."""
    items = iter(ids)
    while batch := list(islice(items, size)):
        yield batch
