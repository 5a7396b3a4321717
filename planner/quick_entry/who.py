"""Who took part: from the names in the sentence, from where it is typed, and from what was corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.folding import fold
from planner.quick_entry import mentions
from planner.quick_entry.lexicon import TAKEN
from planner.quick_entry.mentions import FITS, Mention, Place
from planner.quick_entry.records import Context, Corrections, FoundPerson, Span, Who, person_key
from planner.relations.records import PersonRef

#: A misspelt name this near, and this long, is taken for the contact, with doubt shown.
_NEARLY = 88.0
_LONG_ENOUGH = 5

_BEFORE = re.compile(r"(?:(?:\b(?:with|to|from|and)|w/|&|,|\+|@)\s*)+$", re.IGNORECASE)
_GIVING = re.compile(r"\b(?:sent|gave|lent|forwarded|e-?mailed|messaged|promised|owe)\s+$", re.IGNORECASE)
_SUBJECT_GOES = re.compile(
    rf"\s*(?:$|[,:;.!?–—(-]|{TAKEN}|(?:introduced|intro['’]?d|sent|gave|shared|connected|recommended|referred|reviewed|told|helped"
    r"|lent|forwarded|endorsed|congratulated|advised|called|rang|phoned|emailed|wrote|messaged|texted|and\s+(?:i|we)\b|at|on|yesterday"
    r"|coffee|lunch|dinner|call)\b)",
    re.IGNORECASE,
)


@dataclass
class Participants:
    """The people of one sentence."""

    found: list[Mention]
    context: Context
    corrections: Corrections
    sentence: str

    def masked(self, base: str) -> str:
        """The sentence with every name that stands for a person replaced by NAME characters."""
        return mentions.masked(base, [m for m in self.found if _key(m) not in self.corrections.left_out])

    def within(self, span: Span, *, asides: bool = False) -> tuple[Who, ...]:
        """The people named inside a stretch."""
        return self._unique(
            self._who(mention)
            for mention in self.found
            if mention.span.start >= span.start
            and mention.span.end <= span.end
            and (asides or mention.place is not Place.ASIDE)
            and _key(mention) not in self.corrections.left_out
        )

    def present(self, clauses: tuple[Span, ...] = ()) -> tuple[Who, ...]:
        """Everyone the sentence is about: of the context, then in the order named, then added by hand."""
        named = self._unique(self._who(mention) for mention in self._taking_part(clauses))
        brought = [
            Who(person_key(person), person)
            for person in (*self.context.people, *self.corrections.also)
            if person_key(person) not in self.corrections.left_out
        ]
        before = brought[: len(self.context.people)]
        after = brought[len(before) :]
        if self.context.only_unnamed and named:
            before = []
        ids = {who.chosen.id for who in named if who.chosen}
        return (
            *(who for who in before if who.chosen and who.chosen.id not in ids),
            *named,
            *(who for who in after if who.chosen and who.chosen.id not in ids),
        )

    def placed(self, clauses: tuple[Span, ...] = ()) -> Iterator[tuple[Who, Span, Span | None]]:
        """Each name that took part, where it stands, and what goes with it from the note (None: it stays there)."""
        for mention in self._taking_part(clauses):
            around = mention.around or mention.span
            yield self._who(mention), around, self._goes(mention, around)

    def _goes(self, mention: Mention, around: Span) -> Span | None:
        head, after = self.sentence[: around.start], self.sentence[around.end :]
        match mention.place:
            case Place.HEADER:
                joint = _BEFORE.search(head)
                return Span(joint.start() if joint else around.start, around.end)
            case Place.SUBJECT:
                if _SUBJECT_GOES.match(after) or any(
                    other is not mention and other.place is Place.SUBJECT and other.span.start > mention.span.start
                    for other in self.found
                ):
                    joint = _BEFORE.search(head)
                    return Span(joint.start() if joint and self._listed(mention) else around.start, around.end)
                return None
            case Place.OBJECT:
                return around if _GIVING.search(head) else None
            case _:
                return None

    def _listed(self, mention: Mention) -> bool:
        index = self.found.index(mention)
        return index > 0 and self.found[index - 1].place is mention.place

    def _taking_part(self, clauses: tuple[Span, ...]) -> list[Mention]:
        there = [mention for mention in self.found if _key(mention) not in self.corrections.left_out]
        outside = [m for m in there if not any(m.span.overlaps(span) for span in clauses)]
        with_me = [m for m in outside if m.place is Place.HEADER]
        # "Kofi and I had coffee with Ingrid": both. "Coffee with Ingrid. Kofi moved to Lisbon": Ingrid alone.
        doing = [m for m in outside if m.place is Place.SUBJECT and (not with_me or m.span < with_me[0].span)]
        objects = [m for m in outside if m.place is Place.OBJECT]
        alone = not self.context.people
        for chosen in (
            sorted([*with_me, *doing], key=lambda m: m.span),
            objects if alone or self.context.only_unnamed else [],
            [m for m in there if m.place is not Place.ASIDE] if alone else [],
            [m for m in outside if m.known][:1] if alone else [],
        ):
            if chosen:
                return chosen
        return []

    def _who(self, mention: Mention) -> Who:
        key = _key(mention)
        people = self._ordered(mention.people)
        if choice := self.corrections.choices.get(key):
            return Who(key, choice.person, mention.name, mention.organisation, "", people, True, mention.span)
        chosen: PersonRef | None = None
        sure = True
        if people and people[0].score >= FITS:
            chosen = people[0].ref
            rivals = [person for person in people if person.score >= people[0].score]
            sure = len(rivals) == 1 or self._in_context(people[0]) or (people[0].here and not rivals[1].here)
        elif people and people[0].score >= _NEARLY and len(mention.name) >= _LONG_ENOUGH:
            chosen, sure = people[0].ref, False
        return Who(key, chosen, mention.name, mention.organisation, "", people, sure, mention.span)

    def _ordered(self, people: tuple[FoundPerson, ...]) -> tuple[FoundPerson, ...]:
        """Those of the page first, then who attends the event, then as found."""

        def order(person: FoundPerson) -> tuple[bool, bool, float, bool]:
            return person.score < FITS, not self._in_context(person), -person.score, not person.here

        return tuple(sorted(people, key=order))

    def _in_context(self, person: FoundPerson) -> bool:
        return any(person.id == other.id for other in self.context.people)

    def _unique(self, people: Iterator[Who] | tuple[Who, ...]) -> tuple[Who, ...]:
        kept: dict[object, Who] = {}
        for who in people:
            kept.setdefault(who.chosen.id if who.chosen else who.key, who)
        return tuple(kept.values())


def _key(mention: Mention) -> str:
    return f"person:{fold(mention.name)}"
