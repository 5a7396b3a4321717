"""What the history adds up to: the map of your network, the figures, and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.insights.records import Insights, Network
from ui.context import Link, UiContext
from ui.insights import wording
from ui.insights.figure_card import FigureCard
from ui.insights.goal_box import GoalBox
from ui.insights.network_map import NetworkMap, spoken
from ui.insights.output import InsightsOutput
from ui.insights.people_dialog import PeopleDialog
from ui.insights.side import Side
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.one_of import OneOf
from ui.widgets.pane import Columns

if TYPE_CHECKING:
    from ui.screens import Screen

#: What the figures are made from; the map is drawn anew only for the first of them.
_MAPPED = frozenset(("contact", "interaction", "introduction"))
_COUNTED = _MAPPED | {"exchange", "promise", "event", "attendance", "goal", "followup", "setting"}


class InsightsPage(Page):
    """Figures over a chosen period, each with the people behind it, and the map of today."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Insights")
        self.insights: Insights | None = None
        self.output = InsightsOutput(self)
        self._map_stale = True
        self.map = NetworkMap()
        self.ties = FigureCard("Strong / weak ties")
        self.rhythm = FigureCard("Keeping in touch")
        self.promises = FigureCard("Promises kept")
        self.goal_box = GoalBox(self)
        self.side = Side(self.goal_box)
        self._heading = Heading("Your network", "close = strong tie · colour and shape = field")
        self.columns = Columns(self._left(), self.side, widths=(0, 380))
        self.empty = EmptyState("chart-column", "Nothing to look back on yet", "", "")
        self.empty.activated.connect(lambda: ctx.actions.run("quick-entry"))
        self._either = OneOf(self.columns, self.empty)
        self.body.addWidget(self._either)
        self.period = Choice("Period", wording.choices((ctx.clock.today().year,)), wording.USUAL)
        self.export = Button("Export", icon_name="file-down")
        self.set_bar(self.export, self.period)
        self._connect()

    def _left(self) -> QWidget:
        left = QWidget()
        left.setProperty("frame", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self.map, 1)
        column.addSpacing(4)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.ties, self.rhythm, self.promises):
            cards.addWidget(card, 1)
        column.addLayout(cards)
        return left

    def _connect(self) -> None:
        self.period.chosen.connect(lambda _choice: self._ask())
        self.export.clicked.connect(self._open_export)
        self.map.opened.connect(lambda id: self.ctx.navigate(Link("contact", id)))
        self.map.chosen.connect(lambda _id: self._tell_selected())
        self.ties.clicked.connect(self._show_ties)
        self.rhythm.clicked.connect(self._show_rhythm)
        self.promises.clicked.connect(self._show_promises)
        self.side.people.connect(self.show_people)
        self.side.group.connect(self._show_group)
        self.side.month_chosen.connect(self._show_month)
        self.side.ledger.connect(lambda: self.ctx.navigate(Link("ledger")))
        self.side.goal_asked.connect(lambda: self.ctx.navigate(Link("goals")))
        self.side.introductions.connect(lambda: self.ctx.navigate(Link("introductions")))
        self.side.event_chosen.connect(lambda id: self.ctx.navigate(Link("event", id)))

    def reload(self) -> None:
        self.query(self.ctx.planner.insights.years, self._offer, key="years")
        self.query(self.ctx.planner.goals.current, self.side.show_goal, key="goal")
        self._ask()
        if self._map_stale:
            self._map_stale = False
            self.query(self.ctx.planner.insights.network, self._show_map, key="map")

    def cares(self, changes: Changes) -> bool:
        if any(changes.touches(entity) for entity in _MAPPED):
            self._map_stale = True
        return any(changes.touches(entity) for entity in _COUNTED)

    def page_actions(self) -> Sequence[Action]:
        def ready() -> bool:
            return self.insights is not None

        def drawn() -> bool:
            return self.map.network is not None

        save = partial(self._export)
        return (
            self.goal_box.action(),
            Action("map-closer", "Map: closer", partial(self.map.zoom_by, 1.3), is_enabled=drawn),
            Action("map-away", "Map: further away", partial(self.map.zoom_by, 1 / 1.3), is_enabled=drawn),
            Action("map-all", "Map: show all", self.map.show_all, is_enabled=drawn),
            Action("print-review", "Print a review of this period", self._print, is_enabled=ready, icon="printer",
                   hint="yearly year"),
            Action("save-review", "Save a review of this period", partial(save, "html"), is_enabled=ready,
                   icon="file-down", hint="yearly year"),
            Action("insights-csv", "Export the figures as CSV", partial(save, "csv"), is_enabled=ready,
                   icon="file-down", hint="table"),
            Action("insights-png", "Export the map as PNG", partial(save, "png"), is_enabled=drawn, icon="file-down",
                   hint="picture network"),
            Action("insights-svg", "Export the map as SVG", partial(save, "svg"), is_enabled=drawn, icon="file-down",
                   hint="picture network"),
        )  # fmt: skip

    def show_people(self, title: str, ids: Sequence[int]) -> None:
        """Show who is behind a figure."""
        if ids:
            PeopleDialog(self.ctx, title, ids, self).open()

    # --- showing

    def _ask(self) -> None:
        period = wording.period_of(self.period.value or wording.USUAL, self.ctx.clock.today())
        self.query(lambda: self.ctx.planner.insights.get(period), self._show, key="figures")

    def _offer(self, years: tuple[int, ...]) -> None:
        self.period.set_choices(wording.choices(years), self.period.value or wording.USUAL)

    def _show(self, insights: Insights) -> None:
        self.insights = insights
        is_empty = not insights.ties.strong and not insights.ties.weak
        if is_empty:
            words = "Log a call or a meeting, and this page tells what your history adds up to."
            self.empty.set_text("Nothing to look back on yet", words, "Log a contact")
        self._either.show_one(self.empty if is_empty else self.columns)
        self.export.setEnabled(not is_empty)
        today = self.ctx.clock.today()
        self.ties.show_figure(*wording.ties(insights, today), has_people=True)
        rhythm = insights.rhythm
        self.rhythm.show_figure(*wording.rhythm(insights), has_people=bool(rhythm.on_time or rhythm.late))
        self.promises.show_figure(*wording.promises(insights.promises), has_people=insights.promises.count > 0)
        self.side.show_insights(insights)

    def _show_map(self, network: Network) -> None:
        self.map.show_network(network)
        self._tell_selected()

    def _tell_selected(self) -> None:
        node, network = self.map.selected, self.map.network
        if node is not None:
            self._heading.set_text("Your network", spoken(node))
        elif network is not None and network.left_out:
            self._heading.set_text(f"Your nearest {len(network.nodes):,}".replace(",", "\u202f"))
        else:
            self._heading.set_text("Your network", "close = strong tie · colour and shape = field")

    # --- who is behind it

    def _show_ties(self) -> None:
        if self.insights is None:
            return
        ties = self.insights.ties
        items = [
            MenuItem(f"{len(ties.strong)} strong", partial(self.show_people, "Strong ties", ties.strong),
                     enabled=bool(ties.strong)),
            MenuItem(f"{ties.weak} weak", self._show_weak, enabled=ties.weak > 0),
            MenuItem(f"{len(ties.new_weak)} new weak", partial(self.show_people, "New weak ties", ties.new_weak),
                     enabled=bool(ties.new_weak)),
        ]  # fmt: skip
        open_menu(self.ties, items)

    def _show_weak(self) -> None:
        self.query(self.ctx.planner.insights.weak_ties, partial(self.show_people, "Weak ties"), key="people")

    def _show_rhythm(self) -> None:
        if self.insights is None:
            return
        on_time, late = self.insights.rhythm.on_time, self.insights.rhythm.late
        items = [
            MenuItem(f"{len(late)} waiting longer", partial(self.show_people, "Waiting longer", late),
                     enabled=bool(late)),
            MenuItem(f"{len(on_time)} on time", partial(self.show_people, "On time", on_time), enabled=bool(on_time)),
        ]  # fmt: skip
        open_menu(self.rhythm, items)

    def _show_promises(self) -> None:
        if self.insights is None:
            return
        kept = self.insights.promises
        items = [
            MenuItem(f"Kept, to {len(kept.kept)}", partial(self.show_people, "Promises kept", kept.kept),
                     enabled=bool(kept.kept)),
            MenuItem(f"Late or let go, to {len(kept.not_kept)}",
                     partial(self.show_people, "Promises late or let go", kept.not_kept), enabled=bool(kept.not_kept)),
        ]  # fmt: skip
        open_menu(self.promises, items)

    def _show_group(self, kind: str, name: str) -> None:
        insights = self.ctx.planner.insights
        ask = partial(insights.in_field if kind == "field" else insights.in_organisation, name)
        self.query(ask, partial(self.show_people, name or f"{kind.capitalize()} not known"), key="people")

    def _show_month(self, year: int, month: int) -> None:
        named = f"{QLocale().standaloneMonthName(month)} {year}"

        def offer(found: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
            gave, received = found
            items = [
                MenuItem(f"Gave to {len(gave)}", partial(self.show_people, f"Given in {named}", gave),
                         enabled=bool(gave)),
                MenuItem(f"Received from {len(received)}",
                         partial(self.show_people, f"Received in {named}", received), enabled=bool(received)),
            ]  # fmt: skip
            open_menu(self.side.bars, items)

        self.query(partial(self.ctx.planner.insights.exchanged_in, year, month), offer, key="people")

    # --- what leaves the page

    def _open_export(self) -> None:
        items = [
            MenuItem(action.plain_text, action.run, icon=action.icon, enabled=action.enabled)
            for action in self.page_actions()
            if action.icon
        ]
        open_menu(self.export, items)

    def _export(self, kind: str) -> None:
        insights, network = self.insights, self.map.network
        if kind in ("csv", "html") and insights is not None:
            write = self.output.save_csv if kind == "csv" else self.output.save_review
            name = "Insights" if kind == "csv" else "Review"
            self.output.ask(kind, f"{name} {insights.period.name}", partial(write, insights))
        elif kind in ("png", "svg") and network is not None:
            draw = self.output.save_png if kind == "png" else self.output.save_svg
            self.output.ask(kind, "My network", partial(draw, network))

    def _print(self) -> None:
        if self.insights is not None:
            self.output.print_review(self.insights)


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.insights.screens import insights_screens

    return insights_screens()
