"""From the window to a calendar on Radicale and back: set up, ticked off, moved, deleted, asked about, undone."""

from __future__ import annotations

from datetime import date

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.followups.records import FollowUpDetails, FollowUpKind
from tests import servers
from tests.workflows.test_address_book import click, own_keyring, server
from tests.workflows.test_window import CTRL, KEY, Person, person, planner
from ui.accounts.add_dialog import AddAccountDialog
from ui.links import Link

__all__ = ["own_keyring", "person", "planner", "server"]
pytestmark = pytest.mark.reader

TITLES = ("Send the deck", "Call Kofi", "Thank Ingrid", "Ask Noor")


class Phone:
    """A calendar program that looks at the same calendar."""

    def __init__(self, server: servers.Server, calendar: str) -> None:
        self._client = DavClient(server.url, Credentials(server.user, server.password), FixedClock())
        self._items = Items(self._client, Collection(calendar, "c", Service.CALENDAR))

    def titles(self) -> set[str]:
        return {self._title(item.data) for item in self._items.fetch(self._items.listing())}

    def edit(self, title: str, old: str, new: str) -> None:
        (item,) = [one for one in self._items.fetch(self._items.listing()) if self._title(one.data) == title]
        assert old in item.data
        self._items.replace(item.path, item.data.replace(old, new), item.etag)

    def delete(self, title: str) -> None:
        (item,) = [one for one in self._items.fetch(self._items.listing()) if self._title(one.data) == title]
        self._items.delete(item.path, item.etag)

    def close(self) -> None:
        self._client.close()

    @staticmethod
    def _title(text: str) -> str:
        return next(line[8:] for line in text.splitlines() if line.startswith("SUMMARY:"))


def test_follow_ups_go_from_the_window_to_the_calendar_and_back(
    own_keyring: None, person: Person, planner: Planner, server: servers.Server
) -> None:
    details = [FollowUpDetails(FollowUpKind.PROMISE, title, date(2025, 7, 14)) for title in TITLES]
    deck, call, thank, ask = (planner.followups.add(each).new("followup") for each in details)
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
    click(person, dialog, "Add the account")  # with a new calendar, as it is offered
    person.qtbot.waitUntil(lambda: planner.accounts.all()[0].synced_at is not None, timeout=20_000)
    person.settle()
    phone = Phone(server, planner.accounts.all()[0].collections[0].url)
    assert phone.titles() == set(TITLES)

    phone.edit("Send the deck", "SUMMARY:", "SUMMARY:✓ ")
    phone.edit("Call Kofi", "20250714T", "20250718T")
    phone.delete("Thank Ingrid")
    click(person, section, "Sync now")
    shown = {id: planner.followup_queries.get(id) for id in (deck, call, thank, ask)}
    assert [one.state.value for one in shown.values()] == ["done", "open", "dropped", "open"]
    assert shown[call].details.due_on == date(2025, 7, 18)

    person.press(KEY.Key_Z, CTRL)  # one run is one command
    shown = {id: planner.followup_queries.get(id) for id in (deck, call, thank, ask)}
    assert {one.state.value for one in shown.values()} == {"open"}
    assert shown[call].details.due_on == date(2025, 7, 14)
    click(person, section, "Sync now")
    assert phone.titles() == set(TITLES)

    planner.followups.reschedule((ask,), date(2025, 7, 15))
    phone.edit("Ask Noor", "20250714T", "20250716T")
    click(person, section, "Sync now")
    click(person, section, "Sync now")
    assert len(planner.disagreements.all()) == 1  # asked once
    click(person, section, "Take theirs")
    person.settle()
    assert planner.followup_queries.get(ask).details.due_on == date(2025, 7, 16)
    assert planner.disagreements.all() == ()
    phone.close()
