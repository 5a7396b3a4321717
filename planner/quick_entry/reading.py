"""Reading a sentence: what turns "coffee with NAME yesterday, promised to send the deck by Friday" into values.

Pure over what is handed in: the day it is, the look-ups for people and events, where it is typed, and what the
person has corrected. Whatever no rule understands stays as the note, word for word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from planner.folding import fold
from planner.followups.records import FollowUpKind
from planner.quick_entry import clauses, exchanges, kinds, mentions, when
from planner.quick_entry.lexicon import ADDRESS, NAME, TAKEN
from planner.quick_entry.note import note
from planner.quick_entry.places import find_event, find_minutes, find_place
from planner.quick_entry.records import (
    AS_READ,
    NOWHERE,
    Context,
    Corrections,
    ExchangePart,
    FollowUpPart,
    FoundEvent,
    Lookups,
    OwedPart,
    Part,
    PartKind,
    Span,
    Understanding,
    Who,
)
from planner.quick_entry.when import Lean, When
from planner.quick_entry.who import Participants
from planner.relations.records import ExchangeKind, InteractionKind

#: A sentence is a line or two. What is typed beyond this is a note, and stays one.
LONGEST = 2_000

_TAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]*)")
_OPAQUE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WITH = re.compile(
    rf"(follow[\s-]?up|check[\s-]in|check\s+back|touch\s+base|catch\s+up\s+again|reconnect)\s+with\s+{NAME}+",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")
_SOMEONE_ELSE = re.compile(
    rf"\b(?:she|he|they|it|who|which|that)\b|{NAME}\s+(?:is|was|has|will|wants|starts|moves|said)", re.IGNORECASE
)


def understand(
    sentence: str,
    today: date,
    lookups: Lookups,
    context: Context = NOWHERE,
    corrections: Corrections = AS_READ,
) -> Understanding:
    """What a sentence says. Never fails: what is not understood is in `text`."""
    return _Reading(sentence, today, lookups, context, corrections).result()


@dataclass
class _Reading:
    """One pass over one sentence. `left` is the sentence with names masked and what was understood so far taken out."""

    sentence: str
    today: date
    lookups: Lookups
    context: Context
    corrections: Corrections
    left: str = ""
    parts: list[Part] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)  # what goes from the note
    only_text: list[Span] = field(default_factory=list)  # looked like a promise, and is none

    def result(self) -> Understanding:
        head = self.sentence[:LONGEST]
        base = _OPAQUE.sub(lambda match: ADDRESS * len(match.group()), head)
        tags = self._tags(base)
        for span in self.taken:
            base = _blank(base, span)
        people = Participants(mentions.find(base, self.lookups), self.context, self.corrections, self.sentence)
        self.left = people.masked(base)
        owed, follow_ups = self._clauses(people)
        minutes = self._minutes()
        days = [
            day
            for day in when.find(self.left, self.today, Lean.PAST)
            if not any(day.span.overlaps(span) for span in self.only_text)
        ]
        planned = self._planned(days, people) if not owed and not follow_ups else None
        if planned is not None:
            return self._only(planned, tags)
        day = self._day(days)
        event = self._event(day.day if day else self.today)
        exchanged = self._exchanges(people)
        kind, guessed = self._kind([item.span for item in exchanged])
        place = self._place()
        said = (*(part.span for part in owed), *(part.span for part in follow_ups))
        who = people.present(said)
        self._people(people, said)
        who = self._with_email(who)
        text = note(self.sentence, self.taken)
        if kind is None and (day or minutes or event or exchanged or place or text):
            resource = any(item.kind is ExchangeKind.RESOURCE for item in exchanged) and event is None
            kind, guessed = (InteractionKind.EMAIL if resource else InteractionKind.MET), True
        if self._is_left_out("kind"):
            kind = None
        if self.corrections.kind is not None:
            kind, guessed = self.corrections.kind, False
        on = self.corrections.on or (day.day if day else self.today)
        own_time = self.corrections.on is None and self.corrections.at is None
        return Understanding(
            sentence=self.sentence,
            today=self.today,
            kind=kind,
            kind_guessed=guessed,
            people=who,
            on=on if kind else None,
            at=(day.at if day and own_time else self.corrections.at) if kind else None,
            minutes=self.corrections.minutes if self.corrections.minutes is not None else minutes,
            event=event or (self._event_here() if kind is None else None),
            place=place,
            promises=tuple(owed),
            exchanges=tuple(exchanged),
            follow_ups=tuple(follow_ups),
            tags=tags,
            text=text,
            parts=tuple(sorted(self.parts, key=lambda part: part.span)),
        )

    # --- the parts, in the order they are looked for

    def _tags(self, base: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for match in _TAG.finditer(base):
            key = f"tag:{match[1].casefold()}"
            if not self._is_left_out(key):
                found.setdefault(match[1].casefold(), match[1])
                self._take(PartKind.TAG, Span(*match.span()), key)
        return tuple(found.values())

    def _clauses(self, people: Participants) -> tuple[list[OwedPart], list[FollowUpPart]]:
        owed: list[OwedPart] = []
        follow_ups: list[FollowUpPart] = []
        for clause in clauses.find(self.left, self.today):
            text = clause.text(self.sentence)
            word = PartKind.PROMISE if clause.side else PartKind.FOLLOW_UP
            key = f"{word}:{' '.join(fold(text).split()[:2])}"
            if self._is_left_out(key) or not text:
                self.only_text.append(clause.span)
                continue
            due = self.corrections.due.get(key, clause.due_on)
            if clause.side:
                side = self.corrections.sides.get(key, clause.side)
                owed.append(OwedPart(key, clause.span, side, text, due, people.within(clause.trigger)))
            else:
                kind = clause.kind or FollowUpKind.REMINDER
                named = people.within(clause.span, asides=kind is FollowUpKind.INTRODUCTION)
                dated = clause.due_on != due or bool(when.find(clause.span.of(self.left), self.today, Lean.FUTURE))
                title = self._title(clause, kind) if named else text
                title = title[:1].upper() + title[1:]
                follow_ups.append(
                    FollowUpPart(key, clause.span, kind, title, due or self.today, clause.due_time, dated, named)
                )
            self._take(word, clause.span, key)
        return owed, follow_ups

    def _title(self, clause: clauses.Clause, kind: FollowUpKind) -> str:
        """The words of something to do; whom it is for is said beside it, so "Check in with NAME" is "Check in"."""
        words = clause.words
        if kind is FollowUpKind.CHECK_IN and (whom := _WITH.match(self.left, words[0].start, words[0].end)):
            words = (Span(words[0].start, whom.end(1)), Span(whom.end(), words[0].end), *words[1:])
        return clauses.joined(self.sentence, words)

    def _minutes(self) -> int | None:
        found = find_minutes(self.left)
        if found is None or self._is_left_out("minutes"):
            return None
        span, minutes = found
        self._take(PartKind.MINUTES, span, "minutes")
        return minutes

    def _day(self, days: list[When]) -> When | None:
        if self._is_left_out("when"):
            return None
        first = _SENTENCE_END.search(self.left)
        for day in days:
            head = self.left[: day.span.start]
            clause = re.split(r"[,.;!?\n]", head)[-1]
            later = first is not None and day.span.start > first.start()
            if day.day > self.today or (later and day.lean is not Lean.PAST) or _SOMEONE_ELSE.search(clause):
                continue
            self._take(PartKind.WHEN, day.span, "when")
            return day
        return None

    def _kind(self, exchanged: list[Span]) -> tuple[InteractionKind | None, bool]:
        found = kinds.find(self.left, exchanged)
        if found is None or self._is_left_out("kind"):
            return None, False
        for span in found.spoken:
            self._take(PartKind.KIND, span, "kind")
        for span in found.telling:
            self._keep(PartKind.KIND, span, "kind")
        return found.kind, False

    def _event(self, day: date) -> FoundEvent | None:
        if self.corrections.no_event or self._is_left_out("event"):
            return None
        found = find_event(self.left, self.sentence, self.lookups, day)
        if found is not None:
            self._take(PartKind.EVENT, found[0], "event")
        here = self._event_here()
        # On the page of an event that is yet to come, what is told was before it.
        here = here if here is not None and here.first_day <= day else None
        return self.corrections.event or (found[1] if found else here)

    def _event_here(self) -> FoundEvent | None:
        return None if self.corrections.no_event or self._is_left_out("event") else self.context.event

    def _place(self) -> str:
        found = find_place(self.left, self.sentence)
        if found is None or self._is_left_out("place"):
            return ""
        span, place = found
        self._take(PartKind.PLACE, span, "place")
        return place

    def _exchanges(self, people: Participants) -> list[ExchangePart]:
        result: list[ExchangePart] = []
        for found in exchanges.find(self.left):
            text = " ".join(found.what.of(self.sentence).split()).strip(" ,;:-–—")
            key = f"exchange:{found.kind}"
            if any(other.key == key for other in result):
                key = f"{key}:{len(result)}"
            if self._is_left_out(key):
                continue
            link = _OPAQUE.search(text)
            named = people.within(Span(found.span.start, found.what.start))
            direction = self.corrections.directions.get(key, found.direction)
            result.append(
                ExchangePart(key, found.span, direction, found.kind, text, link.group() if link else "", named)
            )
            self.parts.append(Part(PartKind.EXCHANGE, found.span, key, kept=True))
        return result

    def _people(self, people: Participants, said: tuple[Span, ...]) -> None:
        for who, span, connected in people.placed(said):
            if any(span.overlaps(other) for other in said):
                continue  # the promise or follow-up that names them shows them
            self.parts.append(Part(PartKind.PERSON, span, who.key, kept=connected is None))
            if connected is not None:
                self.taken.append(connected)

    def _with_email(self, people: tuple[Who, ...]) -> tuple[Who, ...]:
        """The one new person gets the email address that the sentence holds."""
        new = [who for who in people if who.chosen is None]
        found = _EMAIL.findall(self.sentence[:LONGEST])
        if len(new) != 1 or len(found) != 1 or any("://" in word for word in found):
            return people
        span = Span(*next(_EMAIL.finditer(self.sentence)).span())
        self.taken.append(span)
        self.parts.append(Part(PartKind.PERSON, span, new[0].key))
        return tuple(replace(who, email=found[0]) if who is new[0] else who for who in people)

    # --- something planned, not something that happened

    def _planned(self, days: list[When], people: Participants) -> FollowUpPart | None:
        """ "Coffee with NAME tomorrow" has yet to happen: it is something to do."""
        ahead = next((day for day in days if day.day > self.today), None)
        found = kinds.find(self.left, ())
        if ahead is None or found is None or self.corrections.kind or self._is_left_out("planned"):
            return None
        stop = _SENTENCE_END.search(self.left)
        end = stop.start() if stop else len(self.left)
        first = min(span.start for span in (*found.spoken, *found.telling))
        if ahead.span.start > end or first > end or any(day.day <= self.today and day.span.end <= end for day in days):
            return None
        if _SOMEONE_ELSE.search(self.left[: ahead.span.start].rpartition(",")[2]):
            return None
        for part in [part for part in self.parts if part.kind is PartKind.MINUTES]:
            # How long it will take is nobody's to know yet: the words stay.
            self.parts.remove(part)
            self.taken.remove(part.span)
        text = note(self.sentence[:end], [ahead.span, *(span for span in self.taken if span.end <= end)])
        if not text:
            return None
        span = Span(0, end)
        self.parts.append(Part(PartKind.FOLLOW_UP, span, "planned"))
        self.taken.append(span)
        due = self.corrections.due.get("planned") or ahead.day
        return FollowUpPart("planned", span, FollowUpKind.REMINDER, text, due, ahead.at, True, people.present())

    def _only(self, planned: FollowUpPart, tags: tuple[str, ...]) -> Understanding:
        return Understanding(
            sentence=self.sentence,
            today=self.today,
            kind=None,
            people=planned.people,
            event=self.context.event,
            follow_ups=(planned,),
            tags=tags,
            text=note(self.sentence, self.taken),
            parts=tuple(sorted(self.parts, key=lambda part: part.span)),
        )

    # --- bookkeeping

    def _is_left_out(self, key: str) -> bool:
        return key in self.corrections.left_out

    def _take(self, kind: PartKind, span: Span, key: str) -> None:
        self.parts.append(Part(kind, span, key))
        self.taken.append(span)
        self.left = _blank(self.left, span)

    def _keep(self, kind: PartKind, span: Span, key: str) -> None:
        self.parts.append(Part(kind, span, key, kept=True))


def _blank(text: str, span: Span) -> str:
    return text[: span.start] + TAKEN * (span.end - span.start) + text[span.end :]
