"""The store: reading, and units of work.

A store is opened, and the page Today read, by the driver alone. SQLAlchemy, the mapping of the tables and the journal
come with the first `read` or `write`, or in the background by `prepare`: importing them takes twice as long as showing
an empty window, and that page should not wait for them.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Bug
from planner.store import plain
from planner.store.gate import Gate
from planner.store.key import Key
from planner.store.migrate import HEAD

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session


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

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        durable: bool = True,
        key: Key | None = None,
        on_busy: Callable[[], object] | None = None,
    ) -> None:
        """Open, creating or migrating as needed. Raises the database errors of planner.errors.

        Without `durable` a commit does not wait for the disk, which only data that can be made again may risk.
        `on_busy` is called when another process has the file to itself, before that is waited for.
        """
        self.path = path
        self._clock = clock
        self._durable = durable
        self._lock = threading.RLock()
        self._gate = Gate()
        self._own: set[int] = set()  # marks this process left and has not yet polled past
        self._open(key, on_busy)

    @property
    def key(self) -> Key | None:
        """What opens the file; None where it is not protected."""
        return self._key

    @property
    def has_written(self) -> bool:
        """Whether this process has changed anything that it has not polled past."""
        return bool(self._own)

    def _open(self, key: Key | None, on_busy: Callable[[], object] | None = None) -> None:
        self._key = key
        self._made: _Engines | None = None
        self._importing = False
        self._readers = plain.Readers(self.path, key)
        with plain.translated(self.path):
            self._connection = plain.writing(self.path, key, durable=self._durable, on_busy=on_busy)
            try:
                if self._connection.execute("PRAGMA user_version").fetchone() != (HEAD,):
                    self._bring_to_head()
                # A folder that can't be written must say so now, not at the first change.
                plain.prove_writable(self._connection)
                self._seen = int(self._connection.execute(_NEWEST_MARK).fetchone()[0])
            except BaseException:
                self._connection.close()
                raise

    def _bring_to_head(self) -> None:
        from planner.store import engine, migrate

        migrate.to_head(engine.writer_on(self._connection), self.path, self._clock, key=self._key)

    def prepare(self) -> None:
        """Import and set up whatever a first `read` or `write` would wait for. May run in the background."""
        _ = self._engines

    @property
    def is_prepared(self) -> bool:
        """Whether what takes long to import is there, be it for this store or for another."""
        return "sqlalchemy.orm" in sys.modules and not self._importing

    @property
    def _engines(self) -> _Engines:
        with self._lock:
            if self._made is None:
                self._importing = True
                try:
                    from planner.store import engine, journal
                finally:
                    self._importing = False

                writer = engine.writer_on(self._connection)
                # Not by the engine, which would wait for the write lock: what is set up is this connection's alone.
                self._connection.execute("BEGIN")
                journal.attach(self._connection.execute)
                self._connection.execute("COMMIT")
                self._made = _Engines(writer, engine.reader(self.path, self._key))
                self._readers.close()
            return self._made

    def close(self) -> None:
        """Give the file back. The write-ahead log is folded into it."""
        with self._lock:
            self._readers.close()
            if self._made is not None:
                self._made.reader.dispose()
                self._made.writer.dispose()
            self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection, which can only read, on a snapshot: for what is asked in SQL."""
        with self.sharing(), plain.translated(self.path):
            made = self._made
            if made is None:
                with self._readers.snapshot() as connection:
                    yield connection
            else:  # the same connections as for `read`: each keeps a part of the file in memory
                from planner.store.engine import raw

                with made.reader.begin() as mapped:
                    yield raw(mapped)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can only read, on a snapshot."""
        with self.sharing(), plain.translated(self.path):
            reader = self._made.reader if self._made is not None else self._engines.reader
            from sqlalchemy.orm import Session

            with Session(reader, autoflush=False) as session:
                yield session

    @contextmanager
    def write(self, label: str, *, bulk: bool = False) -> Iterator[Work]:
        """One undoable command, named in words as the Edit menu shows it ("add Ingrid Vale").

        All of it is done, or, when anything is raised, none. With `bulk`, inserted rows are noted as runs of ids,
        which suits imports; rows already there may be changed as usual.
        """
        with self._cache_for(bulk), self.transaction() as connection:
            from sqlalchemy.orm import Session

            from planner.store import derived, journal

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
    def _cache_for(self, bulk: bool) -> Iterator[None]:
        if not bulk:
            yield
            return
        with self._lock:
            plain.set_cache(self._connection, plain.LARGE_CACHE)
            try:
                yield
            finally:
                plain.set_cache(self._connection, plain.SMALL_CACHE)

    @contextmanager
    def record(self) -> Iterator[Session]:
        """A transaction that undo leaves alone, for tables that are not journalled."""
        with self.transaction() as connection:
            from sqlalchemy.orm import Session

            with Session(connection, join_transaction_mode="rollback_only") as session:
                yield session
                session.flush()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The writing connection in one transaction, noting nothing. For the store's own parts."""
        with self._lock:
            with plain.translated(self.path), self._engines.writer.begin() as connection:
                before = _newest_mark(connection)
                yield connection
                after = _newest_mark(connection)
            # The write lock was ours in between, and so is every mark left in between.
            self._own.update(range(before + 1, after + 1))

    def sharing(self) -> AbstractContextManager[None]:
        """The file stays the one it is for the length of the block: for whoever opens it beside the store."""
        return self._gate.shared()

    def rewrite(self, rewritten: Callable[[], Key | None]) -> None:
        """Close the file, let `rewritten` put another in its place that holds the same, and open that.

        It returns the key of the new file; when it raises, the file is as it was. Reading and writing wait meanwhile.
        Raises DatabaseInUse when those who read do not come to an end within some seconds.
        """
        self.prepare()  # nobody who reads waits for that, while they are waited for
        with self._lock, self._gate.alone(self.path, plain.BUSY_TIMEOUT / 1000):
            self.close()
            key = self._key
            try:
                key = rewritten()
            finally:
                self._open(key)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """No write of this process for the length of the block, so that the file itself can be replaced."""
        with self._lock:
            yield

    def poll(self) -> Changes | None:
        """What other processes have changed since the last call, or None."""
        with self._lock:
            with self.snapshot() as rows:
                if int(rows.execute(_NEWEST_MARK).fetchone()[0]) == self._seen:
                    return None
            return self._changed_since()

    def _changed_since(self) -> Changes | None:
        from planner.store import journal

        with self.read() as session:
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


class _Engines(NamedTuple):
    """SQLAlchemy's two sides of the file."""

    writer: Engine
    reader: Engine


_NEWEST_MARK = "SELECT coalesce(max(id), 0) FROM change_mark"


def _newest_mark(connection: Connection) -> int:
    return int(connection.exec_driver_sql(_NEWEST_MARK).scalar_one())
