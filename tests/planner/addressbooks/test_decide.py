"""The whole table of what can have happened to a person, and properties over many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.addressbooks import decide as book
from planner.addressbooks.decide import Known, Ours, Situation, Theirs, decide
from planner.addressbooks.fields import Fields, fields_of
from planner.addressbooks.merge import Merge
from planner.addressbooks.records import BookOptions, PeopleGoneHere, PeopleGoneThere, Question
from planner.contacts.records import ContactDetails

PATH = "/b/u.vcf"


def said(title: str = "") -> Fields:
    return fields_of(ContactDetails(given="Ann", title=title), BookOptions())


KNOWN = Known("u", PATH, "e1", said(), said())
HERE, HERE_NEW = Ours("u", said()), Ours("u", said("Head"))
TOLD = Ours("u", said(), history=True)
OUT = Ours("u", said(), selected=False)
THERE, TOUCHED = Theirs("u", PATH, "e1", said()), Theirs("u", PATH, "e2", said())
THERE_NEW = Theirs("u", PATH, "e2", said("Chief"))
UNTAGGED = Theirs("u", PATH, "e1", said(), selected=False)
MOVED = Theirs("u", "/b/new.vcf", "e1", said())


def one(ours: Ours | None, theirs: Theirs | None, known: Known | None, **more: object) -> tuple[book.Action, ...]:
    situation = Situation(
        {"u": ours} if ours else {},
        {"u": theirs} if theirs else {},
        {"u": known} if known else {},
        {},
        **more,  # type: ignore[arg-type]
    )
    return decide(situation)


@pytest.mark.parametrize(
    ("ours", "theirs", "known", "action"),
    [
        (HERE, None, None, book.Create("u")),
        (OUT, None, None, None),
        (None, THERE, None, book.Receive("u", PATH)),
        (None, UNTAGGED, None, None),
        (HERE, THERE, None, book.Update("u", PATH, Merge())),
        (OUT, UNTAGGED, None, None),
        (OUT, THERE, None, book.Update("u", PATH, Merge())),
        (HERE, THERE_NEW, None, book.Update("u", PATH, Merge(here={"title": "Chief"}))),
        (HERE_NEW, THERE_NEW, None, book.Update("u", PATH, Merge(conflicts={"title": ("Head", "Chief")}))),
        (None, None, KNOWN, book.Forget("u")),
        (None, THERE, KNOWN, book.Delete("u", PATH, "e1")),
        (None, TOUCHED, KNOWN, book.Delete("u", PATH, "e2")),
        (None, THERE_NEW, KNOWN, book.Ask("u", PATH, Question.GONE_HERE)),
        (None, UNTAGGED, KNOWN, book.Forget("u")),
        (HERE, None, KNOWN, book.AcceptDeletion("u")),
        (HERE_NEW, None, KNOWN, book.Ask("u", "", Question.GONE_THERE)),
        (TOLD, None, KNOWN, book.Ask("u", "", Question.GONE_THERE)),
        (OUT, None, KNOWN, book.Forget("u")),
        (HERE, THERE, KNOWN, None),
        (HERE, TOUCHED, KNOWN, book.Update("u", PATH, Merge())),
        (HERE, MOVED, KNOWN, book.Update("u", "/b/new.vcf", Merge())),
        (HERE_NEW, THERE, KNOWN, book.Update("u", PATH, Merge(there={"title": "Head"}))),
        (HERE, THERE_NEW, KNOWN, book.Update("u", PATH, Merge(here={"title": "Chief"}))),
        (HERE_NEW, THERE_NEW, KNOWN, book.Update("u", PATH, Merge(conflicts={"title": ("Head", "Chief")}))),
        (OUT, UNTAGGED, KNOWN, book.Forget("u")),
        (OUT, THERE, KNOWN, None),
    ],
)
def test_each_case_has_one_action(
    ours: Ours | None, theirs: Theirs | None, known: Known | None, action: book.Action | None
) -> None:
    assert one(ours, theirs, known) == ((action,) if action else ())


def test_who_was_left_out_on_purpose_is_not_put_there_again() -> None:
    assert one(HERE, None, None, left_out={"u"}) == ()


def test_a_question_that_has_answered_itself_is_forgotten() -> None:
    assert one(HERE, THERE, KNOWN, asked={"u"}) == (book.Update("u", PATH, Merge()),)


def test_the_card_of_someone_merged_here_goes_along() -> None:
    keeper = Ours("k", said("Head"))
    situation = Situation({"k": keeper}, {"u": THERE_NEW}, {"u": KNOWN}, {"u": "k"})
    assert decide(situation) == (book.Create("k"), book.MergeThere("u", "k", PATH, "e2"))
    unchanged = Situation({"k": keeper}, {"u": THERE}, {"u": KNOWN}, {"u": "k"})
    assert decide(unchanged) == (book.Create("k"), book.Delete("u", PATH, "e1"))


def test_someone_merged_elsewhere_is_merged_here_with_their_history() -> None:
    keeper_known = Known("k", "/b/k.vcf", "e", said("Head"), said("Head"))
    situation = Situation(
        {"k": Ours("k", said("Head")), "u": TOLD},
        {"k": Theirs("k", "/b/k.vcf", "e", said("Head"))},
        {"k": keeper_known, "u": KNOWN},
        {"u": "k"},
    )
    assert decide(situation) == (book.MergeHere("u", "k"),)


def many(here: int, there: int, known: int) -> Situation:
    uids = [f"u{n:03}" for n in range(known)]
    return Situation(
        {uid: Ours(uid, said()) for uid in uids[:here]},
        {uid: Theirs(uid, f"/{uid}", "e", said()) for uid in uids[known - there :]},
        {uid: Known(uid, f"/{uid}", "e", said(), said()) for uid in uids},
        {},
    )


@pytest.mark.parametrize(("here", "there", "known", "stops"), [
    (9, 6, 9, None), (9, 5, 9, PeopleGoneThere), (9, 0, 9, PeopleGoneThere), (5, 0, 5, None),
    (6, 9, 9, None), (5, 9, 9, PeopleGoneHere), (0, 9, 9, PeopleGoneHere),
])  # fmt: skip
def test_a_side_that_suddenly_looks_empty_stops_and_asks(
    here: int, there: int, known: int, stops: type[Exception] | None
) -> None:
    situation = many(here, there, known)
    if stops is None:
        assert decide(situation)
        return
    with pytest.raises(stops):
        decide(situation)
    assert len(decide(situation, deletions_meant=True)) == known - min(here, there)


def test_those_who_are_asked_about_already_do_not_alarm_again() -> None:
    situation = many(9, 4, 9)
    asked = frozenset(uid for uid in situation.known if uid not in situation.theirs)
    decide(Situation(situation.ours, situation.theirs, situation.known, {}, asked))


uids = st.sampled_from([f"u{n}" for n in range(5)])
titles = st.sampled_from([said(), said("Head"), said("Chief")])


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(uids, st.tuples(titles, st.booleans(), st.booleans())),
    st.dictionaries(uids, st.tuples(titles, st.sampled_from(["e1", "e2"]), st.booleans())),
    st.dictionaries(uids, st.tuples(titles, titles)),
)
def test_nobody_is_deleted_who_has_a_history_or_was_changed_on_the_other_side(
    here: dict[str, tuple[Fields, bool, bool]],
    there: dict[str, tuple[Fields, str, bool]],
    known: dict[str, tuple[Fields, Fields]],
) -> None:
    situation = Situation(
        {uid: Ours(uid, values, *more) for uid, (values, *more) in here.items()},
        {uid: Theirs(uid, f"/{uid}", etag, values, chosen) for uid, (values, etag, chosen) in there.items()},
        {uid: Known(uid, f"/{uid}", "e1", *values) for uid, values in known.items()},
        {},
    )
    actions = decide(situation)
    assert len({action.uid for action in actions}) == len(actions)
    for action in actions:
        match action:
            case book.AcceptDeletion(uid=uid):
                assert not here[uid][1]
                assert here[uid][0] == known[uid][0]
            case book.Delete(uid=uid):
                assert there[uid][0] == known[uid][1]
                assert uid not in here
            case book.Create(uid=uid) | book.Receive(uid=uid):
                assert uid not in known
