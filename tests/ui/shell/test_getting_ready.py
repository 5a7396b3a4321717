"""What changes are made with is imported when somebody is about to make one, and for nothing that is only looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.paths import DataFolder
from planner.sample import fill
from planner.store.store import Store
from ui.links import Link
from ui.main_window import MainWindow
from ui.tasks import Tasks

ROOT = Path(__file__).parents[3]
Settle = Callable[[Tasks], None]

_SCRIPT = """
import os, sys
from pathlib import Path
import ui
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from planner.app import Planner
from planner.changes import Changes
from planner.followups.keeping_up import KeepingUp
from planner.paths import DataFolder
from ui.contacts import person_data
from ui.links import Link
from ui.main_window import MainWindow
from ui.theme import Theme

KeepingUp.refresh = lambda self: Changes()  # another day may have begun since the data was made
app = QApplication([])
window = MainWindow(Theme(app, "light"))
window.attach(Planner(DataFolder(Path(sys.argv[1]))))
window.show()

def settled():
    for _ in range(5):
        window.tasks.flush()
        app.processEvents()

def heavy():
    return sorted({"sqlalchemy", "alembic", "icalendar", "phonenumbers", "httpx"} & set(sys.modules))

settled()
window.navigate(Link("contacts"))
settled()
pane, person = window.page.pane, window.page.person
QTest.keyClicks(pane.search, "ma has:email -role:mentor")
settled()
read = [person_data.read(window.ctx.planner, id).contact.id for id in pane.model.ids]
print(len(read) > 2, read == list(pane.model.ids), heavy(), flush=True)
editor = QLineEdit(person)
editor.show()
window.activateWindow()
editor.setFocus()
app.focusChanged.emit(pane.search, editor)
settled()
print("sqlalchemy" in heavy(), flush=True)
os._exit(0)
"""


def test_people_are_searched_and_read_without_what_writes(tmp_path: Path) -> None:
    with Planner(DataFolder(tmp_path / "data"), durable=False) as planner:
        fill(planner)
        goal = planner.goals.current()
        assert goal is not None
        planner.goals.close(goal.id)  # Today reads how a goal stands with more than it reads all else with
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "data")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=90)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["True True []", "True"]), done.stderr


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """As in a window that has just been opened; the stores that were prepared since."""
    done: list[Store] = []

    def prepare(store: Store) -> None:
        done.append(store)

    monkeypatch.setattr(Store, "is_prepared", property(lambda store: store in done))
    monkeypatch.setattr(Store, "prepare", prepare)
    return done


def test_a_page_that_needs_it_waits_for_it(window: MainWindow, settle: Settle, prepared: list[Store]) -> None:
    window.navigate(Link("contacts"))
    people = window.page
    assert people is not None
    assert (people.title, prepared) == ("People", [])
    window.navigate(Link("introductions"))
    assert window.page is people
    settle(window.tasks)
    assert window.page is not people
    assert len(prepared) == 1
    window.go_back()
    assert window.page is people


def test_who_goes_elsewhere_meanwhile_stays_there(window: MainWindow, settle: Settle, prepared: list[Store]) -> None:
    window.navigate(Link("insights"))
    window.navigate(Link("contacts"))
    settle(window.tasks)
    assert window.page is not None
    assert window.page.title == "People"


def test_only_a_field_that_is_no_search_asks_for_it(
    window: MainWindow, settle: Settle, prepared: list[Store], qtbot: QtBot
) -> None:
    window.navigate(Link("contacts"))
    settle(window.tasks)
    page = window.page
    assert page is not None
    search = page.first_focus()
    assert isinstance(search, QLineEdit)
    other = QLineEdit(page)
    window.activateWindow()
    other.show()
    search.setFocus()
    settle(window.tasks)
    assert prepared == []
    other.setFocus()
    settle(window.tasks)
    assert len(prepared) == 1
