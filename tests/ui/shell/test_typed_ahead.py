"""Keys typed before a form has the keyboard reach the form, in order; the page does nothing with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.store.store import Store
from ui.links import Link
from ui.main_window import MainWindow
from ui.palette.palette import Palette
from ui.quick_entry.panel import QuickEntryPanel
from ui.shell import getting_ready, typed_ahead
from ui.shell.typed_ahead import TypedAhead
from ui.shell.typed_to_dialogs import TypedToDialogs
from ui.tasks import Tasks
from ui.theme import Theme

Settle = Callable[[Tasks], None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(window: QWidget, words: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys as the window system sends them: to the window, wherever the focus is."""
    for letter in words:
        QTest.keyClick(window.windowHandle(), Qt.Key(ord(letter.upper())), modifiers)


def waited(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.typed_ahead.is_holding)


@pytest.fixture
def filled(planner: Planner) -> Planner:
    person = planner.contacts.add(ContactDetails(name="Ingrid Vale")).new("contact")
    for title in ("Send the deck", "Say thanks"):
        planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, title, planner.clock.today(), (person,)))
    return planner


@pytest.fixture
def opening(theme: Theme, qtbot: QtBot) -> MainWindow:
    """A window whose data is being opened."""
    made = MainWindow(theme)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    made.expect_data()
    return made


@pytest.fixture
def ready(opening: MainWindow, filled: Planner, settle: Settle, qtbot: QtBot) -> MainWindow:
    opening.attach(filled)
    settle(opening.tasks)
    waited(qtbot, opening)
    return opening


def test_a_form_asked_for_while_the_data_is_opened_gets_its_words(
    opening: MainWindow, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    press(opening, "n", CTRL)
    press(opening, "xds")
    assert opening.findChild(QuickEntryPanel) is None
    opening.attach(filled)
    settle(opening.tasks)
    waited(qtbot, opening)
    assert cast(QuickEntryPanel, opening.findChild(QuickEntryPanel)).sentence.toPlainText() == "xds"
    assert len(filled.followup_queries.queue()) == 2


def test_keys_for_nothing_do_nothing_to_rows_not_seen_yet(
    opening: MainWindow, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    press(opening, "xxd")
    QTest.keyClick(opening.windowHandle(), Qt.Key.Key_Delete)
    opening.attach(filled)
    settle(opening.tasks)
    waited(qtbot, opening)
    settle(opening.tasks)
    assert len(filled.followup_queries.queue()) == 2
    press(opening, "x")
    settle(opening.tasks)
    assert len(filled.followup_queries.queue()) == 1


def test_the_palette_runs_what_was_typed_and_entered(
    opening: MainWindow, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    press(opening, "k", CTRL)
    press(opening, "ingrid")
    QTest.keyClick(opening.windowHandle(), Qt.Key.Key_Return)
    opening.attach(filled)
    settle(opening.tasks)
    waited(qtbot, opening)
    assert not cast(Palette, opening.findChild(Palette)).isVisible()
    settle(opening.tasks)
    waited(qtbot, opening)
    assert opening.page is not None
    assert opening.page.title == "People"


def test_data_that_cannot_be_opened_gets_no_keys(opening: MainWindow, filled: Planner, settle: Settle) -> None:
    from planner.errors import UserError

    press(opening, "n", CTRL)
    press(opening, "x")
    opening.explain_start(UserError("It is locked.", "Nothing was changed.", "Try again."))
    assert not opening.typed_ahead.is_holding
    opening.attach(filled)
    settle(opening.tasks)
    assert opening.findChild(QuickEntryPanel) is None


@pytest.fixture
def typed() -> Iterator[Event]:
    """Set once all keys are typed."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def unprepared(ready: MainWindow, typed: Event, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """What changes are made with is not imported before all keys are typed."""
    done: list[Store] = []

    def prepare(store: Store) -> None:
        typed.wait(20)
        done.append(store)

    monkeypatch.setattr(Store, "is_prepared", property(lambda store: store in done))
    monkeypatch.setattr(Store, "prepare", prepare)
    return ready


def test_a_page_that_comes_late_gives_the_keys_to_its_form(
    unprepared: MainWindow, typed: Event, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    press(unprepared, "f", CTRL | SHIFT)
    press(unprepared, "xd")
    typed.set()
    settle(unprepared.tasks)
    waited(qtbot, unprepared)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.text() == "xd"
    assert len(filled.followup_queries.queue()) == 2


def test_a_dialog_that_comes_late_gets_the_keys_and_its_shortcut(
    unprepared: MainWindow, typed: Event, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    press(unprepared, "e", CTRL | SHIFT)
    press(unprepared, "expo")
    QTest.keyClick(unprepared.windowHandle(), Qt.Key.Key_Return, CTRL)
    typed.set()
    settle(unprepared.tasks)
    waited(qtbot, unprepared)
    settle(unprepared.tasks)
    assert [row.details.title for row in filled.event_queries.upcoming(5)] == ["expo"]
    assert QApplication.activeModalWidget() is None


def test_a_page_that_does_not_come_gets_no_keys(
    unprepared: MainWindow, typed: Event, filled: Planner, settle: Settle, qtbot: QtBot
) -> None:
    unprepared.navigate(Link("event", uid="nobody knows it"))
    press(unprepared, "n", CTRL)
    press(unprepared, "xd")
    typed.set()
    settle(unprepared.tasks)
    assert not unprepared.typed_ahead.is_holding
    assert unprepared.findChild(QuickEntryPanel) is None
    assert len(filled.followup_queries.queue()) == 2


def test_logging_waits_for_the_person(ready: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    press(ready, "2", CTRL)
    press(ready, "l", CTRL)
    press(ready, "tea")
    waited(qtbot, ready)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert (focus.text(), focus is ready.page.first_focus() if ready.page else None) == ("tea", False)


def test_other_work_does_not_hold_keys_for_long(
    ready: MainWindow, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getting_ready, "FILLING_MS", 10)
    monkeypatch.setattr(getting_ready, "QUIET_MS", 60_000)
    ready.navigate(Link("contacts"))
    assert ready.typed_ahead.is_holding
    waited(qtbot, ready)


# --- the parts


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[QLineEdit]:
    """In a window of its own, which has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    made = QLineEdit(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    made.setFocus()
    yield made
    window.close()


def test_all_that_is_awaited_has_to_come(field: QLineEdit) -> None:
    ahead = TypedAhead(field.window())
    first, second = ahead.hold(), ahead.hold()
    press(field.window(), "ab")
    first()
    first()
    press(field.window(), "c")
    assert field.text() == ""
    second()
    assert field.text() == "abc"
    press(field.window(), "d")
    assert field.text() == "abcd"


def test_what_takes_too_long_is_not_waited_for(field: QLineEdit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_ahead, "LIMIT_MS", 10)
    ahead = TypedAhead(field.window())
    let_go = ahead.hold()
    press(field.window(), "ab")
    qtbot.waitUntil(lambda: not ahead.is_holding)
    press(field.window(), "c")
    let_go()
    assert field.text() == "c"


class _Unseen(QDialog):
    """A dialog to which the window system does not give the keyboard at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)  # the only kind that the offscreen platform is slow with
        self.field = QLineEdit(self)
        self.field.setFocus()


@pytest.mark.parametrize("ends", ["it has the keyboard", "it is closed", "it takes too long"])
def test_a_dialog_without_the_keyboard_gets_the_keys_all_the_same(
    field: QLineEdit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    monkeypatch.setattr("ui.shell.typed_to_dialogs.LIMIT_MS", 30 if ends == "it takes too long" else 60_000)
    window = field.window()
    ahead = TypedAhead(window)
    TypedToDialogs(window, ahead)
    app = cast(QApplication, QApplication.instance())
    for _ in range(3):
        field.clear()
        dialog = _Unseen(window)
        dialog.open()
        assert ahead.is_holding
        press(window, "ab")
        assert (field.text(), dialog.field.text()) == ("", "")
        if ends == "it has the keyboard":
            app.focusWindowChanged.emit(dialog.windowHandle())
        elif ends == "it is closed":
            dialog.reject()
        qtbot.waitUntil(lambda: not ahead.is_holding)
        assert (field.text(), dialog.field.text()) == ("", "" if ends == "it is closed" else "ab")
        press(window, "c")
        assert field.text() == ("c" if ends == "it is closed" else "")
        dialog.reject()
        field.setFocus()
        press(window, "d")
        assert field.text().endswith("d")


def test_a_page_still_being_filled_does_not_keep_keys_from_a_dialog(field: QLineEdit) -> None:
    ahead = TypedAhead(field.window())
    TypedToDialogs(field.window(), ahead)
    filling = ahead.hold()
    dialog = _Unseen(field.window())
    dialog.open()
    press(field.window(), "ab")
    cast(QApplication, QApplication.instance()).focusWindowChanged.emit(dialog.windowHandle())
    assert dialog.field.text() == "ab"
    filling()
    dialog.reject()


def test_a_second_click_opens_no_second_dialog(field: QLineEdit, qtbot: QtBot) -> None:
    window = field.window()
    opened: list[QDialog] = []

    def again() -> None:
        opened.append(_Unseen(window))
        opened[-1].open()

    button = QPushButton("New", window)
    button.setGeometry(0, 40, 80, 30)
    button.show()
    button.clicked.connect(again)
    window.resize(300, 200)
    qtbot.wait(1)
    TypedToDialogs(window, TypedAhead(window))
    for _ in range(2):
        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 50)
        )
    assert len(opened) == 1
    opened[0].reject()
