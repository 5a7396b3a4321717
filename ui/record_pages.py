"""Reads records by id, a page at a time, as a view paints them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

#: Given ids, the records that still exist, by id. Called on the main thread for what is on screen: it must be quick.
Fetch = Callable[[Sequence[int]], Mapping[int, T]]


class RecordPages(Generic[T]):
    """Holds ids, and the records of the pages looked at last."""

    def __init__(self, fetch: Fetch[T], page_size: int = 64, pages_kept: int = 24) -> None:
        self._fetch = fetch
        self._page_size = page_size
        self._pages_kept = pages_kept
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Mapping[int, T]] = OrderedDict()

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Take other ids, and forget what was read."""
        self._ids = ids
        self._pages.clear()

    def extend(self, ids: Sequence[int]) -> None:
        """Take more ids, of which the first are those there are; what was read of them stays."""
        self._pages.pop(len(self._ids) // self._page_size, None)  # the last page may have been part of one
        self._ids = ids

    def forget(self, ids: Iterable[int] | None = None) -> None:
        """Read these records (None: all) anew when they are next wanted."""
        if ids is None:
            self._pages.clear()
            return
        stale = set(ids)
        for page in [page for page, records in self._pages.items() if not stale.isdisjoint(records)]:
            del self._pages[page]

    def record(self, row: int) -> T | None:
        """The record of a row; None if it is gone by now."""
        page = row // self._page_size
        records = self._pages.get(page)
        if records is None:
            start = page * self._page_size
            records = self._fetch(self._ids[start : start + self._page_size])
            self._pages[page] = records
            while len(self._pages) > self._pages_kept:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return records.get(self._ids[row])
