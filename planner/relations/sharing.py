"""Sharing a link or an article: whom it would interest, and noting that it was sent. Nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.records import Boundary, Channel
from planner.errors import Invalid
from planner.folding import fold
from planner.followups.messages import Message
from planner.relations import boundaries, interest, service, writing
from planner.relations.boundaries import Caution
from planner.relations.drafts import ExchangeDraft, InteractionDraft
from planner.relations.interest import Evidence, Shared, Where
from planner.relations.records import Direction, ExchangeKind, InteractionKind
from planner.settings.records import Me
from planner.store.store import Store
from planner.store.tables import (
    ContactTable,
    EmailTable,
    ExchangeTable,
    InteractionContactTable,
    InteractionTable,
    TagTable,
)

#: People shown; more to choose from is no help.
MOST = 30
#: Past talk is searched this far back.
_TALK_DAYS = 3 * 365
#: Talks that had one of the words; the latest say most.
_MOST_TALK = 5_000
#: A text with any character that is neither ASCII nor a mark, a sign or a typographer's quote: only letters fold.
_NOT_ASCII = "*[^\x01-~–—…“”‘’„‚«»·•€£°×→\u00a0\u202f]*"
_KINDS = {
    Channel.EMAIL.value: InteractionKind.EMAIL,
    Channel.MESSAGE.value: InteractionKind.MESSAGE,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody it may interest: why, how to reach them, and what to respect. `had_on` is when you sent it already."""

    id: int
    name: str
    work: str
    reasons: tuple[str, ...]
    email: str = ""
    first_name: str = ""
    preferred_channel: str = ""
    cautions: tuple[Caution, ...] = ()
    had_on: date | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It went to somebody, with a personal line, by a channel ("email" or "message")."""

    contact_id: int
    line: str = ""
    channel: str = Channel.EMAIL.value


class Sharing:
    """Finds readers, makes their messages, and notes what was given."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def readers(self, shared: Shared, subject: str = "", limit: int = MOST) -> tuple[Reader, ...]:
        """Those it would interest, the most likely first; who has had it already stands last, with the day.

        `subject` is what you say it is about, beside what the link and the words say. Nobody where that is nothing.
        """
        wanted = interest.terms(shared, subject)
        if not wanted:
            return ()
        with self._store.read() as session:
            today = self._clock.today()
            people = session.scalar(select(func.count()).select_from(ContactTable)) or 0
            found = interest.rank(list(_evidence(session, wanted, self._clock)), people, today)
            had = _had(session, shared.link)
            ordered = sorted(found, key=lambda one: one.contact_id in had)[:limit]
            return self._read(session, {one.contact_id: one.reasons for one in ordered}, had)

    def named(self, contact_ids: Sequence[int], shared: Shared) -> tuple[Reader, ...]:
        """These people as readers, in this order, whatever it is about."""
        with self._store.read() as session:
            return self._read(session, dict.fromkeys(contact_ids, ()), _had(session, shared.link))

    def message(self, reader: Reader, shared: Shared, line: str, me: Me) -> Message:
        """The message to one reader: the personal line, the link or the words, and your name."""
        greeting = f"Dear {reader.first_name or reader.name}," if reader.name else "Hello,"
        what = shared.link or shared.text
        parts = [greeting, line.strip(), what, "\n".join(part for part in ("Best wishes,", me.name) if part)]
        body = "\n\n".join(part for part in parts if part)
        return Message(shared.title or "Something for you", f"{body}\n", reader.email, reader.name)

    def note(self, shared: Shared, sent: Sequence[Sent]) -> Changes:
        """Note that it was sent: a resource given to each, a message in their story; one step to undo.

        Rhythms start anew. Raises Invalid for nobody, NotFound for somebody who is gone; nothing is noted then.
        """
        if not sent:
            raise Invalid("Share", "choose somebody first")
        now = self._clock.now()
        label = self._label([each.contact_id for each in sent])
        with self._store.write(label) as work:
            for each in dict.fromkeys(sent):
                kind = _KINDS.get(each.channel, InteractionKind.EMAIL)
                text = " · ".join(part for part in (f"Shared: {shared.title}", " ".join(each.line.split())) if part)
                draft = InteractionDraft(kind, now, True, (each.contact_id,), text)
                exchange = ExchangeDraft(Direction.GIVEN, ExchangeKind.RESOURCE, shared.title, shared.link)
                service.log(work.session, draft, self._clock.today(), now, exchanges=(exchange,))
        return work.changes

    def _label(self, contact_ids: Sequence[int]) -> str:
        with self._store.read() as session:
            return f"share something with {writing.in_words(session, contact_ids)}"

    def _read(
        self, session: Session, reasons: Mapping[int, tuple[str, ...]], had: Mapping[int, date]
    ) -> tuple[Reader, ...]:
        now, today = self._clock.now(), self._clock.today()
        rows = {row.id: row for row in session.scalars(select(ContactTable).where(ContactTable.id.in_(reasons)))}
        emails: dict[int, str] = {}
        for contact_id, address in session.execute(
            select(EmailTable.contact_id, EmailTable.address)
            .where(EmailTable.contact_id.in_(reasons))
            .order_by(EmailTable.preferred.desc(), EmailTable.position)
        ):
            emails.setdefault(contact_id, address)
        found = []
        for id, why in reasons.items():
            row = rows.get(id)
            if row is None:
                continue
            boundary = Boundary(
                row.preferred_channel, row.hours_from, row.hours_to, row.quiet_until, row.topics_off, row.no_asks
            )
            first = row.nickname or row.given or row.name
            notes = boundaries.cautions(first, boundary, row.time_zone, now, today, own=self._clock.zone)
            work = ", ".join(part for part in (row.title, row.organisation) if part)
            found.append(
                Reader(
                    id,
                    row.name,
                    work,
                    why,
                    emails.get(id, ""),
                    first,
                    row.preferred_channel,
                    notes,
                    had.get(id),
                    row.photo,
                )
            )
        return tuple(found)


def _had(session: Session, link: str) -> dict[int, date]:
    if not link:
        return {}
    statement = select(ExchangeTable.contact_id, func.max(ExchangeTable.on, type_=ExchangeTable.on.type)).where(
        ExchangeTable.link == link, ExchangeTable.direction == Direction.GIVEN.value
    )
    return dict(session.execute(statement.group_by(ExchangeTable.contact_id)).all())


def _evidence(session: Session, wanted: Sequence[str], clock: Clock) -> Iterator[Evidence]:
    yield from _of_tags(session, wanted)
    yield from _of_people(session, wanted)
    yield from _of_talk(session, wanted, clock)


def _of_tags(session: Session, wanted: Sequence[str]) -> Iterator[Evidence]:
    fitting = {tag: interest.matching(tag, wanted) for tag in session.scalars(select(TagTable.tag).distinct())}
    fitting = {tag: terms for tag, terms in fitting.items() if terms}
    rows = session.execute(select(TagTable.contact_id, TagTable.tag).where(TagTable.tag.in_(fitting)))
    for contact_id, tag in rows:
        for term in fitting[tag]:
            yield Evidence(contact_id, term, Where.TAG, tag)


def _of_people(session: Session, wanted: Sequence[str]) -> Iterator[Evidence]:
    """Those whose index document has a word, found by the full-text index; then where exactly it stands."""
    match = " OR ".join(f'"{term}"{"*" if len(term) >= 4 else ""}' for term in wanted)
    ids = session.connection().exec_driver_sql(
        "SELECT rowid FROM contact_search WHERE contact_search MATCH ? ORDER BY rank LIMIT 2000",
        (f"{{work rest}} : ({match})",),
    )
    found = [row[0] for row in ids]
    for start in range(0, len(found), 500):
        rows = session.execute(
            select(
                ContactTable.id,
                ContactTable.field,
                ContactTable.looking_for,
                ContactTable.title,
                ContactTable.organisation,
                ContactTable.notes,
                ContactTable.remember,
                ContactTable.research,
            ).where(ContactTable.id.in_(found[start : start + 500]))
        )
        for id, field, looking_for, title, organisation, *notes in rows:
            work = ", ".join(part for part in (title, organisation) if part)
            for text, where in (
                (field, Where.FIELD),
                (looking_for, Where.WANTS),
                (work, Where.WORK),
                ("\n".join(notes), Where.NOTES),
            ):
                for term in interest.matching(text, wanted) if text.strip() else ():
                    shown = _first_line(text) if where is not Where.NOTES else ""
                    yield Evidence(id, term, where, shown)


def _of_talk(session: Session, wanted: Sequence[str], clock: Clock) -> Iterator[Evidence]:
    """What was talked about, whatever its accents and case.

    SQL leaves what can't have a word: plain ASCII folds to its lower case, by which LIKE compares; what holds any
    other letter is folded here.
    """
    text = InteractionTable.text
    since = clock.now() - timedelta(days=_TALK_DAYS)
    said = session.execute(
        select(InteractionTable.id, InteractionTable.at, text)
        .where(InteractionTable.at >= since)
        .where(or_(text.op("GLOB")(_NOT_ASCII), *(text.contains(term, autoescape=True) for term in wanted)))
        .order_by(InteractionTable.at.desc())
    )
    found: dict[int, tuple[date, tuple[str, ...]]] = {}
    for id, at, words in said:
        if words.startswith("Shared: "):
            continue  # what you sent is no sign that it was asked for
        folded = fold(words)
        if any(term in folded for term in wanted) and (terms := interest.matching(folded, wanted)):
            found[id] = (clock.local(at).date(), terms)
            if len(found) == _MOST_TALK:
                break
    ids = list(found)
    for start in range(0, len(ids), 500):
        rows = session.execute(
            select(InteractionContactTable.interaction_id, InteractionContactTable.contact_id).where(
                InteractionContactTable.interaction_id.in_(ids[start : start + 500])
            )
        )
        for id, contact_id in rows:
            on, terms = found[id]
            for term in terms:
                yield Evidence(contact_id, term, Where.TALK, on=on)


def _first_line(text: str) -> str:
    line = " ".join(next((each for each in text.splitlines() if each.strip()), "").split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"
