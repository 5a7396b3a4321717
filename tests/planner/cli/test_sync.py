"""`rapport sync` against a real server: what it says, and how it ends, whatever happens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.accounts.records import Purpose, Wanted
from planner.app import Planner
from planner.clock import FixedClock
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests import servers
from tests.planner.cli.conftest import Ran

pytestmark = pytest.mark.reader

Rapport = Callable[..., Ran]


@pytest.fixture(scope="module")
def server(readers_bin: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.radicale(readers_bin, tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.secrets._backend", lambda: None)
    monkeypatch.delenv("RAPPORT_ACCOUNT_PASSWORD_FILE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)


@pytest.fixture
def password_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: servers.Server) -> Path:
    path = tmp_path / "password"
    path.write_text(f"{server.password}\n", encoding="utf-8")
    monkeypatch.setenv("RAPPORT_ACCOUNT_PASSWORD_FILE", str(path))
    return path


@pytest.fixture
def calendar(data: Path, server: servers.Server) -> Iterator[Items]:
    """Nine follow-ups, an account with a new calendar for them, and that calendar as a phone sees it."""
    with Planner(DataFolder(data), FixedClock(), secrets=MemorySecrets()) as planner:
        for number in range(9):
            planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, f"Send part {number}", date(2027, 7, 12)))
        offered = planner.accounts.look_up(server.url, server.user, server.password)
        wanted = [Wanted(Purpose.EVENTS, "", "Rapport")]
        id, _ = planner.accounts.set_up("Home", offered, server.user, server.password, wanted)
        (made,) = planner.accounts.get(id).collections
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
        yield Items(client, Collection(made.url, made.name, Service.CALENDAR))


def delete(calendar: Items, count: int) -> None:
    for path, etag in sorted(calendar.listing().items())[:count]:
        calendar.delete(path, etag)


@pytest.mark.usefixtures("calendar")
def test_a_password_that_nothing_keeps_is_asked_for_on_the_terminal(
    rapport: Rapport, server: servers.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rapport("sync").code == 2
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or server.password)
    ran = rapport("sync")
    assert (ran.code, ran.out.strip(), asked) == (0, "Home: 9 added there.", ["Password of “Home”: "])


@pytest.mark.usefixtures("password_file")
def test_what_is_deleted_there_is_dropped_and_too_much_stops_and_asks(rapport: Rapport, calendar: Items) -> None:
    assert rapport("sync").out.strip() == "Home: 9 added there."
    assert rapport("sync").out.strip() == "Home: nothing to do."
    delete(calendar, 2)
    assert rapport("sync", "--json").json["accounts"][0]["dropped"] == 2
    delete(calendar, 4)
    ran = rapport("sync", "--json")
    (account,) = ran.json["accounts"]
    assert (ran.code, account["error"]["kind"], account["dropped"]) == (2, "LooksEmptied", 0)
    assert "4 of 7 items are suddenly gone" in account["error"]["what"]
    assert rapport("sync", "--deletions-meant").code == 2  # for which account?
    ran = rapport("sync", "--account", "Home", "--deletions-meant", "--json")
    assert (ran.code, ran.json["accounts"][0]["dropped"]) == (0, 4)


@pytest.mark.usefixtures("password_file")
def test_a_disagreement_waits_and_ends_with_one(rapport: Rapport, calendar: Items, data: Path) -> None:
    rapport("sync")
    (path, *_) = sorted(calendar.listing())
    (item,) = calendar.fetch([path])
    calendar.replace(path, item.data.replace("20270712T", "20270716T"), item.etag)
    with Planner(DataFolder(data), FixedClock(), secrets=MemorySecrets()) as planner:
        uid = next(line[4:].strip() for line in item.data.splitlines() if line.startswith("UID:"))
        id = planner.calendars.number("followup", uid)
        assert id is not None
        planner.followups.reschedule([id], date(2027, 7, 20))
    ran = rapport("sync", "--json")
    assert (ran.code, ran.json["accounts"][0]["disagreements"]) == (1, 1)
    assert "Settings, Accounts" in rapport("sync").out


@pytest.mark.usefixtures("calendar")
def test_a_wrong_password_and_a_server_that_is_away_are_told(rapport: Rapport, password_file: Path, data: Path) -> None:
    password_file.write_text("wrong\n", encoding="utf-8")
    ran = rapport("sync")
    assert (ran.code, "does not accept the password" in ran.err) == (2, True)
    with Planner(DataFolder(data), FixedClock(), secrets=MemorySecrets()) as planner:
        planner.accounts.remove(1)
        planner.accounts.add(
            "Away", "http://127.0.0.1:9/", "ada", "x", [(Purpose.EVENTS, "http://127.0.0.1:9/c/", "C")]
        )
    ran = rapport("sync", "--json")
    assert (ran.code, ran.json["accounts"][0]["error"]["kind"]) == (2, "Unreachable")
    assert "tries again by itself" in ran.json["accounts"][0]["error"]["advice"]
