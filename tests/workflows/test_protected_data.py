"""Protected data, end to end: set in the window, used by the command line beside it, asked for at the next start."""

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

from planner.contacts.records import ContactDetails
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from planner.store.protected import is_protected
from ui.links import Link
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings.data import DataSection

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")

pytestmark = pytest.mark.workflow

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four words 'in' a row"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Kofi Danso\nEND:VCARD\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    kept = MemorySecrets()
    monkeypatch.setattr("planner.secrets.KeyringSecrets", lambda: kept)
    return DataFolder(tmp_path / "data").prepare()


@pytest.fixture
def started(qapp: QApplication, folder: DataFolder) -> Iterator[Callable[[], Session]]:
    """Start the program over the folder, as often as asked."""
    hooks = sys.excepthook
    sessions: list[Session] = []

    def start() -> Session:
        for before in sessions:
            if before.window is not None:
                before.window.close()
            before.end()
        sessions.append(Session(qapp, folder))
        assert sessions[-1].is_first()
        sessions[-1].start()
        return sessions[-1]

    yield start
    if sessions[-1].window is not None:
        sessions[-1].window.close()
    sessions[-1].end()
    sys.excepthook = hooks


def ready(session: Session, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: session.window is not None and session.window.is_ready, timeout=20_000)
    assert session.window is not None
    session.window.tasks.flush()
    return session.window


def rapport(folder: DataFolder, *arguments: object, password: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "RAPPORT_DATA_DIR": str(folder.root),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    if password is not None:
        environment["RAPPORT_PASSWORD_FILE"] = str(password)
    command = [sys.executable, "-m", "planner.cli", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_from_plain_to_protected_and_through_the_next_start(
    folder: DataFolder, started: Callable[[], Session], qtbot: QtBot, tmp_path: Path
) -> None:
    window = ready(started(), qtbot)
    assert window.ctx is not None
    planner = window.ctx.planner
    planner.contacts.add(ContactDetails(name="Ingrid Vale"))

    window.navigate(Link("settings", part="data"))
    window.tasks.flush()
    section = window.page.section  # type: ignore[union-attr]
    assert isinstance(section, DataSection)
    qtbot.mouseClick(section.protection.set_button, Qt.MouseButton.LeftButton)
    dialog = section.protection.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.first, PASSWORD)
    qtbot.keyClicks(dialog.second, PASSWORD)
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
    window.tasks.flush()

    # The command line beside the open window: not without the password, and the window notices what it did.
    card, file = tmp_path / "kofi.vcf", tmp_path / "password.txt"
    card.write_text(CARD, encoding="utf-8")
    file.write_text(PASSWORD, encoding="utf-8")
    refused = rapport(folder, "import", card)
    assert refused.returncode == 2
    assert "is protected with a password" in refused.stderr
    assert "Traceback" not in refused.stderr
    done = rapport(folder, "import", card, password=file)
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    changes = planner.poll_external()
    assert changes is not None or planner.contact_queries.count() == 2  # the window's own timer may have been first
    assert planner.contact_queries.count() == 2
    in_use = rapport(folder, "unprotect", password=file)
    assert in_use.returncode == 2
    assert "in use by another window" in in_use.stderr

    # The next start asks, before there is a window, and all is there, what to undo too.
    session = started()
    assert session.window is None
    assert session.dialog is not None
    qtbot.keyClicks(session.dialog.password, PASSWORD)
    qtbot.keyClick(session.dialog.password, Qt.Key.Key_Return)
    window = ready(session, qtbot)
    assert window.ctx is not None
    assert window.ctx.planner.contact_queries.count() == 2
    window.undo()
    window.tasks.flush()
    assert window.ctx.planner.contact_queries.count() == 1
    window.redo()
    window.tasks.flush()
    window.close()
    session.end()

    check = rapport(folder, "check", password=file)
    assert check.stdout == "Everything is as it should be.\nYour data is protected with a password.\n", check.stderr
    assert rapport(folder, "unprotect", password=file).returncode == 0
    assert not is_protected(folder.database)
    names = [name for name in ("Ingrid Vale", "Kofi Danso") if name in rapport(folder, "people").stdout]
    assert names == ["Ingrid Vale", "Kofi Danso"]
    for path in folder.root.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()
