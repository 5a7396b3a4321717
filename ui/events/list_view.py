"""The list of events."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from planner.events.records import EventRow, EventState
from ui.context import UiContext
from ui.events import presenting
from ui.events.loading import EventLists
from ui.list_model import Section, SectionListModel
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

_OPEN = RowAction("open", "Open", "Enter", "primary")
_DELETE = RowAction("delete", "Delete", "Del")
_CALL_OFF = RowAction("call-off", "Call off", "X")
_PLAN_AGAIN = RowAction("plan-again", "Plan again", "X")
_EDIT = RowAction("edit", "Edit", "E")


class EventList(QWidget):
    """Events to come, those to wrap up, and past ones. `opened(id)`, `action(word, ids)`, `new_asked()`."""

    opened = Signal(object)
    action = Signal(str, object)
    new_asked = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._stack = QStackedLayout(self)
        self.model = SectionListModel(parent=self)
        self.rows = RowList("Events", uniform=False, aside_width=110, multi=True)
        self.rows.setModel(self.model)
        self.rows.opened.connect(self.opened)
        self.rows.action_triggered.connect(self._act)
        self.empty = EmptyState(
            "calendar-plus",
            "No events yet",
            "Plan a conference, a meetup or a one-to-one: whom to meet, what to ask, and what to do afterwards.",
            "New event",
        )
        self.empty.activated.connect(self.new_asked)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)

    def show_lists(self, lists: EventLists) -> None:
        """Show these events."""
        self.model.set_sections(
            (
                Section("Over, to wrap up", [self._row(row) for row in lists.to_wrap_up]),
                Section("Coming up", [self._row(row) for row in lists.upcoming]),
                Section("Past", [self._row(row) for row in lists.past]),
            )
        )
        self._stack.setCurrentWidget(self.rows if self.model.rowCount() else self.empty)
        if self.rows.current_key is None:
            self.rows.select_first()

    def _row(self, row: EventRow) -> tuple[int, RowData]:
        clock = self._ctx.clock
        data = presenting.event_row(row, clock.zone, clock.now(), clock.today())
        off = row.details.state is EventState.CALLED_OFF
        over = row.details.ends_at <= clock.now()
        state = () if over else ((_PLAN_AGAIN,) if off else (_CALL_OFF,))
        actions = (_OPEN, _EDIT, *state, _DELETE)
        return row.id, RowData(
            title=data.title, muted=data.muted, chips=data.chips, aside=data.aside, icon=data.icon, done=data.done,
            tip=data.tip, actions=actions,
        )  # fmt: skip

    def _act(self, word: str, keys: list[int]) -> None:
        if word == "open":
            self.opened.emit(keys[0])
        else:
            self.action.emit(word, keys)
