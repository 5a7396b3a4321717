"""One event: its tabs, and the phase that is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.events.records import Outcome
from ui.context import UiContext
from ui.events import presenting
from ui.events.at_event import AtEvent
from ui.events.interview_flow import InterviewFlow
from ui.events.loading import EventSheet
from ui.events.prepare import Prepare
from ui.events.wrap_up import WrapUpPhase
from ui.page import Page
from ui.widgets.tabs import Tabs

#: The phases, as links name them.
PREPARE, AT, WRAP_UP = PHASES = "prepare", "at", "wrap-up"


class EventView(QWidget):
    """Shows one event in its three phases. `phase_chosen(key)` fires when the person changes it."""

    phase_chosen = Signal(str)

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = Tabs([(PREPARE, "Prepare"), (AT, "At the event"), (WRAP_UP, "Wrap up")])
        self.tabs.setAccessibleName("Phases")
        column.addWidget(self.tabs)
        self.flow = InterviewFlow(ctx, page)
        column.addWidget(self.flow)
        self.prepare = Prepare(ctx, page)
        self.at = AtEvent(ctx, page)
        self.wrap_up = WrapUpPhase(ctx, page)
        self._phases: dict[str, Prepare | AtEvent | WrapUpPhase] = {
            PREPARE: self.prepare,
            AT: self.at,
            WRAP_UP: self.wrap_up,
        }
        self._stack = QStackedWidget()
        for phase in self._phases.values():
            self._stack.addWidget(phase)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._choose)
        self.flow.bank_asked.connect(self._ask_the_bank)
        self.flow.notes_asked.connect(self._write_down)
        self._sheet: EventSheet | None = None

    @property
    def phase(self) -> str:
        """The phase shown."""
        return self.tabs.key

    @property
    def first_list(self) -> QWidget:
        """Where the keyboard starts in the phase that is shown."""
        people = self.prepare.people.people
        start = people if people.model().rowCount() else self.prepare.nobody.button
        return {PREPARE: start, AT: self.at.line, WRAP_UP: self.wrap_up.people}[self.phase]

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event in the phase that is chosen; the others follow when they are shown."""
        self._sheet = sheet
        self._tell_where_it_stands(sheet)
        self.flow.show_sheet(sheet)
        self._phases[self.phase].show_sheet(sheet)

    def _tell_where_it_stands(self, sheet: EventSheet) -> None:
        clock = self._ctx.clock
        readiness = sheet.file.readiness
        words = [presenting.when_words(sheet.file, clock.zone, clock.today()), sheet.details.place]
        if readiness.people and self.phase == PREPARE:
            words.append(f"{readiness.ready} of {readiness.people} ready")
        elif self.phase == AT and readiness.people:
            met = sum(person.outcome is Outcome.MET for person in sheet.file.wanted)
            words.append(f"{met} of {readiness.people} met")
        elif self.phase == WRAP_UP:
            words.append(f"{sum(person.outcome is Outcome.MET for person in sheet.file.attendances)} met")
        self.tabs.set_aside(" · ".join(word for word in words if word))

    def choose(self, phase: str) -> None:
        """Go to a phase."""
        self.tabs.choose(phase)

    def usual_phase(self, sheet: EventSheet) -> str:
        """The phase that suits the day: before, during or after the event."""
        today = self._ctx.clock.today()
        event = sheet.file.event
        if sheet.details.ends_at <= self._ctx.clock.now():
            return WRAP_UP
        return AT if event.first_day <= today else PREPARE

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.prepare.flush()
        self.wrap_up.flush()

    def _ask_the_bank(self, button: QWidget) -> None:
        self.choose(PREPARE)
        self.prepare.person.ask_the_bank(button)

    def _write_down(self) -> None:
        self.choose(WRAP_UP)
        self.wrap_up.interview.learned.setFocus()

    def _choose(self, key: str) -> None:
        self.flush()
        self._stack.setCurrentWidget(self._phases[key])
        if self._sheet is not None:
            self._phases[key].show_sheet(self._sheet)
            self._tell_where_it_stands(self._sheet)
        self.phase_chosen.emit(key)
