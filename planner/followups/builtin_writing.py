"""Putting the messages and plans that come with the program into a database, inside a unit of work."""

from __future__ import annotations

import json
import uuid
from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.followups.builtin import BuiltinPlan, BuiltinTemplate, keys, plans, templates
from planner.store.tables import PlanStepTable, PlanTable, SettingTable, TemplateTable


def offer(session: Session, offered: AbstractSet[str], noted_as: str) -> None:
    """Put in what is not among the keys offered before, and note all of them under this name of a setting."""
    for key, template in templates().items():
        if f"template:{key}" not in offered:
            put_template(session, template)
    session.flush()
    for key, plan in plans().items():
        if f"plan:{key}" not in offered:
            put_plan(session, plan)
    row = session.scalar(select(SettingTable).where(SettingTable.name == noted_as))
    value = json.dumps(sorted(offered | keys()))
    if row is None:
        session.add(SettingTable(name=noted_as, value=value))
    else:
        row.value = value


def put_template(session: Session, came: BuiltinTemplate) -> None:
    """Add a message, or set a changed one back to what it came as."""
    row = session.scalar(select(TemplateTable).where(TemplateTable.builtin == came.key))
    if row is None:
        row = TemplateTable(uid=str(uuid.uuid4()), builtin=came.key)
        session.add(row)
    row.name, row.kind, row.subject, row.body = came.name, came.kind, came.subject, came.body


def put_plan(session: Session, came: BuiltinPlan) -> None:
    """Add a plan, or set a changed one back to what it came as."""
    row = session.scalar(select(PlanTable).where(PlanTable.builtin == came.key))
    if row is None:
        row = PlanTable(uid=str(uuid.uuid4()), builtin=came.key)
        session.add(row)
    row.name, row.event_kinds = came.name, ",".join(came.event_kinds)
    session.flush()
    for old in session.scalars(select(PlanStepTable).where(PlanStepTable.plan_id == row.id)):
        session.delete(old)
    session.flush()
    by_key = dict(session.execute(select(TemplateTable.builtin, TemplateTable.id)).all())
    for position, step in enumerate(came.steps):
        session.add(
            PlanStepTable(
                plan_id=row.id,
                position=position,
                kind=step.kind,
                title=step.title,
                days=step.days,
                template_id=by_key.get(step.template) if step.template else None,
            )
        )
    session.flush()
