"""Commands on events themselves and their "Before you go"; the parts of an event have a class each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.events import defaults, writing
from planner.events.agenda import Agenda
from planner.events.meetings import Meetings
from planner.events.people import People
from planner.events.pitches import Pitches
from planner.events.questions import Questions
from planner.events.records import EventDetails, EventKind, EventState
from planner.events.schedule.importing import ScheduleImport
from planner.store.store import Store
from planner.store.tables import ChecklistItemTable, EventTable, PitchTable, PlanTable


class EventService:
    """Every method is one undoable command and returns its `Changes`.

    `agenda`, `people`, `pitches`, `meetings`, `questions` and `schedules` hold the commands on the parts of an event.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.agenda = Agenda(store)
        self.people = People(store, clock)
        self.pitches = Pitches(store, clock)
        self.meetings = Meetings(store, clock)
        self.questions = Questions(store)
        self.schedules = ScheduleImport(store, clock)

    def add(self, details: EventDetails, contact_ids: Sequence[int] = (), names: Sequence[str] = ()) -> Changes:
        """Add an event, with people to meet; `names` become contacts where there is none of that name.

        It gets its kind's checklist and, if it names none, the plan of its kind and the pitch used last.

        Raises Invalid for an empty title, an unknown zone, an end before the start.
        """
        now = self._clock.now()
        with self._store.write(f"add {' '.join(details.title.split()) or 'an event'}") as work:
            session = work.session
            details = replace(
                details,
                plan_id=details.plan_id or _plan_for(session, details.kind),
                pitch_id=details.pitch_id or _pitch_for(session, details.kind),
            )
            event_id = writing.add_event(session, details, self._clock.zone, now)
            ids = [*contact_ids, *(writing.contact_of_name(session, name, now) for name in names if name.strip())]
            if ids:
                writing.attend(session, event_id, ids)
        return work.changes

    def update(self, event_id: int, details: EventDetails) -> Changes:
        """Replace an event's details. Raises NotFound and Invalid."""
        with self._store.write(f"edit {' '.join(details.title.split()) or 'an event'}") as work:
            row = writing.one(work.session, EventTable, event_id, "event")
            if details.previous_id == event_id:
                raise Invalid("Edition", "an event can't come before itself")
            writing.fill_event(row, details, self._clock.zone)
            row.updated_at = self._clock.now()
        return work.changes

    def set_text(self, event_id: int, *, aim: str | None = None, notes: str | None = None) -> Changes:
        """Set the aim or the notes alone, which the screen saves as they are typed."""
        what = "the aim of" if aim is not None else "the notes on"
        with self._store.write(f"edit {what} {self.title(event_id)}") as work:
            row = writing.one(work.session, EventTable, event_id, "event")
            if aim is not None:
                row.aim = aim.strip()
            if notes is not None:
                row.notes = notes.strip()
            row.updated_at = self._clock.now()
        return work.changes

    def set_state(self, event_ids: Collection[int], state: EventState) -> Changes:
        """Call events off, or have them planned again."""
        verb = {
            EventState.CALLED_OFF: "call off",
            EventState.PLANNED: "plan again",
            EventState.WRAPPED_UP: "wrap up",
        }[state]
        with self._store.write(f"{verb} {self._in_words(event_ids)}") as work:
            for row in writing.all_of(work.session, EventTable, event_ids, "event"):
                row.state = state.value
                row.updated_at = self._clock.now()
        return work.changes

    def set_plan(self, event_id: int, plan_id: int | None) -> Changes:
        """Choose the plan that is proposed once the event is over."""
        with self._store.write(f"choose the plan for {self.title(event_id)}") as work:
            row = writing.one(work.session, EventTable, event_id, "event")
            if plan_id is not None:
                writing.one(work.session, PlanTable, plan_id, "plan")
            row.plan_id = plan_id
        return work.changes

    def delete(self, event_ids: Collection[int]) -> Changes:
        """Delete events with their agenda and preparation. Interactions, promises and follow-ups stay."""
        with self._store.write(f"delete {self._in_words(event_ids)}") as work:
            writing.all_of(work.session, EventTable, event_ids, "event")
            work.session.expunge_all()
            work.session.execute(delete(EventTable).where(EventTable.id.in_(set(event_ids))))
        return work.changes

    # --- Before you go -----------------------------------------------------------------------------------------------

    def add_check(self, event_id: int, text: str) -> Changes:
        """Add a line to "Before you go"."""
        line = _line(text)
        with self._store.write(f"add “{line}” to {self.title(event_id)}") as work:
            last = work.session.scalar(
                select(func.max(ChecklistItemTable.position)).where(ChecklistItemTable.event_id == event_id)
            )
            position = 0 if last is None else last + 1
            work.session.add(ChecklistItemTable(event_id=event_id, position=position, text=line))
        return work.changes

    def update_check(self, item_id: int, text: str) -> Changes:
        """Reword a line of "Before you go"."""
        line = _line(text)
        with self._store.write(f"edit “{line}”") as work:
            writing.one(work.session, ChecklistItemTable, item_id, "line").text = line
        return work.changes

    def tick_check(self, item_ids: Collection[int], done: bool = True) -> Changes:
        """Tick lines of "Before you go", or untick them."""
        with self._store.write("tick a line" if done else "untick a line") as work:
            for row in writing.all_of(work.session, ChecklistItemTable, item_ids, "line"):
                row.done = done
        return work.changes

    def move_check(self, item_id: int, position: int) -> Changes:
        """Move a line of "Before you go" to a place from 0; beyond the end is the end."""
        with self._store.write("move a line") as work:
            row = writing.one(work.session, ChecklistItemTable, item_id, "line")
            rows = work.session.scalars(
                select(ChecklistItemTable)
                .where(ChecklistItemTable.event_id == row.event_id)
                .order_by(ChecklistItemTable.position, ChecklistItemTable.id)
            ).all()
            writing.place(rows, row, position)
        return work.changes

    def delete_check(self, item_ids: Collection[int]) -> Changes:
        """Delete lines of "Before you go"."""
        with self._store.write("delete a line" if len(item_ids) == 1 else f"delete {len(item_ids)} lines") as work:
            for row in writing.all_of(work.session, ChecklistItemTable, item_ids, "line"):
                work.session.delete(row)
        return work.changes

    # --- words for labels --------------------------------------------------------------------------------------------

    def title(self, event_id: int) -> str:
        """The title of an event. Raises NotFound."""
        with self._store.read() as session:
            return writing.one(session, EventTable, event_id, "event").title

    def _in_words(self, event_ids: Collection[int]) -> str:
        return self.title(next(iter(event_ids))) if len(event_ids) == 1 else f"{len(event_ids)} events"


def _line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise Invalid("Line", "write what is to be done")
    return line


def _plan_for(session: Session, kind: EventKind) -> int | None:
    """The first plan that is proposed for events of this kind."""
    for id, kinds in session.execute(select(PlanTable.id, PlanTable.event_kinds).order_by(PlanTable.id)):
        if kind.value in (part.strip() for part in kinds.split(",")):
            return int(id)
    return None


def _pitch_for(session: Session, kind: EventKind) -> int | None:
    """The pitch that the latest events of such a kind used; talks with one person need none."""
    if kind in defaults.PERSONAL:
        return None
    personal = [kind.value for kind in defaults.PERSONAL]
    return session.scalar(
        select(PitchTable.id)
        .join(EventTable, EventTable.pitch_id == PitchTable.id)
        .where(EventTable.kind.not_in(personal))
        .order_by(EventTable.starts_at.desc())
        .limit(1)
    )
