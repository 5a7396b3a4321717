"""Many at a time, or one alone: who has the database file open, and who puts another in its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import DatabaseInUse


class Gate:
    """Whoever shares it keeps out who wants to be alone, and the other way round. Both may go in again from inside.

    Those who share are let in even while somebody waits to be alone: one who is inside may have to go in again.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone: int | None = None

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Inside, with others. Waits while somebody is alone inside."""
        with self._changed:
            while self._alone not in (None, threading.get_ident()):
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self, path: Path, timeout: float) -> Iterator[None]:
        """Inside, and nobody else. Raises DatabaseInUse, naming `path`, when the others stay for `timeout` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._inside and self._alone is None, timeout):
                raise DatabaseInUse(path)
            self._alone = threading.get_ident()
        try:
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()
