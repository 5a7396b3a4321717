"""Reading ahead: the next items are read in a thread of their own while those before them are written.

SQLite works without the interpreter for the length of a statement, which is time that reading can use.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from typing import TypeVar

T = TypeVar("T")

#: How soon the thread notices that nobody asks for more.
_WAIT_S = 0.1


def read_ahead(items: Iterable[T], most: int = 2) -> Generator[T, None, None]:
    """The same items in the same order; up to `most` of them wait, read already. What reading raises is raised here.

    When this is closed early, so is the iterator that is read from.
    """
    waiting: Queue[tuple[T | None, BaseException | None, bool]] = Queue(most)
    over = threading.Event()

    def put(entry: tuple[T | None, BaseException | None, bool]) -> bool:
        while not over.is_set():
            try:
                waiting.put(entry, timeout=_WAIT_S)
            except Full:
                continue
            return True
        return False

    def read() -> None:
        iterator = iter(items)
        try:
            for item in iterator:
                if not put((item, None, False)):
                    break
            else:
                put((None, None, True))
        except BaseException as error:  # noqa: BLE001 - raised again where the items are asked for
            put((None, error, True))
        finally:
            close = getattr(iterator, "close", None)
            if close is not None:
                close()

    thread = threading.Thread(target=read, name="reading ahead", daemon=True)
    thread.start()
    try:
        while True:
            item, error, ended = waiting.get()
            if error is not None:
                raise error
            if ended:
                return
            yield item  # type: ignore[misc]  # an item, as nothing has ended
    finally:
        over.set()
        thread.join()


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for cycles of garbage for the length of the block: millions of small values come that have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
