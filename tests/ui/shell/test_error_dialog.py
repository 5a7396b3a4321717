"""The report of our own mistakes: enough to find the place, nothing about anybody."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.errors import Bug
from ui.error_dialog import ErrorDialog, report_of


def raised() -> Exception:
    secret = "Ingrid Vale <ingrid@norrvolt.example>"
    try:
        try:
            {}[secret]
        except KeyError as error:
            raise Bug(f"no row for {secret}") from error
    except Bug as bug:
        return bug


def test_the_report_names_types_and_places_only() -> None:
    report = report_of(raised())
    assert "planner.errors.Bug" in report
    assert "KeyError" in report
    assert re.search(r"tests/ui/shell/test_error_dialog\.py:\d+ in raised", report)
    assert "Ingrid" not in report
    assert "norrvolt" not in report


def test_the_report_tells_no_folder_of_the_person() -> None:
    report = report_of(raised())
    assert not re.search(r"(^|\s)/\w", report)
    assert "Rapport 0" in report


def test_an_error_that_causes_itself_is_still_reported() -> None:
    error = ValueError("x")
    error.__context__ = error
    assert report_of(error).count("ValueError") == 1


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = ErrorDialog(raised())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.report
    assert dialog.copy_button.text() == "Copied"
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()
