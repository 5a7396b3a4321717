"""Tables we write come back the same, and no spreadsheet runs what stands in them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.csv_files import Kind, preview, read_csv, write_csv
from planner.contacts.csv_files.writer import guarded
from planner.contacts.records import (
    Address,
    Contact,
    ContactDetails,
    DateKind,
    Email,
    Link,
    ParsedContact,
    PartialDate,
    Phone,
)

NOW = datetime(2026, 1, 2, tzinfo=UTC)
lines = (
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20
    )
    .map(lambda text: text.replace(":::", "").strip())
    .filter(lambda text: not text.startswith(("'", "*")))
)
labels = st.sampled_from(["", "work", "home", "mobile", "Cabin"])
words = st.text(st.sampled_from("abcåñ日-_"), min_size=1, max_size=8)


def contact(details: ContactDetails) -> Contact:
    return Contact(1, "u", details, NOW, NOW)


def written(*details: ContactDetails) -> bytes:
    stream = io.BytesIO()
    assert write_csv(map(contact, details), stream) == len(details)
    return stream.getvalue()


details_strategy = st.builds(
    ContactDetails,
    given=words,
    family=lines,
    additional=lines,
    nickname=lines,
    organisation=lines,
    department=lines,
    title=lines,
    looking_for=lines,
    can_offer=lines,
    notes=st.lists(lines, max_size=3).map("\n".join).map(str.strip).filter(lambda text: not text.startswith("'")),
    emails=st.lists(st.builds(Email, st.builds("{}@x.example".format, words), labels), max_size=3, unique=True).map(
        tuple
    ),
    phones=st.lists(
        st.builds(Phone, st.builds("+{}".format, st.integers(1, 10**9)), labels), max_size=4, unique=True
    ).map(tuple),
    links=st.lists(
        st.builds(Link, st.builds("https://x.example/{}".format, words), labels), max_size=3, unique=True
    ).map(tuple),
    addresses=st.lists(st.builds(Address, street=words, city=lines, country=lines, label=labels), max_size=2).map(
        tuple
    ),
    dates=st.just((PartialDate(DateKind.BIRTHDAY, None, 3, 7), PartialDate(DateKind.OTHER, 2001, 2, 3, "joined"))),
    tags=st.lists(words, max_size=3, unique=True).map(tuple),
)


@given(details_strategy)
def test_a_contact_comes_back_the_same(details: ContactDetails) -> None:
    (found,) = read_csv(written(details))
    assert isinstance(found, ParsedContact)
    assert found.details == details


def test_more_values_than_columns_are_joined() -> None:
    details = ContactDetails(given="Ann", phones=tuple(Phone(f"+{n}00", f"l{n}") for n in range(7)))
    (found,) = read_csv(written(details))
    assert isinstance(found, ParsedContact)
    assert found.details == details


def test_other_programs_know_it_as_googles() -> None:
    data = written(ContactDetails(given="Ann"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert preview(data).kind is Kind.GOOGLE


@pytest.mark.parametrize("cell", ["=1+1", "@A1", "-2+3+cmd|' /C calc'!A0", "+1+cmd", "\t=1", "=HYPERLINK(1)", " =1"])
def test_formulas_are_guarded_and_come_back(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    data = written(ContactDetails(given="Ann", notes=cell.strip()))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not any(value.startswith(("=", "@", "+1+", "-2", "%")) for value in rows[1])
    (found,) = read_csv(data)
    assert isinstance(found, ParsedContact)
    assert found.details.notes.lstrip("'") == cell.strip()


@pytest.mark.parametrize("cell", ["", "Ann", "+47 900 00 000", "-", "2026-01-02", "a=b", "--03-07"])
def test_plain_cells_are_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_private_matters_are_not_written() -> None:
    details = ContactDetails(given="Ann", remember="likes tea", research="secret plans")
    data = written(details, replace(details, given="Bo"))
    assert b"tea" not in data
    assert b"secret" not in data
