"""A window over small pages of the tests' own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from planner.changes import Changes
from ui.context import UiContext
from ui.links import Link
from ui.main_window import MainWindow
from ui.page import Page
from ui.pages import PageEntry
from ui.shell.actions import Action
from ui.shell.window_state import WindowState
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]


class Notes(Page):
    """A page that remembers what it was asked, with one field that saves to the settings."""

    made = 0

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        type(self).made += 1
        self.links: list[Link] = []
        self.reloads = 0
        self.ran: list[str] = []
        self.field = LineField("Columns")
        self.field.committed.connect(lambda text: self.command(ctx.planner.settings.change, list_columns=(text,)))
        self.body.addWidget(self.field)
        self.set_bar(Button("Log a contact", "primary"))

    def reload(self) -> None:
        self.reloads += 1

    def cares(self, changes: Changes) -> bool:
        return changes.touches("setting")

    def show_link(self, link: Link) -> None:
        self.links.append(link)

    def page_actions(self) -> Sequence[Action]:
        return [
            Action("shout", "Shout", lambda: self.ran.append("shout"), "Ctrl+J", "Edit", "page"),
            Action(
                "sing", "Sing", lambda: self.ran.append("sing"), "Ctrl+L", is_enabled=lambda: self.field.text() == "la"
            ),
        ]  # fmt: skip


class People(Notes):
    """Another."""


class Broken(Page):
    """A page that can't be built."""

    def __init__(self, ctx: UiContext) -> None:
        raise RuntimeError("broken")


@pytest.fixture
def pages() -> Iterator[tuple[PageEntry, ...]]:
    module = ModuleType("pages_for_tests")
    module.__spec__ = ModuleSpec("pages_for_tests", None)
    module.Notes, module.People, module.Broken = Notes, People, Broken  # type: ignore[attr-defined]
    sys.modules["pages_for_tests"] = module
    Notes.made = People.made = 0
    yield (
        PageEntry("today", "Today", "calendar", "pages_for_tests:Notes"),
        PageEntry("contacts", "People", "users", "pages_for_tests:People", ("contact",)),
        PageEntry("broken", "Broken", "x", "pages_for_tests:Broken"),
    )
    del sys.modules["pages_for_tests"]


@pytest.fixture
def main(
    planner: Planner, theme: Theme, qtbot: QtBot, settle: Settle, pages: tuple[PageEntry, ...], tmp_path: Path
) -> Iterator[MainWindow]:
    window = MainWindow(theme, WindowState(tmp_path / "window.ini"), pages)
    window.attach(planner)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle(window.tasks)
    yield window
    window.close()
