"""The right column of Today: the next event, this week's meetings, give and take, the goal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.relations.records import Milestone
from planner.today.records import Today
from ui.context import Link, UiContext
from ui.insights.goal_box import GoalBox
from ui.today import presenting
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.fields import EntryLine
from ui.widgets.labels import Label, Paragraph, Part
from ui.widgets.layouts import row
from ui.widgets.pane import Pane
from ui.widgets.progress import ThinBar

#: More news than these in one morning wait behind the link.
_NEWS = 3


class Side(Pane):
    """`ticked(event_id, done)` for a meeting, `goal_set(words)`, `goal_done(id)`."""

    ticked = Signal(object, bool)
    goal_set = Signal(str)
    goal_done = Signal(int)

    def __init__(self, ctx: UiContext, goal_box: GoalBox, parent: QWidget | None = None) -> None:
        super().__init__(spacing=8, parent=parent)
        self._ctx = ctx
        self.goal_box = goal_box
        self._event: int | None = None
        self._goal_id: int | None = None
        self._build()

    def show_today(self, today: Today) -> None:
        """Show these."""
        self._show_event(today)
        items = tuple(
            CheckItem(each.id, presenting.meeting_words(each, today.day), each.wrapped_up) for each in today.meetings
        )
        self.meetings.set_items(items)
        self.meetings.setVisible(bool(items))
        self._no_meetings.setVisible(not items)
        self._give.set_parts(presenting.give_and_take_parts(today.give_and_take))
        counted = today.give_and_take
        self._balance.setVisible(bool(counted.total))
        self._balance.set_part(counted.given / counted.total if counted.total else 0.0)
        goal = today.goal
        self._goal_id = goal.id if goal else None
        self.goal_box.show_goal(goal)
        self.goal_line.setVisible(goal is None)
        self._goal_heading.set_link("Reached" if goal else "")

    def show_news(self, news: Sequence[Milestone]) -> None:
        """Show who may have something to celebrate; without any, nothing stands there."""
        parts: list[Part] = []
        for each in news[:_NEWS]:
            if parts:
                parts.append(("\n", "mute"))
            parts.append((each.contact.name, "accent", str(each.contact.id)))
            parts.append((f": {each.kind.value}", "mute"))
        if len(news) > _NEWS:
            parts.append((f"\nand {len(news) - _NEWS} more", "mute"))
        self._news.set_parts(parts)
        self._news_heading.setVisible(bool(parts))
        self._news_box.setVisible(bool(parts))

    def _show_event(self, today: Today) -> None:
        found = today.next_event
        self._event = found.file.event.id if found else None
        self._event_box.setVisible(found is not None)
        self._no_event.setVisible(found is None)
        self._event_heading.set_text("Next event", presenting.countdown(found.days) if found else "")
        if found is None:
            return
        self._event_title.set_text(found.file.event.details.title)
        self._event_line.set_text(presenting.event_line(found, today.day))
        self._readiness.set_text(str(found.file.readiness))
        self._ready.set_part(found.file.readiness.share)

    def _build(self) -> None:
        self._event_heading = self.add_heading("Next event")
        self._event_title = Label("", "subtitle", elide=True)
        self._event_line = Paragraph(small=True, style="mute")
        self._ready = ThinBar(0.0, "Prepared")
        self._readiness = Paragraph(small=True, style="mute")
        self.prepare = Button("Prepare")
        self.prepare.clicked.connect(partial(self._go, "prepare"))
        self.brief = Button("Print brief", "quiet")
        self.brief.clicked.connect(partial(self._go, "brief"))
        self._event_box = Box(self._event_title, self._event_line, spacing=2)
        self._event_box.body.addSpacing(4)
        self._event_box.add(self._ready)
        self._event_box.body.addSpacing(2)
        self._event_box.add(self._readiness)
        self._event_box.body.addSpacing(6)
        self._event_box.add(row(self.prepare, self.brief, None, spacing=6))
        self.add(self._event_box)
        plan = Button("Plan an event", "quiet")
        plan.clicked.connect(lambda: self._ctx.navigate(Link("events", part="new")))
        self._no_event = Box(Paragraph("No event is planned.", small=True, style="mute"))
        self._no_event.add(row(plan, None))
        self.add(self._no_event)
        self.add_heading("This week")
        self.meetings = CheckList("Meetings this week", read_only=True)
        self.meetings.toggled.connect(self.ticked)
        self._no_meetings = Paragraph("No meetings this week.", small=True, style="mute")
        self.add(Box(self.meetings, self._no_meetings))
        self._news_heading = self.add_heading("News", link="Look")
        self._news_heading.link_activated.connect(lambda: self._ctx.navigate(Link("followups")))
        self._news = Paragraph(small=True)
        self._news.link_activated.connect(lambda id: self._ctx.navigate(Link("contact", int(id))))
        self._news_box = Box(self._news)
        self.add(self._news_box)
        self.show_news(())
        ledger = self.add_heading("Give and take", link="All")
        ledger.link_activated.connect(lambda: self._ctx.navigate(Link("ledger")))
        self._give = Paragraph(small=True)
        self._balance = ThinBar(0.0, "Given, of all that went either way")
        self.add(Box(self._give, self._balance, spacing=8))
        self._goal_heading = self.add_heading("Goal", link="Reached")
        self._goal_heading.link_activated.connect(self._reached)
        self.add(self.goal_box)
        self.goal_line = EntryLine("Goal", "What are you working towards?")
        self.goal_line.submitted.connect(self.goal_set)
        self.add(self.goal_line)

    def _go(self, part: str) -> None:
        if self._event is not None:
            self._ctx.navigate(Link("event", self._event, part))

    def _reached(self) -> None:
        if self._goal_id is not None:
            self.goal_done.emit(self._goal_id)
