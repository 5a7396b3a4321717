"""Reading and changing the settings."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import time
from typing import Any

from planner.changes import Changes
from planner.contacts.records import Role
from planner.errors import Invalid
from planner.followups.records import FollowUpKind
from planner.settings.records import Me, Settings
from planner.store.store import Store


class SettingsService:
    """The settings of one data folder. They live in the database, so a backup holds them and undo covers them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Settings:
        """All settings, defaults where nothing was chosen. A stored value that can't be read counts as not chosen."""
        with self._store.snapshot() as rows:
            stored = dict(rows.execute("SELECT name, value FROM setting").fetchall())
        chosen = {}
        for field in fields(Settings):
            if field.name in stored:
                try:
                    value = _decode(field.name, json.loads(stored[field.name]))
                    check(replace(Settings(), **{field.name: value}))
                except (ValueError, TypeError, AttributeError, Invalid):
                    continue
                chosen[field.name] = value
        return replace(Settings(), **chosen)

    def change(self, **values: Any) -> Changes:
        """Set some settings by their names in `Settings`.

        Raises Invalid for a value that the program could not live with, TypeError for a name that is no setting.
        """
        check(replace(Settings(), **values))
        label = "change settings" if len(values) != 1 else f"change the setting “{_said(next(iter(values)))}”"
        from sqlalchemy import select

        from planner.store.tables import SettingTable

        with self._store.write(label) as work:
            for name, value in values.items():
                text = json.dumps(_encode(value), ensure_ascii=False, sort_keys=True)
                row = work.session.scalar(select(SettingTable).where(SettingTable.name == name))
                if row is None:
                    work.session.add(SettingTable(name=name, value=text))
                elif row.value != text:
                    row.value = text
        return work.changes


#: What the Edit menu calls those that are not called what they are named.
_NAMES = {
    "calendar_as": "in the calendar as",
    "speaking_words_a_minute": "speaking pace",
    "rhythms": "rhythms by role",
    "longest": "longest silence by role",
    "minutes": "minutes by kind",
    "font_scale": "text size",
    "asks_a_month": "asks of one connector a month",
    "reminder_minutes": "alarm",
    "duration_minutes": "length in the calendar",
    "hours_from": "start of the working hours",
    "hours_to": "end of the working hours",
    "vcard_version": "vCard version",
}
_RANGES = {
    "reminder_minutes": ("Alarm", 0, 4 * 7 * 24 * 60),
    "duration_minutes": ("Length", 1, 24 * 60),
    "day_capacity": ("A day holds", 1, 999),
    "week_capacity": ("A week holds", 1, 9_999),
    "speaking_words_a_minute": ("Speaking pace", 40, 400),
    "font_scale": ("Text size", 0.5, 3),
    "asks_a_month": ("Asks of one person a month", 1, 99),
}
_CHOICES = {
    "calendar_as": ("In the calendar as", ("event", "todo")),
    "theme": ("Theme", ("system", "light", "dark")),
    "vcard_version": ("vCard version", ("3.0", "4.0")),
}


def check(settings: Settings) -> None:
    """Raise Invalid for the first value that the rest of the program could not live with."""
    for name, (shown, least, most) in _RANGES.items():
        if not least <= getattr(settings, name) <= most:
            raise Invalid(shown, f"it must be from {least:,} to {most:,}")
    for name, (shown, choices) in _CHOICES.items():
        if getattr(settings, name) not in choices:
            raise Invalid(shown, f"it must be {' or '.join(choices)}")
    if settings.hours_to <= settings.hours_from:
        raise Invalid("Working hours", "they must end after they begin")
    if not settings.working_days or not set(settings.working_days) <= set(range(7)):
        raise Invalid("Working days", "at least one day of the week must be one")
    if any(not 1 <= days <= 3_660 for days in (*settings.rhythms.values(), *settings.longest.values())):
        raise Invalid("Rhythms by role", "a rhythm is from a day to ten years")
    if any(not 1 <= minutes <= 1_440 for minutes in settings.minutes.values()):
        raise Invalid("Minutes", "they must be from 1 to 1,440")


def _said(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " "))


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, dict):
        return {str(key): _encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    return value


def _decode(name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if name == "me":
        return Me(**{field.name: str(value.get(field.name, "")) for field in fields(Me)})
    if name in ("rhythms", "longest"):
        return {Role(role): int(days) for role, days in value.items()}
    if name == "minutes":
        return {FollowUpKind(kind): int(minutes) for kind, minutes in value.items()}
    if isinstance(default, time):
        return time.fromisoformat(value)
    if isinstance(default, tuple):
        return tuple(value)
    return type(default)(value)
