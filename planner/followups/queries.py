"""Questions about follow-ups, plans and templates, answered in frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import case, select

from planner.clock import Clock
from planner.contacts.records import Role
from planner.errors import NotFound
from planner.followups import keeping_up, queueing, reading, wording
from planner.followups.queueing import Queue
from planner.followups.records import FollowUp, FollowUpKind, FollowUpState, Plan, PlanStep, Template
from planner.followups.rules import rhythm
from planner.followups.wording import SayDate
from planner.settings.service import SettingsService
from planner.store.store import Store
from planner.store.tables import (
    FollowUpContactTable,
    FollowUpTable,
    PlanStepTable,
    PlanTable,
    TemplateTable,
)

if TYPE_CHECKING:
    from planner.followups.having_time import HavingTime
    from planner.followups.messages import Message


@dataclass(frozen=True, slots=True)
class Counts:
    """Open follow-ups: all, and those due today or late."""

    open: int
    due: int


@dataclass(frozen=True, slots=True)
class Drifting:
    """Someone who matters and has been quiet for too long. `planned_on` is the next follow-up with them, if any."""

    contact_id: int
    name: str
    title: str
    organisation: str
    photo: str | None
    roles: tuple[Role, ...]
    quiet_days: int
    rhythm_days: int | None
    longest_days: int | None
    planned_on: date | None
    words: str


class FollowUpQueries:
    """The queue, what drifts, and the book of plans and templates."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def queue(self, week_start: int = 0) -> Queue:
        """The open follow-ups in their order. `week_start` is the locale's first day of the week, Monday being 0."""
        settings = self._settings.get()
        with self._store.read() as session:
            return queueing.build(session, self._clock, settings, week_start)

    def having(self, minutes: int, week_start: int = 0) -> HavingTime:
        """What fits into so many minutes, with the reason for each. Raises Invalid for a number that no day has."""
        from planner.followups import having_time  # late: Today asks for the queue alone

        settings = self._settings.get()
        with self._store.read() as session:
            queue = queueing.build(session, self._clock, settings, week_start)
            return having_time.choose(session, queue, minutes, self._clock, settings)

    def counts(self) -> Counts:
        """How much is open."""
        with self._store.read() as session:
            return Counts(*queueing.open_counts(session, self._clock.today()))

    def get(self, id: int) -> FollowUp:
        """One follow-up, open or not. Raises NotFound."""
        with self._store.read() as session:
            found = reading.followups(session, self._settings.get().rhythms, FollowUpTable.id == id)
        if not found:
            raise NotFound("follow-up", id)
        return found[0]

    def for_contact(self, contact_id: int) -> tuple[FollowUp, ...]:
        """Everything to do, and done, with a contact: open ones by day, then closed ones, the newest first."""
        mine = select(FollowUpContactTable.followup_id).where(FollowUpContactTable.contact_id == contact_id)
        return self._among(FollowUpTable.id.in_(mine))

    def for_event(self, event_id: int) -> tuple[FollowUp, ...]:
        """Everything to do, and done, that came of an event, in the same order."""
        return self._among(FollowUpTable.event_id == event_id)

    def _among(self, condition: object) -> tuple[FollowUp, ...]:
        still_open = FollowUpTable.state == FollowUpState.OPEN.value
        order = (
            case((still_open, 0), else_=1),
            case((still_open, FollowUpTable.due_on)),
            FollowUpTable.closed_at.desc(),
            FollowUpTable.id,
        )
        with self._store.read() as session:
            found = reading.followups(session, self._settings.get().rhythms, condition, order=order)
        return tuple(found)

    def drifting(self, limit: int | None = None, leave_out: Sequence[int] = ()) -> tuple[Drifting, ...]:
        """Those quiet for too long, the worst first, but for those who want quiet, and `leave_out`."""
        settings, today = self._settings.get(), self._clock.today()
        out = set(leave_out)
        with self._store.read() as session:
            found = [
                (rhythm.drift_order(silence), one)
                for one in keeping_up.relationships(session, self._clock, settings)
                if one.id not in out
                and not (one.quiet_until and one.quiet_until > today)
                and rhythm.drifting(silence := one.silence(today))
            ]
            found.sort(key=lambda each: (-each[0], each[1].id))
            chosen = [one for _, one in found[:limit]]
            planned = keeping_up.planned(session, [one.id for one in chosen])
        return tuple(_drifting(one, today, planned.get(one.id)) for one in chosen)

    # --- plans and templates

    def plans(self) -> tuple[Plan, ...]:
        """All plans, by name."""
        with self._store.read() as session:
            steps: dict[int, list[PlanStep]] = {}
            for row in session.scalars(select(PlanStepTable).order_by(PlanStepTable.position, PlanStepTable.id)):
                step = PlanStep(FollowUpKind(row.kind), row.title, row.days, row.template_id)
                steps.setdefault(row.plan_id, []).append(step)
            rows = session.scalars(select(PlanTable).order_by(PlanTable.name, PlanTable.id))
            return tuple(
                Plan(
                    row.id,
                    row.name,
                    tuple(steps.get(row.id, ())),
                    row.builtin,
                    tuple(kind for kind in row.event_kinds.split(",") if kind),
                )
                for row in rows
            )

    def templates(self) -> tuple[Template, ...]:
        """All templates, by name."""
        with self._store.read() as session:
            return tuple(
                _template(row)
                for row in session.scalars(select(TemplateTable).order_by(TemplateTable.name, TemplateTable.id))
            )

    def changed_builtins(self) -> frozenset[str]:
        """The keys of the templates and plans that came with the program and were changed or deleted since."""
        from planner.followups import builtin

        return builtin.changed(self.templates(), self.plans())

    def template_for(self, id: int) -> Template | None:
        """The template that suits a follow-up: the one chosen, else that of its step, else the first of its kind."""
        from planner.followups import composing  # late, here and below: Today asks for the queue alone

        return composing.suiting(self.get(id), self.templates())

    def render(self, template_id: int, followup_id: int, say_date: SayDate = wording.plain_date) -> Message:
        """A template filled in for a follow-up. Raises NotFound, and TemplateFault with the line that does not work."""
        from planner.followups import composing
        from planner.followups.filling import Filling

        followup, me = self.get(followup_id), self._settings.get().me
        with self._store.read() as session:
            row = session.get(TemplateTable, template_id)
            if row is None:
                raise NotFound("template", template_id)
            return composing.filled_in(_template(row), Filling(session, self._clock, say_date), followup, me)

    def message(self, followup_id: int, say_date: SayDate = wording.plain_date) -> Message:
        """The message of a follow-up: as written so far, else the suiting template filled in, else empty, addressed."""
        from planner.followups import composing
        from planner.followups.filling import Filling

        followup, me = self.get(followup_id), self._settings.get().me
        if not (followup.details.message or followup.details.message_subject):
            template = self.template_for(followup_id)
            if template is not None:
                return self.render(template.id, followup_id, say_date)
        with self._store.read() as session:
            return composing.as_written(Filling(session, self._clock, say_date), followup, me)


def _template(row: TemplateTable) -> Template:
    kind = FollowUpKind(row.kind) if row.kind in list(FollowUpKind) else None
    return Template(row.id, row.name, kind, row.subject, row.body, row.builtin)


def _drifting(one: keeping_up.Relationship, today: date, planned_on: date | None) -> Drifting:
    quiet = one.silence(today).quiet_days or 0
    role = next((role.value.capitalize() for role in one.roles if role is not Role.OTHER), "")
    meant = one.longest_days or one.rhythm_days
    if one.longest_days:
        wanted = f"{wording.span(one.longest_days)} at most"
    else:
        wanted = f"you meant {wording.every(one.rhythm_days)}" if one.rhythm_days else "important to you"
    silence = f"{wording.span(quiet)} quiet, {wanted}"
    return Drifting(
        contact_id=one.id,
        name=one.name,
        title=one.title,
        organisation=one.organisation,
        photo=one.photo,
        roles=one.roles,
        quiet_days=quiet,
        rhythm_days=meant if not one.longest_days else one.rhythm_days,
        longest_days=one.longest_days,
        planned_on=planned_on,
        words=" · ".join(part for part in (role or one.organisation, silence) if part),
    )
