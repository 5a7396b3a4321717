"""The left column of Prepare: the people to meet and, below them, the agenda."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.events.brief import chosen_sessions
from planner.events.defaults import PERSONAL
from planner.events.records import Attendance, Session, Wish
from ui.events import presenting
from ui.events.agenda_list import AgendaList
from ui.events.guests import guest_actions
from ui.events.loading import EventSheet
from ui.list_model import SectionListModel
from ui.widgets.button import LinkButton
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

#: An agenda longer than this shows what is marked first, and the rest when asked.
SHORT_AGENDA = 12

_ACTIONS = (
    RowAction("open", "Open contact", "O", "menu"),
    RowAction("up", "Move up", "Alt+Up", "menu"),
    RowAction("down", "Move down", "Alt+Down", "menu"),
    RowAction("remove", "Take off the list", "Del", "menu"),
)


class PeopleColumn(QWidget):
    """`chosen(attendance id | None)`, `add_asked`, `action(word, attendance ids)`, the agenda's `session_action`."""

    chosen = Signal(object)
    add_asked = Signal()
    action = Signal(str, object)
    session_asked = Signal()
    schedule_asked = Signal()
    session_action = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "pane")
        self._all_sessions = False
        self._sheet: EventSheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(0)
        self.heading = Heading("People to meet", link="Add")
        self.heading.link_activated.connect(self.add_asked)
        column.addLayout(row(20, self.heading, 20, spacing=0))
        column.addSpacing(12)
        self.model = SectionListModel(parent=self)
        self.people = RowList("People to meet", chips="under", multi=True)
        self.people.setModel(self.model)
        self.people.current_changed.connect(self.chosen)
        self.people.opened.connect(self.chosen)
        self.people.action_triggered.connect(self.action)
        self.empty = Paragraph("Nobody yet. Who would make the trip worth it?", small=True, style="mute")
        self.empty.setContentsMargins(20, 0, 20, 0)
        column.addWidget(self.people)
        column.addWidget(self.empty)
        self.agenda_heading = Heading("Agenda", link="Add")
        self.agenda_heading.link_activated.connect(self.session_asked)
        self._agenda_head = QWidget()
        head = QVBoxLayout(self._agenda_head)
        head.setContentsMargins(20, 16, 20, 8)
        head.addWidget(self.agenda_heading)
        self.schedule_link = LinkButton("Import the schedule…")
        self.schedule_link.clicked.connect(self.schedule_asked)
        head.addWidget(self.schedule_link)
        column.addWidget(self._agenda_head)
        self.agenda = AgendaList()
        self.agenda.action_triggered.connect(self.session_action)
        self.agenda.opened.connect(lambda id: self.session_action.emit("edit", [id]))
        column.addWidget(self.agenda)
        self.more = Heading("", link="Show all")
        self.more.link_activated.connect(self._toggle_all)
        self._more_row = QWidget()
        foot = QVBoxLayout(self._more_row)
        foot.setContentsMargins(20, 8, 20, 12)
        foot.addWidget(self.more)
        column.addWidget(self._more_row)
        column.addStretch(1)

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event's people and agenda."""
        other = self._sheet is None or self._sheet.id != sheet.id
        self._sheet = sheet
        if other:
            self._all_sessions = False
        people = sheet.file.attendances
        wanted = [person for person in people if person.wish is not Wish.NONE]
        personal = sheet.details.kind in PERSONAL
        self.heading.set_text("With" if personal else f"People to meet · {len(wanted)}")
        self.model.set_rows([(person.id, self._row(person, sheet)) for person in people])
        self.people.setVisible(bool(people))
        self.empty.set_text("Nobody yet." if personal else "Nobody yet. Who would make the trip worth it?")
        self.empty.setVisible(not people)
        if other or self.people.current_key is None:
            self.people.select_first()
        self._agenda_head.setVisible(bool(sheet.file.agenda) or sheet.details.kind not in PERSONAL)
        self._show_agenda()

    def select(self, attendance_id: int) -> None:
        """Choose somebody."""
        self.people.select_key(attendance_id)

    def _row(self, person: Attendance, sheet: EventSheet) -> RowData:
        wish = RowAction("wish", "Would like to meet" if person.wish is Wish.MUST else "Must meet", "W", "menu")
        invitation = sheet.invitations.get(person.contact_id)
        actions = (wish, *_ACTIONS[:-1], *guest_actions(invitation), _ACTIONS[-1])
        return presenting.person_row(person, sheet.file.zone, sheet.photo(person), actions, invitation=invitation)

    def _show_agenda(self) -> None:
        assert self._sheet is not None
        agenda = self._sheet.file.agenda
        marked = sum(item.marked for item in agenda)
        self.agenda_heading.set_text(f"Agenda · {marked} marked" if marked else "Agenda")
        shown: tuple[Session, ...] = agenda
        if len(agenda) > SHORT_AGENDA and not self._all_sessions:
            shown = chosen_sessions(agenda, {person.contact_id for person in self._sheet.file.wanted})
        self.agenda.show_sessions(shown, self._sheet.file.zone)
        self.agenda.setVisible(bool(shown))
        self.schedule_link.setVisible(not agenda)
        hidden = len(agenda) - len(shown)
        self._more_row.setVisible(hidden > 0 or (self._all_sessions and marked > 0 and len(agenda) > SHORT_AGENDA))
        self.more.set_text(f"{hidden} more" if hidden else "")
        self.more.set_link("Show all" if hidden else "Show marked")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What the lists need at least; as tall as they are now, they would keep the window from getting smaller."""
        return QSize(super().minimumSizeHint().width(), 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both lists as tall as their rows where there is room; else the agenda gets a third of it at least."""
        people = self.model.rowCount() * self.people.row_delegate.row_height() + 1
        agenda = sum(self.agenda.sizeHintForRow(number) for number in range(self.agenda.sessions.rowCount())) + 1
        heads = self.heading.sizeHint().height() + 28
        heads += self._agenda_head.sizeHint().height() if not self._agenda_head.isHidden() else 0
        heads += self.empty.heightForWidth(self.width()) if not self.empty.isHidden() else 0
        heads += self._more_row.sizeHint().height() if not self._more_row.isHidden() else 0
        room = max(200, self.height() - heads)
        third = min(agenda, room // 3) if not self.agenda.isHidden() else 0
        self.people.setFixedHeight(min(people, room - third))
        self.agenda.setFixedHeight(max(60, min(agenda, room - min(people, room - third))))

    def _toggle_all(self) -> None:
        self._all_sessions = not self._all_sessions
        self._show_agenda()
