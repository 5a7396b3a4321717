"""The right-hand column of Insights: blind spots, events, give and take, fields and organisations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from planner.insights.diversity import Diversity
from planner.insights.records import EventOutcome, Group, Insights
from planner.relations.goals import Goal
from ui.insights import wording
from ui.insights.goal_box import GoalBox
from ui.theme import applied
from ui.widgets.bars import Bars
from ui.widgets.box import Box
from ui.widgets.labels import Label, Paragraph, PartStyle
from ui.widgets.layouts import clear_layout
from ui.widgets.pane import Pane
from ui.widgets.progress import ThinBar

#: Events listed; the export has them all.
MOST_EVENTS = 8


class Side(Pane):
    """`people(title, ids)`: who is behind a figure. `group(kind, name)`: who is in a "field" or an "organisation".
    `event_chosen(id)`: go to an event. `month_chosen(year, month)`: who is behind a month's bars. `ledger`: all that
    went either way. `goal_asked`: to the goal, whose page has the ways there. `introductions`: to all of them."""

    people = Signal(str, object)
    group = Signal(str, str)
    event_chosen = Signal(int)
    month_chosen = Signal(int, int)
    ledger = Signal()
    goal_asked = Signal()
    introductions = Signal()

    def __init__(self, goal_box: GoalBox, parent: QWidget | None = None) -> None:
        super().__init__(ground=False, parent=parent)
        self._insights: Insights | None = None
        self._goal_box = goal_box
        self.add_heading("Blind spots")
        self.spots = Box(spacing=1)
        self.add(self.spots)
        self._goal_heading = self.add_heading("Goal")
        self.add(goal_box)
        self.show_goal(None)
        self.add_heading("Events: what came of them")
        self.events = Box(spacing=4)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(3, 2)
        self._grid.setColumnMinimumWidth(3, applied().px(64))
        self.events.add(self._grid)
        self.add(self.events)
        self.add_heading("Give and take", link="All").link_activated.connect(self.ledger)
        self.bars = Bars("Given above, received below, by month", 112, can_choose=True)
        self.bars.chosen.connect(self._month_chosen)
        self.balance = Paragraph(small=True, style="mute")
        self.balance.link_activated.connect(self._balance_chosen)
        self.introduced = Paragraph(small=True, style="mute")
        self.introduced.link_activated.connect(lambda _key: self.introductions.emit())
        self.add(Box(self.bars, self.balance, self.introduced, spacing=6))
        self.add_heading("Fields")
        self.fields = Box(spacing=3)
        self.add(self.fields)
        self.add_heading("Organisations")
        self.organisations = Box(spacing=3)
        self.add(self.organisations)
        self._about = Paragraph(
            "Evenness is Blau’s index: 0 when all are in one, 1 when they are spread evenly.", small=True, style="mute"
        )
        self.add(self._about)

    def show_goal(self, goal: Goal | None) -> None:
        """Show the open goal, if there is one."""
        self._goal_heading.setVisible(goal is not None)
        self._goal_box.show_goal(goal)
        self._goal_box.refresh()

    def show_insights(self, insights: Insights) -> None:
        """Show all of it."""
        self._insights = insights
        self._show_spots(insights)
        self._show_events(insights.events)
        self.bars.set_values(
            [month.given for month in insights.months],
            [month.received for month in insights.months],
            wording.month_names(insights),
        )
        gave, received = len(insights.gave_to), len(insights.received_from)
        self.balance.set_parts(
            [
                (f"{wording.months_line(insights)}\n", "mute"),
                (f"Gave to {gave}", "accent", "gave") if gave else ("Gave to nobody", "mute"),
                (" · ", "mute"),
                (f"received from {received}", "accent", "received") if received else ("received nothing", "mute"),
            ]
        )
        made, received = insights.introductions
        words = f"{made} made · {received} received" if made or received else "none in this time"
        self.introduced.set_parts([("Introductions: ", "mute"), (words, "accent", "all")])
        self._show_groups(self.fields, "field", insights.fields, insights.field_groups)
        self._show_groups(self.organisations, "organisation", insights.organisations, insights.organisation_groups)

    def _show_spots(self, insights: Insights) -> None:
        clear_layout(self.spots.body)
        if not insights.blind_spots:
            words = "None that your history shows." if insights.ties.strong or insights.ties.weak else "Nothing yet."
            self.spots.add(Paragraph(words, small=True, style="mute"))
        for at, spot in enumerate(insights.blind_spots):
            if at:
                self.spots.body.addSpacing(6)
            head = Paragraph()
            head.set_parts([(spot.strong, "strong"), (spot.rest, "ink")])
            why = Paragraph(small=True, style="mute")
            if spot.people:
                why.set_parts([(spot.why, "accent", "people")])
                title = spot.strong + spot.rest
                why.link_activated.connect(lambda _key, title=title, ids=spot.people: self.people.emit(title, ids))
            elif spot.group is not None:
                why.set_parts([(spot.why, "accent", "group")])
                why.link_activated.connect(lambda _key, group=spot.group: self.group.emit(*group))
            elif spot.find:
                why.set_parts([(spot.why, "mute"), (" · ", "mute"), ("find somebody", "accent", "find")])
                why.link_activated.connect(lambda _key: self.goal_asked.emit())
            else:
                why.set_text(spot.why)
            self.spots.add(head)
            self.spots.add(why)

    def _show_events(self, events: Sequence[EventOutcome]) -> None:
        clear_layout(self._grid)
        if not events:
            words = "No event of this time at which you noted whom you met."
            self._grid.addWidget(Paragraph(words, small=True, style="mute"), 0, 0, 1, 4)
            return
        for column, words in enumerate(("Event", "met", "followed up", "led to")):
            self._grid.addWidget(Label(words, "small_muted"), 0, column)
        for line, event in enumerate(events[:MOST_EVENTS], 1):
            title = Paragraph(small=True)
            title.set_parts([(event.title, "ink", "event")])
            title.link_activated.connect(lambda _key, id=event.id: self.event_chosen.emit(id))
            self._grid.addWidget(title, line, 0)
            self._grid.addWidget(self._number(f"Met at {event.title}", event.met), line, 1)
            self._grid.addWidget(self._number(f"Followed up after {event.title}", event.followed_up), line, 2)
            self._grid.addWidget(self._led(event), line, 3)
        if (more := len(events) - MOST_EVENTS) > 0:
            words = "and 1 earlier one" if more == 1 else f"and {more} earlier ones"
            self._grid.addWidget(Paragraph(words, small=True, style="mute"), MOST_EVENTS + 1, 0, 1, 4)

    def _led(self, event: EventOutcome) -> Paragraph:
        shown = Paragraph(small=True)
        if event.led_people:
            shown.set_parts([(event.led_to, "accent", "people")])
            title = f"What {event.title} led to"
            shown.link_activated.connect(lambda _key: self.people.emit(title, event.led_people))
        else:
            shown.set_text(event.led_to)
        return shown

    def _month_chosen(self, index: int) -> None:
        if self._insights is not None and index < len(self._insights.months):
            month = self._insights.months[index]
            self.month_chosen.emit(month.year, month.month)

    def _number(self, title: str, ids: Sequence[int]) -> Paragraph:
        shown = Paragraph(small=True)
        if not ids:
            shown.set_text("0")
            return shown
        shown.set_parts([(str(len(ids)), "accent", "people")])
        shown.setAccessibleName(f"{title}: {len(ids)}")
        shown.link_activated.connect(lambda _key: self.people.emit(title, tuple(ids)))
        return shown

    def _show_groups(self, box: Box, kind: str, spread: Diversity, groups: Sequence[Group]) -> None:
        clear_layout(box.body)
        if not groups:
            box.add(Paragraph("Known of nobody yet. Add it under Details.", small=True, style="mute"))
            return
        for each in groups:
            line = Paragraph(small=True)
            line.set_parts([(each.name, "ink", "group"), (f"  {each.share * 100:.0f} % · {each.people}", "mute")])
            line.link_activated.connect(lambda _key, name=each.name: self.group.emit(kind, name))
            box.add(line)
            box.add(ThinBar(each.share, each.name))
        foot = Paragraph(small=True, style="mute")
        parts: list[tuple[str, PartStyle] | tuple[str, PartStyle, str]] = [
            (wording.evenness(spread.evenness, len(spread.shares)), "mute")
        ]
        if spread.unknown:
            parts += [(" · ", "mute"), (f"not known of {spread.unknown}", "accent", "unknown")]
        foot.set_parts(parts)
        foot.link_activated.connect(lambda _key: self.group.emit(kind, ""))
        box.body.addSpacing(3)
        box.add(foot)

    def _balance_chosen(self, key: str) -> None:
        if self._insights is not None:
            gave = key == "gave"
            ids = self._insights.gave_to if gave else self._insights.received_from
            self.people.emit("Whom you gave something" if gave else "Whom you received something from", ids)
