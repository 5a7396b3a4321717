"""Mutated inputs for every reader: how many, how long the slowest took, and the memory it came to.

`python -m tests.benchmarks.fuzzing [READER…] [--count 200000] [--seed 1]` runs them, and ends with 1 where a reader
raises, takes over five seconds for one input, or comes to more than 300 MB. The tests run the first few of each.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from planner.cards import code_contents, fields, signature
from planner.cards.contact_fields import details_of
from planner.cards.records import Box, Line, Reading
from planner.contacts.checking import checked
from planner.contacts.csv_files import preview, read_csv
from planner.contacts.records import ContactDetails, ParsedContact
from planner.contacts.salvaging import salvaged
from planner.contacts.vcard import read_vcards
from planner.errors import Invalid
from tests.benchmarks import fuzzing_calendars

SECONDS, MEGABYTES = 5.0, 300

SIGNATURE = (
    "Kind regards,\n\nDr. Ingrid Vale\nHead of Data | Norrvolt AB\nStorgatan 12, 211 42 Malmö, Sweden\n"
    "T +46 40 123 456 · M: +46 70 123 45 67\ningrid.vale@norrvolt.example | www.norrvolt.example\n"
    "linkedin.com/in/ingrid-vale\nSent from my phone\n"
)
CODES = (
    "MECARD:N:Vale,Ingrid;TEL:+4640123456;EMAIL:ingrid@norrvolt.example;ADR:,,Storgatan 12,Malmö,,21142,Sweden;;",
    "BIZCARD:N:Ingrid;X:Vale;T:CTO;C:Norrvolt;A:Storgatan 12;B:+4640123456;E:ingrid@norrvolt.example;;",
    "BEGIN:VCARD\nVERSION:3.0\nN:Vale;Ingrid\nTEL;TYPE=CELL:+46701234567\nEND:VCARD",
    "mailto:ingrid@norrvolt.example?subject=Hi&cc=a%40b.example",
    "MATMSG:TO:ingrid@norrvolt.example;SUB:Hi;BODY:You;;",
    "tel:+46-40-123-456;ext=7",
    "smsto:+4640123456:Hello",
    "https://www.linkedin.com/in/ingrid-vale?trk=qr",
    "WIFI:T:WPA;S:net;P:secret;;",
    "00QRCODE-1234567890",
)
VCARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Vale;=C3=85sa\r\nTEL;CELL:+46701\r\n"
    "AGENT:\r\nBEGIN:VCARD\r\nN:Ek\r\nEND:VCARD\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\n\r\nitem1.X-ABLabel:x\r\nEND:VCARD\r\n"
)
TABLE = 'First Name,Last Name,E-mail 1 - Value,Birthday,Notes\n"Åsa","Vale",a@b.example,--03-07,"a\nb"\n'
_PIECES = (
    "",
    "\n",
    "\r\n",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "|",
    "@",
    "@@",
    ".",
    "..",
    "/",
    "//",
    "\\",
    "\\;",
    '"',
    "'",
    "=",
    "%",
    "%zz",
    "+",
    "++49",
    "(0)",
    "0" * 40,
    "9" * 400,
    "a" * 3_000,
    "a@" * 200,
    "www." * 50,
    "http://",
    "://",
    "\x00",
    "\x1b",
    "\u200b",
    "\u202e",
    "\ud800",
    "\ufeff",
    "\U0001f600",
    "ﬁ",
    "İ",
    "ß",
    "安藤",
    "שלום",
    "ο",
    "Tel",
    "Fax:",
    "GmbH",
    "&",
    "--",
    "N:",
    "BEGIN:VCARD",
    "END:VCARD",
    ";;",
    "CEO ",
    "Dr. ",
    "12345 ",
    "\n\n\n",
    "- " * 300,
    "linkedin.com/in/",
    "=\r\n",
    "\xff",
)


def mutated(dice: random.Random, text: str) -> str:
    """The text with a few changes a scanner, a mail program or someone mean might make."""
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((0, 0, 1, 2, 5, 30, 200)))
        match dice.randrange(4):
            case 0:
                piece = ""
            case 1:
                piece = dice.choice(_PIECES)
            case 2:
                piece = text[start:end] * dice.choice((2, 3, 20))
            case _:
                piece = "".join(chr(dice.choice((dice.randrange(32, 127), dice.randrange(0x3000)))) for _ in range(3))
        text = text[:start] + piece + text[end:]
    return text


def _kept(details: ContactDetails) -> None:
    """What was read can be kept, or is refused by name."""
    try:
        checked(salvaged(details)[0])
    except Invalid:
        return


def vcard(dice: random.Random) -> None:
    """A vCard file, its bytes."""
    for item in read_vcards(mutated(dice, VCARD).encode("utf-8", "surrogatepass")):
        if isinstance(item, ParsedContact):
            _kept(item.details)


def table(dice: random.Random) -> None:
    """A CSV file, its bytes."""
    data = mutated(dice, TABLE).encode("utf-8", "surrogatepass")
    for item in read_csv(data, preview(data).mapping):
        if isinstance(item, ParsedContact):
            _kept(item.details)


def code(dice: random.Random) -> None:
    """What a QR code holds."""
    found = code_contents.understood(mutated(dice, dice.choice(CODES)), "code")
    if isinstance(found, Reading):
        _kept(details_of(found))


def text(dice: random.Random) -> None:
    """The end of an email."""
    signature.read(mutated(dice, SIGNATURE), dice.choice(("", "SE", "DE", "US")))


def lines(dice: random.Random) -> None:
    """Lines as they were read from a photo, at places that need make no sense."""
    found = []
    for words in mutated(dice, SIGNATURE).splitlines():
        left, top, width, height = (dice.randrange(0, 2_000) for _ in range(4))
        box = Box.upright(left, top, left + width, top + height) if dice.random() < 0.9 else None
        again = dice.choice((None, words, mutated(dice, words)))
        found.append(Line(words, box, dice.random(), again))
    fields.understood(found, dice.choice(("", "SE", "DE", "US")))


READERS: dict[str, Callable[[random.Random], None]] = {
    "vcard": vcard,
    "csv": table,
    "code": code,
    "text": text,
    "lines": lines,
    "calendar": fuzzing_calendars.calendar,
    "schedule": fuzzing_calendars.schedule,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run went: processor seconds of all and of the slowest, which that was, and the most memory in MB.

    The processor's own time, so that other programs at work beside it make nothing slow.
    """

    count: int
    seconds: float
    slowest: float
    number: int
    memory: float


def run(reader: str, count: int, seed: int = 1) -> Outcome:
    """Give a reader so many inputs. An exception is raised again, with the seed of the input that brings it back."""
    read, begun, slowest = READERS[reader], time.process_time(), (0.0, 0)
    for number in range(count):
        start = time.process_time()
        try:
            read(random.Random(f"{seed} {reader} {number}"))
        except Exception as error:
            raise AssertionError(f"{reader}: input {number} of seed {seed}") from error
        slowest = max(slowest, (time.process_time() - start, number))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(count, time.process_time() - begun, *slowest, memory)


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(prog="fuzzing", description="Gives readers mutated inputs.")
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], help="only these")
    parser.add_argument("--count", type=int, default=200_000, help="inputs for each")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    good = True
    for reader in arguments.readers or READERS:
        found = run(reader, arguments.count, arguments.seed)
        good = good and found.slowest < SECONDS and found.memory < MEGABYTES
        print(
            f"{reader}: {found.count:,} inputs in {found.seconds:.0f} s, "
            f"the slowest ({found.number}) {found.slowest:.2f} s, {found.memory:.0f} MB",
            flush=True,
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
