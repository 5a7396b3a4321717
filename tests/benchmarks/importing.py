"""Importing vCards to the end - read, looked up, written, indexed - against what vobject needs to read the same cards.

Processor time is compared, each in a process of its own, since the wall's depends on what else the machine does.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.people import ENDING, FAMILY, GIVEN, KIND, ORGANISATION, ROOT, TITLE
from tests.benchmarks.results import Result

FEW, MANY = 10_000, 100_000
#: A third of the time that vobject takes alone.
SHARE = 1 / 3
#: Ten times as many may take so many times as long: an index is a little deeper then.
LINEAR = 1.3 * MANY / FEW

_OURS = """
import json, sys, time
from pathlib import Path
from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder
from tests.benchmarks.child import peak
with Planner(DataFolder(Path(sys.argv[2])), FixedClock()) as planner:
    # A dry run of one card brings in whatever has to be imported, as the other library's import is not timed either.
    one = Path(sys.argv[1]).open("rb").read(2_000).partition(b"END:VCARD")[0] + b"END:VCARD\\r\\n"
    assert len(tuple(planner.card_import.look(planner.card_reader.people(one)))) == 1
    before, start, wall = peak() / 1024, time.process_time(), time.perf_counter()
    _, items = planner.card_import.run(planner.card_reader.people(Path(sys.argv[1])), "import")
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    new = sum(item.outcome == "new" for item in items)
    print(json.dumps({"seconds": seconds, "wall": wall, "memory": peak() / 1024 - before, "count": new}))
"""
_LOOKED = """
import json, sys
from pathlib import Path
from planner.app import Planner
from planner.clock import FixedClock
from planner.paths import DataFolder
from ui.cards.import_rows import ImportRows
from tests.benchmarks.child import peak
with Planner(DataFolder(Path(sys.argv[2])), FixedClock()) as planner:
    before = peak() / 1024
    rows = ImportRows(planner.card_import.look(planner.card_reader.people(Path(sys.argv[1]))))
    print(json.dumps({"memory": peak() / 1024 - before, "count": len(rows)}))
"""
_VOBJECT = """
import json, sys, time
import vobject
start, wall, count = time.process_time(), time.perf_counter(), 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for card in vobject.readComponents(file):
        count += 1
print(json.dumps({"seconds": time.process_time() - start, "wall": time.perf_counter() - wall, "count": count}))
"""


def card(serial: int, dice: random.Random, photo: str = "") -> str:
    """A card as phones and mail programs write them: two emails, two numbers, an address, a page, now and then more."""
    given, family = dice.choice(GIVEN), dice.choice(FAMILY) + dice.choice(("", dice.choice(ENDING)))
    organisation = f"{dice.choice(ORGANISATION)} {dice.choice(KIND)}"
    domain = f"{organisation.split(maxsplit=1)[0].lower()}.example"
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:urn:uuid:00000000-0000-4000-8000-{serial:012d}",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        f"ORG:{organisation}",
        f"TITLE:{dice.choice(TITLE)}",
        f"EMAIL;TYPE=WORK:p{serial}@{domain}",
        f"EMAIL;TYPE=HOME:p{serial}@mail.example",
        f"TEL;TYPE=CELL:+44 7700 9{serial:06d}",
        f"TEL;TYPE=WORK,VOICE:+49 30 {1_000_000 + serial}",
        f"ADR;TYPE=WORK:;;{serial % 300} High Street;Leeds;;LS1 {serial % 9}AA;United Kingdom",
        f"URL:https://{domain}/people/{serial}",
        *([f"NOTE:Met at a fair in hall {serial % 17}\\, talked about grids."] if serial % 3 == 0 else []),
        *([f"BDAY:19{50 + serial % 40}-0{1 + serial % 9}-1{serial % 9}"] if serial % 4 == 0 else []),
        *([photo] if photo else []),
        "REV:2024-05-01T10:00:00Z",
        "END:VCARD",
    ]
    return "\r\n".join(lines) + "\r\n"


def write(path: Path, count: int) -> Path:
    """A file of so many cards, always the same."""
    dice = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        for serial in range(count):
            file.write(card(serial, dice))
    return path


def _asked(script: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-c", script, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(rounds: int) -> list[Result]:
    """The best of a few imports of 10,000 cards, one of 100,000, and vobject in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = write(folder / "few.vcf", FEW), write(folder / "many.vcf", MANY)
        ours, alone = [], []
        for turn in range(max(2, min(rounds, 4))):
            ours.append(_asked(_OURS, str(few), str(folder / f"data-{turn}")))
            alone.append(_asked(_VOBJECT, str(few)))
        large = _asked(_OURS, str(many), str(folder / "data-many"))
        few_seen, many_seen = (_asked(_LOOKED, str(one), str(folder / "data-looked")) for one in (few, many))
        assert (few_seen["count"], many_seen["count"]) == (FEW, MANY)
        assert all(one["count"] == FEW for one in (*ours, *alone))
        assert large["count"] == MANY
    best, least = min(float(one["seconds"]) for one in ours), min(float(one["seconds"]) for one in alone)
    memory = min(float(one["memory"]) for one in ours)
    return [
        Result(f"importing {FEW:,} vCards, to the end", "s", best, SHARE, least, "vobject, reading alone"),
        Result(f"the same, growth to {MANY:,} vCards", "s", large["seconds"], LINEAR, best, f"{FEW:,} vCards"),
        Result("memory while importing, beyond what the outcomes take", "MB", large["memory"], 150),
        Result(f"memory for {FEW:,} vCards", "MB", memory, 100),
        Result(f"memory of the table of {FEW:,} vCards", "MB", few_seen["memory"], 60),
        Result(f"the same, growth to {MANY:,} vCards", "MB", many_seen["memory"] - few_seen["memory"], 40),
    ]
