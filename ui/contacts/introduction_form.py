"""The panel for a new introduction: of two people by you, or of you by somebody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from planner.relations import connectors
from planner.relations.connectors import Room
from planner.relations.drafts import IntroductionDraft
from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.followups.days import say_day
from ui.widgets.choice import Choice
from ui.widgets.fields import LineField
from ui.widgets.form_panel import FormPanel
from ui.widgets.labels import Paragraph, Part
from ui.widgets.people_field import PeopleField

MINE, ASKED_FOR = "mine", "asked for"
#: Connectors offered by name.
_MOST = 4


class IntroductionForm(FormPanel):
    """`saved(draft)` fires on Save, Enter or Ctrl+Enter. Words stay until `accept()` or Cancel."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Introduction", label_width=72, save="Plan it")
        self.heading.set_text("New introduction")
        self._ctx = ctx
        self._proposed = ""
        self._connectors: dict[str, PersonRef] = {}
        self._build()

    def first_focus(self) -> QWidget:
        fields = (self.first, self.second) if self.kind.value == MINE else (self.through, self.first)
        empty = [field.line for field in fields if not field.people]
        return empty[0] if empty else self.reason

    def start(
        self,
        kind: str = MINE,
        first: PersonRef | None = None,
        second: PersonRef | None = None,
        through: PersonRef | None = None,
        reason: str = "",
    ) -> None:
        """Open it with these people."""
        self.kind.set_value(kind)
        for field, person in ((self.first, first), (self.second, second), (self.through, through)):
            field.set_people((person,) if person else ())
        self._proposed = ""
        self.reason.set_text(reason)
        self.say("")
        self._show_kind()
        self._look()
        self.open_panel()

    def _build(self) -> None:
        find = self._ctx.planner.contact_queries.names
        self.kind = Choice("Who introduces", ((MINE, "I introduce two people"), (ASKED_FOR, "Somebody introduces me")))
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.through = PeopleField("Through", lambda text: find(text, 8))
        self.first = PeopleField("First", lambda text: find(text, 8))
        self.second = PeopleField("Second", lambda text: find(text, 8))
        self.reason = LineField("Why", placeholder="what brings them together")
        self.form.add("Who", self.kind)
        self._rows = {
            field: self.form.add(label, field, top=True)
            for label, field in (("Ask", self.through), ("Between", self.first), ("and", self.second))
        }
        for field in self._rows:
            field.changed.connect(lambda people, field=field: self._changed(field, people))
        self.form.add("Why", self.reason)
        self._note = Paragraph(small=True, style="mute")
        self._note.link_activated.connect(self._choose_connector)
        self._note.hide()
        self.add_note(self._note)

    def tab_stops(self) -> Sequence[QWidget]:
        people = (self.first, self.second) if self.kind.value == MINE else (self.through, self.first)
        return [self.kind, *(field.line for field in people), self.reason, self.save, self.cancel]

    def _show_kind(self) -> None:
        mine = self.kind.value == MINE
        self.form.show_row(self.through, not mine)
        self.form.show_row(self.second, mine)
        self.form.name_row(self.first, "Between" if mine else "To meet")
        self.reason.setPlaceholderText("what brings them together" if mine else "what you would like to talk about")
        self.say("")
        self._look()

    def _changed(self, field: PeopleField, people: Sequence[PersonRef]) -> None:
        if len(people) > 1:
            field.set_people(people[-1:])
        self.say("")
        self._look()

    def _look(self) -> None:
        """Propose a reason, name those who know them, and say kindly where somebody was asked often."""
        first, second, through = (_one(field) for field in (self.first, self.second, self.through))
        ask = self._ctx.planner.introductions
        tasks = self._ctx.tasks
        self._note.hide()
        if self.kind.value == MINE and first and second:
            tasks.query(lambda: ask.reason_for(first.id, second.id), self._propose, key=(id(self), "reason"))
        elif self.kind.value == ASKED_FOR and through:
            tasks.query(lambda: ask.room(through.id), self._tell_room, key=(id(self), "note"))
        elif self.kind.value == ASKED_FOR and first:
            tasks.query(lambda: ask.connectors(first.id), self._offer, key=(id(self), "note"))
        self.fit()

    def _propose(self, reason: str) -> None:
        if self.reason.text() in ("", self._proposed) and not self.reason.is_edited:
            self._proposed = reason
            self.reason.set_text(reason)

    def _tell_room(self, found: Room) -> None:
        through = _one(self.through)
        if through is not None and found.is_full:
            words = connectors.said(through.name, found, say_day(found.free_on))
            self._note.set_text(f"{words} The follow-up will wait for that day.")
            self._note.show()
        self.fit()

    def _offer(self, people: Sequence[PersonRef]) -> None:
        first = _one(self.first)
        self._connectors = {str(person.id): person for person in people}
        if first is None or not people:
            return
        parts: list[Part] = [(f"Who knows {first.name}: ", "mute")]
        for at, person in enumerate(people[:_MOST]):
            parts += [(", " if at else "", "mute"), (person.name, "accent", str(person.id))]
        self._note.set_parts(parts)
        self._note.show()
        self.fit()

    def _choose_connector(self, key: str) -> None:
        if key in self._connectors:
            self.through.set_people((self._connectors[key],))
            self.reason.setFocus()
            self._look()

    def _save(self) -> None:
        for field in (self.first, self.second, self.through):
            field.flush()
        self.reason.flush()
        first, second, through = (_one(field) for field in (self.first, self.second, self.through))
        mine = self.kind.value == MINE
        if first is None or (second if mine else through) is None:
            self.say("Say who: type a name, and take it with Enter.")
            (self.first if first is None else self.second if mine else self.through).line.setFocus()
            return
        other = second.id if mine and second else None
        asked = through.id if not mine and through else None
        self.saved.emit(IntroductionDraft(first.id, other, self.reason.text().strip(), asked))


def _one(field: PeopleField) -> PersonRef | None:
    return field.people[0] if field.people else None
