"""Times to propose for a meeting: from what is planned here, and from the calendars of the accounts.

Works without any network, and says which calendars were asked, when, and which could not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.calendars import slots
from planner.calendars.slots import WAKING, Hours, Span
from planner.clock import Clock
from planner.errors import Cancelled, UserError
from planner.events import times
from planner.events import writing as events
from planner.events.records import EventState
from planner.followups.records import FollowUpState
from planner.settings.records import Settings
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import ContactTable, EventTable, FollowUpTable

if TYPE_CHECKING:
    from planner.accounts.records import Account
    from planner.accounts.service import AccountService

#: How many days ahead times are looked for.
AHEAD = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """A calendar that was asked for taken times. `trouble` is why it could not be, "" where it was."""

    account: str
    calendar: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Free times in order (UTC), and what they rest on. `at` is when, in UTC; `notes` are short sentences."""

    slots: tuple[Span, ...]
    mine: tzinfo
    theirs: tzinfo | None
    asked: tuple[Asked, ...]
    at: datetime
    notes: tuple[str, ...] = ()

    def in_words(self, slot: Span) -> str:
        """One of the times, on both clocks."""
        return slots.in_words(slot, self.mine, self.theirs)

    def text(self, chosen: Iterable[Span]) -> str:
        """The chosen times as lines of a message."""
        return slots.lines(tuple(chosen), self.mine, self.theirs)

    @property
    def rests_on(self) -> str:
        """ "Asked at 08:00: Work, Private. Team could not be asked: there is no connection." """
        known = [one.calendar for one in self.asked if not one.trouble]
        clock = times.clock_words(self.at, self.mine)
        said = [f"Asked at {clock}: {', '.join(known)}, and what is planned here." if known else ""]
        said += [f"{one.calendar} could not be asked: {one.trouble}." for one in self.asked if one.trouble]
        if not known:
            said.insert(0, "Beside what is planned here. No calendar was asked.")
        return " ".join(part for part in said if part)


class Proposals:
    """Looks for times. With `online` the calendars of all accounts that are not paused are asked (network)."""

    def __init__(
        self, store: Store, clock: Clock, settings: SettingsService, accounts: Callable[[], AccountService]
    ) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._accounts = accounts

    def look(
        self,
        contact_ids: Sequence[int],
        minutes: int = 30,
        *,
        event_id: int | None = None,
        online: bool = True,
        days: int = AHEAD,
        limit: int = 8,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Proposal:
        """Times for a meeting of so many minutes with these people, from tomorrow on.

        The event `event_id` does not stand in its own way. Raises NotFound and Cancelled; what goes wrong with a
        calendar is told in the result.
        """
        now, today, mine = self._clock.now(), self._clock.today(), self._clock.zone
        settings = self._settings.get()
        with self._store.read() as session:
            people = [events.one(session, ContactTable, id, "person") for id in dict.fromkeys(contact_ids)]
            first = max([today, *(one.quiet_until for one in people if one.quiet_until)]) + timedelta(days=1)
            last = first + timedelta(days=days - 1)
            since, until = (_midnight(day, mine) for day in (first, last + timedelta(days=1)))
            busy = _planned_here(session, since, until, mine, settings, event_id)
            theirs = [_hours(one, mine) for one in people]
            zone = times.zone_named(people[0].time_zone, mine) if people else None
            notes = _notes(people, today, theirs)
        asked: list[Asked] = []
        if online:
            for account in self._accounts().all():
                if cancelled():
                    raise Cancelled
                if not account.paused:
                    found, told = self._ask(account, since, until, mine, cancelled)
                    busy += found
                    asked += told
        found_slots = slots.slots(
            busy,
            first,
            last,
            timedelta(minutes=minutes),
            Hours(mine, settings.hours_from, settings.hours_to, settings.working_days),
            [hours for hours in theirs if hours is not None],
            after=now,
            limit=limit,
        )
        return Proposal(found_slots, mine, zone, tuple(asked), now, notes)

    def _ask(
        self, account: Account, since: datetime, until: datetime, own: tzinfo, cancelled: Callable[[], bool]
    ) -> tuple[list[Span], list[Asked]]:
        from planner.calendars import free_busy  # late, with all that speaks to a server
        from planner.dav.discovery import Service, collections

        busy: list[Span] = []
        asked: list[Asked] = []
        try:
            with self._accounts().open(account.id) as client:
                for calendar in collections(client, Service.CALENDAR):
                    if cancelled():
                        raise Cancelled
                    if calendar.components and "VEVENT" not in calendar.components:
                        continue
                    try:
                        busy += free_busy.ask(client, calendar, since, until, own)
                    except UserError as error:
                        asked.append(Asked(account.name, calendar.name, _why(error)))
                    else:
                        asked.append(Asked(account.name, calendar.name))
        except UserError as error:
            if isinstance(error, Cancelled):
                raise
            asked.append(Asked(account.name, account.name, _why(error)))
        return busy, asked


def _why(error: UserError) -> str:
    what = str(error.explain().what).rstrip(".")
    return what[:1].lower() + what[1:]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _planned_here(
    session: Session, since: datetime, until: datetime, zone: tzinfo, settings: Settings, leave_out: int | None
) -> list[Span]:
    """Planned events, and follow-ups that have an hour."""
    rows = session.execute(
        select(EventTable.id, EventTable.starts_at, EventTable.ends_at).where(
            EventTable.starts_at < until,
            or_(EventTable.ends_at > since, EventTable.starts_at >= since),
            EventTable.state == EventState.PLANNED.value,
        )
    )
    spans = [Span(starts, ends) for id, starts, ends in rows if id != leave_out]
    hours = session.execute(
        select(FollowUpTable.due_on, FollowUpTable.due_time, FollowUpTable.time_zone).where(
            FollowUpTable.state == FollowUpState.OPEN.value,
            FollowUpTable.due_time != "",
            FollowUpTable.due_on >= since.astimezone(zone).date() - timedelta(days=1),
            FollowUpTable.due_on <= until.astimezone(zone).date() + timedelta(days=1),
        )
    )
    for due_on, due_time, name in hours:
        starts = datetime.combine(due_on, time.fromisoformat(due_time), times.zone_named(name, zone)).astimezone(UTC)
        spans.append(Span(starts, starts + timedelta(minutes=settings.duration_minutes)))
    return spans


def _hours(person: ContactTable, own: tzinfo) -> Hours | None:
    """When somebody likes to be reached: their hours, else when people in their zone are awake; None to leave open."""
    zone = times.zone_named(person.time_zone, own)
    try:
        first, last = time.fromisoformat(person.hours_from), time.fromisoformat(person.hours_to)
    except ValueError:
        return Hours(zone, *WAKING) if person.time_zone else None
    return Hours(zone, first, last)


def _notes(people: Sequence[ContactTable], today: date, hours: Sequence[Hours | None]) -> tuple[str, ...]:
    said = []
    for person, theirs in zip(people, hours, strict=True):
        if person.quiet_until and person.quiet_until >= today:
            said.append(f"{person.name} wants quiet until {times.day_words(person.quiet_until)}.")
        if theirs is not None and person.hours_from and person.hours_to:
            place = slots.place_of(theirs.zone)
            said.append(f"{person.name} prefers {person.hours_from}–{person.hours_to} ({place}).")
        elif theirs is not None:
            said.append(f"Between {theirs.first:%H:%M} and {theirs.last:%H:%M} in {slots.place_of(theirs.zone)}.")
        if person.preferred_channel:
            said.append(f"{person.name} prefers {person.preferred_channel}.")
    return tuple(said)
