"""The list below a field: what it offers, how it is taken, and that it is seen to be one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Mode, Theme
from ui.widgets.completer import Completer

Show = Callable[..., QWidget]
WORDS = ("Europe/Lisbon", "Europe/Ljubljana", "America/Lima")


def offered(completer: Completer) -> list[str]:
    model = completer.completionModel()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


@pytest.mark.parametrize(
    ("typed", "contains", "found"),
    [
        ("europe/l", False, ["Europe/Lisbon", "Europe/Ljubljana"]),
        ("lisb", False, []),
        ("LI", True, ["Europe/Lisbon", "America/Lima"]),
    ],
)
def test_it_offers_what_fits_whatever_the_case(
    show: Show, qtbot: QtBot, typed: str, contains: bool, found: list[str]
) -> None:
    field = QLineEdit()
    completer = Completer(WORDS, field, contains=contains)
    field.setCompleter(completer)
    show(field)
    field.setFocus()
    qtbot.keyClicks(field, typed)
    assert offered(completer) == found
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible() is bool(found)
    if found:
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert field.text() == found[0]
        assert not popup.isVisible()


def test_unfiltered_it_offers_what_its_owner_found(show: Show, qtbot: QtBot) -> None:
    field, found = QLineEdit(), QStringListModel(["Ingrid Vale", "Bo Ek"])
    completer = Completer(found, field, unfiltered=True)
    field.setCompleter(completer)
    show(field)
    field.setFocus()
    qtbot.keyClicks(field, "vale")
    assert offered(completer) == ["Ingrid Vale", "Bo Ek"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_its_edge_is_seen_in_both_themes(show: Show, qtbot: QtBot, theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    field = QLineEdit()
    completer = Completer(WORDS, field, contains=True)
    field.setCompleter(completer)
    show(field)
    field.setFocus()
    qtbot.keyClicks(field, "li")
    popup = completer.popup()
    assert popup is not None
    assert not popup.verticalScrollBar().isVisible()
    image = popup.grab().toImage()
    middle = image.height() // 2
    for x in (0, image.width() - 1):
        assert image.pixelColor(x, middle) == theme.colour("outline")
    assert image.pixelColor(image.width() // 2, image.height() - 2) == theme.colour("pane")


def test_no_list_below_a_field_is_another() -> None:
    source = Path(__file__).parents[3] / "ui"
    others = [file for file in source.rglob("*.py") if "QCompleter" in file.read_text(encoding="utf-8")]
    assert [file.name for file in others] == ["completer.py"]
