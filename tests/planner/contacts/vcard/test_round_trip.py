"""What is written is read again as it was, and nothing another program wrote is lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.contacts.records import ContactDetails, FailedItem, ParsedContact, Phone, Photo
from planner.contacts.vcard import Version, joined_extras, other_properties, read_vcards, write_vcard
from tests.planner.contacts.vcard.details_strategy import private_details, public_details

FIXTURES = Path(__file__).parents[3] / "fixtures" / "vcard"
VERSIONS: tuple[Version, ...] = ("3.0", "4.0")
versions = st.sampled_from(VERSIONS)


def only(text: str | bytes) -> ParsedContact:
    found = list(read_vcards(text.encode() if isinstance(text, str) else text))
    assert len(found) == 1, found
    assert isinstance(found[0], ParsedContact), found
    return found[0]


def unordered(details: ContactDetails) -> ContactDetails:
    return replace(details, extras=tuple(sorted(details.extras, key=repr)))


@given(public_details, versions)
def test_a_contact_comes_back_the_same(details: ContactDetails, version: Version) -> None:
    written = write_vcard(details, "urn:uuid:1", version)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    found = only(written)
    assert unordered(found.details) == unordered(details)
    assert found.uid == "urn:uuid:1"


@given(private_details, versions)
def test_private_matters_come_back_when_they_were_asked_for(details: ContactDetails, version: Version) -> None:
    found = only(write_vcard(details, version=version, private=True))
    assert unordered(found.details) == unordered(details)


@given(private_details, versions)
def test_private_matters_stay_at_home_otherwise(details: ContactDetails, version: Version) -> None:
    written = write_vcard(details, version=version).replace("\r\n ", "")
    assert not [line for line in written.split("\r\n") if re.match(r"([\w-]+\.)?X-RAPPORT", line)]


@given(st.binary(min_size=1, max_size=200), versions)
def test_pictures_come_back_byte_for_byte(data: bytes, version: Version) -> None:
    found = only(
        write_vcard(ContactDetails(name="A"), version=version, photo=Photo(b"\x89PNG\r\n\x1a\n" + data, "image/png"))
    )
    assert found.photo == Photo(b"\x89PNG\r\n\x1a\n" + data, "image/png")


FOREIGN = sorted(path.name for path in FIXTURES.glob("*.vcf"))


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("version", VERSIONS)
def test_what_other_programs_wrote_is_written_back(name: str, version: Version) -> None:
    for card in read_vcards(FIXTURES / name):
        assert not isinstance(card, FailedItem), card.reason
        again = only(write_vcard(card.details, card.uid, version, photo=card.photo))
        assert replace(again.details, extras=()) == replace(card.details, extras=())
        assert (again.uid, again.photo) == (card.uid, card.photo)
        before = sorted((item.name, item.group) for item in card.details.extras)
        assert sorted((item.name, item.group) for item in again.details.extras) == before
        # A second trip changes nothing more, not even what the version made of it.
        third = only(write_vcard(again.details, again.uid, version, photo=again.photo))
        assert unordered(third.details) == unordered(again.details)


_names = st.sampled_from(
    ["TEL", "EMAIL", "ADR", "URL", "NOTE", "TITLE", "ORG", "N", "FN", "BDAY", "X-ODD", "IMPP", "TZ", "CATEGORIES"]
)
_params = st.sampled_from(
    [
        "",
        ";TYPE=WORK",
        ";TYPE=HOME,VOICE",
        ";TYPE=pref",
        ";PREF=2",
        ";X-A=b",
        ';X-Q="a;b:c"',
        ";LANGUAGE=fr",
        ";TYPE=Cabin",
    ]
)
_values = st.sampled_from(
    ["+1 555 0100", "a@b.example", ";;Street 1;City;;1;Land", "https://x.example/", "one,two", "1999-01-02", "a;b;c",
     "a\\;b\\,c\\nd", "sip:a@b.example", "Europe/Paris", "--0203", "naïve 安藤"]
)  # fmt: skip
_groups = st.sampled_from(["", "", "item1.", "item2."])


@given(st.lists(st.tuples(_groups, _names, _params, _values), min_size=1, max_size=8), versions)
@example([("", "NOTE", ";PREF=2", "a;b;c"), ("", "NOTE", "", "one,two")], "3.0")
@example([("item1.", "NOTE", ";X-A=b", "a;b;c"), ("", "NOTE", "", "one,two")], "4.0")
def test_no_property_of_any_card_is_lost(lines: list[tuple[str, str, str, str]], version: Version) -> None:
    """Every value that was in the card is in what is written of it, field or not."""
    body = "".join(f"{group}{name}{params}:{value}\r\n" for group, name, params, value in lines)
    card = only(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{body}END:VCARD\r\n")
    written = write_vcard(card.details, card.uid, version).replace("\r\n ", "")
    kept = only(written)
    assert unordered(only(write_vcard(kept.details, kept.uid, version)).details) == unordered(kept.details)
    for _, name, params, value in lines:
        for word in ("X-A=b", "LANGUAGE=fr", "Cabin", "PREF=2"):
            if word in params:
                assert word in written, (name, params)
        for part in value.replace("\\n", ";").replace("\\", "").replace(",", ";").split(";"):
            digits = part.replace("-", "")
            assert part in written or digits in written, (name, value)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_changed_number_does_not_bring_its_old_line_back(version: Version) -> None:
    card = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:A\nitem1.TEL;TYPE=CELL;X-ID=7:+1 555 0100\nitem1.X-ABLabel:Boat\nEND:VCARD\n"
    )
    assert card.details.phones == (Phone("+1 555 0100", "Boat"),)
    changed = replace(card.details, phones=(Phone("+1 555 0199", "Boat"),))
    written = write_vcard(changed, version=version)
    assert "0100" not in written
    assert "X-ID" not in written
    assert only(written).details.phones == changed.phones
    assert "X-ID=7" in write_vcard(card.details, version=version)


def test_extras_of_two_people_keep_their_groups_apart() -> None:
    one = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:A\nitem1.X-DOG:Rex\nitem1.X-ABLabel:dog\nX-B:1\nEND:VCARD\n"
    ).details.extras
    two = only(
        "BEGIN:VCARD\nVERSION:3.0\nFN:B\nitem1.X-DOG:Fido\nitem1.X-ABLabel:hound\nX-B:1\nEND:VCARD\n"
    ).details.extras
    joined = joined_extras(one, two)
    assert [(item.group, item.value) for item in joined] == [
        ("item1", "Rex"), ("item1", "dog"), ("", "1"), ("item2", "Fido"), ("item2", "hound"),
    ]  # fmt: skip


def test_only_properties_without_a_field_are_shown_as_others() -> None:
    card = only("BEGIN:VCARD\nVERSION:3.0\nFN:A\nTEL;X-ID=7:+1 555 0100\nX-PET:Rex\nEND:VCARD\n")
    assert [item.name for item in card.details.extras] == ["TEL", "X-PET"]
    assert [item.name for item in other_properties(card.details)] == ["X-PET"]


def test_the_moment_of_the_last_change_is_written_in_utc() -> None:
    moment = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    assert "REV:2026-05-04T03:02:01Z" in write_vcard(ContactDetails(name="A"), rev=moment)
    assert "REV:20260504T030201Z" in write_vcard(ContactDetails(name="A"), version="4.0", rev=moment)
