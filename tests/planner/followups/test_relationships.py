"""Who drifts and whose rhythm is kept: the short way over very many, against the rule applied to each."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Role, Tie
from planner.followups import relationships
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.followups.relationships import Relationship
from planner.followups.rules import rhythm
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from planner.settings.records import Settings
from planner.store import integrity, summaries
from planner.store.tables import (
    ContactTable,
    FollowUpContactTable,
    InteractionContactTable,
    InteractionTable,
    RoleTable,
)

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


def test_last_in_touch_is_what_the_records_say(planner: Planner, clock: FixedClock, crowd: list[Relationship]) -> None:
    last: dict[int, date] = {}
    with planner.store.read() as session:
        talks = {row.id: row.at for row in session.scalars(select(InteractionTable))}
        for row in session.scalars(select(InteractionContactTable)):
            last[row.contact_id] = clock.local(talks[row.interaction_id]).date()
        for done in session.scalars(select(FollowUpContactTable)):
            # Those of the crowd reached out today.
            last[done.contact_id] = max(clock.today(), last.get(done.contact_id, clock.today()))
    assert {one.id: one.last_on for one in crowd} == {one.id: last.get(one.id) for one in crowd}
    assert integrity.check(planner.store).sound


def test_what_is_done_counts_at_once_and_no_longer_when_it_is_undone(planner: Planner, clock: FixedClock) -> None:
    (ada,) = planner.contacts.add(ContactDetails(given="Ada", rhythm_days=14, matters=True)).created["contact"]

    def last() -> date | None:
        assert integrity.check(planner.store).sound
        with planner.store.snapshot() as rows:
            return {one.id: one.last_on for one in relationships.relationships(rows, clock, SETTINGS)}[ada]

    today = clock.today()
    assert last() is None
    talk = planner.relations.log(InteractionDraft(InteractionKind.CALL, clock.now() - timedelta(days=30), True, (ada,)))
    assert last() == today - timedelta(days=30)
    (id,) = talk.created["interaction"]
    planner.relations.update_interaction(
        id, InteractionDraft(InteractionKind.CALL, clock.now() - timedelta(days=20), True, (ada,))
    )
    assert last() == today - timedelta(days=20)
    for kind, reaches in ((FollowUpKind.REMINDER, False), (FollowUpKind.THANK_YOU, True)):
        (thing,) = planner.followups.add(FollowUpDetails(kind, "Do it", today, (ada,))).created["followup"]
        planner.followups.done([thing])
        assert last() == (today if reaches else today - timedelta(days=20))
    planner.history.undo()
    assert last() == today - timedelta(days=20)
    planner.history.redo()
    assert last() == today
    planner.followups.reopen([thing])
    assert last() == today - timedelta(days=20)
    planner.followups.done([thing])
    planner.followups.delete([thing])
    assert last() == today - timedelta(days=20)
    planner.relations.delete_interaction(id)
    assert last() is None


def test_the_kinds_that_reach_nobody_are_kinds() -> None:
    assert set(summaries.REACHING_NOBODY) <= {kind.value for kind in FollowUpKind}


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
