"""Many at a time, or one alone: who has the database file open, and who puts another in its place."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import DatabaseInUse


class Gate:
    """Whoever shares it keeps out who wants to be alone, and the other way round.

    Somebody who waits to be alone is let in before others who come later; only those inside may go in again.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: Counter[int] = Counter()  # how often each thread is
        self._alone: int | None = None
        self._waiting = 0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Inside, with others. Waits while somebody is alone inside, or is to be next."""
        me = threading.get_ident()
        with self._changed:
            while self._alone != me and not self._inside[me] and (self._alone is not None or self._waiting):
                self._changed.wait()
            self._inside[me] += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                self._changed.notify_all()

    @contextmanager
    def alone(self, path: Path, timeout: float) -> Iterator[None]:
        """Inside, and nobody else. Raises DatabaseInUse, naming `path`, when the others stay for `timeout` seconds."""
        with self._changed:
            self._waiting += 1
            try:
                if not self._changed.wait_for(lambda: not self._inside.total() and self._alone is None, timeout):
                    raise DatabaseInUse(path)
                self._alone = threading.get_ident()
            finally:
                self._waiting -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()
