"""Finding people, events and follow-ups by a few letters, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.events.records import EventDetails, EventKind
from planner.finder.events import matches
from planner.paths import DataFolder


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path_factory.mktemp("found") / "data"), FixedClock()) as opened:
        for name, organisation in (
            ("Anjali Patel", "Northlight"), ("Anjali Rao", "Halden Labs"), ("Łukasz Čapek", "Atelier 9"),
            ("Thomas Øster", "Northlight"), ("Ingrid Vale", "Sable"),
        ):  # fmt: skip
            opened.contacts.add(ContactDetails(name=name, organisation=organisation))
        for title, day in (("PyCon DE 2026", (2026, 4, 12)), ("EuroPython 2027", (2027, 7, 14))):
            starts = datetime(*day, 7, tzinfo=UTC)
            opened.events.add(EventDetails(title, EventKind.CONFERENCE, starts, starts, place="Kraków"))
        opened.quick_entry.save(
            opened.quick_entry.understand("call with Anjali Rao, promised to send the deck by Friday")
        )
        yield opened


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("anjali p", "Anjali Patel"), ("rao", "Anjali Rao"), ("lukasz", "Łukasz Čapek"), ("CAPEK", "Łukasz Čapek"),
        ("tom", "Thomas Øster"), ("oster", "Thomas Øster"), ("i", "Ingrid Vale"), ("ingird", "Ingrid Vale"),
        ("sable", "Ingrid Vale"), ("europ", "EuroPython 2027"), ("pyc", "PyCon DE 2026"),
        ("euro krakow", "EuroPython 2027"),
        ("deck", "Send the deck"), ("send rao", "Send the deck"),
    ],
)  # fmt: skip
def test_first_hit(planner: Planner, text: str, first: str) -> None:
    assert planner.finder.find(text)[0].title == first


def test_who_was_lately_in_touch_comes_first(planner: Planner) -> None:
    assert [hit.title for hit in planner.finder.find("anjali")][:2] == ["Anjali Rao", "Anjali Patel"]


def test_recent(planner: Planner) -> None:
    assert [hit.title for hit in planner.finder.recent()] == ["Anjali Rao", "EuroPython 2027"]


@pytest.mark.parametrize("text", ["", "  ", "…", '"', "name:x OR *", "zzzz"])
def test_nothing(planner: Planner, text: str) -> None:
    assert planner.finder.find(text) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20))
def test_any_text_may_be_typed(planner: Planner, text: str) -> None:
    planner.finder.find(text)


@pytest.mark.parametrize(
    ("text", "title", "is_match"),
    [
        ("py de", "PyCon DE 2027", True),
        ("de py", "PyCon DE 2027", False),
        ("pycon 2027", "PyCon DE 2027", True),
        ("", "PyCon DE 2027", False),
        ("krakow", "Kraków mixer", True),
    ],
)
def test_words_of_a_title(text: str, title: str, is_match: bool) -> None:
    assert matches(text, title) is is_match
