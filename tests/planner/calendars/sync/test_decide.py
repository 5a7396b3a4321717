"""The whole table of what can have happened to an item, and properties over many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.sync import decide as sync
from planner.calendars.sync.decide import Known, LooksEmptied, Ours, Theirs, decide

KNOWN = Known("u", "/c/u.ics", "e1", "f1")
SAME_HERE, NEW_HERE = Ours("u", "f1"), Ours("u", "f2")
SAME_THERE, NEW_THERE = Theirs("u", "/c/u.ics", "e1", "f1"), Theirs("u", "/c/u.ics", "e2", "f3")
TOUCHED_THERE = Theirs("u", "/c/u.ics", "e2", "f1")  # a new entity tag, the same facts
ALIKE_THERE = Theirs("u", "/c/u.ics", "e2", "f2")


@pytest.mark.parametrize(
    ("ours", "theirs", "known", "action"),
    [
        (SAME_HERE, None, None, sync.Create("u")),
        (None, SAME_THERE, None, None),
        (SAME_HERE, SAME_THERE, None, sync.Agree("u", "/c/u.ics", "e1")),
        (SAME_HERE, NEW_THERE, None, sync.Conflict("u", "/c/u.ics", "e2")),
        (None, None, KNOWN, sync.Forget("u")),
        (None, SAME_THERE, KNOWN, sync.Delete("u", "/c/u.ics", "e1")),
        (None, TOUCHED_THERE, KNOWN, sync.Delete("u", "/c/u.ics", "e2")),
        (None, NEW_THERE, KNOWN, sync.Conflict("u", "/c/u.ics", "e2", deleted_here=True)),
        (SAME_HERE, None, KNOWN, sync.AcceptDeletion("u")),
        (NEW_HERE, None, KNOWN, sync.Conflict("u", "", "")),
        (SAME_HERE, SAME_THERE, KNOWN, None),
        (SAME_HERE, TOUCHED_THERE, KNOWN, sync.Agree("u", "/c/u.ics", "e2")),
        (SAME_HERE, NEW_THERE, KNOWN, sync.Accept("u", "/c/u.ics", "e2")),
        (NEW_HERE, SAME_THERE, KNOWN, sync.Replace("u", "/c/u.ics", "e1")),
        (NEW_HERE, TOUCHED_THERE, KNOWN, sync.Replace("u", "/c/u.ics", "e2")),
        (NEW_HERE, NEW_THERE, KNOWN, sync.Conflict("u", "/c/u.ics", "e2")),
        (NEW_HERE, ALIKE_THERE, KNOWN, sync.Agree("u", "/c/u.ics", "e2")),
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
        {uid: Ours(uid, "f") for uid in uids},
        {uid: Theirs(uid, f"/{uid}", "e", "f") for uid in uids},
        {uid: Known(uid, f"/{uid}", "e", "f") for uid in uids},
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


SIDES = st.sampled_from(["f1", "f2", "f3", None])


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(SIDES, SIDES, SIDES)))
def test_after_the_actions_there_is_nothing_left_to_do(cases: dict[str, tuple[str | None, ...]]) -> None:
    """Apply every action to a model of both sides, choosing ours in a conflict; a second run then has no action."""
    ours = {u: Ours(u, o) for u, (o, _, _) in cases.items() if o}
    theirs = {u: Theirs(u, f"/{u}", f"e-{t}", t) for u, (_, t, _) in cases.items() if t}
    known = {u: Known(u, f"/{u}", f"e-{k}", k) for u, (_, _, k) in cases.items() if k}
    foreign = {u for u in theirs if u not in ours and u not in known}
    for action in decide(ours, theirs, known, deletions_meant=True):
        u = action.uid
        match action:
            case sync.Create() | sync.Replace():
                theirs[u] = Theirs(u, f"/{u}", f"e-{ours[u].fingerprint}", ours[u].fingerprint)
            case sync.Delete():
                del theirs[u]
            case sync.Accept():
                ours[u] = Ours(u, theirs[u].fingerprint)
            case sync.AcceptDeletion():
                del ours[u]
            case sync.Conflict() if u in ours:
                theirs[u] = Theirs(u, f"/{u}", f"e-{ours[u].fingerprint}", ours[u].fingerprint)
            case sync.Conflict():
                del theirs[u]
        known.pop(u, None)
        if u in ours and u in theirs:
            known[u] = Known(u, theirs[u].path, theirs[u].etag, theirs[u].fingerprint)
    assert decide(ours, theirs, known, deletions_meant=True) == ()
    assert foreign <= set(theirs)
    assert {u: o.fingerprint for u, o in ours.items()} == {
        u: t.fingerprint for u, t in theirs.items() if u not in foreign
    }
