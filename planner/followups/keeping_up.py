"""What rhythms and yearly dates ask for: check-ins and celebrations, found without being asked and made only once.

Each start asks, so it is in SQL over the driver's connection, see `planner.store.plain`; what writes is imported when
there is something to write.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.records import DateKind, PartialDate
from planner.followups import origins
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.followups.relationships import Relationship, relationships
from planner.followups.rules import capacity, celebrations, rhythm
from planner.settings.records import Settings
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.summaries import ANSWERED
from planner.store.values import from_utc_text

#: A check-in enters the queue this many days before its rhythm is over, and none is made for somebody you are to be in
#: touch with anyhow within so many days.
AHEAD_DAYS = 7
SOON_DAYS = 14


def check_ins(rows: sqlite3.Connection, clock: Clock, settings: Settings) -> list[FollowUpDetails]:
    """The check-ins that rhythms ask for by now and that are not there yet, each on a day with room."""
    today = clock.today()
    asked: list[tuple[date, date, Relationship]] = []
    busy = _open_with(rows, today + timedelta(days=SOON_DAYS))
    skipped = _skipped(rows, clock)
    for one in relationships(rows, clock, settings):
        if not one.rhythm_days or one.id in busy:
            continue
        since = max(one.last_on or one.added_on, skipped.get(one.id, date.min))
        due = rhythm.due_on(since, one.rhythm_days)
        due = capacity.quiet_day((one.quiet_until,), due)
        if due <= today + timedelta(days=AHEAD_DAYS):
            asked.append((due, since, one))
    asked.sort(key=lambda each: (each[0], each[2].id))
    limits = capacity.Limits(settings.day_capacity, settings.week_capacity, settings.working_days)
    room = capacity.Room(_open_days(rows, today), limits)
    details = []
    for due, since, one in asked:
        first = one.last_on is None and one.id not in skipped
        details.append(
            FollowUpDetails(
                kind=FollowUpKind.CHECK_IN,
                title="Check in",
                due_on=room.take(max(due, today)),
                contact_ids=(one.id,),
                origin=origins.RHYTHM,
                origin_key=origins.rhythm_key(one.id, since, due, first=first),
            )
        )
    return _new(rows, details)


def celebrate(rows: sqlite3.Connection, clock: Clock) -> list[FollowUpDetails]:
    """The birthdays and anniversaries of the coming days that have no follow-up yet.

    Of people you typed in or have to do with; the birthdays of a whole imported address book would drown the rest.
    """
    today = clock.today()
    days = [today + timedelta(days=ahead) for ahead in range(celebrations.AHEAD_DAYS + 1)]
    coming = {(day.month, day.day) for day in days}
    if (2, 28) in coming:
        coming.add((2, 29))
    details = []
    for contact_id, written, year, month, day, label, organisation in rows.execute(
        _MARKED, (json.dumps([f"{month}-{day}" for month, day in coming]),)
    ):
        kind = DateKind(written) if written in list(DateKind) else DateKind.OTHER
        marked = PartialDate(kind, year, month, day, label)
        on = celebrations.within(marked, today)
        if on is None:
            continue
        details.append(
            FollowUpDetails(
                kind=FollowUpKind.CELEBRATE,
                title=celebrations.title(marked, on, organisation),
                due_on=on,
                contact_ids=(contact_id,),
                why=celebrations.why(marked, on),
                origin=origins.MILESTONE,
                origin_key=f"{kind.value}:{contact_id}:{label}:{on.year}",
            )
        )
    return _new(rows, details)


_MARKED = """
SELECT contact.id, kind, year, month, day, label, organisation
FROM contact_date JOIN contact ON contact.id = contact_date.contact_id
LEFT JOIN contact_summary ON contact_summary.id = contact.id
WHERE month || '-' || day IN (SELECT value FROM json_each(?)) AND (
    source = '' OR matters = 1 OR tie IS NOT NULL OR rhythm_days > 0 OR interactions > 0
    OR contact.id IN (SELECT contact_id FROM contact_role)
) ORDER BY contact_date.id
"""
_AMONG = "IN (SELECT value FROM json_each(?))"
_KNOWN = f"""
SELECT origin_key FROM followup WHERE origin_key {_AMONG}
UNION ALL SELECT uid FROM followup WHERE uid {_AMONG}
"""
_OPEN_WITH = """
SELECT contact_id FROM followup_contact JOIN followup ON followup.id = followup_id
WHERE state = 'open' AND (due_on <= ? OR origin = ?)
"""
_SKIPPED = """
SELECT contact_id, max(closed_at) FROM followup_contact JOIN followup ON followup.id = followup_id
WHERE state = 'dropped' AND origin = ? AND closed_at IS NOT NULL GROUP BY contact_id
"""


def _new(rows: sqlite3.Connection, details: Sequence[FollowUpDetails]) -> list[FollowUpDetails]:
    """Those whose origin key is not there yet, in any state, nor their uid: somebody may have been away meanwhile."""
    keys = [each.origin_key for each in details]
    uids = origins.made_uids(rows, details)
    asked = (json.dumps([*keys, *(key + ANSWERED for key in keys)]), json.dumps(uids))
    there = {known.removesuffix(ANSWERED) for (known,) in rows.execute(_KNOWN, asked)}
    return [each for each, uid in zip(details, uids, strict=True) if each.origin_key not in there and uid not in there]


def _open_with(rows: sqlite3.Connection, until: date) -> set[int]:
    return {id for (id,) in rows.execute(_OPEN_WITH, (until.isoformat(), origins.RHYTHM))}


def _open_days(rows: sqlite3.Connection, today: date) -> Mapping[date, int]:
    days: Counter[date] = Counter()
    for day, count in rows.execute("SELECT due_on, count(*) FROM followup WHERE state = 'open' GROUP BY due_on"):
        days[max(date.fromisoformat(day), today)] += count
    return days


def _skipped(rows: sqlite3.Connection, clock: Clock) -> dict[int, date]:
    """When the last check-in of each contact was dropped: the rhythm starts anew from there."""
    found = rows.execute(_SKIPPED, (origins.RHYTHM,))
    return {id: clock.local(from_utc_text(moment)).date() for id, moment in found}


_LABEL = "plan check-ins"

#: From so many new follow-ups on, the journal notes them as one run.
_MANY = 500


class KeepingUp:
    """Makes what rhythms and yearly dates ask for."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def refresh(self) -> Changes:
        """Add the check-ins that rhythms ask for and the celebrations of the coming days, each only once.

        Meant to be called at the start, each new day, and after rhythms were changed. Where nothing is due it writes
        nothing.
        """
        settings, now = self._settings.get(), self._clock.now()
        with self._store.snapshot() as rows:
            wanted = len(check_ins(rows, self._clock, settings)) + len(celebrate(rows, self._clock))
        if not wanted:
            return Changes(label=_LABEL)
        from planner.followups import writing
        from planner.store.engine import under

        with self._store.write(_LABEL, bulk=wanted > _MANY) as work:
            # Asked again under the write lock: another window may have been faster.
            session = work.session
            writing.add_made(session, celebrate(under(session), self._clock), now)
            writing.add_made(session, check_ins(under(session), self._clock, settings), now)
        return work.changes
