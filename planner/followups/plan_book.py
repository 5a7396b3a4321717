"""Commands on plans and message templates. Each method is one undoable command."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from planner.changes import Changes
from planner.errors import Invalid
from planner.followups import builtin, builtin_writing
from planner.followups.records import Plan, PlanStep, Template
from planner.relations import writing as relations
from planner.store.store import Store
from planner.store.tables import PlanStepTable, PlanTable, TemplateTable

#: Steps further off than this are slips of the keyboard.
_FURTHEST = 3_660


class PlanBook:
    """Adding, changing, deleting and restoring plans and templates."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save_template(self, template: Template) -> Changes:
        """Add a template (`id` 0) or change one. Raises TemplateFault with the line that does not work."""
        from planner.followups import rendering  # late: every start makes a book, and few write in it

        name = _named(template.name)
        rendering.check(name, template.subject)
        rendering.check(name, template.body)
        with self._store.write(f"{'change' if template.id else 'add'} the template “{name}”") as work:
            if template.id:
                row = relations.one(work.session, TemplateTable, template.id, "template")
            else:
                row = TemplateTable(uid=str(uuid.uuid4()))
                work.session.add(row)
            row.name, row.kind = name, template.kind.value if template.kind else ""
            row.subject, row.body = template.subject, template.body
        return work.changes

    def delete_templates(self, ids: Sequence[int]) -> Changes:
        """Delete templates; messages already written keep their words."""
        with self._store.write("delete a template" if len(ids) == 1 else f"delete {len(ids)} templates") as work:
            for row in relations.all_of(work.session, TemplateTable, ids, "template"):
                work.session.delete(row)
        return work.changes

    def save_plan(self, plan: Plan) -> Changes:
        """Add a plan (`id` 0) or change one, with its steps. What it made already stays."""
        name = _named(plan.name)
        for step in plan.steps:
            if not step.title.strip():
                raise Invalid("Step", "say in a few words what is to be done")
            if abs(step.days) > _FURTHEST:
                raise Invalid("Step", "its day is more than ten years off")
        with self._store.write(f"{'change' if plan.id else 'add'} the plan “{name}”") as work:
            session = work.session
            if plan.id:
                row = relations.one(session, PlanTable, plan.id, "plan")
            else:
                row = PlanTable(uid=str(uuid.uuid4()))
                session.add(row)
            row.name, row.event_kinds = name, ",".join(plan.event_kinds)
            session.flush()
            old = session.scalars(
                select(PlanStepTable).where(PlanStepTable.plan_id == row.id).order_by(PlanStepTable.position)
            ).all()
            for position, step in enumerate(plan.steps):
                if position < len(old):
                    there = old[position]
                else:
                    there = PlanStepTable(plan_id=row.id)
                    session.add(there)
                _fill(there, step, position)
            for surplus in old[len(plan.steps) :]:
                session.delete(surplus)
        return work.changes

    def delete_plans(self, ids: Sequence[int]) -> Changes:
        """Delete plans; what they made stays."""
        with self._store.write("delete a plan" if len(ids) == 1 else f"delete {len(ids)} plans") as work:
            for row in relations.all_of(work.session, PlanTable, ids, "plan"):
                work.session.delete(row)
        return work.changes

    def restore_template(self, key: str) -> Changes:
        """Set a template that came with the program back to what it was, also when it was deleted."""
        known = builtin.templates()
        if key not in known:
            raise Invalid("Template", "it did not come with the program")
        with self._store.write(f"restore the template “{known[key].name}”") as work:
            builtin_writing.put_template(work.session, known[key])
        return work.changes

    def restore_plan(self, key: str) -> Changes:
        """Set a plan that came with the program back to what it was, also when it was deleted."""
        known = builtin.plans()
        if key not in known:
            raise Invalid("Plan", "it did not come with the program")
        with self._store.write(f"restore the plan “{known[key].name}”") as work:
            builtin_writing.put_plan(work.session, known[key])
        return work.changes


def _named(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise Invalid("Name", "give it a name")
    return plain


def _fill(row: PlanStepTable, step: PlanStep, position: int) -> None:
    row.position, row.kind, row.title = position, step.kind.value, " ".join(step.title.split())
    row.days, row.template_id = step.days, step.template_id
