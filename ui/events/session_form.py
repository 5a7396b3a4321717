"""The form for an item of the agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from planner.errors import Invalid
from planner.events import times
from planner.events.records import Session, SessionDetails
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import Button
from ui.widgets.choice import Tick
from ui.widgets.dates import DateField, TimeField
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label
from ui.widgets.layouts import row

_USUAL = timedelta(minutes=45)


class SessionForm(QDialog):
    """Title, time, room, speakers. Ctrl+Enter saves. Times are in the event's zone."""

    def __init__(
        self,
        zone: tzinfo,
        first_day: date,
        save: Callable[[SessionDetails], None],
        session: Session | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._zone, self._save, self._session = zone, save, session
        self.setWindowTitle("Edit the session" if session else "New session")
        self.setMinimumWidth(applied().px(540))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(Label(self.windowTitle(), "subtitle"))
        form = Form(label_width=80)
        self.title = QLineEdit()
        self.day = DateField("Day")
        self.start, self.end = TimeField("From"), TimeField("To")
        self.room, self.track = LineField("Room"), LineField("Track")
        self.speakers = LineField("Speakers", placeholder="Names, separated by commas")
        self.notes = LineField("Notes")
        self.marked = Tick("I want to go there", on=True)
        when = QWidget()
        when.setLayout(row(self.day, self.start, Label("to", "muted"), self.end))
        form.add("Title", self.title)
        form.add("When", when)
        form.add("Room", self.room)
        form.add("Track", self.track)
        form.add("Speakers", self.speakers)
        form.add("Notes", self.notes)
        form.add("", self.marked)
        column.addWidget(form)
        self.fault = Label("", "small", Tone.BAD, elide=True)
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.ok = Button("Save" if session else "Add session", "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.submit)
        column.addLayout(row(self.fault, None, self.cancel, self.ok))
        self.day.set_day(first_day)
        if session is not None:
            self._fill(session)
        self.title.setFocus()

    def submit(self) -> None:
        """Save what the form says, or say what is wrong."""
        for field in (self.day, self.start, self.end, self.room, self.track, self.speakers, self.notes):
            field.flush()
        if not self.title.text().strip():
            self.explain(Invalid("Title", "give the session a name"))
            return
        if wrong := next((field for field in (self.day, self.start, self.end) if field.is_wrong), None):
            kind = "day" if wrong is self.day else "time"
            self.explain(Invalid("When", f"“{wrong.text()}” is not a {kind} that is understood"))
            wrong.setFocus()
            return
        self.ok.setEnabled(False)
        self._save(self.entered())

    def explain(self, error: Invalid) -> None:
        """Show what can't be kept."""
        self.ok.setEnabled(True)
        self.fault.set_text(error.explain().what)

    def entered(self) -> SessionDetails:
        """What the form says. Without a start the time is left open."""
        starts_at: datetime | None = None
        ends_at: datetime | None = None
        if self.day.day is not None and self.start.at is not None:
            if self.end.at is not None:
                starts_at, ends_at = times.hours(self.day.day, self.start.at, self.end.at, self._zone)
            else:
                starts_at = times.at(self.day.day, self.start.at, self._zone)
                ends_at = starts_at + _USUAL
        before = self._session
        return SessionDetails(
            title=self.title.text(),
            starts_at=starts_at,
            ends_at=ends_at,
            room=self.room.text(),
            track=self.track.text(),
            abstract=before.abstract if before else "",
            link=before.link if before else "",
            marked=self.marked.isChecked(),
            notes=self.notes.text(),
            speakers=tuple(name for name in self.speakers.text().split(",")),
        )

    def _fill(self, session: Session) -> None:
        self.title.setText(session.title)
        if session.starts_at is not None:
            local = session.starts_at.astimezone(self._zone)
            self.day.set_day(local.date())
            self.start.set_time(local.time())
        if session.ends_at is not None:
            self.end.set_time(session.ends_at.astimezone(self._zone).time())
        self.room.set_text(session.room)
        self.track.set_text(session.track)
        self.speakers.set_text(", ".join(speaker.name for speaker in session.speakers))
        self.notes.set_text(session.notes)
        self.marked.set_on(session.marked)
