"""Professional organisations: your membership and that of others, volunteering, and their meetings."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.events.records import EventKind
from planner.folding import fold, words
from planner.followups import writing as followups
from planner.relations import memberships, writing
from planner.relations.memberships import Membership, MembershipDraft
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import EventTable, MembershipTable, OrganisationMeetingTable, OrganisationTable


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation as it is typed in."""

    name: str
    link: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of an organisation. `linked`: you said so; else its title names the organisation."""

    event_id: int
    title: str
    day: date
    linked: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with all that belongs to it. `members` are your contacts there; meetings the latest first."""

    id: int
    draft: OrganisationDraft
    mine: Membership | None
    members: tuple[Membership, ...]
    meetings: tuple[Meeting, ...]


class Organisations:
    """Commands and questions about organisations and memberships. Each command is one undoable step."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    # --- commands

    def add(self, draft: OrganisationDraft) -> Changes:
        """Add an organisation. Raises Invalid without a name, or for one that is there already."""
        with self._store.write(f"add the organisation {_name(draft.name)}") as work:
            if _by_name(work.session, draft.name) is not None:
                raise Invalid("Organisation", "there is one of that name already")
            _add(work.session, draft)
        return work.changes

    def update(self, id: int, draft: OrganisationDraft) -> Changes:
        """Change an organisation."""
        with self._store.write(f"change the organisation {_name(draft.name)}") as work:
            row = writing.one(work.session, OrganisationTable, id, "organisation")
            same = _by_name(work.session, draft.name)
            if same is not None and same.id != id:
                raise Invalid("Organisation", "there is one of that name already")
            row.name, row.link, row.notes = _name(draft.name), draft.link.strip(), draft.notes.strip()
        return work.changes

    def delete(self, ids: Sequence[int]) -> Changes:
        """Delete organisations with their memberships; the people and the events stay."""
        label = "delete an organisation" if len(ids) == 1 else f"delete {len(ids)} organisations"
        with self._store.write(label) as work:
            for row in writing.all_of(work.session, OrganisationTable, ids, "organisation"):
                work.session.delete(row)
        return work.changes

    def join(self, name: str, contact_id: int | None = None, draft: MembershipDraft | None = None) -> Changes:
        """Note that somebody, or you for None, is a member; an organisation of a new name is added.

        A membership there already is changed where `draft` is given.
        """
        with self._store.read() as session:
            who = "yourself" if contact_id is None else writing.in_words(session, (contact_id,))
        with self._store.write(f"note {who} as a member of {_name(name)}") as work:
            session = work.session
            if contact_id is not None:
                followups.check_contacts(session, (contact_id,))
            organisation = _by_name(session, name) or _add(session, OrganisationDraft(name))
            row = _membership(session, organisation.id, contact_id)
            if row is None:
                row = MembershipTable(organisation_id=organisation.id, contact_id=contact_id)
                _fill(row, draft or MembershipDraft(), self._clock.today())
                session.add(row)
            elif draft is not None:
                _fill(row, draft, self._clock.today())
        return work.changes

    def change_membership(self, id: int, draft: MembershipDraft) -> Changes:
        """Change what a membership says."""
        with self._store.write("change a membership") as work:
            _fill(writing.one(work.session, MembershipTable, id, "membership"), draft, self._clock.today())
        return work.changes

    def leave(self, ids: Sequence[int]) -> Changes:
        """Take memberships away."""
        with self._store.write("end a membership" if len(ids) == 1 else f"end {len(ids)} memberships") as work:
            for row in writing.all_of(work.session, MembershipTable, ids, "membership"):
                work.session.delete(row)
        return work.changes

    def link_meeting(self, id: int, event_id: int) -> Changes:
        """Note that an event is a meeting of this organisation."""
        with self._store.write("note an organisation’s meeting") as work:
            writing.one(work.session, OrganisationTable, id, "organisation")
            writing.one(work.session, EventTable, event_id, "event")
            if _meeting(work.session, id, event_id) is None:
                work.session.add(OrganisationMeetingTable(organisation_id=id, event_id=event_id))
        return work.changes

    def unlink_meeting(self, id: int, event_id: int) -> Changes:
        """Take that back."""
        with self._store.write("unlink an organisation’s meeting") as work:
            row = _meeting(work.session, id, event_id)
            if row is not None:
                work.session.delete(row)
        return work.changes

    # --- questions

    def all(self) -> tuple[Organisation, ...]:
        """All organisations: your own first, then by name."""
        with self._store.read() as session:
            rows = session.scalars(select(OrganisationTable)).all()
            members: dict[int, list[Membership]] = defaultdict(list)
            for one in memberships.read(under(session)):
                members[one.organisation_id].append(one)
            meetings = _Meetings(session, self._clock)
            found = [_organisation(row, members[row.id], meetings.of(row)) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.mine is None, one.draft.name.casefold())))

    def names(self) -> tuple[str, ...]:
        """The names of all organisations, for completion."""
        with self._store.read() as session:
            return tuple(session.scalars(select(OrganisationTable.name).order_by(OrganisationTable.name)))

    def meetings_to_link(self) -> tuple[tuple[int, str], ...]:
        """Events of the kind organisation meeting, the latest first, to choose from."""
        with self._store.read() as session:
            rows = session.execute(
                select(EventTable.id, EventTable.title)
                .where(EventTable.kind == EventKind.ORGANISATION_MEETING.value)
                .order_by(EventTable.starts_at.desc())
                .limit(100)
            )
            return tuple((id, title) for id, title in rows)


def names_it(title: str, name: str) -> bool:
    """Whether the title of a meeting names an organisation: all words of the name, one after another."""
    there, wanted = words(title), words(name)
    count = len(wanted)
    return bool(wanted) and any(there[at : at + count] == wanted for at in range(len(there) - count + 1))


class _Meetings:
    """The meetings of each organisation, read once."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._clock = clock
        self._linked: dict[int, set[int]] = defaultdict(set)
        links = session.execute(select(OrganisationMeetingTable.organisation_id, OrganisationMeetingTable.event_id))
        for organisation_id, event_id in links:
            self._linked[organisation_id].add(event_id)
        linked = {id for ids in self._linked.values() for id in ids}
        self._events = session.execute(
            select(EventTable.id, EventTable.title, EventTable.starts_at, EventTable.kind)
            .where((EventTable.kind == EventKind.ORGANISATION_MEETING.value) | EventTable.id.in_(linked))
            .order_by(EventTable.starts_at.desc())
        ).all()

    def of(self, row: OrganisationTable) -> tuple[Meeting, ...]:
        linked = self._linked[row.id]
        return tuple(
            Meeting(id, title, self._clock.local(starts_at).date(), id in linked)
            for id, title, starts_at, kind in self._events
            if id in linked or (kind == EventKind.ORGANISATION_MEETING.value and names_it(title, row.name))
        )


def _name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown:
        raise Invalid("Organisation", "say what it is called")
    return shown


def _add(session: Session, draft: OrganisationDraft) -> OrganisationTable:
    row = OrganisationTable(
        uid=str(uuid.uuid4()), name=_name(draft.name), link=draft.link.strip(), notes=draft.notes.strip()
    )
    session.add(row)
    session.flush()
    return row


def _by_name(session: Session, name: str) -> OrganisationTable | None:
    wanted = fold(name)
    return next((row for row in session.scalars(select(OrganisationTable)) if fold(row.name) == wanted), None)


def _membership(session: Session, organisation_id: int, contact_id: int | None) -> MembershipTable | None:
    mine = MembershipTable.contact_id
    return session.scalar(
        select(MembershipTable).where(
            MembershipTable.organisation_id == organisation_id,
            mine.is_(None) if contact_id is None else mine == contact_id,
        )
    )


def _meeting(session: Session, organisation_id: int, event_id: int) -> OrganisationMeetingTable | None:
    table = OrganisationMeetingTable
    return session.scalar(select(table).where(table.organisation_id == organisation_id, table.event_id == event_id))


def _fill(row: MembershipTable, draft: MembershipDraft, today: date) -> None:
    if draft.since is not None and draft.since > today:
        raise Invalid("Since", "that day is yet to come")
    row.role, row.since, row.volunteering = draft.role.strip(), draft.since, draft.volunteering.strip()


def _organisation(row: OrganisationTable, members: Sequence[Membership], meetings: tuple[Meeting, ...]) -> Organisation:
    others = [one for one in members if one.contact is not None]
    others.sort(key=lambda one: one.contact.name.casefold() if one.contact else "")
    mine = next((one for one in members if one.contact is None), None)
    return Organisation(row.id, OrganisationDraft(row.name, row.link, row.notes), mine, tuple(others), meetings)
