"""The panel of quick entry: one line, below it what was understood, each part of which can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.errors import UserError
from planner.quick_entry.records import AS_READ, NOWHERE, Context, Corrections, PartKind, Understanding
from ui.quick_entry.choices import Choices
from ui.quick_entry.editors import InlineEditor
from ui.quick_entry.sentence import Mark, SentenceEdit
from ui.quick_entry.wording import ChipSpec, chips, done_words, missing_words
from ui.theme_tokens import Tone
from ui.widgets.box import Rule
from ui.widgets.button import Button
from ui.widgets.chip import ChipButton
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout, row
from ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.context import UiContext
    from ui.main_window import MainWindow
    from ui.screens import Screen

PLACEHOLDER = "coffee with Ingrid yesterday, promised to send the deck by Friday"
HINT = "Say what happened, with whom and when; what was promised; what to be reminded of."
_UNDERLINE = {
    PartKind.PROMISE: "warn",
    PartKind.FOLLOW_UP: "warn",
    PartKind.EXCHANGE: "info",
    PartKind.TAG: "mute",
}


class QuickEntryPanel(Overlay):
    """Opened over the window; what was typed but not saved is still there the next time."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Log a contact", width=680)
        self._ctx = ctx
        self._context: Context = NOWHERE
        self._corrections: Corrections = AS_READ
        self._saving = False
        self.said: Understanding | None = None
        self.chips: dict[str, ChipButton] = {}
        self._specs: dict[str, ChipSpec] = {}
        self._build()
        ctx.theme.changed.connect(self._mark)

    @classmethod
    def open_over(cls, window: QMainWindow, ctx: UiContext, text: str = "") -> None:
        """Open it for the person or the event that the window shows, with words to begin with."""
        panel = window.findChild(cls)
        if panel is None or panel._ctx is not ctx:
            panel = cls(window, ctx)
        page = getattr(window, "page", None)
        subject = page.subject() if page is not None and hasattr(page, "subject") else None
        contact = (subject.id,) if subject is not None and subject.kind == "contact" and subject.id else ()
        event = subject.id if subject is not None and subject.kind == "event" else None
        panel.start(ctx.planner.quick_entry.context(contact, event, only_unnamed=True), text)

    def start(self, context: Context = NOWHERE, text: str = "") -> None:
        """Open it. Words that were left unsaved stay, unless there are new ones."""
        self._context = context
        if text:
            self._corrections = AS_READ
            self.sentence.setPlainText(text)
        self._saving = False
        self._message.hide()
        self.editor.close_editor()
        self.understand()
        self.open_panel()

    def first_focus(self) -> QWidget:
        return self.sentence

    def tab_stops(self) -> Sequence[QWidget]:
        buttons = (self.add_button, self.cancel_button, self.save_button)
        return (self.sentence, *self.chips.values(), *self.editor.stops, *buttons)

    def understand(self) -> None:
        """Read the sentence anew, now."""
        said = self._ctx.planner.quick_entry.understand(self.sentence.toPlainText(), self._context, self._corrections)
        self._show(said)

    def correct(self, corrections: Corrections) -> None:
        """Take over what the person set right."""
        focus = next((key for key, chip in self.chips.items() if chip.hasFocus()), "")
        self._corrections = corrections
        self.understand()
        if focus or not self.sentence.hasFocus():
            (self.chips.get(focus) or self.sentence).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save what was understood, as one command."""
        self.understand()
        if self._saving or self.said is None:
            return
        if self.said.missing:
            self._say(missing_words(self.said) or "Type what happened first.")
            return
        self._saving = True
        self._ctx.tasks.command(self._ctx.planner.quick_entry.save, self.said, done=self._saved, failed=self._not_saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.save()
        else:
            super().keyPressEvent(event)

    # --- building

    def _build(self) -> None:
        upper = QVBoxLayout()
        upper.setContentsMargins(20, 16, 20, 14)
        upper.setSpacing(10)
        self._title = Label("Log a contact", "heading")
        self.sentence = SentenceEdit("What happened", PLACEHOLDER)
        self.sentence.typed.connect(self._typed)
        self.sentence.submitted.connect(self.save)
        upper.addWidget(self._title)
        upper.addWidget(self.sentence)
        lower = QVBoxLayout()
        lower.setContentsMargins(20, 12, 20, 12)
        lower.setSpacing(10)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=6)
        self._note = Paragraph(small=True, style="mute")
        self._message = Paragraph(small=True, style="warn")
        self.editor = InlineEditor(self._ctx)
        self.editor.closed.connect(self._edited)
        self.save_button = Button("Save", "primary", "Return", bind_key=False)
        self.save_button.clicked.connect(self.save)
        self.cancel_button = Button("Close", "quiet", "Esc", bind_key=False)
        self.cancel_button.setToolTip("What you typed stays here until you save it")
        self.cancel_button.clicked.connect(self.dismiss)
        self.add_button = Button("Add a person", "quiet", icon_name="user-plus")
        self.add_button.clicked.connect(self._add_person)
        lower.addWidget(self._holder)
        lower.addWidget(self.editor)
        lower.addWidget(self._note)
        lower.addWidget(self._message)
        # The quiet button's words begin where the chips do.
        lower.addLayout(row(-7, self.add_button, None, self.cancel_button, self.save_button))
        self.body.addLayout(upper)
        self.body.addWidget(Rule())
        self.body.addLayout(lower)

    # --- showing

    def _typed(self, text: str) -> None:
        self._message.hide()
        if not text.strip():
            self._corrections = AS_READ
        entry, context, corrections = self._ctx.planner.quick_entry, self._context, self._corrections
        self._ctx.tasks.query(
            lambda: entry.understand(text, context, corrections), self._show_if_current, key=("quick-entry", id(self))
        )

    def _show_if_current(self, said: Understanding) -> None:
        if said.sentence == self.sentence.toPlainText():
            self._show(said)

    def _show(self, said: Understanding) -> None:
        self.said = said
        specs = chips(said) if said.sentence.strip() or said.people else []
        if not said.sentence.strip():
            specs = [spec for spec in specs if spec.kind in (PartKind.PERSON, PartKind.EVENT)]
        self._set_chips(specs)
        note = said.text if said.logs or said.follow_ups else ""
        self._note.setVisible(bool(note) or not said.sentence.strip())
        self._note.set_parts([("Note: ", "strong"), (note, "mute")] if note else [(HINT, "mute")])
        wanted = missing_words(said) if said.sentence.strip() else ""
        self._message.setVisible(bool(wanted))
        self._message.set_text(wanted)
        self._mark()
        self.fit()

    def _set_chips(self, specs: list[ChipSpec]) -> None:
        if list(self._specs.values()) == specs and self.chips:
            return
        focus = next((key for key, chip in self.chips.items() if chip.hasFocus()), "")
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips, self._specs = {}, {spec.key: spec for spec in specs}
        for spec in specs:
            chip = _PartChip(spec, self._mark)
            chip.clicked.connect(lambda _=False, key=spec.key: self._choose(key))
            chip.removed.connect(lambda key=spec.key: self._leave_out(key))
            self._flow.addWidget(chip)
            self.chips[spec.key] = chip
            chip.show()
        self._holder.setVisible(bool(specs))
        self._flow.invalidate()
        self._holder.updateGeometry()
        if focus in self.chips:
            self.chips[focus].setFocus()

    def _mark(self) -> None:
        if self.said is None or self.said.sentence != self.sentence.toPlainText():
            return
        focused = next((key for key, chip in self.chips.items() if chip.hasFocus()), None)
        self.sentence.set_marks(
            Mark(part.span.start, part.span.end, _UNDERLINE.get(part.kind, "accent"), strong=part.key == focused)
            for part in self.said.parts
        )

    # --- correcting

    def _choose(self, key: str) -> None:
        if self.said is not None and key in self.chips:
            choices = Choices(self._ctx, self.said, self._corrections, self.correct, self._edit)
            choices.open(self._specs[key], self.chips[key])

    def _leave_out(self, key: str) -> None:
        keys = list(self.chips)
        at = keys.index(key)
        corrections = self._corrections.leave_out(key)
        self._corrections = Corrections(**{**_fields(corrections), "no_event": corrections.no_event or key == "event"})
        self.understand()
        rest = list(self.chips.values())
        (rest[min(at, len(rest) - 1)] if rest else self.sentence).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_person(self) -> None:
        self._edit_person("Who else took part", lambda person: self.correct(self._corrections.add_person(person)))

    def _edit_person(self, name: str, chosen: Callable) -> None:
        self.editor.ask_person(name, chosen)
        self.fit()

    def _edit(self, ask: Callable[[InlineEditor], None]) -> None:
        ask(self.editor)
        self.fit()

    def _edited(self) -> None:
        self.fit()
        if self.isVisible():
            self.sentence.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- saving

    def _saved(self, changes: Changes) -> None:
        self._saving = False
        self._corrections = AS_READ
        self.sentence.clear()
        self.dismiss()
        self._ctx.toast(done_words(changes.label), undo=True)

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, UserError):
            self._say(str(error.explain()))

    def _say(self, words: str) -> None:
        self._message.set_text(words)
        self._message.show()
        self.fit()


class _PartChip(ChipButton):
    """A chip of the panel. While it has the focus, its words are marked in the sentence."""

    def __init__(self, spec: ChipSpec, focus_moved: Callable[[], None]) -> None:
        super().__init__(spec.text, spec.tone, removable=True)
        self._focus_moved = focus_moved
        hint = "Enter: change · Delete: take it out"
        self.setToolTip(f"{spec.tip}\n{hint}" if spec.tip else hint)
        self.setAccessibleName(f"{spec.kind.value}: {spec.text}")
        self.setAccessibleDescription(spec.tip or hint)
        self.tone: Tone = spec.tone

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_moved()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(Qt.Key(event.key()))
        if step is not None:
            self.focusNextPrevChild(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()  # Ctrl+Enter saves, wherever the focus is
        else:
            super().keyPressEvent(event)


def _fields(corrections: Corrections) -> dict:
    from dataclasses import fields

    return {field.name: getattr(corrections, field.name) for field in fields(corrections)}


def screens() -> Sequence[Screen]:
    """Empty, with a sentence understood, and with what is doubtful and new."""
    from ui.links import Link
    from ui.screens import Screen

    def typed(text: str, chip: str = "") -> Callable[[MainWindow], None]:
        def arrange(window: MainWindow) -> None:
            window.open_quick_entry(text)
            panel = window.findChild(QuickEntryPanel)
            if panel is not None and chip in panel.chips:
                panel.chips[chip].setFocus(Qt.FocusReason.TabFocusReason)

        return arrange

    def empty(window: MainWindow) -> None:
        window.open_quick_entry()
        panel = window.findChild(QuickEntryPanel)
        if panel is not None:
            panel.sentence.clear()

    one = "coffee with Ingrid yesterday 25 min, promised to send the deck by Friday. She introduced me to Mara #energy"
    two = (
        "met Dana Cole from Acme and Anjali, remind me to call Ingrid next week. She leads the pilot of battery "
        "recycling and would love to compare notes on how the research group measures retention."
    )
    return [
        Screen("quick-entry-empty", Link("today"), empty),
        Screen("quick-entry", Link("today"), typed(one)),
        Screen("quick-entry-new-person", Link("today"), typed(two, "person:dana cole")),
    ]
