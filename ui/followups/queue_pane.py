"""The list of what is to be done, with the chips that narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from planner.followups.having_time import HavingTime
from planner.followups.queueing import Queue, QueueEntry
from planner.followups.records import FollowUp, FollowUpKind
from ui.context import UiContext
from ui.followups import presenting
from ui.followups.acts import CHANGE, DONE, DROP, SNOOZE, WRITE
from ui.followups.minutes_line import MinutesLine
from ui.followups.news_strip import NewsStrip
from ui.followups.presenting import ALWAYS, FILTERS, Photo
from ui.list_model import SectionListModel
from ui.widgets.chip import ChipButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.row_list import RowList

#: By key; the row's menu and the pane beside it say the same.
KEYS = {"E": "write", "D": "done", "S": "snooze", "X": "drop", "N": "new", "R": "rest", "M": "minutes"}


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
    minutes_chosen = Signal(int)

    def __init__(self, ctx: UiContext, photo: Photo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._photo = photo
        self._queue: Queue | None = None
        self._having: HavingTime | None = None
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
        self._spread = QWidget()
        self._spread.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
        line.addWidget(self._spread, 1)
        self.minutes = MinutesLine()
        self.minutes.chosen.connect(self.minutes_chosen)
        line.addWidget(self.minutes)
        line.addStretch(0)
        column.addLayout(line)
        self.news = NewsStrip()
        column.addWidget(self.news)
        self.model = SectionListModel(parent=self)
        self.rows = QueueList("Follow-ups", uniform=False, aside_width=134, header_height=36, multi=True)
        self.rows.setModel(self.model)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.rows)
        self.empty = EmptyState("list-checks", "", "", "New follow-up")
        self.empty.activated.connect(self._empty_pressed)
        self._stack.addWidget(self.empty)
        column.addWidget(holder, 1)

    def show_queue(self, queue: Queue, having: HavingTime | None = None) -> None:
        """Show the queue, narrowed as before, or only what fits into the minutes there are.

        The current row stays the current one where it can.
        """
        self._queue, self._having = queue, having
        self.minutes.show_having(having)
        self._spread.setVisible(having is None)
        self._entries = {entry.id: entry for entry in queue.entries()}
        present = {entry.followup.details.kind for entry in self._entries.values()}
        for words, kinds in FILTERS:
            shown = words in ALWAYS or any(kind in present for kind in kinds or ())
            # What fits into the minutes there are is of every kind.
            self.chips[words].setVisible(having is None and (shown or self.chips[words].isChecked()))
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
        today = self._ctx.clock.today()
        if self._having is not None:
            self.model.set_sections(presenting.having_sections(self._having, today, self._photo))
        else:
            self.model.set_sections(presenting.sections(queue, today, self._photo))
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.rows)
            if self.rows.current_key is None:
                self.rows.select_first()
            return
        if self._having is not None:
            minutes = self._having.wanted
            self.empty.set_text(f"Nothing fits into {minutes} minutes", "What is due takes longer.", "Show everything")
        elif self._kinds is None:
            self.empty.set_text(
                "Nothing to follow up",
                "Thank somebody, keep a promise, or plan a check-in. Rhythms and birthdays add theirs by themselves.",
                "New follow-up",
            )
        else:
            self.empty.set_text("Nothing of this kind", "Other follow-ups are waiting.", "Show all")
        self._stack.setCurrentWidget(self.empty)

    def _empty_pressed(self) -> None:
        if self._having is not None:
            self.minutes_chosen.emit(0)
        elif self._kinds is None:
            self.new_asked.emit()
        else:
            self._narrow("All", None)
