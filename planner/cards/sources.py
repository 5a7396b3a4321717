"""What files, folders and texts hold together, to be read as often as it is needed.

A file of a hundred thousand people need not be kept to show what is in it and to bring some of it in afterwards: it is
read again. Pictures are read once, as each takes a second and more, and what they hold is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from planner.cards.reading import CardReader, is_picture
from planner.cards.records import Failed, FilePerson, Reading
from planner.contacts.csv_files import Preview
from planner.errors import Cancelled, FileUnreadable

Found = Reading | FilePerson | Failed
Stop = Callable[[], bool]
#: heard(how many are done, of how many, the name of the one that is read now)
Heard = Callable[[int, int, str], object]

_CHANGED = "it was changed or moved since it was looked through; add it once more"

#: Size, and when it was last written, in nanoseconds.
_Mark = tuple[int, int]


class Sources:
    """Paths, files' bytes and texts, in the order given; what folders hold stands in their place."""

    def __init__(self, reader: CardReader, given: Sequence[Path | bytes | str], name: str = "") -> None:
        """`name` is what to call bytes and texts."""
        self._reader = reader
        self._given = tuple(given)
        self._parts: list[tuple[Path | bytes | str | Failed, str]] = []
        for one in given:
            if isinstance(one, Path) and one.is_dir():
                self._parts += reader.files_in(one)
            else:
                self._parts.append((one, one.name if isinstance(one, Path) else name or "pasted"))
        self._kept: dict[int, tuple[Found, ...]] = {}
        self._marks: dict[int, _Mark | None] = {}

    def unknown_table(self) -> tuple[Path, Preview] | None:
        """The first of the given tables of which nobody knows yet what its columns hold."""
        for one in self._given:
            if isinstance(one, Path) and not one.is_dir() and (table := self._reader.unknown_table(one)) is not None:
                return one, table
        return None

    def read_pictures(self, stop: Stop | None = None, heard: Heard | None = None) -> None:
        """Read the pictures, so that nothing waits for them later. Raises Cancelled when `stop` says so."""
        for at, (one, name) in enumerate(self._parts):
            if stop is not None and stop():
                raise Cancelled
            if at not in self._kept and isinstance(one, Path | bytes) and is_picture(one):
                if heard is not None:
                    heard(at, len(self._parts), name)
                self._kept[at] = tuple(self._reader.people(one, name, stop))

    def items(self, stop: Stop | None = None, heard: Heard | None = None) -> Iterator[Found]:
        """What they hold, one at a time, the same each time.

        Raises Cancelled when `stop` says so, and FileUnreadable where a file is no longer what it was the first time.
        """
        self.read_pictures(stop, heard)
        for at, (one, name) in enumerate(self._parts):
            if heard is not None:
                heard(at, len(self._parts), name)
            if isinstance(one, Failed):
                yield one
            elif at in self._kept:
                yield from self._kept[at]
            else:
                self._check(at)
                yield from self._reader.people(one, name, stop)
                self._check(at)

    def chosen(self, ticks: bytes, stop: Stop | None = None) -> Iterator[Found]:
        """Those items in whose place `ticks` has anything but 0. Raises as `items` does, also where there are more."""
        for at, item in enumerate(self.items(stop)):
            if at >= len(ticks):
                raise FileUnreadable(Path(item.source), _CHANGED)
            if ticks[at]:
                yield item

    def _check(self, at: int) -> None:
        one, name = self._parts[at]
        if not isinstance(one, Path):
            return
        mark = _mark(one)
        if self._marks.setdefault(at, mark) != mark:
            raise FileUnreadable(Path(name), _CHANGED)


def _mark(path: Path) -> _Mark | None:
    try:
        told = path.stat()
    except OSError:
        return None  # the reader says why
    return told.st_size, told.st_mtime_ns
