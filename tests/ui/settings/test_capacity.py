"""What things take, and the longest silences by role, in the settings; news on Today; what an export holds."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails, Role
from planner.followups.records import FollowUpKind
from planner.relations.log_book import LogDraft, LogKind
from ui.links import Link
from ui.main_window import MainWindow
from ui.settings.data import DataSection
from ui.settings.page import SettingsPage
from ui.settings.reminders import RemindersSection
from ui.settings.rhythms import RhythmsSection
from ui.tasks import Tasks
from ui.today.page import TodayPage
from ui.widgets.dates import TimeField

Settle = Callable[[Tasks], None]


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, settle: Settle) -> Callable[[str], object]:
    """Open a section and get it."""
    window.activateWindow()
    qtbot.waitActive(window)

    def go(key: str) -> object:
        window.navigate(Link("settings", part=key))
        settle(window.tasks)
        assert isinstance(window.page, SettingsPage)
        return window.page.section

    return go


def test_minutes_are_set_and_left_to_the_past_again(
    planner: Planner, opened: Callable[[str], object], qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    section = opened("reminders")
    assert isinstance(section, RemindersSection)
    field = section.minutes.fields[FollowUpKind.CHECK_IN]
    assert field.text() == "as it was, or 10 min"
    for typed, stored in (("25", {FollowUpKind.CHECK_IN: 25}), ("0", {})):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settle(window.tasks)
        assert planner.settings.get().minutes == stored


def test_working_hours_are_typed_and_must_end_after_they_begin(
    planner: Planner, opened: Callable[[str], object], qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    section = opened("reminders")
    assert isinstance(section, RemindersSection)

    def enter(field: TimeField, typed: str) -> tuple[time, time]:
        field.setFocus()
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settle(window.tasks)
        stored = planner.settings.get()
        return stored.hours_from, stored.hours_to

    assert section.hours_from.at == time(9)
    assert enter(section.hours_from, "8:30") == (time(8, 30), time(17))
    assert enter(section.hours_to, "4pm") == (time(8, 30), time(16))
    assert enter(section.hours_to, "7") == (time(8, 30), time(16))
    assert section.hours_to.at == time(16)
    assert enter(section.hours_to, "") == (time(8, 30), time(16))
    assert section.hours_to.at == time(16)


def test_a_longest_silence_by_role(
    planner: Planner, opened: Callable[[str], object], window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    section = opened("rhythms")
    assert isinstance(section, RhythmsSection)
    longest = section.longest[Role.MENTOR]
    longest.setFocus()
    qtbot.keyClick(longest, Qt.Key.Key_Down)
    settle(window.tasks)
    assert planner.settings.get().longest == {Role.MENTOR: 14}
    assert section.reset.isVisible()
    qtbot.mouseClick(section.reset, Qt.MouseButton.LeftButton)
    settle(window.tasks)
    assert planner.settings.get().longest == {}


@pytest.mark.parametrize("ticked", [False, True])
def test_the_private_log_is_exported_only_if_ticked(
    ticked: bool,
    planner: Planner,
    opened: Callable[[str], object],
    window: MainWindow,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ada = planner.contacts.add(ContactDetails(name="Ada Ek")).new("contact")
    planner.one_to_ones.add(LogDraft(ada, LogKind.FACT, "She left the room"))
    section = opened("data")
    assert isinstance(section, DataSection)
    path = tmp_path / "all.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    if ticked:
        qtbot.keyClick(section.difficult, Qt.Key.Key_Space)
    qtbot.mouseClick(section.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(path.exists)
    settle(window.tasks)
    with zipfile.ZipFile(path) as bundle:
        assert ("She left the room" in bundle.read("rapport.json").decode()) is ticked


def test_news_stands_on_today_and_is_gone_when_declined(
    planner: Planner, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    ada = planner.contacts.add(ContactDetails(name="Ada Ek", title="Analyst")).new("contact")
    window.navigate(Link("today"))
    settle(window.tasks)
    assert isinstance(window.page, TodayPage)
    side = window.page.side
    assert not side._news_box.isVisible()
    assert window.ctx is not None
    window.ctx.bus.publish(planner.contacts.edit(ada, title="Head of Data"))
    settle(window.tasks)
    assert side._news_box.isVisible()
    assert "Ada Ek: promotion" in side._news.accessibleName()
    (proposal,) = planner.relation_queries.proposed_milestones()
    window.ctx.bus.publish(planner.celebrations.decline((proposal.id,)))
    settle(window.tasks)
    assert not side._news_box.isVisible()
