"""Preparing an event, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from planner.errors import DiskFull
from planner.events.records import PreparationKind, Wish
from ui.context import UiContext
from ui.events.page import EventsPage
from ui.events.people_picker import PeoplePicker
from ui.events.rehearsal import RehearsalDialog
from ui.events.session_form import SessionForm
from ui.links import Link
from ui.theme_tokens import Tone
from ui.widgets.row_data import ROW

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]
Open = Callable[..., EventsPage]
KEY = Qt.Key
K = PreparationKind


def row_of(page: EventsPage, place: int):
    return page.view.prepare.people.model.index(place, 0).data(ROW)


def test_people_with_their_readiness(event_id: int, open_event: Open) -> None:
    page = open_event(event_id, "prepare")
    QAbstractItemModelTester(page.view.prepare.people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = row_of(page, 0)
    assert (first.title, first.muted) == ("Ingrid Vale", "CTO · talk Tue 09:15")
    assert [(chip.text, chip.tone) for chip in first.chips] == [("Ready", Tone.OK), ("Must meet", Tone.NEUTRAL)]
    assert [chip.text for chip in row_of(page, 1).chips] == ["Not started"]
    assert page.view.prepare.person.attendance_id is not None
    assert "1 of 3 ready" in page.view.tabs._aside


def test_keys_on_a_person(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner, seen: object
) -> None:
    page = open_event(event_id, "prepare")
    people = page.view.prepare.people.people
    qtbot.keyClick(people, KEY.Key_Down)
    qtbot.keyClick(people, KEY.Key_W)
    settle(ctx.tasks)
    assert [person.wish for person in planner.event_queries.attendances(event_id)] == [Wish.MUST, Wish.MUST, Wish.WOULD]
    qtbot.keyClick(people, KEY.Key_O)
    assert seen.links[-1].kind == "contact"
    qtbot.keyClick(people, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(ctx.tasks)
    assert next(person.name for person in planner.event_queries.attendances(event_id)) == "Samir Bellamy"
    qtbot.keyClick(people, KEY.Key_Delete)
    settle(ctx.tasks)
    assert "Samir Bellamy" not in {person.name for person in planner.event_queries.attendances(event_id)}
    assert seen.toasts[-1] == "Took Samir Bellamy off the list"
    assert people.current_key is not None


def test_adding_lines_ticking_and_deleting(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    questions = page.view.prepare.person.lists[K.QUESTION]
    qtbot.keyClicks(questions.line, "How do you hire?")
    qtbot.keyClick(questions.line, KEY.Key_Return)
    settle(ctx.tasks)
    assert [item.text for item in questions.items] == ["What next?", "Who else?", "How do you hire?"]
    questions.view.setFocus()
    questions.view.setCurrentRow(0)
    qtbot.keyClick(questions.view, KEY.Key_Space)
    settle(ctx.tasks)
    assert questions.items[0].done
    qtbot.keyClick(questions.view, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(ctx.tasks)
    assert [item.text for item in questions.items][:2] == ["Who else?", "What next?"]
    qtbot.keyClick(questions.view, KEY.Key_Delete)
    settle(ctx.tasks)
    found = planner.event_queries.attendances(event_id)[0]
    assert [item.text for item in found.items if item.kind is K.QUESTION] == ["Who else?", "How do you hire?"]


def test_common_ground_as_chips(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    ground = page.view.prepare.person.ground
    assert ground is not None
    qtbot.mouseClick(ground.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(ground.line, "rowing, open hardware")
    qtbot.keyClick(ground.line, KEY.Key_Return)
    settle(ctx.tasks)
    assert ground.tags == ("rowing", "open hardware")
    ground.removed.emit("rowing")
    settle(ctx.tasks)
    assert ground.tags == ("open hardware",)


def test_research_is_saved_with_the_one_it_was_written_for(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    pane = page.view.prepare.person
    pane.research.edit()
    qtbot.keyClicks(pane.research.editor, " Wrote about **hiring**.")
    # On to the next person before anything was saved.
    page.view.prepare.people.people.setFocus()
    qtbot.keyClick(page.view.prepare.people.people, KEY.Key_Down)
    settle(ctx.tasks)
    people = planner.event_queries.attendances(event_id)
    assert people[0].research == "Led the move. Wrote about **hiring**."
    assert people[1].research == ""
    assert pane.research.text() == ""


def test_words_typed_while_something_else_changes_are_not_lost(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    aim = page.view.prepare.whole.aim
    aim.setFocus()
    qtbot.keyClicks(aim, "Then ask. ")
    ctx.tasks.command(planner.events.add_check, event_id, "Pack")
    settle(ctx.tasks)
    assert aim.toPlainText().startswith("Then ask. ")
    page.flush()
    settle(ctx.tasks)
    assert planner.event_queries.get(event_id).details.aim == "Then ask. Listen first."


def test_a_full_disk_loses_no_words(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    page = open_event(event_id, "prepare")
    told: list[Exception] = []
    ctx.tasks.user_error.connect(told.append)

    def full(*_arguments: object, **_named: object) -> None:
        raise DiskFull(tmp_path)

    monkeypatch.setattr(planner.events, "set_text", full)
    aim = page.view.prepare.whole.aim
    aim.setFocus()
    qtbot.keyClicks(aim, "More. ")
    aim.flush()
    settle(ctx.tasks)
    assert [type(error) for error in told] == [DiskFull]
    assert aim.toPlainText() == "More. Listen first."
    monkeypatch.undo()
    page.flush()
    settle(ctx.tasks)
    assert planner.event_queries.get(event_id).details.aim == "More. Listen first."


def test_the_pitch_is_measured_as_it_is_typed(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    box = page.view.prepare.whole.pitch
    assert box.time.text_shown() == "13 s of 60 s · 30 words"
    box.text.setFocus()
    box.text.selectAll()
    qtbot.keyClicks(box.text, "Less scrap, same machines.")
    assert box.time.text_shown() == "2 s of 60 s · 4 words"
    box.text.flush()
    settle(ctx.tasks)
    pitch = planner.event_queries.file(event_id).pitch
    assert pitch is not None
    assert pitch.text == "Less scrap, same machines."
    assert len(pitch.versions) == 1


def test_before_you_go(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    checks = page.view.prepare.whole.checks
    qtbot.keyClicks(checks.line, "Invite Tomas along")
    qtbot.keyClick(checks.line, KEY.Key_Return)
    settle(ctx.tasks)
    checks.view.setFocus()
    checks.view.setCurrentRow(len(checks.items) - 1)
    qtbot.keyClick(checks.view, KEY.Key_Space)
    settle(ctx.tasks)
    assert planner.event_queries.file(event_id).readiness.checked == 1


def test_adding_people_one_after_the_other(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    from planner.contacts.records import ContactDetails

    planner.contacts.add(ContactDetails(name="Lucía Ferrer", organisation="Plaza Norte"))
    page = open_event(event_id, "prepare")
    page.dialogs.open_people()
    picker = page.dialogs.current
    assert isinstance(picker, PeoplePicker)
    settle(ctx.tasks)
    for typed in ("luc", "Bo Ek"):
        qtbot.keyClicks(picker.field, typed)
        qtbot.keyClick(picker.field, KEY.Key_Return)
        settle(ctx.tasks)
        assert picker.field.text() == ""
    names = [person.name for person in planner.event_queries.attendances(event_id)]
    assert names == ["Ingrid Vale", "Samir Bellamy", "Kofi Danso", "Lucía Ferrer", "Bo Ek"]
    qtbot.keyClick(picker, KEY.Key_Escape)
    assert page.dialogs.current is None


def test_the_agenda_by_keys_and_mouse(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    page = open_event(event_id, "prepare")
    column = page.view.prepare.people
    page.dialogs.open_session()
    form = page.dialogs.current
    assert isinstance(form, SessionForm)
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    assert "Title" in form.fault.text_shown()
    qtbot.keyClicks(form.title, "From lab to line")
    qtbot.keyClicks(form.start, "half past never")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    assert "half past never" in form.fault.text_shown()
    assert form.start.text() == "half past never"
    form.start.selectAll()
    qtbot.keyClicks(form.start, "11:30")
    qtbot.keyClicks(form.speakers, "Kofi Danso")
    qtbot.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    found = planner.event_queries.agenda(event_id)
    assert [item.title for item in found] == ["From lab to line", "Batteries that last"]
    assert found[0].speakers[0].contact_id is not None
    agenda = column.agenda
    QAbstractItemModelTester(agenda.sessions, QAbstractItemModelTester.FailureReportingMode.Fatal)
    agenda.setFocus()
    agenda.select_key(found[0].id)
    qtbot.keyClick(agenda, KEY.Key_M)
    settle(ctx.tasks)
    assert not planner.event_queries.agenda(event_id)[0].marked
    star = agenda.action_rect(found[0].id, "mark").center().toPoint()
    qtbot.mouseClick(agenda.viewport(), Qt.MouseButton.LeftButton, pos=star)
    settle(ctx.tasks)
    assert planner.event_queries.agenda(event_id)[0].marked
    qtbot.keyClick(agenda, KEY.Key_Return)
    assert isinstance(page.dialogs.current, SessionForm)
    assert page.dialogs.current.title.text() == "From lab to line"
    qtbot.keyClick(page.dialogs.current, KEY.Key_Escape)
    qtbot.keyClick(agenda, KEY.Key_Delete)
    settle(ctx.tasks)
    assert len(planner.event_queries.agenda(event_id)) == 1


def test_rehearsing(qtbot: QtBot, theme: object) -> None:
    now = [0.0]
    dialog = RehearsalDialog("word " * 70, 30, 140, seconds=lambda: now[0])
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    qtbot.keyClick(dialog, KEY.Key_Space)
    assert dialog.is_running
    now[0] = 15.0
    dialog.refresh()
    assert dialog.clock.text_shown() == "0:15"
    assert dialog.bar.part == pytest.approx(0.5)
    assert dialog.pace.text_shown() == "280 words a minute if you ended now"
    now[0] = 31.0
    qtbot.keyClick(dialog, KEY.Key_Space)
    assert not dialog.is_running
    assert dialog.verdict.text_shown() == "31 s: 1 s too long, a good pace"
    now[0] = 90.0
    dialog.refresh()
    assert dialog.clock.text_shown() == "0:31"
    qtbot.keyClick(dialog, KEY.Key_R)
    assert (dialog.clock.text_shown(), dialog.elapsed) == ("0:00", 0.0)
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_standing_sections_for_a_manager(
    planner: Planner, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    from datetime import date

    from planner.contacts.records import ContactDetails, Role
    from planner.events.defaults import new_event
    from planner.events.records import EventKind

    dana = planner.contacts.add(ContactDetails(name="Dana Frost", roles=(Role.MANAGER,))).new("contact")
    details = new_event(EventKind.ONE_TO_ONE, "1:1 with Dana", date(2025, 7, 11), planner.clock.zone)
    id = planner.events.add(details, (dana,)).new("event")
    page = open_event(id, "prepare")
    lists = page.view.prepare.person.lists
    assert list(lists) == [K.UPDATE, K.FEEDBACK, K.EXPECTATION, K.QUESTION, K.TALKING_POINT]
    for kind, words in ((K.UPDATE, "Pilot is live"), (K.FEEDBACK, "The review"), (K.QUESTION, "What matters?")):
        qtbot.keyClicks(lists[kind].line, words)
        qtbot.keyClick(lists[kind].line, KEY.Key_Return)
    settle(ctx.tasks)
    assert next(chip.text for chip in row_of(page, 0).chips) == "Ready"


def test_ideas_come_from_the_bank(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle, planner: Planner
) -> None:
    from PySide6.QtWidgets import QApplication, QMenu

    page = open_event(event_id, "prepare")
    page.view.prepare.person.ask_the_bank(page.print)
    settle(ctx.tasks)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first = menu.actions()[0]
    text = first.text()
    first.trigger()
    menu.close()
    settle(ctx.tasks)
    assert text in [item.text for item in planner.event_queries.attendances(event_id)[0].items]


def test_links_lead_to_phases_and_actions(event_id: int, open_event: Open, ctx: UiContext, settle: Settle) -> None:
    page = open_event(event_id, "wrap-up")
    assert page.view.phase == "wrap-up"
    ctx.navigate(Link("event", event_id, "at"))
    settle(ctx.tasks)
    assert page.view.phase == "at"
    ids = {action.id for action in page.page_actions()}
    assert {"event-print", "event-rehearse", "event-people", "event-delete"} <= ids
    for_guests = {"event-comes", "event-perhaps", "event-declines", "event-withdraw"}  # and nobody is invited
    assert {action.id for action in page.page_actions() if not action.enabled} == for_guests
    ctx.navigate(Link("events"))
    settle(ctx.tasks)
    # Without an event, only what brings events in can be done.
    assert {action.id for action in page.page_actions() if action.enabled} == {"event-schedule", "event-calendar"}
