"""Logging what happened, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from planner.app import Planner
from planner.clock import FixedClock
from planner.errors import Invalid, NotFound
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.drafts import ExchangeDraft, InteractionDraft, MilestoneDraft, PromiseDraft
from planner.relations.records import (
    Direction,
    ExchangeKind,
    InteractionKind,
    MilestoneKind,
    PromiseSide,
    PromiseState,
)
from planner.relations.story import StoryKind, Tone
from planner.store.tables import ContactSummaryTable, FollowUpTable

NOW = datetime(2027, 7, 10, 8, 0, tzinfo=UTC)
Person = Callable[[str], int]


def followups(planner: Planner) -> list[FollowUpTable]:
    with planner.store.read() as session:
        rows = list(session.scalars(select(FollowUpTable).order_by(FollowUpTable.id)))
        session.expunge_all()
    return rows


def met(*ids: int, at: datetime = NOW, text: str = "") -> InteractionDraft:
    return InteractionDraft(InteractionKind.MET, at, contact_ids=ids, text=text)


def test_one_command_logs_a_talk_with_all_that_came_of_it(planner: Planner, person: Person) -> None:
    ingrid = person("Ingrid Vale")
    changes = planner.relations.log(
        met(ingrid, text="Coffee"),
        promises=[PromiseDraft(PromiseSide.MINE, "send the deck", date(2027, 7, 16))],
        exchanges=[ExchangeDraft(Direction.RECEIVED, ExchangeKind.ADVICE)],
        followups=[FollowUpDetails(FollowUpKind.THANK_YOU, "Thank for the coffee", date(2027, 7, 11))],
    )
    assert changes.label == "log meeting Ingrid Vale"
    assert {"interaction", "promise", "exchange", "followup", "contact"} <= set(changes.touched)
    assert [(row.kind, row.title, row.due_on) for row in followups(planner)] == [
        ("promise", "Send the deck", date(2027, 7, 16)),
        ("thank-you", "Thank for the coffee", date(2027, 7, 11)),
    ]
    (entry,) = planner.relation_queries.story(ingrid)
    assert (entry.headline, entry.text, entry.on, entry.at) == ("Met", "Coffee", date(2027, 7, 10), None)
    assert [(chip.text, chip.tone) for chip in entry.chips] == [
        ("You promised: send the deck", Tone.OWED),
        ("Received advice", Tone.RECEIVED),
    ]
    planner.history.undo()
    assert planner.relation_queries.story(ingrid) == ()
    assert followups(planner) == []
    planner.history.redo()
    assert planner.relation_queries.story(ingrid) == (entry,)


def test_with_two_people_each_has_the_promise_and_both_see_each_other(planner: Planner, person: Person) -> None:
    a, b = person("Ada Ek"), person("Bo Quist")
    planner.relations.log(met(a, b), promises=[PromiseDraft(PromiseSide.MINE, "send notes")])
    assert [promise.contact.name for promise in planner.relation_queries.promises()] == ["Ada Ek", "Bo Quist"]
    assert [other.name for other in planner.relation_queries.story(a)[0].others] == ["Bo Quist"]
    assert all(row.due_on == date(2027, 7, 17) for row in followups(planner)), "without a date: a week"


def test_what_they_owe_is_asked_after_only_when_it_had_a_date(planner: Planner, person: Person) -> None:
    tom = person("Tomás Ortega")
    planner.relations.log(
        met(tom),
        promises=[
            PromiseDraft(PromiseSide.THEIRS, "send the slides", date(2027, 7, 20)),
            PromiseDraft(PromiseSide.THEIRS, "have lunch some day"),
        ],
    )
    assert [(row.kind, row.title, row.due_on) for row in followups(planner)] == [
        ("reminder", "Ask about what was promised: send the slides", date(2027, 7, 21))
    ]


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (met(), Invalid),
        (met(999), NotFound),
        (met(1, at=NOW + timedelta(days=1)), Invalid),
        (met(1, at=datetime(2027, 7, 10)), Invalid),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_logged_changes_nothing(
    planner: Planner, person: Person, draft: InteractionDraft, error: type[Exception]
) -> None:
    person("Ada Ek")
    before = planner.history.recent()
    with pytest.raises(error):
        planner.relations.log(draft, followups=[FollowUpDetails(FollowUpKind.OTHER, "x", date(2027, 7, 10), (1,))])
    assert planner.history.recent() == before
    assert followups(planner) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "Asia/Kathmandu"])
@pytest.mark.parametrize("hour", [0, 23])
def test_a_date_stays_that_date_at_midnight_in_any_zone(planner: Planner, person: Person, zone: str, hour: int) -> None:
    local = FixedClock(moment=datetime(2027, 7, 10, hour, tzinfo=ZoneInfo(zone)), zone_of=lambda: ZoneInfo(zone))
    planner.relations._clock = local
    planner.relation_queries._clock = local
    ada = person("Ada Ek")
    planner.relations.log(met(ada, at=local.now()))
    assert planner.relation_queries.story(ada)[0].on == date(2027, 7, 10)


def test_a_changed_entry_changes_who_was_there_and_their_summary(planner: Planner, person: Person) -> None:
    a, b = person("Ada Ek"), person("Bo Quist")
    id = planner.relations.log(met(a)).new("interaction")
    planner.relations.update_interaction(
        id, InteractionDraft(InteractionKind.CALL, NOW, True, (b,), "Talked", 25, place="home")
    )
    assert planner.relation_queries.story(a) == ()
    (entry,) = planner.relation_queries.story(b)
    assert (entry.headline, entry.at) == ("Call · 25 min · home", NOW)
    with planner.store.read() as session:
        summaries = {row.id: row.last_interaction_at for row in session.scalars(select(ContactSummaryTable))}
    assert summaries == {a: None, b: NOW}


def test_deleting_an_entry_keeps_what_was_promised(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    id = planner.relations.log(met(ada), promises=[PromiseDraft(PromiseSide.MINE, "send it")]).new("interaction")
    planner.relations.delete_interaction(id)
    (entry,) = planner.relation_queries.story(ada)
    assert (entry.kind, entry.headline, entry.text) == (StoryKind.PROMISE, "You promised", "send it")
    with pytest.raises(NotFound):
        planner.relations.delete_interaction(id)


def test_keeping_letting_go_and_reopening_a_promise_moves_its_followup(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    id = planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send it", contact_id=ada)).new("promise")
    planner.relations.keep_promise(id)
    assert [row.state for row in followups(planner)] == ["done"]
    assert planner.relation_queries.promise(id).closed_on == date(2027, 7, 10)
    planner.relations.reopen_promise(id)
    assert [row.state for row in followups(planner)] == ["done", "open"]
    planner.relations.break_promise(id)
    assert [row.state for row in followups(planner)] == ["done", "dropped"]
    assert planner.relation_queries.promises(ada, PromiseState.OPEN) == ()


def test_a_changed_promise_changes_its_followup_and_keeps_the_draft(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    id = planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send it", contact_id=ada)).new("promise")
    with planner.store.write("write") as work:
        work.session.scalars(select(FollowUpTable)).one().message = "Dear Ada"
    planner.relations.update_promise(id, PromiseDraft(PromiseSide.MINE, "send both", date(2027, 8, 1)))
    (row,) = followups(planner)
    assert (row.title, row.due_on, row.message) == ("Send both", date(2027, 8, 1), "Dear Ada")
    planner.relations.update_promise(id, PromiseDraft(PromiseSide.THEIRS, "send both"))
    assert followups(planner)[0].state == "dropped"


def test_give_and_take_is_counted_by_kind_and_period(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    for direction, kind, on in [
        (Direction.GIVEN, ExchangeKind.RESOURCE, date(2027, 7, 1)),
        (Direction.GIVEN, ExchangeKind.RESOURCE, date(2027, 7, 2)),
        (Direction.RECEIVED, ExchangeKind.ADVICE, date(2027, 7, 1)),
        (Direction.GIVEN, ExchangeKind.REVIEW, date(2027, 6, 30)),
    ]:
        planner.relations.add_exchange(ExchangeDraft(direction, kind, contact_id=ada, on=on))
    found = planner.relation_queries.give_and_take(date(2027, 7, 1), date(2027, 10, 1))
    assert (found.given, found.received, found.total) == (2, 1, 3)
    assert [(each.kind, each.given, each.received) for each in found.kinds] == [
        (ExchangeKind.RESOURCE, 2, 0),
        (ExchangeKind.ADVICE, 0, 1),
    ]
    assert len(planner.relation_queries.exchanges(ada, until=date(2027, 7, 1))) == 1


def test_a_milestone_asks_for_congratulations_unless_it_is_history(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    planner.relations.add_milestone(MilestoneDraft(ada, MilestoneKind.NEW_JOB, date(2027, 7, 5), "Head of Platform"))
    planner.relations.add_milestone(MilestoneDraft(ada, MilestoneKind.AWARD, date(2024, 7, 5)))
    (row,) = followups(planner)
    assert (row.title, row.due_on) == ("Congratulate on the new role", date(2027, 7, 10))
    assert [entry.headline for entry in planner.relation_queries.story(ada)] == ["New job", "Award"]


def test_months_count_by_the_calendar_of_the_person(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    # 30 June, 22:30 in UTC is already July in Berlin.
    planner.relations.log(
        InteractionDraft(InteractionKind.CALL, datetime(2027, 6, 30, 22, 30, tzinfo=UTC), True, (ada,))
    )
    months = planner.relation_queries.months(ada, 3)
    assert [(each.year, each.month, each.interactions) for each in months] == [(2027, 5, 0), (2027, 6, 0), (2027, 7, 1)]
