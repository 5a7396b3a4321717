"""Pictures of people, read once and kept for painting."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from planner.contacts.records import Photo


class Kept(Protocol):
    """Where pictures are asked for: the questions about people, or those of Today."""

    def photo(self, digest: str) -> Photo | None:
        """The picture of that hash."""


#: At most 512 px a side each, some dozens of kilobytes.
_KEPT = 300


class Photos:
    """`get(hash)` gives a picture's bytes, None where there is none. A hash always means the same picture."""

    def __init__(self, queries: Kept) -> None:
        self._queries = queries
        self._known: OrderedDict[str, bytes | None] = OrderedDict()

    def get(self, digest: str | None) -> bytes | None:
        """The bytes of a picture."""
        if digest is None:
            return None
        if digest in self._known:
            self._known.move_to_end(digest)
            return self._known[digest]
        photo = self._queries.photo(digest)
        self._known[digest] = found = photo.data if photo is not None else None
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found
