"""How often to be in touch, by what someone is to you."""

from __future__ import annotations

from planner.contacts.records import Role
from planner.settings.records import RHYTHM_BY_ROLE, Settings
from ui.contacts.words import RHYTHMS, rhythm_words
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, narrow
from ui.widgets.button import LinkButton
from ui.widgets.choice import Choice
from ui.widgets.fields import Form
from ui.widgets.layouts import row

_USUAL = tuple(days for days, _ in RHYTHMS)
ENTRIES = tuple(Entry(role.value.capitalize(), "rhythm how often check-in") for role in Role)


class RhythmsSection(SettingsSection):
    """One choice a role."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(
            ctx,
            "Rhythms by role",
            "How often you mean to be in touch. A contact’s own rhythm comes first; with several roles, the shortest.",
        )
        self._rhythms: dict[Role, int] = {}
        form = Form(130)
        self.choices: dict[Role, Choice] = {}
        for role in Role:
            choice = Choice(role.value.capitalize())
            choice.chosen.connect(lambda days, role=role: self._save(role, days))
            form.add(role.value.capitalize(), narrow(choice))
            self.choices[role] = choice
        self.box(form)
        self.reset = LinkButton("Back to what Rapport suggests")
        self.reset.clicked.connect(lambda: self.set(rhythms=dict(RHYTHM_BY_ROLE)))
        self.body.addLayout(row(self.reset, None))

    def show_settings(self, settings: Settings) -> None:
        self._rhythms = dict(settings.rhythms)
        for role, choice in self.choices.items():
            days = settings.rhythms.get(role, 0)
            known = sorted({*_USUAL, days} - {0})
            choice.set_choices([(0, "No rhythm"), *((each, rhythm_words(each)) for each in known)], days)
        self.reset.setVisible(settings.rhythms != RHYTHM_BY_ROLE)

    def _save(self, role: Role, days: int) -> None:
        rhythms = {**self._rhythms, role: days}
        self.set(rhythms={each: count for each, count in rhythms.items() if count})
