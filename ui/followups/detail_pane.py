"""One follow-up: why now, the message, the calendar, and what went before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from planner.calendars.records import Standing
from planner.followups.messages import Message
from planner.followups.queueing import QueueEntry
from planner.followups.records import FollowUpKind, Template
from planner.relations.boundaries import Caution, cautions
from planner.relations.story import StoryEntry
from planner.settings.records import Settings
from ui.context import Link, UiContext
from ui.day_words import ago_words
from ui.followups import presenting
from ui.followups.days import say_day
from ui.followups.message_box import MessageBox
from ui.followups.presenting import Photo
from ui.widgets.avatar import Avatar
from ui.widgets.box import Box
from ui.widgets.button import Button, IconButton
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.mind import mind_parts
from ui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Detail:
    """What the pane shows besides the queue's own entry."""

    id: int
    message: Message
    fault: str
    template: Template | None
    templates: tuple[Template, ...]
    standing: Standing | None
    settings: Settings
    before: tuple[StoryEntry, ...]
    cautions: tuple[Caution, ...] = ()


def load(ctx: UiContext, id: int, contact_id: int | None) -> Detail:
    """Ask for all of it. Called off the main thread."""
    from planner.errors import NotFound
    from planner.followups.messages import TemplateFault

    queries = ctx.planner.followup_queries
    fault = ""
    template = queries.template_for(id)
    try:
        message = queries.message(id, say_day)
    except TemplateFault as error:
        message, fault = Message("", ""), str(error.explain().what)
    kind = queries.get(id).details.kind
    templates = sorted(queries.templates(), key=lambda each: (each.kind is not kind, each.name))
    before: tuple[StoryEntry, ...] = ()
    if contact_id is not None:
        try:
            before = ctx.planner.relation_queries.story(contact_id, 4)
        except NotFound:
            before = ()
    standing = ctx.planner.calendars.standing((id,)).get(id)
    mind = _cautions(ctx, contact_id, kind)
    return Detail(id, message, fault, template, tuple(templates), standing, ctx.planner.settings.get(), before, mind)


def _cautions(ctx: UiContext, contact_id: int | None, kind: FollowUpKind) -> tuple[Caution, ...]:
    """What to respect before writing to them."""
    from planner.errors import NotFound

    if contact_id is None:
        return ()
    try:
        contact = ctx.planner.contact_queries.get(contact_id)
    except NotFound:
        return ()
    clock, details = ctx.clock, contact.details
    return cautions(
        details.given or contact.name,
        details.boundary,
        details.time_zone,
        clock.now(),
        clock.today(),
        own=clock.zone,
        asking=kind in (FollowUpKind.REQUEST, FollowUpKind.INTRODUCTION, FollowUpKind.INVITE),
    )


class DetailPane(QWidget):
    """`acted(word)` for a button ("write", "done", "snooze", "drop", "change", "copy", "save", "person").

    `written(id, subject, body)` for the message, `template_chosen(id, template_id)`.
    """

    acted = Signal(str)
    written = Signal(int, str, str)
    template_chosen = Signal(int, int)

    def __init__(self, ctx: UiContext, photo: Photo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._photo = photo
        self._id: int | None = None
        self._contact: int | None = None
        self._stack = QStackedLayout(self)
        self._pane = Pane(spacing=8)
        self._empty = EmptyState("list-checks", "Nothing selected", "Choose a follow-up to see why it is there.")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._pane)
        self._build()

    @property
    def shown(self) -> int | None:
        """The id of the follow-up shown."""
        return self._id

    def show_entry(self, entry: QueueEntry | None) -> None:
        """Show what the queue knows of it at once; `show_detail` brings the rest."""
        if entry is None or entry.id != self._id:
            self.message.flush()
        self._id = entry.id if entry else None
        self._stack.setCurrentWidget(self._pane if entry else self._empty)
        if entry is None:
            return
        followup = entry.followup
        person = followup.people[0] if followup.people else None
        self._contact = person.id if person else None
        self._avatar.setVisible(person is not None)
        if person is not None:
            self._avatar.show_person(person.name, self._photo(person.photo))
        self._title.set_text(followup.details.title)
        work = ", ".join(part for part in (person.title, person.organisation) if part) if person else ""
        who = " and ".join(each.name for each in followup.people[:2]) + (" …" if len(followup.people) > 2 else "")
        self._who.set_text(" · ".join(part for part in (who, work if len(followup.people) == 1 else "") if part))
        self._who.setVisible(bool(followup.people))
        reason = entry.reason(say_day)
        self._reason.set_text(reason or "You planned it for this day.")

    def show_detail(self, detail: Detail, entry: QueueEntry) -> None:
        """Show the message, the calendar and what went before."""
        self.message.show_message(detail.message, detail.templates, detail.template)
        self.mind.setVisible(bool(detail.cautions))
        self.mind.set_parts(mind_parts(detail.cautions))
        self._fault.setVisible(bool(detail.fault))
        self._fault.set_text(detail.fault)
        head, chip, words = presenting.calendar_words(
            entry.followup, detail.standing, detail.settings, self._ctx.clock.today()
        )
        self._when.set_text(head)
        self._standing.set_text(chip.text, chip.tone)
        self._reminder.set_text(words)
        self._show_before(detail.before)
        has_mail = bool(detail.message.to)
        self.open_button.setToolTip("" if has_mail else "No email address is known; the message opens without one")
        # The message may bring the scroll bar, which narrows it, which makes it taller: settle that before it is seen.
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _build(self) -> None:
        self._avatar = Avatar(big=True)
        self._title = _Title()
        self._who = Paragraph(small=True, style="mute")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._who)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._pane.add(head)
        self._pane.add_heading("Why now")
        self._reason = Paragraph(small=True)
        self._pane.add(Box(self._reason))
        self.mind = Paragraph(small=True)
        self.mind.hide()
        self._pane.add(self.mind)
        self._fault = Paragraph(small=True, style="bad")
        self._fault.hide()
        self.message = MessageBox()
        self.message.written.connect(self._written)
        self.message.template_chosen.connect(self._template_chosen)
        self._pane.body.addSpacing(4)
        self._pane.add(self.message)
        self._pane.add(self._fault)
        self.open_button = Button("Open in mail", "primary")
        self.done_button = Button("Done")
        self.snooze_button = Button("Snooze")
        self.more_button = IconButton("ellipsis", "More")
        for button, word, key in (
            (self.open_button, "write", "E"),
            (self.done_button, "done", "D"),
            (self.snooze_button, "snooze", "S"),
        ):
            button.clicked.connect(partial(self.acted.emit, word))
            button.setToolTip(f"{button.text()} ({key})")
            button.setAccessibleDescription(f"Key: {key}")
        self.more_button.clicked.connect(self._open_more)
        self._pane.body.addSpacing(4)
        self._pane.add(row(self.open_button, self.done_button, self.snooze_button, None, self.more_button, spacing=6))
        calendar = self._pane.add_heading("In your calendar", link="Change")
        calendar.link_activated.connect(partial(self.acted.emit, "change"))
        self._when = Paragraph(small=True, style="strong")
        self._standing = Chip("")
        self._reminder = Paragraph(small=True, style="mute")
        box = Box()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._when, 1)
        line.addWidget(self._standing)
        box.add(line)
        box.add(self._reminder)
        self._pane.add(box)
        self._before_heading: Heading = self._pane.add_heading("Before", link="Story")
        self._before_heading.link_activated.connect(self._open_story)
        self._before = Paragraph(small=True, style="mute")
        self._pane.add(Box(self._before))

    def _show_before(self, entries: Sequence[StoryEntry]) -> None:
        today = self._ctx.clock.today()
        lines = []
        for entry in entries:
            day = say_day(entry.on) if abs((today - entry.on).days) < 300 else ago_words(entry.on, today)
            text = " ".join(entry.text.split())
            text = text if len(text) <= 60 else f"{text[:59].rstrip()}…"
            lines.append(" · ".join(part for part in (day, _lower(entry.headline), text) if part))
        self._before.set_text("\n".join(lines) or "You have not been in touch yet.")
        self._before_heading.set_link("Story" if self._contact is not None else "")

    def _written(self, subject: str, body: str) -> None:
        if self._id is not None:
            self.written.emit(self._id, subject, body)

    def _template_chosen(self, template_id: int) -> None:
        if self._id is not None:
            self.template_chosen.emit(self._id, template_id)

    def _open_more(self) -> None:
        items: list[MenuItem | None] = [
            MenuItem("Copy the message", partial(self.acted.emit, "copy"), "Ctrl+Shift+M", "copy"),
            MenuItem("Save as .eml…", partial(self.acted.emit, "save"), "", "save"),
            MenuItem("Propose times…", partial(self.acted.emit, "propose"), "", "clock"),
            MenuItem("Invite to the event…", partial(self.acted.emit, "invite"), "", "mail"),
            None,
            MenuItem("Change…", partial(self.acted.emit, "change"), "F2", "pencil"),
            MenuItem("Drop", partial(self.acted.emit, "drop"), "X", "x"),
        ]
        open_menu(self.more_button, items)

    def _open_story(self) -> None:
        if self._contact is not None:
            self._ctx.navigate(Link("contact", self._contact, "story"))


class _Title(Paragraph):
    """A heading that wraps instead of ending in dots."""

    def set_text(self, text: str) -> None:
        self.set_parts([(text, "strong")])

    def _render(self) -> None:
        super()._render()
        from ui.theme import applied

        self.setFont(applied().font("subtitle"))


def _lower(text: str) -> str:
    first = text.split(maxsplit=1)[0] if text else ""
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]
