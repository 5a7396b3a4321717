"""Exporting 10,000 follow-ups, against what icalendar alone needs to build and serialise the same entries."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
from sqlalchemy import insert

from planner.app import Planner
from planner.calendars import gather, given
from planner.calendars.records import Outgoing, Scope
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Email, ParsedContact, Phone
from planner.paths import DataFolder
from planner.settings.records import Settings
from planner.store.tables import FollowUpContactTable, FollowUpTable
from tests.benchmarks.results import Result, median

NUMBER = 10_000


def alone(entries: list[Outgoing], clock: FixedClock) -> bytes:
    """The same calendar with nothing but icalendar: every property by hand, the values ready."""
    zone, now = ZoneInfo("Europe/Berlin"), clock.now()
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Rapport//Benchmark//EN")
    calendar.add("version", "2.0")
    for item in entries:
        entry = item.entry
        event = icalendar.Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now)
        event.add("sequence", 0)
        event.add("created", now)
        event.add("last-modified", now)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("url", entry.url)
        event.add("categories", list(entry.categories))
        event.add("dtstart", entry.starts.replace(tzinfo=zone))
        event.add("dtend", entry.ends.replace(tzinfo=zone))
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", timedelta(minutes=-15))
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()


def fill(planner: Planner) -> None:
    """So many people with a follow-up each."""
    now, today = planner.clock.now(), planner.clock.today()
    planner.contacts.add_many(
        [
            ParsedContact(
                ContactDetails(
                    name=f"Name {n}",
                    title="Engineer",
                    organisation="Norrvolt",
                    emails=(Email(f"n{n}@norrvolt.example"),),
                    phones=(Phone(f"+44 7700 9{n:05d}"),),
                )
            )
            for n in range(NUMBER)
        ]
    )
    with planner.store.write("add follow-ups", bulk=True) as work:
        work.connection.execute(
            insert(FollowUpTable),
            [
                {
                    "uid": f"00000000-0000-4000-8000-{n:012d}",
                    "kind": "promise",
                    "title": f"Send the deck, part {n}",
                    "due_on": today + timedelta(days=n % 300),
                    "why": "You promised it at the fair.",
                    "message_subject": "The deck",
                    "message": "Dear colleague,\nhere is the deck.\nI'd be glad to hear what you make of it.",
                    "created_at": now,
                    "updated_at": now,
                }
                for n in range(NUMBER)
            ],
        )
        work.connection.execute(
            insert(FollowUpContactTable), [{"followup_id": n + 1, "contact_id": n + 1} for n in range(NUMBER)]
        )


def run(rounds: int) -> list[Result]:
    """Export to a file, first time, with everything that belongs to it; and icalendar alone, in turn."""
    clock = FixedClock()
    ours, baseline = [], []
    with tempfile.TemporaryDirectory() as name, Planner(DataFolder(Path(name) / "data"), clock) as planner:
        fill(planner)
        with planner.store.read() as session:
            conditions = gather.Conditions(Settings(), clock.zone, clock.today(), as_task=False)
            entries = given.decide(gather.entries(session, conditions, gather.in_file("file")), {}, clock.now())
        for turn in range(max(2, rounds // 2)):
            with planner.store.record() as session:
                session.connection().exec_driver_sql("DELETE FROM calendar_item")
            began = time.perf_counter()
            outcome = planner.calendars.export(Path(name) / f"{turn}.ics", Scope.NEW)
            ours.append((time.perf_counter() - began) * 1000)
            assert outcome.counts.new == NUMBER
            began = time.perf_counter()
            (Path(name) / "alone.ics").write_bytes(alone(entries, clock))
            baseline.append((time.perf_counter() - began) * 1000)
    return [Result(f"export of {NUMBER:,} follow-ups", "ms", median(ours), 1.3, median(baseline), "icalendar alone")]
