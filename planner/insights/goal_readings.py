"""A goal looked at: who is there, the ways to those you do not know, what is missing, and what to do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts.records import Role, Tie
from planner.errors import Invalid
from planner.followups.records import FollowUpState
from planner.followups.service import FollowUpService
from planner.insights import gathering, goal_rules
from planner.insights.goal_rules import Gap, NextStep, StepKind, There, Way
from planner.insights.paths import ME, Acquaintance, best_paths, leading_to
from planner.relations import introducing
from planner.relations.drafts import IntroductionDraft
from planner.relations.goals import Goal, Goals
from planner.relations.records import IntroductionState, PersonRef
from planner.relations.service import RelationService
from planner.store.store import Store
from planner.store.tables import (
    AcquaintanceTable,
    ContactSummaryTable,
    ContactTable,
    FollowUpContactTable,
    FollowUpTable,
    IntroductionTable,
    RoleTable,
)

#: Ways are looked for to so many people at most, and as many of those one knows are shown.
MOST = 200


@dataclass(frozen=True, slots=True)
class GoalReading:
    """A goal and what stands between you and it. `beyond` are people there to whom no way is known."""

    goal: Goal
    there: tuple[There, ...]
    ways: tuple[Way, ...]
    beyond: tuple[PersonRef, ...]
    gaps: tuple[Gap, ...]
    next: NextStep
    days_left: int | None = None


class GoalReadings:
    """Reads goals, and turns a suggested step into something to do."""

    def __init__(
        self, store: Store, clock: Clock, goals: Goals, relations: RelationService, followups: FollowUpService
    ) -> None:
        self._store = store
        self._clock = clock
        self._goals = goals
        self._relations = relations
        self._followups = followups

    def current(self) -> GoalReading | None:
        """The open goal set last, looked at."""
        goal = self._goals.current()
        return None if goal is None else self._read(goal)

    def get(self, id: int) -> GoalReading:
        """One goal, looked at. Raises NotFound."""
        return self._read(self._goals.get(id))

    def all(self) -> tuple[GoalReading, ...]:
        """All goals, open ones first."""
        return tuple(self._read(goal) for goal in self._goals.all())

    def take(self, goal: Goal, step: NextStep) -> Changes:
        """Turn a suggested step into a follow-up: an introduction to ask for, or a talk. Raises Invalid for others."""
        if step.kind is StepKind.INTRODUCTION and step.ask is not None and step.meet is not None:
            draft = IntroductionDraft(step.meet.id, None, goal.draft.title, step.ask.id)
            return self._relations.add_introduction(draft)
        if step.kind is StepKind.CHECK_IN and step.ask is not None:
            return self._followups.plan_check_in([step.ask.id], why=f"For your goal: {goal.draft.title}")
        raise Invalid("Next step", "there is nobody to ask yet")

    def _read(self, goal: Goal) -> GoalReading:
        today = self._clock.today()
        with self._store.read() as session:
            inside = list(goal.there)[:MOST]
            known = self._known(session, inside)
            strangers = [id for id in inside if id not in known]
            ways = self._ways(session, strangers)
            names = _names(session, strangers)
            roles = gathering.wearing(session, (Role.MENTOR,))
            gaps = goal_rules.gaps(
                list(known.values()),
                gathering.people(session, roles[Role.MENTOR]),
                goal.draft.organisations,
                _houses(session, inside),
            )
            full = {way.people[0].id for way in ways if introducing.room_of(session, way.people[0].id, today).is_full}
            step = goal_rules.next_step(
                ways,
                list(known.values()),
                full=full,
                under_way=_under_way(session),
                planned=_planned(session, list(known)),
            )
        reached = {way.target.id for way in ways}
        until = goal.draft.until
        return GoalReading(
            goal,
            tuple(known.values()),
            ways,
            tuple(names[id] for id in strangers if id not in reached and id in names),
            gaps,
            step,
            None if until is None else (until - today).days,
        )

    def _known(self, session: Session, ids: Sequence[int]) -> dict[int, There]:
        """Whom of these you know: a tie is set, or something has happened; the closest first."""
        if not ids:
            return {}
        roles: dict[int, list[Role]] = {}
        for id, role in session.execute(
            select(RoleTable.contact_id, RoleTable.role).where(RoleTable.contact_id.in_(ids)).order_by(RoleTable.role)
        ):
            roles.setdefault(id, []).append(Role(role))
        rows = session.execute(
            gathering.known(
                ContactTable.id, ContactTable.name, ContactTable.tie, ContactSummaryTable.last_interaction_at
            ).where(ContactTable.id.in_(ids))
        )
        today, found = self._clock.today(), []
        for id, name, tie, last in rows:
            quiet = None if last is None else (today - self._clock.local(last).date()).days
            found.append(There(PersonRef(id, name), Tie(tie) if tie else None, quiet, tuple(roles.get(id, ()))))
        order = {Tie.STRONG: 0, Tie.MEDIUM: 1, Tie.WEAK: 2, None: 3}
        found.sort(key=lambda one: (order[one.tie], one.quiet_days is None, one.quiet_days or 0, one.person.name))
        return {one.person.id: one for one in found}

    def _ways(self, session: Session, strangers: Collection[int]) -> tuple[Way, ...]:
        """Ways over those who know each other, as noted or by an introduction that was made; nobody is asked who wants
        no requests, or quiet."""
        if not strangers:
            return ()
        pairs = [(a, b) for a, b in session.execute(select(AcquaintanceTable.contact_id, AcquaintanceTable.other_id))]
        made = select(IntroductionTable.a_id, IntroductionTable.b_id).where(
            IntroductionTable.made_on.is_not(None), IntroductionTable.b_id.is_not(None)
        )
        pairs += [(a, b) for a, b in session.execute(made) if b is not None]
        near = leading_to(pairs, strangers)
        pairs = [(a, b) for a, b in pairs if a in near and b in near]
        ends = {id for pair in pairs for id in pair} - set(strangers)
        mine = self._askable(session, ends)
        edges = [Acquaintance(ME, id, tie) for id, tie in mine.items()]
        edges += [Acquaintance(a, b) for a, b in pairs]
        found = best_paths(edges, strangers)
        names = _names(session, {id for path in found.values() for id in path.people})
        ways = [
            Way(tuple(names[id] for id in path.people), path.cost, path.strength, mine[path.people[0]])
            for path in found.values()
        ]
        return tuple(sorted(ways, key=lambda way: (way.cost, way.target.name)))

    def _askable(self, session: Session, ids: Collection[int]) -> dict[int, Tie]:
        """Those of these people you know and may ask, with the tie to them."""
        today, several = self._clock.today(), sorted(ids)
        ties: dict[int, Tie | None] = {}
        for start in range(0, len(several), 500):
            rows = session.execute(
                gathering.known(ContactTable.id, ContactTable.tie).where(
                    ContactTable.id.in_(several[start : start + 500]),
                    ~ContactTable.no_asks,
                    or_(ContactTable.quiet_until.is_(None), ContactTable.quiet_until <= today),
                )
            )
            ties.update((id, Tie(tie) if tie else None) for id, tie in rows)
        guessed = gathering.suggested(session, self._clock, [id for id, tie in ties.items() if tie is None])
        return {id: tie or guessed[id] for id, tie in ties.items()}


def _names(session: Session, ids: Iterable[int]) -> dict[int, PersonRef]:
    several, found = sorted(set(ids)), {}
    for start in range(0, len(several), 500):
        batch = several[start : start + 500]
        for id, name in session.execute(select(ContactTable.id, ContactTable.name).where(ContactTable.id.in_(batch))):
            found[id] = PersonRef(id, name)
    return found


def _houses(session: Session, ids: Sequence[int]) -> set[str]:
    return set(session.scalars(select(ContactTable.organisation).where(ContactTable.id.in_(ids)))) - {""}


def _under_way(session: Session) -> set[int]:
    """Who is being introduced to you already."""
    rows = session.execute(
        select(IntroductionTable.a_id).where(
            IntroductionTable.introducer_id.is_not(None), IntroductionTable.state == IntroductionState.OPEN.value
        )
    )
    return {id for (id,) in rows}


def _planned(session: Session, ids: Sequence[int]) -> set[int]:
    """With whom of these something is planned."""
    return set(
        session.scalars(
            select(FollowUpContactTable.contact_id)
            .join(FollowUpTable, FollowUpTable.id == FollowUpContactTable.followup_id)
            .where(FollowUpTable.state == FollowUpState.OPEN.value, FollowUpContactTable.contact_id.in_(ids))
        )
    )
