"""Beside the story: what is next, what to remember, who connected you, and how steady it has been."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.relations.drafts import MilestoneDraft
from planner.relations.records import Introduction
from ui.contacts.celebrate_line import CelebrateLine
from ui.contacts.person_data import PersonData
from ui.contacts.slot import Slot
from ui.context import Link, UiContext
from ui.day_words import due_words
from ui.quick_entry.days import past_day
from ui.theme import applied
from ui.widgets.bars import Bars
from ui.widgets.box import Box
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph, Part, PartStyle
from ui.widgets.notes import AutosaveText

#: Follow-ups shown before "and 3 more".
_NEXT = 3


class StoryAside(QWidget):
    """Next, Remember, Connected through, Rhythm."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._id: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        heading = Heading("Next", link="Add")
        heading.link_activated.connect(self._add_next)
        column.addWidget(heading)
        self._next = Slot()
        column.addLayout(self._next)
        self.celebrate = CelebrateLine(past_day(ctx))
        self.celebrate.noted.connect(self._celebrate)
        column.addWidget(self.celebrate)
        column.addSpacing(4)
        self._remember_heading = Heading("Remember")
        column.addWidget(self._remember_heading)
        self.remember = AutosaveText("Remember", placeholder="Family, likes, what to keep off", lines=2)
        self.remember.setFont(applied().font("small"))
        self.remember.committed.connect(self._save_remember)
        self.remember.state_changed.connect(lambda word: self._remember_heading.set_text("Remember", word))
        column.addWidget(Box(self.remember))
        column.addSpacing(4)
        self._through_heading = Heading("Connected through")
        column.addWidget(self._through_heading)
        self._through = Paragraph(small=True)
        self._through.link_activated.connect(lambda id: self._ctx.navigate(Link("contact", int(id))))
        self._through_box = Box(self._through)
        column.addWidget(self._through_box)
        column.addSpacing(4)
        column.addWidget(Heading("Rhythm"))
        self.bars = Bars("Times in touch, month by month")
        self._rhythm = Label("", "small_muted")
        column.addWidget(Box(self.bars, self._rhythm))
        column.addStretch(1)

    def show_person(self, data: PersonData) -> None:
        """Show what belongs to somebody."""
        if self._id != data.contact.id:
            self.remember.flush()
            self._remember_heading.set_text("Remember", "")
        self._id = data.contact.id
        self._show_next(data)
        self.celebrate.show_person(data.contact.id, self._ctx.clock.today())
        self.remember.set_text(data.contact.details.remember)
        self._show_through(data)
        counts = [month.interactions for month in data.months]
        names = [QLocale().standaloneMonthName(month.month, QLocale.FormatType.LongFormat) for month in data.months]
        self.bars.set_values(counts, labels=names)
        total = sum(counts)
        times = "once" if total == 1 else f"{total} times" if total else "not yet"
        self._rhythm.set_text(f"{len(counts)} months · in touch {times}")

    def _show_next(self, data: PersonData) -> None:
        shown: list[QWidget] = []
        today = self._ctx.clock.today()
        for one in data.followups[:_NEXT]:
            due = due_words(one.details.due_on, today)
            late = one.details.due_on < today
            why = one.details.why or one.event_title
            title = Paragraph()
            title.set_parts([(one.details.title, "strong", str(one.id))])
            title.link_activated.connect(lambda id: self._ctx.navigate(Link("followup", int(id))))
            words = Paragraph(small=True)
            parts: list[Part] = [(due, "bad" if late else "mute")]
            if why:
                parts.append((f" · {why}", "mute"))
            words.set_parts(parts)
            shown.append(Box(title, words))
        if len(data.followups) > _NEXT:
            shown.append(Label(f"and {len(data.followups) - _NEXT} more", "small_muted"))
        if not data.followups:
            shown.append(Box(Paragraph("Nothing planned.", small=True, style="mute")))
        self._next.put(shown)

    def _show_through(self, data: PersonData) -> None:
        lines = [words for one in data.introductions if (words := _introduction_words(one, data.contact.id))]
        parts: list[Part] = []
        for at, (before, name, id, after, style) in enumerate(lines[:6]):
            parts.append((("\n" if at else "") + before, style))
            parts.append((name, "accent", str(id)))
            if after:
                parts.append((after, style))
        self._through.set_parts(parts)
        self._through_heading.setVisible(bool(parts))
        self._through_box.setVisible(bool(parts))

    def _save_remember(self, text: str) -> None:
        if self._id is not None:
            edit = partial(self._ctx.planner.contacts.edit, self._id, remember=text)
            self._ctx.tasks.command(edit)

    def _celebrate(self, draft: MilestoneDraft) -> None:
        def done(changes: Changes) -> None:
            self.celebrate.accept()
            planned = bool(changes.created.get("followup"))
            self._ctx.toast("Noted, with a follow-up to congratulate" if planned else "Noted in their story", undo=True)

        self._ctx.tasks.command(self._ctx.planner.relations.add_milestone, draft, done=done)

    def _add_next(self) -> None:
        if self._id is not None:
            self._ctx.navigate(Link("followups", self._id, "new"))


def _introduction_words(one: Introduction, contact_id: int) -> tuple[str, str, int, str, PartStyle] | None:
    """(words before, name, its id, words after, style), as seen from this contact's page."""
    if one.introducer is not None:
        if one.introducer.id == contact_id:
            return ("Introduced you to ", one.a.name, one.a.id, "", "ink") if one.b is None else None
        return "Introduced by ", one.introducer.name, one.introducer.id, "", "ink"
    if one.made_on is None or one.b is None:
        return None
    other = one.b if one.a.id == contact_id else one.a
    return "You introduced them to ", other.name, other.id, "", "mute"
