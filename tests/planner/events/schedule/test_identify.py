"""A schedule published again finds its sessions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.events.records import Session, Speaker
from planner.events.schedule.identify import identify
from planner.events.schedule.records import PublishedSession, PublishedSpeaker

NINE = datetime(2027, 7, 14, 9, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


def here(id: int, title: str, starts: datetime | None = NINE, who: str = "", external: str = "") -> Session:
    speakers = (Speaker(who),) if who else ()
    return Session(id, 1, title, starts_at=starts, external_id=external, speakers=speakers)


def new(title: str, starts: datetime | None = NINE, who: str = "", external: str = "") -> PublishedSession:
    speakers = (PublishedSpeaker(who),) if who else ()
    return PublishedSession(title, external_id=external, starts_at=starts, speakers=speakers)


@pytest.mark.parametrize(
    ("old", "published"),
    [
        (here(1, "A", external="x"), new("Entirely renamed", TEN, external="x")),
        (here(1, "A", external="x"), new("A", external="another")),  # a publisher who changes ids
        (here(1, "Été à Malmö"), new("ete a malmo")),
        (here(1, "A", who="Ada"), new("A", TEN, who="Ada")),  # moved
        (here(1, "A", who="Ada"), new("A", TEN, who="Bea")),  # moved, and another speaker
    ],
)
def test_the_same_session_is_recognised(old: Session, published: PublishedSession) -> None:
    found = identify([old, here(2, "Other")], [published])
    assert found.same == ((old, published),)
    assert [session.id for session in found.gone] == [2]
    assert not found.new


def test_one_id_on_many_sessions_identifies_none_by_it() -> None:
    old = [here(1, "A", external="same"), here(2, "B", TEN, external="same")]
    published = [new("B", TEN, external="same"), new("A", external="same")]
    found = identify(old, published)
    assert {(a.id, b.title) for a, b in found.same} == {(1, "A"), (2, "B")}


def test_sessions_of_one_title_are_told_apart_by_time_and_speaker() -> None:
    old = [here(1, "Lightning talk", NINE, "Ada"), here(2, "Lightning talk", TEN, "Bea")]
    published = [new("Lightning talk", TEN, "Bea"), new("Lightning talk", NINE, "Ada"), new("Lightning talk", None)]
    found = identify(old, published)
    assert {(a.id, b.starts_at) for a, b in found.same} == {(1, NINE), (2, TEN)}
    assert [session.starts_at for session in found.new] == [None]


PUBLISHED = st.builds(
    new,
    st.sampled_from("ABC"),
    st.sampled_from([NINE, TEN, None]),
    st.sampled_from(["", "Ada", "Bea"]),
    st.sampled_from(["", "x", "y"]),
)


@given(st.lists(PUBLISHED, max_size=8), st.lists(PUBLISHED, max_size=8))
def test_nobody_is_lost_and_nobody_is_matched_twice(
    before: list[PublishedSession], after: list[PublishedSession]
) -> None:
    old = [
        Session(
            n, 1, p.title, p.starts_at, external_id=p.external_id, speakers=tuple(Speaker(s.name) for s in p.speakers)
        )
        for n, p in enumerate(before)
    ]
    found = identify(old, after)
    matched = [session.id for session, _ in found.same]
    assert sorted(matched + [session.id for session in found.gone]) == [session.id for session in old]
    assert len(found.same) + len(found.new) == len(after)


@given(st.lists(PUBLISHED, max_size=8, unique=True))
def test_the_same_schedule_again_changes_nothing(published: list[PublishedSession]) -> None:
    old = [
        Session(
            n, 1, p.title, p.starts_at, external_id=p.external_id, speakers=tuple(Speaker(s.name) for s in p.speakers)
        )
        for n, p in enumerate(published)
    ]
    found = identify(old, published)
    for session, again in found.same:
        assert session.title == again.title
