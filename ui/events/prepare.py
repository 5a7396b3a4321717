"""Prepare: whom to meet, what is known of them, and what belongs to the event as a whole."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.events.records import Attendance, Part, Wish
from ui.context import Link, UiContext
from ui.events.event_pane import EventPane
from ui.events.guests import act_on_guests, guest_actions
from ui.events.loading import EventSheet
from ui.events.people_column import PeopleColumn
from ui.events.person_pane import PersonPane
from ui.page import Page
from ui.widgets.empty_state import EmptyState
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.pane import Columns


class Prepare(QWidget):
    """The first phase. `people_asked`, `session_asked(id or None)`, `schedule_asked` open the page's dialogs."""

    people_asked = Signal()
    session_asked = Signal(object)
    schedule_asked = Signal()
    rehearse_asked = Signal()

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._sheet: EventSheet | None = None
        self.people = PeopleColumn()
        self.person = PersonPane(ctx, page)
        self.whole = EventPane(ctx, page)
        self.nobody = EmptyState(
            "users", "Whom do you want to meet?", "Add people by name. New names become contacts.", "Add people"
        )
        self._middle = QStackedWidget()
        self._middle.setProperty("frame", "pane")
        self._middle.addWidget(self.person)
        self._middle.addWidget(self.nobody)
        columns = Columns(self.people, self._middle, self.whole, widths=(290, 0, 300))
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(columns)
        self.people.chosen.connect(self._show_person)
        self.people.add_asked.connect(self.people_asked)
        self.people.action.connect(self._act)
        self.people.session_asked.connect(lambda: self.session_asked.emit(None))
        self.people.schedule_asked.connect(self.schedule_asked)
        self.people.session_action.connect(self._act_on_session)
        self.person.menu_asked.connect(self._open_menu)
        self.nobody.activated.connect(self.people_asked)
        self.whole.pitch.rehearse_asked.connect(self.rehearse_asked)

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event."""
        self._sheet = sheet
        self.people.show_sheet(sheet)
        self.whole.show_sheet(sheet)
        self._show_person(self.people.people.current_key)

    def flush(self) -> None:
        """Commit what still sits in fields."""
        self.person.flush()
        self.whole.flush()

    @property
    def chosen(self) -> Attendance | None:
        """Who is chosen in the list."""
        return None if self._sheet is None else self._sheet.person(self.people.people.current_key)

    def act_on_chosen(self, word: str) -> None:
        """Do what a row's menu offers, for who is chosen in the list."""
        if self.chosen is not None:
            self._act(word, [self.chosen.id])

    def select_contact(self, contact_id: int) -> None:
        """Choose the person with this contact."""
        if self._sheet is not None:
            for person in self._sheet.file.attendances:
                if person.contact_id == contact_id:
                    self.people.select(person.id)

    def _show_person(self, attendance_id: int | None) -> None:
        if self._sheet is None:
            return
        person = self._sheet.person(attendance_id)
        self.person.show_person(self._sheet, person)
        self._middle.setCurrentWidget(self.nobody if person is None else self.person)

    def _act(self, word: str, ids: list[int]) -> None:
        if self._sheet is None or not ids:
            return
        commands = self._ctx.planner.events.people
        people = [person for person in (self._sheet.person(id) for id in ids) if person is not None]
        if word == "wish":
            must = all(person.wish is Wish.MUST for person in people)
            self._page.command(commands.update, ids, wish=Wish.WOULD if must else Wish.MUST)
        elif word == "open" and people:
            self._ctx.navigate(Link("contact", people[0].contact_id))
        elif word == "remove":
            self.person.flush()
            many = people[0].name if len(people) == 1 else f"{len(people)} people"
            self._page.command(commands.remove, ids, say=f"Took {many} off the list")
        elif word in ("up", "down") and len(ids) == 1:
            self._move(ids[0], -1 if word == "up" else 1)
        else:
            act_on_guests(self._page, self._sheet, word, people)

    def _move(self, id: int, by: int) -> None:
        """Past the neighbour with the same wish; the place counts over all people in their stored order."""
        assert self._sheet is not None
        keys = [person.id for person in self._sheet.file.attendances]
        place = keys.index(id) + by
        if 0 <= place < len(keys):
            self._page.command(self._ctx.planner.events.people.move, id, place)

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

    def _open_menu(self, attendance_id: int, button: QWidget) -> None:
        person = self._sheet.person(attendance_id) if self._sheet else None
        if person is None:
            return
        ids = [attendance_id]
        update = self._ctx.planner.events.people.update
        items: list[MenuItem | None] = [
            MenuItem(
                {Wish.MUST: "Must meet", Wish.WOULD: "Would like to meet", Wish.NONE: "Not planned"}[wish],
                partial(self._page.command, update, ids, wish=wish),
                checked=person.wish is wish,
            )
            for wish in Wish
        ]
        items.append(None)
        items += [self._part_item(person, part) for part in Part]
        items.append(None)
        guest = guest_actions(self._sheet.invitation(attendance_id) if self._sheet else None)
        items += [MenuItem(action.text, partial(self._act, action.id, ids)) for action in guest]
        items.append(None)
        items.append(MenuItem("Take off the list", partial(self._act, "remove", ids), "Del", "trash-2"))
        open_menu(button, items)

    def _part_item(self, person: Attendance, part: Part) -> MenuItem:
        update = self._ctx.planner.events.people.update
        words = part.value.capitalize()
        return MenuItem(words, partial(self._page.command, update, [person.id], part=part), checked=person.part is part)
