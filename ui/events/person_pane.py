"""The middle of Prepare: one person, what is known of them and what is prepared."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.events import readiness
from planner.events.records import Attendance, BankQuestion, PreparationItem, PreparationKind, Wish
from ui.context import Link, UiContext
from ui.events import presenting
from ui.events.loading import EventSheet
from ui.page import Page
from ui.theme_tokens import Tone
from ui.widgets.avatar import Avatar
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button, IconButton
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.chip import Chip, ChipButton
from ui.widgets.fields import LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import MarkdownText
from ui.widgets.pane import Pane
from ui.widgets.row_data import ChipData
from ui.widgets.tags import TagEditor

_ADD = {
    PreparationKind.COMMON_GROUND: "+ add",
    PreparationKind.TALKING_POINT: "Add a talking point",
    PreparationKind.QUESTION: "Add a question",
    PreparationKind.UPDATE: "Add an update",
    PreparationKind.FEEDBACK: "Add what you want to hear about",
    PreparationKind.EXPECTATION: "Add what you agree on",
}

#: More letters or chips than this would push what is prepared off the screen; tool tips have the rest.
_MOST_WORDS, _MOST_CHIPS = 96, 6


class PersonPane(QWidget):
    """Shows and edits one attendance. `menu_asked(attendance id, button)` wants its menu."""

    menu_asked = Signal(int, object)

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._person: Attendance | None = None
        self._sheet: EventSheet | None = None
        self._kinds: tuple[PreparationKind, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = _Head()
        self._head.open_contact.clicked.connect(self._open_contact)
        self._head.more.clicked.connect(self._ask_menu)
        self._head.wish_clicked.connect(self.toggle_wish)
        self.note = self._head.note
        self.note.committed.connect(self._save_note)
        column.addWidget(self._head)
        column.addWidget(Rule())
        self._pane = Pane()
        column.addWidget(self._pane, 1)
        self.research = MarkdownText("Research notes", placeholder="What have they done, written, said?", lines=2)
        self.research.committed.connect(self._save_research)
        self.lists: dict[PreparationKind, CheckList] = {}
        self.ground: TagEditor | None = None

    @property
    def attendance_id(self) -> int | None:
        """Whose pane it is now."""
        return self._person.id if self._person else None

    def show_person(self, sheet: EventSheet, person: Attendance | None) -> None:
        """Show somebody, or the same person as they are now."""
        if self._person is not None and (person is None or person.id != self._person.id):
            self.flush()
        other = self._person is None or person is None or self._person.id != person.id
        self._sheet, self._person = sheet, person
        self.setVisible(person is not None)
        if person is None:
            return
        self._head.show_person(person, sheet)
        kinds = readiness.sections(sheet.details.kind, person.roles)
        if other or kinds != self._kinds:
            self._kinds = kinds
            self._build(person)
        self._fill(person)

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.note.flush()
        self.research.flush()
        for each in self.lists.values():
            each.flush()

    def toggle_wish(self) -> None:
        """Must meet, or would like to."""
        if self._person is not None:
            wish = Wish.WOULD if self._person.wish is Wish.MUST else Wish.MUST
            self._page.command(self._ctx.planner.events.people.update, (self._person.id,), wish=wish)

    def ask_the_bank(self, button: QWidget) -> None:
        """Offer questions that suit this person."""
        if self._person is not None:
            bank = self._ctx.planner.event_queries.question_bank
            id = self._person.id
            self._page.query(lambda: bank(id), partial(self._offer, button), key="bank")

    # -----------------------------------------------------------------------------------------------------------------

    def _build(self, person: Attendance) -> None:
        """Make the sections anew: they differ by the kind of talk and the person's roles."""
        self.research.setParent(None)
        self._pane.clear()
        self.lists, self.ground = {}, None
        # A field of its own for each person: what is being typed must never end up with somebody else.
        self.research = MarkdownText(
            "Research notes", person.research, placeholder="What have they done, written, said?", lines=2
        )
        contact_id = person.contact_id
        self.research.committed.connect(partial(self._save_research_of, contact_id))
        standing = readiness.has_standing_sections(self._sheet.details.kind, person.roles) if self._sheet else False
        for kind in () if not standing else self._kinds:
            self._section(kind)
        head = self._pane.add_heading("Research notes", "Markdown · saved")
        self.research.state_changed.connect(lambda word: head.set_text("Research notes", f"Markdown · {word}"))
        self._pane.add(Box(self.research))
        for kind in () if standing else self._kinds:
            self._section(kind)
        self._pane.body.addStretch(1)

    def _section(self, kind: PreparationKind) -> None:
        title = readiness.TITLES[kind]
        if kind is PreparationKind.COMMON_GROUND:
            self._pane.add_heading(title)
            self.ground = TagEditor(title, tone=Tone.ACCENT)
            self.ground.added.connect(partial(self._add, kind))
            self.ground.removed.connect(self._remove_ground)
            self._pane.add(self.ground)
            return
        bank = kind is PreparationKind.QUESTION
        heading = self._pane.add_heading(title, link="Ideas" if bank else "")
        if bank and heading.link is not None:
            link = heading.link
            heading.link_activated.connect(lambda: self.ask_the_bank(link))
        items = CheckList(title, _ADD[kind])
        people = self._ctx.planner.events.people
        items.added.connect(partial(self._add, kind))
        items.toggled.connect(lambda key, done: self._page.command(people.tick_items, (key,), done))
        items.edited.connect(lambda key, text: self._page.command(people.update_item, key, text=text))
        items.removed.connect(lambda key: self._page.command(people.delete_items, (key,), say="Deleted a line"))
        items.moved.connect(lambda key, place: self._page.command(people.move_item, key, place))
        self.lists[kind] = items
        self._pane.add(Box(items, spacing=0))

    def _fill(self, person: Attendance) -> None:
        self.research.set_text(person.research)
        for kind, view in self.lists.items():
            view.set_items([CheckItem(item.id, item.text, item.done, item.answer) for item in _of(person, kind)])
        if self.ground is not None:
            self.ground.set_tags(item.text for item in _of(person, PreparationKind.COMMON_GROUND))

    def _add(self, kind: PreparationKind, text: str) -> None:
        if self._person is not None:
            self._page.command(self._ctx.planner.events.people.add_item, self._person.id, kind, text)

    def _remove_ground(self, text: str) -> None:
        if self._person is not None:
            ids = [item.id for item in _of(self._person, PreparationKind.COMMON_GROUND) if item.text == text]
            self._page.command(self._ctx.planner.events.people.delete_items, ids, say=f"Removed “{text}”")

    def _offer(self, button: QWidget, bank: tuple[BankQuestion, ...]) -> None:
        add = partial(self._add, PreparationKind.QUESTION)
        items = [MenuItem(question.text, partial(add, question.text)) for question in bank[:14]]
        if items:
            open_menu(button, items)

    def _save_research(self, text: str) -> None:
        if self._person is not None:
            self._save_research_of(self._person.contact_id, text)

    def _save_research_of(self, contact_id: int, text: str) -> None:
        field = self.research
        self._page.command(
            self._ctx.planner.events.people.set_research,
            contact_id,
            text,
            failed=lambda error: self._unsaved(field, error),
        )

    def _unsaved(self, field: MarkdownText, error: Exception) -> None:
        from planner.errors import UserError

        field.failed()
        if isinstance(error, UserError):
            self._ctx.tasks.user_error.emit(error)

    def _save_note(self, text: str) -> None:
        if self._person is not None:
            self._page.command(self._ctx.planner.events.people.update, (self._person.id,), note=text)

    def _open_contact(self) -> None:
        if self._person is not None:
            self._ctx.navigate(Link("contact", self._person.contact_id))

    def _ask_menu(self) -> None:
        if self._person is not None:
            self.menu_asked.emit(self._person.id, self._head.more)


class _Head(QWidget):
    """Picture, name, who they are, chips, and the way to the contact."""

    wish_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "pane")
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 16, 20, 16)
        line.setSpacing(14)
        self._avatar = Avatar(big=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = Label("", "subtitle", elide=True)
        self._line = Paragraph("", small=True, style="mute")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.wish = ChipButton("")
        self.note = LineField("Note", placeholder="How you know of them, where to find them")
        self.note.setProperty("look", "plain")
        self.note.setProperty("role", "small")
        self.note.setTextMargins(-2, 0, 0, 0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        words.addWidget(self.note)
        words.addSpacing(4)
        words.addWidget(self._chips)
        self.open_contact = Button("Open contact")
        self.more = IconButton("ellipsis", "More")
        line.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.open_contact, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def show_person(self, person: Attendance, sheet: EventSheet) -> None:
        self._avatar.show_person(person.name or "?", sheet.photo(person))
        self._name.set_text(person.name)
        parts = [presenting.line_of(person)]
        parts += [presenting.speaks_words(item, sheet.file.zone) for item in person.sessions[:2]]
        words = " · ".join(part for part in parts if part)
        self._line.set_text(words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS].rstrip()}…")
        self._line.setToolTip(words if len(words) > _MOST_WORDS else "")
        self._line.setVisible(bool(words))
        self.note.set_text(person.note)
        had_focus = self.wish.hasFocus()
        clear_layout(self._flow)
        self.wish = self._wish_chip(person)
        if had_focus:
            self.wish.setFocus()
        found = presenting.person_chips(person)
        more = [ChipData(f"+{len(found) - _MOST_CHIPS + 1}")] if len(found) > _MOST_CHIPS else []
        for chip in (*found[: _MOST_CHIPS - len(more)], *more):
            made = Chip(chip.text, chip.tone)
            if chip in more:
                made.setToolTip(", ".join(each.text for each in found[_MOST_CHIPS - 1 :]))
            self._flow.addWidget(made)
            made.show()
        self._chips.updateGeometry()

    def _wish_chip(self, person: Attendance) -> ChipButton:
        must = person.wish is Wish.MUST
        chip = ChipButton(presenting.wish_words(person.wish), Tone.WARN if must else Tone.NEUTRAL)
        chip.setToolTip("Would like to meet" if must else "Must meet")
        chip.clicked.connect(self.wish_clicked)
        self._flow.addWidget(chip)
        chip.show()
        return chip


def _of(person: Attendance, kind: PreparationKind) -> list[PreparationItem]:
    return [item for item in person.items if item.kind is kind]
