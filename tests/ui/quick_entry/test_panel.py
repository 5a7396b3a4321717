"""Quick entry by keyboard and mouse, over the whole window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.relations.records import InteractionKind
from ui.context import UiContext
from ui.links import Link
from ui.main_window import MainWindow
from ui.quick_entry.panel import QuickEntryPanel
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def people(planner: Planner) -> dict[str, int]:
    names = {"Anjali Patel": "Northlight", "Anjali Rao": "Halden Labs", "Ingrid Vale": "Sable", "Kofi Danso": "Mirrus"}
    return {
        name: planner.contacts.add(ContactDetails(name=name, organisation=organisation)).new("contact")
        for name, organisation in names.items()
    }


@pytest.fixture
def panel(people: dict[str, int], window: MainWindow, qtbot: QtBot) -> QuickEntryPanel:
    """Opened with Ctrl+N, its line focused."""
    qtbot.waitActive(window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    made = window.findChild(QuickEntryPanel)
    assert made is not None
    assert made.isVisible()
    assert made.sentence.hasFocus()
    return made


def type_in(panel: QuickEntryPanel, text: str, qtbot: QtBot, settle: Settle, window: MainWindow) -> None:
    qtbot.keyClicks(panel.sentence, text)
    settle(window.tasks)


def shown(panel: QuickEntryPanel) -> list[str]:
    return [chip.text() for chip in panel.chips.values()]


def pick(text: str, qtbot: QtBot) -> None:
    """Choose an entry of the open menu with the arrow keys."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(len(menu.actions()) + 1):
        active = menu.activeAction()
        if active is not None and active.text().startswith(text):
            break
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    else:
        raise AssertionError([action.text() for action in menu.actions()])
    qtbot.keyClick(menu, Qt.Key.Key_Return)


def test_typing_shows_what_is_understood(
    panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Ingrid yesterday 25 min, promised to send the deck by Friday", qtbot, settle, window)
    assert shown(panel) == ["Call", "yesterday", "25 min", "Ingrid Vale", "I owe: send the deck · tomorrow"]
    assert len(panel.sentence.extraSelections()) == 5


def test_enter_saves_and_says_so(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, people: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Ingrid yesterday", qtbot, settle, window)
    qtbot.keyClick(panel.sentence, Qt.Key.Key_Return)
    settle(window.tasks)
    assert not panel.isVisible()
    (entry,) = planner.relation_queries.story(people["Ingrid Vale"])
    assert entry.on == planner.clock.today() - timedelta(1)
    assert window.notices.toast.text == "Logged a call with Ingrid Vale"
    qtbot.mouseClick(window.notices.toast.button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert planner.relation_queries.story(people["Ingrid Vale"]) == ()


def test_the_whole_sentence_counts_when_enter_follows_at_once(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, people: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    qtbot.keyClicks(panel.sentence, "coffee with Kofi")
    qtbot.keyClick(panel.sentence, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window.tasks)
    assert len(planner.relation_queries.story(people["Kofi Danso"])) == 1


def test_escape_keeps_the_draft(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "coffee with Kofi", qtbot, settle, window)
    qtbot.keyClick(panel.sentence, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.findChildren(QuickEntryPanel) == [panel]
    assert panel.sentence.toPlainText() == "coffee with Kofi"


def test_a_click_beside_it_closes_it(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel.rect().bottomLeft())
    assert not panel.isVisible()


def test_too_little_is_not_saved(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, qtbot: QtBot, settle: Settle
) -> None:
    before = planner.history.recent()
    type_in(panel, "coffee yesterday", qtbot, settle, window)
    qtbot.keyClick(panel.sentence, Qt.Key.Key_Return)
    settle(window.tasks)
    assert panel.isVisible()
    assert "Whom was it with" in panel._message.accessibleName()
    assert planner.history.recent() == before


def test_tab_goes_through_the_chips_and_stays_within(
    panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    seen = []
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert panel.isAncestorOf(focus)
        seen.append(focus)
    chips = list(panel.chips.values())
    assert seen[: len(chips)] == chips
    assert panel.save_button in seen
    assert panel.sentence in seen


def test_another_person_by_key(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, people: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Anjali", qtbot, settle, window)
    chip = panel.chips["person:anjali"]
    assert chip.text().endswith("?")
    other = "Anjali Rao" if chip.text().startswith("Anjali Patel") else "Anjali Patel"
    chip.setFocus()
    QTimer.singleShot(0, lambda: None)
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    pick(other, qtbot)
    assert panel.chips["person:anjali"].text() == other
    assert panel.chips["person:anjali"].hasFocus()
    qtbot.keyClick(panel.chips["person:anjali"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window.tasks)
    assert len(planner.relation_queries.story(people[other])) == 1


def test_delete_takes_a_part_out(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "call with Ingrid, promised to send the deck by Friday", qtbot, settle, window)
    key = next(key for key in panel.chips if key.startswith("promise"))
    panel.chips[key].setFocus()
    qtbot.keyClick(panel.chips[key], Qt.Key.Key_Delete)
    assert key not in panel.chips
    assert panel.said is not None
    assert panel.said.text == "Promised to send the deck by Friday"


def test_kind_by_mouse(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    qtbot.mouseClick(panel.chips["kind"], Qt.MouseButton.LeftButton)
    pick("Video call", qtbot)
    assert panel.said is not None
    assert panel.said.kind is InteractionKind.VIDEO
    type_in(panel, " about the pilot", qtbot, settle, window)
    assert panel.said.kind is InteractionKind.VIDEO


def test_another_day_in_words(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    panel.chips["when"].setFocus()
    qtbot.keyClick(panel.chips["when"], Qt.Key.Key_Space)
    pick("Another day", qtbot)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "3 days ago")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert panel.said is not None
    assert panel.said.on == panel.said.today - timedelta(3)
    assert panel.editor.isHidden()


def test_a_day_to_come_is_refused(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    panel.chips["when"].setFocus()
    qtbot.keyClick(panel.chips["when"], Qt.Key.Key_Space)
    pick("Another day", qtbot)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "2099-01-01")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not panel.editor.isHidden()
    assert field.property("state") == "wrong"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_one_more_person(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, people: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "Kofi Danso")
    qtbot.mouseClick(panel.editor.done_button, Qt.MouseButton.LeftButton)
    assert shown(panel)[-1] == "Kofi Danso"
    panel.save()
    settle(window.tasks)
    assert len(planner.relation_queries.story(people["Kofi Danso"])) == 1


def test_due_day_of_a_promise(panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(panel, "call with Ingrid, I'll send her the deck", qtbot, settle, window)
    key = next(key for key in panel.chips if key.startswith("promise"))
    qtbot.mouseClick(panel.chips[key], Qt.MouseButton.LeftButton)
    pick("In two weeks", qtbot)
    assert panel.said is not None
    assert panel.said.promises[0].due_on == panel.said.today + timedelta(14)


def test_for_the_person_on_the_page(
    ctx: UiContext, people: dict[str, int], qtbot: QtBot, settle: Settle, clock: FixedClock
) -> None:
    from PySide6.QtWidgets import QMainWindow

    from ui.page import Page

    class Showing(Page):
        def subject(self) -> Link:
            return Link("contact", people["Kofi Danso"])

    window = QMainWindow()
    window.page = Showing(ctx)  # type: ignore[attr-defined]
    window.setCentralWidget(window.page)  # type: ignore[attr-defined]
    qtbot.addWidget(window)
    window.show()
    QuickEntryPanel.open_over(window, ctx, "called yesterday")
    panel = window.findChild(QuickEntryPanel)
    assert shown(panel) == ["Call", "yesterday", "Kofi Danso"]
    panel.start(panel._context, "coffee with Ingrid")
    assert shown(panel) == ["Met", "today", "Ingrid Vale"]
    panel.sentence.clear()
    settle(ctx.tasks)
    assert shown(panel) == ["Kofi Danso"]


def test_line_breaks_and_other_scripts(
    panel: QuickEntryPanel, window: MainWindow, planner: Planner, people: dict[str, int], qtbot: QtBot, settle: Settle
) -> None:
    panel.sentence.setPlainText("🎉🎉 call with Ingrid yesterday")
    qtbot.keyClick(panel.sentence, Qt.Key.Key_End)
    qtbot.keyClick(panel.sentence, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_in(panel, "Second line", qtbot, settle, window)
    marked = {selection.cursor.selectedText() for selection in panel.sentence.extraSelections()}
    assert {"Ingrid", "yesterday"} <= marked
    panel.save()
    settle(window.tasks)
    (entry,) = planner.relation_queries.story(people["Ingrid Vale"])
    assert "Second line" in entry.text


def test_opened_again_and_again_it_leaves_the_window_whole(
    panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    for text in ("call with Ingrid", "coffee with Kofi yesterday", "", "met Dana Cole, remind me to call Ingrid"):
        panel.sentence.setPlainText(text)
        settle(window.tasks)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not panel.isVisible()
        qtbot.wait(1)  # widgets that were replaced are deleted now
        window.open_quick_entry()
    window.menus.rebuild()
    assert len(window.menuBar().actions()) == 5


def test_tab_in_the_line_for_another_day(
    panel: QuickEntryPanel, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_in(panel, "call with Ingrid", qtbot, settle, window)
    panel.chips["when"].setFocus()
    qtbot.keyClick(panel.chips["when"], Qt.Key.Key_Space)
    pick("Another day", qtbot)
    days = QApplication.focusWidget()
    qtbot.keyClick(days, Qt.Key.Key_Tab)
    times = QApplication.focusWidget()
    assert (days.accessibleName(), times.accessibleName()) == ("When it was", "Time")
    qtbot.keyClicks(times, "9:15")
    qtbot.keyClick(times, Qt.Key.Key_Tab)
    assert panel.editor.done_button.hasFocus()
    qtbot.keyClick(panel.editor.done_button, Qt.Key.Key_Return)
    assert panel.chips["when"].text() == "today 09:15"
