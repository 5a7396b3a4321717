"""At the event, and after it, by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from planner.clock import FixedClock
from planner.events.records import EventState, Outcome
from planner.relations.records import PromiseSide
from ui.context import UiContext
from ui.events.event_form import EventForm
from ui.events.page import EventsPage
from ui.widgets.row_data import ROW, RowData

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]
Open = Callable[..., EventsPage]
KEY = Qt.Key


def titles(model: object) -> list[str]:
    rows = (model.index(number, 0).data(ROW) for number in range(model.rowCount()))
    return [row.title for row in rows]


def rows(model: object) -> list[RowData]:
    found = (model.index(number, 0).data(ROW) for number in range(model.rowCount()))
    return [row for row in found if isinstance(row, RowData)]


def test_nothing_flashes_up_as_a_window_of_its_own(
    event_id: int, page: EventsPage, open_event: Open, qapp: QApplication
) -> None:
    class Watch(QObject):
        flashed: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.flashed.append(f"{type(watched).__name__} {watched.accessibleName()}")
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for phase in ("prepare", "at", "wrap-up"):
        open_event(event_id, phase)
    EventsPage(page.ctx)
    qapp.removeEventFilter(watch)
    assert watch.flashed == []


def test_the_phase_suits_the_day(
    event_id: int, open_event: Open, page: EventsPage, ctx: UiContext, settle: Settle, clock: FixedClock
) -> None:
    assert open_event(event_id).view.phase == "prepare"
    page.leave_event()
    settle(ctx.tasks)
    clock.advance(timedelta(days=5))
    assert open_event(event_id).view.phase == "at"
    page.leave_event()
    settle(ctx.tasks)
    clock.advance(timedelta(days=5))
    assert open_event(event_id).view.phase == "wrap-up"


def test_one_line_logs_who_what_and_promise(
    event_id: int,
    open_event: Open,
    ctx: UiContext,
    qtbot: QtBot,
    settle: Settle,
    clock: FixedClock,
    planner: Planner,
) -> None:
    clock.advance(timedelta(days=5))
    view = open_event(event_id, "at").view.at
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(view.met_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert view.line.hasFocus()
    assert titles(view.model) == [
        "Must meet · 1",
        "Ingrid Vale",
        "Would like to meet · 2",
        "Samir Bellamy",
        "Kofi Danso",
    ]
    assert view.nobody.isVisible()
    qtbot.keyClicks(view.line, "Ingrid runs two pilots, I promised to send the deck by Friday")
    view.read_now()
    settle(ctx.tasks)
    shown = [chip.text for chip in view.understood]
    assert "Ingrid Vale" in shown
    assert any("send the deck" in text for text in shown)
    qtbot.keyClick(view.line, KEY.Key_Return)
    settle(ctx.tasks)
    assert view.line.text() == ""
    (met,) = rows(view.met_model)
    assert met.title == "Ingrid Vale"
    assert "two pilots" in met.muted
    assert met.muted_tail == "I owe: send the deck"
    (promise,) = planner.event_queries.promises(event_id)
    assert (promise.side, promise.due_on) == (PromiseSide.MINE, date(2025, 7, 18))
    assert "Ingrid Vale" not in titles(view.model)
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert "Ingrid Vale" in titles(view.model)
    assert view.nobody.isVisible()


def test_a_line_without_a_name_is_about_the_person_chosen(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, clock: FixedClock, planner: Planner
) -> None:
    clock.advance(timedelta(days=5))
    view = open_event(event_id, "at").view.at
    qtbot.keyClicks(view.line, "knows the recycler")
    qtbot.keyClick(view.line, KEY.Key_Return)
    settle(ctx.tasks)
    assert view.line.text() == "knows the recycler"  # nobody to log it with: the words stay
    view.people.select_key(planner.event_queries.attendances(event_id)[2].id)
    qtbot.keyClick(view.line, KEY.Key_Return)
    settle(ctx.tasks)
    assert [row.title for row in rows(view.met_model)] == ["Kofi Danso"]


def test_one_key_meets_or_misses(
    event_id: int,
    open_event: Open,
    ctx: UiContext,
    qtbot: QtBot,
    settle: Settle,
    clock: FixedClock,
    planner: Planner,
    seen: object,
) -> None:
    clock.advance(timedelta(days=5))
    view = open_event(event_id, "at").view.at
    view.people.setFocus()
    view.people.select_first()
    qtbot.keyClick(view.people, KEY.Key_M)
    settle(ctx.tasks)
    assert seen.toasts[-1] == "Met Ingrid Vale"
    qtbot.keyClick(view.people, KEY.Key_X)
    settle(ctx.tasks)
    outcomes = {person.name: person.outcome for person in planner.event_queries.attendances(event_id)}
    assert outcomes == {"Ingrid Vale": Outcome.MET, "Samir Bellamy": Outcome.MISSED, "Kofi Danso": Outcome.UNKNOWN}
    # Typing in the list goes on in the line.
    qtbot.keyClick(view.people, KEY.Key_B)
    assert (view.line.text(), view.line.hasFocus()) == ("b", True)


def test_what_was_prepared_is_at_hand(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    view = open_event(event_id, "at").view.at
    view.people.select_first()
    assert [item.text for item in view.points.items] == ["Her May post", "What next?", "Who else?"]
    view.points.view.setFocus()
    view.points.view.setCurrentRow(1)
    qtbot.keyClick(view.points.view, KEY.Key_Space)
    settle(ctx.tasks)
    assert planner.event_queries.attendances(event_id)[0].items[1].done
    assert view.agenda.sessions.rowCount() == 0  # the first day has none
    assert view._no_agenda.isVisible()


# --- wrap up ---------------------------------------------------------------------------------------------------------


def test_wrapping_up_by_keys(
    event_id: int,
    open_event: Open,
    ctx: UiContext,
    qtbot: QtBot,
    settle: Settle,
    clock: FixedClock,
    planner: Planner,
    seen: object,
) -> None:
    clock.advance(timedelta(days=9))
    page = open_event(event_id)
    view = page.view.wrap_up
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert view.people.hasFocus()
    assert "Nobody is marked as met yet" in view._none.accessibleName()
    qtbot.keyClick(view.people, KEY.Key_M)
    settle(ctx.tasks)
    assert [item.done for item in view.list.items] == [True, True, True]
    first = view.list.items[0]
    assert first.text == "Ingrid Vale: Thank-you note"
    # The second is not wanted, the third two days later.
    view.list.view.setFocus()
    view.list.view.setCurrentRow(1)
    qtbot.keyClick(view.list.view, KEY.Key_Space)
    before = view.chosen()
    view.list.view.setCurrentRow(2)
    qtbot.keyClick(view.list.view, KEY.Key_Plus)
    qtbot.keyClick(view.list.view, KEY.Key_Plus)
    qtbot.keyClick(view.list.view, KEY.Key_Minus)
    after = view.chosen()
    assert [details.title for details in after] == [details.title for details in before]
    assert after[1].due_on == before[1].due_on + timedelta(days=1)
    qtbot.keyClicks(view.outcome, "Two plants to visit.")
    qtbot.mouseClick(view.finish, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert seen.toasts[-1] == "Wrapped up, 2 follow-ups planned"
    details = planner.event_queries.get(event_id).details
    assert (details.state, details.outcome) == (EventState.WRAPPED_UP, "Two plants to visit.")
    made = planner.followup_queries.for_event(event_id)
    assert sorted(each.details.due_on for each in made) == sorted(each.due_on for each in after)
    outcomes = {person.name: person.outcome for person in planner.event_queries.attendances(event_id)}
    assert outcomes["Kofi Danso"] is Outcome.MISSED
    # What was left out can still be added; the rest is not made twice.
    assert [item.text for item in view.list.items] == ["Ingrid Vale: Connect"]
    assert view.reopen.isVisible()


def test_the_day_it_is_counted_from(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=9))
    view = open_event(event_id).view.wrap_up
    qtbot.keyClick(view.people, KEY.Key_M)
    settle(ctx.tasks)
    early = view.chosen()[0].due_on
    view.start.setText("2025-08-04")
    view.start.flush()
    settle(ctx.tasks)
    assert view.chosen()[0].due_on > early


def test_met_and_missed_can_be_corrected(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, clock: FixedClock, planner: Planner
) -> None:
    clock.advance(timedelta(days=9))
    view = open_event(event_id).view.wrap_up
    qtbot.keyClick(view.people, KEY.Key_M)
    settle(ctx.tasks)
    ingrid = planner.event_queries.attendances(event_id)[0].id
    view.people.select_key(ingrid)
    qtbot.keyClick(view.people, KEY.Key_X)
    settle(ctx.tasks)
    view.people.select_key(ingrid)
    qtbot.keyClick(view.people, KEY.Key_M)
    settle(ctx.tasks)
    assert planner.event_queries.attendances(event_id)[0].outcome is Outcome.MET
    assert len(planner.relation_queries.interactions()) == 1


def test_planning_the_next_edition(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, clock: FixedClock, planner: Planner
) -> None:
    clock.advance(timedelta(days=9))
    page = open_event(event_id)
    view = page.view.wrap_up
    assert "Ingrid Vale" in view._carried.accessibleName()
    qtbot.mouseClick(view.edition, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    form = page.dialogs.current
    assert isinstance(form, EventForm)
    assert form.name.text() == "EuroPython 2026"
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert page.sheet is not None
    assert page.sheet.details.title == "EuroPython 2026"
    assert [person.name for person in page.sheet.file.attendances] == ["Ingrid Vale"]
    assert page.sheet.details.previous_id == event_id
    assert page.view.phase == "prepare"
    page = open_event(event_id, "wrap-up")
    assert page.view.wrap_up.edition.text() == "Open it"
