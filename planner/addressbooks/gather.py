"""Our side of an address book: the people here, and which of them have a history that no card can hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.addressbooks.decide import Ours
from planner.addressbooks.fields import Fields, fields_of
from planner.addressbooks.records import BookOptions
from planner.contacts.merge_rows import references
from planner.contacts.merge_writing import merged_uids
from planner.contacts.reading import read_contacts
from planner.contacts.records import ContactDetails
from planner.store.engine import raw
from planner.store.tables import ContactTable, FollowUpContactTable, FollowUpTable, MilestoneTable

#: Tables that name a contact and say nothing of what was between you.
_NO_HISTORY = frozenset(("contact_summary", "contact_not_same", "card", "session_speaker"))


@dataclass(frozen=True, slots=True)
class Person:
    """Someone here, with the values that go into the address book."""

    id: int
    uid: str
    details: ContactDetails
    fields: Fields


@dataclass(frozen=True, slots=True)
class Here:
    """Everybody here by uid, and into whom others were merged, by uid."""

    people: dict[str, Person]
    merged: dict[str, str]


def everybody(session: Session, options: BookOptions) -> Here:
    """All people. Whether they belong into the address book is asked of `selected`."""
    connection = session.connection()
    ids = list(session.scalars(select(ContactTable.id).order_by(ContactTable.id)))
    people: dict[str, Person] = {}
    uids: dict[int, str] = {}
    for id, contact in read_contacts(raw(connection), ids).items():
        people[contact.uid] = Person(id, contact.uid, contact.details, fields_of(contact.details, options))
        uids[id] = contact.uid
    merged = {uid: uids[id] for uid, id in merged_uids(connection).items() if uids.get(id, uid) != uid}
    return Here(people, merged)


def selected(fields: Fields, options: BookOptions) -> bool:
    """Whether someone with these values belongs into the address book."""
    return not options.tag or options.tag.casefold() in {tag.casefold() for tag in fields["tags"]}


def with_history(session: Session, ids: Collection[int]) -> set[int]:
    """Those of these contacts about whom more is known here than a card can hold.

    That is anything that happened or is planned, and what you wrote down to remember or found out. Check-ins and
    birthday wishes that came by themselves, and news that were only proposed, are no history.
    """
    found: set[int] = set()
    for table, column, _ in references():
        if table.name in _NO_HISTORY:
            continue
        statement = select(column).where(column.in_(ids))
        if table.name == FollowUpContactTable.__tablename__:
            statement = statement.join(FollowUpTable, FollowUpTable.id == table.c.followup_id)
            by_hand = ~FollowUpTable.origin.in_(("rhythm", "milestone")) | FollowUpTable.milestone_id.is_not(None)
            statement = statement.where(by_hand)
        if table.name == MilestoneTable.__tablename__:
            statement = statement.where(MilestoneTable.state.not_in(("proposed", "declined")))
        found |= set(session.scalars(statement.distinct()))
    told = (ContactTable.remember != "") | (ContactTable.research != "")
    return found | set(session.scalars(select(ContactTable.id).where(ContactTable.id.in_(ids), told)))


def ours(here: Here, options: BookOptions, history: Collection[str]) -> dict[str, Ours]:
    """Our side as `decide` takes it."""
    return {
        uid: Ours(uid, person.fields, uid in history, selected(person.fields, options))
        for uid, person in here.people.items()
    }
