"""Who knows whom among your contacts, as you noted it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, or_, select

from planner.changes import Changes
from planner.clock import Clock
from planner.errors import Invalid
from planner.followups import writing as followups
from planner.relations import writing
from planner.store.store import Store
from planner.store.tables import AcquaintanceTable


class Acquaintances:
    """Sets whom somebody knows. It goes both ways: A knows B is B knows A."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def set(self, contact_id: int, others: Sequence[int]) -> Changes:
        """Say whom somebody knows: exactly these. Raises Invalid where it is that person, NotFound for an unknown."""
        wanted = set(others)
        if contact_id in wanted:
            raise Invalid("Knows", "everybody knows themselves; name somebody else")
        with self._store.read() as session:
            label = f"note whom {writing.in_words(session, (contact_id,))} knows"
        with self._store.write(label) as work:
            session = work.session
            followups.check_contacts(session, (contact_id, *wanted))
            there: set[int] = set()
            for row in session.scalars(_about(contact_id)).all():
                other = row.other_id if row.contact_id == contact_id else row.contact_id
                if other in wanted and other not in there:
                    there.add(other)
                else:
                    session.delete(row)
            for other in sorted(wanted - there):
                session.add(AcquaintanceTable(contact_id=contact_id, other_id=other))
        return work.changes


def _about(contact_id: int) -> Select[AcquaintanceTable]:
    return select(AcquaintanceTable).where(
        or_(AcquaintanceTable.contact_id == contact_id, AcquaintanceTable.other_id == contact_id)
    )
