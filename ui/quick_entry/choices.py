"""What a chip offers when it is opened: other values for what was understood, or to leave it as plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.quick_entry.records import Corrections, PartKind, Understanding, Who
from planner.quick_entry.when import Lean
from planner.relations.records import Direction, PromiseSide
from ui.day_words import day_words
from ui.quick_entry.editors import InlineEditor
from ui.quick_entry.wording import KIND_WORDS, ChipSpec, coming_days, past_days
from ui.widgets.menu import MenuItem, open_menu

if TYPE_CHECKING:
    from ui.context import UiContext

_MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)
Items = list[MenuItem | None]


@dataclass(frozen=True)
class Choices:
    """Makes a chip's menu. `correct` takes new corrections; `edit` opens the line for what no menu can hold."""

    ctx: UiContext
    said: Understanding
    corrections: Corrections
    correct: Callable[[Corrections], None]
    edit: Callable[[Callable[[InlineEditor], None]], None]

    def open(self, spec: ChipSpec, chip: QWidget) -> None:
        """Open the menu under its chip, by mouse or key."""
        menu = open_menu(chip, self.items(spec))
        first = next((action for action in menu.actions() if action.isEnabled() and action.isChecked()), None)
        menu.setActiveAction(first or menu.actions()[0])

    def items(self, spec: ChipSpec) -> Items:
        """The entries for one part."""
        makers: dict[PartKind, Callable[[str], Items]] = {
            PartKind.KIND: self._kinds,
            PartKind.WHEN: self._days,
            PartKind.MINUTES: self._minutes,
            PartKind.PERSON: self._people,
            PartKind.EVENT: self._events,
            PartKind.PROMISE: self._promise,
            PartKind.EXCHANGE: self._exchange,
            PartKind.FOLLOW_UP: self._follow_up,
        }
        maker = makers.get(spec.kind)
        items = maker(spec.key) if maker else []
        return [*items, *([None] if items else []), self._leave(spec)]

    def _leave(self, spec: ChipSpec) -> MenuItem:
        words = {
            PartKind.KIND: "Nothing to log",
            PartKind.WHEN: "Today; keep the words as text",
            PartKind.MINUTES: "No length; keep the words as text",
            PartKind.PERSON: "Was not there",
            PartKind.EVENT: "At no event",
            PartKind.PROMISE: "Not a promise",
            PartKind.EXCHANGE: "Not give and take",
            PartKind.FOLLOW_UP: "Nothing to do later",
        }.get(spec.kind, "Keep as text")
        corrections = self.corrections.leave_out(spec.key)
        if spec.kind is PartKind.EVENT:
            corrections = replace(self.corrections, no_event=True, event=None)
        elif spec.kind is PartKind.WHEN:
            corrections = replace(corrections, on=None, at=None)
        elif spec.kind is PartKind.MINUTES:
            corrections = replace(corrections, minutes=None)
        elif spec.kind is PartKind.KIND:
            corrections = replace(corrections, kind=None)
        return MenuItem(words, partial(self.correct, corrections), "Del", "x")

    def _kinds(self, _: str) -> Items:
        return [
            MenuItem(words, partial(self.correct, replace(self.corrections, kind=kind)),
                     checked=kind is self.said.kind)
            for kind, words in KIND_WORDS.items()
        ]  # fmt: skip

    def _days(self, _: str) -> Items:
        items: Items = [
            MenuItem(words, partial(self._set_day, day), checked=day == self.said.on)
            for words, day in past_days(self.said.today)
        ]

        def ask(editor: InlineEditor) -> None:
            editor.ask_moment("When it was", self.said.on or self.said.today, self.said.at, Lean.PAST, self._set_moment)

        return [*items, MenuItem("Another day or time…", partial(self.edit, ask), icon="calendar")]

    def _set_day(self, day: date) -> None:
        self.correct(replace(self.corrections, on=day, at=self.said.at))

    def _set_moment(self, day: date, at: object) -> None:
        self.correct(replace(self.corrections, on=day, at=at))  # type: ignore[arg-type]  # by name

    def _minutes(self, _: str) -> Items:
        return [
            MenuItem(f"{count} min", partial(self.correct, replace(self.corrections, minutes=count)),
                     checked=count == self.said.minutes)
            for count in _MINUTES
        ]  # fmt: skip

    def _people(self, key: str) -> Items:
        who = next((who for who in self.said.people if who.key == key), None)
        if who is None or who.span is None:
            return []
        items: Items = [
            MenuItem(
                f"{person.name} – {person.organisation}" if person.organisation else person.name,
                partial(self.correct, self.corrections.choose(key, person.ref)),
                checked=who.chosen == person.ref,
            )
            for person in who.candidates
        ]
        return [*items, *self._others(key, who)]

    def _others(self, key: str, who: Who) -> Items:
        def ask(editor: InlineEditor) -> None:
            editor.ask_person(
                f"Who “{who.new_name}” is", lambda person: self.correct(self.corrections.choose(key, person))
            )

        new = MenuItem(
            f"New contact: {who.new_name}",
            partial(self.correct, self.corrections.choose(key, None)),
            checked=who.chosen is None,
        )
        return [new, MenuItem("Somebody else…", partial(self.edit, ask), icon="search")]

    def _events(self, _: str) -> Items:
        return [
            MenuItem(
                f"{event.title} · {day_words(event.first_day, self.said.today)}",
                partial(self.correct, replace(self.corrections, event=event, no_event=False)),
                checked=self.said.event is not None and event.id == self.said.event.id,
            )
            for event in self.ctx.planner.quick_entry.events()
        ]

    def _promise(self, key: str) -> Items:
        part = next(part for part in self.said.promises if part.key == key)
        sides = ((PromiseSide.MINE, "I owe it"), (PromiseSide.THEIRS, "They owe it"))
        return [
            *(
                MenuItem(words, partial(self.correct, self.corrections.set_side(key, side)),
                         checked=side is part.side)
                for side, words in sides
            ),
            None,
            *self._due(key, part.due_on),
            MenuItem("No day", partial(self.correct, self.corrections.set_due(key, None)), checked=part.due_on is None),
        ]  # fmt: skip

    def _follow_up(self, key: str) -> Items:
        part = next(part for part in self.said.follow_ups if part.key == key)
        return self._due(key, part.due_on)

    def _due(self, key: str, due: date | None) -> Items:
        today = self.said.today

        def ask(editor: InlineEditor) -> None:
            editor.ask_day("By when", due or today, Lean.FUTURE, self._set_due(key))

        return [
            *(
                MenuItem(f"{words} · {day_words(day, today)}" if words != "Tomorrow" else words,
                         partial(self._set_due(key), day), checked=day == due)
                for words, day in coming_days(today)
            ),
            MenuItem("Another day…", partial(self.edit, ask), icon="calendar"),
        ]  # fmt: skip

    def _set_due(self, key: str) -> Callable[[date], None]:
        return lambda day: self.correct(self.corrections.set_due(key, day))

    def _exchange(self, key: str) -> Items:
        part = next(part for part in self.said.exchanges if part.key == key)
        sides = ((Direction.GIVEN, "I gave it"), (Direction.RECEIVED, "I received it"))
        return [
            MenuItem(words, partial(self.correct, self.corrections.set_direction(key, way)),
                     checked=way is part.direction)
            for way, words in sides
        ]  # fmt: skip
