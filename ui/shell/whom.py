"""Asks whom something is for, where the page that is shown is about nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.relations.records import PersonRef
from ui.links import Link
from ui.widgets.form_panel import FormPanel
from ui.widgets.people_field import PeopleField

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.main_window import MainWindow


class WhomPanel(FormPanel):
    """Goes on to that person's page, with the part of it that was asked for, as soon as somebody is chosen."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Whom it is for", save="Go on")
        self._ctx = ctx
        self._part = ""
        self.people = PeopleField("Whom", lambda text: ctx.planner.contact_queries.names(text, 8))
        self.people.changed.connect(self._chosen)
        self.form.add("Whom", self.people)

    @classmethod
    def open_over(cls, window: MainWindow, heading: str, part: str) -> None:
        """Ask under this heading; `part` is the part of links to people that is followed then."""
        if window.ctx is None:
            return
        panel = window.findChild(cls)
        if panel is None or panel._ctx is not window.ctx:
            panel = cls(window, window.ctx)
        panel._part = part
        panel.heading.set_text(heading)
        panel.people.set_people(())
        panel.people.line.clear()
        panel.say("")
        panel.open_panel()

    def first_focus(self) -> QWidget:
        return self.people.line

    def _chosen(self, people: tuple[PersonRef, ...]) -> None:
        if people and self.isVisible():
            self.accept()
            self._ctx.navigate(Link("contact", people[0].id, self._part))

    def _save(self) -> None:
        self.people.flush()
        if self.isVisible() and not self.people.people:
            self.say("Name somebody who is among your people.")
