"""What you know of someone before you meet: research, and what is prepared for the events to come."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.events.records import PreparationItem, PreparationKind, Wish
from ui.contacts.columns import TwoColumns
from ui.contacts.person_data import Meeting, PersonData
from ui.contacts.slot import Slot
from ui.context import Link, UiContext
from ui.day_words import range_words
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph, Part
from ui.widgets.notes import MarkdownText
from ui.widgets.pane import Pane

_KINDS = {
    PreparationKind.COMMON_GROUND: "Common ground",
    PreparationKind.TALKING_POINT: "Talking points",
    PreparationKind.QUESTION: "Questions",
    PreparationKind.UPDATE: "Updates to give",
    PreparationKind.FEEDBACK: "Feedback to ask",
    PreparationKind.EXPECTATION: "Expectations agreed",
}


class PrepareTab(Pane):
    """Research at the left, the coming meetings at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx = ctx
        self._id: int | None = None
        main = QWidget()
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        self._heading = Heading("Research")
        self.research = MarkdownText(
            "Research notes",
            placeholder="What they work on, talks, articles, what you have in common. Markdown works.",
            lines=10,
        )
        self.research.committed.connect(self._save)
        self.research.state_changed.connect(lambda word: self._heading.set_text("Research", word))
        left.addWidget(self._heading)
        left.addWidget(Box(self.research))
        self._boundary_heading = Heading("To respect")
        self._boundary = Paragraph()
        self._boundary_box = Box(self._boundary)
        left.addSpacing(4)
        left.addWidget(self._boundary_heading)
        left.addWidget(self._boundary_box)
        left.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self._meetings = Slot()
        column.addLayout(self._meetings)
        column.addStretch(1)
        self._columns = TwoColumns(main, right, narrow=640, width=320)
        self.add(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(event.size().width())

    def show_person(self, data: PersonData) -> None:
        """Show what is prepared for somebody."""
        if self._id != data.contact.id:
            self.research.flush()
            self._heading.set_text("Research", "")
        self._id = data.contact.id
        self.research.set_text(data.contact.details.research)
        self._show_boundary(data)
        shown: list[QWidget] = [Heading("Coming up"), *(self._box(meeting) for meeting in data.meetings[:6])]
        if not data.meetings:
            nothing = Box(
                Paragraph(
                    "No event ahead with them. Add them to one to prepare what to say and ask.",
                    small=True,
                    style="mute",
                )
            )
            button = Button("Open events")
            button.clicked.connect(lambda: self._ctx.navigate(Link("events")))
            nothing.body.addSpacing(4)
            nothing.add(button)
            shown.append(nothing)
        self._meetings.put(shown)

    def _box(self, meeting: Meeting) -> Box:
        event, attendance = meeting.event, meeting.attendance
        box = Box(spacing=3)
        title = Paragraph()
        title.set_parts([(event.details.title, "strong")])
        box.add(title)
        days = range_words(event.first_day, event.last_day, self._ctx.clock.today())
        box.add(Label(" · ".join(part for part in (days, event.details.place) if part), "small_muted", elide=True))
        line = QHBoxLayout()
        line.setSpacing(4)
        if attendance.wish is not Wish.NONE:
            must = attendance.wish is Wish.MUST
            line.addWidget(Chip("must meet" if must else "would like", Tone.ACCENT if must else Tone.NEUTRAL))
        ready = attendance.readiness
        missing = "ready" if ready.ready else f"missing: {', '.join(ready.missing[:2])}"
        line.addWidget(Chip(missing, Tone.OK if ready.ready else Tone.WARN))
        line.addStretch(1)
        box.body.addSpacing(3)
        box.add(line)
        items = sorted(attendance.items, key=lambda item: list(PreparationKind).index(item.kind))
        for kind, group in groupby(items, key=lambda item: item.kind):
            box.body.addSpacing(4)
            box.add(Label(_KINDS[kind], "heading"))
            for item in group:
                box.add(_line(item))
        button = Button("Prepare" if items else "Start preparing")
        button.clicked.connect(partial(self._ctx.navigate, Link("event", event.id, "prepare")))
        box.body.addSpacing(6)
        box.add(button)
        return box

    def _show_boundary(self, data: PersonData) -> None:
        boundary = data.contact.details.boundary
        parts = []
        if boundary.preferred_channel:
            parts.append(f"Prefers {boundary.preferred_channel}")
        if boundary.hours_from:
            parts.append(f"{boundary.hours_from} to {boundary.hours_to} their time")
        if boundary.topics_off:
            parts.append(f"Keep off: {boundary.topics_off}")
        if boundary.no_asks:
            parts.append("No asks")
        if boundary.expectations:
            parts.append(f"Agreed: {boundary.expectations}")
        self._boundary.set_text("\n".join(parts))
        self._boundary_heading.setVisible(bool(parts))
        self._boundary_box.setVisible(bool(parts))

    def _save(self, text: str) -> None:
        if self._id is not None:
            self._ctx.tasks.command(partial(self._ctx.planner.contacts.edit, self._id, research=text))


def _line(item: PreparationItem) -> Paragraph:
    words = Paragraph(small=True)
    parts: list[Part] = [("✓ " if item.done else "· ", "mute"), (item.text, "mute" if item.done else "ink")]
    if item.answer:
        parts.append((f" – {item.answer}", "mute"))
    words.set_parts(parts)
    return words
