"""An informational interview as one visible flow above its event: what is behind you, and the next step's button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.events.interview_steps import Interview, Step, is_done, next_step
from ui.context import Link, UiContext
from ui.day_words import day_words, time_words
from ui.events.loading import EventSheet
from ui.page import Page
from ui.theme_tokens import Tone
from ui.widgets.box import Rule
from ui.widgets.button import Button, Kind
from ui.widgets.chip import Chip
from ui.widgets.labels import Label
from ui.widgets.layouts import FlowLayout, clear_layout, row

_SHORT = {
    Step.ASK: "Request",
    Step.HEAR: "Answer",
    Step.PREPARE: "Questions",
    Step.TALK: "Talk",
    Step.LEARN: "What I learned",
    Step.THANK: "Thank-you",
}


class InterviewFlow(QWidget):
    """The steps as chips, and what to do now. `bank_asked(button)`, `time_asked`, `notes_asked` lead elsewhere."""

    bank_asked = Signal(object)
    time_asked = Signal()
    notes_asked = Signal()

    def __init__(self, ctx: UiContext, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._page = ctx, page
        self._interview: Interview | None = None
        self.setProperty("frame", "pane")
        self.setAccessibleName("From request to thank-you")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.chips_holder = QWidget()
        self._chips = FlowLayout(self.chips_holder, gap=6)
        self._now = Label("", "small_muted", elide=True)
        buttons: tuple[tuple[str, str, Kind, Callable[[], object]], ...] = (
            ("request", "Write the request", "normal", self._request),
            ("asked", "Asked", "normal", lambda: self._do("asked", "Noted: asked today")),
            ("no", "Said no", "quiet", lambda: self._do("answered", "Noted: it will not be", False)),
            ("time", "Another time…", "normal", self.time_asked.emit),
            ("yes", "Said yes", "normal", lambda: self._do("answered", "Noted: they said yes", True)),
            ("bank", "Question ideas", "normal", lambda: self.bank_asked.emit(self.buttons["bank"])),
            ("talked", "We talked", "normal", lambda: self._do("held", "In their story. Thanks come tomorrow")),
            ("notes", "Write it down", "normal", self.notes_asked.emit),
            ("thank", "Write the thank-you", "normal", self._thank),
            ("thanked", "Thanked", "normal", lambda: self._do("thanked", "Noted: thanked today")),
        )
        self.buttons = {word: self._button(text, kind, act) for word, text, kind, act in buttons}
        middle = QWidget()
        centred = QVBoxLayout(middle)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(self.chips_holder)
        centred.addStretch(1)
        line = row(middle, self._now, *self.buttons.values(), spacing=8)
        line.setStretch(0, 1)
        line.setContentsMargins(20, 8, 20, 8)
        column.addLayout(line)
        column.addWidget(Rule())
        self.hide()

    def show_sheet(self, sheet: EventSheet) -> None:
        """Show where it stands; nothing for other kinds of events."""
        it = self._interview = sheet.interview
        self.setVisible(it is not None)
        if it is None:
            return
        clear_layout(self._chips)
        coming = next_step(it)
        for step in Step:
            tone = Tone.OK if is_done(it, step) else Tone.ACCENT if step is coming else Tone.NEUTRAL
            chip = Chip(self._said(it, step), Tone.BAD if it.declined and step is Step.HEAR else tone)
            chip.setAccessibleName(f"{step.value}: {'done' if is_done(it, step) else 'to do'}")
            self._chips.addWidget(chip)
        offered = self._offered(it, coming)
        for word, button in self.buttons.items():
            button.setVisible(word in offered)
        self._now.set_text("They said no." if it.declined else "" if coming else "All done.")
        self._now.setVisible(bool(self._now.text_shown()))

    def _offered(self, it: Interview, coming: Step | None) -> tuple[str, ...]:
        clock = self._ctx.clock
        if it.person is None or coming is None:
            return ()
        past = clock.local(it.starts_at).date() <= clock.today()
        talked = ("talked",) if past and it.answer == "yes" else ()
        return {
            Step.ASK: ("request", "asked"),
            Step.HEAR: ("no", "time", "yes"),
            Step.PREPARE: ("bank", *talked),
            Step.TALK: talked,
            Step.LEARN: ("notes", "thank") if it.thanks_id else ("notes", "thanked"),
            Step.THANK: ("thank", "thanked") if it.thanks_id else ("thanked",),
        }[coming]

    def _said(self, it: Interview, step: Step) -> str:
        today, words = self._ctx.clock.today(), _SHORT[step]
        if step is Step.ASK and it.asked_on is not None:
            return f"Asked {day_words(it.asked_on, today)}"
        if step is Step.HEAR and it.answer:
            if it.declined:
                return "Said no"
            there = self._ctx.clock.local(it.starts_at)
            return f"Yes, {day_words(there.date(), today)} {time_words(there)}"
        if step is Step.PREPARE and it.questions:
            return "1 question" if it.questions == 1 else f"{it.questions} questions"
        if step is Step.TALK and it.held:
            return "Talked"
        if step is Step.THANK and it.thanked_on is not None:
            return f"Thanked {day_words(it.thanked_on, today)}"
        return words

    def _button(self, text: str, kind: Kind, act: Callable[[], object]) -> Button:
        button = Button(text, kind)
        button.clicked.connect(lambda _=False: act())
        button.hide()
        return button

    def _do(self, command: str, say: str, *values: object) -> None:
        if self._interview is not None:
            fn = getattr(self._ctx.planner.interviews, command)
            self._page.command(fn, self._interview.event_id, *values, say=say)

    def _request(self) -> None:
        it = self._interview
        if it is None:
            return
        if it.request_id is not None:
            self._ctx.navigate(Link("followup", it.request_id))
            return

        def go(changes: Changes) -> None:
            for id in changes.created.get("followup", ()):
                self._ctx.navigate(Link("followup", id))

        self._page.command(self._ctx.planner.interviews.plan_request, it.event_id, done=go)

    def _thank(self) -> None:
        if self._interview is not None and self._interview.thanks_id is not None:
            self._ctx.navigate(Link("followup", self._interview.thanks_id))
