"""The settings page: sections at the left, the chosen one at the right, and a search over every single setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.finder.commands import CommandWords, rank
from planner.settings.records import Settings
from ui.accounts import section as accounts
from ui.context import Link, UiContext
from ui.list_model import Section, SectionListModel
from ui.page import Page
from ui.settings import appearance, data, me, plans, reminders, rhythms, shortcuts, templates
from ui.settings.section import Entry, SectionEntry, SettingsSection
from ui.shell.actions import Action
from ui.theme import applied
from ui.widgets.fields import SearchField
from ui.widgets.line_delegate import LineDelegate
from ui.widgets.pane import Columns, Pane
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen

SECTIONS = (
    SectionEntry("me", "Me", "user", me.ENTRIES, me.MeSection),
    SectionEntry("reminders", "Reminders and capacity", "bell", reminders.ENTRIES, reminders.RemindersSection),
    SectionEntry("rhythms", "Rhythms by role", "heart", rhythms.ENTRIES, rhythms.RhythmsSection),
    SectionEntry("plans", "Plans", "list-checks", plans.ENTRIES, plans.PlansSection),
    SectionEntry("templates", "Templates", "mail", templates.ENTRIES, templates.TemplatesSection),
    SectionEntry("accounts", "Accounts", "calendar-check", accounts.ENTRIES, accounts.AccountsSection),
    SectionEntry("data", "Data", "database", data.ENTRIES, data.DataSection),
    SectionEntry("appearance", "Appearance", "sun", appearance.ENTRIES, appearance.AppearanceSection),
    SectionEntry("shortcuts", "Shortcuts", "keyboard", shortcuts.ENTRIES, shortcuts.ShortcutsSection),
)
_WIDEST = 720


class SettingsPage(Page):
    """Each change saves itself as one undoable command. Link("settings", part="data") opens a section."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Settings")
        self._built: dict[str, SettingsSection] = {}
        self._settings: Settings | None = None
        self.key = ""
        self.search = SearchField("Search the settings")
        self.search.textChanged.connect(self._fill)
        self.search.left_down.connect(self._to_list)
        self.search.returnPressed.connect(self._open_first)
        self.model = SectionListModel(parent=self)
        self.list = RowList("Settings")
        self.list.row_delegate = LineDelegate(self.list)
        self.list.setItemDelegate(self.list.row_delegate)
        self.list.setModel(self.model)
        self.list.current_changed.connect(self._current)
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda _index: self._opened(self.list.current_key))
        self.list.escaped.connect(self.search.setFocus)
        self.list.typed.connect(self._type_on)
        left = QWidget()
        left.setProperty("frame", "pane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        holder = QVBoxLayout()
        holder.setContentsMargins(20, 0, 20, 0)
        holder.addWidget(self.search)
        column.addLayout(holder)
        column.addWidget(self.list, 1)
        self.pane = Pane()
        self.body.addWidget(Columns(left, self.pane, widths=(280, 0)))
        self._fill()

    @property
    def section(self) -> SettingsSection | None:
        """The section that is shown."""
        return self._built.get(self.key)

    def reload(self) -> None:
        if not self.key:
            self.open(SECTIONS[0].key)
        self.query(self.ctx.planner.settings.get, self._show, key="settings")
        for section in self._built.values():
            section.reload()

    def cares(self, changes: Changes) -> bool:
        return changes.touches("setting") or any(section.cares(changes) for section in self._built.values())

    def show_link(self, link: Link) -> None:
        if link.part:
            self.search.clear()
            self.open(link.part)

    def page_actions(self) -> Sequence[Action]:
        return [
            Action(
                f"settings-{entry.key}", f"Settings: {entry.title}", self._opener(entry.key), icon=entry.icon,
                hint=" ".join(f"{each.name} {each.also}" for each in entry.entries),
            )
            for entry in SECTIONS
        ]  # fmt: skip

    def open(self, key: str, name: str = "") -> None:
        """Show a section and, with the name of a setting, go to its field."""
        entry = next((each for each in SECTIONS if each.key == key), None)
        if entry is None:
            return
        if key != self.key:
            if self.section is not None:
                self.flush()
                self.section.hide()
            section = self._built.get(key)
            if section is None:
                section = self._built[key] = entry.make(self.ctx)
                section.setMaximumWidth(applied().px(_WIDEST))
                self.pane.add(section)
                if self._settings is not None:
                    section.show_settings(self._settings)
                section.reload()
            self.key = key
            section.show()
            self.pane.verticalScrollBar().setValue(0)
        self.list.select_key(key)
        if name:
            # Once the section has been laid out, its field can be scrolled to.
            QTimer.singleShot(0, self, lambda: self._go_to(key, name))

    def _go_to(self, key: str, name: str) -> None:
        section = self._built.get(key)
        field = section.field_named(name) if section is not None and key == self.key else None
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self.pane.ensureWidgetVisible(field, 20, 40)

    def _opener(self, key: str) -> Callable[[], None]:
        return lambda: self.open(key)

    def _show(self, settings: Settings) -> None:
        self._settings = settings
        for section in self._built.values():
            section.show_settings(settings)

    # --- the list at the left

    def _fill(self, *_: object) -> None:
        text = self.search.text()
        if not text.strip():
            self.model.set_rows([(entry.key, RowData(entry.title, icon=entry.icon)) for entry in SECTIONS])
            if self.key:
                self.list.select_key(self.key)
            return
        everything = {
            f"{section.key}/{entry.name}": (section, entry)
            for section in SECTIONS
            for entry in (Entry(section.title), *section.entries)
        }
        hits = rank(
            text,
            [
                CommandWords(key, entry.name, f"{entry.also} {section.title}")
                for key, (section, entry) in everything.items()
            ],
        )
        rows = []
        for hit in hits:
            section, entry = everything[hit.id]
            rows.append(
                (hit.id, RowData(entry.name, "" if entry.name == section.title else section.title, icon=section.icon))
            )
        self.model.set_sections([Section("", rows or [("", RowData("Nothing has these words"))])])
        self.list.select_first()

    def _current(self, key: object) -> None:
        # Arrow keys show sections as they pass; what the search found waits for Enter.
        if isinstance(key, str) and key and "/" not in key:
            self.open(key)

    def _opened(self, key: object) -> None:
        section, _, name = str(key or "").partition("/")
        if not section:
            return
        title = next((each.title for each in SECTIONS if each.key == section), "")
        self.open(section, "" if name == title else name)

    def first_focus(self) -> QWidget:
        return self.list

    def _open_first(self) -> None:
        if self.search.text().strip():
            self._opened(self.list.current_key)

    def _to_list(self) -> None:
        self.list.setFocus()

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)


def screens() -> Sequence[Screen]:
    """Every section, and the search."""
    screen = import_module("ui.screens").Screen

    def search(window: MainWindow) -> None:
        if isinstance(window.page, SettingsPage):
            window.page.search.setText("cal")

    return [
        *(screen(f"settings-{entry.key}", Link("settings", part=entry.key)) for entry in SECTIONS),
        *import_module("ui.accounts.screens").screens(),
        *import_module("ui.settings.protection_screens").screens(),
        screen("settings-search", Link("settings", part="me"), search),
    ]
