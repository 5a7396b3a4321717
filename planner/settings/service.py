"""Reading and changing the settings."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import time
from typing import Any

from sqlalchemy import select

from planner.changes import Changes
from planner.contacts.records import Role
from planner.settings.records import Me, Settings
from planner.store.store import Store
from planner.store.tables import SettingTable


class SettingsService:
    """The settings of one data folder. They live in the database, so a backup holds them and undo covers them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> Settings:
        """All settings, defaults where nothing was chosen. A stored value that can't be read counts as not chosen."""
        with self._store.read() as session:
            stored = dict(session.execute(select(SettingTable.name, SettingTable.value)).all())
        chosen = {}
        for field in fields(Settings):
            if field.name in stored:
                try:
                    chosen[field.name] = _decode(field.name, json.loads(stored[field.name]))
                except (ValueError, TypeError, AttributeError):
                    continue
        return replace(Settings(), **chosen)

    def change(self, **values: Any) -> Changes:
        """Set some settings by their names in `Settings`. Unknown names raise TypeError."""
        replace(Settings(), **values)  # refuses names that are no setting
        label = (
            "change settings" if len(values) != 1 else f"change the setting “{next(iter(values)).replace('_', ' ')}”"
        )
        with self._store.write(label) as work:
            for name, value in values.items():
                text = json.dumps(_encode(value), ensure_ascii=False, sort_keys=True)
                row = work.session.scalar(select(SettingTable).where(SettingTable.name == name))
                if row is None:
                    work.session.add(SettingTable(name=name, value=text))
                elif row.value != text:
                    row.value = text
        return work.changes


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
    if name == "rhythms":
        return {Role(role): int(days) for role, days in value.items()}
    if isinstance(default, time):
        return time.fromisoformat(value)
    if isinstance(default, tuple):
        return tuple(value)
    return type(default)(value)
