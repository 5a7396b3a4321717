"""Commands by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.finder.commands import CommandWords, is_called, link_in, minutes_in, rank

COMMANDS = (
    CommandWords("quick-entry", "Quick entry…", "log a contact, note, call"),
    CommandWords("new-contact", "New contact", "add person"),
    CommandWords("new-event", "New event", "add conference"),
    CommandWords("export", "Export to calendar…", "ics reminders"),
    CommandWords("undo", "Undo"),
    CommandWords("undo-all", "Undo everything since breakfast"),
    CommandWords("dark", "Dark theme"),
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("undo", "undo"), ("new ev", "new-event"), ("ev new", "new-event"), ("conference", "new-event"),
        ("ics", "export"), ("exprot", "export"), ("dark", "dark"), ("log", "quick-entry"), ("add p", "new-contact"),
        ("etc", "export"),
    ],
)  # fmt: skip
def test_first(text: str, first: str) -> None:
    assert rank(text, COMMANDS)[0].id == first


@pytest.mark.parametrize("text", ["", "  ", "zzz", "…"])
def test_none(text: str) -> None:
    assert rank(text, COMMANDS) == []


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("new ev", True), ("undo everything", True), ("new", False), ("undo", False), ("new event Rosa", False),
        ("contact new", False), ("add person", False), ("", False),
    ],
)  # fmt: skip
def test_several_words_that_begin_a_command_call_it(text: str, called: bool) -> None:
    assert is_called(text, rank(text, COMMANDS)) is called


@given(st.text(max_size=12))
def test_scores(text: str) -> None:
    hits = rank(text, COMMANDS)
    assert all(0 < hit.score <= 100 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("40 minutes", 40),
        ("I have 40 minutes", 40),
        ("i’ve got 5 min.", 5),
        ("90m", 90),
        ("I have 0 minutes", None),
        ("5000 minutes", None),
        ("40", None),
        ("call for 40 minutes", None),
        ("minutes", None),
    ],
)
def test_minutes_somebody_has(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize(
    ("text", "found"), [("https://a.example/x", True), ("see HTTP://a.example", True), ("a", False)]
)
def test_a_link_to_share(text: str, found: bool) -> None:
    assert link_in(text) is found
