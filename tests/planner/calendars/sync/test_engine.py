"""Whole runs against real servers: what is done, moved or deleted on either side arrives on the other, once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from planner.accounts.records import Purpose
from planner.calendars.sync.decide import LooksEmptied
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from tests.planner.calendars.sync.conftest import Device

pytestmark = pytest.mark.reader

MONDAY = date(2027, 7, 12)


def add(device: Device, title: str = "Send the deck", on: date = MONDAY) -> int:
    return device.planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, title, on)).new("followup")


def state(device: Device, id: int) -> FollowUpState:
    return device.planner.followup_queries.get(id).state


def due(device: Device, id: int) -> date:
    return device.planner.followup_queries.get(id).details.due_on


def only(device: Device) -> str:
    (path,) = device.there()
    return path


def test_a_follow_up_is_put_once_and_then_left_in_peace(device: Device) -> None:
    add(device)
    assert device.engine.run(device.account).created == 1
    assert "Send the deck" in device.there()[only(device)]
    for _ in range(2):
        outcome = device.engine.run(device.account)
        assert outcome.in_words() == "nothing to do"
    assert len(device.there()) == 1


def test_a_change_here_arrives_there_and_keeps_what_the_phone_added(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.edit_there(only(device), "SUMMARY:", "X-PHONE-COLOUR:teal\r\nSUMMARY:")
    device.engine.run(device.account)
    device.planner.followups.reschedule((id,), MONDAY + timedelta(days=2))
    assert device.engine.run(device.account).replaced == 1
    text = device.there()[only(device)]
    assert "20270714" in text
    assert "X-PHONE-COLOUR:teal" in text


def test_done_here_is_marked_there(device: Device, purpose: Purpose) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.planner.followups.done((id,))
    device.engine.run(device.account)
    assert ("STATUS:COMPLETED" if purpose is Purpose.TASKS else "SUMMARY:✓ Send") in device.there()[only(device)]


def test_dropped_here_goes_there(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.planner.followups.drop((id,))
    assert device.engine.run(device.account).deleted == 1
    assert device.there() == {}


def test_done_there_is_done_here_and_can_be_undone(device: Device, purpose: Purpose) -> None:
    id = add(device)
    device.engine.run(device.account)
    if purpose is Purpose.TASKS:
        device.edit_there(only(device), "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    else:
        device.edit_there(only(device), "SUMMARY:Send", "SUMMARY:✓ Send")
    outcome = device.engine.run(device.account)
    assert outcome.accepted == 1
    assert outcome.changes.touches("followup", id)
    assert state(device, id) is FollowUpState.DONE
    device.planner.history.undo()
    assert state(device, id) is FollowUpState.OPEN


def test_moved_there_is_rescheduled_here(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.edit_there(only(device), "20270712T", "20270716T")
    assert device.engine.run(device.account).accepted == 1
    assert due(device, id) == date(2027, 7, 16)
    device.engine.run(device.account)
    assert device.engine.run(device.account).in_words() == "nothing to do"


def test_deleted_there_is_dropped_here(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.delete_there(only(device))
    assert device.engine.run(device.account).dropped == 1
    assert state(device, id) is FollowUpState.DROPPED
    assert device.engine.run(device.account).in_words() == "nothing to do"


@pytest.mark.parametrize("choice", ["here", "there"])
def test_changed_on_both_sides_waits_for_a_choice(device: Device, choice: str) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.planner.followups.reschedule((id,), MONDAY + timedelta(days=1))
    device.edit_there(only(device), "20270712T", "20270716T")
    assert device.engine.run(device.account).disagreements == 1
    assert device.engine.run(device.account).disagreements == 1  # asked once, and not made worse meanwhile
    (open_one,) = device.disagreements.all()
    assert open_one.title == "Send the deck"
    assert str(open_one.here.when).startswith("2027-07-13")
    assert str(open_one.there.when).startswith("2027-07-16")

    (device.disagreements.choose_here if choice == "here" else device.disagreements.choose_there)(open_one.id)
    for _ in range(3):
        device.engine.run(device.account)
    chosen = date(2027, 7, 13) if choice == "here" else date(2027, 7, 16)
    assert due(device, id) == chosen
    assert re.search(rf"(DTSTART|DUE)[^\r\n]*{chosen:%Y%m%d}", device.there()[only(device)])
    assert device.disagreements.all() == ()


@pytest.mark.parametrize("choice", ["here", "there"])
def test_changed_here_and_deleted_there_waits_too(device: Device, choice: str) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.planner.followups.reschedule((id,), MONDAY + timedelta(days=1))
    device.delete_there(only(device))
    assert device.engine.run(device.account).disagreements == 1
    (open_one,) = device.disagreements.all()
    assert open_one.there.deleted
    (device.disagreements.choose_here if choice == "here" else device.disagreements.choose_there)(open_one.id)
    for _ in range(2):
        device.engine.run(device.account)
    assert (len(device.there()), state(device, id)) == (
        (1, FollowUpState.OPEN) if choice == "here" else (0, FollowUpState.DROPPED)
    )


def test_a_calendar_that_looks_emptied_stops_the_run(device: Device) -> None:
    ids = [add(device, f"Number {n}") for n in range(8)]
    device.engine.run(device.account)
    for path in list(device.there())[:5]:
        device.delete_there(path)
    with pytest.raises(LooksEmptied):
        device.engine.run(device.account)
    assert {state(device, id) for id in ids} == {FollowUpState.OPEN}
    assert device.accounts.log()[0].level == "problem"
    assert device.engine.run(device.account, deletions_meant=True).dropped == 5


def test_foreign_items_are_left_alone(device: Device) -> None:
    foreign = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//phone//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
        "DTSTAMP:20270710T080000Z\r\nDTSTART:20270713T080000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    path, _ = device.items.create("dentist.ics", foreign)
    add(device)
    device.engine.run(device.account)
    device.engine.run(device.account)
    assert "SUMMARY:Dentist" in device.there()[path]
    assert len(device.there()) == 2


def test_a_run_cut_off_after_the_upload_puts_nothing_twice(device: Device) -> None:
    for n in range(3):
        add(device, f"Number {n}")
    count = 0

    def cancelled() -> bool:
        nonlocal count
        count += 1
        return count > 2

    with pytest.raises(Exception, match="Stopped"):
        device.engine.run(device.account, cancelled=cancelled)
    assert len(device.there()) == 2
    # The worst case: killed before anything was remembered.
    with device.planner.store.record() as session:
        session.connection().exec_driver_sql("DELETE FROM collection_item")
    for _ in range(2):
        device.engine.run(device.account)
    assert len(device.there()) == 3
    assert device.engine.run(device.account).in_words() == "nothing to do"


def test_an_undo_of_what_was_taken_over_goes_back_to_the_calendar(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.edit_there(only(device), "20270712T", "20270716T")
    assert device.engine.run(device.account).accepted == 1
    device.planner.history.undo()
    assert due(device, id) == MONDAY
    assert device.engine.run(device.account).replaced == 1
    assert "20270712T" in device.there()[only(device)]
    assert device.engine.run(device.account).in_words() == "nothing to do"


def test_going_back_after_choosing_theirs_is_a_change_of_ours(device: Device) -> None:
    id = add(device)
    device.engine.run(device.account)
    device.planner.followups.reschedule((id,), MONDAY + timedelta(days=2))
    device.edit_there(only(device), "20270712T", "20270716T")
    device.engine.run(device.account)
    (waiting,) = device.disagreements.all()
    device.disagreements.choose_there(waiting.id)
    # Before the next run, this side goes back to where it came from, and theirs comes to where this side was.
    device.planner.followups.reschedule((id,), MONDAY)
    device.edit_there(only(device), "20270716T", "20270714T")
    device.engine.run(device.account)
    assert due(device, id) == MONDAY
    assert "20270712T" in device.there()[only(device)]
