"""What an address book says becomes a change here: one undoable command for a whole run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.addressbooks import gather
from planner.addressbooks.card import Card, chosen_extras
from planner.addressbooks.fields import Fields, counted, fields_of, with_fields
from planner.addressbooks.gather import Person
from planner.addressbooks.records import BookOptions
from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import bulk, merge_writing, pictures, writing
from planner.contacts.merging import contained, merged
from planner.contacts.reading import read_contacts
from planner.contacts.records import ContactDetails, ParsedContact
from planner.errors import Invalid
from planner.relations import celebrations
from planner.relations.celebrations import CareerChange
from planner.store.engine import raw, under
from planner.store.store import Store

#: From how many new people on a run is noted as a run of ids instead of row by row.
_MANY = 200


@dataclass
class Incoming:
    """What a run brings: people to add (by their uid), to change, to delete, and to merge."""

    received: list[tuple[str, Card, Fields]] = field(default_factory=list)
    changed: list[tuple[Person, Card, Fields]] = field(default_factory=list)
    deleted: list[Person] = field(default_factory=list)
    merged_here: list[tuple[Person, Person]] = field(default_factory=list)  # one into another
    merged_there: list[tuple[Card, Person, Fields]] = field(default_factory=list)  # a card's person is another by now

    def __bool__(self) -> bool:
        return bool(self.received or self.changed or self.deleted or self.merged_here or self.merged_there)

    def __len__(self) -> int:
        parts = (self.received, self.changed, self.deleted, self.merged_here, self.merged_there)
        return sum(len(part) for part in parts)


@dataclass
class Taken:
    """What came of it: the values of those who were added or changed, by uid, and why others were not.

    Whoever was changed by somebody else since the run began is neither in `people` nor in `failed`: the next run sees
    that change too.
    """

    changes: Changes = field(default_factory=Changes)
    people: dict[str, Person] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)


def take_over(
    store: Store,
    clock: Clock,
    incoming: Incoming,
    options: BookOptions,
    region: str,
    stop: Callable[[], bool],
) -> Taken:
    """Carry over what the address book says. A changed title or organisation may propose to congratulate.

    Raises Cancelled, with nothing changed.
    """
    taken = Taken()
    if not incoming:
        return taken
    count = len(incoming)
    said = (
        "take over a change from the address book"
        if count == 1
        else f"take over {count:,} changes from the address book"
    )
    with store.write(said, bulk=len(incoming.received) > _MANY) as work:
        ids = _add(work.session, clock, incoming, region, taken, stop)
        careers = _change(work.session, clock, incoming, options, region, taken, ids)
        # Before anybody is merged: what that adds to a person is yet to be written there, by the next run.
        for uid, contact in ((one.uid, one) for one in read_contacts(raw(work.connection), ids).values()):
            taken.people[uid] = Person(contact.id, uid, contact.details, fields_of(contact.details, options))
        _merge(work.session, clock, incoming, region, taken)
        told = gather.with_history(work.session, [person.id for person in incoming.deleted])
        gone = [one for one in incoming.deleted if one.id not in told and _untouched(work.connection, one, options)]
        writing.remove(work.session, [person.id for person in gone])
        taken.done |= {person.uid for person in gone}
        celebrations.propose(work.session, careers, clock.today())
    taken.changes = work.changes
    return taken


def _add(
    session: Session, clock: Clock, incoming: Incoming, region: str, taken: Taken, stop: Callable[[], bool]
) -> list[int]:
    parsed = [
        ParsedContact(_received(card, fields), uid, card.photo, position)
        for position, (uid, card, fields) in enumerate(incoming.received)
    ]
    added = bulk.add_many(session, parsed, clock.now(), source="vcard", region=region, total=len(parsed), stop=stop)
    for one in added.failed:
        taken.failed[incoming.received[one.position][0]] = one.reason
    taken.done |= {incoming.received[position][0] for position in added.ids}
    return list(added.ids.values())


def _received(card: Card, fields: Fields) -> ContactDetails:
    """A new person: what goes into address books, and the properties of other programs."""
    return replace(with_fields(ContactDetails(), fields | {"photo": ""}), extras=card.details.extras)


def _change(
    session: Session,
    clock: Clock,
    incoming: Incoming,
    options: BookOptions,
    region: str,
    taken: Taken,
    ids: list[int],
) -> list[CareerChange]:
    careers = []
    for person, card, values in incoming.changed:
        now = _current(session.connection(), person, options, values)
        if now is None:
            continue
        details = with_fields(now, values)
        details = replace(details, extras=_extras(now, card, values))
        if values.get("photo") and card.photo is not None:
            pictures.keep(session, card.photo)
        try:
            writing.change(session, person.id, details, clock.now(), region=region)
        except Invalid as error:
            taken.failed[person.uid] = f"{error.field}: {error.reason}"
            continue
        ids.append(person.id)
        taken.done.add(person.uid)
        careers.append(CareerChange(person.id, now.title, details.title, now.organisation, details.organisation))
    return careers


def _extras(now: ContactDetails, card: Card, values: Fields) -> Any:
    """The properties of the card, which know its groups and labels, with those that only we have."""
    wanted = values if "extras" in values else {"extras": fields_of(now, BookOptions())["extras"]}
    if not counted(card.details.extras) and not wanted["extras"]:
        return card.details.extras
    return chosen_extras(card.details.extras, now.extras, wanted)


def _merge(
    session: Session,
    clock: Clock,
    incoming: Incoming,
    region: str,
    taken: Taken,
) -> None:
    for person, into in incoming.merged_here:
        merge_writing.merge(session, into.id, [person.id], clock.now(), region=region)
        taken.done.add(person.uid)
    for card, into, fields in incoming.merged_there:
        now = read_contacts(under(session), (into.id,)).get(into.id)
        if now is None:
            continue
        received = _received(card, fields)
        received = replace(received, photo=card.details.photo, extras=counted(received.extras))
        if card.photo is not None:
            pictures.keep(session, card.photo)
        if not contained(received, now.details, region=region):
            writing.change(session, into.id, merged(now.details, received, region=region), clock.now(), region=region)


def _untouched(connection: Connection, person: Person, options: BookOptions) -> bool:
    now = read_contacts(raw(connection), (person.id,)).get(person.id)
    return now is not None and fields_of(now.details, options) == person.fields


def _current(
    connection: Connection, person: Person, options: BookOptions, values: Mapping[str, Any]
) -> ContactDetails | None:
    """What a person's details are by now; None if somebody changed what is to be changed, or deleted them."""
    now = read_contacts(raw(connection), (person.id,)).get(person.id)
    if now is None:
        return None
    fields = fields_of(now.details, options)
    return now.details if all(fields[name] == person.fields[name] for name in values) else None
