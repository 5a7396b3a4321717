"""Where you met someone, what they said, what was promised, and the plan's follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.cards.records import Meeting, PlannedStep
from planner.events.records import EventRow
from planner.followups.records import FollowUpDetails, Plan
from planner.quick_entry.records import PartKind, Understanding
from planner.relations.drafts import ExchangeDraft, PromiseDraft
from ui.context import UiContext
from ui.day_words import day_words, range_words
from ui.page import Page
from ui.quick_entry.wording import ChipSpec, chips
from ui.widgets.box import Box
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.fields import LineField
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.notes import AutosaveText

#: A pause in typing after which what was said is read anew.
_PAUSE_MS = 200
_SHOWN = (PartKind.PROMISE, PartKind.EXCHANGE, PartKind.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the page asked for: events to choose from, the one proposed, and the plan with its follow-ups."""

    events: tuple[EventRow, ...]
    event_id: int | None
    plan: Plan | None
    steps: tuple[PlannedStep, ...]


def load(ctx: UiContext, event_id: int | None, *, propose: bool) -> Proposal:
    """Ask for it. Called off the main thread."""
    queries, events = ctx.planner.card_queries, ctx.planner.event_queries
    today = ctx.clock.today()
    near = [event for event in events.past(8) if event.first_day <= today]
    now = [event for event in events.upcoming(5) if event.first_day <= today]
    if propose:
        proposed = queries.met_at()
        event_id = proposed.id if proposed is not None else None
    plan = queries.plan_for(event_id)
    steps = queries.steps(plan, queries.met_on(event_id)) if plan is not None else ()
    return Proposal((*now, *near), event_id, plan, steps)


class MeetingBox(QWidget):
    """The two boxes under the picture. `event_chosen(id | None)` asks the page for that event's plan."""

    event_chosen = Signal(object)

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._said: Understanding | None = None
        self.event_choice = Choice("Where you met", [(None, "Not at an event")])
        self.event_choice.chosen.connect(self.event_chosen)
        self.where = LineField("Where exactly", placeholder="Where, such as “hallway after the keynote”")
        self.said = AutosaveText(
            "What they said", placeholder="Hiring in Malmö. I promised to send the study.", lines=2
        )
        self.said.textChanged.connect(self._typed)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Heading("Where you met"))
        column.addWidget(Box(self.event_choice, self.where, spacing=8))
        column.addSpacing(4)
        column.addWidget(Heading("What they said, what you promised"))
        column.addWidget(Box(self.said, self._chips, spacing=6))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read_now)
        self._chips.hide()

    def show_events(self, events: Sequence[EventRow], event_id: int | None, today: date) -> None:
        """Offer these events, with one of them chosen."""
        choices = [(None, "Not at an event")]
        choices += [
            (event.id, f"{event.details.title} · {range_words(event.first_day, event.last_day, today)}")  # type: ignore[misc]
            for event in events
        ]
        self.event_choice.set_choices(choices, event_id)

    def clear_said(self) -> None:
        """Make room for the next card; where you met stays, as a stack of cards is mostly from one place."""
        self.said.set_text(self.said.toPlainText())
        self.said.setPlainText("")
        self.where.setText("")
        self._said = None
        self._show_chips(())

    def meeting(self, plan: Plan | None, steps: tuple[int, ...] | None) -> Meeting:
        """What was entered."""
        text = self.said.toPlainText().strip()
        said = self._said if self._said is not None and self._said.sentence.strip() == text else None
        if text and said is None:
            said = self._understand(text)
        return Meeting(
            event_id=self.event_choice.value,
            where=self.where.text().strip(),
            said=text,
            promises=tuple(PromiseDraft(one.side, one.text, one.due_on) for one in said.promises) if said else (),
            exchanges=tuple(
                ExchangeDraft(one.direction, one.kind, one.text, one.link) for one in (said.exchanges if said else ())
            ),
            follow_ups=tuple(
                FollowUpDetails(one.kind, one.title, one.due_on, due_time=one.due_time)
                for one in (said.follow_ups if said else ())
            ),
            plan_id=plan.id if plan is not None else None,
            steps=steps,
        )

    def read_now(self) -> None:
        """Understand what was typed, and show it."""
        text = self.said.toPlainText().strip()
        if not text:
            self._said = None
            self._show_chips(())
            return
        self._page.query(partial(self._understand, text), self._show, key="said")

    def _understand(self, text: str) -> Understanding:
        return self._ctx.planner.quick_entry.understand(text)

    def _typed(self) -> None:
        if self.said.toPlainText().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._said = None
            self._show_chips(())

    def _show(self, said: Understanding) -> None:
        if said.sentence.strip() == self.said.toPlainText().strip():
            self._said = said
            self._show_chips([spec for spec in chips(said) if spec.kind in _SHOWN])

    def _show_chips(self, specs: Sequence[ChipSpec]) -> None:
        clear_layout(self._flow)
        for spec in specs:
            chip = Chip(spec.text, spec.tone)
            if spec.tip:
                chip.setToolTip(spec.tip)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(specs))
        self._chips.updateGeometry()


class PlanBox(QWidget):
    """The plan's follow-ups, each to be ticked or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._heading = Heading("Follow-ups")
        self.steps = CheckList("Follow-ups from the plan", read_only=True, strike=False)
        self.steps.toggled.connect(self._toggled)
        self._none = Paragraph("No plan is set up for this.", small=True, style="mute")
        column.addWidget(self._heading)
        column.addWidget(Box(self.steps, self._none, spacing=0))
        self.plan: Plan | None = None
        self._off: set[int] = set()
        self._all: tuple[PlannedStep, ...] = ()
        self._today: date | None = None

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the steps that are ticked."""
        return tuple(step.index for step in self._all if step.index not in self._off)

    def show_plan(self, plan: Plan | None, steps: tuple[PlannedStep, ...], event: str, today: date) -> None:
        """Show another plan; what was unticked for the card before stays so for the same plan."""
        if plan is None or self.plan is None or plan.id != self.plan.id:
            self._off.clear()
        self.plan, self._all, self._today = plan, steps, today
        self._event = event
        self._heading.set_text(f"Follow-ups from plan “{plan.name}”" if plan is not None else "Follow-ups")
        self._fill()

    def _fill(self) -> None:
        assert self._today is not None
        self.steps.set_items(
            [
                CheckItem(
                    step.index,
                    step.title.replace("{event}", self._event or "that day"),
                    step.index not in self._off,
                    day_words(step.due_on, self._today),
                )
                for step in self._all
            ]
        )
        self.steps.setVisible(bool(self._all))
        self._none.setVisible(not self._all)

    def _toggled(self, index: int, on: bool) -> None:
        self._off.discard(index) if on else self._off.add(index)
        self._fill()
