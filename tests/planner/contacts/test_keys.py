"""Two spellings, one key."""

from __future__ import annotations

import pytest

from planner.contacts.countries import code_of, dialling_code
from planner.contacts.keys import email_key, link_key, phone_key, sort_key, web_address
from planner.contacts.nicknames import forms
from planner.contacts.records import ContactDetails, Email


@pytest.mark.parametrize(
    ("number", "region", "key"),
    [
        ("+49 30 123456", "", "+4930123456"),
        ("030 123456", "DE", "+4930123456"),
        ("030/123456", "de", "+4930123456"),
        ("+49 (0)30 123456", "", "+4930123456"),
        ("0049 30 123456", "DE", "+4930123456"),
        ("030 123456", "", ""),
        ("+39 06 698 1234", "", "+39066981234"),
        ("+1 (212) 555-0123", "", "+12125550123"),
        ("+1-212-555-0123 ext. 7", "", "+12125550123"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+999 123456789", "", ""),
        ("nothing", "DE", ""),
        ("112", "DE", ""),
    ],
)
def test_phone_key(number: str, region: str, key: str) -> None:
    assert phone_key(number, region) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.linkedin.com/in/Ingrid-Vale/", "linkedin.com/in/ingrid-vale"),
        ("https://de.linkedin.com/in/ingrid-vale/de?trk=x", "linkedin.com/in/ingrid-vale"),
        ("HTTP://Acme.example/", "https://www.acme.example"),
        ("https://acme.example/p?utm_source=a&id=3", "acme.example/p?id=3"),
        ("https://acme.example/p#top", "acme.example/p"),
    ],
)
def test_links_that_are_the_same(one: str, other: str) -> None:
    assert link_key(one) == link_key(other)


def test_links_that_differ() -> None:
    assert len({link_key(url) for url in ("acme.example/a", "acme.example/b", "acme.example/a?id=1", "sip:a@b")}) == 4


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://acme.example/x", "https://acme.example/x"),
        ("acme.example", "https://acme.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("xmpp:ingrid@acme.example", ""),
        ("ingrid@acme.example", ""),
        ("", ""),
    ],
)
def test_only_web_pages_are_opened(url: str, opened: str) -> None:
    assert web_address(url) == opened


def test_email_key_ignores_case_alone() -> None:
    assert email_key(" Ingrid.Vale@Acme.Example ") == "ingrid.vale@acme.example"
    assert email_key("jörg@acme.example") != email_key("jorg@acme.example")


def test_sort_key_is_family_then_given_and_folded() -> None:
    names = [("Eva", "Van der Berg"), ("Anna", "Van"), ("Žofie", "Čapek"), ("Ida", "Capek")]
    ordered = sorted(names, key=lambda name: sort_key(ContactDetails(given=name[0], family=name[1])))
    assert ordered == [("Ida", "Capek"), ("Žofie", "Čapek"), ("Anna", "Van"), ("Eva", "Van der Berg")]


def test_sort_key_without_a_name() -> None:
    assert sort_key(ContactDetails(organisation="Ünal Labs")) == "unal labs"
    assert sort_key(ContactDetails(emails=(Email("b@c.example"),))) == "b@c.example"


@pytest.mark.parametrize(
    ("text", "code"),
    [("SE", "SE"), ("Sweden", "SE"), ("sverige", "SE"), ("U.S.A.", "US"), ("UK", "GB"), ("Erewhon", "")],
)
def test_countries(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_dialling_code_that_countries_share_tells_nothing() -> None:
    assert dialling_code("SE") == "+46"
    assert dialling_code("US") == ""


def test_nicknames_go_both_ways() -> None:
    assert "william" in forms("bill")
    assert "bill" in forms("william")
    assert forms("xyzzy") == {"xyzzy"}
