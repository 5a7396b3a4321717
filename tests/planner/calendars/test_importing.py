"""Events and invitations from calendar files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.calendars.importing import EventImport, EventImportReport, NoCalendar, Outcome
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Email
from planner.errors import FileUnreadable
from planner.events.records import EventKind, EventState, Part
from planner.paths import DataFolder


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        yield made


def event(*lines: str, uid: str = "1", start: str = "DTSTART:20270714T070000Z", title: str = "Lunch") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, f"SUMMARY:{title}", *lines, "END:VEVENT"])


def take(planner: Planner, *parts: str, method: str = "PUBLISH") -> EventImportReport:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *parts, "END:VCALENDAR", ""])
    service = EventImport(planner.store, planner.clock, planner.settings)
    return service.contents([("talks.ics", text.encode())])


def test_an_invitation_becomes_an_event_with_whom_you_know(planner: Planner) -> None:
    ingrid = planner.contacts.add(ContactDetails(name="Ingrid Vale", emails=(Email("ingrid@vale.example"),)))
    report = take(
        planner,
        event(
            "DTEND:20270714T080000Z", "ORGANIZER;CN=I. Vale:mailto:Ingrid@Vale.example",
            "ATTENDEE;CN=Mai Tran:mailto:mai@tran.example", "DESCRIPTION:<b>Bring</b> samples", "LOCATION:Room 4",
        ),
        method="REQUEST",
    )  # fmt: skip
    (item,) = report.of(Outcome.NEW)
    assert item.reason == "not among your contacts: Mai Tran"
    assert item.id is not None
    details = planner.event_queries.get(item.id).details
    assert (details.place, details.notes, details.source) == ("Room 4", "Bring samples", "calendar")
    (there,) = planner.event_queries.attendances(item.id)
    assert (there.contact_id, there.part) == (ingrid.new("contact"), Part.HOST)
    planner.history.undo()
    assert planner.event_queries.upcoming(10) == ()


def test_the_same_file_again_changes_nothing_and_a_later_one_updates(planner: Planner) -> None:
    take(planner, event(uid="a"), event("RRULE:FREQ=WEEKLY;COUNT=3", uid="b"))
    again = take(planner, event(uid="a"), event("RRULE:FREQ=WEEKLY;COUNT=3", uid="b"))
    assert [item.outcome for item in again.items] == [Outcome.KNOWN] * 4
    assert not again.changes
    moved = take(planner, event(uid="a", start="DTSTART:20270715T070000Z"))
    assert [item.outcome for item in moved.items] == [Outcome.CHANGED]
    assert len(planner.event_queries.upcoming(10)) == 4


def test_a_cancelled_event_is_called_off_here(planner: Planner) -> None:
    id = take(planner, event()).items[0].id
    assert id is not None
    (item,) = take(planner, event(), method="CANCEL").items
    assert item.outcome is Outcome.CHANGED
    assert planner.event_queries.get(id).details.state is EventState.CALLED_OFF
    assert take(planner, event("STATUS:CANCELLED", uid="other")).items[0].reason.startswith("it is called off")


def test_what_is_over_does_not_ask_to_be_wrapped_up(planner: Planner) -> None:
    id = take(planner, event(start="DTSTART:20200101T070000Z")).items[0].id
    assert id is not None
    assert planner.event_queries.get(id).details.state is EventState.WRAPPED_UP


@pytest.mark.parametrize(
    ("title", "lines", "start", "kind"),
    [
        ("PyCon conference", (), "DTSTART;VALUE=DATE:20270714", EventKind.CONFERENCE),
        ("Days of cells", ("DTEND;VALUE=DATE:20270718",), "DTSTART;VALUE=DATE:20270714", EventKind.CONFERENCE),
        ("1:1 Kofi", (), "DTSTART:20270714T070000Z", EventKind.ONE_TO_ONE),
        ("Coffee", ("ATTENDEE:mailto:kofi@danso.example",), "DTSTART:20270714T070000Z", EventKind.ONE_TO_ONE),
        ("Interview with Mai", (), "DTSTART:20270714T070000Z", EventKind.INFORMATIONAL_INTERVIEW),
        ("Summer drinks", (), "DTSTART:20270714T070000Z", EventKind.MIXER),
        ("Lunch", (), "DTSTART:20270714T070000Z", EventKind.MEETUP),
    ],
)
def test_the_kind_is_guessed(planner: Planner, title: str, lines: tuple[str, ...], start: str, kind: EventKind) -> None:
    id = take(planner, event(*lines, title=title, start=start)).items[0].id
    assert id is not None
    assert planner.event_queries.get(id).details.kind is kind


def test_broken_items_are_listed_and_the_others_imported(planner: Planner) -> None:
    report = take(planner, event(uid="a"), "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT", event(uid="b"))
    assert [item.outcome for item in report.items] == [Outcome.NEW, Outcome.FAILED, Outcome.NEW]
    assert report.in_words == "2 added, 1 not imported"


def test_what_left_from_here_is_known(planner: Planner, tmp_path: Path) -> None:
    take(planner, event(uid="a"))
    with planner.store.write("as if it had been made here") as work:
        work.connection.exec_driver_sql("UPDATE event SET source = ''")
    planner.calendars.export(tmp_path / "out.ics")
    service = EventImport(planner.store, planner.clock, planner.settings)
    assert [item.outcome for item in service.files([tmp_path / "out.ics"]).items] == [Outcome.KNOWN]


def test_what_is_no_calendar_is_refused(planner: Planner, tmp_path: Path) -> None:
    service = EventImport(planner.store, planner.clock, planner.settings)
    (tmp_path / "notes.ics").write_text("hello")
    with pytest.raises(NoCalendar):
        service.files([tmp_path / "notes.ics"])
    with pytest.raises(FileUnreadable):
        service.files([tmp_path / "none.ics"])
