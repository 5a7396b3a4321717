"""The password of the data as it is asked for, set and told: states to be rendered and looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from ui.context import Link
from ui.settings.data import DataSection
from ui.settings.protection_dialog import Step

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen


def screens() -> Sequence[Screen]:
    """The dialogs of the section, the section of protected data, and what is asked before the window."""
    screen = import_module("ui.screens").Screen
    data = Link("settings", part="data")
    return [
        screen("settings-protection-set", data, _asking(Step.PROTECT)),
        screen("settings-protection-wrong", data, _wrong),
        screen("settings-protection-remove", data, _asking(Step.REMOVE)),
        screen("settings-protection-done", data, _done),
        screen("settings-protection-start", data, _start),
    ]


def _section(window: MainWindow) -> DataSection:
    page = window.page
    assert isinstance(page, import_module("ui.settings.page").SettingsPage)
    assert isinstance(page.section, DataSection)
    page.pane.ensureWidgetVisible(page.section.protection, 20, 40)
    return page.section


def _asking(step: Step) -> Callable[[MainWindow], None]:
    return lambda window: _section(window).protection.ask(step)


def _wrong(window: MainWindow) -> None:
    _section(window).protection.ask(Step.CHANGE)
    dialog = _section(window).protection.dialog
    assert dialog is not None
    dialog.first.setText("invented")
    dialog.second.setText("invented otherwise")
    dialog.submit()


def _done(window: MainWindow) -> None:
    from planner.store.protection import Outcome, Standing

    section = _section(window)
    assert window.ctx is not None
    backups = window.ctx.planner.folder.backups
    outcome = Outcome(
        True, (backups / "a.sqlite", backups / "b.sqlite"), (backups / "damaged-20270601T080000Z.sqlite",)
    )
    section.protection.tell(outcome)
    section.protection.show_standing(Standing(True, True, False))
    settle = import_module("ui.screens").settle
    settle(window)
    _section(window)


def _start(window: MainWindow) -> None:
    from ui.shell.unlock_dialog import UnlockDialog

    assert window.ctx is not None
    dialog = UnlockDialog(
        window.ctx.planner.folder.database,
        "Your data has a password",
        "The data in /home/mara/.local/share/rapport is protected. Type its password to open it.",
        "Quit",
        True,
        window,
    )
    dialog.show()
