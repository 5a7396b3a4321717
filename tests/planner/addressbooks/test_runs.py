"""Whole runs against a server in memory: first meetings, what stays private, deleting and merging."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.addressbooks.records import BookOptions, PeopleGoneHere, PeopleGoneThere, Question
from planner.contacts.records import ContactDetails, Email, Phone, Role
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from tests.memory_dav import MemoryDav
from tests.planner.addressbooks.conftest import MEMORY, Device

ANN = ("UID:theirs", "FN:Ann Example", "N:Example;Ann;;;", "EMAIL:ann@mail.example")


def only(device: Device) -> str:
    (path,) = device.there()
    return path


def meet(device: Device, id: int) -> None:
    at = datetime(2027, 7, 9, 8, tzinfo=UTC)
    device.planner.relations.log(InteractionDraft(InteractionKind.CALL, at, contact_ids=(id,), text="Talked"))


# --- the first meeting


def test_the_same_person_on_both_sides_becomes_one_by_address_and_name(device: Device) -> None:
    id = device.add(title="Head")
    path = device.put_there("a.vcf", *ANN, "TEL:+49 30 555001", "X-FOO:bar")
    # One of them would have to say nothing that the other lacks: these two stay apart, and are found as duplicates.
    assert device.sync().in_words() == "1 new here, 1 added there"
    (group,) = device.planner.duplicates.find()
    assert set(group.ids) >= {id}
    device.planner.contacts.merge(id, [other for other in group.ids if other != id])
    device.sync()
    device.sync()
    assert list(device.there()) != [path]
    assert len(device.there()) == 1
    text = next(iter(device.there().values()))
    for words in ("TITLE:Head", "+49 30 555001", "X-FOO:bar"):
        assert words in text
    assert device.sync().in_words() == "nothing to do"


def test_a_record_that_is_part_of_the_other_joins_it_by_itself(device: Device) -> None:
    id = device.add()
    path = device.put_there("a.vcf", *ANN, "TEL:+49 30 555001", "X-FOO:bar")
    assert device.sync().in_words() == "1 updated here"
    assert device.get(id).phones == (Phone("+49 30 555001"),)
    device.planner.contacts.edit(id, title="Head")
    device.sync()
    assert list(device.there()) == [path]
    assert "UID:theirs" in device.there()[path]


@pytest.mark.parametrize("lines", [
    ("UID:theirs", "FN:Ann Other", "EMAIL:ann@mail.example"), ("UID:theirs", "FN:Ann Example", "EMAIL:ann@x.example"),
])  # fmt: skip
def test_people_who_merely_look_alike_stay_apart(device: Device, lines: tuple[str, ...]) -> None:
    device.add()
    device.put_there("a.vcf", *lines)
    assert device.sync().in_words() == "1 new here, 1 added there"


def test_a_card_without_a_uid_is_received_once(device: Device) -> None:
    device.put_there("a.vcf", *ANN[1:])
    device.sync()
    with device.planner.store.record() as session:
        session.connection().exec_driver_sql("DELETE FROM collection_item")  # killed before anything was remembered
        session.connection().exec_driver_sql("UPDATE collection SET token = ''")
    device.sync()
    assert len(device.people()) == 1
    assert device.sync().in_words() == "nothing to do"


# --- what goes, and what stays


def test_private_data_stays_here_and_goes_along_only_if_asked(
    device: Device, memory: MemoryDav, tmp_path: Path
) -> None:
    id = device.add(roles=(Role.MENTOR,), remember="Two cats", notes="Met in Lund", rhythm_days=30)
    meet(device, id)
    device.sync()
    text = device.there()[only(device)]
    assert "Met in Lund" in text
    assert not any(word in text for word in ("RAPPORT", "cats", "mentor", "Talked"))
    device.accounts.set_options(device.collection, BookOptions(notes=False, private=True).to_text())
    device.sync()
    text = device.there()[only(device)]
    assert "Two cats" in text
    other = Device(tmp_path / "two", memory, MEMORY.rstrip("/") + "/home/b/", BookOptions(private=True))
    other.sync()
    details = other.people()["Ann Example"].details
    assert (details.roles, details.remember, details.rhythm_days) == ((Role.MENTOR,), "Two cats", 30)
    other.close()
    # A device that keeps these to itself leaves what others put there as it is.
    device.accounts.set_options(device.collection, BookOptions().to_text())
    device.planner.contacts.edit(id, title="Head", remember="Three cats")
    device.sync()
    text = device.there()[only(device)]
    assert "TITLE:Head" in text
    assert "Two cats" in text


def test_a_note_there_is_left_alone_where_notes_stay_apart(device: Device) -> None:
    device.accounts.set_options(device.collection, BookOptions(notes=False).to_text())
    path = device.put_there("a.vcf", *ANN, "NOTE:the phone's")
    device.sync()
    id = device.people()["Ann Example"].id
    assert device.get(id).notes == ""
    device.planner.contacts.edit(id, notes="mine", title="Head")
    device.sync()
    assert "NOTE:the phone's" in device.there()[path]
    assert "mine" not in device.there()[path]


def test_with_a_tag_only_those_who_wear_it_are_synced_on_either_side(device: Device) -> None:
    device.accounts.set_options(device.collection, BookOptions("choir").to_text())
    ann = device.add(tags=("Choir",))
    device.add("Ben Sample")
    device.put_there("c.vcf", "UID:c", "FN:Cleo Card", "CATEGORIES:choir")
    foreign = device.put_there("d.vcf", "UID:d", "FN:Dan Dentist")
    assert device.sync().in_words() == "1 new here, 1 added there"
    assert set(device.people()) == {"Ann Example", "Ben Sample", "Cleo Card"}
    # Taking the tag off ends the sync of that person, and deletes nobody.
    device.planner.contacts.tag([ann], remove=["choir"])
    device.sync()
    device.sync()
    assert len(device.there()) == 3
    assert set(device.people()) == {"Ann Example", "Ben Sample", "Cleo Card"}
    # A group there that bears the tag's name brings its members here.
    device.put_there("g.vcf", "UID:g", "FN:choir", "KIND:group", "MEMBER:urn:uuid:d", version="4.0")
    device.sync()
    assert device.people()["Dan Dentist"].details.tags == ("choir",)
    assert "Dan Dentist" in device.there()[foreign]
    assert device.sync().in_words() == "nothing to do"


# --- deleting and merging


def test_someone_with_a_history_is_never_deleted_because_a_card_is_gone(device: Device) -> None:
    id = device.add()
    meet(device, id)
    device.sync()
    device.delete_there(only(device))
    for _ in range(2):
        assert device.sync().in_words() == "1 waiting for your choice"
    (asked,) = device.disagreements.all()
    assert asked.question is Question.GONE_THERE
    device.disagreements.keep_here_only(asked.id)
    assert device.sync().in_words() == "nothing to do"
    assert device.there() == {}
    assert device.planner.relation_queries.story(id)
    # If the card comes back, so does the link.
    device.put_there("back.vcf", f"UID:{device.planner.contact_queries.get(id).uid}", *ANN[1:], "TITLE:Head")
    device.sync()
    assert device.get(id).title == "Head"


def test_deleted_here_and_changed_there_waits(device: Device) -> None:
    id = device.add()
    device.sync()
    device.planner.contacts.delete([id])
    device.edit_there(only(device), "EMAIL", "TITLE:Head\r\nEMAIL")
    assert device.sync().in_words() == "1 waiting for your choice"
    (asked,) = device.disagreements.all()
    assert (asked.name, asked.question) == ("Ann Example", Question.GONE_HERE)
    device.disagreements.take_theirs(asked.id)
    assert device.sync().in_words() == "1 new here"
    assert device.people()["Ann Example"].details.title == "Head"


def test_a_merge_here_takes_along_what_the_phone_added_and_merges_elsewhere_with_the_history(
    device: Device, other: Device
) -> None:
    keep, gone = device.add(), device.add("Anne Example", emails=(Email("anne@work.example"),))
    device.sync()
    other.sync()
    meet(other, other.people()["Anne Example"].id)
    device.planner.contacts.merge(keep, [gone])
    (path,) = [path for path, text in device.there().items() if "Anne" in text]
    device.edit_there(path, "EMAIL", "TEL:+49 30 555009\r\nEMAIL")
    device.sync()
    device.sync()
    assert {phone.number for phone in device.get(keep).phones} == {"+49 30 555009"}
    assert len(device.there()) == 1
    other.sync()
    (one,) = other.people().values()
    assert {email.address for email in one.details.emails} == {"ann@mail.example", "anne@work.example"}
    assert other.planner.relation_queries.story(one.id)
    for each in (device, other, device, other):
        each.sync()
    assert [device.sync().in_words(), other.sync().in_words()] == ["nothing to do"] * 2


def test_undoing_a_merge_brings_both_back_everywhere(device: Device, other: Device) -> None:
    keep, gone = device.add(), device.add("Anne Example", emails=(Email("anne@work.example"),))
    device.sync()
    other.sync()
    device.planner.contacts.merge(keep, [gone])
    device.sync()
    other.sync()
    device.planner.history.undo()
    for each in (device, other, device, other):
        each.sync()
    assert set(device.people()) == set(other.people()) == {"Ann Example", "Anne Example"}
    assert len(device.there()) == 2


def test_a_side_that_looks_emptied_stops_and_asks(device: Device) -> None:
    ids = [device.add(f"Number{n} Sample") for n in range(8)]
    device.sync()
    paths = list(device.there())
    for path in paths[:5]:
        device.delete_there(path)
    with pytest.raises(PeopleGoneThere):
        device.sync()
    assert len(device.people()) == 8
    device.accounts.start_over(device.account)
    assert device.sync().in_words() == "5 added there"
    device.planner.contacts.delete(ids[:5])
    with pytest.raises(PeopleGoneHere):
        device.sync()
    assert len(device.there()) == 8
    assert device.sync(deletions_meant=True).in_words() == "5 deleted there"


def test_a_new_title_that_comes_in_proposes_to_congratulate(device: Device) -> None:
    id = device.add(title="Analyst", organisation="Acme", matters=True)
    device.sync()
    device.edit_there(only(device), "TITLE:Analyst", "TITLE:Head of Data")
    device.sync()
    (proposal,) = device.planner.relation_queries.proposed_milestones()
    assert proposal.contact.id == id
    device.planner.history.undo()
    assert device.planner.relation_queries.proposed_milestones() == ()


def test_nothing_changed_takes_one_request(device: Device, memory: MemoryDav) -> None:
    for n in range(30):
        device.add(f"Number{n} Sample")
    device.sync()
    memory.requests.clear()
    assert device.sync().in_words() == "nothing to do"
    assert len(memory.requests) == 1


def test_the_phones_card_of_somebody_who_is_here_already_under_that_uid_joins_them(device: Device) -> None:
    id = device.planner.contacts.add(ContactDetails(given="Ann", title="Head"), uid="shared").new("contact")
    device.put_there("a.vcf", "UID:shared", "FN:Ann", "N:;Ann;;;", "TITLE:Chief")
    outcome = device.sync()
    assert outcome.disagreements == 1
    assert device.get(id).title == "Head"
    assert len(device.there()) == 1
    assert len(device.people()) == 1
