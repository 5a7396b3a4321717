"""What a file can't change in a calendar is listed after the export: once, and not to be missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from planner.calendars.targets import TARGETS
from ui.context import UiContext
from ui.followups.export_panel import ExportPanel
from ui.followups.page import FollowupsPage
from ui.tasks import Tasks
from ui.widgets.labels import Paragraph
from ui.widgets.lines_dialog import LinesDialog

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]


def export(page: FollowupsPage, target: str, path: Path, settle: Settle) -> None:
    """Choose the program that reads the file, and save it."""
    page.export()
    settle(page.ctx.tasks)
    panel = page.window().findChild(ExportPanel)
    assert panel is not None
    panel.target.set_value(target)
    panel.target.chosen.emit(target)
    settle(page.ctx.tasks)
    assert panel.hint.accessibleName() == next(each.note for each in TARGETS if each.key == target)
    panel.ask_path = lambda _name: str(path)
    panel.save.click()
    settle(page.ctx.tasks)


@pytest.mark.parametrize("target", ["google", "outlook", "thunderbird"])
def test_what_moved_and_what_was_dropped_is_listed_with_what_to_do(
    planner: Planner, person: Callable[..., int], todo: Callable[..., int], page: Callable[[], FollowupsPage],
    ctx: UiContext, settle: Settle, tmp_path: Path, target: str,
) -> None:  # fmt: skip
    moved, dropped = todo("Thank for the coffee", person("Ada Ek")), todo("Send the deck", person("Tom Berg"))
    shown = page()
    export(shown, target, tmp_path / "first.ics", settle)
    planner.followups.reschedule([moved], planner.clock.today() + timedelta(days=3))
    planner.followups.drop([dropped])
    todo("Ask about the board", person("Mai Lund"))
    export(shown, target, tmp_path / "second.ics", settle)
    (dialog,) = shown.window().findChildren(LinesDialog)
    assert dialog.isVisible()
    heads = {label.accessibleName() or label.text() for label in dialog.findChildren(QLabel)}
    assert {"Thank for the coffee · Ada Ek", "Send the deck · Tom Berg"} <= heads
    reasons = [paragraph.accessibleName() for paragraph in dialog.findChildren(Paragraph)]
    assert "delete it there" in reasons
    assert any(reason.startswith("move it to ") for reason in reasons)
    text = (tmp_path / "second.ics").read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 1  # what that calendar has not had yet
    dialog.close()
