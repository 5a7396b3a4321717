"""The table over column definitions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.table_model import Column, TableModel
from ui.theme import Theme
from ui.theme_tokens import LIGHT, Tone

PEOPLE = {1: ("Anjali Patel", 31), 2: ("Benoît Charron", 4)}
COLUMNS = (
    Column[tuple[str, int]]("name", "Name", lambda person: person[0], sort="name"),
    Column[tuple[str, int]](
        "quiet", "Quiet", lambda person: f"{person[1]} days", number=True,
        tone=lambda person: Tone.BAD if person[1] > 28 else None,
    ),
)  # fmt: skip


def table() -> TableModel[tuple[str, int]]:
    return TableModel(COLUMNS, lambda ids: {id: PEOPLE[id] for id in ids if id in PEOPLE})


def test_the_model_keeps_qts_rules(qapp: QApplication) -> None:
    model = table()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids([1, 2])
    model.set_columns(["quiet"])
    model.invalidate([1])
    model.set_ids([])


def test_cells_say_their_value_tone_and_column(theme: Theme) -> None:
    model = table()
    model.set_ids([1, 2, 3])
    assert model.index(1, 0).data() == "Benoît Charron"
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole).name() == LIGHT.bad
    assert model.index(1, 1).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Quiet: 31 days"
    assert model.index(2, 0).data() == "…"
    assert model.row_of(2) == 1


def test_columns_can_be_chosen_and_unknown_ones_do_no_harm(qapp: QApplication) -> None:
    model = table()
    model.set_columns(["quiet", "shoe-size", "name"])
    assert [column.key for column in model.columns] == ["quiet", "name"]
    model.set_columns([])
    assert [column.key for column in model.columns] == ["name", "quiet"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_sorting_is_left_to_the_query(qtbot: QtBot) -> None:
    model = table()
    with qtbot.waitSignal(model.sort_asked) as asked:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["name", True]
    with qtbot.assertNotEmitted(model.sort_asked):
        model.sort(1)
