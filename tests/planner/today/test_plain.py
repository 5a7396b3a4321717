"""What Today reads by the driver alone is what the mapping reads, and needs nothing of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from planner.app import Planner
from planner.clock import FixedClock
from planner.events import reading as events
from planner.followups import reading as followups
from planner.paths import DataFolder
from planner.relations import goal_reading
from planner.sample import fill
from planner.settings.records import Settings
from planner.store.tables import (
    AttendanceTable,
    ChecklistItemTable,
    ContactTable,
    EventTable,
    ExchangeTable,
    FollowUpContactTable,
    FollowUpTable,
    GoalTable,
    PitchTable,
    PreparationItemTable,
    SessionTable,
)

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path_factory.mktemp("sample") / "data"), FixedClock(), durable=False) as planner:
        assert fill(planner)
        yield planner


def test_follow_ups_are_the_rows_of_the_mapping(sample: Planner) -> None:
    with sample.store.snapshot() as rows:
        found = {each.id: each for each in followups.followups(rows, Settings().rhythms, "true")}
    with sample.store.read() as session:
        mapped = session.scalars(select(FollowUpTable)).all()
        assert len(mapped) == len(found) > 20
        for row in mapped:
            one = found[row.id]
            for name in ("uid", "state", "snoozes", "created_at", "updated_at", "closed_at"):
                assert getattr(one, name) == getattr(row, name), name
            for name in (
                "kind", "title", "due_on", "time_zone", "remind_minutes", "why", "message_subject", "message",
                "event_id", "promise_id", "introduction_id", "milestone_id", "template_id", "origin", "origin_key",
            ):  # fmt: skip
                assert getattr(one.details, name) == getattr(row, name), name
            assert (one.details.due_time.isoformat("minutes") if one.details.due_time else "") == row.due_time
            members = session.scalars(
                select(FollowUpContactTable.contact_id)
                .where(FollowUpContactTable.followup_id == row.id)
                .order_by(FollowUpContactTable.position, FollowUpContactTable.id)
            ).all()
            assert list(one.details.contact_ids) == list(members) == [person.id for person in one.people]
            for person in one.people:
                contact = session.get_one(ContactTable, person.id)
                for name in ("name", "title", "organisation", "tie", "matters", "quiet_until", "no_asks", "photo"):
                    assert getattr(person, name) == getattr(contact, name), name


def test_events_are_the_rows_of_the_mapping(sample: Planner) -> None:
    with sample.store.snapshot() as rows, sample.store.read() as session:
        found = {each.id: each for each in events.events(rows, sample.clock.zone, "true")}
        mapped = session.scalars(select(EventTable)).all()
        assert len(mapped) == len(found) > 3
        for row in mapped:
            one = found[row.id]
            assert one.uid == row.uid
            for name in (
                "title", "kind", "starts_at", "ends_at", "all_day", "time_zone", "place", "link", "aim", "notes",
                "outcome", "state", "plan_id", "pitch_id", "previous_id", "source",
            ):  # fmt: skip
                assert getattr(one.details, name) == getattr(row, name), name
            people = {person.id: person for person in events.attendances_at(rows, (row.id,)).get(row.id, ())}
            there = session.scalars(select(AttendanceTable).where(AttendanceTable.event_id == row.id)).all()
            assert people.keys() == {each.id for each in there}
            for each in there:
                person = people[each.id]
                for name in ("contact_id", "wish", "part", "outcome", "said", "note"):
                    assert getattr(person, name) == getattr(each, name), name
                items = session.scalars(
                    select(PreparationItemTable).where(PreparationItemTable.attendance_id == each.id)
                ).all()
                assert {(item.id, item.kind, item.text, item.done, item.answer) for item in person.items} == {
                    (item.id, item.kind, item.text, item.done, item.answer) for item in items
                }
            agenda = {item.id: item for item in events.agenda_of(rows, row.id)}
            sessions = session.scalars(select(SessionTable).where(SessionTable.event_id == row.id)).all()
            assert agenda.keys() == {each.id for each in sessions}
            for each_session in sessions:
                for name in ("title", "starts_at", "ends_at", "room", "track", "abstract", "link", "marked", "gone"):
                    assert getattr(agenda[each_session.id], name) == getattr(each_session, name), name
            lines = session.scalars(
                select(ChecklistItemTable)
                .where(ChecklistItemTable.event_id == row.id)
                .order_by(ChecklistItemTable.position, ChecklistItemTable.id)
            )
            assert [(line.id, line.text, line.done) for line in lines] == [
                (line.id, line.text, line.done) for line in events.checklist_of(rows, row.id)
            ]
        for pitch in events.pitches(rows):
            kept = session.get_one(PitchTable, pitch.id)
            assert (pitch.audience, pitch.text, pitch.target_seconds) == (
                kept.audience, kept.text, kept.target_seconds,
            )  # fmt: skip


def test_goal_and_balance_are_those_of_the_mapping(sample: Planner) -> None:
    page = sample.today.get()
    with sample.store.read() as session:
        row = session.scalars(select(GoalTable).where(GoalTable.state == "open").order_by(GoalTable.id.desc())).first()
        assert page.contacts == session.scalar(select(func.count()).select_from(ContactTable))
        since = session.scalars(select(ExchangeTable.direction).where(ExchangeTable.on >= page.quarter)).all()
    assert row is not None
    assert page.goal is not None
    assert (page.goal.id, page.goal.draft.title, page.goal.draft.until) == (row.id, row.title, row.until)
    assert (page.give_and_take.given, page.give_and_take.received) == (since.count("given"), since.count("received"))
    with sample.store.snapshot() as rows:
        assert goal_reading.goals(rows) == sample.goals.all()


_ALONE = """
import sys
from pathlib import Path
from planner.app import Planner
from planner.paths import DataFolder
with Planner(DataFolder(Path(sys.argv[1]))) as planner:
    page = planner.today.get()
    assert page.contacts > 10, page
    planner.poll_external()
    print(sorted(name for name in ("sqlalchemy", "alembic", "icalendar", "jinja2") if name in sys.modules))
"""


def test_today_is_there_before_sqlalchemy(sample: Planner) -> None:
    command = [sys.executable, "-c", _ALONE, str(sample.folder.root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
