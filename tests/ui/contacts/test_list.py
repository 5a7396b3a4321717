"""Searching, filtering, selecting and sorting people with keys and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from planner.contacts.records import Role, Sort
from tests.ui.conftest import Seen
from tests.ui.contacts.conftest import Shown
from ui.contacts.bulk_actions import TagDialog
from ui.contacts.new_contact import NewContactDialog
from ui.contacts.transfer import VCARD
from ui.widgets.lines_dialog import LinesDialog
from ui.widgets.row_data import ROW

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_shows_everyone_by_name_and_the_first_person(shown: Shown) -> None:
    assert shown.names() == ["Benoît Charron", "Kofi Danso", "Mara Lindqvist", "Michael Okafor", "Anjali Patel"]
    assert shown.page.person.data is not None
    assert shown.page.person.data.contact.name == "Benoît Charron"


def test_searches_as_one_types_and_goes_on_to_the_list(shown: Shown) -> None:
    pane = shown.page.pane
    shown.press(pane.search, "anj")
    assert shown.names() == ["Anjali Patel"]
    shown.press(pane.search, Qt.Key.Key_Down)
    assert pane.list.hasFocus()
    assert pane.list.current_key == shown.ids["Patel"]
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.person_id == shown.ids["Patel"]
    shown.press(pane.list, Qt.Key.Key_Escape)
    assert pane.search.hasFocus()
    shown.press(pane.search, Qt.Key.Key_Escape)
    assert len(shown.names()) == 5


def test_typing_in_the_list_goes_on_searching(shown: Shown) -> None:
    shown.press(shown.page.pane.list, "k")
    assert shown.page.pane.search.text() == "k"
    assert shown.page.pane.search.hasFocus()


def test_filters_become_chips_that_can_be_taken_away(shown: Shown) -> None:
    pane = shown.page.pane
    shown.press(pane.search, "role:mentor colour:red")
    chips = [pane._chips.itemAt(at).widget() for at in range(pane._chips.count())]
    assert [chip.text() for chip in chips] == ["Mentor", "colour:red?", "+ filter"]
    assert "there is no filter" in chips[1].toolTip()
    assert shown.names() == []
    assert pane.stack.currentWidget() is pane.nobody
    shown.press(chips[1], Qt.Key.Key_Delete)
    assert pane.search.text() == "role:mentor"
    assert shown.names() == ["Anjali Patel"]


def test_the_filter_menu_adds_what_one_would_type(shown: Shown) -> None:
    pane = shown.page.pane
    pane.open_filter_menu()
    (menu,) = [menu for menu in pane.add_button.findChildren(QMenu) if menu.isVisible()]
    (tags,) = [action.menu() for action in menu.actions() if action.text() == "Tag"]
    assert [action.text() for action in tags.actions()] == ["platform  (1)"]
    tags.actions()[0].trigger()
    menu.close()
    shown.wait()
    assert pane.search.text() == "tag:platform"
    assert shown.names() == ["Anjali Patel"]


def test_rows_say_what_matters(shown: Shown) -> None:
    model = shown.page.pane.model
    row = model.index(4).data(ROW)
    assert row.title == "Anjali Patel"
    assert row.muted == "Director of Engineering, Northlight · 4 weeks ago" or row.muted == "Northlight · 4 weeks ago"
    assert model.index(0).data(ROW).muted == "Not in touch yet"


def test_several_are_tagged_at_once_and_undone(shown: Shown, seen: Seen) -> None:
    page = shown.page
    shown.press(page.pane.list, Qt.Key.Key_Home)
    shown.press(page.pane.list, Qt.Key.Key_Down, Qt.Key.Key_Down, modifier=SHIFT)
    assert page.pane.bulk.isVisible()
    assert len(page.selected) == 3
    QTest.mouseClick(page.pane.bulk.buttons["tag"], Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(TagDialog)
    shown.press(dialog.line, "energy, lisbon", Qt.Key.Key_Return)
    shown.wait()
    assert shown.planner.contact_queries.count("tag:energy tag:lisbon") == 3
    assert seen.toasts == ["Tagged 3 people “energy”, “lisbon”"]
    shown.planner.history.undo()
    assert shown.planner.contact_queries.count("tag:energy") == 0


def test_delete_needs_no_question(shown: Shown, seen: Seen) -> None:
    shown.choose("Danso")
    shown.press(shown.page.pane.list, Qt.Key.Key_Delete)
    assert shown.names() == ["Benoît Charron", "Mara Lindqvist", "Michael Okafor", "Anjali Patel"]
    assert seen.toasts == ["Deleted Kofi Danso"]
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.person_id == shown.ids["Lindqvist"]


def test_everyone_is_selected_and_deleted(shown: Shown) -> None:
    shown.press(shown.page.pane.list, Qt.Key.Key_A, modifier=CONTROL)
    assert len(shown.page.selected) == 5
    shown.press(shown.page.pane.list, Qt.Key.Key_Delete)
    assert shown.names() == []
    assert shown.page.pane.stack.currentWidget() is shown.page.pane.nobody
    QTest.qWait(130)
    shown.wait()
    assert shown.page.person.person_id is None


def test_sorts_otherwise(shown: Shown) -> None:
    shown.page.pane.set_order(Sort.LAST_SEEN, False)
    shown.wait()
    assert shown.names()[0] == "Anjali Patel"
    shown.page.pane.set_order(Sort.NAME, True)
    shown.wait()
    assert shown.names()[0] == "Anjali Patel"
    assert shown.names()[-1] == "Benoît Charron"


def test_roles_and_rhythm_for_several(shown: Shown) -> None:
    ids = [shown.ids["Danso"], shown.ids["Patel"]]
    shown.page.bulk.ask_role(ids)
    choose(shown, "Peer")
    assert shown.details("Danso").roles == (Role.PEER,)
    assert shown.details("Patel").roles == (Role.MENTOR, Role.PEER)
    shown.page.bulk.ask_role(ids)
    choose(shown, "Peer")
    assert shown.details("Patel").roles == (Role.MENTOR,)
    shown.page.bulk.ask_rhythm(ids)
    choose(shown, "Every 2 weeks")
    assert shown.details("Danso").rhythm_days == 14


def choose(shown: Shown, words: str) -> None:
    """Choose an entry of the menu that is open."""
    (menu,) = [menu for menu in shown.page.findChildren(QMenu) if menu.isVisible()]
    (action,) = [action for action in menu.actions() if action.text() == words]
    action.trigger()
    menu.close()
    shown.wait()


def test_copies_people_as_vcards_and_takes_them_again(shown: Shown, seen: Seen) -> None:
    shown.choose("Patel")
    shown.press(shown.page.pane.list, Qt.Key.Key_C, modifier=CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert b"FN:Anjali Patel" in bytes(data.data(VCARD).data())
    assert data.text() == "Anjali Patel <anjali@northlight.example>"
    assert Path(data.urls()[0].toLocalFile()).name == "Anjali Patel.vcf"
    shown.planner.contacts.delete([shown.ids["Patel"]])
    shown.press(shown.page.pane.list, Qt.Key.Key_V, modifier=CONTROL)
    assert "Anjali Patel" in shown.names()
    assert seen.toasts == ["Copied 1 person", "1 added"]


def test_a_pasted_signature_opens_a_filled_form(shown: Shown) -> None:
    data = QMimeData()
    data.setText("Ingrid Vale\nHead of Data, Fjord\ningrid@fjord.example\n+47 22 12 34 56")
    assert shown.page.transfer.take(data)
    shown.wait()
    (dialog,) = shown.page.findChildren(NewContactDialog)
    assert dialog.name.text() == "Ingrid Vale"
    shown.save(dialog)
    assert shown.names()[-1] == "Ingrid Vale"
    assert shown.page.pane.list.current_key == shown.page.pane.ids[-1]


def test_a_file_with_a_bad_card_is_reported(shown: Shown, tmp_path: Path, seen: Seen) -> None:
    path = tmp_path / "in.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ingrid Vale\nEND:VCARD\nNOTE:of nobody\n")
    shown.page.transfer.import_files([path])
    shown.wait()
    assert "Ingrid Vale" in shown.names()
    assert seen.toasts == ["1 added, 1 could not be read"]
    (dialog,) = shown.page.findChildren(LinesDialog)
    dialog._copy()
    assert "NOTE:of nobody" in QGuiApplication.clipboard().text()


def test_exports_to_a_file(shown: Shown, tmp_path: Path, seen: Seen) -> None:
    path = tmp_path / "out.vcf"
    shown.page.transfer.export_file(list(shown.page.pane.ids), path)
    shown.wait()
    assert path.read_text().count("BEGIN:VCARD") == 5
    assert seen.toasts == ["Exported 5 people to out.vcf"]


def test_saves_a_search_and_finds_it_again(shown: Shown) -> None:
    from ui.contacts.saved_filters import SavedFiltersDialog, SaveFilterDialog

    page = shown.page
    shown.press(page.pane.search, "role:mentor")
    page.act("save-filter")
    (dialog,) = page.findChildren(SaveFilterDialog)
    assert dialog.name.text() == "Mentor"
    shown.press(dialog.name, Qt.Key.Key_End, "s", Qt.Key.Key_Return)
    assert [one.name for one in shown.planner.contact_queries.saved_filters()] == ["Mentors"]
    page.act("manage-filters")
    (manage,) = page.findChildren(SavedFiltersDialog)
    assert manage.isVisible()


@pytest.mark.parametrize("action", ["tag", "role", "rhythm", "export", "copy"])
def test_nothing_happens_to_nobody(shown: Shown, action: str) -> None:
    shown.planner.contacts.delete(list(shown.ids.values()))
    shown.page.reload()
    shown.wait()
    shown.page.act(action)


def test_the_table_sorts_and_keeps_its_columns(shown: Shown) -> None:
    page = shown.page
    page.toggle_table()
    shown.wait()
    table = page.table
    assert table.model().rowCount() == 5
    at = [column.key for column in table.people.columns].index("last")
    table.sortByColumn(at, Qt.SortOrder.AscendingOrder)
    shown.wait()
    assert table.model().index(0, 0).data() == "Anjali Patel"
    table.choose_columns(("name", "email"))
    table.columns_chosen.emit(("name", "email"))
    shown.wait()
    assert shown.planner.settings.get().list_columns == ("name", "email")
    shown.press(table, Qt.Key.Key_A, modifier=CONTROL)
    assert page.table_bulk.isVisible()
    table.selectRow(0)
    shown.press(table, Qt.Key.Key_Return)
    QTest.qWait(130)
    shown.wait()
    assert not page.is_table
    assert page.person.person_id == shown.ids["Patel"]
