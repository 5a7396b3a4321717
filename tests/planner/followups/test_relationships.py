"""Who drifts and whose rhythm is kept: the short way over very many, against the rule applied to each."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role, Tie
from planner.followups import relationships
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.followups.relationships import Relationship
from planner.followups.rules import rhythm
from planner.settings.records import Settings
from planner.store.tables import ContactTable, InteractionContactTable, InteractionTable, RoleTable

SETTINGS = Settings()
#: Around the ends of rhythms and limits; with the hours below also around midnight in Berlin.
DAYS = (0, 1, 13, 14, 15, 20, 21, 22, 27, 28, 29, 41, 42, 43, 63, 64, 84, 85, 119, 120, 121, 400, 401)
HOURS = (time(0, 30), time(12), time(21, 59), time(22), time(22, 1), time(23, 30))


@pytest.fixture(params=range(4))
def crowd(request: pytest.FixtureRequest, planner: Planner, clock: FixedClock) -> list[Relationship]:
    """A crowd of all kinds, as relationships."""
    dice = random.Random(request.param)

    def moment() -> datetime:
        return datetime.combine(clock.today() - timedelta(days=dice.choice(DAYS)), dice.choice(HOURS), UTC)

    with planner.store.write("add a crowd") as work:
        for n in range(1, 121):
            row = ContactTable(
                uid=f"u{n}", name=f"Person {n}", sort_key="", created_at=moment(), updated_at=clock.now(),
                rhythm_days=dice.choice((None, None, 0, 14, 28, 42)),
                longest_days=dice.choice((None, None, 0, 21, 400)),
                tie=dice.choice((None, *(tie.value for tie in Tie))), matters=dice.random() < 0.2,
                quiet_until=dice.choice((None, None, clock.today(), clock.today() + timedelta(days=1))),
            )  # fmt: skip
            work.session.add(row)
            work.session.flush()
            for role in dice.sample(list(Role), dice.choice((0, 0, 1, 2))):
                work.session.add(RoleTable(contact_id=row.id, role=role.value))
            if dice.random() < 0.8:
                talk = InteractionTable(uid=f"i{n}", kind="call", at=moment(), created_at=clock.now())
                work.session.add(talk)
                work.session.flush()
                work.session.add(InteractionContactTable(interaction_id=talk.id, contact_id=row.id))
    for id in dice.sample(range(1, 121), 15):
        done = planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, "Thank", clock.today(), (id,)))
        planner.followups.done(done.created["followup"])
    with planner.store.snapshot() as rows:
        return relationships.relationships(rows, clock, SETTINGS)


def test_the_short_way_finds_who_drifts(planner: Planner, clock: FixedClock, crowd: list[Relationship]) -> None:
    today = clock.today()
    drifters = [one for one in crowd if rhythm.drifting(one.silence(today))]
    assert 5 < len(drifters) < len(crowd)
    open_to_it = [one for one in drifters if not (one.quiet_until and one.quiet_until > today)]
    worst = sorted(open_to_it, key=lambda one: (-round(rhythm.drift_order(one.silence(today)), 9), one.id))
    with planner.store.snapshot() as rows:
        assert sorted(relationships.drifting_ids(rows, clock, SETTINGS)) == sorted(one.id for one in drifters)
        assert relationships.drifting(rows, clock, SETTINGS) == worst
        first = worst[0].id
        assert relationships.drifting(rows, clock, SETTINGS, 3, leave_out=[first]) == worst[1:4]


def test_the_short_way_finds_whose_rhythm_is_kept(
    planner: Planner, clock: FixedClock, crowd: list[Relationship]
) -> None:
    quiet = {one.id: (clock.today() - (one.last_on or one.added_on)).days for one in crowd if one.rhythm_days}
    wanted = {one.id: one.rhythm_days for one in crowd if one.rhythm_days}
    with planner.store.snapshot() as rows:
        on_time, late = relationships.kept(rows, clock, SETTINGS)
    assert set(on_time) == {id for id, days in quiet.items() if days <= wanted[id]}
    assert set(late) == {id for id, days in quiet.items() if days > wanted[id]}
    assert on_time
    assert late


def test_a_limit_before_the_calendar_begins_is_never_reached(planner: Planner, clock: FixedClock) -> None:
    with planner.store.write("add somebody") as work:
        work.session.add(
            ContactTable(
                uid="u", name="Ada", sort_key="", created_at=clock.now(), updated_at=clock.now(),
                longest_days=2_000_000, matters=True,
            )
        )  # fmt: skip
        talk = InteractionTable(uid="i", kind="call", at=clock.at(date(1990, 1, 1), time()), created_at=clock.now())
        work.session.add(talk)
        work.session.flush()
        work.session.add(InteractionContactTable(interaction_id=talk.id, contact_id=1))
    assert planner.followup_queries.drifting() == ()
