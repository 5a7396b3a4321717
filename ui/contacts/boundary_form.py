"""What to respect of someone: channel, hours, topics, asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.contacts.records import Boundary
from ui.theme import applied
from ui.widgets.choice import Choice, Tick
from ui.widgets.dates import DateField, ReadDay, TimeField
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label
from ui.widgets.layouts import row


class BoundaryForm(QWidget):
    """`changed(Boundary)` fires when something was set that can be kept; half a pair of hours waits for the other."""

    changed = Signal(object)

    def __init__(self, channels: Sequence[tuple[str, str]], read_day: ReadDay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = Boundary()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        form = Form(106)
        column.addWidget(form)
        self.channel = Choice("Preferred channel", channels, "")
        self.channel.chosen.connect(lambda value: self._set(preferred_channel=value))
        form.add("Reach by", self.channel)
        self.hours_from, self.hours_to = TimeField("From"), TimeField("To")
        for field in (self.hours_from, self.hours_to):
            field.changed.connect(lambda _at: self._hours_changed())
            field.setFixedWidth(applied().px(110))
        hours = QWidget()
        line = row(
            self.hours_from,
            Label("to", "small_muted"),
            self.hours_to,
            Label("their time", "small_muted"),
            None,
            spacing=6,
        )
        hours.setLayout(line)
        form.add("Hours", hours)
        self.quiet_until = DateField("Quiet until", read=read_day)
        self.quiet_until.changed.connect(lambda day: self._set(quiet_until=day))
        form.add("Quiet until", self.quiet_until)
        self.topics_off = LineField("Topics to keep off")
        self.topics_off.committed.connect(lambda text: self._set(topics_off=text))
        form.add("Keep off", self.topics_off)
        self.expectations = LineField("Expectations agreed")
        self.expectations.committed.connect(lambda text: self._set(expectations=text))
        form.add("Agreed", self.expectations)
        self.no_asks = Tick("No asks")
        self.no_asks.setToolTip("Don't ask them for favours; suggestions leave it out")
        self.no_asks.chosen.connect(lambda on: self._set(no_asks=on))
        form.add("", self.no_asks)

    def show_boundary(self, boundary: Boundary) -> None:
        """Show what is stored."""
        self._stored = boundary
        self.channel.set_value(boundary.preferred_channel)
        self.hours_from.set_time(_time(boundary.hours_from))
        self.hours_to.set_time(_time(boundary.hours_to))
        self.quiet_until.set_day(boundary.quiet_until)
        self.topics_off.set_text(boundary.topics_off)
        self.expectations.set_text(boundary.expectations)
        self.no_asks.set_on(boundary.no_asks)

    def flush(self) -> None:
        """Save what still sits in fields."""
        for field in (self.hours_from, self.hours_to, self.quiet_until, self.topics_off, self.expectations):
            field.flush()

    def _hours_changed(self) -> None:
        start, end = self.hours_from.at, self.hours_to.at
        if (start is None) == (end is None):
            self._set(hours_from=_text(start), hours_to=_text(end))

    def _set(self, **values: object) -> None:
        wanted = replace(self._stored, **values)  # type: ignore[arg-type]  # by name
        if wanted != self._stored:
            self._stored = wanted
            self.changed.emit(wanted)


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _text(at: time | None) -> str:
    return "" if at is None else at.strftime("%H:%M")
