"""The check list: ticked, edited, reordered and removed by key and mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.check_list import CheckItem, CheckList

Show = Callable[..., QWidget]


def steps() -> list[CheckItem]:
    return [
        CheckItem(1, "Import the schedule", True),
        CheckItem(2, "Write the pitch"),
        CheckItem(3, "Print", tail="Fri"),
    ]


def test_a_step_is_ticked_with_space_and_mouse(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Before you go")
    steps_list.set_items(steps())
    show(steps_list)
    view = steps_list.view
    view.setFocus()
    view.setCurrentRow(1)
    with qtbot.waitSignal(steps_list.toggled) as toggled:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert toggled.args == [2, True]
    box = view.visualItemRect(view.item(0)).topLeft() + QPoint(8, 12)
    with qtbot.waitSignal(steps_list.toggled) as toggled:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert toggled.args == [1, False]


def test_a_step_is_edited_in_place_and_what_arrives_meanwhile_waits(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Before you go")
    steps_list.set_items(steps())
    show(steps_list)
    view = steps_list.view
    view.setFocus()
    view.setCurrentRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Rewrite the pitch")
    steps_list.set_items([CheckItem(9, "From elsewhere")])
    assert editor.text() == "Rewrite the pitch"
    with qtbot.waitSignal(steps_list.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [2, "Rewrite the pitch"]
    assert [item.key for item in steps_list.items] == [9]


def test_an_open_edit_is_committed_by_flush(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Before you go", add_text="Add a step")
    steps_list.set_items(steps())
    show(steps_list)
    steps_list.view.setCurrentRow(0)
    steps_list.view.editItem(steps_list.view.item(0))
    editor = steps_list.view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Import it")
    with qtbot.waitSignal(steps_list.edited) as edited:
        steps_list.flush()
    assert edited.args == [1, "Import it"]
    qtbot.keyClicks(steps_list.line, "Pack")
    with qtbot.waitSignal(steps_list.added) as added:
        steps_list.flush()
    assert added.args == ["Pack"]


def test_steps_are_added_moved_and_removed_by_key(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Before you go", add_text="Add a step")
    steps_list.set_items(steps())
    show(steps_list)
    view = steps_list.view
    view.setFocus()
    view.setCurrentRow(2)
    with qtbot.waitSignal(steps_list.moved) as moved:
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert moved.args == [3, 1]
    assert [item.key for item in steps_list.items] == [1, 3, 2]
    with qtbot.waitSignal(steps_list.removed) as removed:
        qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert removed.args == [3]
    qtbot.keyClicks(steps_list.line, "Pack")
    with qtbot.waitSignal(steps_list.added) as added:
        qtbot.keyClick(steps_list.line, Qt.Key.Key_Return)
    assert added.args == ["Pack"]


def test_a_read_only_list_only_ticks(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Plan", read_only=True)
    steps_list.set_items(steps())
    show(steps_list)
    steps_list.view.setFocus()
    steps_list.view.setCurrentRow(1)
    with qtbot.assertNotEmitted(steps_list.removed):
        qtbot.keyClick(steps_list.view, Qt.Key.Key_Delete)
    qtbot.keyClick(steps_list.view, Qt.Key.Key_Return)
    assert steps_list.view.findChild(QLineEdit) is None
    with qtbot.waitSignal(steps_list.toggled):
        qtbot.keyClick(steps_list.view, Qt.Key.Key_Space)


def test_steps_wrap_and_the_list_is_as_tall_as_they_are(show: Show, qtbot: QtBot) -> None:
    steps_list = CheckList("Before you go")
    steps_list.set_items([CheckItem(1, "A rather long step that needs several lines in a narrow column " * 2)])
    show(steps_list, width=180)
    assert steps_list.view.height() == steps_list.view.sizeHintForRow(0) > 100
