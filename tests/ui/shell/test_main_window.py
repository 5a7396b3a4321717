"""Navigation, menus, undo, notices, and closing, with small pages of the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.changes import Changes
from planner.contacts.records import ContactDetails
from planner.errors import DatabaseBusy, DiskFull, Invalid, UserError
from planner.paths import DataFolder
from tests.ui.shell.conftest import Notes, People
from ui.links import Link
from ui.main_window import MainWindow
from ui.pages import PageEntry
from ui.shell.window_state import WindowState
from ui.tasks import Tasks
from ui.theme import Theme

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]


def change(window: MainWindow, settle: Settle, **values: object) -> None:
    assert window.ctx is not None
    window.tasks.command(window.ctx.planner.settings.change, **values)
    settle(window.tasks)


def action(window: MainWindow, id: str) -> QAction:
    found = window.menus.qaction(id)
    assert found is not None
    return found


def test_pages_are_built_at_their_first_visit(main: MainWindow, qtbot: QtBot) -> None:
    assert (Notes.made, People.made) == (1, 0)
    assert isinstance(main.page, Notes)
    qtbot.mouseClick(main.sidebar.button("contacts"), Qt.MouseButton.LeftButton)
    assert People.made == 1
    assert main.top_bar.title == "People"
    assert main.windowTitle() == "People – Rapport"
    qtbot.mouseClick(main.sidebar.button("today"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(main.sidebar.button("contacts"), Qt.MouseButton.LeftButton)
    assert People.made == 1


def test_a_shortcut_asks_whether_its_action_can_be_done_when_the_key_is_pressed(main: MainWindow, qtbot: QtBot) -> None:
    page = main.page
    assert isinstance(page, Notes)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page, Qt.Key.Key_L, control)
    assert page.ran == []
    qtbot.keyClicks(page.field, "la")
    qtbot.keyClick(page.field, Qt.Key.Key_L, control)
    assert page.ran == ["sing"]
    page.field.set_text("lo")
    qtbot.keyClick(page, Qt.Key.Key_L, control)
    assert page.ran == ["sing"]
    assert not action(main, "sing").isEnabled()


def test_a_theme_chosen_before_the_data_is_open_is_kept(
    planner: Planner, theme: Theme, qtbot: QtBot, settle: Settle, pages: tuple[PageEntry, ...], tmp_path: Path
) -> None:
    window = MainWindow(theme, WindowState(tmp_path / "window.ini"), pages)
    qtbot.addWidget(window)
    window.show()
    window.prepare()
    window.actions_table.run("theme-dark")
    assert theme.mode == "dark"
    window.attach(planner)
    settle(window.tasks)
    assert theme.mode == "dark"
    assert planner.settings.get().theme == "dark"
    window.close()


def test_opening_a_menu_offers_no_undo_where_there_is_nothing_to_undo(main: MainWindow) -> None:
    assert not action(main, "undo").isEnabled()
    main.menus.menu("Edit").aboutToShow.emit()
    assert not action(main, "undo").isEnabled()


def test_a_link_to_what_has_no_page_is_passed_over(main: MainWindow) -> None:
    shown = main.page
    main.navigate(Link("teapot", 4))
    assert main.page is shown


def test_a_page_that_cannot_be_built_is_reported_and_leaves_the_others(main: MainWindow, settle: Settle) -> None:
    shown = main.page
    main.navigate(Link("broken"))
    assert main.page is shown
    assert main.notices.dialog is not None
    main.notices.dialog.accept()
    main.navigate(Link("contacts"))
    assert isinstance(main.page, People)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_keys_go_to_pages(main: MainWindow, qtbot: QtBot, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(main, Qt.Key.Key_2, modifier)
    assert isinstance(main.page, People)
    qtbot.keyClick(main, Qt.Key.Key_1, modifier)
    assert not isinstance(main.page, People)


def test_arrows_move_along_the_sidebar(main: MainWindow, qtbot: QtBot) -> None:
    button = main.sidebar.button("today")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Down)
    assert main.sidebar.button("contacts").hasFocus()
    qtbot.keyClick(main.sidebar.button("contacts"), Qt.Key.Key_Return)
    assert isinstance(main.page, People)


def test_a_link_from_a_calendar_finds_its_record(main: MainWindow, qtbot: QtBot) -> None:
    assert main.ctx is not None
    planner = main.ctx.planner
    id = planner.contacts.add(ContactDetails(name="Ingrid Vale"), uid="3f6f4f0e-53a1").new("contact")
    main.navigate(Link("contact", uid="3f6f4f0e-53a1", part="prepare"))
    assert isinstance(main.page, People)
    assert main.page.links == [Link("contact", id, "prepare")]
    main.navigate(Link("contact", uid="nobody-any-more"))
    assert main.page.links == [Link("contact", id, "prepare")]


def test_a_link_opens_its_page_and_back_returns(main: MainWindow, qtbot: QtBot) -> None:
    main.navigate(Link("contact", 5, "prepare"))
    assert isinstance(main.page, People)
    assert main.page.links == [Link("contact", 5, "prepare")]
    main.go_back()
    assert not isinstance(main.page, People)
    main.go_forward()
    assert isinstance(main.page, People)
    assert main.page.links[-1] == Link("contact", 5, "prepare")
    main.go_forward()
    assert isinstance(main.page, People)


def test_a_hidden_page_reloads_when_it_is_shown_and_only_then(main: MainWindow, settle: Settle) -> None:
    today = main.page
    assert isinstance(today, Notes)
    main.navigate(Link("contacts"))
    before = today.reloads
    change(main, settle, day_capacity=7)
    change(main, settle, day_capacity=8)
    assert today.reloads == before
    main.navigate(Link("today"))
    assert today.reloads == before + 1
    main.navigate(Link("contacts"))
    main.navigate(Link("today"))
    assert today.reloads == before + 1


def test_the_bar_shows_the_buttons_of_the_page(main: MainWindow) -> None:
    today = main.page
    assert today is not None
    assert today.bar[0].isVisible()
    main.navigate(Link("contacts"))
    assert not today.bar[0].isVisible()
    assert main.page is not None
    assert main.page.bar[0].isVisible()


def test_undo_and_redo_are_named_and_work_by_key(main: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    assert not action(main, "undo").isEnabled()
    change(main, settle, day_capacity=9)
    assert action(main, "undo").text() == "&Undo: change the setting “day capacity”"
    qtbot.keyClick(main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(main.tasks)
    assert main.ctx is not None
    assert main.ctx.planner.settings.get().day_capacity == 5
    assert main.notices.toast.text == "Undone: change the setting “day capacity”"
    assert action(main, "redo").text() == "&Redo: change the setting “day capacity”"
    qtbot.mouseClick(main.notices.toast.button, Qt.MouseButton.LeftButton)
    settle(main.tasks)
    assert main.ctx.planner.settings.get().day_capacity == 9


def test_recent_changes_can_be_taken_back_from_the_menu(main: MainWindow, settle: Settle) -> None:
    for number in (6, 7, 8):
        change(main, settle, day_capacity=number)
    assert main._history is not None
    entries = main._history.menu.actions()
    assert len(entries) == 3
    assert entries[0].text().endswith("today 10:00")
    entries[1].trigger()
    settle(main.tasks)
    assert main.ctx is not None
    assert main.ctx.planner.settings.get().day_capacity == 6
    assert [entry.isEnabled() for entry in main._history.menu.actions()] == [False, False, True]


def test_words_in_a_field_are_saved_before_undo_and_at_closing(
    main: MainWindow, qtbot: QtBot, settle: Settle, planner: Planner, tmp_path: Path
) -> None:
    assert isinstance(main.page, Notes)
    main.page.field.setFocus()
    qtbot.keyClicks(main.page.field, "email")
    main.close()
    from planner.app import Planner as Again

    with Again(DataFolder(tmp_path / "data"), planner.clock) as again:
        assert again.settings.get().list_columns == ("email",)


def test_leaving_a_page_saves_its_fields(main: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    assert isinstance(main.page, Notes)
    main.page.field.setFocus()
    qtbot.keyClicks(main.page.field, "phone")
    main.navigate(Link("contacts"))
    settle(main.tasks)
    assert main.ctx is not None
    assert main.ctx.planner.settings.get().list_columns == ("phone",)


def test_a_pages_actions_are_in_the_menu_and_on_their_key_while_it_is_shown(main: MainWindow, qtbot: QtBot) -> None:
    today = main.page
    assert isinstance(today, Notes)
    qtbot.keyClick(main, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert today.ran == ["shout"]
    main.navigate(Link("contacts"))
    qtbot.keyClick(main, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert today.ran == ["shout"]
    assert isinstance(main.page, People)
    assert main.page.ran == ["shout"]
    assert main.actions_table.run("shout")
    assert not main.actions_table.run("unheard-of")


def test_no_shortcut_is_given_twice(main: MainWindow) -> None:
    from ui.shell.menus import shortcuts

    taken: dict[str, str] = {}
    for each in main.actions_table:
        for sequence in shortcuts(each):
            key = sequence.toString()
            assert key not in taken, (key, each.id, taken[key])
            taken[key] = each.id


def test_every_action_has_words_and_stands_in_a_known_menu(main: MainWindow) -> None:
    for each in main.actions_table:
        assert each.plain_text
        assert each.menu in ("", "File", "Edit", "View", "Go", "Help")


def test_a_users_error_is_said_calmly(main: MainWindow, settle: Settle) -> None:
    def fail() -> Changes:
        raise Invalid("Name", "it is empty")

    main.tasks.command(fail)
    settle(main.tasks)
    assert main.notices.strip.isVisible()
    assert main.notices.message.text == "Name: it is empty. Nothing was changed. Change it and save again."
    main.notices.message.dismiss()
    assert not main.notices.strip.isVisible()


@pytest.mark.parametrize("kind", [DatabaseBusy, DiskFull])
def test_that_nothing_can_be_saved_is_told_until_something_is(
    main: MainWindow, settle: Settle, kind: type[DatabaseBusy | DiskFull], tmp_path: Path
) -> None:
    assert main.ctx is not None
    planner = main.ctx.planner
    errors: list[UserError] = [
        kind(planner.folder.database),
        kind(tmp_path / "stick" / "out.ics"),
        Invalid("Name", "x"),
    ]

    def fail() -> Changes:
        raise errors.pop(0)

    for stays in (False, True, True):  # what is told of another disk, or of a value, is no less so then
        main.tasks.command(fail)
        settle(main.tasks)
        assert main.notices.message.isVisible()
        main.tasks.command(planner.contacts.add, ContactDetails(name="Ingrid Vale"))
        settle(main.tasks)
        assert main.notices.message.isVisible() is stays


def test_a_bug_opens_one_dialog(main: MainWindow, settle: Settle, qapp: QApplication) -> None:
    def fail() -> Changes:
        raise RuntimeError("Ingrid Vale")

    main.tasks.command(fail)
    main.tasks.command(fail)
    settle(main.tasks)
    dialog = main.notices.dialog
    assert dialog is not None
    assert "RuntimeError" in dialog.report
    assert "Ingrid" not in dialog.report
    dialog.accept()
    qapp.processEvents()
    assert main.notices.dialog is None


def test_what_the_command_line_changed_is_noticed(main: MainWindow, settle: Settle, planner: Planner) -> None:
    from planner.app import Planner as Other

    today = main.page
    assert isinstance(today, Notes)
    before = today.reloads
    with Other(planner.folder, planner.clock) as other:
        other.settings.change(day_capacity=3)
    main._outside.look()
    settle(main.tasks)
    assert today.reloads == before + 1
    assert action(main, "undo").isEnabled()


def test_theme_and_text_size_are_kept_as_settings(main: MainWindow, settle: Settle, theme: Theme) -> None:
    main.actions_table.run("theme-dark")
    main.actions_table.run("larger")
    settle(main.tasks)
    assert theme.is_dark
    assert main.ctx is not None
    settings = main.ctx.planner.settings.get()
    assert settings.theme == "dark"
    assert settings.font_scale == pytest.approx(1.1)
    main.undo()
    settle(main.tasks)
    assert theme.font_scale == 1.0


def test_the_window_remembers_its_place_and_page(
    planner: Planner, theme: Theme, qtbot: QtBot, settle: Settle, pages: tuple[PageEntry, ...], tmp_path: Path
) -> None:
    first = MainWindow(theme, WindowState(tmp_path / "window.ini"), pages)
    qtbot.addWidget(first)
    first.attach(planner)
    first.resize(700, 600)
    first.show()
    first.navigate(Link("contacts"))
    first.state.save(first)
    second = MainWindow(theme, WindowState(tmp_path / "window.ini"), pages)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (700, 600)
    second.attach(planner)
    assert isinstance(second.page, People)
    for window in (first, second):
        settle(window.tasks)
        window._outside.stop()


def test_counts_stand_beside_their_pages(main: MainWindow) -> None:
    main.sidebar.set_count("contacts", 1234)
    assert main.sidebar.button("contacts").accessibleName() == "People, 1234"
    main.sidebar.set_count("contacts", None)
    assert main.sidebar.button("contacts").accessibleName() == "People"


def test_the_palette_is_asked_for_by_click_enter_and_letter(main: MainWindow, qtbot: QtBot) -> None:
    main.top_bar.palette_asked.disconnect(main.open_palette)
    asked: list[str] = []
    main.top_bar.palette_asked.connect(asked.append)
    field = main.top_bar.field
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "i")
    assert asked == ["", "", "i"]


def test_about_names_the_licences(main: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    main.show_about()
    dialog = main.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
