"""Inviting people along: the mail, the calendar inside it, and what is kept."""

from __future__ import annotations

import email
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.calendars import invitation_mail
from planner.calendars.invitation_mail import Invited, save
from planner.calendars.invitation_rows import ORIGIN
from planner.calendars.invitations import (
    Answer,
    InvitationMail,
    InvitationState,
    addressed_to,
    cautions,
    details_lines,
    names_in_words,
)
from planner.clock import FixedClock
from planner.contacts.records import Boundary, ContactDetails, Email
from planner.errors import FileUnwritable, Invalid
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.paths import DataFolder
from planner.settings.records import Me

ME = Me(name="Mara Lindqvist", email="mara@lindqvist.example")
STARTS = datetime(2027, 7, 20, 7, 0, tzinfo=UTC)


def meeting(**changes: Any) -> EventDetails:
    details = EventDetails(
        "Talk about the grid", EventKind.ONE_TO_ONE, STARTS, STARTS + timedelta(hours=1),
        time_zone="Europe/Berlin", place="Café Orion", notes="She is looking for a new post",
    )  # fmt: skip
    return replace(details, **changes)


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as made:
        made.settings.change(me=ME)
        yield made


@pytest.fixture
def ingrid(planner: Planner) -> int:
    return person(planner, "Ingrid Vale", time_zone="America/New_York")


def person(planner: Planner, name: str, address: str | None = None, **more: Any) -> int:
    first, _, last = name.partition(" ")
    address = f"{first.lower()}@{last.lower()}.example" if address is None else address
    emails = (Email(address),) if address else ()
    return planner.contacts.add(ContactDetails(name=name, given=first, family=last, emails=emails, **more)).new(
        "contact"
    )


def event(planner: Planner, **changes: Any) -> int:
    return planner.events.add(meeting(**changes)).new("event")


class Sent(list[InvitationMail]):
    """Where the drafts go."""

    def __call__(self, mails: Sequence[InvitationMail]) -> None:
        self.extend(mails)

    def read(self, number: int = 0) -> EmailMessage:
        message = email.message_from_bytes(self[number].content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


def calendar_in(message: EmailMessage) -> icalendar.Calendar:
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    found = icalendar.Calendar.from_ical(data)
    assert isinstance(found, icalendar.Calendar)
    return found


def only_event(message: EmailMessage) -> Any:
    (found,) = calendar_in(message).walk("VEVENT")
    return found


# --- the mail


def test_the_mail_is_an_unsent_draft_with_its_invitation_twice(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    id = event(planner)
    sheet = planner.invitations.sheet(id, (ingrid,))
    planner.invitations.invite(id, (ingrid,), sheet.message.subject, sheet.message.body, sent)
    message = sent.read()
    assert message["X-Unsent"] == "1"
    assert (message["From"], message["To"]) == (
        "Mara Lindqvist <mara@lindqvist.example>",
        "Ingrid Vale <ingrid@vale.example>",
    )
    assert message.get_content_type() == "multipart/mixed"
    inner, attached = message.iter_parts()
    plain, invitation = inner.iter_parts()
    assert inner.get_content_type() == "multipart/alternative"
    assert (plain.get_content_type(), invitation.get_content_type()) == ("text/plain", "text/calendar")
    assert invitation.get_param("method") == "REQUEST"
    assert invitation.get_content_charset() == "utf-8"
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    assert attached.get_payload(decode=True) == invitation.get_payload(decode=True)
    text = plain.get_content()
    assert "Dear Ingrid" in text
    assert "When: Tue 20 July 2027, 09:00–10:00 (Europe/Berlin)" in text
    assert "For you: Tue 20 July, 03:00–04:00 (America/New_York)" in text
    assert "Where: Café Orion" in text


def test_the_calendar_inside_is_one_request_to_its_guest(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    planner.invitations.invite(event(planner), (ingrid,), "Talk", "Dear Ingrid,", sent)
    raw = calendar_in(sent.read())
    assert raw["METHOD"] == "REQUEST"
    found = only_event(sent.read())
    assert found["ORGANIZER"] == "mailto:mara@lindqvist.example"
    assert found["ORGANIZER"].params["CN"] == "Mara Lindqvist"
    guest = found["ATTENDEE"]
    assert guest == "mailto:ingrid@vale.example"
    assert {name: guest.params[name] for name in ("CN", "RSVP", "PARTSTAT", "ROLE")} == {
        "CN": "Ingrid Vale", "RSVP": "TRUE", "PARTSTAT": "NEEDS-ACTION", "ROLE": "REQ-PARTICIPANT",
    }  # fmt: skip
    assert found["DTSTART"].dt.astimezone(UTC) == STARTS
    assert found["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["TZID"]) for zone in raw.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert (found["SEQUENCE"], str(found["LOCATION"])) == (0, "Café Orion")


def test_nothing_of_what_was_prepared_goes_out(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    id = event(planner, aim="Get her on board", link="https://grid.example/talk")
    sheet = planner.invitations.sheet(id, (ingrid,))
    planner.invitations.invite(id, (ingrid,), sheet.message.subject, sheet.message.body, sent)
    (part,) = [part for part in sent.read().walk() if part.get_content_type() == "application/ics"]
    everything = f"{sent.read().get_body(('plain',))}{part.get_payload(decode=True)!r}"
    assert "new post" not in everything
    assert "on board" not in everything
    assert "https://grid.example/talk" in everything


def test_whole_days_go_out_as_dates(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    days = (datetime(2027, 7, 19, 22, tzinfo=UTC), datetime(2027, 7, 22, 22, tzinfo=UTC))
    id = event(planner, kind=EventKind.CONFERENCE, starts_at=days[0], ends_at=days[1], all_day=True)
    planner.invitations.invite(id, (ingrid,), "Come along", "Dear Ingrid,", sent)
    found = only_event(sent.read())
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2027, 7, 20), date(2027, 7, 23))


def test_independent_readers_understand_the_invitation(
    planner: Planner, ingrid: int, icaljs: Any, tmp_path: Path
) -> None:
    sent = Sent()
    planner.invitations.invite(event(planner), (ingrid,), "Talk", "Dear Ingrid,", sent)
    (part,) = [part for part in sent.read().walk() if part.get_content_type() == "application/ics"]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    (tmp_path / "invite.ics").write_bytes(data)
    (whole,) = icaljs.parse_ics(tmp_path / "invite.ics")
    names = {entry[0]: entry for entry in whole[1]}
    assert names["method"][3] == "REQUEST"
    (found,) = [part for part in whole[2] if part[0] == "vevent"]
    properties = {entry[0]: entry for entry in found[1]}
    assert properties["attendee"][1]["partstat"] == "NEEDS-ACTION"
    assert properties["organizer"][3] == "mailto:mara@lindqvist.example"


@given(title=st.text(max_size=60), name=st.text(max_size=40), place=st.text(max_size=60))
def test_whatever_is_written_the_calendar_can_be_read(title: str, name: str, place: str) -> None:
    details = meeting(title=title or "x", place=place)
    now = datetime(2027, 7, 10, 8, tzinfo=UTC)
    data = invitation_mail.calendar("u-1", 0, details, ME, [Invited(name, "a@b.example")], UTC, now)
    (found,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert found["ATTENDEE"] == "mailto:a@b.example"
    assert found["UID"] == "u-1"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


# --- several


def test_each_gets_a_mail_of_their_own_with_their_own_name_and_time(planner: Planner, ingrid: int) -> None:
    kofi = person(planner, "Kofi Danso", time_zone="Africa/Accra")
    sent = Sent()
    id = event(planner, kind=EventKind.MEETUP)
    sheet = planner.invitations.sheet(id, (ingrid, kofi))
    assert not sheet.together
    planner.invitations.invite(id, (ingrid, kofi), sheet.message.subject, sheet.message.body, sent)
    first, second = sent.read(0), sent.read(1)
    assert second["To"] == "Kofi Danso <kofi@danso.example>"
    text = second.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.startswith("Dear Kofi")
    assert "07:00–08:00 (Africa/Accra)" in text
    assert "New_York" not in text
    assert only_event(first)["UID"] != only_event(second)["UID"]


def test_one_mail_to_all_names_everybody(planner: Planner, ingrid: int) -> None:
    kofi = person(planner, "Kofi Danso")
    sent = Sent()
    id = event(planner)
    assert planner.invitations.sheet(id, (ingrid, kofi)).together
    planner.invitations.invite(id, (ingrid, kofi), "Talk", "Dear Ingrid,\n\nshall we?", sent, together=True)
    (mail,) = sent
    message = sent.read()
    assert message["To"] == "Ingrid Vale <ingrid@vale.example>, Kofi Danso <kofi@danso.example>"
    assert message.get_body(("plain",)).get_content().startswith("Dear Ingrid and Kofi,")  # type: ignore[union-attr]
    assert [str(guest) for guest in only_event(message)["ATTENDEE"]] == [
        "mailto:ingrid@vale.example",
        "mailto:kofi@danso.example",
    ]
    assert mail.contact_ids == (ingrid, kofi)


# --- what is kept


def test_an_invitation_is_logged_in_one_step_that_can_be_undone(planner: Planner, ingrid: int) -> None:
    id = event(planner, kind=EventKind.MEETUP)
    planner.invitations.invite(id, (ingrid,), "Come along", "Dear Ingrid,", Sent())
    (there,) = planner.invitations.of_event(id)
    assert (there.name, there.address, there.in_words) == ("Ingrid Vale", "ingrid@vale.example", "Invited")
    assert [one.contact_id for one in planner.event_queries.attendances(id)] == [ingrid]
    assert "Invited to Talk about the grid" in str(planner.relation_queries.story(ingrid))
    (given_one,) = planner.relation_queries.exchanges(ingrid)
    assert given_one.kind == "opportunity"
    (asked,) = [one for one in planner.followup_queries.for_event(id) if one.details.origin == ORIGIN]
    assert asked.details.due_on == date(2027, 7, 15)
    assert planner.history.undo() is not None
    assert planner.invitations.of_event(id) == ()
    assert planner.relation_queries.exchanges(ingrid) == ()
    assert planner.followup_queries.for_event(id) == ()


def test_inviting_anew_supersedes_under_the_same_uid(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    id = event(planner, kind=EventKind.MEETUP)
    for _ in range(3):
        planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", sent)
    found = [only_event(sent.read(number)) for number in range(3)]
    assert len({str(one["UID"]) for one in found}) == 1
    assert [one["SEQUENCE"] for one in found] == [0, 1, 2]
    assert len(planner.relation_queries.exchanges(ingrid)) == 1
    assert len([one for one in planner.followup_queries.for_event(id) if one.state is FollowUpState.OPEN]) == 1


def test_withdrawing_calls_it_off_there(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    id = event(planner)
    planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", sent)
    farewell = planner.invitations.farewell(id, (ingrid,))
    planner.invitations.withdraw(id, (ingrid,), farewell.subject, farewell.body, sent)
    asked, off = only_event(sent.read(0)), only_event(sent.read(1))
    assert calendar_in(sent.read(1))["METHOD"] == "CANCEL"
    assert (off["UID"], off["SEQUENCE"], off["STATUS"]) == (asked["UID"], 1, "CANCELLED")
    assert [part.get_param("method") for part in sent.read(1).walk() if part.get_content_type() == "text/calendar"] == [
        "CANCEL"
    ]
    (there,) = planner.invitations.of_event(id)
    assert there.state is InvitationState.WITHDRAWN
    assert all(one.state is not FollowUpState.OPEN for one in planner.followup_queries.for_event(id))
    with pytest.raises(Invalid):
        planner.invitations.withdraw(id, (ingrid,), "", "", sent)


def test_the_follow_up_it_came_from_is_done(planner: Planner, ingrid: int) -> None:
    id = event(planner)
    details = FollowUpDetails(FollowUpKind.INVITE, "Invite Ingrid", date(2027, 7, 12), (ingrid,), event_id=id)
    followup = planner.followups.add(details).new("followup")
    planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", Sent(), followup_id=followup)
    assert planner.followup_queries.get(followup).state is FollowUpState.DONE


def test_an_answer_ends_the_question(planner: Planner, ingrid: int) -> None:
    id = event(planner)
    planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", Sent())
    planner.invitations.answered(id, ingrid, Answer.ACCEPTED)
    (there,) = planner.invitations.of_event(id)
    assert there.in_words == "Comes"
    assert all(one.state is FollowUpState.DONE for one in planner.followup_queries.for_event(id))


@pytest.mark.parametrize(("said", "answer"), [("ACCEPTED", Answer.ACCEPTED), ("DECLINED", Answer.DECLINED)])
def test_an_answer_that_comes_back_as_a_file_is_kept(planner: Planner, ingrid: int, said: str, answer: Answer) -> None:
    sent = Sent()
    id = event(planner)
    planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", sent)
    reply = calendar_in(sent.read())
    reply["METHOD"] = "REPLY"
    (found,) = reply.walk("VEVENT")
    found["ATTENDEE"].params["PARTSTAT"] = said
    report = planner.event_import.contents([("reply.ics", reply.to_ical())])
    assert [item.reason for item in report.items] == [f"the answer of Ingrid Vale is kept: {answer.value}"]
    assert planner.invitations.of_event(id)[0].answer is answer
    assert len(planner.event_queries.upcoming(5)) == 1


def test_what_was_invited_to_from_here_is_known_when_it_comes_back(planner: Planner, ingrid: int) -> None:
    sent = Sent()
    planner.invitations.invite(event(planner), (ingrid,), "Talk", "Dear Ingrid,", sent)
    report = planner.event_import.contents([("invite.ics", calendar_in(sent.read()).to_ical())])
    assert [item.reason for item in report.items] == ["it came from here"]


# --- what goes wrong


def test_nothing_is_kept_where_the_draft_can_not_be_written(planner: Planner, ingrid: int, tmp_path: Path) -> None:
    id = event(planner)
    target = tmp_path / "nowhere" / "invite.eml"
    with pytest.raises(FileUnwritable):
        planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", lambda mails: save(mails, target))
    assert planner.invitations.of_event(id) == ()


def test_who_can_not_be_reached_is_named(planner: Planner, ingrid: int) -> None:
    mai = person(planner, "Mai Tran", "")
    id = event(planner)
    with pytest.raises(Invalid, match="Mai Tran"):
        planner.invitations.invite(id, (ingrid, mai), "Talk", "Dear Ingrid,", Sent())
    planner.settings.change(me=Me(name="Mara"))
    with pytest.raises(Invalid, match="Your email"):
        planner.invitations.invite(id, (ingrid,), "Talk", "Dear Ingrid,", Sent())


def test_several_drafts_stand_beside_each_other(tmp_path: Path) -> None:
    mails = [InvitationMail((number,), "", "Talk.eml", b"x") for number in range(3)]
    assert [path.name for path in save(mails, tmp_path / "any.eml")] == ["Talk.eml", "Talk 2.eml", "Talk 3.eml"]
    assert save(mails[:1], tmp_path / "one.eml") == [tmp_path / "one.eml"]


# --- words


@pytest.mark.parametrize(
    ("boundary", "said"),
    [
        (Boundary(), ()),
        (Boundary(no_asks=True), ("Ada wants no requests: leave the answer open",)),
        (Boundary(topics_off="her  divorce"), ("Keep off: her divorce",)),
        (Boundary(quiet_until=date(2027, 8, 1)), ("Ada wants quiet until Sun 1 August",)),
        (Boundary(quiet_until=date(2027, 7, 1)), ()),
        (Boundary(preferred_channel="call"), ("Prefers call to mail",)),
    ],
)
def test_what_to_respect_is_said_before(boundary: Boundary, said: tuple[str, ...]) -> None:
    assert cautions("Ada", boundary, date(2027, 7, 10)) == said


@pytest.mark.parametrize(
    ("body", "firsts", "told"),
    [
        ("Dear Ada,\n\nAda told me", ["Tom"], "Dear Tom,\n\nAda told me"),
        ("Hello!\n\nDear Ada", ["Tom"], "Hello!\n\nDear Ada"),
        ("Dear Ada,", ["Ada", "Tom", "Mai"], "Dear Ada, Tom and Mai,"),
    ],
)
def test_a_letter_is_addressed_to_somebody_else(body: str, firsts: list[str], told: str) -> None:
    assert addressed_to(body, ["Ada"], firsts) == told


def test_names_and_details_in_words() -> None:
    assert [names_in_words(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert details_lines(meeting(place="", link=""), UTC, "Europe/Paris").count("\n") == 0
