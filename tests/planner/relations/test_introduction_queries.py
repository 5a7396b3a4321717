"""How introductions stand, asking somebody for one, and who should meet whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.clock import FixedClock
from planner.followups.records import FollowUpKind
from planner.relations import introductions
from planner.relations.drafts import InteractionDraft, IntroductionDraft
from planner.relations.introduction_commands import AskedOften
from planner.relations.introductions import MarkState, Step, marks, next_step, stuck
from planner.relations.records import Consent, InteractionKind, Introduction, IntroductionState, PersonRef

Person = Callable[[str], int]
DAY = date(2027, 7, 10)
ANJALI, MARA, KOFI = PersonRef(1, "Anjali Patel"), PersonRef(2, "Mara Lindqvist"), PersonRef(3, "Kofi Danso")

days = st.none() | st.integers(0, 90).map(lambda ago: DAY - timedelta(days=ago))
consents = st.sampled_from(list(Consent))


def told(it: Introduction) -> str:
    return " · ".join(map(str, marks(it, DAY)))


@pytest.mark.parametrize(
    ("it", "words", "why"),
    [
        (Introduction(1, KOFI, MARA, None, "", DAY), "ask Kofi · ask Mara · made · outcome", ""),
        (
            Introduction(1, KOFI, MARA, None, "", DAY - timedelta(days=12), DAY - timedelta(days=12), Consent.YES,
                         DAY - timedelta(days=9)),
            "asked Kofi ✓ · asked Mara – waiting 9 days · made · outcome",
            "Mara Lindqvist has not answered for 9 days",
        ),
        (
            Introduction(1, KOFI, MARA, None, "", DAY, DAY, Consent.NO, state=IntroductionState.DECLINED),
            "Kofi said no · ask Mara · made · outcome",
            "",
        ),
        (
            Introduction(1, MARA, None, ANJALI, "", DAY, introducer_asked_on=DAY - timedelta(days=1)),
            "asked Anjali – waiting 1 day · introduced · thanked · outcome",
            "",
        ),
        (
            Introduction(1, MARA, None, ANJALI, "", DAY - timedelta(days=40), made_on=DAY - timedelta(days=8)),
            "introduced ✓ · thanked · outcome",
            "not thanked yet, 8 days on",
        ),
    ],
)  # fmt: skip
def test_the_steps_at_a_glance_and_why_one_is_stuck(it: Introduction, words: str, why: str) -> None:
    assert told(it) == words
    assert stuck(it, DAY) == why


@pytest.mark.parametrize("ago", range(5, 12))
def test_an_answer_is_late_and_the_introduction_stuck_from_the_same_day(
    planner: Planner, person: Person, clock: FixedClock, ago: int
) -> None:
    kofi, mara = person("Kofi Danso"), person("Mara Lindqvist")
    id = planner.relations.add_introduction(IntroductionDraft(kofi, mara, "hiring")).new("introduction")
    planner.relations.ask_introduction(id, kofi)
    clock.advance(timedelta(days=ago))
    (standing,) = planner.introductions.standings()
    (entry,) = planner.followup_queries.queue().entries()
    assert entry.id == standing.followup_id
    assert (entry.days_late > 0) == bool(standing.stuck) == (ago > 7)


def test_an_answer_asked_for_later_is_waited_for_as_long(planner: Planner, person: Person, clock: FixedClock) -> None:
    id = planner.relations.add_introduction(IntroductionDraft(person("Kofi Danso"), person("Mara Lindqvist"), ""))
    (standing,) = planner.introductions.standings()
    planner.relations.ask_introduction(id.new("introduction"), standing.introduction.a.id)
    (standing,) = planner.introductions.standings()
    planner.followups.snooze([standing.followup_id or 0], clock.today() + timedelta(days=20))
    clock.advance(timedelta(days=20))
    assert planner.introductions.standings()[0].stuck == ""
    clock.advance(timedelta(days=1))
    assert planner.introductions.standings()[0].stuck == "Kofi Danso has not answered for 21 days"


@given(days, consents, days, consents, days, consents, days, days, st.sampled_from(list(IntroductionState)),
       st.booleans())  # fmt: skip
def test_every_standing_can_be_told(
    a_asked: date | None, a: Consent, b_asked: date | None, b: Consent, c_asked: date | None, c: Consent,
    made: date | None, thanked: date | None, state: IntroductionState, asked_for: bool,
) -> None:  # fmt: skip
    it = Introduction(
        1, KOFI, None if asked_for else MARA, ANJALI if asked_for else None, "lab time", DAY - timedelta(days=90),
        a_asked, a, b_asked, b, made, "", thanked, state, c_asked, c,
    )  # fmt: skip
    step = next_step(it)
    shown = marks(it, DAY)
    assert 3 <= len(shown) <= 4
    assert sum(mark.state is MarkState.NEXT for mark in shown) <= 1 or step is None
    if step is None:
        assert stuck(it, DAY) == ""
    else:
        assert introductions.title(step, it)
        assert introductions.addressed(step, it)
        assert introductions.due(step, it, DAY) >= it.created_on
        assert introductions.reason(step, it)


def test_the_whole_way_of_one_that_is_asked_for(planner: Planner, person: Person) -> None:
    anjali, mara = person("Anjali Patel"), person("Mara Lindqvist")
    do, ask = planner.relations, planner.introductions
    id = do.add_introduction(IntroductionDraft(mara, None, "hiring", anjali)).new("introduction")
    (standing,) = ask.standings()
    assert (standing.step, standing.due_on, standing.waits) == (Step.ASK_INTRODUCER, DAY, False)
    followup = planner.followup_queries.get(standing.followup_id or 0)
    assert (followup.details.title, followup.details.contact_ids) == (
        "Ask for an introduction to Mara Lindqvist",
        (anjali,),
    )
    message = planner.followup_queries.message(followup.id)
    assert message.subject == "Would you introduce me to Mara Lindqvist?"
    do.ask_for_introduction(id)
    (standing,) = ask.standings()
    assert (standing.step, standing.due_on, standing.waits) == (Step.HEAR_INTRODUCER, DAY + timedelta(days=7), True)
    do.answer_introduction(id, anjali, Consent.YES)
    assert ask.standings(mara)[0].step is Step.AWAIT
    do.make_introduction(id)
    (standing,) = ask.standings(anjali)
    assert standing.step is Step.THANK
    thanks = planner.followup_queries.get(standing.followup_id or 0)
    assert thanks.details.kind is FollowUpKind.THANK_YOU
    assert planner.followup_queries.message(thanks.id).subject == "Thank you for introducing me to Mara Lindqvist"
    planner.followups.done([thanks.id])
    assert ask.standings()[0].step is Step.OUTCOME
    do.conclude_introduction(id, "She will speak at the guild")
    (standing,) = ask.standings()
    assert standing.is_over
    assert str(standing.marks[-1]) == "outcome ✓"
    for _ in range(6):
        planner.history.undo()
    assert ask.standings() == ()


def test_a_connector_is_asked_so_often_and_no_more(planner: Planner, person: Person, clock: FixedClock) -> None:
    anjali = person("Anjali Patel")
    do = planner.relations
    ids = []
    for name in ("Mara Lindqvist", "Kofi Danso", "Tom Ek"):
        draft = IntroductionDraft(person(name), None, introducer_id=anjali)
        ids.append(do.add_introduction(draft).new("introduction"))
    do.ask_for_introduction(ids[0])
    clock.advance(timedelta(days=3))
    do.ask_for_introduction(ids[1])
    with pytest.raises(AskedOften) as refused:
        do.ask_for_introduction(ids[2])
    assert "room again from 9 August" in str(refused.value)
    assert planner.introductions.room(anjali).free_on == date(2027, 8, 9)
    # A new one waits for the day there is room, and says so.
    later = do.add_introduction(IntroductionDraft(person("Ewa Nowicka"), None, introducer_id=anjali)).new(
        "introduction"
    )
    found = next(one for one in planner.introductions.standings() if one.introduction.id == later)
    assert found.due_on == date(2027, 8, 9)
    assert found.room is not None
    assert found.room.is_full
    assert planner.followup_queries.get(found.followup_id or 0).details.why == "asked twice this month already"
    do.ask_for_introduction(ids[2], even_so=True)
    planner.settings.change(asks_a_month=5)
    assert not planner.introductions.room(anjali).is_full


def test_who_should_meet_whom(planner: Planner, person: Person) -> None:
    kofi, ingrid, tom = (person(name) for name in ("Kofi Danso", "Ingrid Vale", "Tom Ek"))
    contacts = planner.contacts
    contacts.edit(kofi, looking_for="a test site")
    contacts.edit(ingrid, can_offer="test sites")
    contacts.tag((kofi, tom), add=("energy",))
    for id in (kofi, ingrid, tom):
        planner.relations.log(InteractionDraft(InteractionKind.CALL, planner.clock.now(), contact_ids=(id,)))
    found = planner.introductions.suggestions()
    assert [(one.a.id, one.b.id) for one in found] == [(kofi, ingrid), (kofi, tom)]
    assert found[0].reasons == ("Kofi Danso looks for a test site, Ingrid Vale can offer it",)
    assert planner.introductions.reason_for(ingrid, kofi) == "a test site"
    # Met together, or introduced: they know each other by then.
    planner.relations.log(InteractionDraft(InteractionKind.MET, planner.clock.now(), contact_ids=(kofi, tom)))
    planner.relations.add_introduction(IntroductionDraft(kofi, ingrid))
    assert planner.introductions.suggestions() == ()
