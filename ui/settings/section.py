"""What the sections of the settings have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.settings.records import Settings
from ui.context import UiContext
from ui.theme import applied
from ui.widgets.box import Box
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be set, as the search finds it: its words on screen, and others it is looked for by."""

    name: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section in the list at the left. `make(ctx)` builds it when it is first opened."""

    key: str
    title: str
    icon: str
    entries: tuple[Entry, ...]
    make: Callable[[UiContext], SettingsSection]


class SettingsSection(QWidget):
    """The fields of one section, one box under another. Subclasses build in `__init__` and override what they need.

    `show_settings(settings)` puts stored values into the fields; `reload()` asks for what is no setting, such as plans;
    `cares(changes)` says when. `set(name=value)` saves.
    """

    def __init__(self, ctx: UiContext, title: str, about: str = "") -> None:
        super().__init__()
        self.ctx = ctx
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(Label(title, "subtitle"))
        if about:
            self.body.addWidget(Paragraph(about, small=True, style="mute"))
        self.body.addSpacing(4)

    def show_settings(self, settings: Settings) -> None:
        """Show stored values."""

    def reload(self) -> None:
        """Ask anew for what is shown besides the settings."""

    def cares(self, changes: Changes) -> bool:
        """Whether `reload()` is called for after a change."""
        return False

    def set(self, **values: Any) -> None:
        """Save settings; a value that can't be kept is explained, and the stored one shown again."""
        settings = self.ctx.planner.settings
        self.ctx.tasks.command(settings.change, **values, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was wrong, and show what is stored."""
        self.ctx.tasks.user_error.emit(error)
        self.show_settings(self.ctx.planner.settings.get())

    def heading(self, text: str, about: str = "") -> None:
        """Begin a group of fields."""
        self.body.addSpacing(8)
        self.body.addWidget(Label(text, "heading"))
        if about:
            self.body.addWidget(Paragraph(about, small=True, style="mute"))

    def box(self, *widgets: QWidget, spacing: int = 8) -> Box:
        """A group of fields with a frame."""
        made = Box(*widgets, spacing=spacing)
        self.body.addWidget(made)
        return made

    def wrapping(self, box: Box) -> Box:
        """A box whose contents wrap: it takes the height they need at its width, whatever it first thought."""
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return box

    def field_named(self, name: str) -> QWidget | None:
        """The field with this accessible name, for the search; of a group of fields the first."""
        named = [child for child in self.findChildren(QWidget) if child.accessibleName() == name]
        for child in (*named, *(inner for group in named for inner in group.findChildren(QWidget))):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return child
        return None


def narrow(field: QWidget, width: int = 200) -> QWidget:
    """A field of that width, px at text scale 1, at the left of the room a form gives it."""
    field.setFixedWidth(applied().px(width))
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(field)
    line.addStretch(1)
    holder.setFocusProxy(field)
    return holder


def flowing(widgets: Iterable[QWidget], gap: int = 10) -> QWidget:
    """Widgets beside each other on as many lines as they need."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=gap)
    for widget in widgets:
        flow.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
