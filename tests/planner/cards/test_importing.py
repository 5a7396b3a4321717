"""Importing files: every item is accounted for, and only what can't be wrong is merged by itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app import Planner
from planner.cards import importing
from planner.cards.outcomes import ImportItem, Outcome
from planner.cards.records import Failed, Reading
from planner.contacts.records import ContactDetails, Email, Phone
from planner.errors import Cancelled
from planner.events.records import EventDetails, EventKind
from planner.store import integrity


def card(name: str, *lines: str, uid: str = "") -> str:
    given, _, family = name.partition(" ")
    extra = "".join(f"{line}\n" for line in lines) + (f"UID:{uid}\n" if uid else "")
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{family};{given};;;\n{extra}END:VCARD\n"


def found(planner: Planner, *cards: str) -> Iterator[Reading | Failed]:
    return planner.card_reader.people("".join(cards).encode(), "people.vcf")


def run(planner: Planner, *cards: str) -> tuple[ImportItem, ...]:
    looked = tuple(planner.card_import.look(found(planner, *cards)))
    _, items = planner.card_import.run(found(planner, *cards), "import")
    # A dry run says the same as the import does.
    assert [item.outcome for item in looked] == [item.outcome for item in items]
    assert all(item.id is None for item in looked if item.outcome is Outcome.NEW)
    return items


@pytest.fixture
def ingrid(planner: Planner) -> int:
    details = ContactDetails(
        given="Ingrid",
        family="Vale",
        organisation="Norrvolt",
        emails=(Email("ingrid@norrvolt.example"),),
        phones=(Phone("+46 40 123 456"),),
    )
    return planner.contacts.add(details, uid="vale-1").new("contact")


CASES = [
    (card("Tom Ekdahl", "EMAIL:tom@norrvolt.example"), Outcome.NEW, "", False),
    (card("Ingrid Vale", "EMAIL:Ingrid@Norrvolt.example"), Outcome.KNOWN, "same email address", True),
    (card("Ingrid Vale", "ORG:Norrvolt", uid="vale-1"), Outcome.KNOWN, "", True),
    (card("Ingrid Vale", "EMAIL:ingrid@norrvolt.example", "TITLE:CTO"), Outcome.MERGED, "same email address", True),
    (
        card("Ingrid Vale", "EMAIL:ingrid@norrvolt.example", "ORG:Quillstone"),
        Outcome.DOUBTFUL,
        "not all is the same",
        True,
    ),
    (
        card("Inga Vahl", "EMAIL:ingrid@norrvolt.example"),
        Outcome.DOUBTFUL,
        "same email address, but another name: Ingrid Vale",
        True,
    ),
    (card("Tom Ekdahl", "TEL:+4640123456"), Outcome.NEW, "", False),
    (card("Ingrid Vale", "TEL:+4640123456", "TITLE:CTO"), Outcome.DOUBTFUL, "same phone number", True),
    (card("Ingrid Vale"), Outcome.NEW, "", False),
    ("BEGIN:VCARD\nEND:VCARD\n", Outcome.FAILED, "empty", False),
]


@pytest.mark.parametrize(("text", "outcome", "reason", "known"), CASES)
def test_what_becomes_of_an_item(
    planner: Planner, ingrid: int, text: str, outcome: Outcome, reason: str, known: bool
) -> None:
    (item,) = run(planner, text)
    assert item.outcome is outcome
    assert reason in item.reason
    assert (item.id == ingrid) is known
    assert planner.contact_queries.count() == (2 if outcome is Outcome.NEW else 1)
    assert planner.cards_waiting.count().waiting == (1 if outcome is Outcome.DOUBTFUL else 0)
    title = planner.contact_queries.get(ingrid).details.title
    assert title == ("CTO" if outcome is Outcome.MERGED else "")


def test_one_bad_card_costs_nothing_and_all_is_one_step(planner: Planner) -> None:
    items = run(planner, card("A B"), "BEGIN:VCARD\nEND:VCARD\n", card("C D"), card("A B"))
    assert [item.outcome for item in items] == [Outcome.NEW, Outcome.FAILED, Outcome.NEW, Outcome.KNOWN]
    assert [item.position for item in items] == [1, 2, 3, 4]
    assert planner.contact_queries.count() == 2
    planner.history.undo()
    assert planner.contact_queries.count() == 0


def test_whom_you_met_at_an_event(planner: Planner, ingrid: int) -> None:
    start = planner.clock.now()
    event = planner.events.add(EventDetails("Meetup", EventKind.MEETUP, start, start)).new("event")
    planner.card_import.run(
        found(planner, card("Tom Ekdahl"), card("Ingrid Vale", uid="vale-1")), "import", event_id=event
    )
    assert {one.outcome for one in planner.event_queries.attendances(event)} == {"met"}
    assert len(planner.event_queries.attendances(event)) == 2


def test_a_thousand_and_more(planner: Planner) -> None:
    heard: list[tuple[int, int]] = []
    cards = [card(f"Given{at} Family{at}", f"EMAIL:p{at}@norrvolt.example") for at in range(1_100)]
    _, items = planner.card_import.run(
        found(planner, *cards), "import", progress=lambda done, total: heard.append((done, total)), total=1_100
    )
    assert {item.outcome for item in items} == {Outcome.NEW}
    assert heard == [(1_000, 1_100), (1_100, 1_100)]
    again = [item.outcome for item in planner.card_import.look(found(planner, *cards))]
    assert set(again) == {Outcome.KNOWN}


def test_a_stop_leaves_everything_as_it_was(planner: Planner) -> None:
    was = gc.isenabled()
    with pytest.raises(Cancelled):
        planner.card_import.run(found(planner, card("A B")), "import", stop=lambda: True)
    assert planner.contact_queries.count() == 0
    assert gc.isenabled() is was


def test_doubtful_text_waits_and_sure_text_goes_in(planner: Planner, tmp_path: Path) -> None:
    sure = "Ingrid Vale\nNorrvolt AB\ningrid.vale@norrvolt.example"
    doubtful = "Tom Ekdahl\nNorrvolt AB\ntom.ekdahl@norrvo1t.example"
    readings = [*planner.card_reader.items(sure), *planner.card_reader.items(doubtful)]
    _, items = planner.card_import.run(readings, "import")
    assert [item.outcome for item in items] == [Outcome.NEW, Outcome.DOUBTFUL]
    assert "check email" in items[1].reason
    assert [row.name for row in planner.card_queries.waiting()] == ["Tom Ekdahl"]


def test_people_of_one_file_who_share_a_number_are_different_people(planner: Planner) -> None:
    cards = [card(f"Given{at} Family{at}", "TEL:+4640123456", "EMAIL:office@norrvolt.example") for at in range(9)]
    assert {item.outcome for item in run(planner, *cards)} == {Outcome.NEW}
    # And who was told apart once is known by all that is said.
    assert {item.outcome for item in run(planner, *cards)} == {Outcome.KNOWN}


def test_someone_who_comes_again_in_a_file_is_one(planner: Planner) -> None:
    first = card("Tom Ekdahl", "EMAIL:tom@norrvolt.example")
    fuller = card("Tom Ekdahl", "EMAIL:tom@norrvolt.example", "TITLE:CTO")
    other = card("Tom Ekdahl", "EMAIL:tom@norrvolt.example", "TITLE:Buyer")
    items = run(planner, first, fuller, first, other)
    assert [item.outcome for item in items] == [Outcome.NEW, Outcome.MERGED, Outcome.KNOWN, Outcome.DOUBTFUL]
    assert items[2].reason == "it comes twice"
    (id,) = planner.contact_queries.find("")
    assert {item.id for item in items} == {id}
    assert planner.contact_queries.get(id).details.title == "CTO"


def test_who_comes_again_is_one_however_much_came_in_between(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    first = card("Tom Ekdahl", "EMAIL:tom@norrvolt.example")
    fuller = card("Tom Ekdahl", "EMAIL:tom@norrvolt.example", "EMAIL:te@norrvolt.example", "TITLE:Buyer")
    by_new = card("Tom Ekdahl", "EMAIL:te@norrvolt.example")
    others = [card(f"Given{at} Family{at}", f"EMAIL:p{at}@norrvolt.example") for at in range(8)]
    nameless = card("Bo Dahl")
    cards = (first, nameless, *others[:4], fuller, *others[4:], by_new, nameless)
    items = run(planner, *cards)
    told = [item.outcome for item in items if item.name in ("Tom Ekdahl", "Bo Dahl")]
    assert told == [Outcome.NEW, Outcome.NEW, Outcome.MERGED, Outcome.KNOWN, Outcome.KNOWN]
    assert planner.contact_queries.count() == 10
    assert [row.name for row in planner.contact_queries.rows(planner.contact_queries.find("buyer"))] == ["Tom Ekdahl"]
    assert integrity.check(planner.store).findings == ()
    assert {item.outcome for item in run(planner, *cards)} == {Outcome.KNOWN}


def test_who_has_but_a_name_is_known_by_it_alone_where_all_is_the_same(planner: Planner) -> None:
    assert [item.outcome for item in run(planner, card("Bo Dahl"), card("Bo Dahl", "NOTE:Other"))] == [Outcome.NEW] * 2
    again = run(planner, card("Bo Dahl", "NOTE:Other"), card("Bo Dahl"))
    assert [(item.outcome, item.reason) for item in again] == [(Outcome.KNOWN, "the same in every field")] * 2


def test_a_table_is_read_while_it_is_written(planner: Planner, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("Name,Mail\nAnn Berg,ann@berg.example\n")
    _, items = planner.card_import.run(planner.card_reader.people(path), "import")
    assert [item.name for item in items] == ["Ann Berg"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
        ("<!DOCTYPE html><p>Ann Berg ann@berg.example", "a web page"),
        ('<?xml version="1.0"?><a>Ann Berg</a>', "XML"),
        ('{"name": "Ann Berg", "mail": "ann@berg.example"}', "JSON"),
    ],
)
def test_what_is_no_file_of_contacts_says_what_it_is(planner: Planner, tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "some.txt"
    path.write_text(text)
    (item,) = planner.card_import.look(planner.card_reader.people(path))
    assert item.outcome is Outcome.FAILED
    assert reason in item.reason


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(planner: Planner, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.vcf")
    (item,) = planner.card_import.look(planner.card_reader.people(tmp_path / "pipe.vcf"))
    assert item.reason == "it is no file"


def test_a_dry_run_of_many_says_what_the_import_does_and_keeps_nobody(planner: Planner, ingrid: int) -> None:
    """Over several batches: who came earlier is known, with what was added to them since, here and in the file."""
    cards = [
        card("Ingrid Vale", "EMAIL:ingrid@norrvolt.example", "URL:https://norrvolt.example/people/ingrid"),
        card("Tom Ekdahl", "EMAIL:tom@norrvolt.example"),
        card("Only A. Name"),
        *(card(f"Given{at} Family{at}", f"EMAIL:p{at}@norrvolt.example") for at in range(1_200)),
        card("Tom Ekdahl", "EMAIL:tom@norrvolt.example", "EMAIL:tom@home.example"),
        card("Ingrid Vale", "URL:https://norrvolt.example/people/ingrid"),
        card("Only A. Name"),
        *(card(f"Given{at} Later{at}", f"EMAIL:q{at}@norrvolt.example") for at in range(1_200)),
        card("Tom Ekdahl", "EMAIL:tom@home.example"),
        card("Given7 Family7", "EMAIL:p7@norrvolt.example"),
        card("Someone Else", "EMAIL:p8@norrvolt.example", uid="u8"),
    ]
    looked = tuple(planner.card_import.look(found(planner, *cards)))
    assert planner.contact_queries.count() == 1
    items = run(planner, *cards)
    assert [(one.name, one.outcome, one.reason) for one in looked] == [
        (one.name, one.outcome, one.reason.removesuffix("; it waits in Cards")) for one in items
    ]
    assert [looked[at].outcome for at in (0, 1, 2, 1_203, 1_204, 1_205, 2_406, 2_407)] == [
        Outcome.MERGED, Outcome.NEW, Outcome.NEW, Outcome.MERGED, Outcome.KNOWN, Outcome.KNOWN, Outcome.KNOWN,
        Outcome.KNOWN,
    ]  # fmt: skip
    assert [one.id for one in looked if one.id is not None] == [ingrid, ingrid]


def test_what_is_said_of_somebody_without_a_name_waits_and_is_kept(planner: Planner) -> None:
    said = "BEGIN:VCARD\nVERSION:3.0\nNOTE:met by the stairs\nX-PET:Rex\nEND:VCARD\n"
    nothing = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nREV:2024-01-01T00:00:00Z\nEND:VCARD\n"
    waits, failed = run(planner, said, nothing)
    assert (waits.outcome, failed.outcome) == (Outcome.DOUBTFUL, Outcome.FAILED)
    assert "without a name" in waits.reason
    (row,) = planner.card_queries.waiting()
    kept = planner.card_queries.get(row.id)
    assert kept.reading.base is not None
    assert kept.reading.base.notes == "met by the stairs"
    assert [item.value for item in kept.reading.base.extras] == ["Rex"]
