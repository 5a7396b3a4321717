"""Cards that are dropped on People, and people who are dragged from its list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QUrl

from tests.ui.contacts.conftest import Shown
from tests.ui.dragging import drag
from ui.dragged_people import carried


def test_a_file_dropped_on_the_page_comes_in(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "noor.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Noor Osman\nN:Osman;Noor;;;\nEND:VCARD\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drag(shown.page, data, QPoint(400, 300))
    shown.wait()
    assert shown.planner.contact_queries.find("Noor Osman")


def test_a_drag_of_rows_carries_who_they_are(shown: Shown) -> None:
    model = shown.page.pane.model
    data = model.mimeData([model.index(0, 0), model.index(2, 0)])
    assert carried(data, shown.planner) == (model.key_at(0), model.key_at(2))
    assert data.text().count("\n") == 1


def test_the_table_is_dragged_from_as_the_list_is(shown: Shown) -> None:
    shown.page.toggle_table()
    table = shown.page.table
    assert table.dragEnabled()
    table.selectRow(1)
    data = table.people.mimeData(table.selectionModel().selectedIndexes())
    assert carried(data, shown.planner) == tuple(table.selected)
    assert data.hasFormat("text/vcard")
