"""Who you are: the sender of messages, and the country that phone numbers are read in."""

from __future__ import annotations

from dataclasses import replace

from planner.contacts.countries import names as country_names
from planner.settings.records import Me, Settings
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, narrow
from ui.widgets.box import Box
from ui.widgets.choice import Choice, Number
from ui.widgets.fields import Form, LineField
from ui.widgets.notes import AutosaveText

ENTRIES = (
    Entry("Name", "me you sender"),
    Entry("Job title"),
    Entry("Organisation", "company employer"),
    Entry("Email", "address sender"),
    Entry("Phone", "number"),
    Entry("Link", "website linkedin homepage"),
    Entry("Country", "phone numbers region"),
    Entry("Signature", "messages mail"),
    Entry("Speaking pace", "words a minute pitch rehearsal"),
)
_LINES = (
    ("name", "Name", "Ada Ek"),
    ("title", "Job title", "Engineering manager"),
    ("organisation", "Organisation", ""),
    ("email", "Email", "you@example.org"),
    ("phone", "Phone", "+46 70 123 45 67"),
    ("link", "Link", "https://"),
)


class MeSection(SettingsSection):
    """Name, how to be reached, signature, speaking pace."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Me", "Your messages are signed with this, and your card shows it.")
        self._me = Me()
        self._lines: dict[str, LineField] = {}
        form = Form(110)
        for key, label, example in _LINES:
            line = LineField(label, placeholder=example)
            line.committed.connect(lambda text, key=key: self._save(key, text.strip()))
            form.add(label, line)
            self._lines[key] = line
        countries = sorted(country_names().items(), key=lambda pair: pair[1])
        self.country = Choice("Country", [("", "Not said"), *countries])
        self.country.setToolTip("Phone numbers without a country code are read as numbers of this country")
        self.country.chosen.connect(lambda code: self._save("country", code))
        form.add("Country", self.country)
        self.box(form)
        self.heading("Signature", "What templates put in the place of {{ sender.signature }}.")
        self.signature = AutosaveText("Signature", placeholder="Best wishes, Ada", lines=3)
        self.signature.committed.connect(lambda text: self._save("signature", text.strip()))
        self.body.addWidget(Box(self.signature))
        self.heading("Pitch", "How fast you speak; 130 to 150 words a minute is usual before an audience.")
        self.pace = Number("Speaking pace", 140, 60, 260, "words a minute")
        self.pace.chosen.connect(lambda count: self.set(speaking_words_a_minute=count))
        pace = Form(110)
        pace.add("Speaking pace", narrow(self.pace, 190))
        self.box(pace)

    def show_settings(self, settings: Settings) -> None:
        self._me = settings.me
        for key, line in self._lines.items():
            line.set_text(getattr(settings.me, key))
        self.country.set_value(settings.me.country)
        self.signature.set_text(settings.me.signature)
        self.pace.set_value(settings.speaking_words_a_minute)

    def _save(self, key: str, value: str) -> None:
        me = replace(self._me, **{key: value})
        if me != self._me:
            self._me = me
            self.set(me=me)
