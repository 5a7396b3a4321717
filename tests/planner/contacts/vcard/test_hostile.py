"""Files made to hurt, or hurt on their way: no exception, no hang, no growing memory, no card lost to another."""

from __future__ import annotations

import io
import os
import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.contacts.checking import checked
from planner.contacts.records import FailedItem, ParsedContact
from planner.contacts.vcard import read_vcards, write_vcard
from planner.contacts.vcard.cards import CHUNK, MAX_CARD
from planner.errors import FileUnreadable

FIXTURES = Path(__file__).parents[3] / "fixtures" / "vcard"
FUZZ = int(os.environ.get("RAPPORT_FUZZ", "2000"))
GOOD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good\r\nEND:VCARD\r\n"

TOKENS = [
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"VERSION:2.1\r\n", b"VERSION:4.0\n", b"AGENT:",
    b"AGENT:\nBEGIN:VCARD\n", b":", b";", b",",
    b"=", b"=\r\n", b"\\", b"\\;", b'"', b"^", b"\r", b"\n", b"\n ", b"\n\t", b"\0", b"\xff", b"\xc3",
    b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xe2\x80\xa8", b"\x1b$B", b";ENCODING=QUOTED-PRINTABLE:", b";ENCODING=BASE64:", b";CHARSET=SHIFT_JIS:",
    b";CHARSET=utf-16:",
    b";CHARSET=utf-7:", b"item1.X-ABLabel:_$!<Home>!$_\n", b"item1.", b"X-APPLE-OMIT-YEAR=99999999999999:",
    b"BDAY:0000-00-00\n",
    b"BDAY:99999999T99\n", b"data:;base64,", b"PHOTO;ENCODING=b:AAA\n", b"N:;;;;;;;;\n",
    b"X-RAPPORT-RHYTHM:99999\n", b"TZ:../../etc\n",
    b"X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event\n", b"UID:\n", b"NOTE:" + b"x" * 300 + b"\n",
    b"-" * 50, b" " * 50,
]  # fmt: skip


def seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*.vcf"))] + [GOOD * 3]


def mutated(source: random.Random, seed: bytes, others: list[bytes]) -> bytes:
    data = bytearray(seed)
    for _ in range(source.randint(1, 8)):
        start = source.randrange(len(data) + 1)
        end = min(len(data), start + source.choice((0, 1, 2, 5, 40, 400)))
        match source.randrange(5):
            case 0:
                data[start:end] = b""
            case 1:
                data[start:end] = source.choice(TOKENS)
            case 2:
                data[start:start] = source.choice(TOKENS) * source.choice((1, 1, 2, 30))
            case 3:
                data[start:end] = source.randbytes(end - start)
            case _:
                other = source.choice(others)
                cut = source.randrange(len(other))
                data[start:end] = other[cut : cut + source.choice((3, 30, 300))]
        if source.random() < 0.02:
            del data[source.randrange(len(data) + 1) :]
    return bytes(data)


def test_no_mutation_escapes() -> None:
    """RAPPORT_FUZZ says how many inputs; what is read can be kept, and written and read again."""
    source = random.Random(20260419)
    originals = seeds()
    for number in range(FUZZ):
        data = mutated(source, source.choice(originals), originals)
        begun = time.monotonic()
        try:
            for item in read_vcards(data):
                if isinstance(item, ParsedContact) and item.details.shown_name:
                    checked(item.details)
                if isinstance(item, ParsedContact) and number % 4 == 0:
                    text = write_vcard(item.details, item.uid, "4.0" if number % 8 else "3.0", photo=item.photo)
                    assert len(list(read_vcards(text.encode()))) == 1
        except Exception as error:
            raise AssertionError(f"input {number}: {data!r}") from error
        assert time.monotonic() - begun < 5, number


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_card_costs_no_other(seed: int) -> None:
    source = random.Random(seed)
    damaged = mutated(source, GOOD, [GOOD])
    if b"BEGIN" in damaged.upper()[5:] or b"AGENT" in damaged.upper() or damaged.startswith((b"\xff\xfe", b"\xef")):
        damaged = GOOD
    found = list(read_vcards(GOOD * 2 + damaged.replace(b"\0", b"") + b"\r\n" + GOOD * 2))
    names = [item.details.shown_name for item in found if isinstance(item, ParsedContact)]
    assert names[:2] == ["Good", "Good"]
    assert names[-2:] == ["Good", "Good"]


HOSTILE = {
    "one endless line": b"BEGIN:VCARD\nNOTE:" + b"a" * 3_000_000 + b"\nEND:VCARD\n",
    "endless folding": b"BEGIN:VCARD\nNOTE:" + b"\n a" * 500_000 + b"\nEND:VCARD\n",
    "endless soft breaks": b"BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=QUOTED-PRINTABLE:"
    + b"=\n" * 500_000
    + b"\nEND:VCARD\n",
    "endless backslashes": b"BEGIN:VCARD\nN:" + b"\\;" * 400_000 + b"\nEND:VCARD\n",
    "endless separators": b"BEGIN:VCARD\nN:" + b";" * 900_000 + b"\nCATEGORIES:" + b"a," * 400_000 + b"\nEND:VCARD\n",
    "endless parameters": b"BEGIN:VCARD\nTEL" + b";a=b" * 400_000 + b":1\nEND:VCARD\n",
    "endless quotes": b"BEGIN:VCARD\nTEL;X=" + b'"' * 400_001 + b":1\nEND:VCARD\n",
    "endless lines": b"BEGIN:VCARD\n" + b"X:1\n" * 200_000 + b"END:VCARD\n",
    "endless nesting": b"BEGIN:VCARD\nFN:A\n" * 15_000,
    "endless nested cards": b"BEGIN:VCARD\n" + b"X:1\nBEGIN:VCARD\nFN:A\nEND:VCARD\n" * 20_000,
    "endless agents": b"BEGIN:VCARD\n" + b"AGENT:\nBEGIN:VCARD\nFN:A\nEND:VCARD\n" * 50_000,
    "endless ends": b"END:VCARD\n" * 200_000,
    "endless blank lines": b"\n" * 2_000_000 + GOOD,
    "endless returns": b"\r" * 2_000_000 + GOOD,
    "endless blanks": b"BEGIN:VCARD" + b" " * 2_000_000 + b"\nFN:A\nEND:VCARD\n",
    "endless groups": b"BEGIN:VCARD\n"
    + b"".join(b"a%d.TEL:%d\na%d.X-ABLabel:x\n" % (n, n, n) for n in range(2_000))
    + b"END:VCARD\n",
    "endless text outside": b"hello\n" * 500_000 + GOOD,
    "mixed case ends": b"begin:vcard\nFN:A\nend:vcard\n" * 20_000,
    "not UTF-8": b"BEGIN:VCARD\nNOTE:" + b"\xff\x80" * 100_000 + b"\nEND:VCARD\n",
    "endless steps": b"".join(b" " * n + b"BEGIN:VCARD\n" + b" " * n + b"END:VCARD\n" for n in range(1_100)),
    "endless values": b"BEGIN:VCARD\n"
    + b"".join(
        (b"URL:" + sign * 900 + b"a b\nEMAIL:" + sign * 900 + b"\nTEL:1" + sign * 900 + b"\n") * 200
        for sign in (b"\\n", b"\\,", b" ", b"1 ", b"; ", b"a@b,", b"1234567,")
    )
    + b"END:VCARD\n",
    "carets": b"BEGIN:VCARD\nTEL;X=" + b"^" * 8_000 + b":1\nEND:VCARD\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name: str) -> None:
    begun = time.process_time()
    found = sum(1 for _ in read_vcards(HOSTILE[name]))
    assert time.process_time() - begun < 5
    assert found or name == "endless ends"


class _Endless(io.RawIOBase):
    """A stream made on the fly, so that the file itself takes no memory."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size:
            part = next(self._parts, b"")
            if not part:
                break
            self._rest += part
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def test_memory_does_not_grow_with_the_file() -> None:
    def parts(count: int) -> Iterator[bytes]:
        for number in range(count):
            yield GOOD.replace(b"FN:Good", b"FN:Good%d\r\nitem%d.TEL:%d\r\nX-%d:1" % (number, number, number, number))

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_vcards(_Endless(parts(count)))) == count  # type: ignore[arg-type]
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(3_000) < peak(1_000) * 1.3 + 1_000_000


def test_a_card_beyond_all_measure_is_listed_and_the_next_is_read() -> None:
    def parts() -> Iterator[bytes]:
        yield b"BEGIN:VCARD\nFN:Huge\nPHOTO;ENCODING=b:"
        for _ in range(MAX_CARD // CHUNK + 4):
            yield b"A" * CHUNK + b"\n "
        yield b"\nEND:VCARD\n" + GOOD

    huge, good = read_vcards(_Endless(parts()))  # type: ignore[arg-type]
    assert isinstance(huge, FailedItem)
    assert "longer than" in huge.reason
    assert "FN:Huge" in huge.source_text
    assert len(huge.source_text) < 10_000
    assert isinstance(good, ParsedContact)


def test_a_large_picture_is_read() -> None:
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:A\nPHOTO;ENCODING=b;TYPE=JPEG:" + b"/9j/" * 2_000_000 + b"\nEND:VCARD\n"
    (found,) = read_vcards(card)
    assert isinstance(found, ParsedContact)
    assert found.photo is not None
    assert len(found.photo.data) == 6_000_000


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as caught:
        list(read_vcards(tmp_path / "none.vcf"))
    assert str(tmp_path) in str(caught.value)
