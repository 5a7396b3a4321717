"""What people type and paste: names, dates without a year, the end of an email."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts import partial_dates
from planner.contacts.names import with_name
from planner.contacts.partial_dates import parsed, shown
from planner.contacts.records import ContactDetails, DateKind, PartialDate

BIRTHDAY = PartialDate(DateKind.BIRTHDAY)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Anna Berg", ("", "Anna", "", "Berg", "")),
        ("Dr. Anna Maria Berg", ("Dr.", "Anna", "Maria", "Berg", "")),
        ("Berg, Anna", ("", "Anna", "", "Berg", "")),
        ("Anna van der Berg", ("", "Anna", "", "van der Berg", "")),
        ("Anna", ("", "Anna", "", "", "")),
        ("田中 太郎", ("", "太郎", "", "田中", "")),
        ("홍 길동", ("", "길동", "", "홍", "")),
        ("", ("", "", "", "", "")),
    ],
)
def test_names_are_split(typed: str, parts: tuple[str, ...]) -> None:
    it = with_name(ContactDetails(title="kept"), typed)
    assert (it.prefix, it.given, it.additional, it.family, it.suffix) == parts
    assert it.title == "kept"


@pytest.mark.parametrize(
    ("given", "family", "shown"),
    [("太郎", "田中", "田中 太郎"), ("길동", "홍", "홍 길동"), ("Zoë", "Åkesson", "Zoë Åkesson")],
)
def test_the_family_name_stands_where_its_script_sets_it(given: str, family: str, shown: str) -> None:
    assert ContactDetails(given=given, family=family).shown_name == shown


def test_unspaced_names_stay_whole() -> None:
    assert with_name(ContactDetails(), "山田太郎") == ContactDetails(name="山田太郎")


@given(st.text(max_size=30))
def test_any_name_shows_as_it_was_typed_or_reordered(typed: str) -> None:
    it = with_name(ContactDetails(), typed)
    if typed.strip() and not set(typed) & set(",()\"'"):
        assert it.shown_name == " ".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("1980-07-14", (1980, 7, 14)),
        ("--07-14", (None, 7, 14)),
        ("07-14", (None, 7, 14)),
        ("14 July", (None, 7, 14)),
        ("July 14, 1980", (1980, 7, 14)),
        ("14th of Jul 1980", (1980, 7, 14)),
        ("July 1980", (1980, 7, None)),
        ("1980-07", (1980, 7, None)),
        ("1980", (1980, None, None)),
        ("14.7.1980", (1980, 7, 14)),
        ("14.7.", (None, 7, 14)),
        ("29 February", (None, 2, 29)),
    ],
)
def test_partial_dates(typed: str, parts: tuple[int | None, ...]) -> None:
    found = parsed(BIRTHDAY, typed)
    assert found is not None
    assert (found.year, found.month, found.day) == parts


@pytest.mark.parametrize("typed", ["", "soon", "3/4", "31 June", "1980-02-30", "14 July 1980 or so", "99"])
def test_what_is_no_date(typed: str) -> None:
    assert parsed(BIRTHDAY, typed) is None


@given(
    st.dates(min_value=partial_dates.date(1500, 1, 1), max_value=partial_dates.date(2099, 12, 31)), st.integers(0, 3)
)
def test_what_is_shown_can_be_typed(day: partial_dates.date, known: int) -> None:
    value = PartialDate(
        DateKind.OTHER,
        day.year if known != 1 else None,
        day.month if known != 3 else None,
        day.day if known in (0, 1) else None,
    )
    assert parsed(value, shown(value)) == value
