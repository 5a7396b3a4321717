"""Questions about follow-ups, plans and templates, answered in frozen records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.clock import Clock
from planner.contacts.records import Role
from planner.errors import NotFound
from planner.followups import queueing, reading, relationships, wording
from planner.followups.queueing import Queue
from planner.followups.records import FollowUp, FollowUpKind, Plan, PlanStep, Template
from planner.followups.relationships import Relationship
from planner.followups.wording import SayDate
from planner.settings.service import SettingsService
from planner.store.store import Store

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

    @property
    def words(self) -> str:
        """Who they are to you, and how long it has been: "Mentor · 9 weeks quiet, you meant every 4 weeks"."""
        role = next((role.value.capitalize() for role in self.roles if role is not Role.OTHER), "")
        if self.longest_days:
            wanted = f"{wording.span(self.longest_days)} at most"
        else:
            wanted = f"you meant {wording.every(self.rhythm_days)}" if self.rhythm_days else "important to you"
        silence = f"{wording.span(self.quiet_days)} quiet, {wanted}"
        return " · ".join(part for part in (role or self.organisation, silence) if part)


_OPEN_FIRST = f"""
CASE WHEN {reading.OPEN} THEN 0 ELSE 1 END, CASE WHEN {reading.OPEN} THEN followup.due_on END,
followup.closed_at DESC, followup.id
"""
_STEPS = "SELECT plan_id, kind, title, days, template_id FROM plan_step ORDER BY position, id"
_PLANS = "SELECT id, name, builtin, event_kinds FROM plan ORDER BY name, id"
_TEMPLATES = "SELECT id, name, kind, subject, body, builtin FROM template"


class FollowUpQueries:
    """The queue, what drifts, and the book of plans and templates."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def queue(self, week_start: int = 0) -> Queue:
        """The open follow-ups in their order. `week_start` is the locale's first day of the week, Monday being 0."""
        settings = self._settings.get()
        with self._store.snapshot() as rows:
            return queueing.build(rows, self._clock, settings, week_start)

    def having(self, minutes: int, week_start: int = 0) -> HavingTime:
        """What fits into so many minutes, with the reason for each. Raises Invalid for a number that no day has."""
        from planner.followups import having_time  # late: Today asks for the queue alone
        from planner.store.engine import under

        settings = self._settings.get()
        with self._store.read() as session:
            queue = queueing.build(under(session), self._clock, settings, week_start)
            return having_time.choose(session, queue, minutes, self._clock, settings)

    def done_among(self, ids: Sequence[int]) -> frozenset[int]:
        """Which of these are done: not those dropped, put off or deleted."""
        marks = ", ".join("?" * len(ids))
        with self._store.snapshot() as rows:
            found = rows.execute(f"SELECT id FROM followup WHERE state = 'done' AND id IN ({marks})", tuple(ids))
            return frozenset(id for (id,) in found)

    def counts(self) -> Counts:
        """How much is open."""
        with self._store.snapshot() as rows:
            return Counts(*queueing.open_counts(rows, self._clock.today()))

    def get(self, id: int) -> FollowUp:
        """One follow-up, open or not. Raises NotFound."""
        rhythms = self._settings.get().rhythms
        with self._store.snapshot() as rows:
            found = reading.followups(rows, rhythms, "followup.id = ?", (id,))
        if not found:
            raise NotFound("follow-up", id)
        return found[0]

    def for_contact(self, contact_id: int) -> tuple[FollowUp, ...]:
        """Everything to do, and done, with a contact: open ones by day, then closed ones, the newest first."""
        mine = "SELECT followup_id FROM followup_contact WHERE contact_id = ?"
        return self._among(f"followup.id IN ({mine})", contact_id)

    def for_event(self, event_id: int) -> tuple[FollowUp, ...]:
        """Everything to do, and done, that came of an event, in the same order."""
        return self._among("followup.event_id = ?", event_id)

    def _among(self, where: str, value: int) -> tuple[FollowUp, ...]:
        rhythms = self._settings.get().rhythms
        with self._store.snapshot() as rows:
            return tuple(reading.followups(rows, rhythms, where, (value,), _OPEN_FIRST))

    def drifting(self, limit: int | None = None, leave_out: Sequence[int] = ()) -> tuple[Drifting, ...]:
        """Those quiet for too long, the worst first, but for those who want quiet, and `leave_out`."""
        settings, today = self._settings.get(), self._clock.today()
        with self._store.snapshot() as rows:
            chosen = relationships.drifting(rows, self._clock, settings, limit, leave_out)
            planned = relationships.planned(rows, [one.id for one in chosen])
        return tuple(_drifting(one, today, planned.get(one.id)) for one in chosen)

    # --- plans and templates

    def plans(self) -> tuple[Plan, ...]:
        """All plans, by name."""
        with self._store.snapshot() as rows:
            steps: dict[int, list[PlanStep]] = {}
            for plan_id, kind, title, days, template_id in rows.execute(_STEPS):
                steps.setdefault(plan_id, []).append(PlanStep(FollowUpKind(kind), title, days, template_id))
            return tuple(
                Plan(id, name, tuple(steps.get(id, ())), builtin, tuple(kind for kind in kinds.split(",") if kind))
                for id, name, builtin, kinds in rows.execute(_PLANS)
            )

    def templates(self) -> tuple[Template, ...]:
        """All templates, by name."""
        with self._store.snapshot() as rows:
            return tuple(_template(*row) for row in rows.execute(f"{_TEMPLATES} ORDER BY name, id"))

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
        from planner.store.engine import under

        followup, me = self.get(followup_id), self._settings.get().me
        with self._store.read() as session:
            row = under(session).execute(f"{_TEMPLATES} WHERE id = ?", (template_id,)).fetchone()
            if row is None:
                raise NotFound("template", template_id)
            return composing.filled_in(_template(*row), Filling(session, self._clock, say_date), followup, me)

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


def _template(id: int, name: str, kind: str, subject: str, body: str, builtin: str) -> Template:
    return Template(id, name, FollowUpKind(kind) if kind in list(FollowUpKind) else None, subject, body, builtin)


def _drifting(one: Relationship, today: date, planned_on: date | None) -> Drifting:
    return Drifting(
        contact_id=one.id,
        name=one.name,
        title=one.title,
        organisation=one.organisation,
        photo=one.photo,
        roles=one.roles,
        quiet_days=0 if one.last_on is None else (today - one.last_on).days,
        rhythm_days=one.rhythm_days,
        longest_days=one.longest_days,
        planned_on=planned_on,
    )
