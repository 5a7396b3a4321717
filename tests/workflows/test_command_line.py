"""The whole path through the command line and the services: people, an event, three meetings, follow-ups, a calendar.

What comes out is read by programs that are not ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import vobject

from planner.app import Planner
from planner.events import defaults
from planner.events.meetings import Met, WrapUp
from planner.events.records import EventKind, Outcome, PreparationKind, SessionDetails, Wish
from planner.paths import DataFolder
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide

ROOT = Path(__file__).resolve().parents[2]

CARDS = """BEGIN:VCARD
VERSION:3.0
UID:ingrid
FN:Ingrid Vale
N:Vale;Ingrid;;;
ORG:Norrvolt
TITLE:CTO
EMAIL;TYPE=WORK:ingrid@norrvolt.example
X-SHOE-SIZE:39
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Kofi Danso
ORG:Recell
TEL;TYPE=CELL:+44 7700 900104
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Łukasz Zieliński
EMAIL:lukasz@warta.example
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ferrer;Luc=C3=ADa
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Luc=C3=ADa Ferrer
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Mara Lindqvist
ORG:Halden Labs
EMAIL:mara@halden.example
END:VCARD
"""

PITCH = (
    "I help plants cut scrap without new machines. Last year we did it at two sites with the sensors they had. "
    "I'm looking for a third that wants to measure it in the open."
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def rapport(data: Path, *arguments: object, expect: int = 0) -> Any:
    """Run the command in a process of its own, and return its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "planner.cli", *map(str, arguments), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "RAPPORT_DATA_DIR": str(data), "PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return json.loads(done.stdout)


def ids(planner: Planner) -> dict[str, int]:
    """The number of everyone, by name."""
    return {row.name: row.id for row in planner.contact_queries.rows(planner.contact_queries.find())}


def prepare(data: Path) -> int:
    """An event that began this morning, with an agenda, a pitch, and three people to meet."""
    with Planner(DataFolder(data)) as planner:
        people, today = ids(planner), planner.clock.today()
        details = defaults.new_event(EventKind.CONFERENCE, "Grid Days", today, planner.clock.zone)
        event = planner.events.add(details).new("event")
        planner.events.set_text(event, aim="Find two people who run battery pilots.")
        planner.events.pitches.add("leaders", PITCH, 60, event_id=event)
        starts = planner.clock.at(today, time(9, 15))
        planner.events.agenda.add(
            event,
            SessionDetails(
                "Batteries that last",
                starts,
                starts + timedelta(minutes=45),
                room="Hall 2",
                marked=True,
                speakers=("Ingrid Vale",),
            ),
        )
        for name, wish in (("Ingrid Vale", Wish.MUST), ("Kofi Danso", Wish.WOULD), ("Łukasz Zieliński", Wish.WOULD)):
            planner.events.people.add(event, (people[name],), wish)
        (ingrid, *_) = planner.event_queries.attendances(event)
        planner.events.people.add_items(ingrid.id, PreparationKind.TALKING_POINT, ("Her May post on hiring",))
        planner.events.people.add_items(ingrid.id, PreparationKind.QUESTION, ("What would you measure first?",))
    return event


def meet_three(data: Path, event: int) -> None:
    """Log three meetings, one with a promise, and wrap up."""
    with Planner(DataFolder(data)) as planner:
        people, today = ids(planner), planner.clock.today()
        promise = PromiseDraft(PromiseSide.MINE, "send the retention paper", today + timedelta(days=2))
        planner.events.meetings.log_met(
            Met(event, (people["Ingrid Vale"],), said="Wants the numbers.", promises=(promise,))
        )
        planner.events.meetings.log_met(Met(event, (people["Kofi Danso"],), said="Has a pilot."))
        planner.events.meetings.log_met(Met(event, names=("Noor Osman",), said="Maps outages."))
        met = [one.id for one in planner.event_queries.attendances(event) if one.outcome is Outcome.MET]
        plan = planner.event_queries.get(event).details.plan_id
        proposals = planner.event_queries.proposals(event, met, plan)
        assert (len(met), len(proposals)) == (3, 9)  # thank, connect, check in
        planner.events.meetings.wrap_up(event, WrapUp("Two pilots to visit.", followups=proposals))


@pytest.mark.workflow
@pytest.mark.slow
def test_from_five_cards_to_a_calendar(data: Path, tmp_path: Path, icaljs: Any) -> None:
    # Five people.
    cards = tmp_path / "cards.vcf"
    cards.write_text(CARDS, encoding="utf-8")
    assert rapport(data, "import", cards)["new"] == 5
    found = rapport(data, "people", "lucia")
    assert [person["name"] for person in found["people"]] == ["Lucía Ferrer"]

    # An event, and its brief.
    event = prepare(data)
    rapport(data, "brief", "grid days", tmp_path / "brief.pdf")
    words = pdf_text(tmp_path / "brief.pdf")
    for expected in ("Grid Days", "battery pilots", "I help plants cut scrap", "Ingrid Vale", "Batteries that last"):
        assert expected in words
    assert "What would you measure first?" in words
    rapport(data, "brief", event, tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "Her May post on hiring" in page
    assert "<script" not in page
    assert "http://" not in page

    # Three meetings, a promise, and what follows from the plan.
    meet_three(data, event)
    due = rapport(data, "due", "--all")["followups"]
    promised = next(entry for entry in due if entry["kind"] == "promise")
    assert promised["headline"] == "Send Ingrid Vale the retention paper you promised"
    assert {person["name"] for entry in due for person in entry["people"]} == {
        "Ingrid Vale",
        "Kofi Danso",
        "Noor Osman",
    }

    # Into the calendar.
    told = rapport(data, "export", "calendar", tmp_path / "out.ics")
    assert told["new"] == len(due) + 2  # the event and the marked session
    entries = read_calendar(icaljs, tmp_path / "out.ics")
    assert len(entries) == told["new"]
    paper = entries[promised["uid"]]
    assert paper["summary"] == "Send the retention paper · Ingrid Vale"
    assert "mailto:ingrid@norrvolt.example" in paper["description"]
    assert paper["url"] == f"rapport:followup/{promised['uid']}"

    # Work the queue; the calendar hears of it, and of nothing else.
    with Planner(DataFolder(data)) as planner:
        planner.followups.done((promised["id"],), "sent it by email")
        dropped = next(entry for entry in due if entry["id"] != promised["id"])
        planner.followups.drop((dropped["id"],))
        assert planner.relation_queries.promises(ids(planner)["Ingrid Vale"])[0].state == "kept"
    told = rapport(data, "export", "calendar", tmp_path / "later.ics")
    assert (told["new"], told["changed"], told["cancelled"]) == (0, 1, 1)
    later = read_calendar(icaljs, tmp_path / "later.ics")
    assert later[promised["uid"]]["summary"] == "✓ Send the retention paper · Ingrid Vale"
    assert (later[dropped["uid"]]["status"], later[dropped["uid"]]["sequence"]) == ("CANCELLED", 1)

    # Everything can be carried away, and comes back.
    rapport(data, "export", "contacts", tmp_path / "all.vcf")
    read = {card.fn.value: card for card in vobject.readComponents((tmp_path / "all.vcf").read_text(encoding="utf-8"))}
    assert set(read) == {
        "Ingrid Vale",
        "Kofi Danso",
        "Łukasz Zieliński",
        "Lucía Ferrer",
        "Mara Lindqvist",
        "Noor Osman",
    }
    assert read["Ingrid Vale"].x_shoe_size.value == "39"
    rapport(data, "backup", tmp_path / "backup.sqlite")
    assert rapport(tmp_path / "new", "restore", tmp_path / "backup.sqlite")["contacts"] == 6
    assert rapport(tmp_path / "new", "check")["sound"]
    assert rapport(tmp_path / "new", "people")["total"] == 6

    # And every step can be taken back.
    with Planner(DataFolder(data)) as planner:
        planner.history.undo_to(planner.history.recent(1000)[-1].id)
        assert (planner.contact_queries.count(), len(planner.event_queries.upcoming())) == (0, 0)
    assert rapport(data, "check")["sound"]


def pdf_text(path: Path) -> str:
    """All words of a PDF, lines joined, as another program reads them."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def read_calendar(icaljs: Any, path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a calendar file by UID, each with its properties' first values, as ical.js reads them."""
    (calendar,) = icaljs.parse_ics(path)
    found = [
        {name: values[0] for name, _, _, *values in component[1]}
        for component in calendar[2]
        if component[0] in ("vevent", "vtodo")
    ]
    return {str(entry["uid"]): entry for entry in found}
