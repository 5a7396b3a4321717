"""Undo gives back exactly what was there, redo exactly what came after, in any order, and after a restart too."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, insert, select, update

from planner.clock import FixedClock
from planner.errors import Cancelled
from planner.store import history as history_module
from planner.store import integrity
from planner.store.history import History, NothingToRedo, NothingToUndo
from planner.store.journal import DEPTH
from planner.store.store import Store
from planner.store.tables import (
    ContactTable,
    EmailTable,
    EventTable,
    FollowUpContactTable,
    FollowUpTable,
    InteractionContactTable,
    InteractionTable,
    TagTable,
)
from tests.planner.store.conftest import add_contact, dump

names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


class Life(RuleBasedStateMachine):
    """Commands of every shape, with undo, redo and restarts in between, against a list of remembered states."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "rapport.sqlite"
        self.clock = FixedClock()
        self.store = Store(self.path, self.clock)
        self.states = [dump(self.store)]
        self.at = 0
        self.serial = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert integrity.check(self.store).findings == ()
            self.store.close()
            self.folder.cleanup()

    @property
    def history(self) -> History:
        return History(self.store)

    def unique(self) -> str:
        self.serial += 1
        return f"uid-{self.serial}"

    def contacts(self) -> list[int]:
        with self.store.read() as session:
            return list(session.scalars(select(ContactTable.id).order_by(ContactTable.id)))

    def done(self, changes: Any) -> None:
        """Remember the state after a command, unless it changed nothing."""
        if changes:
            self.states = [*self.states[: self.at + 1], dump(self.store)]
            self.at += 1

    @rule(name=names)
    def add_by_orm(self, name: str) -> None:
        now = self.clock.now()
        with self.store.write("add a contact") as work:
            row = ContactTable(uid=self.unique(), name=name, created_at=now, updated_at=now)
            work.session.add(row)
            work.session.flush()
            work.session.add(EmailTable(contact_id=row.id, address=name, address_key=name))
            work.session.add(TagTable(contact_id=row.id, tag=name))
        self.done(work.changes)

    @rule(count=st.integers(1, 5))
    def add_in_bulk(self, count: int) -> None:
        now = self.clock.now()
        with self.store.write("import", bulk=True) as work:
            for _ in range(count):
                uid = self.unique()
                made = work.connection.execute(
                    insert(ContactTable).values(uid=uid, name=uid, created_at=now, updated_at=now)
                )
                work.connection.execute(
                    insert(EmailTable).values(contact_id=made.inserted_primary_key[0], address=uid, address_key=uid)
                )
            # A bulk command may change what was there, too, and what it has just added.
            change = update(ContactTable).values(notes=self.unique())
            work.connection.execute(change.where(ContactTable.id.in_((1, made.inserted_primary_key[0]))))
            if count == 2:
                work.connection.execute(delete(ContactTable).where(ContactTable.id == made.inserted_primary_key[0]))
        self.done(work.changes)

    @rule(data=st.data(), text=names)
    def change_by_core(self, data: st.DataObject, text: str) -> None:
        ids = data.draw(st.sets(st.sampled_from(self.contacts() or [0])))
        with self.store.write("change contacts") as work:
            work.connection.execute(
                update(ContactTable).where(ContactTable.id.in_(ids)).values(notes=ContactTable.notes + text)
            )
        self.done(work.changes)

    @rule(data=st.data())
    def log(self, data: st.DataObject) -> None:
        ids = data.draw(st.sets(st.sampled_from(self.contacts() or [0]), max_size=3)) - {0}
        now = self.clock.now()
        with self.store.write("log a call") as work:
            event = EventTable(
                uid=self.unique(), kind="meetup", title="x", starts_at=now, ends_at=now, created_at=now, updated_at=now
            )
            work.session.add(event)
            work.session.flush()
            call = InteractionTable(uid=self.unique(), kind="call", at=now, event_id=event.id, created_at=now)
            followup = FollowUpTable(
                uid=self.unique(),
                kind="promise",
                title="x",
                due_on=now.date(),
                event_id=event.id,
                created_at=now,
                updated_at=now,
            )
            work.session.add_all([call, followup])
            work.session.flush()
            for id in sorted(ids):
                work.session.add(InteractionContactTable(interaction_id=call.id, contact_id=id))
                work.session.add(FollowUpContactTable(followup_id=followup.id, contact_id=id))
        self.done(work.changes)

    @rule(data=st.data())
    def delete_with_all_that_hangs_on_it(self, data: st.DataObject) -> None:
        ids = data.draw(st.sets(st.sampled_from(self.contacts() or [0])))
        with self.store.write("delete contacts") as work:
            work.connection.execute(delete(ContactTable).where(ContactTable.id.in_(ids)))
        self.done(work.changes)

    @rule()
    def delete_events(self) -> None:
        with self.store.write("delete events") as work:
            work.connection.execute(delete(EventTable))  # references to them are emptied, not followed
        self.done(work.changes)

    @rule()
    def fail_half_way(self) -> None:
        def fail() -> None:
            now = self.clock.now()
            with self.store.write("fail") as work:
                work.session.add(ContactTable(uid=self.unique(), name="x", created_at=now, updated_at=now))
                work.session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

    @rule()
    def undo(self) -> None:
        if self.at == 0:
            with pytest.raises(NothingToUndo):
                self.history.undo()
        else:
            self.history.undo()
            self.at -= 1

    @rule()
    def redo(self) -> None:
        if self.at == len(self.states) - 1:
            with pytest.raises(NothingToRedo):
                self.history.redo()
        else:
            self.history.redo()
            self.at += 1

    @rule(data=st.data())
    @precondition(lambda self: self.at > 1)
    def undo_several(self, data: st.DataObject) -> None:
        count = data.draw(st.integers(1, self.at))
        done = [command for command in self.history.recent(100) if not command.undone]
        self.history.undo_to(done[count - 1].id)
        self.at -= count

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store(self.path, self.clock)

    @invariant()
    def is_where_it_should_be(self) -> None:
        if hasattr(self, "store"):
            assert dump(self.store) == self.states[self.at]


Life.TestCase.settings = settings(max_examples=12, stateful_step_count=18, deadline=None)
TestLife = Life.TestCase


def test_history_is_named_in_words(store: Store, clock: FixedClock) -> None:
    add_contact(store, clock, "Ingrid Vale")
    history = History(store)
    assert [(c.label, c.undone, c.at) for c in history.recent()] == [("add Ingrid Vale", False, clock.now())]
    assert (history.next_undo() is not None, history.next_redo()) == (True, None)
    assert history.undo().label == "add Ingrid Vale"
    assert (history.next_undo(), history.next_redo() is not None) == (None, True)


def test_what_changes_nothing_is_no_command_and_keeps_redo(store: Store, clock: FixedClock) -> None:
    add_contact(store, clock, "Ingrid Vale")
    history = History(store)
    history.undo()
    with store.write("nothing") as work:
        pass
    assert not work.changes
    assert [command.label for command in history.recent()] == ["add Ingrid Vale"]
    history.redo()


def test_a_new_change_ends_redo(store: Store, clock: FixedClock) -> None:
    add_contact(store, clock, "Ingrid Vale")
    history = History(store)
    history.undo()
    add_contact(store, clock, "Kofi Danso")
    with pytest.raises(NothingToRedo):
        history.redo()


@pytest.mark.slow
def test_several_hundred_deep(store: Store, clock: FixedClock) -> None:
    id = add_contact(store, clock, "Ingrid Vale")
    for number in range(DEPTH + 20):
        with store.write("note") as work:
            work.connection.execute(update(ContactTable).where(ContactTable.id == id).values(notes=str(number)))
    history = History(store)
    done = history.recent(10_000)
    assert len(done) == DEPTH
    history.undo_to(done[-1].id)
    with store.read() as session:
        assert session.scalars(select(ContactTable.notes)).one() == "19"
        assert session.connection().exec_driver_sql("SELECT count(*) FROM command_row").scalar_one() == DEPTH


def test_ten_thousand_at_once(store: Store, clock: FixedClock) -> None:
    now = clock.now()
    before = dump(store)
    with store.write("import 10,000 contacts", bulk=True) as work:
        work.connection.execute(
            insert(ContactTable),
            [{"uid": f"u{n}", "name": f"Name {n}", "created_at": now, "updated_at": now} for n in range(10_000)],
        )
    assert work.changes.everything
    after = dump(store)
    history = History(store)
    history.undo()
    assert dump(store) == before
    history.redo()
    assert dump(store) == after


@pytest.mark.parametrize("step", [7, 5_000])
def test_what_takes_long_is_moved_step_by_step_tells_how_far_it_is_and_can_be_stopped(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(history_module, "_STEP", step)
    monkeypatch.setattr(history_module, "LONG", 59)
    before = dump(store)
    now = clock.now()
    with store.write("import 30 contacts", bulk=True) as work:
        rows = [{"uid": f"u{n}", "name": f"“{n}”\\\n", "created_at": now, "updated_at": now} for n in range(30)]
        ids = work.session.scalars(insert(ContactTable).returning(ContactTable.id), rows).all()
        tags = [{"contact_id": id, "tag": "späť"} for id in ids]
        work.connection.execute(insert(TagTable.__table__), tags)  # type: ignore[arg-type]  # a table, which it is
    after = dump(store)
    history = History(store)
    for move, there in ((history.undo, before), (history.redo, after), (history.undo, before)):
        record = history.next_redo() if move == history.redo else history.next_undo()
        assert history.is_long(record)
        here, heard = dump(store), list[tuple[int, int]]()

        def tell(done: int, total: int, heard: list[tuple[int, int]] = heard) -> None:
            heard.append((done, total))

        with pytest.raises(Cancelled):
            move(stop=lambda heard=heard: len(heard) > 1, progress=tell)  # type: ignore[misc]  # bound by its default
        assert dump(store) == here
        heard.clear()
        move(progress=tell)
        assert dump(store) == there
        assert heard[-1] == (60, 60)
        assert len(heard) == 2 * -(-30 // step)
    add_contact(store, clock, "Ingrid Vale")
    assert not history.is_long(history.next_undo())
    assert not history.is_long(None)
