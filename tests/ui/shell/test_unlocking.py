"""Starting with protected data: the password before the window, another try, and giving up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from ui.session import Session
from ui.single_instance import SingleInstance

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")

ROOT = Path(__file__).parents[3]
PASSWORD = "it's “gröt”"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> MemorySecrets:
    """What the session takes for the system's keyring."""
    kept = MemorySecrets()
    monkeypatch.setattr("planner.secrets.KeyringSecrets", lambda: kept)
    return kept


@pytest.fixture
def folder(tmp_path: Path, secrets: MemorySecrets) -> DataFolder:
    folder = DataFolder(tmp_path / "data").prepare()
    with Planner(folder, secrets=secrets) as planner:
        planner.contacts.add(ContactDetails(name="Ada Ek"))
        planner.protection.protect(PASSWORD)
    return folder


@pytest.fixture
def left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Notes that the program was told to end; the tests' own must not."""
    told: list[bool] = []
    monkeypatch.setattr(Session, "leave", lambda _session: told.append(True))
    return told


@pytest.fixture
def session(qapp: QApplication, folder: DataFolder, left: list[bool]) -> Iterator[Session]:
    hooks = sys.excepthook
    made = Session(qapp, folder)
    yield made
    if made.dialog is not None:
        made.dialog.close()
    if made.window is not None:
        made.window.close()
    QApplication.processEvents()
    made.end()
    sys.excepthook = hooks


def ready(session: Session) -> Callable[[], bool]:
    return lambda: session.window is not None and session.window.is_ready


def test_a_wrong_password_then_the_right_one(session: Session, qtbot: QtBot, secrets: MemorySecrets) -> None:
    assert session.is_first()
    session.start()
    dialog = session.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert session.window is None
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert "Type the password first" in dialog.fault.accessibleName()
    qtbot.keyClicks(dialog.password, "wrong")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the password" in dialog.fault.accessibleName())
    assert session.window is None
    dialog.password.setText(PASSWORD)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ready(session), timeout=10_000)
    assert not dialog.isVisible()
    assert session.window is not None
    assert session.window.ctx is not None
    assert session.window.ctx.planner.contact_queries.count() == 1
    assert not secrets._passwords
    qtbot.waitUntil(lambda: not dialog.password.text())


def test_kept_in_the_keyring_and_not_asked_again(
    session: Session, qtbot: QtBot, qapp: QApplication, folder: DataFolder, secrets: MemorySecrets
) -> None:
    session.start()
    assert session.dialog is not None
    session.dialog.password.setText(PASSWORD)
    qtbot.mouseClick(session.dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.keyClick(session.dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(ready(session), timeout=10_000)
    assert list(secrets._passwords.values()) == [PASSWORD]
    assert session.window is not None
    session.window.close()
    session.end()
    hooks = sys.excepthook
    second = Session(qapp, folder)
    second.start()
    assert second.dialog is None
    qtbot.waitUntil(ready(second), timeout=10_000)
    assert second.window is not None
    second.window.close()
    second.end()
    sys.excepthook = hooks


def test_giving_up_ends_the_program(session: Session, qtbot: QtBot, left: list[bool]) -> None:
    session.start()
    assert session.dialog is not None
    qtbot.keyClick(session.dialog, Qt.Key.Key_Escape)
    assert left == [True]
    assert session.window is None


def test_another_start_brings_the_question_to_the_front(
    session: Session, folder: DataFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.is_first()
    session.start()
    assert session.dialog is not None
    session.dialog.hide()
    script = (
        "import sys; from pathlib import Path; from ui.single_instance import SingleInstance\n"
        "other = SingleInstance(Path(sys.argv[1])); assert not other.claim(); print(other.hand_over())"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(folder.root)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: session.dialog is not None and session.dialog.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.communicate()[0].strip() == "True"


def test_protected_while_it_starts(session: Session, qtbot: QtBot) -> None:
    session.show()  # as if it had been plain a moment ago
    qtbot.waitUntil(
        lambda: session.window is not None and session.window.is_prepared and bool(session.window.start_page.text),
        timeout=10_000,
    )
    assert session.window is not None
    assert "is protected with a password" in session.window.start_page.text
    session.window.again.emit()
    assert session.dialog is not None
    session.dialog.password.setText(PASSWORD)
    session.dialog.submit()
    qtbot.waitUntil(ready(session), timeout=10_000)


def test_no_library_is_explained(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    session.start()
    assert session.dialog is not None
    session.dialog.password.setText(PASSWORD)
    session.dialog.submit()
    qtbot.waitUntil(lambda: "sqlcipher3" in session.dialog.fault.accessibleName())


def test_plain_data_does_without_the_library(tmp_path: Path) -> None:
    script = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from planner.paths import DataFolder
from ui.session import Session
from pathlib import Path
session = Session(app, DataFolder(Path({str(tmp_path / "data")!r})).prepare())
session.start()
assert session.dialog is None
assert not {{"planner.store.unlocking", "planner.secrets"}} & set(sys.modules)
timer = QTimer(interval=20)
timer.timeout.connect(lambda: session.window.is_ready and session.window.close())
timer.start()
app.exec()
print({{"sqlcipher3", "keyring"}} & set(sys.modules) or "neither")
"""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.stdout.strip() == "neither", ran.stderr
    assert SingleInstance(tmp_path / "data").claim()
