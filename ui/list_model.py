"""List models for RowList: a long one that reads rows as they are painted, and a short one in sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.record_pages import Fetch, RecordPages
from ui.theme_tokens import Tone
from ui.widgets.row_data import KEY, ROW, HeaderData, MakeMime, RowAction, RowData

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class LazyListModel(QAbstractListModel, Generic[T]):
    """Rows by id. `fetch(ids)` reads records (by id) for the page on screen; `present(record)` says how a row looks.

    `set_ids()` takes 100,000 ids in well under 30 ms. `invalidate(ids)` repaints changed rows. A row whose record is
    gone, or can't be read, shows as "…" until the page asks its query anew; `failed(exception)` tells of the latter.
    `make_mime` makes the rows draggable.
    """

    failed = Signal(object)

    def __init__(
        self, fetch: Fetch[T], present: Callable[[T], RowData], make_mime: MakeMime | None = None,
        parent: QObject | None = None, page_size: int = 64,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._pages: RecordPages[T] = RecordPages(fetch, page_size)
        self._present = present
        self._make_mime = make_mime

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        return self._pages.ids

    @property
    def is_draggable(self) -> bool:
        """Whether rows can be dragged out."""
        return self._make_mime is not None

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other rows. The same ids again only repaint."""
        if ids == self._pages.ids and len(ids):
            self.invalidate()
            return
        self.beginResetModel()
        self._pages.set_ids(ids)
        self.endResetModel()

    def extend_ids(self, ids: Sequence[int]) -> None:
        """Show further rows after those shown; `ids` begins with them. Selection and scroll position stay."""
        shown = len(self._pages.ids)
        if len(ids) > shown:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._pages.extend(ids)
            self.endInsertRows()

    def invalidate(self, ids: Iterable[int] | None = None) -> None:
        """Read these rows (None: all) anew when they are painted."""
        self._pages.forget(ids)
        if self._pages.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._pages.ids) - 1))

    def record(self, row: int) -> T | None:
        """The record of a row, or None when it is gone or can't be read."""
        try:
            return self._pages.record(row)
        except Exception as error:  # noqa: BLE001  an exception must not cross Qt's painting
            self.failed.emit(error)
            return None

    def key_at(self, row: int) -> int:
        """The id of a row."""
        return self._pages.ids[row]

    def row_of(self, key: Any) -> int | None:
        """The row of an id."""
        try:
            return self._pages.ids.index(key)
        except ValueError:
            return None

    def rows_of(self, keys: Iterable[Any]) -> list[int]:
        """The rows of several ids, in order; those not there are left out."""
        wanted = set(keys)
        return [row for row, id in enumerate(self._pages.ids) if id in wanted]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._pages.ids)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._pages.ids):
            return None
        if role == KEY:
            return self._pages.ids[index.row()]
        if role in _TEXT_ROLES:
            record = self.record(index.row())
            return _told(self._present(record) if record is not None else RowData("…"), role)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._make_mime else flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        keys = [self._pages.ids[index.row()] for index in indexes]
        return (self._make_mime(keys) if self._make_mime else None) or QMimeData()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows, as (key, RowData) pairs. An untitled section has no heading. Empty ones are left out
    unless `keep_empty`."""

    title: str
    rows: Sequence[tuple[Any, RowData]]
    aside: str = ""
    tone: Tone | None = None
    action: RowAction | None = None
    keep_empty: bool = False


class SectionListModel(QAbstractListModel):
    """A short list in sections, all in memory. Headings can't be selected; arrow keys pass over them."""

    def __init__(self, make_mime: MakeMime | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Any, RowData | HeaderData]] = []
        self._make_mime = make_mime

    def set_sections(self, sections: Iterable[Section]) -> None:
        """Show these. When only the contents of rows changed, the rows are repainted in place."""
        rows: list[tuple[Any, RowData | HeaderData]] = []
        for section in sections:
            if not section.rows and not section.keep_empty:
                continue
            if section.title:
                rows.append((None, HeaderData(section.title, section.aside, section.tone, section.action)))
            rows.extend(section.rows)
        if [key for key, _ in rows] == [key for key, _ in self._rows] and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_rows(self, rows: Sequence[tuple[Any, RowData]]) -> None:
        """Show rows without headings."""
        self.set_sections([Section("", rows)])

    @property
    def is_draggable(self) -> bool:
        """Whether rows can be dragged out."""
        return self._make_mime is not None

    @property
    def keys(self) -> list[Any]:
        """The keys of all rows, headings left out."""
        return [key for key, _ in self._rows if key is not None]

    def key_at(self, row: int) -> Any:
        """The key of a row; None for a heading."""
        return self._rows[row][0]

    def rows_of(self, keys: Iterable[Any]) -> list[int]:
        """The rows of several keys, in order; those not there are left out."""
        wanted = set(keys) - {None}
        return [row for row, (key, _) in enumerate(self._rows) if key in wanted]

    def row_of(self, key: Any) -> int | None:
        """The row of a key."""
        return next((row for row, (each, _) in enumerate(self._rows) if each == key and each is not None), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        key, row = self._rows[index.row()]
        if role == KEY:
            return key
        if role in _TEXT_ROLES:
            return _told(row, role)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()][0] is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._make_mime else flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        keys = [self._rows[index.row()][0] for index in indexes]
        return (self._make_mime(keys) if self._make_mime else None) or QMimeData()


_TEXT_ROLES = {
    ROW,
    int(_ROLE.DisplayRole),
    int(_ROLE.ToolTipRole),
    int(_ROLE.AccessibleTextRole),
    int(_ROLE.AccessibleDescriptionRole),
}


def _told(row: RowData | HeaderData, role: int) -> Any:
    if role == ROW:
        return row
    if role == _ROLE.DisplayRole:
        return row.title
    if isinstance(row, HeaderData):
        return ", ".join(part for part in (row.title, row.aside) if part) if role == _ROLE.AccessibleTextRole else None
    if role == _ROLE.AccessibleTextRole:
        return row.spoken()
    if role == _ROLE.ToolTipRole:
        return row.tip or None
    return ", ".join(f"{action.text}: {action.key}" if action.key else action.text for action in row.actions) or None
