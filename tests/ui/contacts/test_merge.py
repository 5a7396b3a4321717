"""Finding duplicates and merging them, with keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.contacts.merging import Side
from planner.contacts.records import ContactDetails, Email
from tests.ui.conftest import Seen
from tests.ui.contacts.conftest import Shown
from ui.contacts.merge_dialog import MergeDialog
from ui.contacts.merge_sure import SureMergesDialog
from ui.links import Link

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def doubled(shown: Shown) -> Shown:
    """Anjali Patel once more with another title, and Kofi Danso twice, equal."""
    email = (Email("anjali@northlight.example"),)
    details = ContactDetails(given="Anjali", family="Patel", title="Vice President", emails=email, tags=("rail",))
    shown.ids["second"] = shown.planner.contacts.add(details).new("contact")
    kofi = (Email("kofi@halden.example"),)
    shown.planner.contacts.edit(shown.ids["Danso"], emails=kofi)
    again = ContactDetails(given="Kofi", family="Danso", emails=kofi)
    shown.ids["third"] = shown.planner.contacts.add(again).new("contact")
    return shown


def found(shown: Shown) -> MergeDialog:
    """Start the search as the menu does, and wait for what it finds."""
    shown.page.show_link(Link("contacts", part="duplicates"))
    shown.wait()
    (dialog,) = shown.page.findChildren(MergeDialog)
    shown.wait()
    return dialog


def press(shown: Shown, dialog: MergeDialog, key: Qt.Key) -> None:
    """Press Ctrl and a key; a button pressed by its key is seen to go down for a tenth of a second."""
    QTest.keyClick(dialog, key, CONTROL)
    QTest.qWait(150)
    shown.wait()


def test_a_merge_by_keys_field_by_field(doubled: Shown, seen: Seen) -> None:
    dialog = found(doubled)
    assert len(dialog.groups) == 2
    at = [group.ids[0] for group in dialog.groups].index(doubled.ids["Patel"])
    dialog.list.select_key(at)
    doubled.wait()
    line = dialog._lines["title"]
    assert line.field.side is Side.KEPT
    doubled.press(line, Qt.Key.Key_Right)
    assert line.field.side is Side.OTHER
    assert "Vice President" in dialog.preview.accessibleName()
    doubled.press(dialog._lines["tags"], Qt.Key.Key_Left)
    doubled.press(dialog._lines["tags"], Qt.Key.Key_Space)
    press(doubled, dialog, Qt.Key.Key_Return)
    details = doubled.details("Patel")
    assert (details.title, details.tags, details.remember) == ("Vice President", ("platform", "rail"), "Two kids")
    assert "Title: Director of Engineering" in details.notes
    assert seen.toasts == ["Merged Anjali Patel into Anjali Patel"]
    assert doubled.planner.contact_queries.many((doubled.ids["second"],)) == ()
    assert len(dialog.groups) == 1
    doubled.planner.history.undo()
    assert len(doubled.planner.contact_queries.many((doubled.ids["second"],))) == 1


def test_two_people_are_told_apart_and_left_for_later(doubled: Shown) -> None:
    dialog = found(doubled)
    first = dialog.groups[0].ids
    press(doubled, dialog, Qt.Key.Key_D)
    assert len(dialog.groups) == 1
    press(doubled, dialog, Qt.Key.Key_L)
    assert dialog.groups == ()
    assert dialog.empty.isVisible()
    dialog.close()
    QTest.qWait(10)
    doubled.wait()
    assert doubled.planner.contact_queries.count() == 7
    again = doubled.planner.duplicates.find()
    assert [set(group.ids) for group in again] != [set(first)]
    assert len(again) == 1


def test_each_decision_is_taken_back_by_its_key(doubled: Shown, seen: Seen) -> None:
    dialog = found(doubled)
    before = dialog.groups
    press(doubled, dialog, Qt.Key.Key_Return)
    press(doubled, dialog, Qt.Key.Key_L)
    assert dialog.groups == ()
    press(doubled, dialog, Qt.Key.Key_Z)
    assert dialog.groups == before[1:]
    assert doubled.planner.contact_queries.count() == 6
    press(doubled, dialog, Qt.Key.Key_Z)
    assert dialog.groups == before
    assert doubled.planner.contact_queries.count() == 7
    assert seen.toasts[-1].startswith("Undone: merge")
    press(doubled, dialog, Qt.Key.Key_D)
    press(doubled, dialog, Qt.Key.Key_Z)
    assert dialog.groups == before
    press(doubled, dialog, Qt.Key.Key_Z)  # nothing more was decided here
    assert doubled.planner.contact_queries.count() == 7


def test_what_was_changed_elsewhere_is_not_taken_back_with_a_decision(doubled: Shown, seen: Seen) -> None:
    dialog = found(doubled)
    press(doubled, dialog, Qt.Key.Key_Return)
    doubled.planner.contacts.add(ContactDetails(given="Somebody", family="Else"))
    press(doubled, dialog, Qt.Key.Key_Z)
    assert len(dialog.groups) == 1
    assert doubled.planner.contact_queries.count() == 7
    assert seen.toasts[-1] == "Something else was changed since. Undo it in the window first."


def test_the_other_record_may_stay(doubled: Shown) -> None:
    dialog = found(doubled)
    dialog.list.select_key([group.ids[0] for group in dialog.groups].index(doubled.ids["Patel"]))
    doubled.wait()
    press(doubled, dialog, Qt.Key.Key_R)
    press(doubled, dialog, Qt.Key.Key_Return)
    assert doubled.planner.contact_queries.get(doubled.ids["second"]).details.title == "Vice President"
    assert doubled.planner.contact_queries.many((doubled.ids["Patel"],)) == ()


def test_equal_records_are_merged_in_one_step_once_seen(doubled: Shown, seen: Seen) -> None:
    dialog = found(doubled)
    QTest.mouseClick(dialog.sure, Qt.MouseButton.LeftButton)
    (sure,) = dialog.findChildren(SureMergesDialog)
    doubled.wait()
    assert sure.model.rowCount() == 1
    QTest.keyClick(sure, Qt.Key.Key_Return, CONTROL)
    QTest.qWait(150)
    doubled.wait()
    assert seen.toasts == ["Merged 1 duplicate"]
    assert doubled.planner.contact_queries.count() == 6
    assert len(dialog.groups) == 1
    assert doubled.planner.history.undo().label == "merge a duplicate"


def test_two_that_are_selected_can_be_merged(doubled: Shown) -> None:
    page = doubled.page
    page.pane.search.setText("danso")
    QTest.qWait(130)
    doubled.wait()
    page.pane.list.selectAll()
    doubled.wait()
    assert len(page.selected) == 2
    page.act("merge")
    doubled.wait()
    (dialog,) = page.findChildren(MergeDialog)
    doubled.wait()
    press(doubled, dialog, Qt.Key.Key_Return)
    assert page.findChildren(MergeDialog) == []
    assert doubled.planner.contact_queries.count("danso") == 1


def test_nobody_twice_is_said(shown: Shown, seen: Seen) -> None:
    shown.page.show_link(Link("contacts", part="duplicates"))
    shown.wait()
    assert seen.toasts == ["Nobody seems to be here twice"]
