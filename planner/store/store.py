"""The store: reading, and units of work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Bug
from planner.store import derived, engine, journal, migrate


@dataclass
class Work:
    """A unit of work under way. `changes` is there once its `with` block has ended well."""

    session: Session
    _changes: list[Changes] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        """The connection the session writes on, for bulk statements."""
        return self.session.connection()

    @property
    def changes(self) -> Changes:
        """What the work touched. A Bug while it is still under way."""
        if not self._changes:
            raise Bug("a unit of work knows its changes only once it has ended")
        return self._changes[0]


class Store:
    """One database file. `write` is one transaction and one undoable command; `read` sees one consistent state.

    Methods may be called from any thread: writes wait for each other, reads do not wait.
    """

    def __init__(self, path: Path, clock: Clock, *, durable: bool = True) -> None:
        """Open, creating or migrating as needed. Raises the database errors of planner.errors.

        Without `durable` a commit does not wait for the disk, which only data that can be made again may risk.
        """
        self.path = path
        self._clock = clock
        self._lock = threading.RLock()
        self._own: set[int] = set()  # marks this process left and has not yet polled past
        with engine.translated(path):
            self._writer = engine.writer(path, durable=durable)
            try:
                migrate.to_head(self._writer, path, clock)
                with self._writer.begin() as connection:
                    journal.attach(connection)
                self._reader = engine.reader(path)
                with self.read() as session:
                    self._seen = _newest_mark(session.connection())
            except BaseException:
                self._writer.dispose()
                raise

    def close(self) -> None:
        """Give the file back. The write-ahead log is folded into it."""
        with self._lock:
            self._reader.dispose()
            self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can only read, on a snapshot."""
        with engine.translated(self.path), Session(self._reader, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, label: str, *, bulk: bool = False) -> Iterator[Work]:
        """One undoable command, named in words as the Edit menu shows it ("add Ingrid Vale").

        All of it is done, or, when anything is raised, none. With `bulk`, inserted rows are noted as runs of ids,
        which suits imports; rows already there may be changed as usual.
        """
        with self.transaction() as connection:
            # When anything is raised, the rollback also takes the temporary note of the current command back.
            command = journal.begin(connection, label, self._clock.now(), bulk=bulk)
            with Session(connection, join_transaction_mode="rollback_only") as session:
                work = Work(session)
                yield work
                session.flush()
                changes = journal.end(connection, command)
                derived.refresh(connection, changes, complete=journal.legible(connection, command.id))
        work._changes.append(changes)

    @contextmanager
    def record(self) -> Iterator[Session]:
        """A transaction that undo leaves alone, for tables that are not journalled."""
        with self.transaction() as connection, Session(connection, join_transaction_mode="rollback_only") as session:
            yield session
            session.flush()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The writing connection in one transaction, noting nothing. For the store's own parts."""
        with self._lock:
            with engine.translated(self.path), self._writer.begin() as connection:
                before = _newest_mark(connection)
                yield connection
                after = _newest_mark(connection)
            # The write lock was ours in between, and so is every mark left in between.
            self._own.update(range(before + 1, after + 1))

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """No write of this process for the length of the block, so that the file itself can be replaced."""
        with self._lock:
            yield

    def poll(self) -> Changes | None:
        """What other processes have changed since the last call, or None."""
        with self._lock, self.read() as session:
            connection = session.connection()
            marks = connection.exec_driver_sql(
                "SELECT change_mark.id, command_id, label FROM change_mark "
                "LEFT JOIN command ON command.id = command_id WHERE change_mark.id > ? ORDER BY change_mark.id",
                (self._seen,),
            ).all()
            if not marks:
                return None
            changes = Changes()
            for mark, command_id, label in marks:
                if mark in self._own:
                    continue
                # A command that is forgotten already can't say any more what it touched.
                gone = label is None
                changes |= Changes(everything=True) if gone else journal.touched_by(connection, command_id, label)
            self._seen = marks[-1][0]
            self._own = {mark for mark in self._own if mark > self._seen}
            return changes or None


def _newest_mark(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_mark").scalar_one())
