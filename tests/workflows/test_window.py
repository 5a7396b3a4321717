"""The whole path through the real window, by key and mouse: what a person does from the first start to their calendar.

Keys go to whatever has the focus, as a keyboard's do. What comes out is read by programs that are not ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder
from tests.workflows.test_command_line import PITCH, pdf_text, read_calendar
from ui.main_window import MainWindow
from ui.theme import Theme, applied

W = TypeVar("W", bound=QWidget)
KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Person:
    """Somebody at the keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def settle(self) -> None:
        """Wait until everything asked for is done and shown."""
        for _ in range(30):
            assert self.window.tasks.flush(20)
            QApplication.processEvents()
            if not self.window.tasks.is_busy:
                return
        raise AssertionError("the window never comes to rest")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key, wherever the focus is."""
        self._come_back()
        focus = QApplication.focusWidget() or QApplication.activeWindow() or self.window
        QTest.keyClick(focus, key, modifier)
        self.settle()

    def go_into(self, field: QWidget) -> None:
        """Put the focus into a field, as a click there does."""
        self._come_back()
        field.setFocus()
        self.qtbot.waitUntil(lambda: _holds_focus(field), timeout=10_000)

    def _come_back(self) -> None:
        if QApplication.activeWindow() is None:
            # A window manager gives the focus back when a dialog closes; without a screen there is none.
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()

    def type(self, text: str) -> None:
        """Type words, wherever the focus is."""
        for char in text:
            focus = QApplication.focusWidget() or self.window
            if char.isascii():
                QTest.keyClicks(focus, char)
            else:  # QTest knows ASCII keys alone
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(focus, QKeyEvent(kind, 0, NO_MODIFIER, char))
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click on it."""
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def dialog(self, kind: type[W]) -> W:
        """The dialog of this kind that is open."""
        self.qtbot.waitUntil(lambda: any(each.isVisible() for each in self.window.findChildren(kind)), timeout=10_000)
        (found,) = [each for each in self.window.findChildren(kind) if each.isVisible()]
        self.qtbot.waitUntil(lambda: _holds_focus(found), timeout=10_000)
        return found

    def save_as(self, path: Path) -> None:
        """Answer the question where to put a file."""
        dialog = self.dialog(QFileDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name is not None
        name.setText(str(path))
        dialog.accept()
        self.qtbot.waitUntil(lambda: _gone(dialog), timeout=10_000)
        self.settle()
        self.qtbot.waitUntil(path.exists, timeout=20_000)
        self.settle()

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.page


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    """An empty data folder on Thursday 10 July 2025, 10:00 in Berlin."""
    with Planner(DataFolder(tmp_path / "data"), FixedClock(moment=datetime(2025, 7, 10, 8, tzinfo=UTC))) as opened:
        yield opened


def _theme(app: QApplication) -> Theme:
    """The application's theme, of which there is one: other tests of the window may have made it."""
    try:
        return applied()
    except LookupError:
        return Theme(app, "light")


@pytest.fixture
def person(planner: Planner, qtbot: QtBot, qapp: QApplication) -> Iterator[Person]:
    """Somebody before the window that has just opened. A mistake of ours anywhere fails the test."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    window = MainWindow(_theme(qapp))
    window.attach(planner)
    qtbot.addWidget(window)
    window.resize(1280, 820)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    bugs: list[BaseException] = []
    errors: list[BaseException] = []
    window.tasks.bug.connect(bugs.append)
    window.tasks.user_error.connect(errors.append)
    made = Person(window, qtbot)
    made.settle()
    yield made
    window.close()
    QLocale.setDefault(before)
    assert (bugs, errors) == ([], [])


def add_five_people(person: Person, planner: Planner) -> None:
    from ui.contacts.new_contact import NewContactDialog

    for name, title, organisation, email in (
        ("Ingrid Vale", "CTO", "Norrvolt", "ingrid@norrvolt.example"),
        ("Kofi Danso", "Founder", "Recell", "kofi@recell.example"),
        ("Noor Osman", "Data Engineer", "Civic Grid", ""),
        ("Petra Novak", "VP Platform", "Helix Rail", ""),
        ("Lucía Ferrer", "Data Lead", "Plaza Norte", ""),
    ):
        person.press(KEY.Key_N, CTRL | SHIFT)
        dialog = person.dialog(NewContactDialog)
        assert dialog.name.hasFocus()
        for words in (name, title, organisation):
            person.type(words)
            person.press(KEY.Key_Tab)
        person.type(email)
        person.press(KEY.Key_Return, CTRL)
        person.qtbot.waitUntil(lambda dialog=dialog: _gone(dialog), timeout=10_000)
        person.settle()
    assert planner.contact_queries.count() == 5
    (ingrid,) = planner.contact_queries.many(planner.contact_queries.find("ingrid"))
    assert (ingrid.details.title, ingrid.details.emails[0].address) == ("CTO", "ingrid@norrvolt.example")


def _holds_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def _gone(dialog: QWidget) -> bool:
    try:
        return not dialog.isVisible()
    except RuntimeError:  # deleted
        return True


def add_event(person: Person, planner: Planner) -> int:
    from ui.events.event_form import EventForm

    person.press(KEY.Key_E, CTRL | SHIFT)
    form = person.dialog(EventForm)
    assert form.name.hasFocus()
    person.type("Grid Days conference")
    person.go_into(form.first)
    form.first.selectAll()
    person.type("today")
    person.press(KEY.Key_Return, CTRL)
    person.qtbot.waitUntil(lambda: _gone(form), timeout=10_000)
    person.settle()
    (event,) = planner.event_queries.upcoming()
    assert (event.details.title, event.first_day.isoformat()) == ("Grid Days conference", "2025-07-10")
    return event.id


def prepare(person: Person, planner: Planner, event: int) -> None:
    from ui.events.people_picker import PeoplePicker
    from ui.events.session_form import SessionForm

    page = person.page
    page.view.choose("prepare")
    person.settle()
    page.dialogs.open_people()
    picker = person.dialog(PeoplePicker)
    for name in ("Ingrid", "Kofi", "Noor"):
        person.type(name)
        person.press(KEY.Key_Return)
    person.press(KEY.Key_Escape)
    person.qtbot.waitUntil(lambda: _gone(picker), timeout=10_000)
    assert {one.name for one in planner.event_queries.attendances(event)} == {"Ingrid Vale", "Kofi Danso", "Noor Osman"}

    page.dialogs.open_session()
    form = person.dialog(SessionForm)
    assert form.title.hasFocus()
    person.type("Batteries that last")
    person.go_into(form.start)
    form.start.selectAll()
    person.type("09:15")
    person.go_into(form.speakers)
    person.type("Ingrid Vale")
    person.press(KEY.Key_Return, CTRL)
    person.qtbot.waitUntil(lambda: _gone(form), timeout=10_000)
    person.settle()
    (session,) = planner.event_queries.agenda(event)
    assert (session.title, session.marked) == ("Batteries that last", True)

    box = page.view.prepare.whole.pitch
    person.go_into(box.text)
    person.type(PITCH)
    page.flush()
    person.settle()
    pitch = planner.event_queries.file(event).pitch
    assert pitch is not None
    assert pitch.text == PITCH


def print_brief(person: Person, target: Path) -> None:
    from ui.events.brief_preview import BriefPreview

    person.click(person.page.print)
    preview = person.dialog(BriefPreview)
    assert preview.page_count >= 1
    person.click(preview.pdf)
    person.save_as(target)
    if not _gone(preview):
        preview.close()
        person.settle()
    words = pdf_text(target)
    for expected in ("Grid Days conference", "I help plants cut scrap", "Ingrid Vale", "Batteries that last"):
        assert expected in words


def log_three_meetings(person: Person, planner: Planner, event: int) -> None:
    view = person.page.view
    view.choose("at")
    person.settle()
    for line in (
        "Ingrid wants the numbers, I promised to send the retention paper by Friday",
        "Kofi has a pilot",
        "Noor maps outages",
    ):
        person.go_into(view.at.line)
        person.type(line)
        person.press(KEY.Key_Return)
        assert view.at.line.text() == "", f"not understood: {line}"
    assert len(planner.event_queries.attendances(event)) == 3
    (promise,) = planner.event_queries.promises(event)
    assert (promise.text, promise.due_on and promise.due_on.isoformat()) == ("send the retention paper", "2025-07-11")
    view.choose("wrap-up")
    person.settle()
    person.go_into(view.wrap_up.finish)
    person.press(KEY.Key_Return, CTRL)


def work_the_queue(person: Person, planner: Planner) -> str:
    before = {entry.id: entry.followup.uid for entry in planner.followup_queries.queue().entries()}
    person.press(KEY.Key_4, CTRL)
    rows = person.page.rows
    person.go_into(rows)
    rows.select_first()
    person.settle()
    chosen = rows.current_key
    person.press(KEY.Key_D)
    person.type("sent it by email")
    person.press(KEY.Key_Return)
    left = {entry.id for entry in planner.followup_queries.queue().entries()}
    assert set(before) - left == {chosen}
    return before[chosen]


def export(person: Person, target: Path) -> None:
    from ui.followups.export_panel import ExportPanel

    person.press(KEY.Key_C, CTRL | SHIFT)
    panel = person.dialog(ExportPanel)
    panel.ask_path = lambda _name: str(target)
    person.press(KEY.Key_Return, CTRL)
    person.qtbot.waitUntil(target.exists, timeout=20_000)
    person.settle()


@pytest.mark.workflow
@pytest.mark.slow
def test_from_an_empty_window_to_a_calendar(person: Person, planner: Planner, tmp_path: Path, icaljs: Any) -> None:
    add_five_people(person, planner)
    event = add_event(person, planner)
    prepare(person, planner, event)
    print_brief(person, tmp_path / "brief.pdf")
    log_three_meetings(person, planner, event)
    export(person, tmp_path / "first.ics")
    first = read_calendar(icaljs, tmp_path / "first.ics")
    queue = planner.followup_queries.queue().entries()
    assert {entry.followup.uid for entry in queue} <= set(first)
    assert any("retention paper" in entry["summary"] for entry in first.values())
    done = work_the_queue(person, planner)
    export(person, tmp_path / "second.ics")
    second = read_calendar(icaljs, tmp_path / "second.ics")
    assert second[done]["summary"].startswith("✓ ")
    assert set(second) <= set(first)
    # And back, by the keys everybody knows.
    label = planner.history.next_undo()
    person.press(KEY.Key_Z, CTRL)
    assert planner.history.next_undo() != label
    assert done in {entry.followup.uid for entry in planner.followup_queries.queue().entries()}
