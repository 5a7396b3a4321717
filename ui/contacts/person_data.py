"""Everything one person's page shows, read in one go off the main thread."""

from __future__ import annotations

from dataclasses import dataclass

from planner.app import Planner
from planner.contacts.records import Contact, ContactRow
from planner.errors import NotFound
from planner.events.records import Attendance, EventRow
from planner.followups.records import FollowUp, FollowUpState
from planner.relations.log_book import LogEntry
from planner.relations.memberships import Membership
from planner.relations.queries import MonthCount
from planner.relations.records import Exchange, GiveAndTake, Introduction, PersonRef, Promise
from planner.relations.story import StoryEntry
from planner.relations.ties import TieSuggestion


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event to come, and this person's attendance."""

    event: EventRow
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class PersonData:
    """One person with their history. `photo` is the bytes of their picture."""

    contact: Contact
    row: ContactRow
    photo: bytes | None
    story: tuple[StoryEntry, ...]
    months: tuple[MonthCount, ...]
    followups: tuple[FollowUp, ...]
    promises: tuple[Promise, ...]
    exchanges: tuple[Exchange, ...]
    introductions: tuple[Introduction, ...]
    balance: GiveAndTake
    meetings: tuple[Meeting, ...]
    suggested_tie: TieSuggestion | None = None
    log: tuple[LogEntry, ...] = ()
    knows: tuple[PersonRef, ...] = ()
    memberships: tuple[Membership, ...] = ()


def read(planner: Planner, id: int) -> PersonData | None:
    """The data of a person, None if they are gone."""
    try:
        contact = planner.contact_queries.get(id)
    except NotFound:
        return None
    rows = planner.contact_queries.rows((id,))
    if not rows:
        return None
    digest = contact.details.photo
    photo = planner.contact_queries.photo(digest) if digest else None
    relations = planner.relation_queries
    return PersonData(
        contact=contact,
        row=rows[0],
        photo=photo.data if photo is not None else None,
        story=relations.story(id),
        months=relations.months(id),
        followups=tuple(one for one in planner.followup_queries.for_contact(id) if one.state is FollowUpState.OPEN),
        promises=relations.promises(id),
        exchanges=relations.exchanges(id),
        introductions=relations.introductions(id),
        balance=relations.give_and_take(contact_id=id),
        meetings=_meetings(planner, id),
        suggested_tie=planner.relation_queries.tie(id),
        log=planner.relation_queries.log(id),
        knows=planner.relation_queries.acquaintances(id),
        memberships=planner.relation_queries.memberships(id),
    )


def _meetings(planner: Planner, id: int) -> tuple[Meeting, ...]:
    today = planner.clock.today()
    found = []
    for event in planner.event_queries.for_contact(id):
        if event.last_day < today:
            continue
        people = planner.event_queries.attendances(event.id)
        found += [Meeting(event, attendance) for attendance in people if attendance.contact_id == id]
    return tuple(sorted(found, key=lambda one: one.event.first_day))
