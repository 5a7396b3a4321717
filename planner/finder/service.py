"""People, events and follow-ups by a few letters, from all of them at once."""

from __future__ import annotations

from sqlalchemy import Connection, column, func, select, table

from planner.clock import Clock
from planner.events.times import span_words
from planner.finder import events, people
from planner.finder.records import Hit
from planner.folding import words
from planner.store.store import Store
from planner.store.tables import ContactTable, FollowUpContactTable, FollowUpTable

_SEARCH = table("contact_search", column("rowid"), column("contact_search"))
_FEW = 3
_NAMED = 2_000
#: How well what is not a person fits: below somebody of that name, above somebody with a name like it.
_COMING, _OVER, _TO_DO = 96.0, 94.0, 92.0


class Finder:
    """Answers within a few milliseconds, whatever the number of contacts: suited to be asked at every key press."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def find(self, text: str, limit: int = 12) -> tuple[Hit, ...]:
        """What has these words, the best fit first; of each kind no more than `limit`."""
        typed = words(text)
        if not typed:
            return ()
        with self._store.read() as session:
            connection = session.connection()
            hits = [
                *self._people(connection, text, limit),
                *self._events(connection, text, limit),
                *self._followups(connection, typed, limit),
            ]
        # Stable: among equals people come first, then events, then follow-ups.
        return tuple(sorted(hits, key=lambda hit: -hit.score))

    def recent(self, limit: int = 6) -> tuple[Hit, ...]:
        """Where one is likely to go next: people lately in touch, and the next event."""
        with self._store.read() as session:
            connection = session.connection()
            rows = connection.exec_driver_sql(
                "SELECT contact.id, name, title, organisation FROM contact_summary "
                "JOIN contact ON contact.id = contact_summary.id WHERE last_interaction_at IS NOT NULL "
                "ORDER BY last_interaction_at DESC, contact.id DESC LIMIT ?",
                (limit,),
            )
            found = [Hit("contact", row[0], row[1], _work(row[2], row[3])) for row in rows]
            today = self._clock.today()
            coming = [event for event in events.every(connection, self._clock.zone) if event.last_day >= today]
        coming.sort(key=lambda event: event.first_day)
        return (*found, *(self._event(event, 100.0) for event in coming[:2]))

    def _people(self, connection: Connection, text: str, limit: int) -> list[Hit]:
        hits = [_person(found) for found in people.by_name(connection, text, limit, shortest=1)]
        known = {hit.id for hit in hits}
        if len(hits) < limit:
            hits += [_person(found) for found in people.by_work(connection, text, limit - len(hits), known)]
        if len(hits) < _FEW:
            known = {hit.id for hit in hits}
            like = people.like_name(connection, text, limit - len(hits), known)
            # A slip of the fingers is only guessed at, so what really has the words comes first.
            hits += [_person(found, found.score - 10) for found in like]
        return hits

    def _events(self, connection: Connection, text: str, limit: int) -> list[Hit]:
        found = [
            event
            for event in events.every(connection, self._clock.zone)
            if events.matches(text, event.title) or events.matches(text, f"{event.title} {event.place}")
        ]
        today = self._clock.today()
        # The next one first, then those lately over.
        found.sort(key=lambda event: (event.last_day < today, abs((event.first_day - today).days)))
        return [self._event(event, _COMING if event.last_day >= today else _OVER) for event in found[:limit]]

    def _event(self, event: events.EventHit, score: float) -> Hit:
        today = self._clock.today()
        days = span_words(event.first_day, event.last_day, year=event.first_day.year != today.year)
        detail = " · ".join(part for part in (days, event.place) if part)
        return Hit("event", event.id, event.title, detail, score, closed=event.last_day < today)

    def _followups(self, connection: Connection, typed: list[str], limit: int) -> list[Hit]:
        """Open ones where each word is in the title, or begins one of somebody's name."""
        names = (
            select(func.group_concat(ContactTable.name, ", "))
            .join(FollowUpContactTable, FollowUpContactTable.contact_id == ContactTable.id)
            .where(FollowUpContactTable.followup_id == FollowUpTable.id)
            .scalar_subquery()
        )
        query = select(FollowUpTable.id, FollowUpTable.title, names).where(FollowUpTable.state == "open")
        for word in typed:
            called = (
                select(_SEARCH.c.rowid).where(_SEARCH.c.contact_search.op("MATCH")(f'name : "{word}"*')).limit(_NAMED)
            )
            theirs = select(FollowUpContactTable.followup_id).where(FollowUpContactTable.contact_id.in_(called))
            query = query.where(FollowUpTable.title.contains(word, autoescape=True) | FollowUpTable.id.in_(theirs))
        rows = connection.execute(query.order_by(FollowUpTable.due_on, FollowUpTable.id).limit(limit))
        return [Hit("followup", id, title, names or "", _TO_DO) for id, title, names in rows]


def _person(hit: people.NameHit, score: float | None = None) -> Hit:
    return Hit("contact", hit.id, hit.name, _work(hit.title, hit.organisation), hit.score if score is None else score)


def _work(title: str, organisation: str) -> str:
    return ", ".join(part for part in (title, organisation) if part)
