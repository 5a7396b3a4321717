"""Commands on the people of an event and on what is prepared for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import writing as contacts
from planner.errors import Invalid
from planner.events import writing
from planner.events.records import Part, PreparationKind, Wish
from planner.store.store import Store
from planner.store.tables import AttendanceTable, ContactTable, EventTable, PreparationItemTable


class People:
    """Every method is one undoable command."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(
        self,
        event_id: int,
        contact_ids: Sequence[int],
        wish: Wish | None = None,
        part: Part = Part.ATTENDEE,
        note: str = "",
    ) -> Changes:
        """Put people on an event; who is there already is left as they are. See `writing.attend`."""
        with self._store.write(f"add {self._called(contact_ids)} to {self._event(event_id)}") as work:
            writing.attend(work.session, event_id, contact_ids, wish, part, note)
        return work.changes

    def add_named(self, event_id: int, name: str, wish: Wish | None = None) -> Changes:
        """Put someone on an event by name: the one contact of that name, else a new one. Raises Invalid for no name."""
        shown = " ".join(name.split())
        if not shown:
            raise Invalid("Name", "say whom")
        with self._store.write(f"add {shown} to {self._event(event_id)}") as work:
            contact_id = writing.contact_of_name(work.session, shown, self._clock.now())
            writing.attend(work.session, event_id, (contact_id,), wish)
        return work.changes

    def update(
        self,
        attendance_ids: Collection[int],
        *,
        wish: Wish | None = None,
        part: Part | None = None,
        note: str | None = None,
        said: str | None = None,
    ) -> Changes:
        """Change what is given, for one attendance or several."""
        with self._store.write(f"edit {self._attending(attendance_ids)}") as work:
            for row in writing.all_of(work.session, AttendanceTable, attendance_ids, "person"):
                if wish is not None:
                    row.wish = wish.value
                if part is not None:
                    row.part = part.value
                if note is not None:
                    row.note = note.strip()
                if said is not None:
                    row.said = said.strip()
        return work.changes

    def remove(self, attendance_ids: Collection[int]) -> Changes:
        """Take people off an event, with what was prepared for meeting them there. The contacts stay."""
        with self._store.write(f"take {self._attending(attendance_ids)} off the event") as work:
            for row in writing.all_of(work.session, AttendanceTable, attendance_ids, "person"):
                work.session.delete(row)
        return work.changes

    def move(self, attendance_id: int, position: int) -> Changes:
        """Move someone to a place in the list, from 0; beyond the end is the end."""
        with self._store.write(f"move {self._attending((attendance_id,))}") as work:
            row = writing.one(work.session, AttendanceTable, attendance_id, "person")
            rows = work.session.scalars(
                select(AttendanceTable)
                .where(AttendanceTable.event_id == row.event_id)
                .order_by(AttendanceTable.position, AttendanceTable.id)
            ).all()
            writing.place(rows, row, position)
        return work.changes

    # --- preparation -------------------------------------------------------------------------------------------------

    def set_research(self, contact_id: int, text: str) -> Changes:
        """Save research notes (Markdown). They live with the contact and are there at the next event."""
        with self._store.write(f"edit research on {self._called((contact_id,))}") as work:
            contacts.set_columns(work.session, (contact_id,), self._clock.now(), research=text.rstrip())
        return work.changes

    def add_items(self, attendance_id: int, kind: PreparationKind, texts: Iterable[str]) -> Changes:
        """Add lines of preparation after those of their kind. Raises Invalid when all of them are empty."""
        lines = [line for text in texts if (line := " ".join(text.split()))]
        if not lines:
            raise Invalid(kind.value.capitalize(), "write something first")
        many = f"“{lines[0]}”" if len(lines) == 1 else f"{len(lines)} lines"
        with self._store.write(f"add {many} for {self._attending((attendance_id,))}") as work:
            session = work.session
            writing.one(session, AttendanceTable, attendance_id, "person")
            last = session.scalar(
                select(func.max(PreparationItemTable.position)).where(
                    PreparationItemTable.attendance_id == attendance_id
                )
            )
            first = 0 if last is None else last + 1
            for position, line in enumerate(lines, first):
                session.add(
                    PreparationItemTable(attendance_id=attendance_id, kind=kind.value, position=position, text=line)
                )
        return work.changes

    def add_item(self, attendance_id: int, kind: PreparationKind, text: str) -> Changes:
        """Add one line of preparation."""
        return self.add_items(attendance_id, kind, (text,))

    def update_item(self, item_id: int, *, text: str | None = None, answer: str | None = None) -> Changes:
        """Reword a line, or note the answer to it. Raises Invalid for an empty line."""
        with self._store.write("edit a line of preparation" if answer is None else "note an answer") as work:
            row = writing.one(work.session, PreparationItemTable, item_id, "line")
            if text is not None:
                line = " ".join(text.split())
                if not line:
                    raise Invalid("Line", "write something, or delete it")
                row.text = line
            if answer is not None:
                row.answer = answer.strip()
        return work.changes

    def tick_items(self, item_ids: Collection[int], done: bool = True) -> Changes:
        """Tick lines that were said, asked or done; or untick them."""
        with self._store.write("tick a line of preparation" if done else "untick a line of preparation") as work:
            for row in writing.all_of(work.session, PreparationItemTable, item_ids, "line"):
                row.done = done
        return work.changes

    def move_item(self, item_id: int, position: int) -> Changes:
        """Move a line to a place among those of its kind, from 0; beyond the end is the end."""
        with self._store.write("move a line of preparation") as work:
            row = writing.one(work.session, PreparationItemTable, item_id, "line")
            rows = work.session.scalars(
                select(PreparationItemTable)
                .where(PreparationItemTable.attendance_id == row.attendance_id, PreparationItemTable.kind == row.kind)
                .order_by(PreparationItemTable.position, PreparationItemTable.id)
            ).all()
            writing.place(rows, row, position)
        return work.changes

    def delete_items(self, item_ids: Collection[int]) -> Changes:
        """Delete lines of preparation."""
        many = "a line" if len(item_ids) == 1 else f"{len(item_ids)} lines"
        with self._store.write(f"delete {many} of preparation") as work:
            for row in writing.all_of(work.session, PreparationItemTable, item_ids, "line"):
                work.session.delete(row)
        return work.changes

    # --- words for labels --------------------------------------------------------------------------------------------

    def _event(self, event_id: int) -> str:
        with self._store.read() as session:
            return writing.one(session, EventTable, event_id, "event").title

    def _called(self, contact_ids: Sequence[int]) -> str:
        with self._store.read() as session:
            return contacts.in_words(session, contact_ids)

    def _attending(self, attendance_ids: Collection[int]) -> str:
        with self._store.read() as session:
            return _attending(session, attendance_ids)


def _attending(session: Session, attendance_ids: Collection[int]) -> str:
    if len(attendance_ids) != 1:
        return f"{len(attendance_ids)} people"
    row = writing.one(session, AttendanceTable, next(iter(attendance_ids)), "person")
    return writing.one(session, ContactTable, row.contact_id, "person").name or "someone"
