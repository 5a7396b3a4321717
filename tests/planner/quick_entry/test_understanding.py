"""What sentences are understood to say. Today is Saturday, 10 July 2027."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time

import pytest

from planner.followups.records import FollowUpKind
from planner.quick_entry.records import (
    AS_READ,
    Context,
    Corrections,
    Understanding,
)
from planner.relations.records import Direction, ExchangeKind, InteractionKind, PersonRef, PromiseSide
from tests.planner.quick_entry.known import EVENTS, read


@dataclass(frozen=True)
class Says:
    """What a sentence should say; "new NAME" for somebody new, a trailing "?" where it is not sure."""

    kind: str | None
    who: tuple[str, ...] = ()
    on: str = "2027-07-10"
    at: str = ""
    minutes: int | None = None
    event: str = ""
    place: str = ""
    promises: tuple[tuple[str, str, str], ...] = ()
    exchanges: tuple[tuple[str, str, str], ...] = ()
    follow_ups: tuple[tuple[str, str, str], ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    missing: str = ""
    for_whom: dict[str, tuple[str, ...]] = field(default_factory=dict)


def summary(said: Understanding) -> Says:
    def named(people: tuple[object, ...]) -> tuple[str, ...]:
        return tuple(
            (who.name if who.chosen else f"new {who.new_name}") + ("" if who.sure else "?")  # type: ignore[attr-defined]
            for who in people
        )

    return Says(
        kind=said.kind.value + ("?" if said.kind_guessed else "") if said.kind else None,
        who=named(said.people),
        on=said.on.isoformat() if said.on else "2027-07-10",
        at=said.at.isoformat("minutes") if said.at else "",
        minutes=said.minutes,
        event=said.event.title if said.event else "",
        place=said.place,
        promises=tuple((p.side.value, p.text, p.due_on.isoformat() if p.due_on else "") for p in said.promises),
        exchanges=tuple((e.direction.value, e.kind.value, e.text) for e in said.exchanges),
        follow_ups=tuple((f.kind.value, f.title, f.due_on.isoformat()) for f in said.follow_ups),
        tags=said.tags,
        text=said.text,
        missing=said.missing,
        for_whom={part.text: named(part.people) for part in said.promises if part.people}
        | {part.title: named(part.people) for part in said.follow_ups if part.people and part.key != "planned"},
    )


ANJALI, MARA, KOFI, INGRID, BEN, JUN = (
    "Anjali Patel", "Mara Lindqvist", "Kofi Danso", "Ingrid Vale", "Ben Ito", "Jun Watanabe",
)  # fmt: skip

TABLE: dict[str, Says] = {
    # what, with whom, when
    "coffee with Anjali Patel yesterday, promised to send the deck by Friday": Says(
        "met", (ANJALI,), "2027-07-09", text="Coffee", promises=(("mine", "send the deck", "2027-07-16"),)
    ),
    "call with mara 25 min about hiring: she'd start with the infra team's backlog": Says(
        "call", (MARA,), minutes=25, text="About hiring: she'd start with the infra team's backlog"
    ),
    "called Kofi": Says("call", (KOFI,)),
    "rang Ingrid twice, no answer": Says("call", (INGRID,), text="Twice, no answer"),
    "zoom with Lukasz 14:30, 45 min. He owes me the draft": Says(
        "video", ("Łukasz Čapek",), at="14:30", minutes=45, promises=(("theirs", "the draft", ""),)
    ),
    "video call with Kofi last Tuesday 10am, thank him for the intro tomorrow": Says(
        "video", (KOFI,), "2027-07-06", at="10:00",
        follow_ups=(("thank-you", "Thank him for the intro", "2027-07-11"),),
    ),
    "met Ingrid at 3pm today for half an hour": Says("met", (INGRID,), at="15:00", minutes=30),
    "email from Mara: wants the deck": Says("email", (MARA,), text="Wants the deck"),
    "wrote a letter to Ingrid on 12 June": Says("letter", (INGRID,), "2027-06-12"),
    "messaged Ben on whatsapp": Says("message", (BEN,)),
    "dm'd jun: congrats!": Says("message", (JUN,), text="Congrats!"),
    "talked with Mara over Zoom the day before yesterday": Says("video", (MARA,), "2027-07-08", text="Talked"),
    "congratulated Jun on the new role via LinkedIn": Says(
        "social", (JUN,), exchanges=(("given", "congratulation", "the new role"),),
        text="Congratulated Jun on the new role",
    ),
    "Had a good call with Mara yesterday about hiring": Says(
        "call", (MARA,), "2027-07-09", text="Had a good call about hiring"
    ),
    "Anjali Rao, call, 20 min, yesterday: moving to Lisbon in May": Says(
        "call", ("Anjali Rao",), "2027-07-09", minutes=20, text="Moving to Lisbon in May"
    ),
    "catch-up with Kofi (Mirrus) on 1 July 2027, 1h30": Says(
        "met", (KOFI,), "2027-07-01", minutes=90, text="Catch-up"
    ),
    "1:1 with Dana: feedback on Q3 plan": Says("met", ("Dana Whitfield",), text="1:1: feedback on Q3 plan"),
    # several people, new ones, alike ones, misspelt ones
    "lunch with Kofi, Ingrid and Jun 3 days ago": Says("met", (KOFI, INGRID, JUN), "2027-07-07", text="Lunch"),
    "lunch with kofi and ingrid": Says("met", (KOFI, INGRID), text="Lunch"),
    "Kofi and I had coffee on Monday. Talked about batteries.": Says(
        "met", (KOFI,), "2027-07-05", text="Coffee. Talked about batteries."
    ),
    "had dinner with Nadia Benali and Łukasz Čapek 2 weeks ago": Says(
        "met", ("new Nadia Benali", "Łukasz Čapek"), "2027-06-26", text="Dinner"
    ),
    "met Dana Cole from Acme yesterday; dana@acme.example": Says("met", ("new Dana Cole",), "2027-07-09"),
    "met Jan and June at the meetup": Says("met", ("new Jan", "new June"), event="PyLadies meetup"),
    "coffee with nadia yesterday": Says("met", ("new Nadia",), "2027-07-09", text="Coffee"),
    "call Anjali": Says("call", ("Anjali Patel?",)),
    "call Anjali from Halden Labs": Says("call", ("Anjali Rao",)),
    "call with anjli patel yesterday": Says("call", ("Anjali Patel?",), "2027-07-09"),
    "messaged Will": Says("message", ("Will Parker",)),
    "Spoke to Ingrid's team about the pilot": Says(
        "met", (INGRID,), text="Spoke to Ingrid's team about the pilot"
    ),
    "Mara moved to Lisbon": Says("met?", (MARA,), text="Mara moved to Lisbon"),
    # events and places
    "met Tomas Ortega at PyCon DE, follow up in 3 weeks": Says(
        "met", ("Tomás Ortega",), event="PyCon DE 2027", follow_ups=(("check-in", "Follow up", "2027-07-31"),)
    ),
    "met Ben at PyCon on 13 April 2026": Says("met", (BEN,), "2026-04-13", event="PyCon DE 2026"),
    "Ran into Ingrid in the hallway": Says("met", (INGRID,), place="hallway"),
    "coffee with Kofi at Nosh Café in Porto": Says("met", (KOFI,), place="Nosh Café in Porto", text="Coffee"),
    # promises both ways
    "I owe Ben the deck by Tuesday": Says(
        None, (BEN,), promises=(("mine", "the deck", "2027-07-13"),), for_whom={"the deck": (BEN,)}
    ),
    "Ben owes me a review": Says(
        None, (BEN,), promises=(("theirs", "a review", ""),), for_whom={"a review": (BEN,)}
    ),
    "I'll send Mara the retention paper by 12.8.": Says(
        None, (MARA,), promises=(("mine", "send Mara the retention paper", "2027-08-12"),)
    ),
    "Will send the deck to Kofi by Friday": Says(
        None, (KOFI,), promises=(("mine", "send the deck to Kofi", "2027-07-16"),)
    ),
    "Called Kofi this morning, he'll intro me to Jun by end of next week": Says(
        "call", (KOFI,), promises=(("theirs", "intro me to Jun", "2027-07-16"),)
    ),
    "saw Ben, he's going to forward the paper on Monday and to set up a call": Says(
        "met", (BEN,), promises=(("theirs", "forward the paper", "2027-07-12"), ("theirs", "set up a call", "")),
    ),
    "Ran into Ingrid. Promised her the slides, and to introduce her to Kofi next week": Says(
        "met", (INGRID,), promises=(("mine", "the slides", ""), ("mine", "introduce her to Kofi", "2027-07-12")),
    ),
    "Coffee with Ben. I'll send him the paper tomorrow and introduce him to Ingrid.": Says(
        "met", (BEN,), text="Coffee.",
        promises=(("mine", "send him the paper", "2027-07-11"), ("mine", "introduce him to Ingrid", "")),
    ),
    "I promised Ingrid I'd review her CV by the end of next week. Great talk about batteries!": Says(
        "met?", (INGRID,), promises=(("mine", "review her CV", "2027-07-16"),),
        text="Great talk about batteries!", for_whom={"review her CV": (INGRID,)},
    ),
    "she promised to intro me to Jun by August 1": Says(
        None, promises=(("theirs", "intro me to Jun", "2027-08-01"),), missing="who"
    ),
    "I will be in Lisbon in May": Says("met?", text="I will be in Lisbon in May", missing="who"),
    # give and take
    "Anjali Patel introduced me to Mara": Says(
        "met?", (ANJALI,), exchanges=(("received", "introduction", "Mara"),), text="Introduced me to Mara"
    ),
    "sent Mara the hiring rubric": Says(
        "email?", (MARA,), exchanges=(("given", "resource", "the hiring rubric"),), text="Sent the hiring rubric"
    ),
    "emailed Anjali Rao the hiring rubric on 12 June #energy": Says(
        "email", ("Anjali Rao",), "2027-06-12", tags=("energy",), text="Emailed the hiring rubric",
        exchanges=(("given", "resource", "the hiring rubric"),),
    ),
    "got advice from Mara on negotiating": Says(
        "met?", (MARA,), exchanges=(("received", "advice", "negotiating"),), text="Got advice from Mara on negotiating"
    ),
    "Mara gave me feedback on my talk": Says(
        "met?", (MARA,), exchanges=(("received", "review", "my talk"),), text="Gave me feedback on my talk"
    ),
    "coffee w/ ben, shared her article on incident reviews": Says(
        "met", (BEN,), exchanges=(("received", "resource", "her article on incident reviews"),),
        text="Coffee, shared her article on incident reviews",
    ),
    # things to do
    "remind me to call Ben next week": Says(
        None, (BEN,), follow_ups=(("check-in", "Call Ben", "2027-07-12"),), for_whom={"Call Ben": (BEN,)}
    ),
    "follow up with Ingrid in a month": Says(
        None, (INGRID,), follow_ups=(("check-in", "Follow up", "2027-08-10"),), for_whom={"Follow up": (INGRID,)}
    ),
    "check in with Ingrid in 6 weeks": Says(
        None, (INGRID,), follow_ups=(("check-in", "Check in", "2027-08-21"),), for_whom={"Check in": (INGRID,)}
    ),
    "remind me to thank Kofi for lunch": Says(
        None, (KOFI,), follow_ups=(("thank-you", "Thank Kofi for lunch", "2027-07-11"),),
        for_whom={"Thank Kofi for lunch": (KOFI,)},
    ),
    "Had coffee with Łukasz. Todo: send photos by Monday": Says(
        "met", ("Łukasz Čapek",), text="Coffee.", follow_ups=(("resource", "Send photos", "2027-07-12"),)
    ),
    "talked with Mara about the job, should send her the CV tomorrow": Says(
        "met", (MARA,), text="Talked about the job", follow_ups=(("resource", "Send her the CV", "2027-07-11"),)
    ),
    "coffee with Mara, remind me to call Ben next week": Says(
        "met", (MARA,), text="Coffee", follow_ups=(("check-in", "Call Ben", "2027-07-12"),),
        for_whom={"Call Ben": (BEN,)},
    ),
    "coffee with Kofi tomorrow at 10:30": Says(
        None, (KOFI,), follow_ups=(("reminder", "Coffee with Kofi", "2027-07-11"),)
    ),
    # not enough
    "Anjali Patel": Says(None, (ANJALI,), missing="what"),
    "just a note without anyone": Says("met?", text="Just a note without anyone", missing="who"),
    "": Says(None, missing="what"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", TABLE)
def test_sentence(sentence: str) -> None:
    says = TABLE[sentence]
    found = summary(read(sentence))
    assert (replace(found, for_whom={}) if not says.for_whom else found) == says


def test_email_of_somebody_new() -> None:
    (who,) = read("met Dana Cole from Acme yesterday; dana@acme.example").people
    assert (who.organisation, who.email) == ("Acme", "dana@acme.example")


def test_link_of_what_was_given() -> None:
    (given_,) = read("sent Ingrid https://paper.example/x.pdf").exchanges
    assert given_.link == "https://paper.example/x.pdf"


def test_candidates_and_doubt() -> None:
    (who,) = read("call Anjali").people
    assert [person.id for person in who.candidates] == [1, 2]
    assert not who.sure


def test_page_of_a_person() -> None:
    page = Context((PersonRef(2, "Anjali Rao"),))
    assert summary(read("called her yesterday", page)).who == ("Anjali Rao",)
    assert summary(read("coffee with Anjali", page)).who == ("Anjali Rao",)
    assert summary(read("coffee with Ben", page)).who == ("Anjali Rao", BEN)
    assert summary(read("promised to send the deck", page)).promises == (("mine", "send the deck", ""),)


def test_page_that_happens_to_show_a_person() -> None:
    page = Context((PersonRef(2, "Anjali Rao"),), only_unnamed=True)
    assert summary(read("called yesterday", page)).who == ("Anjali Rao",)
    assert summary(read("coffee with Ben", page)).who == (BEN,)
    assert summary(read("coffee with Anjali", page)).who == ("Anjali Rao",)
    assert summary(read("told Mara about the opening", page)).who == (MARA,)
    assert summary(read("talked about Mara's paper", page)).who == ("Anjali Rao",)


def test_page_of_an_event() -> None:
    page = Context(event=EVENTS[3])
    assert summary(read("met Ben, promised him the slides", page)).event == "PyLadies meetup"
    assert summary(read("met Ben at EuroPython", page)).event == "EuroPython 2027"
    assert summary(read("met Ben", page, Corrections(no_event=True))).event == ""


def test_page_of_an_event_that_is_yet_to_come() -> None:
    page = Context(event=EVENTS[2])
    assert summary(read("called Ben, promised him the slides", page)).event == ""
    assert summary(read("met Ben at EuroPython", page)).event == "EuroPython 2027"
    assert read("remind me tomorrow to print the poster", page).event == EVENTS[2]


class TestCorrections:
    def test_another_person(self) -> None:
        said = read("call Anjali", corrections=AS_READ.choose("person:anjali", PersonRef(2, "Anjali Rao")))
        assert summary(said).who == ("Anjali Rao",)
        assert summary(read("call Anjali", corrections=AS_READ.choose("person:anjali", None))).who == ("new Anjali",)

    def test_nobody(self) -> None:
        said = read("coffee with Kofi and Ben", corrections=AS_READ.leave_out("person:ben"))
        assert summary(said).who == (KOFI,)
        assert "Ben" in said.text

    def test_one_more(self) -> None:
        also = AS_READ.add_person(PersonRef(8, BEN))
        assert summary(read("call with Mara", corrections=also)).who == (MARA, BEN)
        assert summary(read("call with Mara", corrections=also.leave_out("person:#8"))).who == (MARA,)

    def test_kind_day_minutes(self) -> None:
        corrected = Corrections(kind=InteractionKind.VIDEO, on=date(2027, 7, 1), at=time(9), minutes=0)
        said = read("call with Mara yesterday 25 min", corrections=corrected)
        assert (said.kind, said.on, said.at, said.minutes) == (InteractionKind.VIDEO, date(2027, 7, 1), time(9), 0)

    def test_due_and_side(self) -> None:
        sentence = "call with Mara, promised to send the deck by Friday"
        (promise,) = read(sentence).promises
        corrected = AS_READ.set_due(promise.key, date(2027, 8, 1)).set_side(promise.key, PromiseSide.THEIRS)
        (promise,) = read(sentence, corrections=corrected).promises
        assert (promise.due_on, promise.side) == (date(2027, 8, 1), PromiseSide.THEIRS)
        (same,) = read(sentence + ". And more", corrections=corrected).promises
        assert same == promise

    def test_not_a_promise(self) -> None:
        sentence = "call with Mara, promised to send the deck by Friday"
        (promise,) = read(sentence).promises
        said = read(sentence, corrections=AS_READ.leave_out(promise.key))
        assert said.promises == ()
        assert said.text == "Promised to send the deck by Friday"

    def test_direction(self) -> None:
        (exchange,) = read("sent Mara the rubric").exchanges
        assert (exchange.direction, exchange.kind) == (Direction.GIVEN, ExchangeKind.RESOURCE)
        corrected = AS_READ.set_direction(exchange.key, Direction.RECEIVED)
        (exchange,) = read("sent Mara the rubric", corrections=corrected).exchanges
        assert exchange.direction is Direction.RECEIVED

    def test_planned_after_all(self) -> None:
        (planned,) = read("coffee with Kofi tomorrow").follow_ups
        assert planned.kind is FollowUpKind.REMINDER
        said = read("coffee with Kofi tomorrow", corrections=AS_READ.leave_out(planned.key))
        assert said.kind is InteractionKind.MET
