"""One table model over column definitions and frozen records, read as they are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.record_pages import Fetch, RecordPages
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.row_data import KEY, MakeMime

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: `value(record)` is its text. `sort` names the order for the query; "" can't be sorted by.

    `number` aligns right, `width` is in px at text scale 1, `tone(record)` may colour the text.
    """

    key: str
    title: str
    value: Callable[[T], str]
    sort: str = ""
    width: int = 140
    number: bool = False
    tone: Callable[[T], Tone | None] | None = None


class TableModel(QAbstractTableModel, Generic[T]):
    """Records by id under chosen columns. Clicking a heading emits `sort_asked(sort, descending)`: the page asks its

    query in that order and calls `set_ids()`. `failed(exception)` tells when records can't be read.
    """

    sort_asked = Signal(str, bool)
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Fetch[T],
        make_mime: MakeMime | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_mime = make_mime
        self._all = {column.key: column for column in columns}
        self._shown: tuple[Column[T], ...] = tuple(columns)
        self._pages: RecordPages[T] = RecordPages(fetch)

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The columns shown, in order."""
        return self._shown

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._pages.ids

    def set_columns(self, keys: Iterable[str]) -> None:
        """Show these columns, in this order; unknown keys are passed over, and none at all shows all."""
        self.beginResetModel()
        self._shown = tuple(self._all[key] for key in keys if key in self._all) or tuple(self._all.values())
        self.endResetModel()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._pages.set_ids(ids)
        self.endResetModel()

    def invalidate(self, ids: Iterable[int] | None = None) -> None:
        """Read these rows (None: all) anew when they are painted."""
        self._pages.forget(ids)
        if self._pages.ids and self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._pages.ids) - 1, len(self._shown) - 1))

    def record(self, row: int) -> T | None:
        """The record of a row, or None when it is gone or can't be read."""
        try:
            return self._pages.record(row)
        except Exception as error:  # noqa: BLE001  an exception must not cross Qt's painting
            self.failed.emit(error)
            return None

    def row_of(self, key: Any) -> int | None:
        """The row of an id."""
        try:
            return self._pages.ids.index(key)
        except ValueError:
            return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._pages.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._pages.ids):
            return None
        if role == KEY:
            return self._pages.ids[index.row()]
        column = self._shown[index.column()]
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole, _ROLE.ForegroundRole):
            return None
        record = self.record(index.row())
        if role == _ROLE.ForegroundRole:
            tone = column.tone(record) if column.tone is not None and record is not None else None
            return applied().text(tone) if tone is not None else None
        text = column.value(record) if record is not None else "…"
        return f"{column.title}: {text}" if role == _ROLE.AccessibleTextRole else text

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._make_mime and index.isValid() else flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})  # one index for each column shown
        return (self._make_mime([self._pages.ids[row] for row in rows]) if self._make_mime else None) or QMimeData()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and section < len(self._shown):
            return self._shown[section].title
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._shown) and self._shown[column].sort:
            self.sort_asked.emit(self._shown[column].sort, order == Qt.SortOrder.DescendingOrder)
