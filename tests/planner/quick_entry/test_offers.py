"""What I offered: a follow-up to see it through, and no promise. Today is Saturday, 10 July 2027."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.followups.records import FollowUpKind
from planner.paths import DataFolder
from planner.quick_entry.records import Context
from planner.relations.offers import kind_of
from planner.relations.records import Direction, ExchangeKind, PromiseSide
from tests.planner.quick_entry.known import read

IN_A_WEEK = "2027-07-17"


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("sentence", "title", "due", "who"),
    [
        ("call with Kofi, offered to review the draft", "Review the draft", IN_A_WEEK, ["Kofi Danso"]),
        ("Call with Kofi. I offered to review his draft by Friday", "Review his draft", "2027-07-16", ["Kofi Danso"]),
        ("offered Kofi help with the slides", "Help with the slides", IN_A_WEEK, ["Kofi Danso"]),
        ("I offered Kofi to read the paper", "Read the paper", IN_A_WEEK, ["Kofi Danso"]),
        ("I've offered to introduce Kofi to our buyer", "Introduce Kofi to our buyer", IN_A_WEEK, ["Kofi Danso"]),
        ("coffee with Mara, I offered her I'd send the report", "Send the report", IN_A_WEEK, ["Mara Lindqvist"]),
        ("lunch with Mara and offered my help with hiring", "My help with hiring", IN_A_WEEK, ["Mara Lindqvist"]),
    ],
)
def test_what_i_offered_is_to_be_seen_through(sentence: str, title: str, due: str, who: list[str]) -> None:
    said = read(sentence)
    (part,) = said.follow_ups
    assert (part.kind, part.title, part.due_on.isoformat()) == (FollowUpKind.OFFER, title, due)
    assert [one.name for one in (part.people or said.people)] == who
    assert (said.promises, said.exchanges, said.missing) == ((), (), "")


@pytest.mark.parametrize(
    ("sentence", "sides", "given"),
    [
        ("call with Mara, she offered to send the deck", [PromiseSide.THEIRS], []),
        ("Mara offered to review my draft", [PromiseSide.THEIRS], []),
        ("coffee with Mara, agreed to send the deck", [PromiseSide.MINE], []),
        ("coffee with Mara, offered her a job", [], [(Direction.GIVEN, ExchangeKind.OPPORTUNITY)]),
        ("coffee with Mara, she offered me a seat", [], [(Direction.RECEIVED, ExchangeKind.OPPORTUNITY)]),
        ("Mara offered me some advice on hiring", [], [(Direction.RECEIVED, ExchangeKind.ADVICE)]),
    ],
)
def test_what_is_no_offer_of_mine(sentence: str, sides: list[PromiseSide], given: list[object]) -> None:
    said = read(sentence)
    assert [part.side for part in said.promises] == sides
    assert [(part.direction, part.kind) for part in said.exchanges] == given
    assert FollowUpKind.OFFER not in [part.kind for part in said.follow_ups]


def test_an_offer_needs_somebody() -> None:
    assert read("offered to review the draft").missing == "who"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Review the draft", ExchangeKind.REVIEW),
        ("Look over her slides", ExchangeKind.REVIEW),
        ("Some feedback on the plan", ExchangeKind.REVIEW),
        ("Introduce Kofi to our buyer", ExchangeKind.INTRODUCTION),
        ("An intro to Mara", ExchangeKind.INTRODUCTION),
        ("Put her in touch with Ben", ExchangeKind.INTRODUCTION),
        ("My advice on hiring", ExchangeKind.ADVICE),
        ("Send the report", ExchangeKind.RESOURCE),
        ("Recommend her", ExchangeKind.ENDORSEMENT),
        ("Refer him to HR", ExchangeKind.REFERRAL),
        ("Help with the move", ExchangeKind.SUPPORT),
        ("Sit in", ExchangeKind.SUPPORT),
        ("", ExchangeKind.SUPPORT),
    ],
)
def test_what_kind_of_value_an_offer_is(text: str, kind: ExchangeKind) -> None:
    assert kind_of(text) is kind


def test_an_offer_counts_as_given_once_it_is_done(planner: Planner) -> None:
    kofi = planner.contacts.add(ContactDetails(name="Kofi Danso")).new("contact")
    said = planner.quick_entry.understand("call with Kofi, offered to review the draft", Context())
    planner.quick_entry.save(said)
    (offer,) = planner.followup_queries.for_contact(kofi)
    assert (offer.details.kind, offer.details.why) == (FollowUpKind.OFFER, "You offered it")
    assert planner.relation_queries.exchanges(kofi) == ()
    planner.followups.done([offer.id])
    (given,) = planner.relation_queries.exchanges(kofi)
    assert (given.direction, given.kind, given.text) == (Direction.GIVEN, ExchangeKind.REVIEW, "Review the draft")


def test_an_offer_without_a_talk_keeps_its_reason(planner: Planner) -> None:
    kofi = planner.contacts.add(ContactDetails(name="Kofi Danso")).new("contact")
    planner.quick_entry.save(planner.quick_entry.understand("offered Kofi help with the slides", Context()))
    (offer,) = planner.followup_queries.for_contact(kofi)
    assert (offer.details.title, offer.details.why) == ("Help with the slides", "You offered it")
