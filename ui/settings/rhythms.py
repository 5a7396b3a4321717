"""How often to be in touch, by what someone is to you."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planner.contacts.records import Role
from planner.followups.wording import span
from planner.settings.records import RHYTHM_BY_ROLE, Settings
from ui.contacts.words import RHYTHMS, rhythm_words
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, narrow
from ui.widgets.button import LinkButton
from ui.widgets.choice import Choice
from ui.widgets.fields import Form
from ui.widgets.layouts import row

#: The longest silences that are offered, in days.
_SPANS = (14, 28, 56, 90, 120, 182, 365)
_USUAL = tuple(days for days, _ in RHYTHMS)
ENTRIES = tuple(Entry(role.value.capitalize(), "rhythm how often check-in longest silence") for role in Role)


class RhythmsSection(SettingsSection):
    """One choice a role."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(
            ctx,
            "Rhythms by role",
            "How often you mean to be in touch, and the longest silence that is still fine. A contact’s own come "
            "first; with several roles, the shortest.",
        )
        self._rhythms: dict[Role, int] = {}
        form = Form(130)
        self.choices: dict[Role, Choice] = {}
        self.longest: dict[Role, Choice] = {}
        self._longest: dict[Role, int] = {}
        for role in Role:
            choice = Choice(role.value.capitalize())
            choice.chosen.connect(lambda days, role=role: self._save(role, days))
            longest = Choice(f"{role.value.capitalize()}: longest silence")
            longest.chosen.connect(lambda days, role=role: self._save_longest(role, days))
            pair = QWidget()
            line = row(narrow(choice, 170), narrow(longest, 200), None, spacing=8)
            line.setContentsMargins(0, 0, 0, 0)
            pair.setLayout(line)
            pair.setFocusProxy(choice)
            form.add(role.value.capitalize(), pair)
            self.choices[role] = choice
            self.longest[role] = longest
        self.box(form)
        self.reset = LinkButton("Back to what Rapport suggests")
        self.reset.clicked.connect(lambda: self.set(rhythms=dict(RHYTHM_BY_ROLE), longest={}))
        self.body.addLayout(row(self.reset, None))

    def show_settings(self, settings: Settings) -> None:
        self._rhythms, self._longest = dict(settings.rhythms), dict(settings.longest)
        for role, choice in self.choices.items():
            days = settings.rhythms.get(role, 0)
            known = sorted({*_USUAL, days} - {0})
            choice.set_choices([(0, "No rhythm"), *((each, rhythm_words(each)) for each in known)], days)
            most = settings.longest.get(role, 0)
            spans = sorted({*_SPANS, most} - {0})
            self.longest[role].set_choices([(0, "Longest: as usual"), *((each, _span(each)) for each in spans)], most)
        self.reset.setVisible(settings.rhythms != RHYTHM_BY_ROLE or bool(settings.longest))

    def _save_longest(self, role: Role, days: int) -> None:
        longest = {**self._longest, role: days}
        self.set(longest={each: count for each, count in longest.items() if count})

    def _save(self, role: Role, days: int) -> None:
        rhythms = {**self._rhythms, role: days}
        self.set(rhythms={each: count for each, count in rhythms.items() if count})


def _span(days: int) -> str:
    return f"Longest: {span(days)}"
