"""The list of events, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from planner.events.records import EventKind, EventState, SessionDetails
from ui.context import UiContext
from ui.events.event_form import EventForm
from ui.events.page import EventsPage
from ui.links import Link
from ui.main_window import MainWindow
from ui.widgets.row_data import ROW

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]
KEY = Qt.Key


def test_an_empty_list_says_what_to_do_first(page: EventsPage, qtbot: QtBot) -> None:
    assert page.list.empty.isVisible()
    qtbot.mouseClick(page.list.empty.button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialogs.current, EventForm)
    qtbot.keyClick(page.dialogs.current, KEY.Key_Escape)
    assert page.dialogs.current is None


def test_the_list_tells_what_comes(planner: Planner, event_id: int, page: EventsPage) -> None:
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = page.list.model.index(1, 0).data(ROW)
    assert (row.title, row.aside) == ("EuroPython 2025", "in 4 days")
    assert row.muted == "Mon 14 – Fri 18 July · Kraków · Ingrid Vale, Samir Bellamy and 1 more"
    assert [chip.text for chip in row.chips] == ["3 to meet"]


def test_enter_opens_and_the_arrow_leads_back(
    event_id: int, page: EventsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.keyClick(page.list.rows, KEY.Key_Return)
    settle(ctx.tasks)
    assert page.title == "EuroPython 2025"
    assert page.view.isVisible()
    page.back.click()
    settle(ctx.tasks)
    assert (page.title, page.list.isVisible()) == ("Events", True)


def test_keys_call_off_and_delete_with_undo(
    event_id: int, page: EventsPage, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner, seen: object
) -> None:
    qtbot.keyClick(page.list.rows, KEY.Key_X)
    settle(ctx.tasks)
    assert planner.event_queries.get(event_id).details.state is EventState.CALLED_OFF
    qtbot.keyClick(page.list.rows, KEY.Key_X)
    settle(ctx.tasks)
    assert planner.event_queries.get(event_id).details.state is EventState.PLANNED
    qtbot.keyClick(page.list.rows, KEY.Key_Delete)
    settle(ctx.tasks)
    assert page.list.empty.isVisible()
    assert seen.toasts[-1] == "Deleted the event"
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert page.list.model.keys == [event_id]


def test_a_new_event_from_the_keyboard(
    page: EventsPage, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page.show_link(Link("events", part="new"))
    form = page.dialogs.current
    assert isinstance(form, EventForm)
    qtbot.keyClicks(form.name, "1:1 with Dana")
    assert form.kind.value is EventKind.ONE_TO_ONE
    assert not form.all_day.isChecked()
    form.first.selectAll()
    qtbot.keyClicks(form.first, "next monday")
    qtbot.keyClick(form.first, KEY.Key_Return)
    form.start.selectAll()
    qtbot.keyClicks(form.start, "16")
    form.end.selectAll()
    qtbot.keyClicks(form.end, "16:30")
    qtbot.keyClicks(form.whom, "Dana Frost, Bo Ek")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert page.dialogs.current is None
    assert page.sheet is not None
    details = page.sheet.details
    assert (details.title, details.kind) == ("1:1 with Dana", EventKind.ONE_TO_ONE)
    assert page.sheet.file.event.first_day == date(2025, 7, 14)
    assert details.starts_at.astimezone(ctx.clock.zone).hour == 16
    assert {person.name for person in page.sheet.file.attendances} == {"Dana Frost", "Bo Ek"}
    assert page.view.phase == "prepare"


def test_enter_in_a_field_of_the_form_saves_what_was_typed(
    page: EventsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    page.show_link(Link("events", part="new"))
    form = page.dialogs.current
    assert isinstance(form, EventForm)
    qtbot.keyClicks(form.name, "Grid Futures")
    qtbot.keyClicks(form.place, "Lisbon")
    qtbot.keyClick(form.place, KEY.Key_Return)
    settle(ctx.tasks)
    assert page.sheet is not None
    assert (page.sheet.details.title, page.sheet.details.place) == ("Grid Futures", "Lisbon")


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(
    page: EventsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    page.dialogs.open_form()
    form = page.dialogs.current
    assert isinstance(form, EventForm)
    qtbot.keyClick(form, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    assert "Title" in form.fault.text_shown()
    qtbot.keyClicks(form.name, "Cells")
    form.zone.setText("Europe/Atlantis")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert "Time zone" in form.fault.text_shown()
    assert form.isVisible()
    form.zone.setText("Europe/Berlin")
    form.last.setText("2025-07-01")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert "last day" in form.fault.text_shown()
    form.last.selectAll()
    qtbot.keyClicks(form.last, "when pigs fly")
    qtbot.keyClick(form.last, KEY.Key_Return)
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert "when pigs fly" in form.fault.text_shown()
    assert form.last.text() == "when pigs fly"
    assert form.name.text() == "Cells"


def test_editing_keeps_what_the_form_does_not_show(
    event_id: int, open_event: Callable[..., EventsPage], ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id)
    before = planner.event_queries.get(event_id)
    page.dialogs.edit()
    form = page.dialogs.current
    assert isinstance(form, EventForm)
    assert form.first.day == before.first_day
    form.place.setText("Gdańsk")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    after = planner.event_queries.get(event_id)
    assert after.details.place == "Gdańsk"
    assert (after.first_day, after.last_day, after.details.aim) == (before.first_day, before.last_day, "Listen first.")
    assert after.details.pitch_id == before.details.pitch_id


def test_an_event_deleted_elsewhere_leads_back_to_the_list(
    event_id: int, open_event: Callable[..., EventsPage], ctx: UiContext, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id)
    ctx.tasks.command(planner.events.delete, (event_id,))
    settle(ctx.tasks)
    assert page.list.isVisible()


def test_in_the_window_the_arrow_leads_back_to_all_events(
    window: MainWindow, planner: Planner, event_id: int, qtbot: QtBot, settle: Callable[[Tasks], None]
) -> None:
    window.navigate(Link("event", event_id))
    settle(window.tasks)
    page = window.page
    assert isinstance(page, EventsPage)
    assert page.sheet is not None
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert page.sheet is None
    assert page.list.isVisible()
    assert page.title == "Events"
    assert page.subject() is None


def test_a_long_agenda_leaves_the_window_its_height(
    window: MainWindow, planner: Planner, event_id: int, settle: Callable[[Tasks], None]
) -> None:
    people = [one.id for one in planner.event_queries.attendances(event_id)]
    planner.events.people.remove(people)
    starts = planner.event_queries.get(event_id).details.starts_at
    for number in range(40):
        planner.events.agenda.add(event_id, SessionDetails(f"Talk {number}", starts, starts))
    window.navigate(Link("event", event_id, "prepare"))
    for height in (820, 1000, 820):
        window.resize(1280, height)
        settle(window.tasks)
        for _ in range(5):
            QApplication.processEvents()
        assert window.height() == height
