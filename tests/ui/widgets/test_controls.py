"""Buttons, tabs, chips, tags, check lists and what else is pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.avatar import Avatar
from ui.widgets.bars import Bars
from ui.widgets.box import Box
from ui.widgets.button import Button, IconButton
from ui.widgets.check_list import CheckList
from ui.widgets.chip import Chip, ChipButton
from ui.widgets.choice import Choice, Number, Tick
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import Form, LineField
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.painting import badge_text, ground_of, initials
from ui.widgets.pane import Columns, Pane
from ui.widgets.progress import JobBar, ThinBar
from ui.widgets.tabs import FilterChips, Tabs
from ui.widgets.tags import TagEditor
from ui.widgets.toast import MessageBar, Toast

Show = Callable[..., QWidget]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lindqvist", "ML"),
        ("Tomás de la Ortega", "TO"),
        ("Cher", "C"),
        ("李小龍", "李"),
        ("  (Dr.) Ana   Vale ", "DV"),
        ("élodie ångström", "ÉÅ"),
        ("ßen", "S"),
        ("", "?"),
        ("—", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_keeps_its_colour() -> None:
    assert ground_of("Ingrid Vale") is ground_of("ingrid vale")
    assert len({ground_of(f"Person {at}") for at in range(40)}) == 4


@pytest.mark.parametrize(
    ("key", "badge"), [("E", "E"), ("Ctrl+K", "Ctrl K"), ("Ctrl+Return", "Ctrl ↵"), ("Del", "Del"), ("", "")]
)
def test_key_badges(key: str, badge: str) -> None:
    assert badge_text(key) == badge


def test_a_button_answers_mouse_enter_and_its_key(show: Show, qtbot: QtBot) -> None:
    button = Button("Write email", "primary", key="Ctrl+E")
    holder = show(button, QLineEdit())
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(holder, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(pressed) == 3)
    assert button.accessibleName() == "Write email"
    assert button.accessibleDescription() == "Key: Ctrl E"


@pytest.mark.parametrize("with_primary", [True, False])
def test_enter_in_a_field_of_a_dialog_never_cancels_it(qtbot: QtBot, with_primary: bool) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field, cancel, ok = QLineEdit(), Button("Cancel"), Button("Save", "primary" if with_primary else "normal")
    column = QVBoxLayout(dialog)
    for widget in (field, cancel, ok):
        column.addWidget(widget)
    cancel.clicked.connect(dialog.reject)
    saved = []
    ok.clicked.connect(lambda: saved.append(field.text()))
    dialog.show()
    field.setFocus()
    qtbot.keyClicks(field, "Lisbon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert saved == (["Lisbon"] if with_primary else [])
    cancel.setFocus()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert len(saved) == 2 * with_primary


def test_a_letter_typed_into_a_field_is_not_a_buttons_key(show: Show, qtbot: QtBot) -> None:
    button, line = Button("Done", key="D"), QLineEdit()
    show(button, line)
    line.setFocus()
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClicks(line, "d")
    assert line.text() == "d"


def test_tabs_tell_their_key_by_mouse_and_arrows(show: Show, qtbot: QtBot) -> None:
    tabs = Tabs([("story", "Story"), ("prepare", "Prepare")], aside="2 of 3")
    show(tabs)
    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert chosen.args == ["prepare"]
    tabs.setFocus()
    with qtbot.waitSignal(tabs.chosen) as chosen:
        qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert chosen.args == ["story"]
    tabs.choose("unknown")
    assert tabs.key == "story"


def test_one_filter_is_on(show: Show, qtbot: QtBot) -> None:
    chips = FilterChips([("all", "All"), ("promises", "Promises")])
    show(chips)
    assert chips.key == "all"
    first = chips.findChildren(ChipButton)[0]
    first.setFocus()
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert chosen.args == ["promises"]
    chips.set_choices([("all", "All · 3"), ("promises", "Promises · 1")])
    assert chips.key == "promises"


def test_tags_are_added_with_enter_and_commas_and_removed_with_delete(show: Show, qtbot: QtBot) -> None:
    editor = TagEditor(known=lambda: ["energy", "python"])
    show(editor)
    editor.set_tags(["energy"])
    added, removed = [], []
    editor.added.connect(added.append)
    editor.removed.connect(removed.append)
    qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(editor.line, "boats, energy, open hardware")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert added == ["boats", "open hardware"]
    chip = editor._chips()[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert removed == ["energy"]
    completer = editor.line.completer()
    assert completer is not None
    assert completer.model().rowCount() == 1


def test_a_tag_being_typed_is_not_lost_when_the_line_is_left(show: Show, qtbot: QtBot) -> None:
    editor, other = TagEditor(), QLineEdit()
    show(editor, other)
    editor.start_adding()
    qtbot.keyClicks(editor.line, "boats")
    with qtbot.waitSignal(editor.added) as added:
        other.setFocus()
    assert added.args == ["boats"]
    assert editor.line.isHidden()


def test_a_choice_too_long_for_its_place_ends_in_an_ellipsis(show: Show) -> None:
    choice = Choice("Event", [(1, "The International Conference on Everything That Is Far Too Long")], 1)
    show(choice)
    for width, cut in ((120, True), (900, False)):
        choice.setFixedWidth(width)
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        assert option.currentText.endswith("…") is cut
        assert choice.currentText().endswith("Long")


def test_a_choice_gives_its_value_and_ignores_a_passing_wheel(show: Show, qtbot: QtBot, qapp: QApplication) -> None:
    choice = Choice("Kind", [("call", "Call"), ("email", "Email")], "call")
    other = QLineEdit()
    show(choice, other)
    other.setFocus()
    wheel = QWheelEvent(
        QPoint(5, 5), choice.mapToGlobal(QPoint(5, 5)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(choice, wheel)
    assert choice.value == "call"
    choice.setFocus()
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen.args == ["email"]
    choice.set_value("pigeon")
    assert choice.value is None


def test_a_number_is_committed_once(show: Show, qtbot: QtBot) -> None:
    number, other = Number("Days", 5, unit="days"), QLineEdit()
    show(number, other)
    chosen = []
    number.chosen.connect(chosen.append)
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "12")
    other.setFocus()
    number.flush()
    assert chosen == [12]
    number.set_value(7)
    assert number.value() == 7
    assert chosen == [12]


def test_a_tick_answers_space_and_a_click_on_its_words(show: Show, qtbot: QtBot) -> None:
    tick = Tick("Remind me")
    show(tick)
    with qtbot.waitSignal(tick.chosen) as chosen:
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert chosen.args == [True]
    with qtbot.waitSignal(tick.chosen) as chosen:
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert chosen.args == [False]


def test_a_toast_offers_its_button_and_keeps_within_the_window(show: Show, qtbot: QtBot) -> None:
    holder = show()
    toast = Toast(holder)
    undone = []
    toast.say("Deleted 3 people", "Undo", lambda: undone.append(True))
    assert toast.isVisible()
    assert toast.geometry().bottom() <= holder.height()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert toast.isHidden()
    toast.say("Saved")
    assert toast.button.isHidden()


def test_a_message_stays_until_it_is_closed(show: Show, qtbot: QtBot) -> None:
    bar = MessageBar()
    show(bar)
    bar.say("The disk is full.", "Everything saved before is safe.", action="Show", callback=lambda: None)
    assert bar.isVisible()
    assert bar.text == "The disk is full. Everything saved before is safe."
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_job_can_be_cancelled_once(show: Show, qtbot: QtBot) -> None:
    bar = JobBar("Importing")
    show(bar)
    bar.set_progress(30, 120)
    assert bar.bar.part == 0.25
    with qtbot.waitSignal(bar.cancelled):
        qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert not bar.cancel.isEnabled()
    bar.set_progress(7, None)
    assert bar.bar.isHidden()


def test_a_paragraph_reads_no_markup_and_opens_its_links_by_key(show: Show, qtbot: QtBot) -> None:
    words = Paragraph("<b>5 < 6</b>")
    assert words.accessibleName() == "<b>5 < 6</b>"
    assert "&lt;b&gt;" in words.text()
    words.set_parts([("Ready. ", "strong"), ("Print brief", "accent", "brief")])
    show(words)
    words.setFocus()
    with qtbot.waitSignal(words.link_activated) as link:
        qtbot.keyClick(words, Qt.Key.Key_Tab)
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert link.args == ["brief"]


def test_a_long_line_is_elided_and_told_in_full(show: Show, qtbot: QtBot) -> None:
    label = Label("Director of Engineering and of very many other things besides", elide=True)
    show(label, width=120)
    assert label.text().endswith("…")
    assert label.toolTip() == label.text_shown()
    label.set_text("CTO")
    assert label.toolTip() == ""


def test_chips_flow_onto_lines(show: Show, qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    for word in ("Volvo alumni", "open hardware", "long-distance rowing"):
        flow.addWidget(Chip(word))
    assert flow.heightForWidth(1000) < flow.heightForWidth(200) < flow.heightForWidth(60)
    qtbot.addWidget(holder)


def test_a_menu_does_what_it_says(show: Show, qtbot: QtBot) -> None:
    holder = show()
    chosen = []
    menu = open_menu(
        holder, [MenuItem("Merge & go", lambda: chosen.append(1), key="M"), None, MenuItem("No", print, enabled=False)]
    )
    assert [action.text() for action in menu.actions()] == ["Merge && go", "", "No"]
    menu.actions()[0].trigger()
    assert chosen == [1]
    menu.close()


def test_an_empty_page_says_what_to_do_first(show: Show, qtbot: QtBot) -> None:
    empty = EmptyState("users", "Nobody here yet", "Add the first person.", "Add a person")
    show(empty)
    with qtbot.waitSignal(empty.activated):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    empty.set_text("Nobody matches")
    assert empty.button.isHidden()


def test_every_control_of_the_kit_is_named(show: Show, qtbot: QtBot, theme: Theme) -> None:
    form = Form()
    field = form.add("Title", QLineEdit())
    steps_list, heading, bar = CheckList("Steps"), Heading("Next", link="All"), JobBar("Importing")
    widgets = [
        field, Button("Go"), IconButton("x", "Close"), Chip("x"), ChipButton("y"), Tabs([("a", "A")]), steps_list.view,
        TagEditor(), LineField("Name"), Choice("Kind"), Number("Days"), Tick("On"), ThinBar(0.5, "Ready"),
        Avatar("Ana"), heading.link, bar.cancel,
    ]  # fmt: skip
    for widget in widgets:
        assert widget is not None
        assert widget.accessibleName(), widget
    bars = Bars("Contacts a month")
    bars.set_values([1, 0, 2.5])
    assert bars.accessibleName() == "Contacts a month: 1, 0, 2.5"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_the_kit_paints_in_both_themes_and_sizes(
    show: Show, qtbot: QtBot, theme: Theme, mode: str, scale: float
) -> None:
    theme.set_mode(mode)  # type: ignore[arg-type]
    theme.set_font_scale(scale)
    pane = Pane()
    bars = Bars("x")
    bars.set_values([1, 2], below=[2, 0], labels=["May", "June"])
    box = Box(
        Label("Title", "subtitle"), ThinBar(0.4), bars, Tick("On", True), Number("n", 3), Choice("c", [(1, "One")], 1)
    )
    pane.add(box)
    pane.add_heading("Next", "in 4 days", "All")
    pane.add(Avatar("Ana", b"broken", big=True))
    columns = Columns(pane, EmptyState("users", "Nobody", "Sentence", "Button"), widths=(300, 0))
    show(columns, width=700)
    image = columns.grab()
    assert image.size() != QSize(0, 0)
    assert not columns.findChildren(QMenu)
