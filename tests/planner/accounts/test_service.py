"""Setting up accounts: what is there to choose from, and where the password goes."""

from __future__ import annotations

import pytest

from planner.accounts.providers import PROVIDERS
from planner.accounts.records import PasswordNeeded, Purpose
from planner.accounts.service import LOG_LINES, AccountService
from planner.clock import FixedClock
from planner.dav import errors
from planner.errors import NotFound
from planner.secrets import KeyringUnusable, MemorySecrets
from planner.store.store import Store
from tests.servers import Server


class NoKeyring(MemorySecrets):
    """A system without a keyring: remembers for the session, and says so."""

    def put(self, account: str, password: str) -> None:
        super().put(account, password)
        raise KeyringUnusable("no backend")


def set_up(accounts: AccountService, url: str = "https://dav.example/", password: str = "secret") -> int:
    return accounts.add("Work", url, "ada", password, [(Purpose.EVENTS, url + "c/", "Follow-ups")])[0]


@pytest.mark.reader
def test_what_an_account_offers_is_shown_before_anything_is_stored(accounts: AccountService, server: Server) -> None:
    offered = accounts.look_up(server.url, server.user, server.password)
    assert offered.calendar_home
    assert offered.address_book_home
    assert accounts.all() == ()


@pytest.mark.reader
def test_new_collections_are_made_and_then_offered(accounts: AccountService, server: Server) -> None:
    offered = accounts.look_up(server.url, server.user, server.password)
    id = set_up(accounts, server.url, server.password)
    calendar = accounts.create_calendar(id, offered.calendar_home, "Follow-ups", tasks=False)
    tasks = accounts.create_calendar(id, offered.calendar_home, "To do", tasks=True)
    book = accounts.create_address_book(id, offered.address_book_home, "People")
    again = accounts.look_up(server.url, server.user, server.password)
    assert {calendar, tasks} <= {c.url for c in again.calendars}
    assert book in {c.url for c in again.address_books}
    assert {c.name: c.components for c in again.calendars}["To do"] == {"VTODO"}


@pytest.mark.reader
def test_a_wrong_password_is_told_before_anything_is_stored(accounts: AccountService, server: Server) -> None:
    with pytest.raises(errors.NotSignedIn):
        accounts.look_up(server.url, server.user, "wrong")


def test_the_password_is_in_the_secrets_and_nowhere_in_the_database(
    accounts: AccountService, secrets: MemorySecrets, store: Store
) -> None:
    id = set_up(accounts, password="hunter2-unmistakable")
    assert secrets.get(accounts.get(id).uid) == "hunter2-unmistakable"
    with store.transaction() as connection:
        connection.exec_driver_sql("SELECT 1")
    for file in store.path.parent.iterdir():
        assert b"hunter2-unmistakable" not in file.read_bytes()


def test_an_account_knows_what_is_kept_in_sync(accounts: AccountService) -> None:
    id = set_up(accounts)
    accounts.use(id, Purpose.PEOPLE, "https://dav.example/b/", "People")
    account = accounts.get(id)
    assert [(c.purpose, c.name) for c in account.collections] == [
        (Purpose.EVENTS, "Follow-ups"),
        (Purpose.PEOPLE, "People"),
    ]
    accounts.leave(account.collections[0].id)
    assert [c.purpose for c in accounts.get(id).collections] == [Purpose.PEOPLE]


def test_removing_an_account_forgets_its_password(accounts: AccountService, secrets: MemorySecrets) -> None:
    id = set_up(accounts)
    uid = accounts.get(id).uid
    accounts.remove(id)
    assert accounts.all() == ()
    assert secrets.get(uid) is None
    with pytest.raises(NotFound):
        accounts.get(id)


def test_without_a_keyring_the_session_goes_on_and_the_person_is_told(store: Store) -> None:
    accounts = AccountService(store, FixedClock(), NoKeyring())
    id, problem = accounts.add("Work", "https://dav.example/", "ada", "secret", [])
    assert problem is not None
    assert "not written anywhere" in str(problem)
    accounts.open(id).close()
    restarted = AccountService(store, FixedClock(), MemorySecrets())
    with pytest.raises(PasswordNeeded):
        restarted.open(id)


def test_an_account_can_rest(accounts: AccountService) -> None:
    id = set_up(accounts)
    accounts.pause(id)
    assert accounts.get(id).paused
    accounts.pause(id, paused=False)
    assert not accounts.get(id).paused


def test_the_log_keeps_its_newest_lines(accounts: AccountService, store: Store) -> None:
    with store.record() as session:
        session.connection().exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO sync_log (at, level, text) SELECT '2027-07-10T08:00:00Z', 'done', 'line ' || i FROM n",
            (LOG_LINES + 5,),
        )
    accounts.note(None, "notice", "newest")
    lines = accounts.log(LOG_LINES * 2)
    assert len(lines) == LOG_LINES
    assert lines[0].text == "newest"


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_each_preset_leads_to_an_encrypted_address(provider: object) -> None:
    address = provider.address_for("cloud.example", "ada")  # type: ignore[attr-defined]
    assert "{" not in address
    assert address.startswith("https://") or address == "cloud.example"
