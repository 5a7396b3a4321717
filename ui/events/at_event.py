"""At the event: one line logs whom you met, what they said and what was promised; beside it, who is still to meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.events import times
from planner.events.brief import chosen_sessions
from planner.events.records import Attendance, Outcome, PreparationKind, Session, Wish
from planner.quick_entry.records import Understanding
from planner.relations.records import PromiseSide
from ui.context import Link, UiContext
from ui.day_words import heading_words
from ui.events import presenting
from ui.events.agenda_list import AgendaList
from ui.events.loading import EventSheet
from ui.list_model import Section, SectionListModel
from ui.page import Page
from ui.quick_entry.wording import ChipSpec, chips, missing_words
from ui.theme_tokens import Tone
from ui.widgets.box import Box, Rule
from ui.widgets.check_list import CheckItem, CheckList
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import EntryLine
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.pane import Columns, Pane
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

#: A pause in typing after which the line is read anew.
_PAUSE_MS = 120

_MET = RowAction("met", "Met", "M", "primary")
_MISSED = RowAction("missed", "Missed", "X", "menu")
_NOT_MET = RowAction("not-met", "Not met after all", "U", "menu")
_OPEN = RowAction("open", "Open contact", "O", "menu")


class AtEvent(QWidget):
    """The second phase. Enter in the line logs; M on a person does so without words."""

    session_asked = Signal(object)

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._sheet: EventSheet | None = None
        self._about: int | None = None
        #: What the line says so far.
        self.understood: tuple[ChipSpec, ...] = ()
        columns = Columns(self._left(), self._middle(), self._right(), widths=(290, 0, 300))
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(columns)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read_now)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setProperty("frame", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.model = SectionListModel(parent=self)
        self.people = RowList("Still to meet", chips="right", uniform=False, multi=True)
        self.people.setModel(self.model)
        self.people.action_triggered.connect(self._act)
        self.people.current_changed.connect(self._chosen)
        self.people.opened.connect(lambda id: self._act("met", [id]))
        self.people.typed.connect(self._type_on)
        self.everybody = EmptyState("circle-check", "Nobody left to meet", "Log others in the line beside.")
        column.addWidget(self.people)
        column.addWidget(self.everybody)
        return left

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setProperty("frame", "pane")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget()
        head = QVBoxLayout(top)
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(8)
        head.addWidget(Heading("Whom did you meet?", "Enter logs"))
        self.line = EntryLine("Log a meeting", "Ingrid runs two pilots, promised to send the deck by Friday")
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.submitted.connect(self._submit)
        head.addWidget(self.line)
        self._understood = QWidget()
        self._flow = FlowLayout(self._understood)
        self._hint = Label("", "small_muted", elide=True)
        head.addWidget(self._understood)
        head.addWidget(self._hint)
        column.addWidget(top)
        column.addWidget(Rule())
        self.met_model = SectionListModel(parent=self)
        self.met = RowList("Met so far", uniform=False, chips="right")
        self.met.setModel(self.met_model)
        self.met.action_triggered.connect(self._act)
        self.met.opened.connect(lambda id: self._act("open", [id]))
        self.nobody = EmptyState("handshake", "Nobody met yet", "Type a name and what they said, and press Enter.")
        column.addWidget(self.met, 1)
        column.addWidget(self.nobody, 1)
        return middle

    def _right(self) -> QWidget:
        pane = Pane()
        self._points_heading = pane.add_heading("For the next talk")
        self.points = CheckList("For the next talk", read_only=True)
        tick = self._ctx.planner.events.people.tick_items
        self.points.toggled.connect(lambda key, done: self._page.command(tick, (key,), done))
        self._no_points = Paragraph("Choose somebody at the left to see what you prepared.", small=True, style="mute")
        pane.add(Box(self.points, self._no_points, spacing=0))
        self._pitch_heading = pane.add_heading("Your pitch")
        self._pitch = Paragraph("", small=True)
        self._pitch_box = Box(self._pitch)
        pane.add(self._pitch_box)
        self._agenda_heading = pane.add_heading("Agenda", link="Add")
        self._agenda_heading.link_activated.connect(lambda: self.session_asked.emit(None))
        self.agenda = AgendaList("Agenda of the day", with_day=False, padding=0)
        self.agenda.action_triggered.connect(self._act_on_session)
        self.agenda.opened.connect(self.session_asked)
        self.agenda.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._no_agenda = Paragraph("Nothing marked.", small=True, style="mute")
        pane.add(self.agenda)
        pane.add(self._no_agenda)
        pane.body.addStretch(1)
        return pane

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        super().hideEvent(event)

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event."""
        if self._sheet is not None and self._sheet.id != sheet.id:
            self.line.clear()
        self._sheet = sheet
        to_meet = [p for p in sheet.file.wanted if p.outcome is Outcome.UNKNOWN]
        must = [p for p in to_meet if p.wish is Wish.MUST]
        would = [p for p in to_meet if p.wish is Wish.WOULD]
        missed = [p for p in sheet.file.wanted if p.outcome is Outcome.MISSED]
        self.model.set_sections(
            (
                self._section("Must meet", must, (_MET, _MISSED, _OPEN)),
                self._section("Would like to meet", would, (_MET, _MISSED, _OPEN)),
                self._section("Missed", missed, (_MET, _NOT_MET, _OPEN)),
            )
        )
        self.people.setVisible(self.model.rowCount() > 0)
        self.everybody.setVisible(self.model.rowCount() == 0)
        met = [p for p in sheet.file.attendances if p.outcome is Outcome.MET]
        self.met_model.set_sections((Section(f"Met so far · {len(met)}", [self._met_row(p) for p in met]),))
        self.met.setVisible(bool(met))
        self.nobody.setVisible(not met)
        pitch = sheet.file.pitch
        self._pitch.set_text(pitch.text if pitch else "")
        self._pitch_heading.setVisible(bool(pitch and pitch.text))
        self._pitch_box.setVisible(bool(pitch and pitch.text))
        self._show_agenda()
        self._chosen(self.people.current_key)
        self.read_now()

    def _section(self, title: str, people: Sequence[Attendance], actions: tuple[RowAction, ...]) -> Section:
        rows = [(person.id, self._row(person, actions)) for person in people]
        return Section(f"{title} · {len(people)}", rows)

    def _row(self, person: Attendance, actions: tuple[RowAction, ...]) -> RowData:
        assert self._sheet is not None
        invitation = self._sheet.invitations.get(person.contact_id)
        photo = self._sheet.photo(person)
        data = presenting.person_row(person, self._sheet.file.zone, photo, actions, "at", invitation)
        return replace(data, chips=(), tip="")

    def _met_row(self, person: Attendance) -> tuple[int, RowData]:
        assert self._sheet is not None
        promises = [each for each in self._sheet.promises if each.contact.id == person.contact_id]
        mine = [each.text for each in promises if each.side is PromiseSide.MINE]
        theirs = [each.text for each in promises if each.side is PromiseSide.THEIRS]
        owed = [*(f"I owe: {text}" for text in mine), *(f"owes: {text}" for text in theirs)]
        muted = person.said.replace("\n", " · ") or presenting.line_of(person)
        return person.id, RowData(
            title=person.name,
            muted=muted,
            muted_tail=" · ".join(owed),
            tail_tone=Tone.WARN if mine else Tone.INFO,
            name=person.name or "?",
            photo=self._sheet.photo(person),
            actions=(_NOT_MET, _OPEN),
            tip="\n".join((person.said, *owed)).strip(),
        )

    def _show_agenda(self) -> None:
        assert self._sheet is not None
        file = self._sheet.file
        day = self._day()
        chosen = chosen_sessions(file.agenda, {person.contact_id for person in file.wanted})
        todays = [item for item in chosen if item.starts_at and item.starts_at.astimezone(file.zone).date() == day]
        self._agenda_heading.set_text(f"Agenda, {heading_words(day)}")
        self.agenda.show_sessions(todays, file.zone)
        self.agenda.setFixedHeight(self._agenda_height(todays))
        self.agenda.setVisible(bool(todays))
        self._no_agenda.setVisible(not todays)

    def _agenda_height(self, items: Sequence[Session]) -> int:
        return sum(self.agenda.sizeHintForRow(number) for number in range(len(items))) + 4

    def _day(self) -> date:
        """Today while the event is on, else its first day."""
        assert self._sheet is not None
        event = self._sheet.file.event
        today = self._ctx.clock.now().astimezone(times.zone_named(event.details.time_zone, self._ctx.clock.zone)).date()
        return today if event.first_day <= today <= event.last_day else event.first_day

    def _chosen(self, attendance_id: int | None) -> None:
        person = self._sheet.person(attendance_id) if self._sheet else None
        self._about = person.contact_id if person else None
        items = person.items if person else ()
        lines = [
            CheckItem(item.id, item.text, item.done) for item in items if item.kind is not PreparationKind.COMMON_GROUND
        ]
        ground = ", ".join(item.text for item in items if item.kind is PreparationKind.COMMON_GROUND)
        self._points_heading.set_text(f"With {person.name}" if person else "For the next talk")
        self.points.set_items(lines)
        self.points.setVisible(bool(lines))
        if person is None:
            self._no_points.set_text("Choose somebody at the left to see what you prepared.")
        else:
            self._no_points.set_text(f"Common ground: {ground}" if ground else "" if lines else "Nothing prepared.")
        self._no_points.setVisible(bool(self._no_points.accessibleName()))

    # --- logging -----------------------------------------------------------------------------------------------------

    def _type_on(self, text: str) -> None:
        """Typing in the list goes on in the line."""
        self.line.setFocus()
        self.line.insert(text)
        self._pause.start()

    def read_now(self) -> None:
        """Understand what stands in the line, and show it."""
        text = self.line.text()
        if self._sheet is None or not text.strip():
            self._show_understood(None)
            return
        self._page.query(
            partial(self._understand, text, self._sheet.id, self._about), self._show_understood, key="line"
        )

    def _understand(self, text: str, event_id: int, about: int | None) -> Understanding:
        entry = self._ctx.planner.quick_entry
        said = entry.understand(text, entry.context(event_id=event_id))
        if said.missing == "who" and about is not None:
            # Without a name it is about the person chosen at the left.
            said = entry.understand(text, entry.context((about,), event_id))
        return said

    def _show_understood(self, said: Understanding | None) -> None:
        clear_layout(self._flow)
        shown = () if said is None else tuple(chip for chip in chips(said) if chip.key not in ("event", "when"))
        self.understood = shown
        for chip in shown:
            made = Chip(chip.text, chip.tone)
            if chip.tip:
                made.setToolTip(chip.tip)
            self._flow.addWidget(made)
            made.show()
        self._understood.setVisible(bool(shown))
        missing = missing_words(said) if said else ""
        note = f"Note: {said.text}" if said and said.text else ""
        self._hint.set_text(missing or note)
        self._hint.setVisible(bool(missing or note))

    def _submit(self, text: str) -> None:
        """Enter: read what stands there now, then save it."""
        self._pause.stop()
        if self._sheet is None:
            return
        event_id, about = self._sheet.id, self._about

        def save() -> Changes:
            return self._ctx.planner.quick_entry.save(self._understand(text, event_id, about))

        self._page.command(save, done=lambda _changes: self._saved(text))

    def _saved(self, text: str) -> None:
        if self.line.text().strip() == text:
            self.line.accept()
            self.read_now()

    def _act(self, word: str, ids: list[int]) -> None:
        if self._sheet is None:
            return
        people = [person for person in (self._sheet.person(id) for id in ids) if person is not None]
        meetings = self._ctx.planner.events.meetings
        if not people:
            return
        names = people[0].name if len(people) == 1 else f"{len(people)} people"
        if word == "met":
            contact_ids = [person.contact_id for person in people]
            self._page.command(meetings.mark_met, self._sheet.id, contact_ids, say=f"Met {names}")
        elif word == "missed":
            self._page.command(meetings.set_outcome, ids, Outcome.MISSED, say=f"Missed {names}")
        elif word == "not-met":
            self._page.command(meetings.set_outcome, ids, Outcome.UNKNOWN)
        elif word == "open":
            self._ctx.navigate(Link("contact", people[0].contact_id))

    def _act_on_session(self, word: str, ids: list[int]) -> None:
        agenda = self._ctx.planner.events.agenda
        if self._sheet is None or not ids:
            return
        if word == "mark":
            marked = {item.id: item.marked for item in self._sheet.file.agenda}
            self._page.command(agenda.mark, ids, not all(marked.get(id, False) for id in ids))
        elif word == "delete":
            self._page.command(agenda.delete, ids, say="Deleted from the agenda")
        elif word == "edit":
            self.session_asked.emit(ids[0])
