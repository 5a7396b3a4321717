"""The steps lead up to exactly the tables this program speaks of, and down to nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from planner.clock import FixedClock
from planner.store import engine, migrate
from planner.store.store import Store
from planner.store.tables import Base
from planner.store.types import UtcDateTime


def differences(writer: Engine) -> list[object]:
    def same_type(context: object, inspected: object, metadata: object, found: object, wanted: object) -> bool | None:
        return False if isinstance(wanted, UtcDateTime) else None  # a Text column, as far as SQLite knows

    with writer.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": same_type,
                "include_object": lambda _object, name, kind, *_: (
                    not (kind == "table" and (str(name).startswith("contact_search") or name == "alembic_version"))
                ),
            },
        )
        return list(compare_metadata(context, Base.metadata))


def test_head_equals_the_models(path: Path) -> None:
    writer = engine.writer(path)
    migrate.upgrade(writer, migrate.HEAD)
    assert differences(writer) == []
    writer.dispose()


def test_the_newest_step_is_head() -> None:
    steps = sorted(Path(migrate.__file__).with_name("migrations").joinpath("versions").glob("v[0-9]*.py"))
    assert [int(step.name[1:5]) for step in steps] == list(range(1, migrate.HEAD + 1))


def test_every_step_goes_both_ways(path: Path) -> None:
    writer = engine.writer(path)
    for version in range(1, migrate.HEAD + 1):
        migrate.upgrade(writer, version)
    for version in reversed(range(migrate.HEAD)):
        migrate.downgrade(writer, version)
    with writer.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('alembic_version', 'sqlite_sequence')"
        ).all()
        assert left == []
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 0
    migrate.upgrade(writer, migrate.HEAD)
    assert differences(writer) == []
    writer.dispose()


def test_steps_import_nothing_of_ours() -> None:
    for step in Path(migrate.__file__).with_name("migrations").joinpath("versions").glob("v[0-9]*.py"):
        assert "planner" not in step.read_text(encoding="utf-8")


def test_opening_what_is_up_to_date_does_not_load_alembic(path: Path, clock: FixedClock) -> None:
    Store(path, clock).close()
    script = (
        "import sys; from pathlib import Path; from planner.store.store import Store; from planner.clock import Clock\n"
        "Store(Path(sys.argv[1]), Clock()).close(); print('alembic' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "False", done.stderr


def test_the_search_index_is_there(path: Path, clock: FixedClock) -> None:
    Store(path, clock).close()
    with closing(sqlite3.connect(path)) as connection:
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'contact_search'").fetchone()[0]
    assert "remove_diacritics 2" in sql
    assert "prefix" in sql
