"""Every key, from the table that the menus are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from planner.finder.commands import CommandWords, rank
from ui.context import UiContext
from ui.list_model import Section, SectionListModel
from ui.settings.section import Entry, SettingsSection
from ui.shell.actions import Action
from ui.widgets.fields import SearchField
from ui.widgets.line_delegate import LineDelegate
from ui.widgets.painting import badge_text
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList

ENTRIES = (Entry("Keyboard shortcuts", "keys hotkeys"),)

#: Keys that work in lists and fields, wherever these are.
_EVERYWHERE = (
    ("In lists", (
        ("Go to the row above or below", "Up / Down"),
        ("Open the row", "Enter"),
        ("Its buttons", "the letter on each"),
        ("Its menu", "Menu or Shift+F10"),
        ("Select several rows", "Shift or Ctrl and an arrow or a click"),
    )),
    ("In fields", (
        ("Take back what was typed and not yet saved", "Esc"),
        ("Pick a day", "Down"),
        ("Edit a text that is shown formatted", "Enter or F2"),
    )),
    ("In quick entry", (
        ("Save", "Enter"),
        ("Begin a new line", "Shift+Enter"),
        ("Go to what was understood", "Tab"),
        ("Change it, or take it out", "Enter, Delete"),
    )),
)  # fmt: skip


class ShortcutsSection(SettingsSection):
    """A list that can be searched. Rows of commands run them when opened."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Shortcuts")
        self.search = SearchField("Find a shortcut")
        self.search.setAccessibleName("Keyboard shortcuts")
        self.search.textChanged.connect(self._fill)
        self.model = SectionListModel(parent=self)
        self.list = RowList("Shortcuts", uniform=False)
        self.list.row_delegate = LineDelegate(self.list, header_height=36)
        self.list.setItemDelegate(self.list.row_delegate)
        self.list.setModel(self.model)
        self.list.opened.connect(self._open)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.left_down.connect(self.list.setFocus)
        self.body.addWidget(self.search)
        box = self.box(self.list)
        box.body.setContentsMargins(1, 4, 1, 4)
        ctx.actions.on_change(self._fill)
        self._fill()

    def reload(self) -> None:
        self._fill()

    def _fill(self, *_: object) -> None:
        actions = [action for action in self.ctx.actions if action.shortcut]
        text = self.search.text()
        if text.strip():
            by_id = {action.id: action for action in actions}
            words = [CommandWords(a.id, a.plain_text, f"{a.hint} {a.menu} {a.shortcut}") for a in actions]
            sections = [Section("", [_row(by_id[hit.id]) for hit in rank(text, words)])]
        else:
            menus = list(dict.fromkeys(action.menu or "On this page" for action in actions))
            sections = [
                Section(menu, [_row(action) for action in actions if (action.menu or "On this page") == menu])
                for menu in menus
            ]
        sections += self._fixed(text)
        self.model.set_sections(sections)
        self.list.setFixedHeight(max(1, sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))))

    def _fixed(self, text: str) -> list[Section]:
        found = []
        for title, rows in _EVERYWHERE:
            words = [CommandWords(name, name, f"{title} {key}") for name, key in rows]
            names = {hit.id for hit in rank(text, words)} if text.strip() else {name for name, _ in rows}
            shown = [(f"{title}:{name}", RowData(name, aside=key)) for name, key in rows if name in names]
            found.append(Section(title, shown))
        return found

    def _open(self, key: object) -> None:
        self.ctx.actions.run(str(key))


def _row(action: Action) -> tuple[str, RowData]:
    return action.id, RowData(action.plain_text.rstrip("…"), aside=badge_text(action.shortcut), icon=action.icon)
