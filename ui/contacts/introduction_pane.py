"""One introduction: its steps under each other, why it was thought of, and what to do next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.relations import connectors
from planner.relations.introduction_queries import Standing, Suggestion
from planner.relations.introductions import Mark, MarkState
from planner.relations.records import PersonRef
from ui.contacts import introductions_presenting as presenting
from ui.context import Link, UiContext
from ui.day_words import day_words
from ui.followups.days import say_day
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.fields import EntryLine
from ui.widgets.labels import Label, Paragraph, PartStyle
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.pane import Pane

_MARKS: dict[MarkState, tuple[str, Tone]] = {
    MarkState.DONE: ("✓", Tone.OK),
    MarkState.WAITING: ("…", Tone.WARN),
    MarkState.NEXT: ("→", Tone.ACCENT),
    MarkState.LATER: ("·", Tone.NEUTRAL),
    MarkState.REFUSED: ("✕", Tone.BAD),
}


class IntroductionPane(Pane):
    """`acted(word)` for a button ("write", "done", "yes", "no", "introduce"), `concluded(id, words)` for the line about
    what came of it."""

    acted = Signal(str)
    concluded = Signal(int, str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(spacing=8, parent=parent)
        self._ctx = ctx
        self._id: int | None = None
        self._heading = self.add_heading("Introduction")
        self._people = Paragraph()
        self._people.link_activated.connect(lambda id: ctx.navigate(Link("contact", int(id))))
        self._why = Paragraph(small=True, style="mute")
        self.add(Box(self._people, self._why, spacing=4))
        self._steps_heading = self.add_heading("Steps")
        self._steps = Box(spacing=4)
        self.add(self._steps)
        self._next_heading = self.add_heading("Next")
        self._next = Paragraph()
        self._stuck = Paragraph(small=True, style="warn")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=6)
        self.outcome = EntryLine("What came of it", "What came of it? Enter closes it")
        self.outcome.submitted.connect(self._concluded)
        self._next_box = Box(self._next, self._stuck, self._buttons, spacing=6)
        self.add(self._next_box)
        self.add(self.outcome)

    def show_standing(self, standing: Standing) -> None:
        """Show one."""
        it = standing.introduction
        if self._id != it.id:
            self.outcome.clear()
        self._id = it.id
        self._heading.set_text("Introduction", f"since {day_words(it.created_on, self._ctx.clock.today())}")
        if it.introducer is not None:
            self._show_people(("You meet ", it.a), (", through ", it.introducer))
        elif it.b is not None:
            self._show_people(("", it.a), (" and ", it.b))
        self._why.set_text(it.reason)
        self._why.setVisible(bool(it.reason))
        self._steps_heading.show()
        self._steps.show()
        clear_layout(self._steps.body)
        for mark in standing.marks:
            self._steps.add(_Line(mark))
        if it.outcome:
            self._steps.add(Paragraph(it.outcome, small=True, style="mute"))
        self._next.set_text(presenting.next_words(standing))
        self._stuck.set_text(self._said(standing))
        self._stuck.setVisible(bool(self._said(standing)))
        self._show_buttons(standing)
        self.outcome.setVisible(any(action.text == "What came of it" for action in presenting.actions(standing)))

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Show two people who should meet, and why."""
        self._id = None
        self._heading.set_text("They should meet" if suggestion else "Introduction", "")
        self._steps_heading.hide()
        self._steps.hide()
        self.outcome.hide()
        self._stuck.hide()
        if suggestion is None:
            self._people.set_text("Choose one at the left.")
            self._why.hide()
            self._next_heading.hide()
            self._next_box.hide()
            return
        self._show_people(("", suggestion.a), (" and ", suggestion.b))
        self._why.set_text("\n".join(suggestion.reasons))
        self._why.show()
        self._next_heading.show()
        self._next_box.show()
        self._next.set_text(f"Ask {suggestion.a.name} first; {suggestion.b.name} learns of it after a yes.")
        clear_layout(self._flow)
        self._add_button("Introduce", "introduce", "I", primary=True)

    def _show_people(self, *people: tuple[str, PersonRef]) -> None:
        parts: list[tuple[str, PartStyle] | tuple[str, PartStyle, str]] = []
        for before, person in people:
            parts.append((before, "ink"))
            parts.append((person.name, "strong", str(person.id)))
        self._people.set_parts(parts)

    def _show_buttons(self, standing: Standing) -> None:
        self._next_heading.setVisible(not standing.is_over)
        self._next_box.setVisible(not standing.is_over)
        clear_layout(self._flow)
        for action in presenting.actions(standing):
            if action.kind != "menu":
                self._add_button(action.text, action.id, action.key, primary=action.kind == "primary")

    def _add_button(self, text: str, word: str, key: str, *, primary: bool) -> None:
        button = Button(text, "primary" if primary else "normal", key, bind_key=False)
        button.clicked.connect(partial(self.acted.emit, word))
        self._flow.addWidget(button)
        button.show()

    def _said(self, standing: Standing) -> str:
        room, introducer = standing.room, standing.introduction.introducer
        if room is not None and room.is_full and introducer is not None:
            return connectors.said(introducer.name, room, say_day(room.free_on))
        return standing.stuck[:1].upper() + standing.stuck[1:] + "." if standing.stuck else ""

    def _concluded(self, words: str) -> None:
        if self._id is not None:
            self.concluded.emit(self._id, words)


class _Line(QWidget):
    """A sign, and the step in words."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        sign, tone = _MARKS[mark.state]
        shown = Label(sign, "small", tone)
        shown.setFixedWidth(applied().px(18))
        words = Paragraph(small=True)
        waiting = ""
        if mark.state is MarkState.WAITING:
            waiting = f" – waiting {mark.days} {'day' if mark.days == 1 else 'days'}"
        ink: PartStyle = "mute" if mark.state is MarkState.LATER else "ink"
        words.set_parts([(mark.words[:1].upper() + mark.words[1:], ink), (waiting, "warn")])
        words.setAccessibleName(f"{mark.words}: {mark.state.value}{waiting}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
