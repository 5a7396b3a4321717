"""What was given, owed, noticed and agreed, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from planner.relations.drafts import ExchangeDraft, PromiseDraft
from planner.relations.log_book import LogDraft, LogKind
from planner.relations.records import Direction, ExchangeKind, PromiseSide
from tests.planner.cli.conftest import Ran

Rapport = Callable[..., Ran]


@pytest.fixture
def ada(data: Path) -> int:
    """Ada, with something of everything."""
    with Planner(DataFolder(data)) as planner:
        details = ContactDetails(given="Ada", family="Ek", title="Analyst", organisation="Nordwind", tags=("grid",))
        ada = planner.contacts.add(details).new("contact")
        planner.contacts.add(ContactDetails(given="Ada", family="Berg"))
        today, now = planner.clock.today(), planner.clock.now()
        planner.relations.add_exchange(ExchangeDraft(Direction.GIVEN, ExchangeKind.ADVICE, "on grids", "", ada))
        planner.relations.add_promise(PromiseDraft(PromiseSide.THEIRS, "send the study", today, ada))
        planner.contacts.edit(ada, title="Head of Data")
        planner.one_to_ones.add(LogDraft(ada, LogKind.EXPECTATION, "A note every Friday"))
        planner.one_to_ones.add(LogDraft(ada, LogKind.ACHIEVEMENT, "Costs down by a third"))
        planner.one_to_ones.add(LogDraft(ada, LogKind.FACT, "She left the room"))
        planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, "Thank for the tea", today, (ada,)))
        event = EventDetails("Talk", EventKind.INFORMATIONAL_INTERVIEW, now, now + timedelta(minutes=30))
        planner.events.add(event, (ada,))
    return ada


def test_the_ledger_and_the_promises(rapport: Rapport, ada: int) -> None:
    told = rapport("ledger", "ada ek", "--json").json
    assert (told["given"], told["received"]) == (1, 0)
    assert [(each["person"]["id"], each["kind"], each["text"]) for each in told["exchanges"]] == [
        (ada, "advice", "on grids")
    ]
    assert rapport("ledger", "--since", "2999-01-01", "--json").json["exchanges"] == []
    (promise,) = rapport("promises", ada, "--json").json["promises"]
    assert (promise["side"], promise["state"], promise["late"]) == ("theirs", "open", False)
    assert "send the study" in rapport("promises").out


@pytest.mark.parametrize(
    ("asked", "found", "sums"),
    [
        ((), ["on grids", "her talk", "her minutes"], (1, 2)),
        (("--direction", "given"), ["on grids"], (1, 0)),
        (("--direction", "received"), ["her talk", "her minutes"], (0, 2)),
        (("--kind", "advice"), ["on grids", "her minutes"], (1, 1)),
        (("--kind", "advice", "--direction", "received"), ["her minutes"], (0, 1)),
        (("--kind", "referral"), [], (0, 0)),
    ],
)
def test_one_way_or_one_kind_of_the_ledger(
    rapport: Rapport, data: Path, ada: int, asked: tuple[str, ...], found: list[str], sums: tuple[int, int]
) -> None:
    with Planner(DataFolder(data)) as planner:
        for kind, text in ((ExchangeKind.REVIEW, "her talk"), (ExchangeKind.ADVICE, "her minutes")):
            planner.relations.add_exchange(ExchangeDraft(Direction.RECEIVED, kind, text, "", ada))
    told = rapport("ledger", ada, *asked, "--json").json
    assert sorted(each["text"] for each in told["exchanges"]) == sorted(found)
    assert (told["given"], told["received"]) == sums
    assert sum(each["given"] + each["received"] for each in told["kinds"]) == len(found)


def test_a_way_and_a_kind_that_are_none_are_refused(rapport: Rapport, ada: int) -> None:
    for option in ("--direction", "--kind"):
        ran = rapport("ledger", option, "sideways")
        assert ran.code == 2
        assert "received" in ran.err or "referral" in ran.err


def test_whom_words_mean(rapport: Rapport, ada: int) -> None:
    ran = rapport("ledger", "ada")
    assert ran.code == 2
    assert "Ada Berg" in ran.err
    assert "There is no person “nobody here”" in rapport("promises", "nobody here").err


def test_news_and_readers(rapport: Rapport, ada: int) -> None:
    told = rapport("news", "--json").json
    assert [(each["kind"], each["text"]) for each in told["proposed"]] == [
        ("promotion", "Head of Data (before: Analyst)")
    ]
    shared = rapport("share", "https://a.example/the-grid", "--json").json
    assert [(each["id"], each["reasons"]) for each in shared["readers"]] == [(ada, ["tagged grid"])]
    assert "--about" in rapport("share", "https://a.example/zebra").err


def test_minutes(rapport: Rapport, ada: int) -> None:
    told = rapport("due", "--minutes", 5, "--json").json
    assert (told["minutes"], told["takes"]) == (5, 5)
    assert [each["title"] for each in told["followups"]] == ["Thank for the tea"]
    assert told["followups"][0]["why"].startswith("due today")
    assert rapport("due", "--minutes", 0).code == 2


def test_what_is_private_is_told_only_when_asked_for(rapport: Rapport, ada: int, tmp_path: Path) -> None:
    kinds = [each["kind"] for each in rapport("one-to-one", ada, "--json").json["entries"]]
    assert sorted(kinds) == ["achievement", "expectation"]
    assert "fact" in [each["kind"] for each in rapport("one-to-one", ada, "--private", "--json").json["entries"]]
    target = tmp_path / "review.md"
    told = rapport("achievements", target, "--private", "--json").json
    assert told["entries"] == 1
    assert "left the room" not in target.read_text(encoding="utf-8")
    assert rapport("achievements", tmp_path / "review.doc").code == 2


def test_interviews(rapport: Rapport, ada: int) -> None:
    (told,) = rapport("interviews", "--json").json["interviews"]
    assert (told["title"], told["person"]["id"], told["done"], told["next"]) == ("Talk", ada, [], "Ask for it")
