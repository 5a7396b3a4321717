"""Schedules in the frab form, as XML and as JSON, with what real publishers do to it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.events.schedule.frab import NotASchedule, read_json, read_xml
from planner.events.schedule.plain_text import plain_text
from planner.events.schedule.records import PublishedSession, PublishedSpeaker

ZONE = ZoneInfo("Europe/Stockholm")


def xml(event: str, conference: str = "", day: str = 'date="2027-07-14" index="1"') -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><schedule><conference><title>Battery Days</title>{conference}'
        f'</conference><day {day}><room name="Hall 1">{event}</room></day></schedule>'
    ).encode()


def only(data: bytes) -> PublishedSession:
    (session,) = read_xml(data, ZONE).sessions
    return session


def test_a_full_session_is_read() -> None:
    session = only(
        xml(
            '<event guid="g-1" id="7"><date>2027-07-14T09:15:00+02:00</date><start>09:15</start>'
            "<duration>00:45</duration><title>Batteries that last</title><subtitle>A field report</subtitle>"
            "<track>Cells</track><url>https://days.example/7</url><abstract>&lt;p&gt;One.&lt;/p&gt;</abstract>"
            '<persons><person id="3">Ingrid Vale</person><person id="4">Kofi  Danso</person></persons></event>'
        )
    )
    assert session == PublishedSession(
        title="Batteries that last: A field report",
        external_id="g-1",
        starts_at=datetime(2027, 7, 14, 7, 15, tzinfo=UTC),
        ends_at=datetime(2027, 7, 14, 8, 0, tzinfo=UTC),
        room="Hall 1",
        track="Cells",
        abstract="One.",
        link="https://days.example/7",
        speakers=(PublishedSpeaker("Ingrid Vale", "3"), PublishedSpeaker("Kofi Danso", "4")),
    )


@pytest.mark.parametrize(
    ("event", "conference", "starts"),
    [
        # Neither date nor zone: the day's date, in the zone the caller gave (Stockholm, +2 in July).
        ("<start>09:15</start>", "", datetime(2027, 7, 14, 7, 15, tzinfo=UTC)),
        # The conference's own zone is believed before the caller's.
        (
            "<start>09:15</start>",
            "<time_zone_name>Asia/Tokyo</time_zone_name>",
            datetime(2027, 7, 14, 0, 15, tzinfo=UTC),
        ),
        # Past midnight, but still the same conference day.
        ("<start>01:30</start>", "<day_change>04:00</day_change>", datetime(2027, 7, 14, 23, 30, tzinfo=UTC)),
        ("<start>25:30</start>", "", datetime(2027, 7, 14, 23, 30, tzinfo=UTC)),
        # A date without an offset.
        ("<date>2027-07-15T10:00:00</date>", "", datetime(2027, 7, 15, 8, 0, tzinfo=UTC)),
        ("<start></start>", "", None),
        ("<start>soon</start>", "", None),
    ],
)
def test_times_are_read_as_they_are_meant(event: str, conference: str, starts: datetime | None) -> None:
    assert only(xml(f"<event><title>T</title>{event}</event>", conference)).starts_at == starts


@pytest.mark.parametrize(
    ("told", "assumed"),
    [("<start>09:15</start>", True), ("<date>2027-07-14T09:15:00Z</date>", False), ("", False)],
)
def test_an_assumed_zone_is_said(told: str, *, assumed: bool) -> None:
    assert read_xml(xml(f"<event><title>T</title>{told}</event>"), ZONE).zone_assumed is assumed


def test_the_conference_itself_is_read() -> None:
    schedule = read_xml(
        xml("", "<venue>Messe</venue><city>Malmö</city><start>2027-07-14</start><end>2027-07-18</end>"), ZONE
    )
    assert (schedule.title, schedule.place) == ("Battery Days", "Messe, Malmö")
    assert (schedule.first_day, schedule.last_day) == (date(2027, 7, 14), date(2027, 7, 18))


def test_one_bad_session_does_not_cost_the_others() -> None:
    schedule = read_xml(xml("<event><room>A</room></event><event><title>Good</title></event>"), ZONE)
    assert [session.title for session in schedule.sessions] == ["Good"]
    (failed,) = schedule.failed
    assert (failed.position, failed.reason) == (1, "it has no title")
    assert "A" in failed.source_text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<schedule><day>",
        b"<html><body>Not found</body></html>",
        b"\x00\xff",
        b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><other>&b;</other>',
    ],
)
def test_what_is_no_schedule_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NotASchedule) as caught:
        read_xml(data, ZONE)
    assert str(caught.value)


def test_an_entity_is_never_resolved() -> None:
    data = xml("<event><title>&f;</title></event>").replace(
        b"<schedule>", b'<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/hostname">]><schedule>', 1
    )
    assert only(data).title == "&f;"


def tree(event: dict[str, object]) -> bytes:
    days = [{"date": "2027-07-14", "rooms": {"Hall 1": [event]}}]
    return json.dumps({"schedule": {"conference": {"title": "Battery Days", "days": days}}}).encode()


def test_json_holds_the_same_tree() -> None:
    (session,) = read_json(
        tree(
            {
                "guid": "g-1",
                "date": "2027-07-14T09:15:00+02:00",
                "duration": "00:45",
                "title": "Batteries that last",
                "track": {"en": "Cells", "sv": "Celler"},
                "persons": [{"code": "ABC", "name": "Ingrid Vale", "biography": "CTO at Norrvolt"}, {"id": 4}],
            }
        ),
        ZONE,
    ).sessions
    assert session.ends_at == datetime(2027, 7, 14, 8, 0, tzinfo=UTC)
    assert (session.room, session.track) == ("Hall 1", "Cells")
    assert session.speakers == (PublishedSpeaker("Ingrid Vale", "ABC", "CTO at Norrvolt"),)


@pytest.mark.parametrize(
    "data",
    [b"[]", b"{", b'{"schedule": []}', b"null", b'{"$schema": "x", "definitions": {}}', b"[" * 100_000],
)
def test_json_that_is_no_schedule_is_refused(data: bytes) -> None:
    with pytest.raises(NotASchedule):
        read_json(data, ZONE)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["guid", "date", "start", "duration", "title", "track", "persons", "room", "abstract"]), JSON
    )
)
def test_odd_values_never_break_the_reader(event: dict[str, object]) -> None:
    schedule = read_json(tree(event), ZONE)
    assert len(schedule.sessions) + (not schedule.complete) == 1
    assert {item.position for item in schedule.failed} <= {1}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Plain, 3 < 4\nand two lines", "Plain, 3 < 4\nand two lines"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("line<br>line", "line\nline"),
        ("Tom &amp; Ada", "Tom & Ada"),
        ('see <a href="https://x.example/p">the page</a>.', "see the page (https://x.example/p)."),
        ('<a href="https://x.example">https://x.example/</a>', "https://x.example/"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<script>alert(1)</script>after", "after"),
        ("<p>wrapped\nline</p>", "wrapped line"),
        ("<b>unclosed", "unclosed"),
    ],
)
def test_abstracts_become_plain_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@given(st.text(alphabet="<>/abp &;\n\"'!-", max_size=60))
def test_any_markup_becomes_text(markup: str) -> None:
    plain_text(markup)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("<title>T</title><start>99999999999:00</start>", "“T” is in, but its time can’t be read"),
        ("<title>T</title><date>0001-01-01T00:00:00+14:00</date>", "“T” is in, but its time can’t be read"),
        ("<title>T</title><start>²</start>", "“T” is in, but its time can’t be read"),
        ("<title>T</title><start>09:15</start><duration>" + "9" * 40 + "</duration>", "its length can’t be read"),
        ("<title>T</title><start>09:15</start><duration>00:00</duration>", ""),
    ],
)
def test_times_beyond_any_calendar_are_told(event: str, told: str) -> None:
    found = read_xml(xml(f"<event>{event}</event>"), ZONE)
    assert [session.title for session in found.sessions] == ["T"]
    assert found.complete
    assert told in "".join(item.reason for item in found.failed)
    assert bool(found.failed) == bool(told)


def test_what_stands_where_a_session_should_is_listed() -> None:
    days = [{"date": "2027-07-14", "rooms": {"Hall": [{"title": "T"}, "odd"], "B": "odd"}}, "odd", {"rooms": ["odd"]}]
    found = read_json(json.dumps({"schedule": {"conference": {"title": "C", "days": days}}}).encode(), ZONE)
    assert [session.title for session in found.sessions] == ["T"]
    assert [item.reason for item in found.failed] == ["it is no session"] * 4
    assert not found.complete


def test_a_session_outside_of_any_day_is_kept() -> None:
    found = read_xml(b"<schedule><conference/><event><title>T</title></event></schedule>", ZONE)
    assert [session.title for session in found.sessions] == ["T"]
