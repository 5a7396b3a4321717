"""Tables made to hurt: no exception, no hang, no memory that grows."""

from __future__ import annotations

import os
import random
import time

import pytest

from planner.contacts.checking import checked
from planner.contacts.csv_files import preview, read_csv
from planner.contacts.records import ParsedContact

FUZZ = int(os.environ.get("RAPPORT_FUZZ", "500"))
SEEDS = [
    (b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
    b"Ann,Berg,https://x.example,a@x.example,F,E,05 Mar 2024\r\n"),
    b"Notes:\n\"a paragraph\"\n\nFirst Name,Last Name,Connected On\nAnn,Berg,1/8/18\n",
    (b"Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
    b"Ann,--03-07,* a ::: b,* Work,a@x.example ::: b@x.example\n"),
    "Anrede;Vorname;Straße geschäftlich;Geburtstag\nDr.;Jörg;Weg 1;0.0.00\n".encode("cp1252"),
    "First Name\tNotes\nAnn\tzwei\nBo\t\"a\nb\"\n".encode("utf-16"),
    b"First Name,Birth Year,Birth Month,Birth Day,Home Address,Home Address 2\nAnn,1980,2,30,a,b\n",
]  # fmt: skip
TOKENS = [
    b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe",
    b" ::: ", b"* ", b"--",
    b"0/0/00", b"99/99/9999", b"sep=;\n", b"'=1", b"Birth Day,", b"Address 1 - City,", b"E-mail 2 - Label,",
    b"," * 300, b'"\n' * 30,
    "安藤".encode("cp932"), b"\xc3", b"x" * 500, b"Name,Name,Name,", b"Title,",
]  # fmt: skip


def test_no_mutation_escapes() -> None:
    """RAPPORT_FUZZ says how many inputs; what is read can be kept."""
    source = random.Random(20260420)
    for number in range(FUZZ):
        data = bytearray(source.choice(SEEDS))
        for _ in range(source.randint(1, 8)):
            start = source.randrange(len(data) + 1)
            end = min(len(data), start + source.choice((0, 1, 3, 20)))
            data[start:end] = source.choice((b"", source.choice(TOKENS), source.randbytes(end - start)))
        begun = time.monotonic()
        try:
            shown = preview(bytes(data))
            found = list(read_csv(bytes(data), shown.mapping))
            assert len(found) < 500
            for item in found:
                if isinstance(item, ParsedContact) and item.details.shown_name:
                    checked(item.details)
        except Exception as error:
            raise AssertionError(f"input {number}: {bytes(data)!r}") from error
        assert time.monotonic() - begun < 5, number


HOSTILE = {
    "empty": b"",
    "one quote": b'"',
    "quotes": b'"' * 300_001,
    "a quote a line": b'Name\n"a\n"b\n' * 15_000,
    "one line": b"Name,Email\n" + b"a" * 3_000_000 + b"\nAnn,a@x.example\n",
    "one line of cells": b"Name,Email\n" + b"," * 1_500_000,
    "many columns": b"Name," * 5_000 + b"\n" + b"x," * 5_000,
    "blank lines": b"Name\n" + b"\n" * 200_000 + b"Ann\n",
    "binary": bytes(range(256)) * 2_000,
    "joined values": b"Name,E-mail 1 - Value\nAnn," + b"a@x.example ::: " * 20_000 + b"\n",
    "cells of blanks": b"Name,Email,Phone,Notes\n"
    + (b"Ann," + b",".join([b"a" + b" " * 60_000 + b"b"] * 3) + b"\n") * 5,
    "a quote that swallows": b"Name,Email\nAnn,\"" + b"row,row@x.example\n" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tables_end_soon(name: str) -> None:
    begun = time.process_time()
    preview(HOSTILE[name])
    sum(1 for _ in read_csv(HOSTILE[name]))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("count", [1, 3, 5_000])
def test_a_quote_that_is_never_closed_costs_its_own_line_alone(count: int) -> None:
    table = 'First Name,Last Name,Email\n"Ann,Berg,ann@berg.example\n' + "Bo,Dahl,bo@dahl.example\n" * count
    first, *others = read_csv(table.encode())
    assert "never closed" in first.reason  # type: ignore[union-attr]  # a failed item
    assert len(others) == count
    assert all(isinstance(one, ParsedContact) for one in others)
