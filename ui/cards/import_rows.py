"""The items of a file as the table shows them: so few bytes each that a file of any length can be looked through."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable

from planner.cards.outcomes import ImportItem, Outcome

OUTCOMES = tuple(Outcome)
#: Of what could not be read the table shows no more.
_TEXT = 80


class ImportRows:
    """Grows while a file is read; `item(row)` makes what the table asks for."""

    def __init__(self, items: Iterable[ImportItem] = ()) -> None:
        self.outcomes = bytearray()
        self._positions = array("Q")
        self._names, self._reasons = _Texts(), _Texts()
        self._sources: list[str] = []
        self._starts: list[int] = []
        for item in items:
            self.add(item)

    def add(self, item: ImportItem) -> None:
        """Put an item below the others."""
        if not self._sources or self._sources[-1] != item.source:
            self._sources.append(item.source)
            self._starts.append(len(self))
        self.outcomes.append(OUTCOMES.index(item.outcome))
        self._positions.append(item.position)
        self._names.append(item.name or " ".join(item.source_text[: _TEXT * 4].split())[:_TEXT])
        self._reasons.append(item.reason)

    def __len__(self) -> int:
        return len(self.outcomes)

    def outcome(self, row: int) -> Outcome:
        """What becomes of a row's item."""
        return OUTCOMES[self.outcomes[row]]

    def count(self, outcome: Outcome) -> int:
        """How many items are of one outcome."""
        return self.outcomes.count(OUTCOMES.index(outcome))

    def marked(self, is_so: Callable[[Outcome], bool]) -> bytearray:
        """A 1 for each row of which this is so, else 0."""
        return self.outcomes.translate(bytes(at < len(OUTCOMES) and is_so(OUTCOMES[at]) for at in range(256)))

    def item(self, row: int) -> ImportItem:
        """The item of a row; of what could not be read its `name` is the beginning of its text."""
        source = self._sources[bisect_right(self._starts, row) - 1]
        name, reason = self._names[row], self._reasons[row]
        return ImportItem(source, self._positions[row], name, self.outcome(row), reason, at=row)


class _Texts:
    """Texts one after the other."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, at: int) -> str:
        start = self._ends[at - 1] if at else 0
        return self._bytes[start : self._ends[at]].decode()
