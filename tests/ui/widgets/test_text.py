"""Text that saves itself: never an edit lost, never words overwritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets import notes
from ui.widgets.fields import EntryLine, LineField, SearchField
from ui.widgets.notes import AutosaveText, MarkdownText, open_web_link

Beside = Callable[[QWidget], QLineEdit]


@pytest.fixture
def beside(show: Callable[..., QWidget]) -> Beside:
    """Show a widget with another field, which is returned, to give the focus to."""

    def shown(widget: QWidget) -> QLineEdit:
        other = QLineEdit()
        show(widget, other)
        widget.setFocus()
        return other

    return shown


def test_a_line_saves_when_it_is_left_and_only_when_it_changed(beside: Beside, qtbot: QtBot) -> None:
    field = LineField("Title", "CTO")
    other = beside(field)
    saved = []
    field.committed.connect(saved.append)
    other.setFocus()
    assert saved == []
    field.setFocus()
    qtbot.keyClicks(field, ", Norrvolt")
    other.setFocus()
    assert saved == ["CTO, Norrvolt"]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert saved == ["CTO, Norrvolt"]


def test_escape_takes_the_stored_words_back(beside: Beside, qtbot: QtBot) -> None:
    field = LineField("Title", "CTO")
    beside(field)
    qtbot.keyClicks(field, "x")
    with qtbot.assertNotEmitted(field.committed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "CTO"


def test_a_refresh_does_not_overwrite_words_being_typed(beside: Beside, qtbot: QtBot) -> None:
    field = LineField("Title", "CTO")
    beside(field)
    qtbot.keyClicks(field, " of")
    field.set_text("Chief")
    assert field.text() == "CTO of"
    field.flush()
    field.set_text("Chief")
    assert field.text() == "Chief"


def test_several_lines_save_after_a_pause(beside: Beside, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    text = AutosaveText("Pitch", "One")
    text._pause.setInterval(10)
    beside(text)
    with qtbot.waitSignal(text.committed, timeout=1000) as saved:
        qtbot.keyClicks(text, "Two ")
    assert saved.args == ["Two One"]
    assert not text.is_edited


def test_several_lines_save_when_left_and_when_hidden(beside: Beside, qtbot: QtBot) -> None:
    text = AutosaveText("Pitch")
    other = beside(text)
    saved = []
    text.committed.connect(saved.append)
    qtbot.keyClicks(text, "a")
    other.setFocus()
    text.setFocus()
    qtbot.keyClicks(text, "b")
    text.hide()
    assert saved == ["a", "ba"] or saved == ["a", "ab"]


def test_a_refresh_leaves_unsaved_lines_alone(beside: Beside, qtbot: QtBot) -> None:
    text = AutosaveText("Pitch", "One")
    beside(text)
    qtbot.keyClicks(text, "x")
    text.set_text("Other")
    assert text.toPlainText() == "xOne"
    text.flush()
    text.set_text("Other")
    assert text.toPlainText() == "Other"


def test_a_pause_after_a_space_leaves_the_caret_and_the_space(beside: Beside, qtbot: QtBot) -> None:
    field = AutosaveText("Pitch", "We run")
    other = beside(field)
    field.committed.connect(lambda text: field.set_text(text.strip()))
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClicks(field, " batteries ")
    field.flush()
    qtbot.keyClicks(field, "that pay ")
    field.flush()
    qtbot.keyClicks(field, "for themselves")
    assert field.toPlainText() == "We run batteries that pay for themselves"
    other.setFocus()
    assert not field.is_edited
    qtbot.keyClicks(field, " ")
    field.flush()
    other.setFocus()
    field.set_text("We run batteries that pay for themselves")
    assert field.toPlainText() == "We run batteries that pay for themselves"


def test_another_value_leaves_the_caret_where_somebody_writes(beside: Beside, qtbot: QtBot) -> None:
    field = AutosaveText("Aim", "Find two partners")
    other = beside(field)
    field.moveCursor(field.textCursor().MoveOperation.End)
    field.set_text("Find three partners")
    assert field.textCursor().position() == len("Find two partners")
    field.set_text("Find")
    assert field.textCursor().position() == 4
    other.setFocus()
    field.set_text("Find one")
    assert field.textCursor().position() == 0


def test_words_that_could_not_be_saved_count_as_unsaved(beside: Beside, qtbot: QtBot) -> None:
    text = AutosaveText("Pitch", "One")
    beside(text)
    qtbot.keyClicks(text, "x")
    text.flush()
    text.failed("One")
    assert text.is_edited
    text.set_text("One")
    assert text.toPlainText() == "xOne"
    with qtbot.waitSignal(text.committed) as saved:
        text.flush()
    assert saved.args == ["xOne"]


def test_lines_grow_with_their_text(beside: Beside, qtbot: QtBot) -> None:
    text = AutosaveText("Pitch", lines=1)
    beside(text)
    one = text.height()
    for _ in range(4):
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.height() >= one + 3 * text.fontMetrics().lineSpacing()


def test_tab_leaves_the_lines(beside: Beside, qtbot: QtBot) -> None:
    text = AutosaveText("Pitch")
    other = beside(text)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_markdown_is_read_rendered_and_edited_as_written(beside: Beside, qtbot: QtBot) -> None:
    text = MarkdownText("Notes", "Was at **Volvo**.")
    other = beside(text)
    assert text.view.toPlainText() == "Was at Volvo."
    text.view.setFocus()
    qtbot.keyClick(text.view, Qt.Key.Key_Return)
    assert text.is_editing
    qtbot.keyClicks(text.editor, " Likes boats.")
    with qtbot.waitSignal(text.committed) as saved:
        other.setFocus()
    assert saved.args == ["Was at **Volvo**. Likes boats."]
    assert not text.is_editing
    assert text.view.toPlainText() == "Was at Volvo. Likes boats."


def test_a_click_on_markdown_begins_editing_and_escape_ends_it(beside: Beside, qtbot: QtBot) -> None:
    text = MarkdownText("Notes", "Plain words")
    beside(text)
    qtbot.mouseClick(text.view.viewport(), Qt.MouseButton.LeftButton)
    assert text.is_editing
    qtbot.keyClick(text.editor, Qt.Key.Key_Escape)
    assert not text.is_editing


def test_markdown_shows_no_html_and_loads_nothing(beside: Beside, qtbot: QtBot) -> None:
    text = MarkdownText("Notes", "<b>loud</b> ![x](file:///etc/hostname) <script>x</script>")
    beside(text)
    assert "<b>loud</b>" in text.view.toPlainText()
    assert text.view.loadResource(2, QUrl("file:///etc/hostname")) is None


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://norrvolt.example/", True),
        ("mailto:ingrid@norrvolt.example", True),
        ("tel:+4640123", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("smb://host/share", False),
        ("", False),
    ],
)
def test_only_web_mail_and_phone_links_open(monkeypatch: pytest.MonkeyPatch, url: str, opens: bool) -> None:
    opened = []
    monkeypatch.setattr(notes, "QDesktopServices", type("Fake", (), {"openUrl": opened.append}))
    open_web_link(QUrl(url))
    assert bool(opened) is opens
    assert QDesktopServices is not notes.QDesktopServices


def test_an_entry_keeps_its_words_until_they_are_saved(beside: Beside, qtbot: QtBot) -> None:
    line = EntryLine("Log", "Log a note…")
    beside(line)
    qtbot.keyClicks(line, "  coffee yesterday ")
    with qtbot.waitSignal(line.submitted) as submitted:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert submitted.args == ["coffee yesterday"]
    assert line.text().strip()
    line.accept()
    with qtbot.assertNotEmitted(line.submitted):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_search_is_cleared_by_escape_and_left_downwards(beside: Beside, qtbot: QtBot) -> None:
    search = SearchField("Search people")
    beside(search)
    qtbot.keyClicks(search, "mentor")
    with qtbot.waitSignal(search.left_down):
        qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_undo_reaches_the_window_once_a_field_has_nothing_of_its_own(
    beside: Beside, qtbot: QtBot, qapp: QApplication
) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    field = LineField("Title", "CTO")
    beside(field)
    undone = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), field.window())
    shortcut.activated.connect(lambda: undone.append(True))
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "CTO"
    assert not undone
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
