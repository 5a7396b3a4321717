"""A data folder with people, follow-ups, an event and its agenda, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.calendars.service import CalendarExport
from planner.clock import FixedClock
from planner.settings.service import SettingsService
from planner.store.history import History
from planner.store.store import Store
from planner.store.tables import (
    AttendanceTable,
    ContactTable,
    EmailTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    PhoneTable,
    PreparationItemTable,
    SessionSpeakerTable,
    SessionTable,
)


class Desk:
    """The services a calendar test needs, over one file, with short ways to put records there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock()
        self.store = Store(folder / "rapport.sqlite", self.clock)
        self.settings = SettingsService(self.store)
        self.history = History(self.store)
        self.calendars = CalendarExport(self.store, self.clock, self.settings)

    def add(self, table: type[Any], **values: Any) -> int:
        """Add one row as a command of its own, with the moments filled in."""
        columns = table.__table__.columns.keys()
        for moment in ("created_at", "updated_at"):
            if moment in columns:
                values.setdefault(moment, self.clock.now())
        with self.store.write(f"add a {table.__tablename__}") as work:
            row = table(**values)
            work.session.add(row)
            work.session.flush()
            return int(row.id)

    def change(self, table: type[Any], id: int, **values: Any) -> None:
        """Change one row as a command of its own."""
        with self.store.write(f"change a {table.__tablename__}") as work:
            row = work.session.get(table, id)
            for name, value in values.items():
                setattr(row, name, value)

    def delete(self, table: type[Any], id: int) -> None:
        """Delete one row as a command of its own."""
        with self.store.write(f"delete a {table.__tablename__}") as work:
            work.session.delete(work.session.get(table, id))

    def followup(self, title: str = "Send the retention paper", **values: Any) -> int:
        """Add a follow-up due on 12 July 2027."""
        values = {"uid": f"followup-{title}", "kind": "promise", "due_on": date(2027, 7, 12), **values}
        return self.add(FollowUpTable, title=title, **values)

    def event(self, title: str = "EuroPython 2027", **values: Any) -> int:
        """Add a conference of whole days, 14 to 18 July 2027."""
        start = datetime(2027, 7, 13, 22, tzinfo=UTC)
        values = {
            "uid": f"event-{title}",
            "kind": "conference",
            "starts_at": start,
            "ends_at": start + timedelta(days=5),
            "all_day": True,
            "time_zone": "Europe/Warsaw",
            "place": "Kraków, ICE",
            **values,
        }
        return self.add(EventTable, title=title, **values)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "data"
    folder.mkdir()
    desk = Desk(folder)
    yield desk
    desk.store.close()


@pytest.fixture
def full_desk(desk: Desk) -> Desk:
    """The desk with one of each: what the reference files show."""
    mara = desk.add(ContactTable, uid="mara", name="Mara Lindqvist", title="VP Research", organisation="Halden Labs")
    desk.add(EmailTable, contact_id=mara, address="mara@halden.example", address_key="", preferred=True)
    desk.add(PhoneTable, contact_id=mara, number="+46 70 123 45 67", e164="+46701234567", label="mobile")
    kofi = desk.add(ContactTable, uid="kofi", name="Kofi Danso", organisation="Brightwire")
    desk.add(PhoneTable, contact_id=kofi, number="(0151) 20 30-40", label="work")
    event = desk.event(aim="Meet three people who run platform teams.", link="https://europython.example/2027")
    for position, (contact, wish) in enumerate(((kofi, "would"), (mara, "must"))):
        attendance = desk.add(AttendanceTable, event_id=event, contact_id=contact, wish=wish, position=position)
        if contact == mara:
            for kind, text in (("talking point", "Exit interviews, section 4"), ("question", "What would you drop?")):
                desk.add(PreparationItemTable, attendance_id=attendance, kind=kind, text=text)
            desk.add(PreparationItemTable, attendance_id=attendance, kind="talking point", text="Said", done=True)
    talk = desk.add(
        SessionTable,
        event_id=event,
        title="Retention by numbers; or: who leaves, and why",
        starts_at=datetime(2027, 7, 15, 8, 30, tzinfo=UTC),
        ends_at=datetime(2027, 7, 15, 9, 15, tzinfo=UTC),
        room="Hall 2",
        abstract="A talk.\nWith numbers.",
        marked=True,
    )
    desk.add(SessionSpeakerTable, session_id=talk, name="Mara Lindqvist", contact_id=mara)
    desk.add(SessionTable, event_id=event, title="Not marked", starts_at=datetime(2027, 7, 15, 8, tzinfo=UTC))
    paper = desk.followup(
        uid="3f6f4f0e-paper",
        why="You promised it on 30 June.",
        message_subject="The retention paper",
        message="Dear Mara,\nhere is the retention paper – section 4 is about exits; łatwe, 日本語, 🙂.\n\nKofi",
        event_id=event,
    )
    desk.add(FollowUpContactTable, followup_id=paper, contact_id=mara)
    call = desk.followup(
        "Call Kofi", uid="9a-call", kind="check-in", due_time="16:30", time_zone="America/New_York", remind_minutes=0
    )
    desk.add(FollowUpContactTable, followup_id=call, contact_id=kofi)
    return desk
