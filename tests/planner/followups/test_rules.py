"""The rules of the queue, as tables and properties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import DateKind, PartialDate, Role, Tie
from planner.followups.records import FollowUpKind
from planner.followups.rules import celebrations, rhythm
from planner.followups.rules.capacity import Limits, Load, Moved, place, spread
from planner.followups.rules.due import Section, section, week_end, working_day
from planner.followups.rules.priority import Cause, Standing, Weighed, weigh
from planner.followups.rules.rhythm import Silence, drifting, limit
from planner.settings.records import RHYTHM_BY_ROLE

THURSDAY = date(2027, 7, 8)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
near = st.integers(-40, 60).map(lambda n: THURSDAY + timedelta(days=n))
loads = st.lists(
    st.builds(
        Load,
        id=st.just(0),
        due_on=near,
        score=st.floats(0, 100),
        fixed=st.booleans(),
        quiet_until=st.none() | near,
    ),
    max_size=40,
).map(lambda found: [replace(each, id=number) for number, each in enumerate(found)])
limits = st.builds(
    Limits,
    day=st.integers(1, 4),
    week=st.integers(1, 12),
    working_days=st.sampled_from([(0, 1, 2, 3, 4), (6, 0, 1, 2, 3), (2,), (0, 1, 2, 3, 4, 5, 6)]),
    week_start=st.sampled_from([0, 5, 6]),
)


@pytest.mark.parametrize(
    ("day", "week_start", "expected"),
    [
        (date(2027, 7, 7), 0, Section.OVERDUE),
        (THURSDAY, 0, Section.TODAY),
        (date(2027, 7, 9), 0, Section.THIS_WEEK),
        (date(2027, 7, 11), 0, Section.THIS_WEEK),  # Sunday
        (date(2027, 7, 12), 0, Section.LATER),
        (date(2027, 7, 11), 6, Section.LATER),  # where weeks start on Sunday
        (date(2027, 7, 10), 5, Section.LATER),  # where they start on Saturday
    ],
)
def test_the_parts_of_the_queue(day: date, week_start: int, expected: Section) -> None:
    assert section(day, THURSDAY, week_end(THURSDAY, week_start)) is expected


@given(days, st.integers(0, 6))
def test_a_week_ends_within_seven_days_before_the_next_starts(day: date, week_start: int) -> None:
    last = week_end(day, week_start)
    assert 0 <= (last - day).days < 7
    assert (last + timedelta(days=1)).weekday() == week_start


@given(days, st.sets(st.integers(0, 6)))
def test_a_working_day_is_one_and_the_nearest(day: date, working: set[int]) -> None:
    found = working_day(day, working)
    assert 0 <= (found - day).days < 7
    assert not working or found.weekday() in working
    assert all((day + timedelta(days=n)).weekday() not in working for n in range((found - day).days))


@pytest.mark.parametrize(
    ("own", "roles", "expected"),
    [
        (None, (), None),
        (None, (Role.OTHER,), None),
        (None, (Role.MENTOR,), 28),
        (None, (Role.INDUSTRY_LEADER, Role.SPONSOR), 42),
        (10, (Role.MANAGER,), 10),
        (0, (Role.MENTOR,), None),
    ],
)
def test_the_rhythm_that_holds(own: int | None, roles: tuple[Role, ...], expected: int | None) -> None:
    assert rhythm.rhythm(own, roles, RHYTHM_BY_ROLE) == expected


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        (Silence(43, 28), True),
        (Silence(42, 28), False),  # exactly one and a half
        (Silence(43, 28, longest_days=60), False),
        (Silence(61, 28, longest_days=60), True),
        (Silence(50, 28, tie=Tie.WEAK), False),
        (Silence(57, 28, tie=Tie.WEAK), True),
        (Silence(50, 28, tie=Tie.WEAK, matters=True), True),
        (Silence(400), False),
        (Silence(121, matters=True), True),
        (Silence(121, tie=Tie.STRONG), True),
        (Silence(None, 28), False),  # never in touch is a beginning, not an end
    ],
)
def test_who_drifts(silence: Silence, expected: bool) -> None:
    assert drifting(silence) is expected


@given(st.integers(0, 2000), st.none() | st.integers(1, 400), st.none() | st.sampled_from(list(Tie)), st.booleans())
def test_whoever_drifts_keeps_drifting(quiet: int, days: int | None, tie: Tie | None, matters: bool) -> None:
    silence = Silence(quiet, days, None, tie, matters)
    if drifting(silence):
        assert drifting(replace(silence, quiet_days=quiet + 1))
        assert (limit(silence) or 0) < quiet


@pytest.mark.parametrize(
    ("marked", "today", "expected"),
    [
        (PartialDate(DateKind.BIRTHDAY, 1980, 7, 8), THURSDAY, THURSDAY),
        (PartialDate(DateKind.BIRTHDAY, None, 7, 7), THURSDAY, date(2028, 7, 7)),
        (PartialDate(DateKind.BIRTHDAY, 2000, 2, 29), date(2027, 2, 1), date(2027, 2, 28)),
        (PartialDate(DateKind.BIRTHDAY, 2000, 2, 29), date(2028, 2, 28), date(2028, 2, 29)),
        (PartialDate(DateKind.BIRTHDAY, None, 1, 1), date(2027, 12, 31), date(2028, 1, 1)),
        (PartialDate(DateKind.BIRTHDAY, None, 4, 31), THURSDAY, None),
        (PartialDate(DateKind.BIRTHDAY, 1980), THURSDAY, None),
        (PartialDate(DateKind.WORK_ANNIVERSARY, 2031, 3, 1), THURSDAY, date(2031, 3, 1)),
    ],
)
def test_when_a_yearly_date_comes_round(marked: PartialDate, today: date, expected: date | None) -> None:
    assert celebrations.next_on(marked, today) == expected


@given(st.none() | st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 31), days)
def test_a_yearly_date_never_lies_in_the_past(year: int | None, month: int, day: int, today: date) -> None:
    on = celebrations.next_on(PartialDate(DateKind.BIRTHDAY, year, month, day), today)
    if on is not None:
        assert on >= today
        assert on.month == month
        if year is None or year <= today.year:
            assert (on - today).days <= 366


def test_what_there_is_to_say_about_a_day() -> None:
    born = PartialDate(DateKind.BIRTHDAY, 1987, 7, 8)
    assert celebrations.why(born, THURSDAY) == "turns 40"
    assert celebrations.why(PartialDate(DateKind.BIRTHDAY, None, 7, 8), THURSDAY) == ""
    joined = PartialDate(DateKind.WORK_ANNIVERSARY, 2026, 7, 8)
    assert celebrations.title(joined, THURSDAY, "Mirrus") == "Congratulate on 1 year at Mirrus"
    assert celebrations.title(PartialDate(DateKind.OTHER, None, 7, 8, "name day"), THURSDAY) == "Mark the day: name day"


weighed = st.builds(
    Weighed,
    kind=st.sampled_from([kind for kind in FollowUpKind if kind is not FollowUpKind.PROMISE]),
    due_on=near,
    has_time=st.booleans(),
    snoozes=st.integers(0, 9),
    people=st.lists(
        st.builds(
            Standing,
            roles=st.lists(st.sampled_from(list(Role)), max_size=2).map(tuple),
            tie=st.none() | st.sampled_from(list(Tie)),
            matters=st.booleans(),
            rhythm_days=st.none() | st.integers(1, 200),
            quiet_days=st.none() | st.integers(0, 500),
        ),
        max_size=2,
    ),
)


@given(weighed)
def test_your_word_weighs_more_than_the_same_without_it(item: Weighed) -> None:
    assert weigh(replace(item, is_promise=True), THURSDAY).score > weigh(item, THURSDAY).score


@given(weighed)
def test_waiting_never_makes_it_matter_less(item: Weighed) -> None:
    item = replace(item, has_time=False)
    now, before = weigh(item, THURSDAY), weigh(replace(item, due_on=item.due_on + timedelta(days=1)), THURSDAY)
    assert now.score >= before.score


@given(weighed)
def test_the_score_is_the_sum_of_its_reasons_the_weightiest_first(item: Weighed) -> None:
    priority = weigh(item, THURSDAY)
    points = [each for _, each in priority.parts]
    assert priority.score == sum(points)
    assert points == sorted(points, reverse=True)
    assert all(each > 0 for each in points)


def test_a_late_promise_to_a_sponsor_comes_before_a_check_in_with_a_peer() -> None:
    promise = Weighed(
        FollowUpKind.PROMISE, THURSDAY - timedelta(days=2), True, people=[Standing((Role.SPONSOR,), Tie.MEDIUM)]
    )
    check_in = Weighed(FollowUpKind.CHECK_IN, THURSDAY, people=[Standing((Role.PEER,), rhythm_days=28, quiet_days=31)])
    first, second = weigh(promise, THURSDAY), weigh(check_in, THURSDAY)
    assert first.parts[:3] == ((Cause.PROMISE, 40.0), (Cause.LATE, 24.0), (Cause.ROLE, 10.0))
    assert second.points(Cause.RHYTHM) == pytest.approx(10 * (31 / 28 - 1))
    assert first.score > second.score


@given(loads, limits)
def test_everything_has_a_place_and_none_before_its_day(found: list[Load], most: Limits) -> None:
    places = place(found, THURSDAY, most)
    assert set(places) == {each.id for each in found}
    for each in found:
        where = places[each.id]
        assert where.day >= each.due_on
        if where.day == each.due_on:
            assert where.moved is Moved.NO
        else:
            assert where.moved is not Moved.NO
        if each.quiet_until is not None and each.quiet_until > THURSDAY:
            assert where.day >= each.quiet_until
        if each.due_on < THURSDAY and (each.quiet_until is None or each.quiet_until <= THURSDAY):
            assert where.day == each.due_on, "what is late stays late"


@given(loads, limits)
def test_no_day_and_no_week_holds_more_than_it_can_but_for_what_belongs_there(found: list[Load], most: Limits) -> None:
    places = place(found, THURSDAY, most)
    load_of = {each.id: each for each in found}
    on_day: Counter[date] = Counter()
    in_week: Counter[date] = Counter()
    movable_on: Counter[date] = Counter()
    for id, where in places.items():
        day = max(where.day, THURSDAY)
        on_day[day] += 1
        in_week[week_end(day, most.week_start)] += 1
        if not load_of[id].fixed and where.day >= THURSDAY:
            movable_on[day] += 1
            if where.moved in (Moved.DAY_FULL, Moved.WEEK_FULL):
                assert where.day.weekday() in most.working_days
    for day, movable in movable_on.items():
        if movable:
            assert on_day[day] <= most.day
            assert in_week[week_end(day, most.week_start)] <= most.week


def test_the_sixth_of_five_waits_for_the_next_working_day() -> None:
    friday = date(2027, 7, 9)
    places = place([Load(id, friday, score=id) for id in range(6)], friday, Limits())
    assert [places[id].day for id in range(6)] == [date(2027, 7, 12)] + [friday] * 5
    assert places[0].moved is Moved.DAY_FULL


def test_a_full_week_sends_the_rest_to_the_next() -> None:
    monday = date(2027, 7, 5)
    places = place([Load(id, monday, score=-id) for id in range(7)], monday, Limits(day=5, week=6))
    assert places[5].day == date(2027, 7, 6)
    assert (places[6].day, places[6].moved) == (date(2027, 7, 12), Moved.WEEK_FULL)


def test_what_is_late_takes_the_room_of_today() -> None:
    late = [Load(id, THURSDAY - timedelta(days=1)) for id in range(4)]
    places = place([*late, Load(8, THURSDAY, 9), Load(9, THURSDAY, 1)], THURSDAY, Limits())
    assert (places[8].day, places[9].day) == (THURSDAY, date(2027, 7, 9))


@given(st.integers(0, 60), near, st.dictionaries(near, st.integers(0, 9), max_size=5), limits)
def test_days_handed_out_are_working_days_in_order_and_never_overfull(
    count: int, first: date, taken: dict[date, int], most: Limits
) -> None:
    found = spread(count, first, taken, most)
    assert len(found) == count
    assert found == sorted(found)
    assert all(day >= first and day.weekday() in most.working_days for day in found)
    for day, number in Counter(found).items():
        assert number + taken.get(day, 0) <= max(most.day, taken.get(day, 0))
