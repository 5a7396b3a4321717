"""Questions about introductions: how each stands, who should meet whom, and whom one may ask for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.followups.records import FollowUpState
from planner.relations import introducing, introductions, matching, writing
from planner.relations import rows as stored
from planner.relations.connectors import Room
from planner.relations.introductions import Mark, Step
from planner.relations.matching import Candidate
from planner.relations.records import Introduction, PersonRef
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import (
    AcquaintanceTable,
    ContactSummaryTable,
    ContactTable,
    FollowUpTable,
    InteractionContactTable,
    IntroductionTable,
    TagTable,
)

#: More people than this are not compared with each other; those last in touch come first.
MOST_CANDIDATES = 3_000
_SPARE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """How an introduction stands.

    `step` is what comes next, None once nothing does; `followup_id` the open follow-up for it. `stuck` says why it does
    not move, "" while it does. `room` is set where the next step asks a connector.
    """

    introduction: Introduction
    step: Step | None
    marks: tuple[Mark, ...]
    stuck: str = ""
    followup_id: int | None = None
    due_on: date | None = None
    room: Room | None = None

    @property
    def waits(self) -> bool:
        """Whether the next move is somebody else's."""
        return self.step in introductions.WAITING

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.step is None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who should meet: `a` is the one to ask first. `topic` is a reason to begin with."""

    a: PersonRef
    b: PersonRef
    reasons: tuple[str, ...]
    topic: str


class IntroductionQueries:
    """What the page of introductions shows."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def standings(self, contact_id: int | None = None) -> tuple[Standing, ...]:
        """All introductions, or those somebody has a part in: stuck ones first, then by due day; over last."""
        where, values = ("1", ()) if contact_id is None else (stored.TAKES_PART, (contact_id,))
        today = self._clock.today()
        with self._store.read() as session:
            found = stored.introductions(under(session), where, values, "ORDER BY introduction.id DESC")
            todo = _followups(session)
            standings = [_standing(session, it, todo.get(it.id), today) for it in found]
        far = date.max
        return tuple(
            sorted(standings, key=lambda it: (it.is_over, not it.stuck, it.due_on or far, -it.introduction.id))
        )

    def room(self, connector_id: int) -> Room:
        """What room there is to ask somebody for another introduction."""
        with self._store.read() as session:
            return introducing.room_of(session, connector_id, self._clock.today())

    def suggestions(self, most: int = 12) -> tuple[Suggestion, ...]:
        """Who should meet whom, the best fit first, with the reasons in words.

        Compared are people you have been in touch with, who take requests and want no quiet now. Left out are those who
        know each other, were introduced, or were met together.
        """
        with self._store.read() as session:
            people = _candidates(session, _open_to_it(self._clock.today()))
            pairs = _acquainted(session)
            found = matching.matches(people, pairs, most * _SPARE)
            met = _met_together(session, [(one.a, one.b) for one in found])
        names = {person.id: person.name for person in people}
        fresh = [one for one in found if frozenset((one.a, one.b)) not in met][:most]
        return tuple(
            Suggestion(PersonRef(one.a, names[one.a]), PersonRef(one.b, names[one.b]), one.reasons, one.topic)
            for one in fresh
        )

    def connectors(self, contact_id: int) -> tuple[PersonRef, ...]:
        """Who knows somebody and might introduce you: as noted, or by an introduction that was made."""
        with self._store.read() as session:
            known = select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id).where(
                or_(AcquaintanceTable.contact_id == contact_id, AcquaintanceTable.other_id == contact_id)
            )
            made = select(IntroductionTable.a_id, IntroductionTable.b_id).where(
                IntroductionTable.made_on.is_not(None),
                or_(IntroductionTable.a_id == contact_id, IntroductionTable.b_id == contact_id),
            )
            pairs = [*session.execute(known), *session.execute(made)]
            ids = {id for pair in pairs for id in pair if id is not None} - {contact_id}
            names = writing.names(session, tuple(ids))
        return tuple(PersonRef(id, name) for id, name in sorted(names.items(), key=lambda item: item[1]))

    def reason_for(self, a_id: int, b_id: int) -> str:
        """A reason for these two to meet, to begin with; "" where nothing is known."""
        with self._store.read() as session:
            people = _candidates(session, select(ContactTable.id).where(ContactTable.id.in_((a_id, b_id))))
        return matching.why(people[0], people[1]) if len(people) == 2 else ""


def _standing(session: Session, it: Introduction, todo: FollowUpTable | None, today: date) -> Standing:
    step = introductions.next_step(it)
    asks = step is Step.ASK_INTRODUCER and it.introducer is not None
    return Standing(
        it,
        step,
        introductions.marks(it, today),
        introductions.stuck(it, today, todo.due_on if todo else None),
        todo.id if todo else None,
        todo.due_on if todo else None,
        introducing.room_of(session, it.introducer.id, today) if asks and it.introducer else None,
    )


def _followups(session: Session) -> dict[int, FollowUpTable]:
    rows = session.scalars(
        select(FollowUpTable).where(
            FollowUpTable.introduction_id.is_not(None), FollowUpTable.state == FollowUpState.OPEN.value
        )
    )
    return {row.introduction_id: row for row in rows if row.introduction_id is not None}


def _open_to_it(today: date) -> Select[int]:
    """Those last in touch first, so many that they can be compared."""
    helpful = or_(ContactTable.looking_for != "", ContactTable.can_offer != "")
    shared = select(TagTable.tag).group_by(TagTable.tag).having(func.count().between(2, matching.MOST_WEARERS))
    tagged = ContactTable.id.in_(select(TagTable.contact_id).where(TagTable.tag.in_(shared)))
    return (
        select(ContactTable.id)
        .join(ContactSummaryTable, ContactSummaryTable.id == ContactTable.id)
        .where(
            ContactSummaryTable.interactions > 0,
            ~ContactTable.no_asks,
            or_(ContactTable.quiet_until.is_(None), ContactTable.quiet_until <= today),
            or_(helpful, tagged),
        )
        .order_by(helpful.desc(), ContactSummaryTable.last_interaction_at.desc(), ContactTable.id)
        .limit(MOST_CANDIDATES)
    )


def _candidates(session: Session, statement: Select[int]) -> list[Candidate]:
    """The people a statement names by id, in its order."""
    ids = list(session.scalars(statement))
    tags: dict[int, list[str]] = defaultdict(list)
    told: dict[int, tuple[str, str, str]] = {}
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        worn = select(TagTable.contact_id, TagTable.tag).where(TagTable.contact_id.in_(batch)).order_by(TagTable.tag)
        for contact_id, tag in session.execute(worn):
            tags[contact_id].append(tag)
        columns = (ContactTable.id, ContactTable.name, ContactTable.looking_for, ContactTable.can_offer)
        for id, name, need, offer in session.execute(select(*columns).where(ContactTable.id.in_(batch))):
            told[id] = (name, need, offer)
    return [Candidate(id, told[id][0], tuple(tags[id]), *told[id][1:]) for id in ids if id in told]


def _acquainted(session: Session) -> list[tuple[int, int]]:
    pairs = [(a, b) for a, b in session.execute(select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id))]
    introduced = select(IntroductionTable.a_id, IntroductionTable.b_id).where(IntroductionTable.b_id.is_not(None))
    return pairs + [(a, b) for a, b in session.execute(introduced) if b is not None]


def _met_together(session: Session, pairs: Sequence[tuple[int, int]]) -> set[frozenset[int]]:
    """Which of these pairs took part in the same interaction."""
    ids = {id for pair in pairs for id in pair}
    took_part: dict[int, set[int]] = defaultdict(set)
    for interaction_id, contact_id in session.execute(
        select(InteractionContactTable.interaction_id, InteractionContactTable.contact_id).where(
            InteractionContactTable.contact_id.in_(ids)
        )
    ):
        took_part[contact_id].add(interaction_id)
    return {frozenset(pair) for pair in pairs if took_part[pair[0]] & took_part[pair[1]]}
