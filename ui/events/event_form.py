"""The form for a new event, for changing one, and for its next edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from planner.clock import Clock
from planner.errors import Invalid
from planner.events import defaults, times
from planner.events.records import EventDetails, EventKind
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import Button
from ui.widgets.choice import Choice, Tick
from ui.widgets.completer import Completer
from ui.widgets.dates import DateField, TimeField
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label
from ui.widgets.layouts import row

#: Saves the event; calls back with the error in words when it can't be.
Save = Callable[[EventDetails, tuple[str, ...]], None]


class EventForm(QDialog):
    """Kind, title, dates, zone, place. Ctrl+Enter saves. With `names`, which completes them, it also asks with whom.

    Dates may be typed in words ("next Tuesday"). The title tells the kind until one is chosen by hand, and the kind the
    usual hours.
    """

    def __init__(
        self,
        clock: Clock,
        read_day: Callable[[str], date | None],
        save: Save,
        details: EventDetails | None = None,
        title: str = "New event",
        button: str = "Add event",
        names: Callable[[str], list[str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(applied().px(580))
        self._clock, self._save = clock, save
        self._is_new = details is None
        self._details = details or defaults.new_event(
            EventKind.CONFERENCE, "", clock.today() + timedelta(days=1), clock.zone
        )
        self._kind_chosen = self._times_chosen = not self._is_new
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(Label(title, "subtitle"))
        form = Form(label_width=88)
        self.name = QLineEdit()
        self.name.setPlaceholderText("EuroPython 2027, 1:1 with Dana, PyLadies meetup …")
        self.kind = Choice("Kind", [(kind, kind.value.capitalize()) for kind in EventKind])
        self.first = DateField("First day", read=read_day)
        self.last = DateField("Last day", read=read_day)
        self.all_day = Tick("Whole days")
        self.start, self.end = TimeField("From"), TimeField("To")
        self.zone = _zone_field()
        self.place, self.link = LineField("Place"), LineField("Link", placeholder="https://")
        self.whom = LineField("With", placeholder="Names, separated by commas")
        form.add("Title", self.name)
        form.add("Kind", self.kind)
        form.add("Days", _row(self.first, Label("to", "muted"), self.last, self.all_day))
        self._hours = _row(self.start, Label("to", "muted"), self.end)
        form.add("Hours", self._hours)
        form.add("Time zone", self.zone)
        form.add("Place", self.place)
        form.add("Link", self.link)
        if names is not None:
            form.add("With", self.whom)
            self.whom.setCompleter(_NamesCompleter(names, self.whom))
        column.addWidget(form)
        self.fault = Label("", "small", Tone.BAD, elide=True)
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.ok = Button(button, "primary", "Ctrl+Return")
        self.cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.submit)
        column.addLayout(row(self.fault, None, self.cancel, self.ok))
        self._fill()
        self.name.textEdited.connect(self._title_typed)
        self.kind.chosen.connect(self._choose_kind)
        self.first.changed.connect(self._first_changed)
        self.last.changed.connect(lambda _day: self._touch())
        self.start.changed.connect(lambda _at: self._touch())
        self.end.changed.connect(lambda _at: self._touch())
        self.all_day.chosen.connect(self._whole_days)
        self.name.setFocus()

    def call(self, name: str) -> None:
        """Give it a title, as if typed: it tells the kind."""
        if name:
            self.name.setText(name)
            self._title_typed(name)

    def submit(self) -> None:
        """Save what the form says, or say what is wrong."""
        for field in (self.first, self.last, self.start, self.end, self.place, self.link, self.whom):
            field.flush()
        try:
            details = self.entered()
        except Invalid as error:
            self.explain(error)
            return
        names = tuple(name.strip() for name in self.whom.text().split(",") if name.strip())
        self.ok.setEnabled(False)
        self._save(details, names)

    def explain(self, error: Invalid) -> None:
        """Show what can't be kept, and let the person change it."""
        self.ok.setEnabled(True)
        self.fault.set_text(error.explain().what)

    def entered(self) -> EventDetails:
        """What the form says. Raises Invalid."""
        zone_name = times.checked_zone(self.zone.text().strip())
        zone = times.zone_named(zone_name, self._clock.zone)
        if not self.name.text().strip():
            raise Invalid("Title", "give the event a name")
        for field in (self.first, self.last):
            if field.is_wrong:
                raise Invalid("Days", f"“{field.text()}” is not a day; try “fri”, “in 3 weeks” or “5 Aug”")
        for hour in (self.start, self.end):
            if hour.is_wrong and not self.all_day.isChecked():
                raise Invalid("Hours", f"“{hour.text()}” is not a time; try 9:30")
        if self.first.day is None:
            raise Invalid("Days", "say when it is")
        starts_at, ends_at = self._span(self.first.day, self.last.day or self.first.day, zone)
        return replace(
            self._details,
            title=self.name.text().strip(),
            kind=self.kind.value,
            starts_at=starts_at,
            ends_at=ends_at,
            all_day=self.all_day.isChecked(),
            time_zone=zone_name,
            place=self.place.text().strip(),
            link=self.link.text().strip(),
        )

    # -----------------------------------------------------------------------------------------------------------------

    def _span(self, first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
        if self.all_day.isChecked():
            return times.whole_days(first, last, zone)
        start = self.start.at or time(9)
        if last <= first:
            return times.hours(first, start, self.end.at or _later(start), zone)
        return times.at(first, start, zone), times.at(last, self.end.at or _later(start), zone)

    def _fill(self) -> None:
        details = self._details
        zone = times.zone_named(details.time_zone, self._clock.zone)
        first, last = times.days_of(details, self._clock.zone)
        self.name.setText(details.title)
        self.kind.set_value(details.kind)
        self.first.set_day(first)
        self.last.set_day(last)
        self.all_day.set_on(details.all_day)
        if not details.all_day:
            self.start.set_time(details.starts_at.astimezone(zone).time())
            self.end.set_time(details.ends_at.astimezone(zone).time())
        self.zone.setText(details.time_zone or times.name_of(self._clock.zone))
        self.place.set_text(details.place)
        self.link.set_text(details.link)
        self._show_hours()

    def _show_hours(self) -> None:
        whole = self.all_day.isChecked()
        self.start.setEnabled(not whole)
        self.end.setEnabled(not whole)
        if whole:
            self.start.set_time(None)
            self.end.set_time(None)

    def _title_typed(self, text: str) -> None:
        self.fault.set_text("")
        told = None if self._kind_chosen else defaults.kind_told(text)
        if told is not None and told is not self.kind.value:
            self.kind.set_value(told)
            self._usual_hours()

    def _choose_kind(self, _kind: EventKind) -> None:
        self._kind_chosen = True
        self._usual_hours()

    def _usual_hours(self) -> None:
        """The hours that such an event usually has, until hours are set by hand."""
        if self._times_chosen or self.first.day is None:
            return
        usual = defaults.new_event(self.kind.value, "", self.first.day, self._clock.zone)
        self.all_day.set_on(usual.all_day)
        if not usual.all_day:
            self.start.set_time(usual.starts_at.astimezone(self._clock.zone).time())
            self.end.set_time(usual.ends_at.astimezone(self._clock.zone).time())
            self.last.set_day(self.first.day)
        self._show_hours()

    def _first_changed(self, day: date | None) -> None:
        if day is not None and (self.last.day is None or self.last.day < day or not self.all_day.isChecked()):
            self.last.set_day(day)

    def _whole_days(self, on: bool) -> None:
        self._touch()
        self._show_hours()
        if not on and self.start.at is None:
            self.start.set_time(time(9))
            self.end.set_time(time(10))

    def _touch(self) -> None:
        self._times_chosen = True


class _NamesCompleter(Completer):
    """Completes the name after the last comma."""

    def __init__(self, names: Callable[[str], list[str]], field: QLineEdit) -> None:
        super().__init__((), field, unfiltered=True)
        self._names, self._field = names, field
        field.textEdited.connect(lambda _text: QTimer.singleShot(0, self._offer))

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        chosen = super().pathFromIndex(index)
        before = self._field.text().rpartition(",")[0]
        return f"{before}, {chosen}" if before else chosen

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def _offer(self) -> None:
        from PySide6.QtCore import QStringListModel

        typed = self._field.text().rpartition(",")[2].strip()
        self.setModel(QStringListModel(self._names(typed) if typed else [], self))
        if typed:
            self.complete()


@cache
def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))


def _zone_field() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText("Europe/Berlin")
    field.setCompleter(Completer(_zones(), field, contains=True))
    return field


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*widgets))
    return holder


def _later(start: time) -> time:
    return time((start.hour + 1) % 24, start.minute)
