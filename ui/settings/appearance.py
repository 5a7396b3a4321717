"""Light or dark, and how large the text is."""

from __future__ import annotations

from planner.settings.records import Settings
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, narrow
from ui.widgets.choice import Choice
from ui.widgets.fields import Form
from ui.widgets.labels import Paragraph
from ui.widgets.tabs import FilterChips

ENTRIES = (
    Entry("Theme", "light dark system colours appearance"),
    Entry("Text size", "font scale larger smaller zoom"),
)
_THEMES = (("system", "Follow the system"), ("light", "Light"), ("dark", "Dark"))
_SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class AppearanceSection(SettingsSection):
    """Theme and text size."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Appearance")
        form = Form(110)
        self.theme = FilterChips(_THEMES)
        self.theme.setAccessibleName("Theme")
        self.theme.chosen.connect(lambda mode: self.set(theme=mode))
        form.add("Theme", narrow(self.theme, 420))
        self.text_size = Choice("Text size", [(size, f"{round(size * 100)} %") for size in _SIZES])
        self.text_size.chosen.connect(lambda scale: self.set(font_scale=scale))
        form.add("Text size", narrow(self.text_size, 120))
        self.box(form)
        self.body.addWidget(
            Paragraph(
                "Ctrl++ and Ctrl+- change the text size anywhere, Ctrl+0 makes it normal.", small=True, style="mute"
            )
        )

    def show_settings(self, settings: Settings) -> None:
        self.theme.set_choices(_THEMES, settings.theme)
        sizes = sorted({*_SIZES, round(settings.font_scale, 2)})
        self.text_size.set_choices([(size, f"{round(size * 100)} %") for size in sizes], round(settings.font_scale, 2))
