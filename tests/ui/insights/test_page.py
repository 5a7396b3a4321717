"""Insights by key and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails, Tie
from planner.relations.drafts import ExchangeDraft, InteractionDraft, IntroductionDraft
from planner.relations.goals import GoalDraft
from planner.relations.records import Direction, ExchangeKind, InteractionKind
from ui.context import Link, UiContext
from ui.insights.network_map import NetworkMap
from ui.insights.page import InsightsPage
from ui.insights.people_dialog import PeopleDialog
from ui.insights.screens import crowd
from ui.shell.actions import Action
from ui.tasks import Tasks
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]
Build = Callable[[], InsightsPage]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(planner: Planner) -> list[int]:
    """Three people: a strong tie, somebody met once, and nobody yet."""
    details = (
        ContactDetails(given="Ada", family="Ek", tie=Tie.STRONG, field="Energy", rhythm_days=30),
        ContactDetails(given="Bo", family="Quist", field="Law", organisation="Halden"),
        ContactDetails(given="Cleo", family="Ray"),
    )
    ids = [planner.contacts.add(each).new("contact") for each in details]
    at = planner.clock.now() - timedelta(days=2)
    planner.relations.log(InteractionDraft(InteractionKind.MET, at, True, (ids[0], ids[1])))
    planner.relations.add_exchange(ExchangeDraft(Direction.GIVEN, ExchangeKind.ADVICE, "a hint", contact_id=ids[1]))
    return ids


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Settle) -> Build:
    def build() -> InsightsPage:
        made = InsightsPage(ctx)
        show(made, width=1080, height=760)
        settle(ctx.tasks)
        return made

    return build


def entry(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_an_empty_book_says_how_to_begin(page: Build, ctx: UiContext, qtbot: QtBot) -> None:
    asked: list[str] = []
    ctx.actions.add(Action("quick-entry", "Log", lambda: asked.append("log")))
    shown = page()
    assert shown.empty.isVisible()
    assert not shown.export.isEnabled()
    qtbot.mouseClick(shown.empty.button, LEFT)
    assert asked == ["log"]


def test_the_figures_and_who_is_behind_them(
    page: Build, people: list[int], qtbot: QtBot, settle: Settle, ctx: UiContext, seen: object
) -> None:
    shown = page()
    assert (shown.ties.value, shown.ties.line) == ("1 / 1", "1 new weak tie this quarter")
    assert shown.rhythm.value == "100 %"
    assert (shown.promises.value, shown.promises.focusPolicy()) == ("–", Qt.FocusPolicy.NoFocus)
    shown.ties.setFocus()
    qtbot.keyClick(shown.ties, Qt.Key.Key_Return)
    menu = shown.ties.findChild(QMenu)
    assert menu is not None
    entry(menu, "1 weak")
    settle(ctx.tasks)
    dialog = shown.findChild(PeopleDialog)
    assert dialog is not None
    QAbstractItemModelTester(dialog.model)
    assert list(dialog.model.ids) == [people[1]]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert seen.links == [Link("contact", people[1])]  # type: ignore[attr-defined]


def test_another_period_asks_again(
    page: Build, people: list[int], qtbot: QtBot, settle: Settle, ctx: UiContext
) -> None:
    shown = page()
    assert shown.insights is not None
    assert shown.insights.period.name == "Last 12 months"
    shown.period.setFocus()
    qtbot.keyClick(shown.period, Qt.Key.Key_Up)
    settle(ctx.tasks)
    assert shown.insights.period.name == "Last 6 months"


def test_a_change_is_seen_at_once(page: Build, people: list[int], ctx: UiContext, settle: Settle) -> None:
    shown = page()
    ctx.bus.publish(ctx.planner.contacts.delete([people[1]]))
    settle(ctx.tasks)
    assert shown.ties.value == "1 / 0"
    assert shown.map.network is not None
    assert len(shown.map.network.nodes) == 1


def test_links_at_the_side_lead_to_people(
    page: Build, people: list[int], ctx: UiContext, settle: Settle, seen: object
) -> None:
    shown = page()
    shown.side.balance.link_activated.emit("gave")
    assert shown.findChild(PeopleDialog) is not None
    shown.side.group.emit("organisation", "Halden")
    settle(ctx.tasks)
    titles = [dialog.windowTitle() for dialog in shown.findChildren(PeopleDialog)]
    assert "Halden" in titles


def test_what_has_a_page_of_its_own_leads_there(
    page: Build, people: list[int], planner: Planner, ctx: UiContext, settle: Settle, seen: object, qtbot: QtBot
) -> None:
    planner.goals.add(GoalDraft("Move into water", fields=("Water",)))
    planner.relations.add_introduction(IntroductionDraft(people[0], people[1], made_on=ctx.clock.today()))
    shown = page()
    assert shown.side.introduced.accessibleName() == "Introductions: 1 made · 0 received"
    shown.side.introduced.link_activated.emit("all")
    heading = next(one for one in shown.side.findChildren(Heading) if one.link is not None)
    qtbot.mouseClick(heading.link, LEFT)
    spot = next(one for one in shown.side.spots.findChildren(Paragraph) if "find somebody" in one.accessibleName())
    spot.link_activated.emit("find")
    assert seen.links == [Link("introductions"), Link("ledger"), Link("goals")]  # type: ignore[attr-defined]


def test_files(page: Build, people: list[int], ctx: UiContext, settle: Settle, tmp_path: Path, seen: object) -> None:
    shown = page()
    assert shown.insights is not None
    assert shown.map.network is not None
    shown.output.save_csv(shown.insights, tmp_path / "a.csv")
    shown.output.save_review(shown.insights, tmp_path / "a.html")
    shown.output.save_png(shown.map.network, tmp_path / "a.png")
    shown.output.save_svg(shown.map.network, tmp_path / "a.svg")
    settle(ctx.tasks)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert b"Ada Ek" in (tmp_path / "a.svg").read_bytes()
    assert "Ties,strong,1" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "Review: Last 12 months" in (tmp_path / "a.html").read_text("utf-8")
    assert len(seen.toasts) == 4  # type: ignore[attr-defined]


def test_a_file_that_cannot_be_written_is_told(
    page: Build, people: list[int], ctx: UiContext, settle: Settle, tmp_path: Path, seen: object
) -> None:
    shown = page()
    told: list[Exception] = []
    ctx.tasks.user_error.connect(told.append)
    assert shown.insights is not None
    shown.output.save_csv(shown.insights, tmp_path / "nowhere" / "a.csv")
    settle(ctx.tasks)
    assert "could not be written" in str(told[0])
    assert seen.toasts == []  # type: ignore[attr-defined]


@pytest.fixture
def chart(show: Callable[..., QWidget]) -> NetworkMap:
    made = NetworkMap()
    show(made, width=700, height=520)
    made.show_network(crowd(60))
    made.setFocus()
    return made


def test_the_keys_of_the_map(chart: NetworkMap, qtbot: QtBot) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    first = chart.selected
    assert first is not None
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected is not None
    assert chart.selected != first
    assert chart.selected.name in chart.accessibleName()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [chart.selected.id]
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.zoom > 1
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.zoom == 1
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selected is None


def test_the_mouse_selects_opens_and_drags(chart: NetworkMap, qtbot: QtBot) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    at = chart.place_of(5).toPoint()
    qtbot.mouseClick(chart, LEFT, pos=at)
    assert chart.selected is not None
    near = chart.selected
    qtbot.mouseDClick(chart, LEFT, pos=at)
    assert opened == [near.id]
    qtbot.mousePress(chart, LEFT, pos=QPoint(100, 100))
    qtbot.mouseMove(chart, QPoint(140, 120))
    qtbot.mouseRelease(chart, LEFT, pos=QPoint(140, 120))
    assert chart.place_of(5).toPoint() == at + QPoint(40, 20)
    assert chart.selected == near  # dragging is no click


def test_panning_moves_a_picture_and_draws_nobody_anew(chart: NetworkMap, qtbot: QtBot) -> None:
    chart.show_network(crowd(2000))
    chart.grab()
    before = chart.redraws
    for _ in range(4):
        qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        chart.grab()
    assert chart.redraws == before
    for _ in range(6):
        qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        chart.grab()
    assert chart.redraws == before + 1  # past the picture's edge


def test_whoever_is_selected_comes_into_sight_and_stays_selected(chart: NetworkMap) -> None:
    for _ in range(6):
        chart.zoom_by(1.5)
    chart.select(7)
    assert chart.rect().contains(chart.place_of(7).toPoint())
    chart.show_network(crowd(40))
    assert chart.selected is not None
    assert chart.selected.id == 8


def test_the_bars_of_a_month_lead_to_its_people(
    page: Build, people: list[int], qtbot: QtBot, settle: Settle, ctx: UiContext
) -> None:
    shown = page()
    bars = shown.side.bars
    bars.setFocus()
    assert "July 2025: 1 / 0" in bars.accessibleName()
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    assert "June 2025: 0 / 0" in bars.accessibleName()
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    settle(ctx.tasks)
    menu = bars.findChild(QMenu)
    assert menu is not None
    entry(menu, "Gave to 1")
    (dialog,) = shown.findChildren(PeopleDialog)
    assert list(dialog.model.ids) == [people[1]]
    chosen: list[int] = []
    bars.chosen.connect(chosen.append)
    qtbot.mouseClick(bars, LEFT, pos=bars.bar_rect(0).center().toPoint())
    assert chosen == [0]


def test_while_a_crowd_moves_names_wait_until_it_rests(chart: NetworkMap, qtbot: QtBot) -> None:
    chart.show_network(crowd(400))
    chart.grab()
    before = chart.redraws
    for _ in range(10):
        qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    chart.grab()
    assert chart.redraws == before + 1
    qtbot.waitUntil(lambda: not chart._rest.isActive(), timeout=2000)
    chart.grab()
    assert chart.redraws == before + 2
