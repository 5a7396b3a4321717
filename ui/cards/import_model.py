"""The items of a file as rows with a checkbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, compress
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from planner.cards.outcomes import ImportItem, Outcome
from ui.cards.import_rows import ImportRows
from ui.cards.presenting import OUTCOME_WORDS
from ui.theme import applied

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
HEADS = ("Name", "Becomes", "Why", "From")
#: What is ticked unless somebody unticks it: what is here already needs nothing, what failed can't be had.
_TICKED = (Outcome.NEW, Outcome.MERGED, Outcome.DOUBTFUL)


class ImportModel(QAbstractTableModel):
    """`ticked_changed(count)` when a tick was set or taken away."""

    ticked_changed = Signal(int)

    def __init__(self, items: ImportRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self._ticks = items.marked(lambda outcome: outcome in _TICKED)
        self._can = items.marked(lambda outcome: outcome is not Outcome.FAILED)
        self._doubtful = items.marked(lambda outcome: outcome is Outcome.DOUBTFUL)
        self._shown: Sequence[int] = range(len(items))

    @property
    def ticked(self) -> int:
        """How many are ticked."""
        return self._ticks.count(1)

    @property
    def ticked_doubtful(self) -> int:
        """How many of them will wait in Cards."""
        return (int.from_bytes(self._ticks) & int.from_bytes(self._doubtful)).bit_count()

    def ticks(self) -> bytes:
        """A 1 for each item of the file that is ticked, else 0, in their order."""
        return bytes(self._ticks)

    def narrow(self, outcome: Outcome | None) -> None:
        """Show only items of this outcome; None for all."""
        self.beginResetModel()
        every = range(len(self._items))
        if outcome is None:
            self._shown = every
        else:
            self._shown = tuple(compress(every, self._items.marked(lambda one: one is outcome)))
        self.endResetModel()

    def tick(self, rows: Iterable[int], on: bool) -> None:
        """Tick or untick rows that are shown; those that could not be read stay as they are."""
        value, can, ticks, shown = int(on), self._can, self._ticks, self._shown
        for row in rows:
            if can[at := shown[row]]:
                ticks[at] = value
        if shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, 0), [_ROLE.CheckStateRole])
        self.ticked_changed.emit(self.ticked)

    def toggle(self, rows: Sequence[range]) -> None:
        """Tick all of these stretches of rows that are shown, or untick them if they all are ticked."""
        can, ticks, shown = self._can, self._ticks, self._shown
        every = [shown[at] for stretch in rows for at in stretch]
        if any(can[at] for at in every):
            on = any(can[at] and not ticks[at] for at in every)
            self.tick(chain.from_iterable(rows), on)

    def tick_shown(self, on: bool) -> None:
        """Tick or untick all that is shown."""
        self.tick(range(len(self._shown)), on)

    def is_ticked(self, row: int) -> bool:
        """Whether a row that is shown is ticked."""
        return bool(self._ticks[self._shown[row]])

    def can_tick(self, row: int) -> bool:
        """Whether a row that is shown has a box to tick."""
        return bool(self._can[self._shown[row]])

    def item(self, row: int) -> ImportItem:
        """The item of a row."""
        return self._items.item(self._shown[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            item = self.item(row)
            where = f"{item.source}, {item.position}"
            return (item.name or "–", OUTCOME_WORDS[item.outcome][0], item.reason, where)[column]
        if role == _ROLE.ForegroundRole and column in (1, 2):
            tone = OUTCOME_WORDS[self._items.outcome(self._shown[row])][1]
            return applied().colour("mute") if column == 2 else _colour(tone.value)
        if role == _ROLE.CheckStateRole and column == 0 and self.can_tick(row):
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.CheckStateRole or not index.isValid() or index.column() != 0 or not self.can_tick(index.row()):
            return False
        self._ticks[self._shown[index.row()]] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.ticked_changed.emit(self.ticked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == 0 and self.can_tick(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags


def _colour(name: str) -> Any:
    return applied().colour("mute" if name == "neutral" else name)
