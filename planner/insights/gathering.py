"""What the figures of Insights are reckoned from, read in a few statements that each pass once over their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.insights.diversity import Diversity, diversity_of
from planner.insights.figures import Known
from planner.insights.periods import Period
from planner.insights.records import OwnPromise
from planner.relations.records import Direction, InteractionKind, PromiseSide, PromiseState
from planner.relations.ties import YEAR, judge
from planner.store.tables import (
    AcquaintanceTable,
    ContactSummaryTable,
    ContactTable,
    ExchangeTable,
    InteractionContactTable,
    InteractionTable,
    PromiseTable,
    RoleTable,
)

#: Whoever belongs to the network: a tie is set, or something has happened.
KNOWN = or_(ContactTable.tie.is_not(None), ContactSummaryTable.interactions > 0)
#: Fewer times in touch in a year than this can't make a strong tie without exchanges, and with them:
#: 0.35 · (1 - e^(-n/7.5)) + 0.25 + 0.25 · n/4 (+ 0.15) stays below 0.6.
_STRONG_ALONE, _STRONG_WITH_EXCHANGES = 4, 2
_BATCH = 500


def known(*columns: Any) -> Select[Any]:
    """A selection from the contacts of the network, with their summaries."""
    return (
        select(*columns)
        .select_from(ContactTable)
        .outerjoin(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(KNOWN)
    )


def strong(session: Session, clock: Clock) -> tuple[set[int], set[int]]:
    """Whose tie is set to strong, and whose history suggests it where none is set."""
    chosen = set(session.scalars(select(ContactTable.id).where(ContactTable.tie == Tie.STRONG.value)))
    often = _times(session, _year_start(clock))
    exchanged = exchange_counts(session, None)
    likely = [
        id
        for id, times in often.items()
        if times >= _STRONG_ALONE or (times >= _STRONG_WITH_EXCHANGES and id in exchanged)
    ]
    unset = _without_tie(session, likely)
    return chosen, {id for id, tie in suggested(session, clock, unset).items() if tie is Tie.STRONG}


def suggested(session: Session, clock: Clock, ids: Sequence[int]) -> dict[int, Tie]:
    """What the last year's history suggests for each of these; weak where there was none."""
    found = dict.fromkeys(ids, Tie.WEAK)
    exchanged = exchange_counts(session, None) if ids else {}
    today = clock.today()
    last = func.max(InteractionTable.at, type_=InteractionTable.at.type)
    who = InteractionContactTable.contact_id
    counts: dict[int, dict[InteractionKind, int]] = defaultdict(dict)
    latest: dict[int, datetime] = {}
    for batch in _batches(ids):
        for id, kind, times, at in session.execute(
            select(who, InteractionTable.kind, func.count(), last)
            .join(InteractionTable, InteractionTable.id == InteractionContactTable.interaction_id)
            .where(who.in_(batch), InteractionTable.at >= _year_start(clock))
            .group_by(who, InteractionTable.kind)
        ):
            counts[id][InteractionKind(kind)] = times
            latest[id] = max(at, latest.get(id, at))
    for id, year in counts.items():
        days = max(0, (today - clock.local(latest[id]).date()).days)
        found[id] = judge(year, days, *exchanged.get(id, (0, 0))).tie
    return found


def _times(session: Session, since: datetime) -> Counter[int]:
    """How often each contact was in touch since a moment. Counted here: SQLite would sort to group them."""
    moments = select(InteractionTable.id).where(InteractionTable.at >= since)
    statement = select(InteractionContactTable.contact_id).where(InteractionContactTable.interaction_id.in_(moments))
    return Counter(session.scalars(statement))


def _year_start(clock: Clock) -> datetime:
    return clock.at(clock.today() - timedelta(days=YEAR - 1), time())


def _without_tie(session: Session, ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for batch in _batches(ids):
        found += session.scalars(select(ContactTable.id).where(ContactTable.id.in_(batch), ContactTable.tie.is_(None)))
    return found


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def spread(session: Session, column: Any) -> Diversity:
    """How the network spreads over a column's values."""
    return diversity_of(dict(session.execute(known(func.trim(column), func.count()).group_by(func.trim(column))).all()))


def within(session: Session, column: Any, name: str) -> tuple[int, ...]:
    """Who of the network has this value."""
    return tuple(session.scalars(known(ContactTable.id).where(func.trim(column) == name)))


def around(session: Session, field: str) -> set[int]:
    """Who of the network works in a field, or in part of it."""
    inside = func.lower(ContactTable.field).contains(field.lower(), autoescape=True)
    return set(session.scalars(known(ContactTable.id).where(inside)))


def people(session: Session, ids: Collection[int]) -> list[Known]:
    """Their fields and organisations."""
    rows = session.execute(
        select(ContactTable.id, ContactTable.field, ContactTable.organisation).where(ContactTable.id.in_(ids))
    )
    return [Known(id, field.strip(), organisation.strip()) for id, field, organisation in rows]


def exchange_counts(session: Session, period: Period | None) -> dict[int, tuple[int, int]]:
    """How often value was given to and received from each contact, in a period or ever."""
    statement = select(ExchangeTable.contact_id, ExchangeTable.direction, func.count())
    if period is not None:
        statement = statement.where(ExchangeTable.on.between(period.first, period.last))
    found: dict[int, tuple[int, int]] = {}
    for contact_id, direction, count in session.execute(
        statement.group_by(ExchangeTable.contact_id, ExchangeTable.direction)
    ):
        given, received = found.get(contact_id, (0, 0))
        is_given = direction == Direction.GIVEN.value
        found[contact_id] = (given + count, received) if is_given else (given, received + count)
    return found


def exchange_months(session: Session, period: Period) -> dict[tuple[int, int], tuple[int, int]]:
    """Given and received by (year, month)."""
    month = func.substr(ExchangeTable.on, 1, 7)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for text, direction, count in session.execute(
        select(month, ExchangeTable.direction, func.count())
        .where(ExchangeTable.on.between(period.first, period.last))
        .group_by(month, ExchangeTable.direction)
    ):
        key = (int(text[:4]), int(text[5:7]))
        given, received = found.get(key, (0, 0))
        is_given = direction == Direction.GIVEN.value
        found[key] = (given + count, received) if is_given else (given, received + count)
    return found


def first_seen(session: Session, clock: Clock, since: date, until: date) -> set[int]:
    """Who was first in touch within these days: whose interactions up to then all lie within."""
    begin, end = clock.at(since, time()), clock.at(until + timedelta(days=1), time())
    inside = _times(session, begin)
    wanted = list(inside)
    ever: dict[int, int] = {}
    for batch in _batches(wanted):
        ever.update(
            session.execute(
                select(ContactSummaryTable.id, ContactSummaryTable.interactions).where(
                    ContactSummaryTable.id.in_(batch)
                )
            ).all()
        )
    new = {id for id, times in inside.items() if ever.get(id) == times}
    if end > clock.now():
        return new
    there = session.scalars(
        select(InteractionContactTable.contact_id)
        .distinct()
        .join(InteractionTable, InteractionTable.id == InteractionContactTable.interaction_id)
        .where(InteractionTable.at >= begin, InteractionTable.at < end)
    )
    return new & set(there)


def own_promises(session: Session) -> list[OwnPromise]:
    """All my promises."""
    kept = {PromiseState.KEPT.value: True, PromiseState.BROKEN.value: False}
    rows = session.execute(
        select(
            PromiseTable.contact_id,
            PromiseTable.made_on,
            PromiseTable.due_on,
            PromiseTable.closed_on,
            PromiseTable.state,
        ).where(PromiseTable.direction == PromiseSide.MINE.value)
    )
    return [OwnPromise(id, made, due, closed, kept.get(state)) for id, made, due, closed, state in rows]


def wearing(session: Session, roles: Collection[Role]) -> dict[Role, set[int]]:
    """Who wears each of these roles."""
    found: dict[Role, set[int]] = {role: set() for role in roles}
    for contact_id, role in session.execute(
        select(RoleTable.contact_id, RoleTable.role).where(RoleTable.role.in_([role.value for role in roles]))
    ):
        found[Role(role)].add(contact_id)
    return found


def mentors_with_a_door(session: Session, mentors: Iterable[int], there: Collection[int]) -> set[int]:
    """Which of the mentors know one of the people there."""
    wanted, inside = set(mentors), set(there)
    rows = session.execute(select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id))
    return {
        mentor
        for one, other in rows
        for mentor, door in ((one, other), (other, one))
        if mentor in wanted and door in inside
    }
