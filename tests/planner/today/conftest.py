"""A planner on a real file, and people to follow up with."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.paths import DataFolder
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from planner.store.tables import ContactTable, RoleTable

#: A Thursday, so that a week has days before and after it.
NOW = datetime.fromisoformat("2027-07-08T08:00:00+00:00")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment=NOW)


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), clock) as opened:
        yield opened


@pytest.fixture
def person(planner: Planner) -> Callable[..., int]:
    """Adds a contact: `person("Ada Ek", Role.MENTOR, quiet=31)`; `quiet` logs a talk so many days ago."""

    def add(name: str, *roles: Role, quiet: int | None = None, added: int = 500, **columns: Any) -> int:
        now = planner.clock.now()
        with planner.store.write(f"add {name}") as work:
            row = ContactTable(
                uid=str(uuid.uuid4()),
                name=name,
                given=name.split(maxsplit=1)[0],
                sort_key=name,
                created_at=now - timedelta(days=added),
                updated_at=now,
                **columns,
            )
            work.session.add(row)
            work.session.flush()
            for role in roles:
                work.session.add(RoleTable(contact_id=row.id, role=role.value))
            id = row.id
        if quiet is not None:
            at = now - timedelta(days=quiet)
            planner.relations.log(InteractionDraft(InteractionKind.CALL, at, True, (id,), "Talked"))
        return id

    return add
