"""The whole table of what can have happened to an item, and properties over many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.accounts.records import Known
from planner.calendars.sync import decide as sync
from planner.calendars.sync.decide import LooksEmptied, Ours, Theirs, decide

KNOWN = Known("u", "/c/u.ics", "e1", "text 1", "Monday")
SAME_HERE = Ours("u", "text 1", "Monday")
REWORDED_HERE = Ours("u", "text 2", "Monday")
MOVED_HERE = Ours("u", "text 3", "Tuesday")
SAME_THERE = Theirs("u", "/c/u.ics", "e1", "Monday")
TOUCHED_THERE = Theirs("u", "/c/u.ics", "e2", "Monday")  # a new entity tag, the same facts
MOVED_THERE = Theirs("u", "/c/u.ics", "e2", "Friday")
MOVED_ALIKE = Theirs("u", "/c/u.ics", "e2", "Tuesday")
OLD, NEW = ("u", "/c/u.ics", "e1"), ("u", "/c/u.ics", "e2")


@pytest.mark.parametrize(
    ("ours", "theirs", "known", "action"),
    [
        (SAME_HERE, None, None, sync.Create("u")),
        (None, SAME_THERE, None, None),
        (SAME_HERE, SAME_THERE, None, sync.Agree(*OLD)),
        (SAME_HERE, MOVED_THERE, None, sync.Conflict(*NEW)),
        (None, None, KNOWN, sync.Forget("u")),
        (None, SAME_THERE, KNOWN, sync.Delete(*OLD)),
        (None, TOUCHED_THERE, KNOWN, sync.Delete(*NEW)),
        (None, MOVED_THERE, KNOWN, sync.Conflict(*NEW, deleted_here=True)),
        (SAME_HERE, None, KNOWN, sync.AcceptDeletion("u")),
        (REWORDED_HERE, None, KNOWN, sync.AcceptDeletion("u")),
        (MOVED_HERE, None, KNOWN, sync.Conflict("u", "", "")),
        (SAME_HERE, SAME_THERE, KNOWN, None),
        (SAME_HERE, TOUCHED_THERE, KNOWN, sync.Agree(*NEW)),
        (SAME_HERE, MOVED_THERE, KNOWN, sync.Accept(*NEW)),
        (REWORDED_HERE, SAME_THERE, KNOWN, sync.Replace(*OLD)),
        (REWORDED_HERE, TOUCHED_THERE, KNOWN, sync.Replace(*NEW)),
        (REWORDED_HERE, MOVED_THERE, KNOWN, sync.Accept(*NEW)),
        (MOVED_HERE, SAME_THERE, KNOWN, sync.Replace(*OLD)),
        (MOVED_HERE, TOUCHED_THERE, KNOWN, sync.Replace(*NEW)),
        (MOVED_HERE, MOVED_THERE, KNOWN, sync.Conflict(*NEW)),
        (MOVED_HERE, MOVED_ALIKE, KNOWN, sync.Replace(*NEW)),
    ],
)
def test_each_case_has_one_action(
    ours: Ours | None, theirs: Theirs | None, known: Known | None, action: sync.Action | None
) -> None:
    found = decide({"u": ours} if ours else {}, {"u": theirs} if theirs else {}, {"u": known} if known else {})
    assert found == ((action,) if action else ())


def many(count: int) -> tuple[dict[str, Ours], dict[str, Theirs], dict[str, Known]]:
    uids = [f"u{n:03}" for n in range(count)]
    return (
        {uid: Ours(uid, "f", "x") for uid in uids},
        {uid: Theirs(uid, f"/{uid}", "e", "x") for uid in uids},
        {uid: Known(uid, f"/{uid}", "e", "f", "x") for uid in uids},
    )


@pytest.mark.parametrize(("count", "gone", "stops"), [(9, 3, False), (9, 4, True), (5, 5, False), (6, 6, True)])
def test_a_server_that_looks_emptied_stops_the_run(count: int, gone: int, *, stops: bool) -> None:
    ours, theirs, known = many(count)
    for uid in list(theirs)[:gone]:
        del theirs[uid]
    if stops:
        with pytest.raises(LooksEmptied) as caught:
            decide(ours, theirs, known)
        assert (caught.value.gone, caught.value.known) == (gone, count)
    actions = decide(ours, theirs, known, deletions_meant=True)
    assert [type(action) for action in actions] == [sync.AcceptDeletion] * gone


def test_what_was_deleted_here_too_raises_no_alarm() -> None:
    ours, theirs, known = many(9)
    for uid in list(theirs)[:8]:
        del ours[uid], theirs[uid]
    assert {type(action) for action in decide(ours, theirs, known)} == {sync.Forget}


OURS = st.none() | st.tuples(st.sampled_from("pq"), st.sampled_from("123"))
THEIRS = st.none() | st.sampled_from("123")


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(OURS, THEIRS, OURS)))
def test_the_actions_end_with_both_sides_agreeing(
    cases: dict[str, tuple[tuple[str, str] | None, str | None, tuple[str, str] | None]],
) -> None:
    """Apply the actions to a model of both sides, choosing ours in a conflict: after two runs nothing is left to do."""
    ours = {u: Ours(u, "".join(o), o[1]) for u, (o, _, _) in cases.items() if o}
    theirs = {u: Theirs(u, f"/{u}", f"e-{t}", t) for u, (_, t, _) in cases.items() if t}
    known = {u: Known(u, f"/{u}", f"e-{k[1]}", "".join(k), k[1]) for u, (_, _, k) in cases.items() if k}
    foreign = {u for u in theirs if u not in ours and u not in known}
    for _ in range(2):
        for action in decide(ours, theirs, known, deletions_meant=True):
            u = action.uid
            shown = ours[u].fingerprint if u in ours else ""
            match action:
                case sync.Create() | sync.Replace():
                    theirs[u] = Theirs(u, f"/{u}", f"e-{shown}", ours[u].facts)
                case sync.Delete():
                    del theirs[u]
                case sync.Accept():
                    shown = known[u].fingerprint
                    ours[u] = Ours(u, ours[u].fingerprint[0] + theirs[u].facts, theirs[u].facts)
                case sync.AcceptDeletion():
                    del ours[u]
                case sync.Conflict() if u in ours:
                    theirs[u] = Theirs(u, f"/{u}", f"e-{shown}", ours[u].facts)
                case sync.Conflict():
                    del theirs[u]
            known.pop(u, None)
            if u in ours and u in theirs:
                known[u] = Known(u, theirs[u].path, theirs[u].etag, shown, theirs[u].facts)
    assert decide(ours, theirs, known, deletions_meant=True) == ()
    assert foreign <= set(theirs)
    agreed = {u: t.facts for u, t in theirs.items() if u not in foreign}
    assert {u: o.facts for u, o in ours.items()} == agreed
