"""The list of what is to be done, with the chips that narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from planner.followups.queueing import Queue, QueueEntry
from planner.followups.records import FollowUp, FollowUpKind
from ui.context import UiContext
from ui.followups import presenting
from ui.followups.acts import CHANGE, DONE, DROP, SNOOZE, WRITE
from ui.followups.presenting import ALWAYS, FILTERS, Photo
from ui.list_model import SectionListModel
from ui.widgets.chip import ChipButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.row_list import RowList

#: By key; the row's menu and the pane beside it say the same.
KEYS = {"E": "write", "D": "done", "S": "snooze", "X": "drop", "N": "new", "R": "rest"}


class QueueList(RowList):
    """Rows without buttons of their own, since the pane beside them has them; keys and menu act all the same."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        word = KEYS.get(QKeySequence(event.key()).toString()) if plain else None
        if plain and event.key() == Qt.Key.Key_Delete:
            word = "drop"
        elif plain and event.key() == Qt.Key.Key_F2:
            word = "change"
        if word is None:
            super().keyPressEvent(event)
            return
        self.action_triggered.emit(word, self.selected_keys())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos()) if event.reason() != event.Reason.Keyboard else self.currentIndex()
        keys = self._keys_for(index) if index.isValid() else []
        if not keys:
            return
        actions = (WRITE, DONE, SNOOZE, CHANGE, DROP) if len(keys) == 1 else (DONE, SNOOZE, DROP)
        items = [
            MenuItem(each.text, partial(self.action_triggered.emit, each.id, keys), key=each.key) for each in actions
        ]
        by_key = event.reason() == event.Reason.Keyboard
        place = self.visualRect(index).bottomLeft() if by_key else event.pos()
        open_menu(self, items, self.viewport().mapToGlobal(place))


class QueuePane(QWidget):
    """`new_asked` from the button of an empty list; everything else through `rows`."""

    new_asked = Signal()

    def __init__(self, ctx: UiContext, photo: Photo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._photo = photo
        self._queue: Queue | None = None
        self._entries: dict[int, QueueEntry] = {}
        self._kinds: tuple[FollowUpKind, ...] | None = None
        self.setProperty("frame", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(20, 16, 20, 0)
        line.setSpacing(10)
        self.chips: dict[str, ChipButton] = {}
        for words, kinds in FILTERS:
            chip = ChipButton(words, checkable=True)
            chip.clicked.connect(lambda _=False, words=words, kinds=kinds: self._narrow(words, kinds))
            self.chips[words] = chip
            line.addWidget(chip)
        self.chips["All"].setChecked(True)
        self._sorted = Label("Sorted by what matters most", "small_muted", elide=True)
        self._sorted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._sorted, 1)
        column.addLayout(line)
        self.model = SectionListModel(parent=self)
        self.rows = QueueList("Follow-ups", uniform=False, aside_width=92, header_height=36, multi=True)
        self.rows.setModel(self.model)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.rows)
        self.empty = EmptyState("list-checks", "", "", "New follow-up")
        self.empty.activated.connect(self._empty_pressed)
        self._stack.addWidget(self.empty)
        column.addWidget(holder, 1)

    def show_queue(self, queue: Queue) -> None:
        """Show the queue, narrowed as before; the current row stays the current one where it can."""
        self._queue = queue
        self._entries = {entry.id: entry for entry in queue.entries()}
        present = {entry.followup.details.kind for entry in self._entries.values()}
        for words, kinds in FILTERS:
            shown = words in ALWAYS or any(kind in present for kind in kinds or ())
            self.chips[words].setVisible(shown or self.chips[words].isChecked())
        self._fill()

    def entry(self, id: int | None) -> QueueEntry | None:
        """An entry of the whole queue."""
        return self._entries.get(id) if id is not None else None

    def followups(self) -> Mapping[int, FollowUp]:
        """Those of the whole queue, by id."""
        return {id: entry.followup for id, entry in self._entries.items()}

    def select(self, id: int) -> bool:
        """Go to a follow-up, showing all kinds if it is among the others. False when it is not open."""
        if id not in self._entries:
            return False
        if not self.rows.select_key(id):
            self._narrow("All", None)
            self.rows.select_key(id)
        return True

    def _narrow(self, words: str, kinds: tuple[FollowUpKind, ...] | None) -> None:
        self._kinds = kinds
        for each, chip in self.chips.items():
            chip.setChecked(each == words)
        self._fill()

    def _fill(self) -> None:
        if self._queue is None:
            return
        queue = self._queue if self._kinds is None else self._queue.only(self._kinds)
        self.model.set_sections(presenting.sections(queue, self._ctx.clock.today(), self._photo))
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.rows)
            if self.rows.current_key is None:
                self.rows.select_first()
            return
        if self._kinds is None:
            self.empty.set_text(
                "Nothing to follow up",
                "Thank somebody, keep a promise, or plan a check-in. Rhythms and birthdays add theirs by themselves.",
                "New follow-up",
            )
        else:
            self.empty.set_text("Nothing of this kind", "Other follow-ups are waiting.", "Show all")
        self._stack.setCurrentWidget(self.empty)

    def _empty_pressed(self) -> None:
        if self._kinds is None:
            self.new_asked.emit()
        else:
            self._narrow("All", None)
