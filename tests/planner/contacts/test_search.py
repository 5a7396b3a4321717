"""What is typed into the search field, understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.search import FilterKey, Query, parse, quoted, span


def shape(query: Query) -> tuple[list[str], list[str], list[str]]:
    terms = [("-" if term.negated else "") + " ".join(term.words) + ("" if term.exact else "*") for term in query.terms]
    filters = [("-" if one.negated else "") + f"{one.key}:{','.join(one.values)}" for one in query.filters]
    return terms, filters, [one.text for one in query.misunderstood]


@pytest.mark.parametrize(
    ("text", "terms", "filters", "misunderstood"),
    [
        ("", [], [], []),
        ("   ", [], [], []),
        ("anna", ["anna*"], [], []),
        ("Łukasz ČAPEK", ["lukasz*", "capek*"], [], []),
        ('"Anna Berg"', ["anna berg"], [], []),
        ("-anna", ["-anna*"], [], []),
        ('-"anna berg"', ["-anna berg"], [], []),
        ("o'neil", ["o neil*"], [], []),
        ("anna@north.example", ["anna north example*"], [], []),
        ("山田", ["山 田*"], [], []),
        ("role:mentor", [], ["role:mentor"], []),
        ("Role:Mentor,PEER", [], ["role:mentor,peer"], []),
        ('role:"industry leader"', [], ["role:industry leader"], []),
        ("role:men", [], ["role:mentor"], []),
        ("-tag:energy solar", ["solar*"], ["-tag:energy"], []),
        ('org:"Blue Harbour",acme', [], ["org:blue harbour,acme"], []),
        ("company:acme", [], ["org:acme"], []),
        ("quiet:8w due:week no:email has:phone country:SE met:pycon", [],
         ["quiet:8w", "due:week", "no:email", "has:phone", "country:se", "met:pycon"], []),
        ("is:matters", [], ["is:important"], []),
        ('looking:"test site" can-offer:lab needs:data', [], ["looking:test site", "offers:lab", "looking:data"], []),
        ("has:offer no:needs", [], ["has:offers", "no:needs"], []),
        ("colour:red", ["colour red*"], [], ["colour:red"]),
        ("role:wizard", ["role wizard*"], [], ["role:wizard"]),
        ("quiet:soon", ["quiet soon*"], [], ["quiet:soon"]),
        ("tag:", [], [], ["tag:"]),
        ("https://acme.example/x", ["https acme example x*"], [], []),
        ("10:30", ["10 30*"], [], []),
        ("- : -- \"\"", [], [], []),
        ('"not closed', ["not closed*"], [], []),
    ],
)  # fmt: skip
def test_understands(text: str, terms: list[str], filters: list[str], misunderstood: list[str]) -> None:
    assert shape(parse(text)) == (terms, filters, misunderstood)


def test_says_why_a_filter_is_not_understood() -> None:
    (why,) = parse("tie:close").misunderstood
    assert why.reason == "“close” is no tie; ties are strong, medium and weak"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("role:mentor", "Mentor"),
        ("tie:weak", "Weak tie"),
        ("quiet:8w", "Quiet 8 weeks+"),
        ("quiet:1w", "Quiet 1 week+"),
        ("quiet:45d", "Quiet 45 days+"),
        ("seen:3m", "In touch within 3 months"),
        ("no:email", "No email"),
        ("-role:mentor,peer", "Not mentor or peer"),
        ("due:week", "Due this week"),
        ("country:se", "Country SE"),
        ("tag:energy", "#energy"),
        ("birthday:today", "Birthday today"),
        ("is:drifting", "Drifting"),
        ("wants:mentor", "Looking for mentor"),
        ("offers:lab", "Can offer lab"),
    ],
)
def test_names_a_filter_for_its_chip(text: str, label: str) -> None:
    assert parse(text).filters[0].label == label


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8w", 56),
        ("60d", 60),
        ("3m", 90),
        ("1y", 365),
        ("2 weeks", 14),
        ("14", 14),
        ("soon", None),
        ("", None),
        ("w", None),
    ],
)
def test_reads_spans(text: str, days: int | None) -> None:
    assert span(text) == days


def test_closing_a_chip_leaves_the_rest() -> None:
    query = parse('solar role:mentor org:"Blue Harbour" wind')
    assert query.without(query.filters[0]) == 'solar org:"Blue Harbour" wind'
    assert query.without(query.filters[1]) == "solar role:mentor wind"
    assert query.without(query.terms[0]) == 'role:mentor org:"Blue Harbour" wind'


@given(st.text(max_size=60))
def test_takes_any_text(text: str) -> None:
    query = parse(text)
    for part in (*query.terms, *query.filters, *query.misunderstood):
        assert 0 <= part.start < part.end <= len(text)
    for one in query.filters:
        assert one.label
        assert one not in parse(query.without(one)).filters


@given(st.text(alphabet="role:mentor tie-weak\"',@1w", max_size=40))
def test_takes_any_text_that_looks_like_filters(text: str) -> None:
    parse(text)


@given(
    st.lists(st.text(alphabet="abcé ,-", min_size=1).filter(lambda value: value.strip(" ,-")), min_size=1, max_size=3)
)
def test_what_is_quoted_is_read_back(values: list[str]) -> None:
    for value in values:
        (one,) = parse(quoted(FilterKey.TAG, value)).filters
        assert " ".join(one.values[0].split()) == " ".join(value.replace("é", "e").split())
