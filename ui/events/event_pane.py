"""The right of Prepare: aim, pitch, what to do before going, and the plan for afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from planner.changes import Changes
from planner.events.defaults import PERSONAL
from ui.context import UiContext
from ui.events import presenting
from ui.events.loading import EventSheet
from ui.events.pitch_box import PitchBox
from ui.page import Page
from ui.widgets.box import Box
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.labels import Paragraph
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import AutosaveText, MarkdownText
from ui.widgets.pane import Pane


class EventPane(Pane):
    """Shows and edits what belongs to the event as a whole."""

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx, self._page = ctx, page
        self._sheet: EventSheet | None = None
        events = ctx.planner.events
        self.add_heading("Your aim here")
        self.aim = AutosaveText("Your aim here", placeholder="What would make it worth going?", lines=2)
        self.aim.setProperty("role", "small")
        self.aim.committed.connect(partial(self._save, "aim", self.aim))
        self.add(Box(self.aim))
        self.body.addSpacing(4)
        self.pitch = PitchBox(ctx, page)
        self.add(self.pitch)
        self._checks_heading = self.add_heading("Before you go", "0 / 0")
        self.checks = CheckList("Before you go", "Add a line")
        self.checks.added.connect(self._add_check)
        self.checks.toggled.connect(lambda key, done: page.command(events.tick_check, (key,), done))
        self.checks.edited.connect(lambda key, text: page.command(events.update_check, key, text))
        self.checks.removed.connect(lambda key: page.command(events.delete_check, (key,), say="Deleted a line"))
        self.checks.moved.connect(lambda key, place: page.command(events.move_check, key, place))
        self.add(Box(self.checks, spacing=0))
        self._plan_heading = self.add_heading("After it ends", link="Choose")
        self._plan_heading.link_activated.connect(self._choose_plan)
        self._plan = Paragraph("", small=True, style="mute")
        self.add(Box(self._plan))
        self.add_heading("Notes")
        self.notes = MarkdownText("Notes on the event", placeholder="Travel, badge, dinner, who to ask for", lines=2)
        self.notes.committed.connect(partial(self._save, "notes", self.notes))
        self.add(Box(self.notes))

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event."""
        if self._sheet is not None and self._sheet.id != sheet.id:
            self.flush()
        self._sheet = sheet
        self.aim.set_text(sheet.details.aim)
        self.notes.set_text(sheet.details.notes)
        self.pitch.show_sheet(sheet)
        self.pitch.setVisible(sheet.file.pitch is not None or sheet.details.kind not in PERSONAL)
        checklist = sheet.file.checklist
        done = sum(item.done for item in checklist)
        self._checks_heading.set_text("Before you go", f"{done} / {len(checklist)}" if checklist else "")
        self.checks.set_items([CheckItem(item.id, item.text, item.done) for item in checklist])
        plan = sheet.plan
        if plan is None:
            self._plan.set_text("No plan chosen. With one, nobody you meet is forgotten.")
        else:
            self._plan.set_parts(
                [("Follow-up plan ", "mute"), (plan.name, "strong"), (f": {presenting.plan_words(plan)}.", "mute")]
            )

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.aim.flush()
        self.notes.flush()
        self.pitch.text.flush()
        self.checks.flush()

    def _save(self, what: str, field: AutosaveText | MarkdownText, text: str) -> None:
        if self._sheet is None:
            return
        stored = self._sheet.details.aim if what == "aim" else self._sheet.details.notes

        def failed(error: Exception) -> None:
            field.failed(stored)
            self._page.tell(error)

        set_text = partial(self._ctx.planner.events.set_text, self._sheet.id)
        command: Callable[[], Changes] = partial(set_text, **{what: text})
        self._page.command(command, failed=failed)

    def _add_check(self, text: str) -> None:
        if self._sheet is not None:
            self._page.command(self._ctx.planner.events.add_check, self._sheet.id, text)

    def _choose_plan(self) -> None:
        if self._sheet is None or self._plan_heading.link is None:
            return
        set_plan = self._ctx.planner.events.set_plan
        chosen = self._sheet.details.plan_id
        event_id = self._sheet.id
        items: list[MenuItem | None] = [
            MenuItem(plan.name, partial(self._page.command, set_plan, event_id, plan.id), checked=plan.id == chosen)
            for plan in self._sheet.plans
        ]
        items.append(None)
        items.append(MenuItem("No plan", partial(self._page.command, set_plan, event_id, None), checked=chosen is None))
        open_menu(self._plan_heading.link, items)
