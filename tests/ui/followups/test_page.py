"""The queue by key and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.changes import Changes
from planner.clock import FixedClock
from planner.followups.records import FollowUpKind, FollowUpState
from planner.relations.drafts import IntroductionDraft
from planner.relations.records import IntroductionState
from tests.ui.conftest import Seen
from ui.contacts.share_panel import SharePanel
from ui.context import Link, UiContext
from ui.followups.export_panel import ExportPanel
from ui.followups.form import FollowUpForm
from ui.followups.page import FollowupsPage
from ui.tasks import Tasks
from ui.widgets.row_data import ROW, HeaderData

if TYPE_CHECKING:
    from planner.app import Planner

TODAY = date(2025, 7, 10)
Build = Callable[[], FollowupsPage]
Add = Callable[..., int]
Settle = Callable[[Tasks], None]


def titles(page: FollowupsPage) -> list[str]:
    model = page.queue_pane.model
    return [model.index(row, 0).data(Qt.ItemDataRole.DisplayRole) for row in range(model.rowCount())]


def press(qtbot: QtBot, page: FollowupsPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.rows, key)


def test_the_queue_in_its_parts(planner: Planner, person: Add, todo: Add, page: Build, qtmodeltester: object) -> None:
    ada = person("Ada Ek")
    todo("Thank for the coffee", ada, days=-1)
    todo("Check in", ada, kind=FollowUpKind.CHECK_IN)
    todo("Send questions", ada, days=1, kind=FollowUpKind.PREPARE)
    todo("Much later", ada, days=40)
    shown = page()
    assert titles(shown) == [
        "Overdue · 1", "Thank for the coffee", "Today · 1 of 5", "Check in", "This week · 1", "Send questions",
        "Later · 1", "Much later",
    ]  # fmt: skip
    assert shown.rows.current_key is not None, "something is chosen at once"
    tester = QAbstractItemModelTester(
        shown.queue_pane.model, QAbstractItemModelTester.FailureReportingMode.Warning, shown
    )
    assert tester.model() is shown.queue_pane.model
    row = shown.queue_pane.model.index(1, 0).data(ROW)
    assert (row.muted, row.aside, row.chips[0].text) == ("Ada Ek", "1 day late", "Thank-you")


def test_d_asks_what_happened_and_enter_logs_it(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    ada = person("Ada Ek")
    first, second = todo("Thank for the coffee", ada, days=-1), todo("Call back", ada)
    shown = page()
    press(qtbot, shown, Qt.Key.Key_D)
    line = shown.acts.done_line
    assert line.isVisible()
    assert line.field.hasFocus()
    assert line.field.placeholderText() == "What happened with Ada Ek?"
    qtbot.keyClicks(line.field, "Called, she was glad")
    assert line.hint.text_shown() == "Enter logs a call"
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.followup_queries.get(first).state is FollowUpState.DONE
    assert planner.relation_queries.story(ada)[0].text == "Called, she was glad"
    assert shown.rows.current_key == second, "the next one is chosen"
    assert shown.rows.hasFocus()
    assert seen.toasts[-1] == "Logged, and done: Thank for the coffee"  # type: ignore[attr-defined]


def test_an_empty_line_is_just_done_and_escape_does_nothing(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ada = person("Ada Ek")
    id = todo("Thank for the coffee", ada)
    shown = page()
    press(qtbot, shown, Qt.Key.Key_D)
    qtbot.keyClick(shown.acts.done_line.field, Qt.Key.Key_Escape)
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).state is FollowUpState.OPEN
    assert shown.rows.hasFocus()
    press(qtbot, shown, Qt.Key.Key_D)
    qtbot.keyClick(shown.acts.done_line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).state is FollowUpState.DONE
    assert [entry.kind.value for entry in planner.relation_queries.story(ada)] == ["followup"]
    assert shown.queue_pane.empty.isVisible()


@pytest.mark.parametrize(
    ("typed", "until"),
    [("", 1), ("next week", 4), ("in 3 weeks", 21), ("5 aug", 26), ("dans 3 jours", 3)],
)
def test_s_snoozes_until_a_day_in_words(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle,
    typed: str, until: int, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("ui.followups.days.languages", lambda: ("fr", "en"))
    id = todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    press(qtbot, shown, Qt.Key.Key_S)
    popup = shown.acts.snooze_popup
    assert popup is not None
    qtbot.keyClicks(popup.line, typed)
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    settle(ctx.tasks)
    found = planner.followup_queries.get(id)
    assert found.details.due_on == TODAY + timedelta(days=until)
    assert found.snoozes == 1


def test_after_a_snooze_the_keys_are_for_the_next_one(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ids = [todo(f"Thank for coffee {number}", person(f"Ada Ek {number}")) for number in range(3)]
    shown = page()
    first, second, third = (shown.rows.model().key_at(row) for row in range(1, 4))
    assert {first, second, third} == set(ids)
    for now, then in ((first, second), (second, third), (third, first)):  # they go below it
        shown.rows.select_key(now)
        shown.rows.setFocus()
        press(qtbot, shown, Qt.Key.Key_S)
        popup = shown.acts.snooze_popup
        assert popup is not None
        qtbot.keyClick(popup.line, Qt.Key.Key_Return)
        settle(ctx.tasks)
        assert planner.followup_queries.get(now).snoozes == 1
        assert shown.rows.current_key == then


def test_a_day_that_is_past_or_none_is_told_in_place(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    press(qtbot, shown, Qt.Key.Key_S)
    popup = shown.acts.snooze_popup
    assert popup is not None
    for text, words in (("2025-07-01", "is past"), ("soonish", "not a day I know")):
        popup.line.setText(text)
        qtbot.keyClick(popup.line, Qt.Key.Key_Return)
        settle(ctx.tasks)
        assert words in popup.answer.text_shown()
        assert popup.isVisible()
    popup.line.clear()
    qtbot.keyClick(popup.line, Qt.Key.Key_Down)
    assert popup.buttons[0].hasFocus()
    qtbot.keyClick(popup.buttons[0], Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).details.due_on == TODAY + timedelta(days=1)


def test_several_at_once(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    ids = [todo(f"Thing {number}", person(f"Person {number}")) for number in range(3)]
    shown = page()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shown.rows, Qt.Key.Key_Home)
    qtbot.keyClick(shown.rows, Qt.Key.Key_Down, shift)
    qtbot.keyClick(shown.rows, Qt.Key.Key_Down, shift)
    press(qtbot, shown, Qt.Key.Key_D)
    assert shown.acts.done_line.field.placeholderText() == "What happened?"
    qtbot.keyClick(shown.acts.done_line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert {planner.followup_queries.get(id).state for id in ids} == {FollowUpState.DONE}
    assert seen.toasts[-1] == "Done: 3 follow-ups"  # type: ignore[attr-defined]
    assert planner.history.recent(1)[0].label == "done with 3 follow-ups"


@pytest.mark.parametrize("key", [Qt.Key.Key_X, Qt.Key.Key_Delete])
def test_x_and_delete_let_it_go(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, key: Qt.Key
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    press(qtbot, shown, key)
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).state is FollowUpState.DROPPED
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert shown.rows.current_key == id


def test_r_moves_the_rest_of_the_day(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    ids = [todo(f"Thing {number}", person(f"Person {number}")) for number in range(2)]
    shown = page()
    press(qtbot, shown, Qt.Key.Key_R)
    settle(ctx.tasks)
    assert {planner.followup_queries.get(id).details.due_on for id in ids} == {date(2025, 7, 11)}
    assert seen.toasts[-1] == "Moved 2 follow-ups to the next days. Enough for today"  # type: ignore[attr-defined]


def test_n_adds_one_by_keyboard_alone(
    planner: Planner, person: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ada, bo = person("Ada Ek"), person("Bo Quist")
    shown = page()
    shown.acts.new()
    form = shown.acts.form
    assert form.people.line.hasFocus()
    qtbot.keyClicks(form.people.line, "bo qu")
    qtbot.keyClick(form.people.line, Qt.Key.Key_Return)
    qtbot.keyClicks(form.people.line, "ada")
    qtbot.keyClick(form.people.line, Qt.Key.Key_Return)
    assert [each.name for each in form.people.people] == ["Bo Quist", "Ada Ek"]
    form.title.setFocus()
    qtbot.keyClicks(form.title, "Lunch together")
    form.day.setFocus()
    form.day.selectAll()
    qtbot.keyClicks(form.day, "in 2 weeks")
    form.time.setFocus()
    qtbot.keyClicks(form.time, "12:30")
    qtbot.keyClick(form.time, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert not form.isVisible()
    (entry,) = planner.followup_queries.queue().entries()
    details = entry.followup.details
    assert (details.title, details.contact_ids, details.due_on) == ("Lunch together", (bo, ada), date(2025, 7, 24))
    assert details.due_time is not None
    assert (details.due_time.hour, details.due_time.minute) == (12, 30)


def test_a_form_without_a_day_says_so_and_keeps_the_words(page: Build, qtbot: QtBot, person: Add) -> None:
    person("Ada Ek")
    shown = page()
    shown.acts.new()
    form = shown.acts.form
    form.title.setText("Something")
    form.day.setFocus()
    form.day.selectAll()
    qtbot.keyClicks(form.day, "whenever")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert form.isVisible()
    assert form.day.property("state") == "wrong"
    assert form.title.text() == "Something"


def test_f2_changes_one(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek"), message="Dear Ada")
    shown = page()
    press(qtbot, shown, Qt.Key.Key_F2)
    form = shown.acts.form
    assert [each.name for each in form.people.people] == ["Ada Ek"]
    form.title.setFocus()
    form.title.selectAll()
    qtbot.keyClicks(form.title, "Thank for lunch")
    qtbot.keyClick(form.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not form.save.isEnabled())  # a shortcut presses its button for a moment
    settle(ctx.tasks)
    found = planner.followup_queries.get(id).details
    assert (found.title, found.message) == ("Thank for lunch", "Dear Ada")


def test_chips_narrow_the_list(person: Add, todo: Add, page: Build, qtbot: QtBot) -> None:
    ada = person("Ada Ek")
    todo("Thank for the coffee", ada)
    todo("Check in", ada, kind=FollowUpKind.CHECK_IN)
    shown = page()
    chips = shown.queue_pane.chips
    assert not chips["Others"].isVisible()
    qtbot.mouseClick(chips["Check-ins"], Qt.MouseButton.LeftButton)
    assert titles(shown) == ["Today · 1 of 5", "Check in"]
    qtbot.mouseClick(chips["Introductions"], Qt.MouseButton.LeftButton)
    assert shown.queue_pane.empty.isVisible()
    qtbot.mouseClick(shown.queue_pane.empty.button, Qt.MouseButton.LeftButton)
    assert len(titles(shown)) == 3


def test_a_link_goes_to_one_and_says_when_it_is_closed(
    planner: Planner, person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle, seen: object
) -> None:
    first, second = todo("First", person("Ada Ek")), todo("Second", person("Bo Quist"), days=3)
    shown = page()
    shown.show_link(Link("followup", second))
    assert shown.rows.current_key == second
    ctx.tasks.command(planner.followups.drop, [first])
    settle(ctx.tasks)
    shown.show_link(Link("followup", first))
    settle(ctx.tasks)
    assert seen.toasts[-1] == "That follow-up is closed already"  # type: ignore[attr-defined]


def test_export_writes_the_file(
    planner: Planner, person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle, tmp_path: Path, seen: object
) -> None:
    todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    shown.export()
    settle(ctx.tasks)
    panel = shown.window().findChild(ExportPanel)
    assert panel is not None
    assert panel.words.accessibleName() == "1 new."
    panel.ask_path = lambda _name: str(tmp_path / "out")
    panel.save.click()
    settle(ctx.tasks)
    assert (tmp_path / "out.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert seen.toasts[-1] == "Saved out.ics: 1 new"  # type: ignore[attr-defined]
    assert shown.detail._standing.text == "in your calendar"


def test_a_new_day_moves_everything_on(
    planner: Planner, person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle, clock: FixedClock
) -> None:
    todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    assert titles(shown)[0] == "Today · 1 of 5"
    clock.advance(timedelta(hours=14))
    ctx.bus.publish(Changes(everything=True))  # as the window does when another day begins
    settle(ctx.tasks)
    assert titles(shown)[0] == "Overdue · 1"


def test_two_hundred_rows_and_a_very_long_name(person: Add, todo: Add, page: Build) -> None:
    long = person("Maximiliane " + "Hohenlohe-" * 20)
    for number in range(200):
        todo(f"Thing {number} " + "and more " * 20, long, days=number % 40)
    shown = page()
    assert shown.queue_pane.model.rowCount() > 200
    assert shown.detail.width() < 420
    assert isinstance(shown.queue_pane.model.index(0, 0).data(ROW), HeaderData)


def test_an_answer_to_an_introduction_is_yes_or_no_in_the_same_line(
    planner: Planner, person: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    kofi, ingrid = person("Kofi Danso"), person("Ingrid Vale")
    id = planner.relations.add_introduction(IntroductionDraft(kofi, ingrid)).new("introduction")
    planner.relations.ask_introduction(id, kofi)
    shown = page()
    press(qtbot, shown, Qt.Key.Key_D)
    line = shown.acts.done_line
    assert line.hint.text_shown() == "Enter: said yes. “No …” ends it"
    qtbot.keyClicks(line.field, "No, too busy")
    assert line.hint.text_shown() == "Enter: the answer is no"
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.relation_queries.introduction(id).state is IntroductionState.DECLINED
    assert not shown.detail.isVisible(), "nothing is left"


def test_a_persons_page_asks_for_a_follow_up_with_that_person(person: Add, page: Build) -> None:
    shown = page()
    shown.show_link(Link("followups", person("Ada Ek"), "new"))
    form = shown.window().findChild(FollowUpForm)
    assert form is not None
    assert [one.name for one in form.people.people] == ["Ada Ek"]


def test_something_is_shared_with_whom_it_is_for(
    person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: Seen
) -> None:
    ada = person("Ada Ek")
    todo("Thank", ada)
    shown = page()
    shown.rows.setFocus()
    actions = {action.id: action for action in shown.page_actions()}
    actions["followup-share"].run()
    settle(ctx.tasks)
    panel = shown.window().findChild(SharePanel)
    assert panel is not None
    assert panel.isVisible()
    assert panel._rows[ada].is_chosen
    qtbot.keyClick(panel.pasted, Qt.Key.Key_Escape)
    actions["followup-ledger"].run()
    assert seen.links[-1] == Link("ledger", ada, "new")
