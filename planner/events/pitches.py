"""Commands on elevator pitches."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.events import speech, writing
from planner.store.store import Store
from planner.store.tables import EventTable, PitchTable, PitchVersionTable

#: A pitch shorter than a breath or longer than a talk is a slip of the finger.
LEAST_SECONDS, MOST_SECONDS = 5, 600


class Pitches:
    """Every method is one undoable command. A pitch belongs to no event: several may use it, and change with it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(self, audience: str = "", text: str = "", target_seconds: int = 60, event_id: int | None = None) -> Changes:
        """Write a new pitch; for an event, that one uses it from now on."""
        with self._store.write("write a pitch") as work:
            session = work.session
            row = PitchTable(
                uid=str(uuid.uuid4()),
                audience=audience.strip(),
                text=text.strip(),
                target_seconds=_checked(target_seconds),
                updated_at=self._clock.now(),
            )
            session.add(row)
            session.flush()
            if event_id is not None:
                writing.one(session, EventTable, event_id, "event").pitch_id = row.id
        return work.changes

    def update(
        self,
        pitch_id: int,
        *,
        audience: str | None = None,
        text: str | None = None,
        target_seconds: int | None = None,
    ) -> Changes:
        """Change what is given. The text before is kept as a version by the rule of `speech.keeps_version`."""
        with self._store.write("edit the pitch") as work:
            row = writing.one(work.session, PitchTable, pitch_id, "pitch")
            if audience is not None:
                row.audience = audience.strip()
            if target_seconds is not None:
                row.target_seconds = _checked(target_seconds)
            if text is not None and text.strip() != row.text:
                now = self._clock.now()
                if speech.keeps_version(row.text, text, row.updated_at, now):
                    _keep(work.session, row)
                row.text = text.strip()
                row.updated_at = now
        return work.changes

    def restore(self, version_id: int) -> Changes:
        """Take an earlier text again; the present one is kept as a version."""
        with self._store.write("take an earlier pitch again") as work:
            version = writing.one(work.session, PitchVersionTable, version_id, "version")
            row = writing.one(work.session, PitchTable, version.pitch_id, "pitch")
            if speech.is_another_text(row.text, version.text):
                _keep(work.session, row)
            row.text = version.text
            row.updated_at = self._clock.now()
        return work.changes

    def choose(self, event_id: int, pitch_id: int | None) -> Changes:
        """Use a pitch at an event, or none."""
        with self._store.write("choose a pitch") as work:
            event = writing.one(work.session, EventTable, event_id, "event")
            if pitch_id is not None:
                writing.one(work.session, PitchTable, pitch_id, "pitch")
            event.pitch_id = pitch_id
        return work.changes

    def delete(self, pitch_id: int) -> Changes:
        """Delete a pitch and its versions; events that used it have none."""
        with self._store.write("delete a pitch") as work:
            work.session.delete(writing.one(work.session, PitchTable, pitch_id, "pitch"))
        return work.changes


def _keep(session: Session, row: PitchTable) -> None:
    if row.text.strip():
        session.add(PitchVersionTable(pitch_id=row.id, at=row.updated_at, text=row.text))


def _checked(seconds: int) -> int:
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise Invalid("Target", f"choose between {LEAST_SECONDS} and {MOST_SECONDS} seconds")
    return seconds
