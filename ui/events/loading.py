"""What the page of one event shows, read in one go off the main thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.events.interview_steps import Interview
from planner.events.records import Attendance, EventDetails, EventFile, EventKind, EventRow
from planner.events.speech import SpeakingTime
from planner.followups.records import Plan
from planner.relations.records import Promise

if TYPE_CHECKING:
    from planner.app import Planner
    from planner.calendars.invitations import Invitation


@dataclass(frozen=True, slots=True)
class EventSheet:
    """One event, and what its page needs besides. `photos` are pictures by their hash,
    `invitations` those of its guests by contact."""

    file: EventFile
    spoken: SpeakingTime
    words_a_minute: int
    plans: tuple[Plan, ...] = ()
    promises: tuple[Promise, ...] = ()
    carried: tuple[Attendance, ...] = ()
    photos: dict[str, bytes] = field(default_factory=dict)
    interview: Interview | None = None
    invitations: dict[int, Invitation] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The event's number."""
        return self.file.event.id

    @property
    def details(self) -> EventDetails:
        """The event's details."""
        return self.file.event.details

    @property
    def plan(self) -> Plan | None:
        """The plan chosen for the time after it."""
        return next((plan for plan in self.plans if plan.id == self.details.plan_id), None)

    def person(self, attendance_id: int | None) -> Attendance | None:
        """Somebody at the event."""
        return next((person for person in self.file.attendances if person.id == attendance_id), None)

    def invitation(self, attendance_id: int | None) -> Invitation | None:
        """What somebody at the event was invited with."""
        person = self.person(attendance_id)
        return None if person is None else self.invitations.get(person.contact_id)

    def photo(self, person: Attendance) -> bytes | None:
        """Somebody's picture."""
        return self.photos.get(person.photo or "")


@dataclass(frozen=True, slots=True)
class EventLists:
    """The list of events: to come, over but not wrapped up, and past."""

    upcoming: tuple[EventRow, ...] = ()
    to_wrap_up: tuple[EventRow, ...] = ()
    past: tuple[EventRow, ...] = ()


def load_sheet(planner: Planner, event_id: int, known_photos: dict[str, bytes]) -> EventSheet:
    """Read one event. Raises NotFound."""
    queries = planner.event_queries
    file = queries.file(event_id)
    pitch = file.pitch
    return EventSheet(
        file=file,
        spoken=queries.speaking_time(pitch.text if pitch else "", pitch.target_seconds if pitch else 60),
        words_a_minute=planner.settings.get().speaking_words_a_minute,
        plans=planner.followup_queries.plans(),
        promises=queries.promises(event_id),
        carried=queries.carried_over(event_id),
        photos=_photos(planner, (person.photo for person in file.attendances), known_photos),
        interview=planner.interviews.get(event_id)
        if file.event.details.kind is EventKind.INFORMATIONAL_INTERVIEW
        else None,
        invitations={one.contact_id: one for one in planner.invitations.of_event(event_id)},
    )


def load_lists(planner: Planner) -> EventLists:
    """Read the list of events."""
    queries = planner.event_queries
    waiting = queries.to_wrap_up()
    ids = {row.id for row in waiting}
    return EventLists(queries.upcoming(), waiting, tuple(row for row in queries.past() if row.id not in ids))


def _photos(planner: Planner, digests: Iterable[str | None], known: dict[str, bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for digest in {digest for digest in digests if digest}:
        if digest in known:
            found[digest] = known[digest]
        elif (photo := planner.contact_queries.photo(digest)) is not None:
            found[digest] = photo.data
    return found
