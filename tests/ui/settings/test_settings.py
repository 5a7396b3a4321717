"""The settings page by keyboard and mouse: every change saves itself and can be undone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails, Role
from planner.followups.records import FollowUpKind
from ui.links import Link
from ui.main_window import MainWindow
from ui.settings.appearance import AppearanceSection
from ui.settings.data import DataSection, sample_command
from ui.settings.me import MeSection
from ui.settings.page import SECTIONS, SettingsPage
from ui.settings.plans import PlansSection
from ui.settings.reminders import RemindersSection
from ui.settings.rhythms import RhythmsSection
from ui.settings.shortcuts import ShortcutsSection
from ui.settings.templates import TemplatesSection
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, settle: Settle) -> SettingsPage:
    window.activateWindow()
    qtbot.waitActive(window)
    window.navigate(Link("settings"))
    settle(window.tasks)
    assert isinstance(window.page, SettingsPage)
    QAbstractItemModelTester(window.page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, window.page)
    return window.page


@pytest.fixture
def opened(page: SettingsPage, window: MainWindow, settle: Settle) -> Callable[[str], object]:
    """Open a section and get it."""

    def go(key: str) -> object:
        window.navigate(Link("settings", part=key))
        settle(window.tasks)
        return page.section

    return go


def titles(page: SettingsPage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


class TestPage:
    def test_sections_by_arrow_keys(self, page: SettingsPage, qtbot: QtBot) -> None:
        assert titles(page) == [entry.title for entry in SECTIONS]
        page.list.setFocus()
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        assert isinstance(page.section, RemindersSection)
        assert page.section.isVisible()

    def test_every_section_opens_and_every_setting_is_reached_from_the_search(
        self, page: SettingsPage, window: MainWindow, settle: Settle
    ) -> None:
        for entry in SECTIONS:
            for each in entry.entries:
                page.open(entry.key)
                settle(window.tasks)
                assert page.section is not None
                field = page.section.field_named(each.name)
                assert field is not None, each.name

    def test_search_goes_to_the_field(
        self, page: SettingsPage, window: MainWindow, qtbot: QtBot, settle: Settle
    ) -> None:
        page.search.setFocus()
        qtbot.keyClicks(page.search, "alarm")
        assert titles(page)[0] == "Alarm"
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
        settle(window.tasks)
        assert isinstance(page.section, RemindersSection)
        assert page.section.alarm.hasFocus()
        page.search.setFocus()
        qtbot.keyClick(page.search, Qt.Key.Key_Escape)
        assert titles(page) == [entry.title for entry in SECTIONS]

    def test_search_for_nothing(self, page: SettingsPage, qtbot: QtBot) -> None:
        qtbot.keyClicks(page.search, "zzz")
        assert titles(page) == ["Nothing has these words"]
        qtbot.keyClick(page.search, Qt.Key.Key_Return)

    def test_sections_are_found_by_the_palette(self, page: SettingsPage, window: MainWindow) -> None:
        assert window.actions_table.run("settings-templates")
        assert isinstance(page.section, TemplatesSection)


class TestFields:
    def test_me(
        self, opened: Callable[[str], MeSection], planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle
    ) -> None:
        me = opened("me")
        me._lines["name"].setFocus()
        qtbot.keyClicks(me._lines["name"], "Ada Ek")
        qtbot.keyClick(me._lines["name"], Qt.Key.Key_Return)
        me.signature.setFocus()
        qtbot.keyClicks(me.signature, "Cheers")
        me.signature.flush()
        settle(window.tasks)
        assert (planner.settings.get().me.name, planner.settings.get().me.signature) == ("Ada Ek", "Cheers")
        window.undo()
        window.undo()
        settle(window.tasks)
        assert me._lines["name"].text() == ""

    def test_hour_and_capacity(
        self,
        opened: Callable[[str], RemindersSection],
        planner: Planner,
        window: MainWindow,
        qtbot: QtBot,
        settle: Settle,
    ) -> None:
        section = opened("reminders")
        section.hour.setFocus()
        section.hour.selectAll()
        qtbot.keyClicks(section.hour, "7:30")
        qtbot.keyClick(section.hour, Qt.Key.Key_Return)
        section.day.setFocus()
        qtbot.keyClick(section.day, Qt.Key.Key_Up)
        section.day.flush()
        qtbot.mouseClick(section.days[5], Qt.MouseButton.LeftButton)
        settle(window.tasks)
        settings = planner.settings.get()
        assert (settings.reminder_hour, settings.day_capacity) == (time(7, 30), 6)
        assert settings.working_days == (0, 1, 2, 3, 4, 5)

    def test_no_working_day_is_refused(
        self,
        opened: Callable[[str], RemindersSection],
        planner: Planner,
        window: MainWindow,
        qtbot: QtBot,
        settle: Settle,
    ) -> None:
        section = opened("reminders")
        for day in range(5):
            qtbot.mouseClick(section.days[day], Qt.MouseButton.LeftButton)
            settle(window.tasks)
        assert planner.settings.get().working_days == (4,)
        assert section.days[4].isChecked()
        assert "Working days" in window.notices.message.text

    def test_rhythm(
        self,
        opened: Callable[[str], RhythmsSection],
        planner: Planner,
        window: MainWindow,
        qtbot: QtBot,
        settle: Settle,
    ) -> None:
        section = opened("rhythms")
        choice = section.choices[Role.OTHER]
        choice.setFocus()
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        choice.activated.emit(choice.currentIndex())
        settle(window.tasks)
        assert planner.settings.get().rhythms[Role.OTHER] == 7
        assert section.reset.isVisible()
        qtbot.mouseClick(section.reset, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert Role.OTHER not in planner.settings.get().rhythms

    def test_theme_and_size(
        self, opened: Callable[[str], AppearanceSection], window: MainWindow, settle: Settle
    ) -> None:
        section = opened("appearance")
        section.theme.choose("dark")
        settle(window.tasks)
        assert window.theme.is_dark
        section.text_size.chosen.emit(1.25)
        settle(window.tasks)
        assert window.theme.font_scale == 1.25
        window.undo()
        settle(window.tasks)
        assert window.theme.font_scale == 1.0

    def test_shortcuts(self, opened: Callable[[str], ShortcutsSection], window: MainWindow, qtbot: QtBot) -> None:
        section = opened("shortcuts")
        shown = [section.model.index(row, 0).data() for row in range(section.model.rowCount())]
        assert {"Quick entry", "Undo", "In lists"} <= set(shown)
        qtbot.keyClicks(section.search, "quick")
        assert section.model.index(0, 0).data() == "Quick entry"


class TestPlans:
    def test_steps(
        self, opened: Callable[[str], PlansSection], planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle
    ) -> None:
        section = opened("plans")
        assert section.plan is not None
        before = section.plan
        qtbot.mouseClick(section.add_step, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.plan.steps[: len(before.steps)] == before.steps
        line = section.rows[-1]
        line.title.setFocus()
        line.title.selectAll()
        qtbot.keyClicks(line.title, "Ask about the pilot")
        qtbot.keyClick(line.title, Qt.Key.Key_Return)
        settle(window.tasks)
        section.rows[-1].moved.emit(-1)
        settle(window.tasks)
        stored = next(plan for plan in planner.followup_queries.plans() if plan.id == before.id)
        assert [step.title for step in stored.steps][-2] == "Ask about the pilot"
        qtbot.mouseClick(section.rows[-2].remove_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.plan.steps == before.steps

    def test_new_delete_undo(
        self, opened: Callable[[str], PlansSection], planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle
    ) -> None:
        section = opened("plans")
        count = len(planner.followup_queries.plans())
        qtbot.mouseClick(section.new_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.plan is not None
        assert section.plan.name == "New plan"
        qtbot.mouseClick(section.delete, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert len(planner.followup_queries.plans()) == count
        assert window.notices.toast.text == "Deleted the plan “New plan”"

    def test_back_to_how_it_came(
        self, opened: Callable[[str], PlansSection], window: MainWindow, qtbot: QtBot, settle: Settle
    ) -> None:
        section = opened("plans")
        assert section.plan is not None
        before = section.plan
        assert before.builtin
        assert not section.restore.isVisible()
        qtbot.mouseClick(section.rows[0].remove_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.restore.isVisible()
        qtbot.mouseClick(section.restore, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.plan == before


class TestTemplates:
    def test_preview_follows_the_typing_and_faults_are_not_saved(
        self,
        opened: Callable[[str], TemplatesSection],
        planner: Planner,
        window: MainWindow,
        qtbot: QtBot,
        settle: Settle,
    ) -> None:
        section = opened("templates")
        assert section.template is not None
        id, body = section.template.id, section.template.body
        section.message.setFocus()
        section.message.selectAll()
        qtbot.keyClicks(section.message, "Hello {{ contact.first }}!")
        qtbot.waitUntil(lambda: section.shown_body.accessibleName() == "Hello Ingrid!")
        section.message.flush()
        settle(window.tasks)
        stored = {each.id: each for each in planner.followup_queries.templates()}
        assert stored[id].body == "Hello {{ contact.first }}!"
        qtbot.keyClicks(section.message, " {{ contact.nose }}")
        qtbot.waitUntil(section.fault.isVisible)
        assert "no placeholder" in section.fault.accessibleName()
        section.message.flush()
        settle(window.tasks)
        assert {each.id: each for each in planner.followup_queries.templates()}[id].body == stored[id].body
        qtbot.mouseClick(section.restore, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert {each.id: each for each in planner.followup_queries.templates()}[id].body == body

    def test_placeholder_is_inserted(
        self, opened: Callable[[str], TemplatesSection], window: MainWindow, qtbot: QtBot
    ) -> None:
        section = opened("templates")
        section.message.setFocus()
        section.message.selectAll()
        qtbot.mouseClick(section.insert_button, Qt.MouseButton.LeftButton)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        assert section.message.toPlainText() == "{{ contact.name }}"
        section.message.undo()

    def test_new(
        self,
        opened: Callable[[str], TemplatesSection],
        planner: Planner,
        window: MainWindow,
        qtbot: QtBot,
        settle: Settle,
    ) -> None:
        section = opened("templates")
        qtbot.mouseClick(section.new_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.template is not None
        assert section.template.name == "New template"
        section.kind.chosen.emit(FollowUpKind.INVITE)
        section.name.setFocus()
        section.name.selectAll()
        qtbot.keyClicks(section.name, "Dinner")
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
        settle(window.tasks)
        assert "Dinner" in [each.name for each in planner.followup_queries.templates()]


class TestData:
    @pytest.fixture
    def section(self, opened: Callable[[str], DataSection], planner: Planner) -> DataSection:
        planner.contacts.add(ContactDetails(name="Ada Ek"))
        return opened("data")

    def test_back_up_and_restore(
        self, section: DataSection, planner: Planner, window: MainWindow, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        target = tmp_path / "kept.sqlite"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        qtbot.mouseClick(section.backup_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert target.exists()
        planner.contacts.add(ContactDetails(name="Bo Ek"))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
        qtbot.mouseClick(section.restore_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert "1 person" in section.facts.accessibleName()
        assert section.restore_now.hasFocus()
        qtbot.keyClick(section.restore_now, Qt.Key.Key_Return)
        settle(window.tasks)
        assert planner.contact_queries.count() == 1
        assert any(file.path.name.startswith("before-restore") for file in planner.backups.all())

    def test_not_a_backup(
        self, section: DataSection, planner: Planner, window: MainWindow, tmp_path: Path, settle: Settle
    ) -> None:
        (tmp_path / "notes.txt").write_text("not a database")
        section.look_into(tmp_path / "notes.txt")
        settle(window.tasks)
        assert not section.confirm.isVisible()
        assert "notes.txt" in window.notices.message.text
        assert planner.contact_queries.count() == 1

    def test_export_everything(
        self, section: DataSection, window: MainWindow, tmp_path: Path, qtbot: QtBot, settle: Settle,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all.zip"), ""))
        qtbot.mouseClick(section.export_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert "contacts.vcf" in zipfile.ZipFile(tmp_path / "all.zip").namelist()
        assert window.notices.toast.text.startswith("Exported 1 person")

    def test_cancelled_dialogs_do_nothing(
        self, section: DataSection, window: MainWindow, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
        for button in (section.backup_button, section.restore_button, section.export_button):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert not section.confirm.isVisible()

    def test_check(self, section: DataSection, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
        qtbot.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
        settle(window.tasks)
        assert section.outcome.accessibleName() == "All is sound."
        assert section.check_button.isEnabled()

    def test_sample_opens_beside(self, planner: Planner) -> None:
        _, arguments = sample_command(planner.folder.root)
        assert arguments[-3:] == ["--data-dir", str(planner.folder.root), "--sample"]
