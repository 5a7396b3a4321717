"""People and events that the sentences of these tests are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.folding import fold, words
from planner.quick_entry.reading import understand
from planner.quick_entry.records import (
    AS_READ,
    NOWHERE,
    Context,
    Corrections,
    FoundEvent,
    FoundPerson,
    Understanding,
)

TODAY = date(2027, 7, 10)
PEOPLE = (
    FoundPerson(1, "Anjali Patel", "Northlight"),
    FoundPerson(2, "Anjali Rao", "Halden Labs"),
    FoundPerson(3, "Mara Lindqvist", "Halden Labs"),
    FoundPerson(4, "Tomás Ortega", "Brightwire"),
    FoundPerson(5, "Kofi Danso", "Mirrus"),
    FoundPerson(6, "Ingrid Vale", "Sable"),
    FoundPerson(7, "Łukasz Čapek", "Atelier 9"),
    FoundPerson(8, "Ben Ito"),
    FoundPerson(9, "Dana Whitfield", "Northlight"),
    FoundPerson(10, "Jun Watanabe", "Mirrus"),
    FoundPerson(11, "Will Parker", "Acme"),
)
EVENTS = (
    FoundEvent(1, "PyCon DE 2026", date(2026, 4, 12), date(2026, 4, 14)),
    FoundEvent(2, "PyCon DE 2027", date(2027, 4, 12), date(2027, 4, 14)),
    FoundEvent(3, "EuroPython 2027", date(2027, 7, 14), date(2027, 7, 18)),
    FoundEvent(4, "PyLadies meetup", date(2027, 7, 9), date(2027, 7, 9)),
)


class Known:
    """Look-ups over the few people and events above."""

    def people(self, text: str, limit: int, *, fuzzy: bool = False) -> tuple[FoundPerson, ...]:
        from rapidfuzz.fuzz import ratio

        typed = words(text)
        found = []
        for person in PEOPLE:
            own = words(person.name)
            if typed and all(word in own for word in typed):
                found.append(person)
            elif typed and all(any(part.startswith(word) and len(word) > 2 for part in own) for word in typed):
                found.append(replace(person, score=95.0))
            elif fuzzy and (score := max(ratio(fold(text), part) for part in [fold(person.name), *own])) > 72:
                found.append(replace(person, score=min(score, 94.0)))
        return tuple(sorted(found, key=lambda person: -person.score)[:limit])

    def events(self, text: str, limit: int) -> tuple[FoundEvent, ...]:
        typed = words(text)
        return tuple(
            event
            for event in EVENTS
            if typed
            and len(typed[0]) > 2
            and all(any(own.startswith(word) for own in words(event.title)) for word in typed)
        )[:limit]


def read(sentence: str, context: Context = NOWHERE, corrections: Corrections = AS_READ) -> Understanding:
    return understand(sentence, TODAY, Known(), context, corrections)
