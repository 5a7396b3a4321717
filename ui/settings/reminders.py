"""When follow-ups stand in the calendar, and how many a day and a week can hold."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from planner.settings.records import Settings
from ui.context import UiContext
from ui.settings.minutes import MinutesForm
from ui.settings.section import Entry, SettingsSection, flowing, narrow
from ui.theme import applied
from ui.widgets.choice import Choice, Number, Tick
from ui.widgets.dates import TimeField
from ui.widgets.fields import Form
from ui.widgets.labels import Label
from ui.widgets.layouts import row

ENTRIES = (
    Entry("Hour", "time reminder calendar due"),
    Entry("Alarm", "reminder before notification"),
    Entry("Length", "duration minutes calendar"),
    Entry("In the calendar as", "event task todo vevent vtodo ics"),
    Entry("A day holds", "capacity follow-ups daily"),
    Entry("A week holds", "capacity follow-ups weekly"),
    Entry("Asks of one person", "introductions connector a month limit"),
    Entry("Working days", "weekend monday friday"),
    Entry("Working hours", "office times from to propose invitation meeting free"),
    Entry("Minutes: check-in", "how long takes capacity time"),
)
_ALARMS = (
    (0, "When it is due"), (5, "5 minutes before"), (10, "10 minutes before"), (15, "15 minutes before"),
    (30, "30 minutes before"), (60, "1 hour before"), (120, "2 hours before"), (1440, "1 day before"),
)  # fmt: skip


class RemindersSection(SettingsSection):
    """Calendar and capacity."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Reminders and capacity")
        self.heading(
            "In the calendar", "How follow-ups without a time of their own are written into the calendar file."
        )
        self.hour = TimeField("Hour")
        self.hour.changed.connect(self._set_hour)
        self.alarm = Choice("Alarm", _ALARMS)
        self.alarm.chosen.connect(lambda minutes: self.set(reminder_minutes=minutes))
        self.length = Number("Length", 15, 5, 480, "minutes")
        self.length.chosen.connect(lambda minutes: self.set(duration_minutes=minutes))
        self.kind = Choice("In the calendar as", (("event", "Events"), ("todo", "Tasks")))
        self.kind.chosen.connect(lambda kind: self.set(calendar_as=kind))
        form = Form(130)
        for label, field in (
            ("Hour", self.hour), ("Alarm", self.alarm), ("Length", self.length), ("In the calendar as", self.kind),
        ):  # fmt: skip
            form.add(label, narrow(field, 190))
        self.box(form)
        self.heading("What you can do", "Beyond this, follow-ups that can wait move to a later day in the queue.")
        self.day = Number("A day holds", 5, 1, 99, "follow-ups")
        self.day.chosen.connect(lambda count: self.set(day_capacity=count))
        self.week = Number("A week holds", 20, 1, 500, "follow-ups")
        self.week.chosen.connect(lambda count: self.set(week_capacity=count))
        self.asks = Number("Asks of one person", 2, 1, 99, "a month")
        self.asks.setToolTip("So many introductions one person may be asked for within thirty days")
        self.asks.chosen.connect(lambda count: self.set(asks_a_month=count))
        capacity = Form(130)
        capacity.add("A day holds", narrow(self.day, 190))
        capacity.add("A week holds", narrow(self.week, 190))
        capacity.add("Asks of one person", narrow(self.asks, 190))
        self.hours_from, self.hours_to = TimeField("Working hours from"), TimeField("Working hours to")
        self.hours_from.changed.connect(lambda at: self._set_hours(hours_from=at))
        self.hours_to.changed.connect(lambda at: self._set_hours(hours_to=at))
        for field in (self.hours_from, self.hours_to):
            field.setFixedWidth(applied().px(82))
        hours = QWidget()
        hours.setLayout(row(self.hours_from, Label("to", "small_muted"), self.hours_to, None, spacing=6))
        hours.setFocusProxy(self.hours_from)
        hours.setToolTip("Times for meetings are proposed within these")
        capacity.add("Working hours", hours)
        locale = QLocale()
        first = locale.firstDayOfWeek().value - 1
        self.days: dict[int, Tick] = {}
        for offset in range(7):
            day = (first + offset) % 7
            tick = Tick(locale.dayName(day + 1, QLocale.FormatType.ShortFormat))
            tick.setAccessibleName(f"Working days: {locale.dayName(day + 1)}")
            tick.chosen.connect(lambda _on: self._set_days())
            self.days[day] = tick
        box = self.wrapping(self.box(capacity))
        box.add(Label("Working days", "small_muted"))
        box.add(flowing(self.days.values(), 14))

        self.heading("What things take", "“I have 40 minutes” counts with these. 0 means: as long as it took before.")
        self.minutes = MinutesForm()
        self.minutes.changed.connect(lambda minutes: self.set(minutes=minutes))
        self.box(self.minutes)

    def show_settings(self, settings: Settings) -> None:
        self.minutes.show_settings(settings)
        self.hour.set_time(settings.reminder_hour)
        known = [minutes for minutes, _ in _ALARMS]
        if settings.reminder_minutes not in known:
            self.alarm.set_choices(
                [*_ALARMS, (settings.reminder_minutes, f"{settings.reminder_minutes} minutes before")]
            )
        self.alarm.set_value(settings.reminder_minutes)
        self.length.set_value(settings.duration_minutes)
        self.kind.set_value(settings.calendar_as)
        self.day.set_value(settings.day_capacity)
        self.week.set_value(settings.week_capacity)
        self.asks.set_value(settings.asks_a_month)
        self.hours_from.set_time(settings.hours_from)
        self.hours_to.set_time(settings.hours_to)
        for day, tick in self.days.items():
            tick.set_on(day in settings.working_days)

    def field_named(self, name: str) -> QWidget | None:
        places = {"Working days": next(iter(self.days.values())), "Working hours": self.hours_from}
        return places.get(name) or super().field_named(name)

    def _set_hour(self, hour: object) -> None:
        if hour is not None:
            self.set(reminder_hour=hour)
        else:
            self.show_settings(self.ctx.planner.settings.get())

    def _set_hours(self, **at: time | None) -> None:
        """One end of the working hours; an empty field gets back what is stored."""
        if None not in at.values():
            self.set(**at)
        else:
            self.show_settings(self.ctx.planner.settings.get())

    def _set_days(self) -> None:
        self.set(working_days=tuple(sorted(day for day, tick in self.days.items() if tick.isChecked())))
