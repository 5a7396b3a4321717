"""A merge moves everything, is one step, and undo puts every row back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, Table, insert, select
from sqlalchemy.orm import Session

from planner.cards.importing import CardImport
from planner.cards.outcomes import Outcome
from planner.cards.reading import CardReader
from planner.contacts import merge_rows, merge_writing
from planner.contacts.merging import MERGED_UID, uids_of
from planner.contacts.records import ContactDetails, Email
from planner.errors import Invalid, NotFound
from planner.store.journal import journalled
from planner.store.tables import Base
from planner.store.types import UtcDateTime
from tests.planner.contacts.conftest import People

#: Every column that names a contact. Another one needs a thought: can two rows not both stand, and how are they one?
KNOWN = {
    ("acquaintance", "contact_id"), ("acquaintance", "other_id"), ("attendance", "contact_id"), ("card", "contact_id"),
    ("contact_not_same", "contact_id"), ("contact_not_same", "other_id"), ("exchange", "contact_id"),
    ("followup_contact", "contact_id"), ("goal_contact", "contact_id"), ("interaction_contact", "contact_id"),
    ("introduction", "a_id"), ("introduction", "b_id"), ("introduction", "introducer_id"),
    ("interview", "contact_id"), ("interview_named", "contact_id"), ("log_entry", "contact_id"),
    ("invitation", "contact_id"),
    ("log_entry", "mediator_id"), ("membership", "contact_id"), ("milestone", "contact_id"), ("promise", "contact_id"),
    ("session_speaker", "contact_id"),
}  # fmt: skip
AT = datetime(2027, 5, 1, 9, tzinfo=UTC)


def dump(people: People) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that undo answers for, and what is derived from them."""
    with people.store.read() as session:
        names = [table.name for table in journalled()]
        found = {name: _rows(session, name) for name in names}
        found["contact_summary"] = _rows(session, "contact_summary")
        search = session.connection().exec_driver_sql("SELECT rowid, name, work, rest FROM contact_search ORDER BY 1")
        found["search"] = [tuple(row) for row in search]
        return found


def _rows(session: Session, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.connection().exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY id')]


class Filler:
    """Makes rows of any table, with whatever they must refer to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._serial = 0

    def row(self, table: Table, **given: Any) -> int:
        """Add a row; columns that are not given get some value of their type. Returns its id."""
        values = dict(given)
        for column in table.columns:
            if column.name in values or column.primary_key:
                continue
            if column.foreign_keys:
                target = next(iter(column.foreign_keys)).column.table
                values[column.name] = None if column.nullable else self.row(target)
            elif not column.nullable:
                values[column.name] = self._some(column)
        key = self._session.connection().execute(insert(table).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _some(self, column: Any) -> Any:
        self._serial += 1
        match column.type:
            case UtcDateTime():
                return AT
            case Date():
                return date(2027, 5, 1)
            case Boolean():
                return False
            case Integer():
                return 0
            case _:
                return f"{column.name} {self._serial}"


@pytest.fixture
def twins(people: People) -> tuple[int, int, int]:
    """Someone twice, and somebody else."""
    return (
        people.add("Ingrid Vale", emails=(Email("ingrid@northlight.example"),)),
        people.add("Ingrid Vale", organisation="Northlight"),
        people.add("Tom Ek"),
    )


def test_every_column_that_names_a_contact_is_known() -> None:
    assert {(each.table.name, each.column.name) for each in merge_rows.references()} == KNOWN


def test_every_table_that_wants_one_row_for_a_contact_says_how_two_become_one() -> None:
    links = {"interaction_contact", "followup_contact", "goal_contact", "contact_not_same"}
    for each in merge_rows.references():
        if each.unique:
            assert each.table.name in links | set(merge_rows._COMBINED)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_belonged_to_the_other_belongs_to_the_kept_one(
    people: People, twins: tuple[int, int, int], name: tuple[str, str]
) -> None:
    kept, other, third = twins
    table = Base.metadata.tables[name[0]]
    with people.store.write("prepare") as work:
        filler = Filler(work.session)
        need = {c.name: third for c in table.columns if c.name in ("contact_id", "other_id", "a_id")}
        id = filler.row(table, **{**need, name[1]: other})
    before = dump(people)
    people.contacts.merge(kept, (other,))
    with people.store.read() as session:
        assert session.scalar(select(table.c[name[1]]).where(table.c.id == id)) == kept
    people.history.undo()
    assert dump(people) == before


def test_rows_that_both_have_become_one_and_undo_gives_both_back(people: People, twins: tuple[int, int, int]) -> None:
    kept, other, third = twins
    tables = Base.metadata.tables
    with people.store.write("prepare") as work:
        filler = Filler(work.session)
        for each in merge_rows.references():
            names = [name for name in each.unique if name not in ("contact_id", "other_id")]
            fixed = {name: filler.row(_target(each.table, name)) for name in names}
            for id in (kept, other):
                rest = {c: third for c in ("contact_id", "other_id", "a_id") if c in each.table.c}
                if each.table.name in ("acquaintance", "contact_not_same") and each.column.name == "other_id":
                    continue
                filler.row(each.table, **{**fixed, **rest, each.column.name: id})
        filler.row(tables["acquaintance"], contact_id=kept, other_id=other, how="at school")
        filler.row(tables["contact_not_same"], contact_id=other, other_id=kept)
        filler.row(tables["introduction"], a_id=kept, b_id=other, introducer_id=third)
    before = dump(people)
    changes = people.contacts.merge(kept, (other,))
    assert changes.label == "merge Ingrid Vale and Ingrid Vale"
    after = dump(people)
    for each in merge_rows.references():
        with people.store.read() as session:
            assert session.scalar(select(each.column).where(each.column == other)) is None, each.table.name
    assert other not in [row[0] for row in after["contact"]]
    people.history.undo()
    assert dump(people) == before
    people.history.redo()
    assert dump(people) == after


def _target(table: Table, name: str) -> Table:
    return next(iter(table.c[name].foreign_keys)).column.table


def test_two_attendances_of_one_event_are_combined_with_their_preparation(
    people: People, twins: tuple[int, int, int]
) -> None:
    kept, other, _ = twins
    tables = Base.metadata.tables
    with people.store.write("prepare") as work:
        filler = Filler(work.session)
        event = filler.row(tables["event"])
        mine = {"wish": "would", "part": "attendee", "outcome": "", "said": "Likes rails", "note": "by Tom"}
        theirs = {"wish": "must", "part": "speaker", "outcome": "met", "said": "Wants a demo", "note": "by Tom"}
        first = filler.row(tables["attendance"], event_id=event, contact_id=kept, **mine)
        second = filler.row(tables["attendance"], event_id=event, contact_id=other, **theirs)
        for attendance, text in ((first, "Common ground"), (second, "Ask about Oslo")):
            filler.row(tables["preparation_item"], attendance_id=attendance, text=text)
    people.contacts.merge(kept, (other,))
    with people.store.read() as session:
        rows = session.connection().execute(select(tables["attendance"])).mappings().all()
        items = session.connection().execute(select(tables["preparation_item"])).mappings().all()
    assert len(rows) == 1
    assert {key: rows[0][key] for key in mine} == {
        "wish": "must", "part": "speaker", "outcome": "met", "said": "Likes rails\nWants a demo", "note": "by Tom",
    }  # fmt: skip
    assert {(item["attendance_id"], item["text"]) for item in items} == {
        (first, "Common ground"), (first, "Ask about Oslo"),
    }  # fmt: skip


def test_a_check_in_both_have_open_is_one(people: People, twins: tuple[int, int, int]) -> None:
    kept, other, _ = twins
    tables = Base.metadata.tables
    with people.store.write("prepare") as work:
        filler = Filler(work.session)
        ids = []
        for id, origin, key in (
            (kept, "rhythm", f"{kept}:2027-01-01:2027-03-01"),
            (other, "rhythm", f"{other}:2027-02-01:2027-04-01"),
            (other, "milestone", f"birthday:{other}::2027"),
            (other, "plan", f"plan:1:event 2:{other}:thank you:1"),
        ):
            ids.append(filler.row(tables["followup"], origin=origin, origin_key=key, state="open"))
            filler.row(tables["followup_contact"], followup_id=ids[-1], contact_id=id)
    people.contacts.merge(kept, (other,))
    with people.store.read() as session:
        table = tables["followup"]
        found = {row.id: (row.state, row.origin_key) for row in session.execute(select(table))}
    assert found == {
        ids[0]: ("open", f"{kept}:2027-01-01:2027-03-01"),
        ids[1]: ("dropped", f"{kept}:2027-02-01:2027-04-01"),
        ids[2]: ("open", f"birthday:{kept}::2027"),
        ids[3]: ("open", f"plan:1:event 2:{kept}:thank you:1"),
    }


def test_the_uids_of_those_merged_are_remembered(people: People, twins: tuple[int, int, int]) -> None:
    kept, other, third = twins
    uids = [people.queries.get(id).uid for id in twins]
    people.contacts.merge(other, (third,))
    people.contacts.merge(kept, (other,), ContactDetails(given="Ingrid", family="Vale"))
    found = people.queries.get(kept)
    assert found.uid == uids[0]
    assert set(uids_of(found.details)) == set(uids[1:])
    assert [extra.name for extra in found.details.extras] == [MERGED_UID, MERGED_UID]
    with people.store.read() as session:
        assert merge_writing.merged_uids(session.connection()) == {uids[1]: kept, uids[2]: kept}


def test_several_merges_are_one_step(people: People) -> None:
    ids = [people.add(f"{name} Berg") for name in ("Anna", "Anna", "Tom", "Tom", "Tom")]
    before = dump(people)
    heard: list[tuple[int, int]] = []
    people.contacts.merge_many(
        [(ids[0], ids[1:2]), (ids[2], ids[3:])], progress=lambda done, total: heard.append((done, total))
    )
    assert people.names("") == ["Anna Berg", "Tom Berg"]
    assert heard == [(1, 2), (2, 2)]
    assert people.history.undo().label == "merge 3 duplicates"
    assert dump(people) == before


def test_what_cannot_be_merged_leaves_everything_as_it_was(people: People, twins: tuple[int, int, int]) -> None:
    before = dump(people)
    with pytest.raises(NotFound):
        people.contacts.merge(twins[0], (twins[1], 999))
    with pytest.raises(Invalid):
        people.contacts.merge(twins[0], twins[1:2], ContactDetails())
    assert dump(people) == before


def test_telling_apart_is_noted_once(people: People, twins: tuple[int, int, int]) -> None:
    assert people.contacts.tell_apart(twins)
    assert not people.contacts.tell_apart(twins[:2][::-1])
    assert len(dump(people)["contact_not_same"]) == 3


def test_a_file_that_still_has_the_other_brings_nobody_back(people: People, tmp_path: Path) -> None:
    file = tmp_path / "two.vcf"
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{0}\r\nFN:{1}\r\nEND:VCARD\r\n"
    file.write_text(card.format("one", "Anna Berg") + card.format("two", "A. B. Berg"), encoding="utf-8")
    importer, reader = CardImport(people.store, people.clock, people.settings), CardReader(None)  # type: ignore[arg-type]  # no photo is read
    importer.run(reader.people(file), "import")
    first, second = (people.queries.by_uid(uid) for uid in ("one", "two"))
    assert first is not None
    assert second is not None
    people.contacts.merge(first.id, (second.id,))
    looked = list(importer.look(reader.people(file)))
    _, items = importer.run(reader.people(file), "import")
    assert {item.id for item in (*looked, *items)} == {first.id}
    assert Outcome.NEW not in {item.outcome for item in items}
    assert people.queries.count() == 1


def test_of_two_invitations_the_one_that_holds_and_the_later_answer_stay() -> None:
    old = {"uid": "a", "sequence": 1, "address": "a@x.example", "state": "withdrawn", "invited_at": 1,
           "answer": "accepted", "answered_at": 2}  # fmt: skip
    new = {"uid": "b", "sequence": 0, "address": "b@x.example", "state": "invited", "invited_at": 3,
           "answer": "", "answered_at": None}  # fmt: skip
    both = {**new, "answer": "accepted", "answered_at": 2}
    assert merge_rows._COMBINED["invitation"](dict(old), dict(new)) == both
    assert merge_rows._COMBINED["invitation"](dict(new), dict(old)) == both
