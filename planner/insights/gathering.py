"""What the figures of Insights are reckoned from, read in a few statements that each pass once over their rows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.insights.diversity import Diversity, diversity_of
from planner.insights.figures import Known
from planner.insights.periods import Period
from planner.insights.records import OwnPromise
from planner.relations.records import Direction, InteractionKind, PromiseState
from planner.relations.ties import YEAR, judged_tie, strong_for
from planner.store.engine import under
from planner.store.tables import (
    AcquaintanceTable,
    ContactSummaryTable,
    ContactTable,
    ExchangeTable,
    IntroductionTable,
)
from planner.store.values import day_of, from_utc_text, utc_text

#: Whoever belongs to the network: a tie is set, or something has happened.
KNOWN = or_(ContactTable.tie.is_not(None), ContactSummaryTable.interactions > 0)


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
    rows = under(session)
    chosen = {id for (id,) in rows.execute("SELECT id FROM contact WHERE tie = 'strong'")}
    exchanged = exchange_counts(session, None)
    since_when = (*(kind.value for kind in InteractionKind), utc_text(_year_start(clock)))
    by_kind: list[list[int]] = [json.loads(ids) for ids in rows.execute(_TOUCHED, since_when).fetchone()]
    times: Counter[int] = Counter()
    for touched in by_kind:
        times.update(touched)
    # Most were in touch too seldom for a strong tie, whatever the way.
    least = _fewest(helped=False), _fewest(helped=True)
    # How often in each way goes into one number a contact, sixteen bits a way: very many small objects take long.
    histories = {id: 0 for id, number in times.items() if number >= least[id in exchanged]}
    for place, touched in enumerate(by_kind):
        one_more = 1 << 16 * place
        for id in touched:
            if id in histories:
                histories[id] += one_more
    # Few histories differ in that, so what they need to be strong is reckoned once for each.
    needs: dict[object, str | None] = {}
    since: dict[int, str] = {}
    for id, history in sorted(histories.items()):
        key = (history, exchanged.get(id, (0, 0)))
        if key not in needs:
            year = {kind: history >> 16 * place & 0xFFFF for place, kind in enumerate(InteractionKind)}
            days = strong_for(year, *key[1])
            needs[key] = None if days is None else utc_text(clock.at(clock.today() - timedelta(days=days), time()))
        moment = needs[key]
        if moment is not None:
            since[id] = moment
    latest = rows.execute(_LATEST_WITHOUT_TIE, (json.dumps(list(since)),))
    return chosen, {id for id, last in latest if last >= since[id]}


def _fewest(*, helped: bool) -> int:
    """How often in touch in a year a strong tie takes at least: always face to face, last today.

    `helped`: each has helped the other as often as makes a difference.
    """
    much = 1_000 if helped else 0
    return next(times for times in count(1) if strong_for({InteractionKind.MET: times}, much, much) is not None)


def suggested(session: Session, clock: Clock, ids: Sequence[int]) -> dict[int, Tie]:
    """What the last year's history suggests for each of these; weak where there was none."""
    found = dict.fromkeys(ids, Tie.WEAK)
    exchanged = exchange_counts(session, None) if ids else {}
    today = clock.today()
    kinds = {kind.value: kind for kind in InteractionKind}
    counts: dict[int, dict[InteractionKind, int]] = defaultdict(dict)
    latest: dict[int, str] = {}
    year_start = utc_text(_year_start(clock))
    # Counted here: SQLite would sort to group them.
    for id, kind, at in under(session).execute(_YEAR_OF, (json.dumps(list(ids)), year_start)):
        year = counts[id]
        year[kinds[kind]] = year.get(kinds[kind], 0) + 1
        if at > latest.get(id, ""):
            latest[id] = at
    for id, year in counts.items():
        days = max(0, (today - clock.local(from_utc_text(latest[id])).date()).days)
        found[id] = judged_tie(year, days, *exchanged.get(id, (0, 0)))
    return found


# CROSS JOIN keeps SQLite to this order: each contact's rows one after the other.
_YEAR_OF = """
SELECT contact_id, kind, at FROM json_each(?) AS wanted
CROSS JOIN interaction_contact ON contact_id = wanted.value
CROSS JOIN interaction ON interaction.id = interaction_id WHERE at >= ?
"""
# The contacts of each kind in one text: very many rows would take twice as long. In this order it passes once over both
# tables: looking each up from the moment on would take five times as long.
_TOUCHED = f"""
SELECT {", ".join(["json_group_array(contact_id) FILTER (WHERE kind = ?)"] * len(InteractionKind))}
FROM interaction_contact NOT INDEXED CROSS JOIN interaction ON interaction.id = interaction_id WHERE at >= ?
"""
_OWN_PROMISES = """
SELECT contact_id, made_on, due_on, closed_on, state FROM promise
WHERE direction = 'mine' AND (closed_on BETWEEN ?1 AND ?2 OR due_on BETWEEN ?1 AND ?2)
"""
_LATEST_WITHOUT_TIE = """
SELECT contact.id, last_interaction_at FROM json_each(?) AS wanted CROSS JOIN contact ON contact.id = wanted.value
JOIN contact_summary ON contact_summary.id = contact.id WHERE tie IS NULL
"""
_WORK = """
SELECT trim(field), trim(organisation) FROM contact LEFT JOIN contact_summary ON contact_summary.id = contact.id
WHERE tie IS NOT NULL OR interactions > 0
"""


def _year_start(clock: Clock) -> datetime:
    return clock.at(clock.today() - timedelta(days=YEAR - 1), time())


def spreads(session: Session) -> tuple[Diversity, Diversity]:
    """How the network spreads over fields, and over organisations."""
    pairs = Counter(under(session).execute(_WORK))
    fields: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    for (field, organisation), number in pairs.items():
        fields[field] += number
        organisations[organisation] += number
    return diversity_of(fields), diversity_of(organisations)


def within(session: Session, column: Any, name: str) -> tuple[int, ...]:
    """Who of the network has this value."""
    return tuple(session.scalars(known(ContactTable.id).where(func.trim(column) == name)))


def around(session: Session, field: str) -> set[int]:
    """Who of the network works in a field, or in part of it."""
    inside = func.lower(ContactTable.field).contains(field.lower(), autoescape=True)
    return set(session.scalars(known(ContactTable.id).where(inside)))


def people(session: Session, ids: Collection[int]) -> list[Known]:
    """Their fields and organisations."""
    work = "SELECT id, field, organisation FROM contact WHERE id IN (SELECT value FROM json_each(?))"
    rows = under(session).execute(work, (json.dumps(list(ids)),))
    return [Known(id, field.strip(), organisation.strip()) for id, field, organisation in rows]


def exchange_counts(session: Session, period: Period | None) -> dict[int, tuple[int, int]]:
    """How often value was given to and received from each contact, in a period or ever."""
    within = (None, None) if period is None else (period.first.isoformat(), period.last.isoformat())
    rows = under(session).execute(
        'SELECT contact_id, direction FROM exchange WHERE ?1 IS NULL OR "on" BETWEEN ?1 AND ?2', within
    )
    found: dict[int, tuple[int, int]] = {}
    for (contact_id, direction), times in Counter(rows).items():
        given, received = found.get(contact_id, (0, 0))
        is_given = direction == Direction.GIVEN.value
        found[contact_id] = (given + times, received) if is_given else (given, received + times)
    return found


def introductions_made(session: Session, period: Period) -> tuple[int, int]:
    """How many introductions you made within a period, and how many others made for you."""
    others = IntroductionTable.introducer_id.is_not(None)
    rows = session.execute(
        select(others, func.count())
        .where(IntroductionTable.made_on.between(period.first, period.last))
        .group_by(others)
    )
    counts = {bool(by_others): count for by_others, count in rows}
    return counts.get(False, 0), counts.get(True, 0)


def exchange_months(session: Session, period: Period) -> dict[tuple[int, int], tuple[int, int]]:
    """Given and received by (year, month)."""
    month = func.substr(ExchangeTable.on, 1, 7)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for text, direction, times in session.execute(
        select(month, ExchangeTable.direction, func.count())
        .where(ExchangeTable.on.between(period.first, period.last))
        .group_by(month, ExchangeTable.direction)
    ):
        key = (int(text[:4]), int(text[5:7]))
        given, received = found.get(key, (0, 0))
        is_given = direction == Direction.GIVEN.value
        found[key] = (given + times, received) if is_given else (given, received + times)
    return found


def first_seen(session: Session, clock: Clock, since: date, until: date) -> set[int]:
    """Who was first in touch within these days."""
    between = clock.at(since, time()), clock.at(until + timedelta(days=1), time())
    first = "SELECT id FROM contact_summary NOT INDEXED WHERE first_interaction_at >= ? AND first_interaction_at < ?"
    return {id for (id,) in under(session).execute(first, [utc_text(moment) for moment in between])}


def own_promises(session: Session, period: Period) -> list[OwnPromise]:
    """My promises that were closed or due in a period."""
    kept = {PromiseState.KEPT.value: True, PromiseState.BROKEN.value: False}
    days = [day.isoformat() for day in (period.first, period.last)]
    return [
        OwnPromise(id, date.fromisoformat(made), day_of(due), day_of(closed), kept.get(state))
        for id, made, due, closed, state in under(session).execute(_OWN_PROMISES, days)
    ]


def wearing(session: Session, roles: Collection[Role]) -> dict[Role, set[int]]:
    """Who wears each of these roles."""
    found: dict[Role, set[int]] = {role: set() for role in roles}
    worn = "SELECT contact_id, role FROM contact_role WHERE role IN (SELECT value FROM json_each(?))"
    by_value = {role.value: found[role] for role in roles}
    for contact_id, role in under(session).execute(worn, (json.dumps(list(by_value)),)):
        by_value[role].add(contact_id)
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
