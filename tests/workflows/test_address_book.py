"""From the window to the phone and back: an address book on Radicale, read by programs that are not ours."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.app import Planner
from planner.cli.__main__ import main
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails, Email, Phone
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from tests import servers
from tests.workflows.test_window import Person, person, planner
from ui.accounts.add_dialog import AddAccountDialog
from ui.links import Link
from ui.widgets.button import Button

__all__ = ["person", "planner"]
pytestmark = pytest.mark.reader


class MemoryKeyring(KeyringBackend):  # type: ignore[misc]  # keyring tells no types
    """A keyring for the length of a test, so that window and command line share the password."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._kept.pop((service, username), None)


@pytest.fixture
def own_keyring() -> Iterator[None]:
    """A keyring of this test's own."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def server(readers_bin: Path, tmp_path: Path) -> Iterator[servers.Server]:
    """Radicale."""
    folder = tmp_path / "radicale"
    folder.mkdir()
    with servers.radicale(readers_bin, folder) as running:
        yield running


def click(person: Person, inside: QWidget, text: str) -> None:
    """Click the visible button with these words, and wait for what it does."""
    (found,) = [each for each in inside.findChildren(Button) if each.text() == text and each.isVisible()]
    person.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    person.settle()


def set_up(person: Person, server: servers.Server) -> None:
    """Add the account with a new address book, by typing and clicking."""
    person.window.navigate(Link("settings", part="accounts"))
    person.settle()
    section = person.page.section
    click(person, section, "Add an account…")
    dialog = section.dialog
    assert isinstance(dialog, AddAccountDialog)
    dialog.provider.set_value("other")
    dialog._show_provider()
    person.qtbot.keyClicks(dialog.host, server.url)
    person.qtbot.keyClicks(dialog.user, server.user)
    person.qtbot.keyClicks(dialog.password, server.password)
    click(person, dialog, "Look for calendars")
    dialog.events.set_value("")
    dialog.people.set_value("new")
    click(person, dialog, "Add the account")
    person.settle()


def rapport(planner: Planner, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """`rapport sync --json`."""
    folder = planner.store.path.parent
    monkeypatch.setattr(sys, "argv", ["rapport", "sync", "--json", "--data-dir", str(folder)])
    capsys.readouterr()
    assert main() == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told["accounts"][0]  # type: ignore[no-any-return]


def mirrored(
    run_reader: Callable[..., CompletedProcess[str]], server: servers.Server, folder: Path
) -> Callable[[str], str]:
    """What khard tells of the address book after vdirsyncer has copied it; both ways, as a phone would."""
    config = folder / "vdirsyncer.conf"
    config.write_text(
        f'[general]\nstatus_path = "{folder / "status"}"\n'
        '[pair people]\na = "there"\nb = "here"\ncollections = ["from a"]\n'
        f'[storage there]\ntype = "carddav"\nurl = "{server.url}"\nusername = "{server.user}"\n'
        f'password = "{server.password}"\n'
        f'[storage here]\ntype = "filesystem"\npath = "{folder / "cards"}"\nfileext = ".vcf"\n',
        encoding="utf-8",
    )
    done = run_reader("vdirsyncer", "-c", str(config), "discover", input="y\n" * 9)
    assert done.returncode == 0, done.stderr

    def tell(*words: str) -> str:
        synced = run_reader("vdirsyncer", "-c", str(config), "sync")
        assert synced.returncode == 0, synced.stderr
        (cards,) = (folder / "cards").iterdir()
        khard = folder / "khard.conf"
        khard.write_text(f"[addressbooks]\n[[people]]\npath = {cards}\n[general]\ndefault_action = list\n", "utf-8")
        told = run_reader("khard", "-c", str(khard), *words)
        assert told.returncode == 0, told.stderr
        return told.stdout

    return tell


def test_people_go_from_the_window_to_the_phone_and_back(
    own_keyring: None,
    person: Person,
    planner: Planner,
    server: servers.Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    run_reader: Callable[..., CompletedProcess[str]],
) -> None:
    ingrid = planner.contacts.add(
        ContactDetails(
            given="Ingrid", family="Vale", organisation="Norrvolt", title="CTO", remember="Two cats",
            emails=(Email("ingrid@norrvolt.example", "work"),), phones=(Phone("+46 8 555 0101", "mobile"),),
        )
    ).new("contact")  # fmt: skip
    set_up(person, server)
    (collection,) = planner.accounts.all()[0].collections
    tell = mirrored(run_reader, server, tmp_path)
    assert "Ingrid Vale" in tell("list")
    shown = tell("show", "Ingrid")
    for words in ("Norrvolt", "CTO", "ingrid@norrvolt.example", "+46 8 555 0101"):
        assert words in shown
    assert "cats" not in shown

    # The phone adds somebody and a nickname; `rapport sync` brings both here, told person by person.
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as client:
        items = Items(client, Collection(collection.url, "b", Service.ADDRESS_BOOK))
        items.create(
            "k.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:kofi\r\nFN:Kofi Danso\r\nN:Danso;Kofi;;;\r\nEND:VCARD\r\n"
        )
        (card,) = [one for one in items.fetch(items.listing()) if "Ingrid" in one.data]
        items.replace(card.path, card.data.replace("TITLE:", "NICKNAME:Inga\r\nTITLE:"), card.etag)
    told = rapport(planner, capsys, monkeypatch)
    assert {(item["kind"], item["name"], item["did"]) for item in told["items"]} == {
        ("person", "Kofi Danso", "new here"),
        ("person", "Ingrid Vale", "updated here"),
    }
    assert planner.contact_queries.get(ingrid).details.nickname == "Inga"

    # What changes here is on the phone after the next run, beside what the phone wrote.
    planner.contacts.edit(ingrid, title="CEO")
    told = rapport(planner, capsys, monkeypatch)
    assert [(item["name"], item["did"]) for item in told["items"]] == [("Ingrid Vale", "updated there")]
    shown = tell("show", "Ingrid")
    assert "CEO" in shown
    assert "Inga" in shown
    assert "Kofi Danso" in tell("list")
    assert rapport(planner, capsys, monkeypatch)["items"] == []
