"""The elevator pitch: its text, how long it takes, and the ways to change or rehearse it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from planner.events import speech
from planner.events.records import Pitch
from ui.context import UiContext
from ui.day_words import ago_words
from ui.events.loading import EventSheet
from ui.page import Page
from ui.widgets.box import Box
from ui.widgets.button import LinkButton
from ui.widgets.heading import Heading
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import AutosaveText
from ui.widgets.progress import ThinBar

_TARGETS = (15, 30, 45, 60, 90, 120)
_MOST_VERSIONS = 8


class PitchBox(QWidget):
    """Shows and edits the event's pitch. `rehearse_asked` leads to the timer."""

    rehearse_asked = Signal()

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._sheet: EventSheet | None = None
        self._creating = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.heading = Heading("Elevator pitch", link="Choose")
        self.heading.link_activated.connect(self._open_menu)
        self.text = AutosaveText(
            "Elevator pitch", placeholder="Who you are, what you do, what you are looking for", lines=3
        )
        self.text.setProperty("role", "small")
        self.text.committed.connect(self._save)
        self.text.textChanged.connect(self._measure)
        self.bar = ThinBar(0.0, "Speaking time")
        self.time = Label("", "small_muted")
        self.rehearse = LinkButton("Rehearse")
        self.rehearse.clicked.connect(self.rehearse_asked)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.bar)
        foot.addLayout(row(self.time, None, self.rehearse))
        column.addWidget(self.heading)
        column.addWidget(Box(self.text, self._foot))

    @property
    def pitch(self) -> Pitch | None:
        """The pitch shown."""
        return self._sheet.file.pitch if self._sheet else None

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show an event's pitch."""
        if self._sheet is not None and self._sheet.id != sheet.id:
            self.text.flush()
        self._sheet = sheet
        pitch = sheet.file.pitch
        audience = pitch.audience if pitch else ""
        self.heading.set_text("Elevator pitch")
        self.heading.set_link(audience or "Choose")
        self.text.set_text(pitch.text if pitch else "")
        self._measure()

    def spoken(self) -> speech.SpeakingTime:
        """How long the text in the field takes."""
        pace = self._sheet.words_a_minute if self._sheet else 140
        target = self.pitch.target_seconds if self.pitch else 60
        return speech.speaking_time(self.text.toPlainText(), target, pace)

    def _measure(self) -> None:
        spoken = self.spoken()
        self._foot.setVisible(spoken.words > 0)
        self.bar.set_part(spoken.share)
        self.time.set_text(str(spoken))

    def _save(self, text: str) -> None:
        if self._sheet is None:
            return
        pitches = self._ctx.planner.events.pitches
        if self.pitch is not None:
            self._page.command(pitches.update, self.pitch.id, text=text, failed=self._unsaved)
        elif text.strip() and not self._creating:
            self._creating = True
            self._page.command(
                pitches.add, text=text, event_id=self._sheet.id, done=self._created, failed=self._unsaved
            )

    def _created(self, _changes: object) -> None:
        self._creating = False

    def _unsaved(self, error: Exception) -> None:
        self._creating = False
        self.text.failed(self.pitch.text if self.pitch else "")
        self._page.tell(error)

    # --- the menu ----------------------------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        self.text.flush()
        self._page.query(self._ctx.planner.event_queries.pitches, self._menu, key="pitches")

    def _menu(self, pitches: tuple[Pitch, ...]) -> None:
        if self._sheet is None or self.heading.link is None:
            return
        commands = self._ctx.planner.events.pitches
        event_id, here = self._sheet.id, self.pitch
        items: list[MenuItem | None] = [
            MenuItem(
                pitch.audience or _beginning(pitch.text),
                partial(self._page.command, commands.choose, event_id, pitch.id),
                checked=here is not None and here.id == pitch.id,
            )
            for pitch in pitches[:10]
        ]
        if items:
            items.append(None)
        items.append(MenuItem("New pitch", partial(self._page.command, commands.add, event_id=event_id), icon="plus"))
        if here is not None:
            items.append(MenuItem("Audience…", self._ask_audience, icon="users"))
            items.append(None)
            items += [
                MenuItem(
                    f"{seconds} seconds",
                    partial(self._page.command, commands.update, here.id, target_seconds=seconds),
                    checked=here.target_seconds == seconds,
                )
                for seconds in _TARGETS
            ]
            items += self._versions(here)
            items.append(None)
            delete = partial(self._page.command, commands.delete, here.id, say="Deleted the pitch")
            items.append(MenuItem("Delete this pitch", delete, icon="trash-2"))
        open_menu(self.heading.link, items)

    def _versions(self, pitch: Pitch) -> list[MenuItem | None]:
        if not pitch.versions:
            return []
        clock = self._ctx.clock
        restore = self._ctx.planner.events.pitches.restore
        items: list[MenuItem | None] = [None]
        for version in pitch.versions[:_MOST_VERSIONS]:
            words = f"{_beginning(version.text)} ({ago_words(clock.local(version.at).date(), clock.today())})"
            items.append(MenuItem(words, partial(self._page.command, restore, version.id), icon="history"))
        return items

    def _ask_audience(self) -> None:
        if self.pitch is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Audience")
        dialog.setLabelText("Whom is this pitch for?")
        dialog.setTextValue(self.pitch.audience)
        id = self.pitch.id
        update = self._ctx.planner.events.pitches.update
        dialog.textValueSelected.connect(lambda text: self._page.command(update, id, audience=text))
        dialog.open()


def _beginning(text: str) -> str:
    plain = " ".join(text.split())
    return (plain[:44] + "…" if len(plain) > 45 else plain) or "Empty pitch"
