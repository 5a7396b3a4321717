"""How long follow-ups take you, by kind: what "I have 40 minutes" counts with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.followups.records import FollowUpKind
from planner.followups.rules.minutes import USUAL
from planner.settings.records import Settings
from ui.settings.section import narrow
from ui.widgets.choice import Number
from ui.widgets.fields import Form


class MinutesForm(Form):
    """A number a kind; 0 leaves it to what it took you before. `changed(minutes by kind)`."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(130, parent)
        self._minutes: dict[FollowUpKind, int] = {}
        self.fields: dict[FollowUpKind, Number] = {}
        for kind, usual in USUAL.items():
            field = Number(f"Minutes: {kind.value}", 0, 0, 1_440, "min")
            field.setSpecialValueText(f"as it was, or {usual} min")
            field.chosen.connect(lambda minutes, kind=kind: self._set(kind, minutes))
            self.add(kind.value.capitalize(), narrow(field, 190))
            self.fields[kind] = field

    def show_settings(self, settings: Settings) -> None:
        """Show what is stored."""
        self._minutes = dict(settings.minutes)
        for kind, field in self.fields.items():
            field.set_value(settings.minutes.get(kind, 0))

    def _set(self, kind: FollowUpKind, minutes: int) -> None:
        chosen = {**self._minutes, kind: minutes}
        self.changed.emit({each: count for each, count in chosen.items() if count})
