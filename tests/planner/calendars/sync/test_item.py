"""Reading an item's facts from a server, and writing into it without losing what is others'."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.records import CalendarEntry, Component, EntryKind, EntryState, News, Outgoing
from planner.calendars.sync import item as remote
from planner.calendars.sync.item import Facts, Unreadable, facts_of_entry

STAMP = datetime(2027, 7, 10, 8, 0, tzinfo=UTC)


def outgoing(
    component: Component = Component.EVENT,
    starts: datetime | date = datetime(2027, 7, 12, 9, 0),  # noqa: DTZ001 - wall time, in `zone`
    zone: str = "Europe/Berlin",
    state: EntryState = EntryState.OPEN,
    summary: str = "Thank Tomás Ortega",
) -> Outgoing:
    entry = CalendarEntry(
        kind=EntryKind.FOLLOW_UP,
        uid="u-1",
        component=component,
        summary=summary,
        starts=starts,
        ends=None,
        zone=zone,
        description="For the coffee.",
        alarm_minutes=15,
        state=state,
    )
    return Outgoing(entry, News.NEW, 0, STAMP, "print", "{}")


@pytest.mark.parametrize("component", list(Component))
@pytest.mark.parametrize("state", list(EntryState))
@pytest.mark.parametrize(
    ("starts", "zone"),
    [
        (datetime(2027, 7, 12, 9, 0), "Europe/Berlin"),  # noqa: DTZ001
        (datetime(2027, 7, 12, 9, 0), ""),  # noqa: DTZ001
        (date(2027, 7, 12), ""),
    ],
)
def test_what_we_write_reads_back_as_the_same_facts(
    component: Component, state: EntryState, starts: datetime | date, zone: str
) -> None:
    item = outgoing(component, starts, zone, state)
    assert remote.read(remote.new(item, STAMP)) == ("u-1", facts_of_entry(item.entry))


def test_a_server_is_given_no_method() -> None:
    assert "METHOD" not in remote.new(outgoing(), STAMP)


def event(body: str, kind: str = "VEVENT") -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//EN\r\n"
        f"BEGIN:{kind}\r\nUID:u-1\r\nDTSTAMP:20270701T000000Z\r\n{body}END:{kind}\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    ("data", "when", "state"),
    [
        (event("DTSTART:20270712T070000Z\r\n"), datetime(2027, 7, 12, 7, tzinfo=UTC), EntryState.OPEN),
        (
            event("DTSTART;TZID=Europe/Berlin:20270712T090000\r\n"),
            datetime(2027, 7, 12, 7, tzinfo=UTC),
            EntryState.OPEN,
        ),
        (event("DTSTART;VALUE=DATE:20270712\r\nSTATUS:CANCELLED\r\n"), date(2027, 7, 12), EntryState.CANCELLED),
        (event("DTSTART;VALUE=DATE:20270712\r\nSUMMARY:✔ done\r\n"), date(2027, 7, 12), EntryState.DONE),
        (event("DUE;VALUE=DATE:20270712\r\n", "VTODO"), date(2027, 7, 12), EntryState.OPEN),
        (event("STATUS:COMPLETED\r\n", "VTODO"), None, EntryState.DONE),
        (event("COMPLETED:20270711T100000Z\r\n", "VTODO"), None, EntryState.DONE),
        (event("PERCENT-COMPLETE:100\r\n", "VTODO"), None, EntryState.DONE),
        (event("DTSTART:20270711T100000Z\r\n", "VTODO"), datetime(2027, 7, 11, 10, tzinfo=UTC), EntryState.OPEN),
    ],
)
def test_what_programs_write_is_understood(data: str, when: datetime | date | None, state: EntryState) -> None:
    assert remote.read(data) == ("u-1", Facts(when, state))


FOREIGN = event(
    "DTSTART:20270712T070000Z\r\nDTEND:20270712T071500Z\r\nSUMMARY:Old words\r\nSEQUENCE:4\r\n"
    "COLOR:turquoise\r\nX-MOZ-LASTACK:20270711T000000Z\r\nATTENDEE;CN=Ada:mailto:ada@mail.example\r\n"
    "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n"
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nX-RAPPORT-ALARM:1\r\nEND:VALARM\r\n"
)


def test_what_others_added_survives_our_edit() -> None:
    text = remote.merged(FOREIGN, outgoing(), STAMP)
    for kept in ("COLOR:turquoise", "X-MOZ-LASTACK:20270711T000000Z", "ada@mail.example", "ACTION:AUDIO"):
        assert kept in text
    assert "Old words" not in text
    assert "SUMMARY:Thank Tomás Ortega" in text
    assert "SEQUENCE:5" in text
    assert text.count("BEGIN:VALARM") == 2  # the person's own, and ours anew
    assert remote.read(text) == ("u-1", facts_of_entry(outgoing().entry))


def test_merging_again_changes_only_the_revision() -> None:
    once = remote.merged(FOREIGN, outgoing(), STAMP)
    twice = remote.merged(once, outgoing(), STAMP)
    assert twice == once.replace("SEQUENCE:5", "SEQUENCE:6")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "nonsense",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        event("").replace("UID:u-1\r\n", ""),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n",
    ],
)
def test_what_is_no_item_is_left_alone_with_a_reason(data: str) -> None:
    with pytest.raises(Unreadable) as caught:
        remote.read(data)
    assert str(caught.value)


@given(st.text(max_size=80), st.integers(0, len(FOREIGN)))
def test_damaged_items_never_break_the_reader(noise: str, at: int) -> None:
    data = FOREIGN[:at] + noise + FOREIGN[at:]
    try:
        remote.read(data)
        remote.merged(data, outgoing(), STAMP)
    except Unreadable:
        pass


@given(
    st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
    st.sampled_from(EntryState),
)
def test_facts_survive_their_text(when: datetime | date | None, state: EntryState) -> None:
    assert Facts.from_text(Facts(when, state).to_text()) == Facts(when, state)


def in_own_zone(offset: str) -> str:
    """An item at nine o'clock in a zone of its own, which every such item calls by the same name."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    return event("DTSTART;TZID=Office:20270712T090000\r\n").replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT", 1)


@pytest.mark.parametrize("offsets", [("+0500", "-0300"), ("-0300", "+0500")])
def test_a_zone_is_what_this_item_says_it_is_whatever_was_read_before(offsets: tuple[str, str]) -> None:
    for offset in offsets:
        _, facts = remote.read(in_own_zone(offset))
        assert facts.when == datetime(2027, 7, 12, 9, tzinfo=UTC) - timedelta(hours=int(offset) // 100)
    # Named, but not defined in the item: no other item's zone is taken for it.
    _, facts = remote.read(event("DTSTART;TZID=Office:20270712T090000\r\n"))
    assert facts.when == datetime(2027, 7, 12, 9, tzinfo=UTC)


def test_an_item_that_shows_all_that_ours_does_needs_no_write() -> None:
    text = remote.new(outgoing(), STAMP)
    assert remote.says(text, outgoing(), STAMP)
    assert remote.says(remote.merged(FOREIGN, outgoing(), STAMP), outgoing(), STAMP)
    assert not remote.says(FOREIGN, outgoing(), STAMP)
    assert not remote.says(text.replace("SUMMARY:", "SUMMARY:Not "), outgoing(), STAMP)
    assert not remote.says(text.replace("TRIGGER:-PT15M", "TRIGGER:-PT20M"), outgoing(), STAMP)
    assert not remote.says(
        text.replace("DTSTART;TZID=Europe/Berlin:2027", "DTSTART;TZID=Europe/Berlin:2028"), outgoing(), STAMP
    )


def test_the_alarm_of_a_file_that_was_imported_there_is_not_doubled() -> None:
    imported = remote.new(outgoing(), STAMP).replace("X-RAPPORT-ALARM:1\r\n", "UID:alarm-1\r\n")
    assert remote.says(imported, outgoing(), STAMP)
    assert remote.merged(imported, outgoing(), STAMP).count("BEGIN:VALARM") == 1
