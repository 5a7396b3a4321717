"""Fields for a day and for a time of day, in the system's locale, and empty when there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QDialog, QLineEdit, QWidget

from ui.icons import icon
from ui.widgets.fields import LineField

ReadDay = Callable[[str], date | None]


class DateField(LineField):
    """A day typed in the locale's way, as 2027-07-14, or in words if `read` understands them; or picked (Down or icon).

    `changed(date | None)` fires when the person set another day. Words nobody understands stay, marked as wrong.
    """

    changed = Signal(object)

    def __init__(
        self, name: str, day: date | None = None, read: ReadDay | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, "", short_date_pattern(), parent)
        self._day: date | None = None
        self._read = read
        self._calendar: QCalendarWidget | None = None
        pick = QAction(icon("calendar"), "Pick a day", self)
        pick.triggered.connect(self.open_calendar)
        self.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)
        self.committed.connect(self._take)
        self.set_day(day)

    @property
    def day(self) -> date | None:
        """The day shown, or None."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a stored day."""
        if self.is_edited and self.hasFocus():
            return
        self._day = day
        self.set_state("")
        self.set_text(shown_date(day))
        if day:
            self.setToolTip(QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat))

    def open_calendar(self) -> None:
        """Pick a day with the mouse or the arrow keys; the week starts where the locale says."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if self._day:
            calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar = calendar
        calendar.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        was_edited = self.is_edited
        super().keyPressEvent(event)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if was_edited and is_enter and isinstance(self.window(), QDialog):
            # The day that the words were read as is seen before the dialog is done with.
            event.accept()

    def _picked(self, picked: QDate) -> None:
        if self._calendar is not None:
            self._calendar.close()
            self._calendar = None
        self._set(date(picked.year(), picked.month(), picked.day()))

    def _take(self, text: str) -> None:
        if not text.strip():
            self._set(None)
            return
        day = parsed_date(text) or (self._read(text) if self._read else None)
        if day is None:
            self.set_state("wrong", f"“{text}” is not a day this field understands; try {short_date_pattern()}.")
        else:
            self._set(day)

    def _set(self, day: date | None) -> None:
        was = self._day
        self._day = day
        self.set_state("")
        self._stored = shown_date(day)
        self.setText(self._stored)
        if day != was:
            self.changed.emit(day)


class TimeField(LineField):
    """A time of day: 9, 9:30, 0930, 9.30, 9pm, or the locale's way. `changed(time | None)` when set anew."""

    changed = Signal(object)

    def __init__(self, name: str, at: time | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, "", shown_time(time(9, 0)), parent)
        self._at: time | None = None
        self.committed.connect(self._take)
        self.set_time(at)

    @property
    def at(self) -> time | None:
        """The time shown, or None."""
        return self._at

    def set_time(self, at: time | None) -> None:
        """Show a stored time."""
        if self.is_edited and self.hasFocus():
            return
        self._at = at
        self.set_state("")
        self.set_text(shown_time(at))

    def _take(self, text: str) -> None:
        at = parsed_time(text)
        if at is None and text.strip():
            self.set_state("wrong", f"“{text}” is not a time this field understands; try {shown_time(time(9, 30))}.")
            return
        was, self._at = self._at, at
        self.set_state("")
        self._stored = shown_time(at)
        self.setText(self._stored)
        if at != was:
            self.changed.emit(at)


def shown_date(day: date | None) -> str:
    """A day in the locale's short form, always with all four digits of the year; "" for None."""
    if day is None:
        return ""
    return QLocale().toString(QDate(day.year, day.month, day.day), _full_year_format())


def shown_time(at: time | None) -> str:
    """A time in the locale's short form; "" for None."""
    return "" if at is None else QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def short_date_pattern() -> str:
    """What a day looks like here, by example."""
    return shown_date(date(2027, 7, 14))


def parsed_date(text: str) -> date | None:
    """A day from ISO 8601 or the locale's short, long and narrow forms, else None."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    locale = QLocale()
    kind = QLocale.FormatType
    known = (kind.ShortFormat, kind.LongFormat, kind.NarrowFormat)
    formats = [_full_year_format(), *(locale.dateFormat(each) for each in known)]
    formats += [form.replace("yyyy", "yy") for form in formats]
    for form in formats:
        found = locale.toDate(text, form)
        if found.isValid():
            year = found.year()
            if year < 1950 and "yyyy" not in form:  # Qt reads two digits as 19xx
                year += 100
            return date(year, found.month(), found.day())
    return None


_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.IGNORECASE)


def parsed_time(text: str) -> time | None:
    """A time of day from the ways people type it, else None."""
    text = text.strip()
    found = QLocale().toTime(text, QLocale.FormatType.ShortFormat)
    if found.isValid():
        return time(found.hour(), found.minute())
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _full_year_format() -> str:
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")
