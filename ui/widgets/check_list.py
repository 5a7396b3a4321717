"""Things to tick off: steps of a preparation, talking points, questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.theme import applied, is_theme_change
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.painting import advance, draw_check_mark, outline_round

Index = QModelIndex | QPersistentModelIndex
_KEY = int(Qt.ItemDataRole.UserRole) + 1
_TAIL = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One entry; `tail` is muted text after it ("Thank-you note · Fri 16 July")."""

    key: Any
    text: str
    done: bool = False
    tail: str = ""


class CheckList(QWidget):
    """Entries with a checkbox, struck through when done, and a line that adds one (`add_text`; "" for none).

    Space or a click ticks (`toggled(key, done)`), Enter, F2 or a double click edits in place (`edited(key, text)`),
    Delete removes (`removed(key)`), Alt+Up and Alt+Down or dragging reorders (`moved(key, place)`), the last line adds
    (`added(text)`). The page saves and calls `set_items()`; items that arrive while one is being edited wait for it.
    `read_only` leaves only ticking; `strike=False` is for ticks that choose rather than finish.
    """

    toggled = Signal(object, bool)
    edited = Signal(object, str)
    removed = Signal(object)
    moved = Signal(object, int)
    added = Signal(str)

    def __init__(
        self, name: str, add_text: str = "", read_only: bool = False, strike: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.view = _View(name, self, read_only)
        self.view.strikes = strike
        column.addWidget(self.view)
        self.line = QLineEdit()
        self.line.setProperty("look", "plain")
        self.line.setPlaceholderText(add_text)
        self.line.setAccessibleName(add_text or f"Add to {name.lower()}")
        self.line.setTextMargins(_indent(), 0, 0, 0)
        self.line.setFixedHeight(applied().px(20) + 6)
        self.line.returnPressed.connect(self._add)
        self.line.editingFinished.connect(self._add)
        column.addWidget(self.line)
        self.line.setVisible(bool(add_text))  # only now that it has a parent: shown before, it would be a window
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def items(self) -> tuple[CheckItem, ...]:
        """The entries shown."""
        return self.view.shown

    def set_items(self, items: Sequence[CheckItem]) -> None:
        """Show these entries; the current one stays current where it still exists."""
        self.view.set_items(tuple(items))

    def flush(self) -> None:
        """Commit the entry being edited, and the words in the line that adds."""
        self.view.commit()
        self._add()

    def _add(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.added.emit(text)


class _View(QListWidget):
    strikes = True

    def __init__(self, name: str, owner: CheckList, read_only: bool) -> None:
        super().__init__()
        self._owner, self._read_only = owner, read_only
        self.shown: tuple[CheckItem, ...] = ()
        self._waiting: tuple[CheckItem, ...] | None = None
        self._filling = False
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setStyleSheet("background: transparent;")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        trigger = QAbstractItemView.EditTrigger
        if read_only:
            self.setEditTriggers(trigger.NoEditTriggers)
        else:
            self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.itemChanged.connect(self._changed)

    def set_items(self, items: tuple[CheckItem, ...]) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            self._waiting = items
            return
        self._waiting = None
        if items == self.shown and self.count() == len(items):
            return
        row, key = self.currentRow(), self._current_key()
        self._filling = True
        self.clear()
        self.shown = items
        for item in items:
            self.addItem(self._made(item))
        keys = [item.key for item in items]
        if key is not None:
            self.setCurrentRow(keys.index(key) if key in keys else min(row, len(items) - 1))
        self._filling = False
        self._fit()

    def commit(self) -> None:
        """Take over what is typed in the open editor."""
        editor = self.findChild(QLineEdit)
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._waiting is not None:
            self.set_items(self._waiting)

    def sizeHint(self) -> QSize:
        tall = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(200, tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # Qt itself lays rows out anew only when the height changes
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self.scheduleDelayedItemsLayout()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        item: QListWidgetItem | None = self.currentItem()
        moves = key in (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the editor lets Enter pass on after it has taken it
        if item is None or (self._read_only and not moves):
            super().keyPressEvent(event)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(self.currentRow(), self.currentRow() + (-1 if key == Qt.Key.Key_Up else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editItem(item)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._owner.removed.emit(item.data(_KEY))
        elif key == Qt.Key.Key_Down and self.currentRow() == self.count() - 1 and self._owner.line.isVisible():
            self._owner.line.setFocus()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos())
        if item is None or self._read_only:
            return
        self.setCurrentItem(item)
        row, key = self.row(item), item.data(_KEY)
        items: list[MenuItem | None] = [
            MenuItem("Edit", lambda: self.editItem(item), "F2", "pencil"),
            MenuItem("Move up", lambda: self._move(row, row - 1), "Alt+Up", "arrow-up", row > 0),
            MenuItem("Move down", lambda: self._move(row, row + 1), "Alt+Down", "arrow-down", row < self.count() - 1),
            None,
            MenuItem("Delete", lambda: self._owner.removed.emit(key), "Del", "trash-2"),
        ]
        open_menu(self, items, event.globalPos())

    def dropEvent(self, event: QDropEvent) -> None:
        item: QListWidgetItem | None = self.currentItem()
        before = self.currentRow()
        key = item.data(_KEY) if item is not None else None
        self._filling = True
        super().dropEvent(event)
        self._filling = False
        keys = [self.item(row).data(_KEY) for row in range(self.count())]
        if key in keys and keys.index(key) != before:
            self.shown = tuple(sorted(self.shown, key=lambda each: keys.index(each.key)))
            self._owner.moved.emit(key, keys.index(key))

    def _made(self, item: CheckItem) -> QListWidgetItem:
        made = QListWidgetItem(item.text)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        made.setFlags(flags if self._read_only else flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
        made.setCheckState(Qt.CheckState.Checked if item.done else Qt.CheckState.Unchecked)
        made.setData(_KEY, item.key)
        made.setData(_TAIL, item.tail)
        made.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text}{', ' if item.tail else ''}{item.tail}")
        return made

    def _changed(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        if self._filling or not 0 <= row < len(self.shown):
            return
        before = self.shown[row]
        done = item.checkState() == Qt.CheckState.Checked
        text = item.text().strip()
        if done != before.done:
            self._owner.toggled.emit(before.key, done)
        elif text and text != before.text:
            self._owner.edited.emit(before.key, text)
        elif not text:
            self._owner.removed.emit(before.key)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _move(self, row: int, to: int) -> None:
        if 0 <= to < len(self.shown):
            items = list(self.shown)
            items.insert(to, items.pop(row))
            key = items[to].key
            self.set_items(tuple(items))
            self.setCurrentRow(to)
            self._owner.moved.emit(key, to)

    def _current_key(self) -> Any:
        item: QListWidgetItem | None = self.currentItem()
        return item.data(_KEY) if item is not None else None

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)


class _Delegate(QStyledItemDelegate):
    """A 15 px box, 8 px, and the text in 20 px lines, 3 px above and below."""

    def __init__(self, view: _View) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        lines = self._lines(index, width - _indent())
        tall = len(lines) + (not self._fits(index.data(_TAIL), lines[-1], width - _indent()))
        return QSize(width, applied().px(20) * tall + 6)

    def _fits(self, tail: str, line: str, width: int) -> bool:
        """Whether the muted words have room at the end of the last line; else they stand below it."""
        font = applied().font("body")
        return not tail or advance(line, font) + advance(f" · {tail}", font) <= width

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = applied()
        done = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value or (
            index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        )
        rect = QRectF(option.rect)
        painter.save()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if focused:
            outline_round(painter, rect.adjusted(0, 0, 0, 0), 4, theme.colour("accent"))
        draw_check_mark(painter, self._box(rect), done)
        font = QFont(theme.font("body"))
        struck = done and self._view.strikes
        font.setStrikeOut(struck)
        tail = index.data(_TAIL)
        painter.setPen(theme.colour("mute" if struck else "ink"))
        painter.setFont(font)
        lines = self._lines(index, round(rect.width()) - _indent())
        tall = theme.px(20)
        for at, line in enumerate(lines):
            painter.drawText(
                QRectF(rect.left() + _indent(), rect.top() + 3 + at * tall, rect.width(), tall), _LEFT, line
            )
        if tail:
            font.setStrikeOut(False)
            painter.setFont(font)
            painter.setPen(theme.colour("mute"))
            beside = self._fits(tail, lines[-1], round(rect.width()) - _indent())
            used = advance(lines[-1], font) if beside else 0
            top = rect.top() + 3 + (len(lines) - beside) * tall
            painter.drawText(
                QRectF(rect.left() + _indent() + used, top, rect.width() - _indent() - used, tall),
                _LEFT,
                f" · {tail}" if beside else tail,
            )
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("look", "plain")
        editor.setAccessibleName("Edit entry")
        editor.setStyleSheet(f"background: {applied().tokens.pane};")
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(_indent() - 1, 0, 0, 0))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tick on a click anywhere left of the text, or on Space."""
        state = Qt.ItemDataRole.CheckStateRole
        now = Qt.CheckState(index.data(state))
        other = Qt.CheckState.Unchecked if now == Qt.CheckState.Checked else Qt.CheckState.Checked
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            zone = QRect(option.rect.left(), option.rect.top(), _indent(), option.rect.height())
            if event.button() == Qt.MouseButton.LeftButton and zone.contains(event.position().toPoint()):
                return model.setData(_plain(index), other, state)
            return False
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            return model.setData(_plain(index), other, state)
        return False

    def _box(self, rect: QRectF) -> QRectF:
        side = applied().px(15)
        return QRectF(rect.left(), rect.top() + 3 + (applied().px(20) - side) / 2, side, side)

    def _lines(self, index: Index, width: int) -> list[str]:
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if not text or width <= 0:
            return [text]
        layout = QTextLayout(text.replace("\n", " "), applied().font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, 0))
            lines.append(layout.text()[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        return lines or [text]


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _indent() -> int:
    """Where the text begins: after the box and 8 px."""
    return applied().px(15) + 8


def _plain(index: Index) -> QModelIndex:
    """The same place as an index that setData() takes."""
    return index.model().index(index.row(), index.column())
