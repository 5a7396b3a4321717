"""Runs that meet limits, refusals, servers of their own mind, and an early end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from planner.contacts.records import Email, Phone
from planner.dav.errors import Forbidden, Unreachable
from planner.errors import Cancelled
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from tests.memory_dav import MemoryDav
from tests.planner.addressbooks.conftest import Device
from tests.planner.addressbooks.test_engine import picture

ANN = ("UID:theirs", "FN:Ann Example", "N:Example;Ann;;;", "EMAIL:ann@mail.example")


def only(device: Device) -> str:
    (path,) = device.there()
    return path


def meet(device: Device, id: int) -> None:
    at = datetime(2027, 7, 9, 8, tzinfo=UTC)
    device.planner.relations.log(InteractionDraft(InteractionKind.CALL, at, contact_ids=(id,), text="Talked"))


def limited(memory: MemoryDav, props: str) -> None:
    """Let the server tell limits of its address book."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.method != "PROPFIND" or b"max-resource-size" not in request.content:
            return None
        text = (
            '<d:multistatus xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><d:response>'
            f"<d:href>{request.url.path}</d:href><d:propstat><d:prop>{props}</d:prop>"
            "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
        )
        return httpx.Response(207, text=text)

    memory.fault = answer


# --- limits and refusals


def test_a_card_that_is_too_large_goes_without_its_photo_and_it_is_said(device: Device, memory: MemoryDav) -> None:
    id = device.add()
    device.planner.contacts.set_photo(id, picture("red", 400))
    limited(memory, "<card:max-resource-size>1024</card:max-resource-size>")
    outcome = device.sync()
    assert outcome.notices == ["Ann Example went without the photo: the server takes cards of at most 1 KB"]
    assert "PHOTO" not in device.there()[only(device)]
    assert device.sync().notices == []
    assert device.get(id).photo


def test_a_photo_that_is_refused_does_not_cost_the_card(device: Device, memory: MemoryDav) -> None:
    id = device.add()
    device.planner.contacts.set_photo(id, picture("red"))
    memory.fault = lambda request: httpx.Response(413) if b"PHOTO" in request.content else None
    assert device.sync().in_words() == "1 added there"
    assert "PHOTO" not in device.there()[only(device)]


def test_one_refused_card_costs_the_others_nothing(device: Device, memory: MemoryDav) -> None:
    device.add("Ann Example")
    device.add("Ben Sample")
    memory.fault = lambda request: httpx.Response(415) if b"FN:Ann" in request.content else None
    outcome = device.sync()
    assert (outcome.created, outcome.unreadable) == (1, ["Ann Example is not taken by the server: status 415"])


@pytest.mark.parametrize("status", [415, 403])
def test_a_refused_card_rests_until_it_changes_and_is_named_in_the_log_once(
    device: Device, memory: MemoryDav, status: int
) -> None:
    id = device.add("Ann Example")
    device.add("Ben Sample")
    memory.fault = lambda request: httpx.Response(status) if b"FN:Ann" in request.content else None
    device.sync()
    memory.requests.clear()
    outcome = device.sync()
    assert outcome.in_words() == "1 left alone"
    assert "PUT" not in {method for method, _ in memory.requests}
    assert sum("Ann Example" in line.text for line in device.accounts.log()) == 1
    memory.fault = None
    details = device.get(id)
    device.planner.contacts.update(id, replace(details, title="Captain"))
    assert device.sync().in_words() == "1 added there"
    assert device.sync().unreadable == []


def test_a_change_that_is_refused_rests_as_well(device: Device, memory: MemoryDav) -> None:
    id = device.add("Ann Example")
    device.sync()
    details = device.get(id)
    device.planner.contacts.update(id, replace(details, title="Captain"))
    memory.fault = lambda request: httpx.Response(415) if request.method == "PUT" else None
    assert device.sync().unreadable == ["Ann Example is not taken by the server: status 415"]
    memory.requests.clear()
    device.sync()
    assert "PUT" not in {method for method, _ in memory.requests}
    memory.fault = None
    (path,) = device.there()
    device.edit_there(path, "END:VCARD", "NICKNAME:Annie\r\nEND:VCARD")
    assert device.sync().accepted == 1
    assert "Captain" in device.there()[path]


def test_a_new_card_is_written_in_the_only_version_the_server_takes(device: Device, memory: MemoryDav) -> None:
    device.add()
    kind = '<card:address-data-type content-type="text/vcard" version="4.0"/>'
    limited(memory, f"<card:supported-address-data>{kind}</card:supported-address-data>")
    device.sync()
    assert "VERSION:4.0" in device.there()[only(device)]


def test_an_address_book_that_may_not_be_written_to_says_so_once(device: Device, memory: MemoryDav) -> None:
    device.add("Ann Example")
    device.add("Ben Sample")
    memory.fault = lambda request: httpx.Response(403) if request.method == "PUT" else None
    with pytest.raises(Forbidden):
        device.sync()
    assert device.accounts.log()[0].level == "problem"


def test_a_card_nobody_can_read_is_left_alone_and_named(device: Device) -> None:
    path = device.put_there("bad.vcf", "UID:x", "NOTE:no name at all")
    outcome = device.sync()
    assert outcome.unreadable
    assert "bad.vcf" in outcome.unreadable[0]
    assert path in device.there()


def test_a_value_no_field_can_hold_stays_on_the_card(device: Device) -> None:
    path = device.put_there("a.vcf", *ANN, "EMAIL:no address", "PHOTO;VALUE=uri:https://x.example/a.jpg")
    device.sync()
    id = device.people()["Ann Example"].id
    assert device.get(id).emails == (Email("ann@mail.example"),)
    device.planner.contacts.edit(id, emails=(Email("new@mail.example"),))
    device.sync()
    text = device.there()[path]
    assert "new@mail.example" in text
    assert "no address" in text
    assert "https://x.example/a.jpg" in text


def test_being_offline_is_no_problem(device: Device, memory: MemoryDav) -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no network", request=request)

    memory.fault = cut
    with pytest.raises(Unreachable):
        device.sync()
    assert device.accounts.log()[0].level == "offline"


def test_a_server_without_sync_tokens_is_compared_by_listing(device: Device, memory: MemoryDav) -> None:
    memory.fault = lambda request: httpx.Response(403) if b"sync-collection" in request.content else None
    device.add()
    device.sync()
    device.edit_there(only(device), "EMAIL", "TITLE:Head\r\nEMAIL")
    device.put_there("b.vcf", "UID:b", "FN:Bea Sample")
    assert device.sync().in_words() == "1 new here, 1 updated here"
    device.delete_there("/home/b/b.vcf")
    assert device.sync().in_words() == "1 deleted here"
    assert device.sync().in_words() == "nothing to do"


# --- servers of their own mind, and runs cut short


def test_what_a_server_makes_of_a_card_is_what_both_agree_on(device: Device, memory: MemoryDav) -> None:
    id = device.add(phones=(Phone("+49 30 555001", "boat"),))
    device.planner.contacts.set_photo(id, picture("red"))

    def own_mind(request: httpx.Request) -> httpx.Response | None:
        if request.method != "PUT":
            return None
        path = request.url.path
        lines = memory.collections["/home/b/"].items[path][1].replace("\r\n ", "").split("\r\n")
        kept = [line.replace("+49 30 555001", "+4930555001") for line in lines if "PHOTO" not in line]
        memory.put(path, "\r\n".join(line for line in kept if "X-ABLabel" not in line))
        return httpx.Response(201)

    memory.fault, memory.after = own_mind, True
    assert device.sync().in_words() == "1 added there"
    for _ in range(2):
        assert device.sync().in_words() == "nothing to do"
    memory.fault = None
    device.edit_there(only(device), "EMAIL", "TITLE:Head\r\nTEL:+49 30 555002\r\nEMAIL")
    assert device.sync().in_words() == "1 updated here, 1 updated there"
    details = device.get(id)
    assert details.title == "Head"
    assert details.photo
    assert details.phones == (Phone("+49 30 555001", "boat"), Phone("+49 30 555002"))
    assert device.sync().in_words() == "nothing to do"


def test_two_cards_under_one_uid_are_two_people(device: Device) -> None:
    device.put_there("a.vcf", "UID:same", "FN:Ann Example")
    device.put_there("b.vcf", "UID:same", "FN:Bea Sample")
    assert device.sync().in_words() == "2 new here"
    assert set(device.people()) == {"Ann Example", "Bea Sample"}
    assert device.sync().in_words() == "nothing to do"


def test_a_card_that_moves_keeps_its_person(device: Device, memory: MemoryDav) -> None:
    id = device.add()
    meet(device, id)
    device.sync()
    path = only(device)
    text = memory.collections["/home/b/"].items[path][1]
    memory.delete(path)
    memory.put("/home/b/elsewhere.vcf", text.replace("EMAIL", "TITLE:Head\r\nEMAIL"))
    assert device.sync().in_words() == "1 updated here"
    assert device.get(id).title == "Head"


def test_a_run_that_is_cancelled_goes_on_where_it_was(device: Device) -> None:
    for n in range(6):
        device.add(f"Number{n} Sample")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(Cancelled):
        device.engine.run(device.account, cancelled=cancelled)
    there = len(device.there())
    assert 0 < there < 6
    assert device.sync().in_words() == f"{6 - there} added there"
    assert device.sync().in_words() == "nothing to do"


def test_what_is_edited_here_while_a_run_goes_on_is_not_overwritten(device: Device, memory: MemoryDav) -> None:
    id = device.add()
    device.sync()
    device.edit_there(only(device), "EMAIL", "TITLE:Chief\r\nEMAIL")
    edited = False

    def edit(request: httpx.Request) -> None:
        nonlocal edited
        if not edited and b"multiget" in request.content:
            edited = True
            device.planner.contacts.edit(id, title="Head")

    memory.fault = edit
    device.sync()
    assert device.get(id).title == "Head"
    memory.fault = None
    assert device.sync().in_words() == "1 waiting for your choice"


def test_a_card_changed_there_meanwhile_is_told_of_and_follows_in_the_next_run(
    device: Device, memory: MemoryDav
) -> None:
    device.add("Ann Example")
    memory.fault = lambda request: httpx.Response(412) if request.method == "PUT" else None
    assert device.sync().in_words() == "1 changed there meanwhile, left for the next run"
    memory.fault = None
    assert device.sync().in_words() == "1 added there"
    assert device.sync().in_words() == "nothing to do"
