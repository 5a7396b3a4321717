"""One address book's run while it goes on: both sides, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.accounts.memory import Memory
from planner.accounts.records import SyncedCollection
from planner.addressbooks.card import Card
from planner.addressbooks.decide import Known, Theirs
from planner.addressbooks.fields import Fields, fields_of, shown_name
from planner.addressbooks.gather import Here, Person
from planner.addressbooks.groups import Groups
from planner.addressbooks.merge import Merge
from planner.addressbooks.outcome import PeopleOutcome
from planner.addressbooks.records import BookOptions, Question
from planner.addressbooks.standing import Standing, keep, question_text, to_text
from planner.dav.items import Items


@dataclass
class Run:
    """The run. `cards` are those read in it, by path; `people` those who were changed here by it, by uid.

    `incomplete` says that something there was left to the next run which no sync-token would tell it of. `refused`
    holds, by uid, what the server does not take and why: it is not sent again before it changes.
    """

    book: SyncedCollection
    options: BookOptions
    region: str
    items: Items
    memory: Memory
    standing: Standing
    here: Here
    outcome: PeopleOutcome
    groups: Groups = field(default_factory=lambda: Groups(()))
    cards: dict[str, Card] = field(default_factory=dict)
    theirs: dict[str, Theirs] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    incomplete: bool = False
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)

    def name(self, uid: str) -> str:
        """Whom a uid names."""
        if uid in self.here.people:
            return self.here.people[uid].details.shown_name
        return shown_name(self.theirs[uid].fields) if uid in self.theirs and self.theirs[uid].fields else uid

    def person(self, uid: str) -> Person:
        """Someone as they are here by now."""
        return self.people.get(uid) or self.here.people[uid]

    def current(self, uid: str, path: str) -> Card | None:
        """The card as it was decided about; None where it has not been read, or has changed since."""
        read = self.cards.get(path)
        return read if read is not None and read.etag == self.theirs[uid].etag else None

    def fields(self, read: Card) -> Fields:
        """What a card says, with the tags of its groups."""
        found = fields_of(read.details, self.options)
        found["tags"] = self.groups.tags(read.details.tags, read.uid)
        return found

    def refuse(self, person: Person, reason: str) -> None:
        """The server does not take somebody's card: tell it, and let it rest."""
        self.refused[person.uid] = to_text(person.fields), reason
        self.outcome.unreadable.append(f"{person.details.shown_name} is not taken by the server: {reason}")

    def rests(self, person: Person) -> bool:
        """Whether the server did not take this before, just as it is now; it is told again then."""
        said, reason = self.refused.get(person.uid, ("", ""))
        if said != to_text(person.fields):
            self.refused.pop(person.uid, None)
            return False
        self.refuse(person, reason)
        return True

    def agree(self, uid: str, merge: Merge, ours: Fields, theirs: Theirs, read: Card | None) -> None:
        """Remember what both sides hold now; of fields in conflict, what both last agreed on, if they ever did."""
        before = self.standing.links.get(uid)
        old = before.known if before else Known(uid, "", "", {}, {})
        conflicts = merge.conflicts
        our_base = _based(ours, old.ours, conflicts)
        if _folded(ours["tags"]) != _folded(theirs.fields["tags"]) and "tags" not in conflicts:
            # A group could not be changed: these tags are still to go there.
            our_base = _based(our_base, old.ours, {"tags": None})
        known = Known(uid, theirs.path, theirs.etag, our_base, _based(theirs.fields, old.theirs, conflicts))
        text = question_text(Question.BOTH_CHANGED, self.name(uid), conflicts) if conflicts else ""
        keep(self.memory, known, read or before, text, theirs.fields)

    def look_again(self, uid: str, path: str) -> None:
        """Somebody wrote meanwhile: the next run reads that card anew, and sees what both sides changed."""
        self.outcome.postponed += 1
        if (link := self.standing.links.get(uid)) is not None:
            keep(self.memory, replace(link.known, path=path or link.known.path, etag=""), link)
        else:
            self.incomplete = True

    def ask(self, uid: str, path: str, question: Question) -> None:
        """Remember that a person has to say what is to become of someone."""
        link = self.standing.links[uid]
        # No entity tag is remembered, so that each run reads the card anew: either side may change its mind.
        known = replace(link.known, path=path or link.known.path, etag="")
        theirs = self.theirs[uid].fields if uid in self.theirs else None
        keep(self.memory, known, link, question_text(question, self.name(uid), {}, theirs))


def _based(values: Fields, old: Fields, without: Mapping[str, Any]) -> Fields:
    kept = {name: value for name, value in values.items() if name not in without}
    return kept | {name: old[name] for name in without if name in old}


def _folded(tags: list[str]) -> set[str]:
    return {tag.casefold() for tag in tags}
