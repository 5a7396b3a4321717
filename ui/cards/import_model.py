"""The items of a file as rows with a checkbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from planner.cards.outcomes import ImportItem, Outcome
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

    def __init__(self, items: Sequence[ImportItem], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items = tuple(items)
        self._ticked = {at for at, item in enumerate(self._items) if item.outcome in _TICKED}
        self._shown = list(range(len(self._items)))

    @property
    def ticked(self) -> frozenset[int]:
        """The places of the ticked items among all."""
        return frozenset(self._ticked)

    def narrow(self, outcome: Outcome | None) -> None:
        """Show only items of this outcome; None for all."""
        self.beginResetModel()
        self._shown = [at for at, item in enumerate(self._items) if outcome is None or item.outcome is outcome]
        self.endResetModel()

    def tick_shown(self, on: bool) -> None:
        """Tick or untick all that is shown."""
        can = {at for at in self._shown if self._items[at].outcome is not Outcome.FAILED}
        self._ticked = self._ticked | can if on else self._ticked - can
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0), [_ROLE.CheckStateRole])
        self.ticked_changed.emit(len(self._ticked))

    def item(self, row: int) -> ImportItem:
        """The item of a row."""
        return self._items[self._shown[row]]

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
        item = self.item(index.row())
        words, tone = OUTCOME_WORDS[item.outcome]
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            where = f"{item.source}, {item.position}"
            return (item.name or item.source_text.strip()[:80] or "–", words, item.reason, where)[index.column()]
        if role == _ROLE.ForegroundRole and index.column() in (1, 2):
            return applied().colour("mute") if index.column() == 2 else _colour(tone.value)
        if role == _ROLE.CheckStateRole and index.column() == 0 and item.outcome is not Outcome.FAILED:
            on = self._shown[index.row()] in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.CheckStateRole or not index.isValid() or index.column() != 0:
            return False
        at = self._shown[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(at)
        else:
            self._ticked.discard(at)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), 0), [role])
        self.ticked_changed.emit(len(self._ticked))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == 0 and self.item(index.row()).outcome is not Outcome.FAILED:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags


def _colour(name: str) -> Any:
    return applied().colour("mute" if name == "neutral" else name)
