"""The engine against real servers: what it writes is there, and what others change is seen."""

from __future__ import annotations

from uuid import uuid4

import pytest

from planner.clock import FixedClock
from planner.dav import discovery, errors
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from tests.servers import Server

pytestmark = pytest.mark.reader


def event(uid: str, summary: str = "Tea with Åsa") -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20270710T080000Z\r\nDTSTART:20270712T090000Z\r\nDTEND:20270712T093000Z\r\n"
        f"SUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.fixture
def calendar(client: DavClient) -> Collection:
    """A new calendar of this test's own."""
    home = discovery.homes(client, Service.CALENDAR)[0]
    url = discovery.create_calendar(client, home, f"c{uuid4().hex}", "Follow-ups", ("VEVENT", "VTODO"))
    return next(c for c in discovery.collections(client, Service.CALENDAR) if c.url == url)


def test_a_new_calendar_is_listed_with_its_name_and_components(calendar: Collection) -> None:
    assert calendar.name == "Follow-ups"
    assert {"VEVENT", "VTODO"} <= calendar.components
    assert calendar.writable
    assert calendar.sync


def test_a_new_address_book_is_listed(client: DavClient) -> None:
    home = discovery.homes(client, Service.ADDRESS_BOOK)[0]
    url = discovery.create_address_book(client, home, f"b{uuid4().hex}", "People")
    assert url in [book.url for book in discovery.collections(client, Service.ADDRESS_BOOK)]


def test_an_item_is_created_read_replaced_and_deleted(client: DavClient, calendar: Collection) -> None:
    items = Items(client, calendar)
    path, _ = items.create("a b+ü.ics", event("one"))
    (found_path, etag), *rest = items.listing().items()
    assert (found_path, rest) == (path, [])
    (item,) = items.fetch([path])
    assert "SUMMARY:Tea with Åsa" in item.data
    assert item.etag == etag

    items.replace(path, event("one", "Coffee"), etag)
    (item,) = items.fetch([path])
    assert "SUMMARY:Coffee" in item.data

    items.delete(path, item.etag)
    assert items.listing() == {}
    items.delete(path, item.etag)  # gone already: fine


def test_a_write_for_a_state_that_is_past_is_refused(client: DavClient, calendar: Collection) -> None:
    items = Items(client, calendar)
    path, _ = items.create("one.ics", event("one"))
    old = items.listing()[path]
    items.replace(path, event("one", "Changed on the phone"), old)
    with pytest.raises(errors.Changed):
        items.replace(path, event("one", "Changed here"), old)
    with pytest.raises(errors.Changed):
        items.create("one.ics", event("one"))
    (item,) = items.fetch([path])
    assert "Changed on the phone" in item.data


def test_a_token_tells_only_what_changed_since(client: DavClient, calendar: Collection) -> None:
    items = Items(client, calendar)
    paths = [items.create(f"{n}.ics", event(f"uid-{n}"))[0] for n in range(3)]
    first = items.delta("")
    assert set(first.changed) == set(paths)
    assert not first.gone

    assert items.delta(first.token).changed == {}
    items.delete(paths[0], first.changed[paths[0]])
    items.replace(paths[1], event("uid-1", "New"), first.changed[paths[1]])
    second = items.delta(first.token)
    assert set(second.changed) == {paths[1]}
    assert second.gone == {paths[0]}


def test_a_token_nobody_gave_out_is_expired(client: DavClient, calendar: Collection) -> None:
    with pytest.raises(errors.TokenExpired):
        Items(client, calendar).delta("http://radicale.org/ns/sync/0123456789abcdef0123456789abcdef")


def test_a_wrong_password_is_told_apart(server: Server) -> None:
    if server.name != "radicale":
        return  # xandikos lets everyone in
    with (
        DavClient(server.url, Credentials(server.user, "wrong"), FixedClock()) as client,
        pytest.raises(errors.NotSignedIn),
    ):
        discovery.homes(client, Service.CALENDAR)


def test_more_items_than_one_batch_are_read(client: DavClient, calendar: Collection) -> None:
    items = Items(client, calendar)
    made = {items.create(f"{n}.ics", event(f"uid-{n}"))[0] for n in range(105)}
    assert {item.path for item in items.fetch(sorted(made))} == made
