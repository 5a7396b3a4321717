"""Whom something would interest, and noting that it was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.app import Planner
from planner.contacts.records import Boundary, ContactDetails, Email
from planner.errors import Invalid, NotFound
from planner.relations.drafts import InteractionDraft
from planner.relations.interest import Evidence, Shared, Where, matching, rank, specificity, terms, understand
from planner.relations.records import Direction, ExchangeKind, InteractionKind
from planner.relations.sharing import Sent
from planner.settings.records import Me

TODAY = date(2027, 7, 10)
LINK = "https://news.example/2027/05/grid-scale-batteries-in-sweden.html?utm_source=mail"
ARTICLE = understand(f"Batteries keep the grid steady\n{LINK}\nA long read.")


@pytest.mark.parametrize(
    ("pasted", "link", "text"),
    [
        ("https://a.example/x", "https://a.example/x", ""),
        ("Look: www.a.example/x, nice", "https://www.a.example/x", "Look: , nice"),
        ("(see https://a.example/x).", "https://a.example/x", "(see )."),
        ("Only words", "", "Only words"),
        ("", "", ""),
    ],
)
def test_what_was_pasted_is_understood(pasted: str, link: str, text: str) -> None:
    assert understand(pasted) == Shared(link, text)


def test_what_it_is_about() -> None:
    assert terms(Shared(LINK)) == ("grid", "scale", "batteries", "sweden")
    assert terms(Shared("", "The energy of the wind\n\nEnergy, wind and the sea"))[:2] == ("energy", "wind")
    assert terms(Shared("https://batteries.example/")) == ("batteries",)
    assert terms(Shared(LINK), "storage")[0] == "storage"
    assert terms(Shared("https://a.example/2027/12/31/")) == ()
    assert ARTICLE.title == "Batteries keep the grid steady"
    assert Shared(LINK).title == "Grid scale batteries in sweden"


def test_a_tag_says_more_than_a_note_and_a_rare_word_more_than_a_common_one() -> None:
    found = rank(
        [
            Evidence(1, "grid", Where.NOTES),
            Evidence(2, "grid", Where.TAG, "power grid"),
            Evidence(3, "energy", Where.TAG, "energy"),
        ],
        100,
        TODAY,
        carried={"energy": 60},
    )
    assert [one.contact_id for one in found] == [2, 1, 3]
    assert found[0].reasons == ("tagged power grid",)


def test_talk_counts_the_more_the_later_it_was_and_the_reason_says_when() -> None:
    late, early = (
        Evidence(1, "grid", Where.TALK, on=TODAY - timedelta(days=15)),
        Evidence(2, "grid", Where.TALK, on=TODAY - timedelta(days=800)),
    )
    found = rank([early, late], 50, TODAY)
    assert [one.reasons for one in found] == [
        ("you talked about grid 2 weeks ago",),
        ("you talked about grid 2 years ago",),
    ]


EVIDENCE = st.lists(
    st.builds(
        Evidence,
        st.integers(1, 6),
        st.sampled_from(("grid", "energy", "wind")),
        st.sampled_from(Where),
        st.sampled_from(("", "energy", "wind farm")),
        st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    ),
    max_size=20,
)


@given(EVIDENCE, st.integers(0, 500))
@example([Evidence(1, "grid", Where.TAG), Evidence(1, "energy", Where.TAG)], 0)
def test_the_order_of_the_evidence_does_not_matter_and_everyone_has_a_reason(
    found: list[Evidence], people: int
) -> None:
    ranked = rank(found, people, TODAY)
    assert ranked == rank(list(reversed(found)), people, TODAY)
    assert {one.contact_id for one in ranked} == {each.contact_id for each in found}
    assert all(one.reasons and one.score > 0 for one in ranked)


@given(EVIDENCE, st.sampled_from(Where))
def test_one_more_word_never_makes_somebody_less_likely(found: list[Evidence], where: Where) -> None:
    before = {
        one.contact_id: one.score
        for one in rank(found, 100, TODAY, carried={"new": 3, "grid": 3, "energy": 3, "wind": 3})
    }
    after = {
        one.contact_id: one.score
        for one in rank(
            [*found, Evidence(1, "new", where)], 100, TODAY, carried={"new": 3, "grid": 3, "energy": 3, "wind": 3}
        )
    }
    assert after[1] > before.get(1, 0.0)
    assert all(after[id] == score for id, score in before.items() if id != 1)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_word_is_the_less_telling_the_more_have_it(having: int, people: int) -> None:
    assert 0 < specificity(having, people) <= 1
    if having < people:
        assert specificity(having, people) >= specificity(having + 1, people)


@given(st.text(max_size=200), st.text(max_size=60))
def test_anything_may_be_pasted(pasted: str, subject: str) -> None:
    shared = understand(pasted)
    for term in terms(shared, subject):
        assert matching(term, [term]) == (term,)
    assert isinstance(shared.title, str)


# --- on a real file


def add(planner: Planner, given_name: str, **more: object) -> int:
    details = ContactDetails(given=given_name, family="Ek", emails=(Email(f"{given_name.lower()}@ek.example"),))
    return planner.contacts.add(replace(details, **more)).new("contact")  # type: ignore[arg-type]


def test_readers_are_found_by_tags_field_notes_and_past_talk_with_the_reason(planner: Planner) -> None:
    ada = add(planner, "Ada", tags=("batteries",))
    bo = add(planner, "Bo", field="Power grids")
    cy = add(planner, "Cy", notes="Curious about the grid, plays chess")
    di = add(planner, "Di")
    add(planner, "Em", notes="Likes football")
    talk = InteractionDraft(
        InteractionKind.CALL, planner.clock.now() - timedelta(days=20), True, (di,), "Asked about batteries"
    )
    planner.relations.log(talk)
    found = planner.sharing.readers(ARTICLE)
    assert {one.id: one.reasons[0] for one in found} == {
        ada: "tagged batteries",
        bo: "works in Power grids",
        cy: "your notes mention grid",
        di: "you talked about batteries 2 weeks ago",
    }
    assert found[0].id == ada
    assert planner.sharing.readers(Shared("", "")) == ()


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("About ŁÓDŹ and the résumé", "lodz"),
        ("About lodz", "Łódź"),
        ("ÜBER ENERGIE", "uber energie"),
        ("Die Straße nach Süden", "strasse"),
        ("Разговор про Энергию", "энергию"),
        ("BATTERIES in plain capitals", "Battériès"),
    ],
)
def test_past_talk_is_found_whatever_its_accents_and_case(planner: Planner, said: str, subject: str) -> None:
    ada, bo = add(planner, "Ada"), add(planner, "Bo")
    for who, text in ((ada, said), (bo, "Of tomatoes – and rain")):
        planner.relations.log(InteractionDraft(InteractionKind.MET, planner.clock.now(), contact_ids=(who,), text=text))
    assert [one.id for one in planner.sharing.readers(Shared(), subject)] == [ada]


def test_what_was_sent_is_given_once_and_undone_in_one_step(planner: Planner) -> None:
    ada, bo = add(planner, "Ada", tags=("grid",), rhythm_days=30), add(planner, "Bo", tags=("grid",))
    changes = planner.sharing.note(ARTICLE, [Sent(ada, "You asked about this"), Sent(bo, channel="message")])
    assert changes.label == "share something with Ada Ek and Bo Ek"
    (given,) = planner.relation_queries.exchanges(ada)
    assert (given.direction, given.kind, given.link) == (Direction.GIVEN, ExchangeKind.RESOURCE, LINK)
    (story,) = planner.relation_queries.interactions(ada)
    assert story.text == "Shared: Batteries keep the grid steady · You asked about this"
    assert planner.relation_queries.interactions(bo)[0].kind is InteractionKind.MESSAGE
    again = planner.sharing.readers(ARTICLE)
    assert [one.had_on for one in again] == [planner.clock.today()] * 2
    planner.history.undo()
    assert planner.relation_queries.exchanges() == ()
    assert planner.relation_queries.interactions(ada) == ()


def test_boundaries_are_told_before_anything_is_written(planner: Planner) -> None:
    quiet = Boundary(quiet_until=planner.clock.today() + timedelta(days=9), topics_off="the merger")
    add(planner, "Ada", tags=("grid",), boundary=quiet)
    (reader,) = planner.sharing.readers(ARTICLE)
    assert [each.text for each in reader.cautions] == ["Ada wants quiet until 19 Jul", "Keep off: the merger"]


def test_the_message_has_the_line_the_link_and_a_name(planner: Planner) -> None:
    ada = add(planner, "Ada", tags=("grid",))
    (reader,) = planner.sharing.named((ada,), ARTICLE)
    message = planner.sharing.message(reader, ARTICLE, "This made me think of you.", Me(name="Kim Lund"))
    assert message.to == "ada@ek.example"
    assert message.body == f"Dear Ada,\n\nThis made me think of you.\n\n{LINK}\n\nBest wishes,\nKim Lund\n"


def test_nobody_and_somebody_gone_are_refused_and_nothing_is_noted(planner: Planner) -> None:
    ada = add(planner, "Ada")
    with pytest.raises(Invalid):
        planner.sharing.note(ARTICLE, [])
    with pytest.raises(NotFound):
        planner.sharing.note(ARTICLE, [Sent(ada), Sent(999)])
    assert planner.relation_queries.exchanges() == ()
