"""A list of painted rows: search results, queues, agendas."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import is_theme_change
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.row_data import KEY, ROW, HeaderData, RowAction, RowData
from ui.widgets.row_delegate import ChipPlace, RowDelegate


class RowList(QTableView):
    """Rows of a model that answers the ROW and KEY roles (LazyListModel, SectionListModel).

    - `current_changed(key | None)`: another row became the current one.
    - `opened(key)`: Enter, or a double click.
    - `action_triggered(action_id, keys)`: a row's button by mouse, its key, or the row's menu. `keys` are all selected
      rows when the row is one of several, else just that row's; a header's action has no keys.
    - `escaped`: Escape, for pages that lead back to their search field. Other printable keys: `typed(text)`.

    A table of one column, because Qt's list view asks a model for every row before it shows the first.
    `uniform=True` (the default) wants rows of one height and suits any length; lists with headers pass False.
    `multi=True` lets several rows be selected. The current row survives the model's resets where it still exists.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    action_triggered = Signal(str, object)
    escaped = Signal()
    typed = Signal(str)

    def __init__(
        self, name: str, chips: ChipPlace = "right", aside_width: int = 0, header_height: int = 44,
        uniform: bool = True, multi: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAccessibleName(name)
        self._uniform = uniform
        self.row_delegate = RowDelegate(self, chips, aside_width, header_height)
        self.setItemDelegate(self.row_delegate)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.doubleClicked.connect(self._open)
        self._kept: Any = None
        self._kept_row = 0
        self._had_rows = False

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelAboutToBeReset.connect(self._remember)
            model.modelReset.connect(self._restore)
            self.setDragEnabled(getattr(model, "is_draggable", False))
            self._fit_heights()

    @property
    def current_key(self) -> Any:
        """The key of the current row, or None."""
        return self.currentIndex().data(KEY) if self.currentIndex().isValid() else None

    def selected_keys(self) -> list[Any]:
        """The keys of all selected rows, top to bottom."""
        model = self.model()
        if model is None:
            return []
        rows = sorted(row for each in self._ranges() for row in range(each.top(), each.bottom() + 1))
        key_at = getattr(model, "key_at", None) or (lambda row: model.index(row, 0).data(KEY))
        return [key for key in map(key_at, rows) if key is not None]

    def selected_count(self) -> int:
        """How many rows are selected; quick at any number."""
        return sum(each.height() for each in self._ranges()) if self.selectionModel() is not None else 0

    def select_key(self, key: Any, scroll: bool = True) -> bool:
        """Make a row the current and only selected one; False when it is not in the list."""
        index = self._index_of(key)
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            self.scrollTo(index)
        return True

    def select_first(self) -> bool:
        """Select the first row that is not a header."""
        return self._select_near(0)

    def step_past(self, keys: Iterable[Any]) -> None:
        """Go on from these rows, whose turn is over, to the next one that is none of them, or else the one before."""
        model, passed = self.model(), set(keys)
        if self.current_key not in passed:
            return
        row, count = self.currentIndex().row(), model.rowCount()
        for at in (*range(row + 1, count), *range(row - 1, -1, -1)):
            key = model.index(at, 0).data(KEY)
            if key is not None and key not in passed:
                self.select_key(key)
                return

    def action_rect(self, key: Any, action_id: str) -> QRectF:
        """Where a row's button is within the viewport; empty when it is not shown."""
        index = self._index_of(key)
        rects = self.row_delegate.action_rects(index, QRectF(self.visualRect(index)), self._shows_actions(index))
        return rects.get(action_id, QRectF())

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._restoring:
            self.current_changed.emit(current.data(KEY) if current.isValid() else None)

    _restoring = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_delegate.selected_count = self.selected_count()
        self.viewport().update()

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        super().setItemDelegate(delegate)
        if isinstance(delegate, RowDelegate):
            self.row_delegate = delegate
            self._fit_heights()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._uniform and event.size().width() != event.oldSize().width():
            self._fit_heights()  # a delegate may wrap its words

    def sizeHintForRow(self, row: int) -> int:
        option = QStyleOptionViewItem()
        option.rect = self.viewport().rect()
        return self.row_delegate.sizeHint(option, self.model().index(row, 0)).height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event) and hasattr(self, "row_delegate"):
            self._fit_heights()

    def sizeHintForColumn(self, column: int) -> int:
        return 200

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._act_on_key(event):
            return
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Home and not event.modifiers():
            self._select_near(0)
        elif key == Qt.Key.Key_End and not event.modifiers():
            self._select_near(max(0, self.model().rowCount() - 1))
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.text().isprintable() and event.text().strip() and event.modifiers() in _TYPING:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.row_delegate.pointer = event.position()
        index = self.indexAt(event.position().toPoint())
        action = self._action_at(index, event)
        over = Qt.CursorShape.PointingHandCursor if action else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(over)
        if index.isValid():
            self.update(index)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.row_delegate.pressed = True
        self._pressed_action = None
        if event.button() == Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            self._pressed_action = self._action_at(index, event)
            if self._pressed_action is not None:
                self._pressed_key = index.data(KEY)
                self.update(index)
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.row_delegate.pressed = False
        pressed, self._pressed_action = self._pressed_action, None
        if pressed is not None:
            index = self.indexAt(event.position().toPoint())
            action = self._action_at(index, event)
            self.viewport().update()
            if action == pressed and index.data(KEY) == self._pressed_key:
                self.action_triggered.emit(action.id, self._keys_for(index))
            return
        super().mouseReleaseEvent(event)

    _pressed_action: RowAction | None = None
    _pressed_key: Any = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._action_at(self.indexAt(event.position().toPoint()), event) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.row_delegate.pointer = None
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.select_first()  # Qt would make a row the current one without selecting it
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        data = index.data(ROW) if index.isValid() else None
        if not isinstance(data, RowData) or not data.actions:
            return
        keys = self._keys_for(index)
        items = [
            MenuItem(action.text, partial(self.action_triggered.emit, action.id, keys), key=action.key)
            for action in data.actions
        ]
        place = self.visualRect(index).bottomLeft() if by_key else event.pos()
        open_menu(self, items, self.viewport().mapToGlobal(place))

    def _act_on_key(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        data = index.data(ROW) if index.isValid() else None
        if not isinstance(data, RowData):
            return False
        pressed = QKeySequence(event.keyCombination())
        for action in data.actions:
            if action.key and QKeySequence(action.key) == pressed:
                self.action_triggered.emit(action.id, self._keys_for(index))
                return True
        return False

    def _action_at(self, index: QModelIndex, event: QMouseEvent) -> RowAction | None:
        if not index.isValid():
            return None
        rect = QRectF(self.visualRect(index))
        return self.row_delegate.action_at(index, rect, event.position(), self._shows_actions(index))

    def _shows_actions(self, index: QModelIndex) -> bool:
        chosen = index == self.currentIndex() and self.selectionModel().isSelected(index)
        return chosen and self.row_delegate.selected_count <= 1

    def _keys_for(self, index: QModelIndex) -> list[Any]:
        key = index.data(KEY)
        selected = self.selected_keys()
        if key is None:
            return []
        return selected if key in selected else [key]

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.data(KEY) is not None:
            self.opened.emit(index.data(KEY))

    def _index_of(self, key: Any) -> QModelIndex:
        model = self.model()
        row_of = getattr(model, "row_of", None)
        row = row_of(key) if row_of is not None else None
        return model.index(row, 0) if row is not None else QModelIndex()

    def _remember(self) -> None:
        self._kept = self.current_key
        self._kept_row = max(0, self.currentIndex().row())
        self._kept_keys = self.selected_keys()
        self._kept_scroll = self.verticalScrollBar().value()
        self._restoring = True

    def _fit_heights(self) -> None:
        """Rows at the delegate's height, headers at theirs."""
        self.verticalHeader().setDefaultSectionSize(self.row_delegate.row_height())
        model = self.model()
        if not self._uniform and model is not None:
            for row in range(model.rowCount()):
                self.setRowHeight(row, self.sizeHintForRow(row))

    def _ranges(self) -> Iterable[QItemSelectionRange]:
        """The runs of selected rows; few, even when 100,000 rows are selected."""
        return iter(self.selectionModel().selection())  # type: ignore[call-overload]  # a Qt list

    def _restore(self) -> None:
        self._fit_heights()
        if self._kept is None:
            self._restoring = False
            return
        same = self.select_key(self._kept, scroll=False)
        if same:
            self._select_also(self._kept_keys)
            self._restoring = False
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(self._kept_scroll)
        else:
            self._restoring = False
            if not self._select_near(self._kept_row):
                self.current_changed.emit(None)

    _kept_keys: list[Any] = []
    _kept_scroll = 0

    def _select_also(self, keys: list[Any]) -> None:
        """Select what was selected before, run by run."""
        model = self.model()
        rows_of = getattr(model, "rows_of", None)
        if len(keys) < 2 or rows_of is None:
            return
        selection = QItemSelection()
        start = end = -1
        for row in [*rows_of(keys), -2]:
            if row == end + 1 and start >= 0:
                end = row
                continue
            if start >= 0:
                selection.select(model.index(start, 0), model.index(end, 0))
            start = end = row
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _select_near(self, row: int) -> bool:
        """Select the row at this place, or the next one below or above that is not a header."""
        model = self.model()
        count = model.rowCount()
        order = [*range(min(row, count), count), *range(min(row, count) - 1, -1, -1)]
        for at in order[:1000]:
            index = model.index(at, 0)
            if not isinstance(index.data(ROW), HeaderData):
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.scrollTo(index)
                return True
        return False


_TYPING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
