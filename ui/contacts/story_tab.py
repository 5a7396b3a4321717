"""What happened between you and someone, newest first, and a line to log more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.quick_entry.records import Understanding
from planner.relations.story import StoryEntry, StoryKind
from ui.contacts.columns import TwoColumns
from ui.contacts.entry_menu import more_button
from ui.contacts.person_data import PersonData
from ui.contacts.slot import Slot
from ui.contacts.story_aside import StoryAside
from ui.contacts.words import STORY_TONES
from ui.context import Link, UiContext
from ui.day_words import day_words, exact_day, exact_moment
from ui.quick_entry.wording import chips as understood_chips
from ui.quick_entry.wording import done_words, missing_words
from ui.theme import applied
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.fields import EntryLine
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.menu import MenuItem
from ui.widgets.pane import Pane

#: Entries shown before "Show more" is pressed.
FIRST_ENTRIES = 40


class StoryTab(Pane):
    """`edit_asked(id)` asks to edit a logged interaction."""

    edit_asked = Signal(int)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx = ctx
        self._data: PersonData | None = None
        self._shown = FIRST_ENTRIES
        self._serial = 0
        main = QWidget()
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        self.entry = EntryLine(
            "Log what happened",
            "Log a call, a note, a promise…  try “coffee yesterday”",
        )
        self.entry.setFixedHeight(applied().px(20) + 24)
        self.entry.submitted.connect(self._submit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._understand)
        self.entry.textEdited.connect(lambda _text: self._pause.start())
        self._understood = QWidget()
        self._understood_chips = FlowLayout(self._understood, gap=4)
        self._understood.hide()
        self._timeline = Slot()
        left.addWidget(self.entry)
        left.addWidget(self._understood)
        left.addLayout(self._timeline)
        left.addStretch(1)
        self.aside = StoryAside(ctx)
        self._columns = TwoColumns(main, self.aside, narrow=640, width=280)
        self.add(self._columns)

    def show_person(self, data: PersonData) -> None:
        """Show somebody's story."""
        other = self._data is None or self._data.contact.id != data.contact.id
        if other:
            self._shown = FIRST_ENTRIES
            self.verticalScrollBar().setValue(0)
            if self.entry.text():
                self._pause.start()
        unchanged = not other and self._data is not None and self._data.story == data.story
        self._data = data
        if not unchanged:
            self._show_timeline()
        self.aside.show_person(data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(event.size().width())

    def start_logging(self, words: str = "") -> None:
        """Put the caret where something is logged, behind the words it begins with."""
        self.verticalScrollBar().setValue(0)
        if words and not self.entry.text():
            self.entry.setText(words)
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_timeline(self) -> None:
        assert self._data is not None
        entries = self._data.story
        today = self._ctx.clock.today()
        shown: list[QWidget | int] = []
        for month, group in groupby(entries[: self._shown], key=lambda entry: (entry.on.year, entry.on.month)):
            shown.append(Heading(month_words(date(*month, 1), today)))
            shown += [self._box(entry, today) for entry in group]
            shown.append(4)
        if len(entries) > self._shown:
            more = Button(f"Show {min(len(entries) - self._shown, 200):,} more")
            more.clicked.connect(self._show_more)
            shown.append(more)
        if not entries:
            said = f"Nothing logged with {self._data.contact.name} yet. Write above what happened, in your own words."
            shown.append(Paragraph(said, style="mute"))
        self._timeline.put(shown)

    def _box(self, entry: StoryEntry, today: date) -> Box:
        box = Box(spacing=3)
        headline = " · ".join(part for part in (day_words(entry.on, today), entry.headline) if part)
        if entry.others and entry.kind is not StoryKind.INTRODUCTION:  # whose headline names them
            headline += " · with " + ", ".join(person.name for person in entry.others[:4])
        label = Label(headline[:1].upper() + headline[1:], "small_muted", elide=True)
        exact = exact_moment(self._ctx.clock.local(entry.at)) if entry.at is not None else exact_day(entry.on)
        label.setToolTip(exact)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(label, 1)
        if entry.private:
            line.addWidget(Chip("private"))
        if (items := self._menu_items(entry)) is not None:
            line.addWidget(more_button(headline, items))
        box.add(line)
        if entry.text:
            box.add(Paragraph(entry.text))
        if entry.chips:
            holder = QWidget()
            flow = FlowLayout(holder, gap=4)
            for chip in entry.chips:
                flow.addWidget(Chip(chip.text, STORY_TONES[chip.tone]))
            box.body.addSpacing(3)
            box.add(holder)
        return box

    def _menu_items(self, entry: StoryEntry) -> Sequence[MenuItem | None] | None:
        relations = self._ctx.planner.relations
        delete = {
            StoryKind.INTERACTION: lambda: relations.delete_interaction(entry.id),
            StoryKind.EXCHANGE: lambda: relations.delete_exchanges((entry.id,)),
            StoryKind.PROMISE: lambda: relations.delete_promises((entry.id,)),
            StoryKind.MILESTONE: lambda: relations.delete_milestones((entry.id,)),
            StoryKind.INTRODUCTION: lambda: relations.delete_introductions((entry.id,)),
        }.get(entry.kind)
        items: list[MenuItem | None] = []
        if entry.kind is StoryKind.INTERACTION:
            items.append(MenuItem("Edit…", partial(self.edit_asked.emit, entry.id), icon="pencil"))
        if entry.event_id is not None:
            link = Link("event", entry.event_id)
            items.append(MenuItem("Open the event", partial(self._ctx.navigate, link), icon="map-pin"))
        if delete is not None:
            items.append(MenuItem("Delete", partial(self._delete, delete), icon="trash-2"))
        return items or None

    def _delete(self, command: object) -> None:
        self._ctx.tasks.command(command, done=self._deleted)  # type: ignore[arg-type]  # either command

    def _deleted(self, changes: Changes) -> None:
        if changes:
            self._ctx.toast("Deleted the entry", undo=True)

    def _show_more(self) -> None:
        self._shown += 200
        self._show_timeline()

    def _understand(self) -> None:
        text = self.entry.text().strip()
        if not text or self._data is None:
            self._understood.hide()
            return
        entry, contact_id = self._ctx.planner.quick_entry, self._data.contact.id
        self._ctx.tasks.query(
            lambda: entry.understand(text, entry.context((contact_id,))),
            self._show_understood,
            key=(id(self), "understand"),
        )

    def _show_understood(self, said: Understanding) -> None:
        clear_layout(self._understood_chips)
        for chip in understood_chips(said):
            shown = Chip(chip.text, chip.tone)
            if chip.tip:
                shown.setToolTip(chip.tip)
            self._understood_chips.addWidget(shown)
        if missing := missing_words(said):
            self._understood_chips.addWidget(Label(missing, "small_muted"))
        self._understood.setVisible(bool(self.entry.text().strip()))

    def _submit(self, text: str) -> None:
        if self._data is None:
            return
        entry, contact_id = self._ctx.planner.quick_entry, self._data.contact.id
        self._pause.stop()
        self._ctx.tasks.query(
            lambda: entry.understand(text, entry.context((contact_id,))), self._save, key=(id(self), "save")
        )

    def _save(self, said: Understanding) -> None:
        if said.missing:
            self._show_understood(said)
            return
        self._ctx.tasks.command(self._ctx.planner.quick_entry.save, said, done=self._saved)

    def _saved(self, changes: Changes) -> None:
        self.entry.accept()
        self._understood.hide()
        self._ctx.toast(done_words(changes.label), undo=True)


def month_words(month: date, today: date) -> str:
    """A month as a heading: "June", "June 2024" in another year."""
    name = QLocale().standaloneMonthName(month.month, QLocale.FormatType.LongFormat)
    return name if month.year == today.year else f"{name} {month.year}"
