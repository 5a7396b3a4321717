"""A collection of other programs' files, where one is at hand: RAPPORT_CORPUS names its folder.

`vcard/EXPECTED.json` in it says what the programs' own tests expect of each file; every value must be found.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.contacts.checking import checked
from planner.contacts.records import FailedItem, ParsedContact
from planner.contacts.vcard import read_vcards, write_vcard

FOLDER = os.environ.get("RAPPORT_CORPUS", "")
FILES = sorted((Path(FOLDER) / "vcard").glob("*.vcf")) if FOLDER else []

pytestmark = pytest.mark.skipif(not FILES, reason="RAPPORT_CORPUS names no folder with a collection of vCards")

# What is said about a value, not a value; and how a program shows it, made from other values.
_ABOUT = {"kind", "type", "types", "version", "tests", "note", "group", "contentType", "mime", "is_primary", "label"}
_MADE = {"display_name", "formatted_address", "photo"}


def values(expected: Any, name: str = "") -> Iterator[str]:
    """The values that a file must give, as texts."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in _ABOUT | _MADE or (key == "note" and isinstance(value, list)):
                yield from values(value, key)
    elif isinstance(expected, list):
        for value in expected:
            yield from values(value, name)
    elif isinstance(expected, str):
        yield expected


def plain(text: str) -> str:
    """Letters and digits alone: dates, numbers and joined parts are written in many ways."""
    return re.sub(r"[\W_]+", "", text.replace("\\n", " ").replace("tel:", "")).casefold()


def said(card: ParsedContact) -> str:
    """All that a contact says, dates as digits."""
    days = [f"{day.year or 0:04d}{day.month or 0:02d}{day.day or 0:02d}" for day in card.details.dates]
    return " ".join((card.details.shown_name, card.uid, *days, repr(card.details)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_read_kept_and_written(path: Path) -> None:
    found = list(read_vcards(path))
    assert found
    for item in found:
        assert isinstance(item, ParsedContact), item
        if item.details.shown_name:
            checked(item.details)
        for version in ("3.0", "4.0"):
            (again,) = read_vcards(write_vcard(item.details, item.uid, version, photo=item.photo).encode())
            assert isinstance(again, ParsedContact)
            assert again.photo == item.photo
            assert len(again.details.extras) == len(item.details.extras)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_expected_value_is_found(path: Path) -> None:
    expected = json.loads((path.parent / "EXPECTED.json").read_text("utf-8")).get(path.name)
    if expected is None:
        return
    cards = [item for item in read_vcards(path) if not isinstance(item, FailedItem)]
    everything = plain(" ".join(map(said, cards)))
    missing = [value for value in values(expected) if plain(value) not in everything]
    assert not missing
