"""The standing log of one working relationship: what is agreed, told, asked, heard and achieved; and, where it is
difficult, a private log that keeps to facts.

The difficult log has four kinds of entry, after the steps of mediation and of principled negotiation (Fisher, Ury,
"Getting to Yes", 1981): what happened, without judgement; interests both have; one constructive step; and who could
mediate. It is private from the first, and no export has it unless it is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from planner.relations.records import PersonRef


class LogKind(StrEnum):
    """What an entry is. Those from FACT on belong to the private log of a difficult relationship."""

    EXPECTATION = "expectation"
    UPDATE = "update"
    FEEDBACK_ASKED = "feedback asked"
    FEEDBACK_RECEIVED = "feedback received"
    ACHIEVEMENT = "achievement"
    FACT = "fact"
    COMMON_GROUND = "common ground"
    NEXT_STEP = "next step"
    MEDIATOR = "mediator"


DIFFICULT = (LogKind.FACT, LogKind.COMMON_GROUND, LogKind.NEXT_STEP, LogKind.MEDIATOR)
OPEN_KINDS = tuple(kind for kind in LogKind if kind not in DIFFICULT)


@dataclass(frozen=True, slots=True)
class LogDraft:
    """An entry as it is typed in. `on` None: today. `link` points to evidence. `mediator_id`: whom to ask to mediate.

    Entries of the difficult log are private whatever `private` says. `due_on` is when a next step is to be taken; it
    becomes a follow-up that says nothing of why.
    """

    contact_id: int
    kind: LogKind
    text: str = ""
    on: date | None = None
    link: str = ""
    private: bool = False
    event_id: int | None = None
    mediator_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One stored entry. `before` is what a changed expectation said earlier, the latest first; `done` a step taken."""

    id: int
    contact: PersonRef
    kind: LogKind
    on: date
    text: str
    link: str = ""
    private: bool = False
    done: bool = False
    mediator: PersonRef | None = None
    before: tuple[tuple[date, str], ...] = ()


class _Row(NamedTuple):
    """An entry with the names in it, as it is stored."""

    id: int
    contact_id: int
    name: str
    kind: str
    on: str
    text: str
    link: str
    private: int
    done: int
    mediator_id: int | None
    mediator: str | None
    replaces_id: int | None


_ENTRIES = """
SELECT log_entry.id, contact_id, contact.name, kind, "on", text, link, private, done, mediator_id, mediator.name,
    replaces_id
FROM log_entry JOIN contact ON contact.id = contact_id LEFT JOIN contact AS mediator ON mediator.id = mediator_id
"""


def read(
    rows: sqlite3.Connection, where: str, values: Sequence[object] = (), kinds: Iterable[LogKind] | None = None
) -> tuple[LogEntry, ...]:
    """The entries that meet a condition, of these kinds or all, newest first.

    In SQL over the driver's connection, as all that a person's page is made of: see `planner.store.plain`.
    """
    wanted = set(LogKind) if kinds is None else set(kinds)
    found = [
        _Row(*row) for row in rows.execute(f'{_ENTRIES} WHERE {where} ORDER BY "on" DESC, log_entry.id DESC', values)
    ]
    by_id = {row.id: row for row in found}
    replaced = {row.replaces_id for row in found}
    return tuple(
        LogEntry(
            row.id,
            PersonRef(row.contact_id, row.name),
            LogKind(row.kind),
            date.fromisoformat(row.on),
            row.text,
            row.link,
            bool(row.private),
            bool(row.done),
            None if row.mediator_id is None else PersonRef(row.mediator_id, row.mediator or ""),
            tuple(_before(row, by_id)),
        )
        for row in found
        if row.id not in replaced and row.kind in wanted
    )


def _before(row: _Row, by_id: Mapping[int, _Row]) -> Iterable[tuple[date, str]]:
    seen = {row.id}
    while row.replaces_id is not None and row.replaces_id in by_id and row.replaces_id not in seen:
        row = by_id[row.replaces_id]
        seen.add(row.id)
        yield date.fromisoformat(row.on), row.text
