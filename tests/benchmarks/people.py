"""Data folders with very many invented people, kept under build/ until this file or the schema changes."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from planner.app import Planner
from planner.contacts.records import ContactDetails, Email, ParsedContact, Phone, Role, Tie
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "bench"

GIVEN = (
    "Anna Łukasz Ingrid Kofi Mara Tomás Noor Jun Ruth Lucía Samir Benoît Michael Dana Femi Greta Owen Yasmin Ana Petra "
    "Hana Elif Maren Isaac Leila Patrick Sunniva Daniel Wanjiru Chiara Marcus Amara Viktor Grace Tobias Zeynep Robert "
    "Eleni Jonas Priya Olga Nadia Sean David Ines Henrik Camille Arjun Freya Oscar Rosa Simon Katarzyna Bruno Ngozi"
).split()
FAMILY = (
    "Vale Danso Lindqvist Ortega Osman Watanabe Sorensen Ferrer Bellamy Charron Okafor Whitfield Adeyemi Holm Pryce "
    "Haddad Ribeiro Novak Kimura Kaya Vogt Brandt Farouk Nolan Berg Achterberg Maina Zieliński Conti Lindgren Diallo "
    "Hansson Mbeki Keller Arslan Eze Papadakis Weber Raman Marchetti Petrova Gallagher Okonkwo Duarte Aalto Laurent"
).split()
ENDING = ("son", "sen", "ova", "ski", "mann", "berg", "dal", "ura", "ide", "ez")
ORGANISATION = "Norrvolt Recell Halden Brightwire Mirrus Sable Northlight Corvo Helix Lumen Loopline Warta".split()
KIND = "Labs Works Systems Energy Group Institute Tools Rail".split()
TITLE = ("Engineer", "Director", "Head of Platform", "Researcher", "Founder", "Designer", "Analyst", "Buyer")
TAGS = ("energy", "platform", "python", "data", "founders", "hiring", "leads", "research")


def people(number: int) -> Iterator[ParsedContact]:
    """So many people, always the same."""
    dice = random.Random(number)
    for serial in range(number):
        given, family = dice.choice(GIVEN), dice.choice(FAMILY) + dice.choice(("", "", dice.choice(ENDING)))
        organisation = f"{dice.choice(ORGANISATION)} {dice.choice(KIND)}"
        known = serial % 40 == 0
        yield ParsedContact(
            ContactDetails(
                given=given,
                family=family,
                organisation=organisation,
                title=dice.choice(TITLE),
                emails=(Email(f"p{serial}@{organisation.split(maxsplit=1)[0].lower()}.example", "work"),),
                phones=(Phone(f"+44 7700 9{serial % 100_000:05d}", "mobile"),),
                tags=(dice.choice(TAGS),),
                roles=(dice.choice(list(Role)),) if known else (),
                tie=Tie.MEDIUM if known else None,
                notes=f"Met at a fair in hall {serial % 17}." if serial % 3 == 0 else "",
            )
        )


def folder_with(number: int, followups: int = 40) -> DataFolder:
    """A data folder with so many people, some history, and so many follow-ups around today."""
    folder = DataFolder(KEPT / f"people-{number}-{followups}-{_stamp()}")
    if not (folder.root / "whole").exists():
        shutil.rmtree(folder.root, ignore_errors=True)
        for old in KEPT.glob(f"people-{number}-{followups}-*"):
            shutil.rmtree(old, ignore_errors=True)
        with Planner(folder, durable=False) as planner:
            _fill(planner, number, followups)
        (folder.root / "whole").touch()
    with Planner(folder) as planner:
        # As at any start but the first of a day: what falls due each day is there, and the index has been seen to.
        planner.keeping_up.refresh()
        planner.backups.daily()
        while planner.upkeep.merge_index():
            pass
    return folder


def _stamp() -> str:
    """Another one whenever this file or the schema has changed."""
    schema = sorted((ROOT / "planner" / "store" / "migrations" / "versions").glob("v*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (Path(__file__), *schema))).hexdigest()[:12]


def _fill(planner: Planner, number: int, followups: int) -> None:
    from planner.store.tables import InteractionContactTable, InteractionTable

    waiting = list(people(number))
    for start in range(0, number, 20_000):
        planner.contacts.add_many(waiting[start : start + 20_000], source="benchmark")
    now = planner.clock.now()
    serial = count(1)
    with planner.store.write("add a history", bulk=True) as work:
        ids = range(1, number + 1, 10)
        work.connection.execute(
            InteractionTable.__table__.insert(),
            [
                {"uid": f"i{next(serial)}", "kind": "call", "at": now - timedelta(days=id % 300 + 1), "created_at": now}
                for id in ids
            ],
        )
        work.connection.execute(
            InteractionContactTable.__table__.insert(),
            [{"interaction_id": place, "contact_id": id} for place, id in enumerate(ids, 1)],
        )
    today = planner.clock.today()
    for place in range(followups):
        planner.followups.add(
            FollowUpDetails(
                FollowUpKind.REMINDER, "Send the deck", today + timedelta(days=place % 10 - 2), (place + 1,)
            )
        )
    planner.keeping_up.refresh()
    planner.backups.daily()
    with planner.store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM command")
