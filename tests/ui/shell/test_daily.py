"""What the window does of itself: another day's work when the day has changed, and keeping the search quick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.store import upkeep
from ui.main_window import MainWindow
from ui.shell.daily import LOOK_MS, Daily
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def daily(main: MainWindow, settle: Settle) -> Daily:
    """The part of the window that does so, after its first look."""
    found = main.findChild(Daily)
    assert found is not None
    found.look()
    settle(main.tasks)
    return found


def test_many_parts_of_the_search_index_are_merged_while_nobody_waits(
    main: MainWindow, planner: Planner, daily: Daily, settle: Settle
) -> None:
    for number in range(upkeep.FEW_PARTS + 3):
        planner.contacts.add(ContactDetails(given="Ingrid", family=f"Vale{number}"))
    assert planner.upkeep.parts() > upkeep.FEW_PARTS
    undoable = planner.history.next_undo()
    assert daily.timer.isActive()
    assert daily.timer.interval() == LOOK_MS
    daily.timer.timeout.emit()
    settle(main.tasks)
    assert planner.upkeep.parts() == 1
    assert planner.contact_queries.count("vale") == upkeep.FEW_PARTS + 3
    assert planner.history.next_undo() == undoable


def test_another_day_brings_its_check_ins_and_a_backup(
    main: MainWindow, planner: Planner, clock: FixedClock, daily: Daily, settle: Settle
) -> None:
    details = ContactDetails(given="Ingrid", family="Vale", rhythm_days=30)
    ingrid = planner.contacts.add(details).new("contact")
    backups = len(planner.backups.all())
    clock.advance(timedelta(days=40))
    daily.timer.timeout.emit()
    settle(main.tasks)
    assert [one.details.title for one in planner.followup_queries.for_contact(ingrid)] == ["Check in"]
    assert len(planner.backups.all()) == backups + 1
