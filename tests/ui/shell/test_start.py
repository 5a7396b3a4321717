"""Starting: the frame first, one window per data folder, and trouble explained instead of thrown."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import planner
from planner.app import Planner
from planner.paths import DataFolder
from ui.__main__ import main, parsed
from ui.links import Link
from ui.session import Session
from ui.single_instance import SingleInstance, parsed_link
from ui.widgets.labels import Paragraph

ROOT = Path(__file__).parents[3]


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    hooks = sys.excepthook
    made = Session(qapp, DataFolder(tmp_path / "data").prepare())
    yield made
    if made.window is not None:
        made.window.close()
    made.end()
    sys.excepthook = hooks


def opened(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.window is not None and session.window.is_ready, timeout=10_000)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("rapport:contact/5", Link("contact", 5)),
        ("rapport:event/3/prepare", Link("event", 3, "prepare")),
        ("RAPPORT:today", Link("today")),
        ("rapport://followup/7", Link("followup", 7)),
        ("rapport:contact/5?from=mail", Link("contact", 5)),
        (
            "rapport:followup/3f6f4f0e-53a1-4c7e-9d3b-2f1f0c8f7a11",
            Link("followup", uid="3f6f4f0e-53a1-4c7e-9d3b-2f1f0c8f7a11"),
        ),
        ("rapport:contact/../../etc", None),
        ("rapport:contact/-1", None),
        ("rapport:contact/٣", None),
        ("rapport:contact/99999999999999999999", None),
        ("rapport:shell/1", None),
        ("rapport:", None),
        ("https://norrvolt.example/contact/5", None),
        ("", None),
    ],
)
def test_a_link_from_outside(text: str, link: Link | None) -> None:
    assert parsed_link(text) == link


def test_the_command_line_of_the_window(tmp_path: Path) -> None:
    options = parsed(["--data-dir", str(tmp_path), "rapport:today"])
    assert not isinstance(options, str)
    assert options.folder.root == tmp_path
    assert options.link == "rapport:today"
    sample = parsed([f"--data-dir={tmp_path / 'mine'}", "--sample"])
    assert not isinstance(sample, str)
    assert sample.folder.root == tmp_path / "mine-sample"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--version"], 0, f"Rapport {planner.__version__}"),
        (["--help"], 0, "usage: rapport"),
        (["--data-dir"], 2, "needs a folder"),
        (["--frobnicate"], 2, "“--frobnicate” is not understood"),
    ],
)
def test_what_needs_no_window(arguments: list[str], code: int, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    printed = capsys.readouterr()
    assert says in (printed.err if code else printed.out)


def test_nothing_heavy_is_imported_before_the_first_frame(tmp_path: Path) -> None:
    script = f"""
import sys
from ui.__main__ import parsed
options = parsed(["--data-dir", {str(tmp_path / "data")!r}])
from PySide6.QtWidgets import QApplication
app = QApplication([])
options.folder.prepare()
from ui.session import Session
session = Session(app, options.folder)
assert session.is_first()
session.show()
session.window.repaint()
heavy = {{"sqlalchemy", "planner.app", "icalendar", "alembic", "PySide6.QtNetwork", "typer"}} & set(sys.modules)
heavy |= {{"dataclasses", "planner.errors"}} & set(sys.modules)
assert not heavy, heavy
print("light")
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.strip() == "light", ran.stderr


def test_the_window_opens_its_data_after_its_frame(session: Session, qtbot: QtBot) -> None:
    assert session.is_first()
    session.show()
    assert session.window is not None
    assert not session.window.is_ready
    opened(session, qtbot)
    assert session.window.folder is not None
    assert (session.window.folder / "rapport.sqlite").exists()


def test_a_second_start_hands_over_its_link_and_leaves(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    assert session.is_first()
    session.show()
    opened(session, qtbot)
    assert session.window is not None
    asked: list[Link | None] = []
    session.instance.asked.connect(asked.append)
    second = subprocess.Popen(
        [sys.executable, "-m", "ui", "--data-dir", str(tmp_path / "data"), "rapport:today"], cwd=ROOT
    )
    try:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    finally:
        second.kill()
        second.wait()
    assert second.returncode == 0
    assert asked == [Link("today")]


def test_another_folder_has_a_window_of_its_own(session: Session, tmp_path: Path) -> None:
    assert session.is_first()
    (tmp_path / "other").mkdir()
    other = SingleInstance(tmp_path / "other")
    assert other.claim()
    other.release()


def test_what_a_dead_process_left_behind_keeps_nobody_out(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
import os
app = QCoreApplication([])
first = SingleInstance(Path({str(tmp_path)!r}))
assert first.claim() and first.listen()
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)
    assert (tmp_path / "window.lock").exists()
    next_one = SingleInstance(tmp_path)
    assert next_one.claim()
    assert next_one.listen()
    next_one.release()


def test_a_read_only_folder_is_explained(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.paths.os.access", lambda path, mode: False)
    session.show()
    assert session.window is not None
    window = session.window
    qtbot.waitUntil(lambda: bool(window.is_prepared and window.start_page.text), timeout=10_000)
    assert "you may not write to it" in window.start_page.text
    assert "Nothing was written." in window.start_page.text


def test_a_folder_that_cannot_be_is_explained(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    from planner.errors import UserError

    (tmp_path / "data").write_text("a file")
    folder = DataFolder(tmp_path / "data")
    with pytest.raises(UserError) as trouble:
        folder.prepare()
    made = Session(qapp, folder)
    hooks = sys.excepthook
    made.show(trouble.value)
    assert made.window is not None
    assert "there is a file of that name" in made.window.start_page.text
    (tmp_path / "data").unlink()
    made.window.again.emit()
    opened(made, qtbot)
    made.window.close()
    made.end()
    sys.excepthook = hooks


def test_damaged_data_is_explained_and_left_alone(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    database = tmp_path / "data" / "rapport.sqlite"
    database.write_bytes(b"this is no database at all" * 100)
    session.show()
    assert session.window is not None
    qtbot.waitUntil(lambda: bool(session.window.is_prepared and session.window.start_page.text), timeout=10_000)
    assert "can't be read as Rapport's data" in session.window.start_page.text
    assert "Restore the latest backup" in session.window.start_page.text
    assert database.read_bytes().startswith(b"this is no database")


def test_data_another_program_keeps_to_itself_is_told_at_once_and_opened_when_it_is_free(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    with Planner(DataFolder(tmp_path / "data")):
        pass
    other = sqlite3.connect(tmp_path / "data" / "rapport.sqlite", isolation_level=None)
    with closing(other):
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        session.show()
        qtbot.waitUntil(lambda: bool(session.window.is_prepared and session.window.start_page.text), timeout=4_000)
        assert session.window.start_page.isVisible()
        assert "Another program is using it" in session.window.start_page.text
        assert not session.window.is_ready
    opened(session, qtbot)
    assert not session.window.start_page.isVisible()
    assert session.window.start_page.text == ""


def test_newer_data_is_explained_and_left_alone(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    database = tmp_path / "data" / "rapport.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE something (id INTEGER)")
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    session.show()
    assert session.window is not None
    qtbot.waitUntil(lambda: bool(session.window.is_prepared and session.window.start_page.text), timeout=10_000)
    assert "newer Rapport" in session.window.start_page.text
    qtbot.waitExposed(session.window)
    for paragraph in session.window.start_page.findChildren(Paragraph):
        assert paragraph.height() >= paragraph.heightForWidth(paragraph.width()), paragraph.accessibleName()
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (9999,)
    connection.close()


def test_what_nobody_caught_opens_the_dialog(session: Session, qtbot: QtBot) -> None:
    import threading

    session.show()
    opened(session, qtbot)
    assert session.window is not None
    error = RuntimeError("Ingrid Vale")
    sys.excepthook(RuntimeError, error, None)
    dialog = session.window.notices.dialog
    assert dialog is not None
    assert "Ingrid" not in dialog.report
    dialog.accept()
    caught = threading.ExceptHookArgs((RuntimeError, error, None, None))
    threading.excepthook(caught)
    qtbot.waitUntil(lambda: session.window.notices.dialog is not None)
    session.window.notices.dialog.accept()
