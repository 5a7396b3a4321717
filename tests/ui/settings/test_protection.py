"""The password of the data in the settings: set, changed, removed, by keyboard and mouse, in the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from planner.store.protected import is_protected
from planner.store.unlocking import account_of, unlocked
from ui.links import Link
from ui.main_window import MainWindow
from ui.settings.data import DataSection
from ui.settings.protection import NAME
from ui.settings.protection_dialog import ProtectionDialog, Step
from ui.tasks import Tasks

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")

Settle = Callable[[Tasks], None]
PASSWORD = 'it\'s "quite" long'


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock, secrets: MemorySecrets) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), clock, secrets=secrets) as opened:
        opened.contacts.add(ContactDetails(name="Ada Ek"))
        yield opened


@pytest.fixture
def section(window: MainWindow, qtbot: QtBot, settle: Settle) -> DataSection:
    window.activateWindow()
    qtbot.waitActive(window)
    window.navigate(Link("settings", part="data"))
    settle(window.tasks)
    section = window.page.section  # type: ignore[union-attr]
    assert isinstance(section, DataSection)
    return section


def asked(section: DataSection, step: Step, qtbot: QtBot) -> ProtectionDialog:
    box = section.protection
    button = box.remove_button if step is Step.REMOVE else box.set_button
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = section.protection.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def typed(dialog: ProtectionDialog, first: str, second: str, qtbot: QtBot) -> None:
    for line, text in ((dialog.first, first), (dialog.second, second)):
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)


def test_set_changed_and_removed(
    section: DataSection, planner: Planner, window: MainWindow, secrets: MemorySecrets, qtbot: QtBot, settle: Settle
) -> None:
    database = planner.folder.database
    planner.backups.daily()
    assert "has no password" in section.protection.words.accessibleName()
    dialog = asked(section, Step.PROTECT, qtbot)
    typed(dialog, PASSWORD, PASSWORD, qtbot)
    assert PASSWORD not in dialog.first.displayText()
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    settle(window.tasks)
    assert not dialog.isVisible()
    assert not dialog.first.text()
    assert planner.store.key is not None
    assert secrets.get(account_of(database)) == PASSWORD
    assert "The backup in the folder went along" in section.protection.outcome.accessibleName()
    assert "keyring keeps it" in section.protection.words.accessibleName()
    assert section.protection.set_button.accessibleName() == "Change password…"
    assert section.field_named(NAME) is section.protection.set_button
    assert all(is_protected(file.path) for file in planner.backups.all())
    window.undo()  # what was done before is undone as ever
    settle(window.tasks)
    assert planner.contact_queries.count() == 0
    window.redo()
    settle(window.tasks)

    dialog = asked(section, Step.CHANGE, qtbot)
    assert dialog.keep.isChecked()
    typed(dialog, "another", "another", qtbot)
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert secrets.get(account_of(database)) is None
    assert "asks for it at each start" in section.protection.words.accessibleName()

    dialog = asked(section, Step.REMOVE, qtbot)
    assert dialog.focusWidget() is dialog.cancel
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert planner.store.key is None
    assert planner.contact_queries.count() == 1
    assert section.protection.set_button.accessibleName() == "Protect with a password…"
    assert not section.protection.remove_button.isVisible()
    assert "no password any more" in section.protection.outcome.accessibleName()


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [("", "", "Type a password"), ("one", "", "Type it twice"), ("one", "two", "not the same")],
)
def test_two_that_do_not_fit(
    first: str, second: str, says: str, section: DataSection, planner: Planner, qtbot: QtBot
) -> None:
    dialog = asked(section, Step.PROTECT, qtbot)
    typed(dialog, first, second, qtbot)
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert says in dialog.fault.accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert planner.store.key is None


def test_stopped_on_the_way(
    section: DataSection,
    planner: Planner,
    window: MainWindow,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import threading

    from planner.store import converting

    going, go_on, copy_all = threading.Event(), threading.Event(), converting.copy_all

    def slow(*arguments: object) -> object:
        going.set()
        go_on.wait(10)
        return copy_all(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(converting, "copy_all", slow)
    dialog = asked(section, Step.PROTECT, qtbot)
    typed(dialog, PASSWORD, PASSWORD, qtbot)
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    assert going.wait(10)
    assert not dialog.ok.isEnabled()
    assert dialog.waiting.text_shown() == "Protecting your data…"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()  # until it has stopped
    go_on.set()
    settle(window.tasks)
    assert not dialog.isVisible()
    assert planner.store.key is None
    assert planner.contact_queries.count() == 1


def test_trouble_is_told_in_the_dialog(
    section: DataSection,
    planner: Planner,
    window: MainWindow,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.store.converting._PATIENCE", 50)
    with Planner(planner.folder):
        # In one process SQLite's locks do not keep it out, so the other one's answer is played.
        from planner.errors import DatabaseInUse

        def in_use(*_: object) -> None:
            raise DatabaseInUse(planner.folder.database)

        monkeypatch.setattr("planner.store.protection.convert", in_use)
        dialog = asked(section, Step.PROTECT, qtbot)
        typed(dialog, PASSWORD, PASSWORD, qtbot)
        qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
        settle(window.tasks)
    assert dialog.isVisible()
    assert "in use by another window" in dialog.fault.accessibleName()
    assert dialog.ok.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_not_possible_here(
    section: DataSection, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.protection.can_protect", lambda: False)
    section.protection.reload()
    settle(window.tasks)
    assert not section.protection.set_button.isVisible()
    assert "the library for it is not installed" in section.protection.words.accessibleName()


def test_a_backup_with_another_password(
    section: DataSection,
    planner: Planner,
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planner.protection.protect("of before")
    file = planner.backups.save(tmp_path / "mine.sqlite").path
    planner.protection.protect(PASSWORD)
    planner.contacts.add(ContactDetails(name="Bo Ek"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(section.restore_button, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    dialog = section.unlocking
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.password, "wrong")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not the password" in dialog.fault.accessibleName())
    qtbot.keyClicks(dialog.password, "of before")  # the wrong one is marked, and replaced
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    settle(window.tasks)
    assert "1 person" in section.facts.accessibleName()
    qtbot.keyClick(section.restore_now, Qt.Key.Key_Return)
    settle(window.tasks)
    assert planner.contact_queries.count() == 1
    planner.close()
    assert unlocked(planner.folder.database, PASSWORD) is not None
    QApplication.processEvents()
