"""What every target keeps to: delivered once, changed in place, taken off, and whole again after any mishap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.errors import UserError
from planner.followups.records import FollowUpState
from tests.planner.calendars.contract.conftest import OnServer, Target, needs_limits, on_every_server, on_every_target

MONDAY = date(2027, 7, 12)


def several(target: Target, count: int = 6) -> list[int]:
    return [target.add(f"Number {n}", MONDAY + timedelta(days=n)) for n in range(count)]


def titles(target: Target) -> set[str]:
    return {
        line.partition(":")[2].strip()
        for event in target.held().values()
        if "STATUS:CANCELLED" not in event
        for line in event.splitlines()
        if line.startswith("SUMMARY")
    }


def numbers(count: int = 6) -> set[str]:
    return {f"Number {n}" for n in range(count)}


@on_every_target
def test_what_is_open_is_put_and_can_be_got(target: Target) -> None:
    ids = several(target)
    target.deliver()
    assert titles(target) == numbers()
    uid = target.planner.followup_queries.get(ids[2]).uid
    assert "20270714T" in target.held()[uid]


@on_every_target
def test_with_nothing_new_nothing_is_written(target: Target) -> None:
    several(target)
    target.deliver()
    before = target.held()
    if isinstance(target, OnServer):
        target.way.seen.clear()
    target.deliver()
    assert target.held() == before
    if isinstance(target, OnServer):
        assert target.way.seen == ["REPORT"]


@on_every_target
def test_a_change_arrives_in_place(target: Target) -> None:
    ids = several(target)
    target.deliver()
    target.planner.followups.reschedule((ids[0],), MONDAY + timedelta(days=20))
    target.planner.followups.done((ids[1],))
    target.planner.followups.drop((ids[2],))
    target.deliver()
    assert titles(target) == numbers() - {"Number 1", "Number 2"} | {"✓ Number 1"}
    assert "20270801T" in target.held()[target.planner.followup_queries.get(ids[0]).uid]


@needs_limits
@on_every_target
def test_cut_off_half_way_it_goes_on_without_a_duplicate(target: Target) -> None:
    several(target)
    with target.cut(), pytest.raises(UserError):
        target.deliver()
    assert len(target.held()) < 6
    target.deliver()
    target.deliver()
    assert titles(target) == numbers()


@needs_limits
@on_every_target
def test_without_space_the_person_is_told_and_nothing_is_lost(target: Target) -> None:
    ids = several(target)
    with target.full(), pytest.raises(UserError) as caught:
        target.deliver()
    told = caught.value.explain()
    assert told.what
    assert told.safe
    assert all(target.planner.followup_queries.get(id).state is FollowUpState.OPEN for id in ids)
    target.deliver()
    assert titles(target) == numbers()


@needs_limits
@on_every_target
def test_a_change_without_space_leaves_what_stood_there(target: Target) -> None:
    ids = several(target)
    target.deliver()
    for id in ids:
        target.planner.followups.reschedule((id,), MONDAY + timedelta(days=30))
    with target.full(), pytest.raises(UserError):
        target.deliver()
    assert titles(target) == numbers()
    target.deliver()
    assert all("20270811T" in event for event in target.held().values())


@on_every_server
def test_only_what_changed_there_is_read(target: OnServer) -> None:
    ids = several(target)
    target.deliver()
    target.edit("Number 1", "20270713T", "20270723T")
    target.edit("Number 2", "SUMMARY:", "SUMMARY:✓ ")
    target.delete("Number 3")
    target.way.seen.clear()
    target.deliver()
    assert target.way.seen.count("REPORT") <= 2  # what changed, and those items at once
    details = [target.planner.followup_queries.get(id) for id in ids]
    assert details[1].details.due_on == date(2027, 7, 23)
    assert [one.state.value for one in details] == ["open", "open", "done", "dropped", "open", "open"]


@on_every_server
def test_an_edit_between_reading_and_writing_is_never_overwritten(target: OnServer) -> None:
    (id, *_) = several(target)
    target.deliver()
    target.planner.followups.reschedule((id,), MONDAY + timedelta(days=1))

    def meanwhile(request: object) -> None:
        if getattr(request, "method", "") == "PUT":
            target.way.fault = None
            target.edit("Number 0", "20270712T", "20270716T")

    target.way.fault = meanwhile
    target.deliver()
    assert "20270716T" in target.held()[target.planner.followup_queries.get(id).uid]
    outcome = target.engine.run(target.account)
    assert outcome.disagreements == 1  # both facts are kept, and the person is asked
    assert "20270716T" in target.held()[target.planner.followup_queries.get(id).uid]


@on_every_server
def test_what_others_added_to_an_item_and_their_own_items_survive(target: OnServer) -> None:
    (id, *_) = several(target)
    target.deliver()
    target.edit("Number 0", "SUMMARY:Number 0", "X-PHONE-COLOUR:teal\r\nSUMMARY:Number 0")
    foreign = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phone//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
        "DTSTAMP:20270710T080000Z\r\nDTSTART:20270713T080000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    target.items.create("dentist.ics", foreign)
    target.planner.followups.reschedule((id,), MONDAY + timedelta(days=9))
    target.deliver()
    target.deliver()
    event = target.held()[target.planner.followup_queries.get(id).uid]
    assert "X-PHONE-COLOUR:teal" in event
    assert "20270721T" in event
    assert "Dentist" in titles(target)
