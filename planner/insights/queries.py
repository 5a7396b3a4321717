"""Questions of the Insights page. Each may take up to a second for very many people: ask them in the background."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.followups import relationships
from planner.insights import figures, gathering
from planner.insights.diversity import Diversity, diversity
from planner.insights.event_outcomes import outcomes
from planner.insights.figures import Wanted
from planner.insights.layout import Edge, layout
from planner.insights.periods import Period, quarter_start
from planner.insights.records import BlindSpot, Insights, Network, Node, Rhythm, TieBalance
from planner.relations.goals import Goals
from planner.settings.service import SettingsService
from planner.store.engine import under
from planner.store.store import Store
from planner.store.tables import (
    AcquaintanceTable,
    ContactSummaryTable,
    ContactTable,
    InteractionContactTable,
    InteractionTable,
    IntroductionTable,
)

#: As many people as a map can show apart.
MOST_NODES = 2_000
#: Fields told apart on the map; the others are one.
MAP_GROUPS = 5
OTHERS = "Others"
#: Met together by more than this, people need not know each other.
MOST_TOGETHER = 8

_WISHED = {Tie.STRONG: 0.34, Tie.MEDIUM: 0.62, Tie.WEAK: 0.9}
_ORDER = {Tie.STRONG: 0, Tie.MEDIUM: 1, Tie.WEAK: 2}


class InsightQueries:
    """Figures, and the map."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService, goals: Goals) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._goals = goals

    def get(self, period: Period) -> Insights:
        """All figures over a period, from one snapshot. Ties, rhythm and diversity are as they stand today."""
        settings, today = self._settings.get(), self._clock.today()
        goal = self._goals.current()
        with self._store.read() as session:
            exchanged = gathering.exchange_counts(session, period)
            fields, firms = gathering.spreads(session)
            wanted = goal.draft.fields if goal else ()
            return Insights(
                period=period,
                contacts=session.scalar(select(func.count()).select_from(ContactTable)) or 0,
                ties=self._ties(session, fields.known + fields.unknown, period),
                rhythm=Rhythm(*map(tuple, relationships.kept(under(session), self._clock, settings))),
                promises=figures.promises_kept(gathering.own_promises(session, period), period, today),
                blind_spots=_blind_spots(session, wanted, fields, firms),
                events=outcomes(session, self._clock, period),
                months=figures.month_balance(gathering.exchange_months(session, period), period),
                gave_to=tuple(sorted(id for id, (given, _) in exchanged.items() if given)),
                received_from=tuple(sorted(id for id, (_, received) in exchanged.items() if received)),
                fields=fields,
                field_groups=figures.groups(fields),
                organisations=firms,
                organisation_groups=figures.groups(firms),
                introductions=gathering.introductions_made(session, period),
            )

    def in_field(self, name: str) -> tuple[int, ...]:
        """Who of the network has this field."""
        with self._store.read() as session:
            return gathering.within(session, ContactTable.field, name)

    def in_organisation(self, name: str) -> tuple[int, ...]:
        """Who of the network is at this organisation."""
        with self._store.read() as session:
            return gathering.within(session, ContactTable.organisation, name)

    def exchanged_in(self, year: int, month: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Whom you gave something to in a month, and from whom you received something."""
        first = date(year, month, 1)
        last = first.replace(day=monthrange(year, month)[1])
        with self._store.read() as session:
            counts = gathering.exchange_counts(session, Period("", first, last))
        gave = tuple(sorted(id for id, (given, _) in counts.items() if given))
        return gave, tuple(sorted(id for id, (_, received) in counts.items() if received))

    def weak_ties(self) -> tuple[int, ...]:
        """Who of the network is no strong tie."""
        with self._store.read() as session:
            chosen, judged = gathering.strong(session, self._clock)
            strong = chosen | judged
            return tuple(id for id in session.scalars(gathering.known(ContactTable.id)) if id not in strong)

    def network(
        self, most: int = MOST_NODES, steps: int = 60, cancelled: Callable[[], bool] = lambda: False
    ) -> Network:
        """The map of at most so many people, the strongest ties and the latest contacts first."""
        with self._store.read() as session:
            shown, left_out = self._nearest(session, most)
            names = _names(session, [one.id for one in shown])
            place = {one.id: at for at, one in enumerate(shown)}
            edges = _edges(session, place)
        spread = diversity(one.field for one in shown)
        groups = tuple(name for name, _ in spread.shares[:MAP_GROUPS])
        if spread.unknown or len(spread.shares) > MAP_GROUPS:
            groups = (*groups, OTHERS)
        which = {name: at for at, name in enumerate(groups)}
        last = len(groups) - 1
        nodes = tuple(
            Node(
                one.id, names.get(one.id, ""), one.organisation, one.field, which.get(one.field, last), one.tie,
                one.suggested,
            )
            for one in shown
        )  # fmt: skip
        positions = layout(
            [groups[node.group] for node in nodes],
            [Edge(a, b) for a, b in edges],
            closeness=[_WISHED[node.tie] + (node.id * 7 % 11 - 5) / 50 for node in nodes],
            steps=steps if len(nodes) <= 500 else steps // 2,
            cancelled=cancelled,
        )
        return Network(nodes, positions, edges, groups, left_out)

    def years(self) -> tuple[int, ...]:
        """The calendar years something was logged in, the newest first."""
        with self._store.read() as session:
            first = session.scalar(select(func.min(InteractionTable.at, type_=InteractionTable.at.type)))
        this = self._clock.today().year
        return (this,) if first is None else tuple(range(this, self._clock.local(first).year - 1, -1))

    def names(self, ids: Sequence[int]) -> dict[int, str]:
        """Shown names by id."""
        with self._store.read() as session:
            return _names(session, ids)

    def _ties(self, session: Session, network: int, period: Period) -> TieBalance:
        today = self._clock.today()
        since = max(period.first, quarter_start(today)) if today in period else period.first
        chosen, judged = gathering.strong(session, self._clock)
        new = gathering.first_seen(session, self._clock, since, period.last) - chosen - judged
        contacts = session.scalar(select(func.count()).select_from(ContactTable)) or 0
        return TieBalance(
            strong=tuple(sorted(chosen | judged)),
            weak=network - len(chosen | judged),
            new_weak=tuple(sorted(new)),
            suggested=len(judged),
            not_yet=contacts - network,
        )

    def _nearest(self, session: Session, most: int) -> tuple[list[Person], int]:
        """So many people of the network, strong ties first, then who was in touch last; and how many are left out."""
        chosen, judged = gathering.strong(session, self._clock)
        strong = chosen | judged
        last = ContactSummaryTable.last_interaction_at
        order = (ContactTable.tie.is_(None), last.is_(None), last.desc(), ContactTable.id)
        latest = session.scalars(gathering.known(ContactTable.id).order_by(*order).limit(most))
        ids = list(dict.fromkeys([*sorted(strong), *latest]))[:most]
        rows = {}
        columns = (ContactTable.id, ContactTable.field, ContactTable.organisation, ContactTable.tie)
        for start in range(0, len(ids), 500):
            for row in session.execute(select(*columns).where(ContactTable.id.in_(ids[start : start + 500]))):
                rows[row.id] = row
        guessed = gathering.suggested(session, self._clock, [id for id in ids if rows[id].tie is None])
        people = [
            Person(id, rows[id].field.strip(), rows[id].organisation.strip(), Tie(rows[id].tie or guessed[id]),
                   rows[id].tie is None)
            for id in ids
        ]  # fmt: skip
        people.sort(key=lambda one: _ORDER[one.tie])
        total = session.scalar(gathering.known(func.count())) or 0
        return people, max(0, total - len(people))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody for the map. `suggested`: the tie comes from the history."""

    id: int
    field: str
    organisation: str
    tie: Tie
    suggested: bool


def _blind_spots(
    session: Session, goal_fields: Sequence[str], fields: Diversity, firms: Diversity
) -> tuple[BlindSpot, ...]:
    roles = gathering.wearing(session, (Role.MENTOR, Role.SPONSOR))
    mentors, sponsors = (gathering.people(session, roles[role]) for role in (Role.MENTOR, Role.SPONSOR))
    wanted = []
    for field in goal_fields:
        there = gathering.around(session, field)
        wanted.append(Wanted(field, there, gathering.mentors_with_a_door(session, roles[Role.MENTOR], there)))
    return figures.blind_spots(mentors, sponsors, wanted, fields, firms)


def _names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        rows = session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(batch)))
        found.update((id, name) for id, name in rows)
    return found


def _edges(session: Session, place: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Who knows whom: as noted, by an introduction that was made, or from having been met together."""
    found: set[tuple[int, int]] = set()

    def add(one: int | None, other: int | None) -> None:
        if one in place and other in place and one != other:
            a, b = place[one], place[other]
            found.add((min(a, b), max(a, b)))

    for one, other in session.execute(select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id)):
        add(one, other)
    made = select(IntroductionTable.a_id, IntroductionTable.b_id).where(IntroductionTable.made_on.is_not(None))
    for a, b in session.execute(made):
        add(a, b)
    together: dict[int, list[int]] = defaultdict(list)
    ids = list(place)
    for start in range(0, len(ids), 500):
        for interaction_id, contact_id in session.execute(
            select(InteractionContactTable.interaction_id, InteractionContactTable.contact_id).where(
                InteractionContactTable.contact_id.in_(ids[start : start + 500])
            )
        ):
            together[interaction_id].append(contact_id)
    for several in together.values():
        # A whole hall met at once says nothing of who knows whom.
        if 1 < len(several) <= MOST_TOGETHER:
            for a, b in combinations(several, 2):
                add(a, b)
    return tuple(sorted(found))
