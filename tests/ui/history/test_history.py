"""Recent changes: named, undone down to one of them, and done again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.store import history
from ui.history.panel import HistoryPanel
from ui.main_window import MainWindow
from ui.tasks import Job, Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def panel(planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle) -> HistoryPanel:
    for name in ("Ada Ek", "Bo Ek", "Cy Ek"):
        planner.contacts.add(ContactDetails(name=name))
    window.activateWindow()
    qtbot.waitActive(window)
    assert window.actions_table.run("history")
    made = window.findChild(HistoryPanel)
    assert made is not None
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    settle(window.tasks)
    return made


def titles(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_named_newest_first(panel: HistoryPanel) -> None:
    assert titles(panel) == ["Today", "Add Cy Ek", "Add Bo Ek", "Add Ada Ek"]
    assert panel.list.hasFocus()


def test_undo_to_here_and_redo(
    panel: HistoryPanel, planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_U)
    settle(window.tasks)
    assert planner.contact_queries.count() == 1
    assert [record.undone for record in planner.history.recent()] == [True, True, False]
    assert panel.isVisible()
    panel.list.select_first()
    qtbot.keyClick(panel.list, Qt.Key.Key_R)
    settle(window.tasks)
    assert planner.contact_queries.count() == 3


def test_undo_and_redo_by_mouse(
    panel: HistoryPanel, planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert planner.contact_queries.count() == 2
    qtbot.mouseClick(panel.redo_button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert planner.contact_queries.count() == 3
    assert not panel.redo_button.isEnabled()


def test_what_takes_long_is_undone_with_a_bar(
    panel: HistoryPanel,
    planner: Planner,
    window: MainWindow,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs, heard = list[Job](), list[tuple[int, int]]()
    window.tasks.job_started.connect(jobs.append)
    window.tasks.job_progress.connect(lambda _job, done, total, _words: heard.append((done, total)))
    qtbot.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert jobs == []
    monkeypatch.setattr(history, "LONG", 0)
    qtbot.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(jobs) == 2)
    settle(window.tasks)
    assert [job.title for job in jobs] == ["Undoing “add Bo Ek”", "Undoing “add Ada Ek”"]
    assert heard == [(1, 1), (1, 1)]
    assert planner.contact_queries.count() == 0


def test_escape(panel: HistoryPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_nothing_yet(window: MainWindow, qtbot: QtBot) -> None:
    assert window.actions_table.run("history")
    panel = window.findChild(HistoryPanel)
    assert panel is not None
    assert not panel.list.isVisible()
    assert panel._nothing.isVisible()
    assert not panel.undo_button.isEnabled()
