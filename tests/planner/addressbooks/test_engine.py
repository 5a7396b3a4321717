"""Whole runs against every server: what changes on either side arrives on the other, once; nothing else is touched."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from planner.contacts.records import Email, Phone, Photo
from tests.planner.addressbooks.conftest import Device

pytestmark = pytest.mark.reader

PHONE_CARD = (
    "UID:phone-1", "FN:Bea Sample", "N:Sample;Bea;;;", "item1.TEL:+49 30 555001", "item1.X-ABLabel:boat",
    "X-SOMETHING;X-P=1:kept", "ORG:Acme;Lab", "CATEGORIES:choir",
)  # fmt: skip


def picture(colour: str, side: int = 40) -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "JPEG")
    return Photo(out.getvalue(), "image/jpeg")


def only(device: Device) -> str:
    (path,) = device.there()
    return path


def test_someone_new_here_is_put_there_once_and_left_in_peace(real: Device) -> None:
    real.add(tags=("choir",), remember="Has a cat")
    assert real.sync().in_words() == "1 added there"
    text = real.there()[only(real)]
    assert "ann@mail.example" in text
    assert "CATEGORIES:choir" in text
    assert "cat" not in text
    for _ in range(2):
        assert real.sync().in_words() == "nothing to do"


def test_someone_new_there_comes_here_with_all_that_the_card_says(real: Device) -> None:
    real.put_there("one.vcf", *PHONE_CARD)
    outcome = real.sync()
    assert outcome.in_words() == "1 new here"
    details = real.people()["Bea Sample"].details
    assert (details.phones, details.tags) == ((Phone("+49 30 555001", "boat"),), ("choir",))
    assert (details.organisation, details.department) == ("Acme", "Lab")
    assert real.sync().in_words() == "nothing to do"
    real.planner.history.undo()
    assert real.people() == {}


def test_a_change_here_keeps_what_the_phone_added(real: Device) -> None:
    path = real.put_there("one.vcf", *PHONE_CARD)
    real.sync()
    real.planner.contacts.edit(real.people()["Bea Sample"].id, title="Head")
    assert real.sync().in_words() == "1 updated there"
    text = real.there()[path]
    for line in ("TITLE:Head", "X-SOMETHING;X-P=1:kept", "item1.TEL:+49 30 555001", "item1.X-ABLabel:boat"):
        assert line.casefold() in text.casefold()  # some servers write names of properties in capitals
    assert "UID:phone-1" in text
    assert real.sync().in_words() == "nothing to do"


def test_changes_of_different_fields_on_both_sides_are_both_kept(real: Device) -> None:
    id = real.add()
    real.sync()
    real.planner.contacts.edit(id, title="Head")
    real.edit_there(only(real), "EMAIL", "NICKNAME:Annie\r\nEMAIL")
    assert real.sync().in_words() == "1 updated here, 1 updated there"
    assert real.get(id).nickname == "Annie"
    assert "TITLE:Head" in real.there()[only(real)]
    assert real.sync().in_words() == "nothing to do"


@pytest.mark.parametrize("mine", [True, False])
def test_a_field_changed_on_both_sides_is_asked_once_and_the_rest_goes_on(real: Device, mine: bool) -> None:
    id = real.add(title="Analyst")
    real.sync()
    real.planner.contacts.edit(id, title="Head", department="Lab")
    real.edit_there(only(real), "TITLE:Analyst", "TITLE:Chief")
    assert real.sync().in_words() == "1 updated there, 1 waiting for your choice"
    assert real.sync().in_words() == "1 waiting for your choice"
    (asked,) = real.disagreements.all()
    assert (asked.name, [(one.label, one.here, one.there) for one in asked.fields]) == (
        "Ann Example",
        [("Title", "Head", "Chief")],
    )
    (real.disagreements.keep_mine if mine else real.disagreements.take_theirs)(asked.id)
    real.sync()
    chosen = "Head" if mine else "Chief"
    assert real.get(id).title == chosen
    assert f"TITLE:{chosen}" in real.there()[only(real)]
    assert real.sync().in_words() == "nothing to do"


def test_photos_go_both_ways_and_the_phone_keeps_its_own_size(real: Device) -> None:
    id = real.add()
    real.planner.contacts.set_photo(id, picture("red"))
    real.sync()
    assert "PHOTO" in real.there()[only(real)]
    large = picture("blue", 900)
    encoded = base64.b64encode(large.data).decode()
    path = real.put_there("one.vcf", *PHONE_CARD, f"PHOTO;ENCODING=b;TYPE=JPEG:{encoded}")
    real.sync()
    bea = real.people()["Bea Sample"]
    assert bea.details.photo
    real.planner.contacts.edit(bea.id, title="Head")
    real.sync()
    assert encoded in real.there()[path]
    real.planner.contacts.set_photo(bea.id, None)
    real.sync()
    assert "PHOTO" not in real.there()[path]
    assert real.sync().in_words() == "nothing to do"


def test_a_group_gives_its_tag_and_takes_ours(real: Device) -> None:
    real.put_there("one.vcf", *PHONE_CARD[:4])
    id = real.add()
    real.sync()
    group = real.put_there(
        "g.vcf", "UID:g", "FN:Sailors", "N:Sailors;;;;", "X-ADDRESSBOOKSERVER-KIND:group",
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:phone-1",
    )  # fmt: skip
    assert real.sync().in_words() == "1 updated here"
    assert real.people()["Bea Sample"].details.tags == ("Sailors",)
    real.planner.contacts.tag([id], add=["sailors", "choir"])
    real.sync()
    uid = real.planner.contact_queries.get(id).uid
    cards = real.there()
    assert f"X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:{uid}" in cards[group]
    assert "CATEGORIES:choir\n" in next(text for text in cards.values() if f"UID:{uid}" in text)
    assert real.sync().in_words() == "nothing to do"
    real.planner.contacts.tag([real.people()["Bea Sample"].id], remove=["Sailors"])
    real.sync()
    assert "phone-1" not in real.there()[group]
    real.delete_there(group)
    real.sync()
    assert real.get(id).tags == ("choir",)
    assert real.sync().in_words() == "nothing to do"


def test_deleted_there_is_deleted_here_and_can_be_undone(real: Device) -> None:
    real.add()
    real.sync()
    real.delete_there(only(real))
    assert real.sync().in_words() == "1 deleted here"
    assert real.people() == {}
    real.planner.history.undo()
    assert list(real.people()) == ["Ann Example"]


def test_deleted_here_is_deleted_there(real: Device) -> None:
    id = real.add()
    real.sync()
    real.planner.contacts.delete([id])
    assert real.sync().in_words() == "1 deleted there"
    assert real.there() == {}
    assert real.sync().in_words() == "nothing to do"


def test_the_version_of_a_card_stays(real: Device) -> None:
    path = real.put_there("one.vcf", "UID:four", "FN:Dora Four", "N:Four;Dora;;;", "X-LONG:kept", version="4.0")
    real.sync()
    real.planner.contacts.edit(real.people()["Dora Four"].id, emails=(Email("dora@x.example"),))
    real.sync()
    text = real.there()[path]
    assert "VERSION:4.0" in text
    assert "dora@x.example" in text
    assert "X-LONG:kept" in text
