"""What a calendar entry is called: a list of them tells whom each is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.wording import followup_title


@pytest.mark.parametrize(
    ("title", "names", "called"),
    [
        ("Thank-you note", ["Ingrid Vale"], "Thank-you note · Ingrid Vale"),
        ("Connect", ["Priya Nair", "Jun Sato"], "Connect · Priya Nair and Jun Sato"),
        ("Connect", ["Priya Nair", "Jun Sato", "Bo Ek"], "Connect · Priya Nair and 2 more"),
        ("Thank ingrid for the coffee", ["Ingrid Vale"], "Thank ingrid for the coffee"),
        ("Call Dr. Vale, about the pilot", ["Ingrid Vale"], "Call Dr. Vale, about the pilot"),
        ("Valedictory speech", ["Ingrid Vale"], "Valedictory speech · Ingrid Vale"),
        ("Renew the passport", [], "Renew the passport"),
        ("Call A", ["A"], "Call A · A"),
        ("", ["李小龍"], " · 李小龍"),
    ],
)
def test_a_title_says_whom_it_is_for(title: str, names: list[str], called: str) -> None:
    assert followup_title(title, names) == called


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=4))
def test_the_title_stays_as_it_is_written(title: str, names: list[str]) -> None:
    assert followup_title(title, names).startswith(title)
