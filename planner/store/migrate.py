"""Bringing a database to the schema this program knows.

`PRAGMA user_version` tells the schema without importing Alembic, which is loaded only when there is a step to take.
Each step lives in migrations/versions, is numbered like the version it leads to, and imports nothing of ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.clock import Clock
from planner.errors import DatabaseDamaged, DatabaseNewer

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

    from planner.store.key import Key

#: The schema this program knows: the number of the newest file in migrations/versions.
HEAD = 1


def to_head(engine: Engine, path: Path, clock: Clock, *, backup: bool = True, key: Key | None = None) -> None:
    """Create the tables in a new file, or take the steps an older one lacks, after a backup of it, protected alike.

    Raises DatabaseNewer, before anything is written, for a file of a later program.
    """
    with engine.connect() as connection:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if found > HEAD:
        raise DatabaseNewer(path, found, HEAD)
    if found == HEAD:
        return
    if found == 0 and not empty:
        raise DatabaseDamaged(path, "it is a database of another program")
    if not empty and backup:
        from planner.store.backup import copy_database

        stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
        copy_database(path, path.parent / "backups" / f"before-format-{HEAD}-{stamp}.sqlite", key=key)
    upgrade(engine, HEAD)


def upgrade(engine: Engine, version: int) -> None:
    """Take all steps up to a version, in one transaction."""
    from alembic import command

    with engine.begin() as connection:
        # Steps that rebuild a table must not set off cascades; SQLite allows switching this only outside a transaction,
        # so the check is deferred instead, and run at the end.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        command.upgrade(_config(connection), f"{version:04d}")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def downgrade(engine: Engine, version: int) -> None:
    """Take steps back down to a version (0 for an empty file); used to prove that every step can be reversed."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(_config(connection), f"{version:04d}" if version else "base")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
