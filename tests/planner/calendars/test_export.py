"""Calendar files as a person's calendar sees them over time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from planner.calendars.last_export import LastExport
from planner.calendars.records import Component, Counts, News, Scope, Selection
from planner.errors import Cancelled, FileUnwritable
from planner.store.tables import ContactTable, EmailTable, EventTable, FollowUpContactTable, FollowUpTable, SessionTable


def read(path: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(c["UID"]): c for c in calendar.walk() if c.name in ("VEVENT", "VTODO")}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.ics"


def test_a_second_file_holds_what_is_new(desk: Any, out: Path) -> None:
    desk.followup("One")
    assert desk.calendars.export(out).counts == Counts(new=1)
    desk.followup("Two")
    assert desk.calendars.preview() == Counts(new=1)
    assert desk.calendars.export(out).counts == Counts(new=1)
    assert list(read(out)) == ["followup-Two"]
    assert desk.calendars.export(out).counts == Counts()
    assert read(out) == {}


def test_the_revision_rises_with_a_change_and_only_then(desk: Any, out: Path) -> None:
    id = desk.followup("One")
    desk.calendars.export(out)
    first = read(out)["followup-One"]
    desk.clock.advance(timedelta(hours=1))
    desk.change(FollowUpTable, id, updated_at=desk.clock.now())  # nothing a calendar shows
    assert desk.calendars.export(out, Scope.ALL).counts == Counts(same=1)
    same = read(out)["followup-One"]
    assert (same["SEQUENCE"], same["LAST-MODIFIED"].dt) == (0, first["LAST-MODIFIED"].dt)
    desk.change(FollowUpTable, id, due_on=date(2027, 7, 20))
    assert desk.calendars.export(out).counts == Counts(changed=1)
    moved = read(out)["followup-One"]
    assert moved["SEQUENCE"] == 1
    assert moved["LAST-MODIFIED"].dt > first["LAST-MODIFIED"].dt
    assert moved["DTSTART"].dt.date() == date(2027, 7, 20)


def test_what_others_change_counts_as_a_change_too(desk: Any, out: Path) -> None:
    contact = desk.add(ContactTable, uid="c", name="Ruth Sorensen")
    id = desk.followup("One")
    desk.add(FollowUpContactTable, followup_id=id, contact_id=contact)
    desk.calendars.export(out)
    desk.add(EmailTable, contact_id=contact, address="ruth@field.example", address_key="")
    assert desk.calendars.preview() == Counts(changed=1)
    desk.calendars.export(out)
    desk.settings.change(reminder_hour=time(10, 30))
    desk.calendars.export(out)
    made = read(out)["followup-One"]
    assert made["SEQUENCE"] == 2
    assert made["DTSTART"].dt.time() == time(10, 30)


@pytest.mark.parametrize("how", ["drop", "delete", "undo"])
def test_what_is_gone_is_cancelled_once(desk: Any, out: Path, how: str) -> None:
    id = desk.followup("One", why="You promised it")
    desk.calendars.export(out)
    before = read(out)["followup-One"]
    match how:
        case "drop":
            desk.change(FollowUpTable, id, state="dropped")
        case "delete":
            desk.delete(FollowUpTable, id)
        case _:
            desk.history.undo()
    desk.clock.advance(timedelta(minutes=1))
    assert desk.calendars.export(out).counts == Counts(cancelled=1)
    gone = read(out)["followup-One"]
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 1)
    assert gone["DTSTART"].dt == before["DTSTART"].dt
    assert gone["SUMMARY"] == "One"
    assert not gone.walk("VALARM")
    assert desk.calendars.export(out, Scope.ALL).counts == Counts()


def test_undo_does_not_turn_an_export_back(desk: Any, out: Path) -> None:
    id = desk.followup("One")
    desk.calendars.export(out)
    desk.change(FollowUpTable, id, title="Two")
    desk.calendars.export(out)
    desk.history.undo()
    assert desk.calendars.export(out).counts == Counts(changed=1)
    made = read(out)["followup-One"]
    assert (made["SEQUENCE"], made["SUMMARY"]) == (2, "One")


def test_what_comes_back_after_a_cancellation_is_told_again(desk: Any, out: Path) -> None:
    id = desk.followup("One")
    desk.calendars.export(out)
    desk.delete(FollowUpTable, id)
    desk.calendars.export(out)
    desk.history.undo()
    assert desk.calendars.export(out).counts == Counts(changed=1)
    made = read(out)["followup-One"]
    assert (made["STATUS"], made["SEQUENCE"]) == ("CONFIRMED", 2)


def test_done_is_marked_and_no_longer_rings(desk: Any, out: Path) -> None:
    id = desk.followup("One")
    desk.followup("Done before it was ever exported", state="done")
    desk.calendars.export(out)
    assert list(read(out)) == ["followup-One"]
    desk.change(FollowUpTable, id, state="done", closed_at=desk.clock.now())
    desk.calendars.export(out)
    made = read(out)["followup-One"]
    assert (made["STATUS"], made["SUMMARY"]) == ("CONFIRMED", "✓ One")
    assert not made.walk("VALARM")


def test_tasks_by_choice_or_by_setting(desk: Any, out: Path) -> None:
    desk.followup("One")
    desk.event()
    desk.calendars.export(out, as_task=True)
    assert {uid: c.name for uid, c in read(out).items()} == {
        "followup-One": "VTODO",
        "event-EuroPython 2027": "VEVENT",  # a conference is no task
    }
    desk.settings.change(calendar_as="event")
    # The calendar has it as a task: it must not turn up beside it as an event.
    assert desk.calendars.export(out).counts == Counts()
    assert desk.calendars.export(out, Scope.ALL).counts == Counts(changed=1, same=1)
    assert read(out)["followup-One"].name == "VEVENT"
    desk.settings.change(calendar_as="todo")
    desk.followup("Two")
    desk.calendars.export(out)
    assert read(out)["followup-Two"].name == "VTODO"


def test_only_what_is_marked_and_only_what_is_on(desk: Any, out: Path) -> None:
    event = desk.event(all_day=False, time_zone="America/New_York")
    at = datetime(2027, 7, 15, 12, tzinfo=UTC)
    session = desk.add(SessionTable, event_id=event, title="Marked", starts_at=at, marked=True)
    desk.add(SessionTable, event_id=event, title="Not marked", starts_at=at)
    desk.add(SessionTable, event_id=event, title="No time yet", marked=True)
    desk.event("Called off", state="called off")
    desk.event("Over", starts_at=datetime(2027, 7, 1, 8, tzinfo=UTC), ends_at=datetime(2027, 7, 1, 9, tzinfo=UTC))
    desk.calendars.export(out)
    made = read(out)
    assert set(made) == {"event-EuroPython 2027", f"event-EuroPython 2027-session-{session}"}
    assert str(made[f"event-EuroPython 2027-session-{session}"]["DTSTART"].dt) == "2027-07-15 08:00:00-04:00"
    desk.change(SessionTable, session, marked=False)
    desk.change(EventTable, event, state="called off")
    assert desk.calendars.export(out).counts == Counts(cancelled=2)
    assert desk.calendars.export(out, Scope.ALL).counts == Counts(new=1)  # everything: also what is over


def test_a_selection(desk: Any, out: Path) -> None:
    first = desk.followup("One")
    desk.followup("Two")
    done = desk.followup("Done", state="done", closed_at=desk.clock.now())
    dropped = desk.followup("Dropped", state="dropped")
    outcome = desk.calendars.export(out, Scope.SELECTION, Selection(followup_ids=(first, done, dropped)))
    assert set(read(out)) == {"followup-One", "followup-Done"}
    assert [(item.title, item.reason) for item in outcome.left_out] == [("Dropped", "it is not on any more")]
    # The rest is still new, and what was selected is not.
    assert desk.calendars.preview() == Counts(new=1)


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ({}, "2027-07-12 09:00:00+02:00"),
        ({"due_time": "16:30"}, "2027-07-12 16:30:00+02:00"),
        ({"due_time": "16:30", "time_zone": "Asia/Tokyo"}, "2027-07-12 16:30:00+09:00"),
        ({"due_time": "16:30", "time_zone": "Atlantis/Capital"}, "2027-07-12 16:30:00+02:00"),
        ({"due_on": date(2027, 12, 12)}, "2027-12-12 09:00:00+01:00"),
        ({"due_time": "16:30", "time_zone": "Africa/Casablanca"}, "2027-07-12 15:30:00+00:00"),
    ],
)
def test_times(desk: Any, out: Path, values: dict[str, Any], start: str) -> None:
    desk.followup("One", **values)
    desk.calendars.export(out)
    assert str(read(out)["followup-One"]["DTSTART"].dt) == start


def test_standing(desk: Any, out: Path) -> None:
    one, two, three = (desk.followup(title) for title in ("One", "Two", "Three"))
    desk.calendars.export(out, Scope.SELECTION, Selection(followup_ids=(one, two)))
    desk.change(FollowUpTable, two, due_on=date(2027, 8, 1))
    standing = desk.calendars.standing([one, two, three, 999])
    assert {id: (s.news, s.component) for id, s in standing.items()} == {
        one: (News.SAME, Component.EVENT),
        two: (News.CHANGED, Component.EVENT),
        three: (News.NEW, None),
    }
    assert standing[one].given_at == desk.clock.now() == LastExport(desk.store).get()


def test_links_lead_back(desk: Any) -> None:
    id = desk.followup("One")
    assert desk.calendars.number("followup", "followup-One") == id
    assert desk.calendars.number("event", "followup-One") is None
    assert desk.calendars.number("nonsense", "followup-One") is None


def test_cancelling_leaves_file_and_memory_alone(desk: Any, out: Path) -> None:
    desk.followup("One")
    out.write_text("what was there")
    with pytest.raises(Cancelled):
        desk.calendars.export(out, cancelled=lambda: True)
    assert out.read_text() == "what was there"
    assert [path.name for path in out.parent.iterdir() if path.suffix == ".part"] == []
    assert desk.calendars.preview() == Counts(new=1)


def test_a_folder_that_is_not_there_gets_a_sentence(desk: Any, tmp_path: Path) -> None:
    desk.followup("One")
    with pytest.raises(FileUnwritable) as caught:
        desk.calendars.export(tmp_path / "nowhere" / "out.ics")
    assert "could not be written: No such file or directory." in str(caught.value)
    assert desk.calendars.preview() == Counts(new=1)
