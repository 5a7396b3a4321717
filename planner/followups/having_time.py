"""What to do with the minutes there are: the queue of now, with how long each thing takes, and what fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import Boundary, Channel
from planner.followups.queueing import Queue, QueueEntry
from planner.followups.records import FollowUpKind, FollowUpState
from planner.followups.rules import minutes as rules
from planner.followups.rules.due import Section
from planner.relations import boundaries
from planner.settings.records import Settings
from planner.store.tables import (
    ContactTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A follow-up that fits, how long it should take, and why it is among those."""

    entry: QueueEntry
    minutes: int
    why: str


@dataclass(frozen=True, slots=True)
class HavingTime:
    """What fits into `wanted` minutes, in order. `rest` are what is late or due today beyond it, by id.

    `passed_over` are those that would have stood high, but can't be done now: the entry, and why.
    """

    wanted: int
    chosen: tuple[Chosen, ...]
    rest: tuple[int, ...] = ()
    passed_over: tuple[tuple[QueueEntry, str], ...] = ()

    @property
    def minutes(self) -> int:
        """What the chosen take together."""
        return sum(each.minutes for each in self.chosen)

    def left(self, done: Collection[int]) -> int:
        """What remains of `wanted` once these are done: each took the minutes it was chosen with."""
        return max(0, self.wanted - sum(each.minutes for each in self.chosen if each.entry.id in done))

    @property
    def ids(self) -> tuple[int, ...]:
        """The follow-ups to do, in order."""
        return tuple(each.entry.id for each in self.chosen)


def choose(session: Session, queue: Queue, wanted: int, clock: Clock, settings: Settings) -> HavingTime:
    """What fits into so many minutes of what is late, due today, and, where time is left, due this week.

    What has a time of day later today is no filling for a gap, and left where it is. Raises Invalid as `rules.pick`.
    """
    takes = Estimates(session, settings)
    now_due = [*queue[Section.OVERDUE].entries, *queue[Section.TODAY].entries]
    at_hand = [each for each in now_due if each.followup.details.due_time is None]
    hindered = _hindered(session, [*at_hand, *queue[Section.THIS_WEEK].entries], clock)

    def items(entries: Sequence[QueueEntry]) -> list[rules.Item]:
        return [
            rules.Item(
                each.id,
                takes.of(each.followup.details.kind),
                each.priority.score,
                each.followup.details.due_on,
                any(person.matters for person in each.followup.people),
                hindered.get(each.id, ""),
            )
            for each in entries
        ]

    first = rules.pick(items(at_hand), wanted)
    ids, used = list(first.ids), first.minutes
    coming = [each for each in queue[Section.THIS_WEEK].entries if each.followup.details.due_time is None]
    if used < wanted and len(ids) < rules.MOST:
        more = rules.pick(items(coming), wanted - used, rules.MOST - len(ids))
        ids += more.ids
    entries = {each.id: each for each in (*at_hand, *coming)}
    chosen = [
        Chosen(entry, takes.of(entry.followup.details.kind), _why(entry, clock.today()))
        for entry in (entries[id] for id in ids)
    ]
    passed = [(entries[id], why) for id, why in (first.hindered or {}).items()]
    picked = set(ids)
    return HavingTime(wanted, tuple(chosen), tuple(each.id for each in at_hand if each.id not in picked), tuple(passed))


class Estimates:
    """How long follow-ups take: as chosen in the settings, as they took you before, or as usual."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._chosen = settings.minutes
        self._past = _past(session)

    def of(self, kind: FollowUpKind) -> int:
        """Minutes for one of this kind."""
        return rules.estimate(kind, self._chosen, self._past.get(kind, ()))


def _past(session: Session) -> Mapping[FollowUpKind, Sequence[int]]:
    """Minutes noted when follow-ups were done, by kind, the latest last: doing and logging are one moment."""
    found: defaultdict[FollowUpKind, list[int]] = defaultdict(list)
    rows = session.execute(
        select(FollowUpTable.kind, InteractionTable.minutes)
        .join(InteractionTable, InteractionTable.created_at == FollowUpTable.closed_at)
        .where(
            FollowUpTable.state == FollowUpState.DONE.value,
            InteractionTable.minutes.is_not(None),
            select(InteractionContactTable.id)
            .join(FollowUpContactTable, FollowUpContactTable.contact_id == InteractionContactTable.contact_id)
            .where(
                InteractionContactTable.interaction_id == InteractionTable.id,
                FollowUpContactTable.followup_id == FollowUpTable.id,
            )
            .exists(),
        )
        .order_by(FollowUpTable.closed_at.desc())
        .limit(400)
    )
    for kind, minutes in reversed(rows.all()):
        if kind in list(FollowUpKind) and minutes is not None:
            found[FollowUpKind(kind)].append(minutes)
    return found


#: What is done by voice or face to face disturbs at the wrong hour; a letter or an email waits to be read.
_DISTURBING = (Channel.PHONE.value, Channel.VIDEO.value, Channel.IN_PERSON.value)


def _hindered(session: Session, entries: Sequence[QueueEntry], clock: Clock) -> dict[int, str]:
    people = {person.id for each in entries for person in each.followup.people}
    hours = select(
        ContactTable.id,
        ContactTable.name,
        ContactTable.time_zone,
        ContactTable.hours_from,
        ContactTable.hours_to,
        ContactTable.preferred_channel,
    ).where(
        ContactTable.id.in_(people),
        ContactTable.preferred_channel.in_(_DISTURBING),
        (ContactTable.hours_from != "") | (ContactTable.hours_to != ""),
    )
    asleep: dict[int, str] = {}
    for id, name, zone, begin, end, _ in session.execute(hours) if people else ():
        boundary = Boundary(hours_from=begin, hours_to=end)
        if boundaries.out_of_hours(boundary, zone, clock.now(), clock.zone):
            there = boundaries.local_time(zone, clock.now()) or clock.local()
            asleep[id] = f"it is {there:%H:%M} for {name}, outside the hours to call"
    found = {}
    for each in entries:
        words = [asleep[person.id] for person in each.followup.people if person.id in asleep]
        if words and each.followup.details.kind is not FollowUpKind.PREPARE:
            found[each.id] = words[0]
    return found


def _why(entry: QueueEntry, today: date) -> str:
    people = entry.followup.people
    parts = []
    mattering = [person.name for person in people if person.matters]
    if mattering:
        parts.append("matters most to you" if len(people) == 1 else f"{mattering[0]} matters most to you")
    if entry.days_late:
        parts.append("1 day late" if entry.days_late == 1 else f"{entry.days_late} days late")
    elif entry.followup.details.due_on == today:
        parts.append("due today")
    if entry.clause:
        parts.append(entry.clause)
    return " · ".join(parts) or "next in your queue"
