"""Introductions: both sides are asked, one after the other, before anyone is introduced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from planner.app import Planner
from planner.errors import Invalid
from planner.relations import introductions
from planner.relations.drafts import IntroductionDraft
from planner.relations.introductions import Step, consent_in, next_step
from planner.relations.records import Consent, Introduction, IntroductionState, PersonRef
from planner.store.tables import FollowUpContactTable, FollowUpTable

Person = Callable[[str], int]
DAY = date(2027, 7, 10)
A, B = PersonRef(1, "Kofi Danso"), PersonRef(2, "Ingrid Vale")

maybe_day = st.sampled_from([None, DAY])
consent = st.sampled_from(list(Consent))


def open_titles(planner: Planner) -> list[tuple[str, list[int]]]:
    with planner.store.read() as session:
        rows = session.scalars(select(FollowUpTable).where(FollowUpTable.state == "open")).all()
        return [
            (
                row.title,
                list(
                    session.scalars(
                        select(FollowUpContactTable.contact_id)
                        .where(FollowUpContactTable.followup_id == row.id)
                        .order_by(FollowUpContactTable.position)
                    )
                ),
            )
            for row in rows
        ]


@given(maybe_day, consent, maybe_day, consent, maybe_day, st.sampled_from(list(IntroductionState)))
def test_nobody_is_introduced_unasked(
    a_asked: date | None,
    a_consent: Consent,
    b_asked: date | None,
    b_consent: Consent,
    made: date | None,
    state: IntroductionState,
) -> None:
    it = Introduction(1, A, B, None, "", DAY, a_asked, a_consent, b_asked, b_consent, made, state=state)
    step = next_step(it)
    if step is Step.MAKE and Consent.NO not in (a_consent, b_consent):
        assert (a_consent, b_consent) == (Consent.YES, Consent.YES)
    if step in (Step.ASK_B, Step.HEAR_B):
        assert a_consent is not Consent.UNKNOWN
    if state is not IntroductionState.OPEN:
        assert step is None
    if step is not None:
        assert introductions.due(step, it, DAY) >= DAY
        assert introductions.addressed(step, it)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", Consent.YES),
        ("Yes, gladly", Consent.YES),
        ("No.", Consent.NO),
        ("not now", Consent.NO),
        ("Rather not this year", Consent.NO),
        ("November suits better", Consent.YES),
        ("declined", Consent.NO),
    ],
)
def test_an_answer_is_read_from_the_line_about_it(words: str, answer: Consent) -> None:
    assert consent_in(words) is answer


def test_the_whole_way(planner: Planner, person: Person) -> None:
    kofi, ingrid = person("Kofi Danso"), person("Ingrid Vale")
    do = planner.relations
    id = do.add_introduction(IntroductionDraft(kofi, ingrid, "battery recycling pilot")).new("introduction")
    assert open_titles(planner) == [("Ask about an introduction to Ingrid Vale", [kofi])]
    do.ask_introduction(id, kofi)
    assert open_titles(planner) == [("Hear back about meeting Ingrid Vale", [kofi])]
    do.answer_introduction(id, kofi, Consent.YES)
    assert open_titles(planner) == [("Ask about an introduction to Kofi Danso", [ingrid])]
    do.answer_introduction(id, ingrid, Consent.YES)
    assert open_titles(planner) == [("Introduce to Ingrid Vale", [kofi, ingrid])]
    do.make_introduction(id)
    assert open_titles(planner) == [("Ask how meeting Ingrid Vale went", [kofi, ingrid])]
    assert planner.relation_queries.give_and_take().given == 2
    do.conclude_introduction(id, "They started a pilot")
    assert open_titles(planner) == []
    (entry,) = planner.relation_queries.story(kofi)
    assert entry.headline == "Introduced to Ingrid Vale"
    assert entry.text == "battery recycling pilot · They started a pilot"
    for _ in range(6):
        planner.history.undo()
    assert planner.relation_queries.introductions() == ()
    assert open_titles(planner) == []


def test_a_no_ends_it_and_can_be_taken_back(planner: Planner, person: Person) -> None:
    kofi, ingrid = person("Kofi Danso"), person("Ingrid Vale")
    id = planner.relations.add_introduction(IntroductionDraft(kofi, ingrid)).new("introduction")
    planner.relations.answer_introduction(id, kofi, Consent.NO)
    assert open_titles(planner) == []
    assert planner.relation_queries.introduction(id).state is IntroductionState.DECLINED
    planner.relations.answer_introduction(id, kofi, Consent.YES)
    assert open_titles(planner) == [("Ask about an introduction to Kofi Danso", [ingrid])]


def test_one_that_somebody_makes_for_you_counts_as_received(planner: Planner, person: Person) -> None:
    anjali, mara = person("Anjali Patel"), person("Mara Lindqvist")
    draft = IntroductionDraft(mara, None, introducer_id=anjali, made_on=DAY)
    id = planner.relations.add_introduction(draft).new("introduction")
    assert open_titles(planner) == [("Thank for the introduction to Mara Lindqvist", [anjali])]
    planner.relations.thank_for_introduction(id)
    assert open_titles(planner) == [("Note what came of meeting Mara Lindqvist", [mara])]
    assert planner.relation_queries.give_and_take(contact_id=anjali).received == 1
    assert planner.relation_queries.story(anjali)[0].headline == "Introduced Mara Lindqvist to you"
    assert planner.relation_queries.introduction(id).thanked_on == DAY


def test_it_takes_different_people(planner: Planner, person: Person) -> None:
    kofi = person("Kofi Danso")
    with pytest.raises(Invalid):
        planner.relations.add_introduction(IntroductionDraft(kofi, kofi))
    id = planner.relations.add_introduction(IntroductionDraft(kofi, person("Ingrid Vale"))).new("introduction")
    with pytest.raises(Invalid):
        planner.relations.ask_introduction(id, person("Someone Else"))
