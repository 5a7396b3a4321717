"""The messages and plans that come with the program, and putting them into a database that lacks them."""

from __future__ import annotations

import json
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.followups.records import Plan, Template
from planner.paths import resource
from planner.store.tables import PlanStepTable, PlanTable, SettingTable, TemplateTable

#: The keys already offered to this database, so that one the person deleted does not come back by itself.
_OFFERED = "builtins offered"


@dataclass(frozen=True, slots=True)
class BuiltinStep:
    """A step of a plan; `template` is a message's key, "" for none."""

    kind: str
    title: str
    days: int
    template: str = ""


@dataclass(frozen=True, slots=True)
class BuiltinPlan:
    """A plan that comes with the program."""

    key: str
    name: str
    event_kinds: tuple[str, ...]
    steps: tuple[BuiltinStep, ...]


@dataclass(frozen=True, slots=True)
class BuiltinTemplate:
    """A message that comes with the program."""

    key: str
    name: str
    kind: str
    subject: str
    body: str


@cache
def templates() -> Mapping[str, BuiltinTemplate]:
    """The messages, by key."""
    found = [
        BuiltinTemplate(each["key"], each["name"], each["kind"], each["subject"], each["body"].strip("\n"))
        for each in _read("templates.toml")["template"]
    ]
    return {each.key: each for each in found}


@cache
def plans() -> Mapping[str, BuiltinPlan]:
    """The plans, by key."""
    found = [
        BuiltinPlan(
            each["key"], each["name"], tuple(each["event_kinds"]), tuple(BuiltinStep(**step) for step in each["steps"])
        )
        for each in _read("plans.toml")["plan"]
    ]
    return {each.key: each for each in found}


def _read(name: str) -> dict[str, Any]:
    with resource("templates", name).open("rb") as file:
        return tomllib.load(file)


def missing(session: Session) -> bool:
    """Whether this database has yet to be offered something that comes with the program."""
    return not _keys() <= _offered(session)


def offer(session: Session) -> None:
    """Put in what was never offered to this database. What the person changed or deleted stays as it is."""
    offered = _offered(session)
    for key, template in templates().items():
        if f"template:{key}" not in offered:
            put_template(session, template)
    session.flush()
    for key, plan in plans().items():
        if f"plan:{key}" not in offered:
            put_plan(session, plan)
    row = session.scalar(select(SettingTable).where(SettingTable.name == _OFFERED))
    value = json.dumps(sorted(offered | _keys()))
    if row is None:
        session.add(SettingTable(name=_OFFERED, value=value))
    else:
        row.value = value


def put_template(session: Session, builtin: BuiltinTemplate) -> None:
    """Add a message, or set a changed one back to what it came as."""
    row = session.scalar(select(TemplateTable).where(TemplateTable.builtin == builtin.key))
    if row is None:
        row = TemplateTable(uid=str(uuid.uuid4()), builtin=builtin.key)
        session.add(row)
    row.name, row.kind, row.subject, row.body = builtin.name, builtin.kind, builtin.subject, builtin.body


def put_plan(session: Session, builtin: BuiltinPlan) -> None:
    """Add a plan, or set a changed one back to what it came as."""
    row = session.scalar(select(PlanTable).where(PlanTable.builtin == builtin.key))
    if row is None:
        row = PlanTable(uid=str(uuid.uuid4()), builtin=builtin.key)
        session.add(row)
    row.name, row.event_kinds = builtin.name, ",".join(builtin.event_kinds)
    session.flush()
    for old in session.scalars(select(PlanStepTable).where(PlanStepTable.plan_id == row.id)):
        session.delete(old)
    session.flush()
    by_key = dict(session.execute(select(TemplateTable.builtin, TemplateTable.id)).all())
    for position, step in enumerate(builtin.steps):
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


def _keys() -> set[str]:
    return {f"template:{key}" for key in templates()} | {f"plan:{key}" for key in plans()}


def _offered(session: Session) -> set[str]:
    value = session.scalar(select(SettingTable.value).where(SettingTable.name == _OFFERED))
    try:
        return set(json.loads(value)) if value else set()
    except (ValueError, TypeError):
        return set()


def changed(there: Sequence[Template], planned: Sequence[Plan]) -> frozenset[str]:
    """The keys of what came with the program and was changed or deleted since."""
    by_key = {each.builtin: each for each in there if each.builtin}
    keys = {each.id: each.builtin for each in there}
    found = set()
    for key, came in templates().items():
        now = by_key.get(key)
        if now is None or (now.name, now.kind, now.subject, now.body) != (
            came.name,
            came.kind,
            came.subject,
            came.body,
        ):
            found.add(key)
    plans_by_key = {each.builtin: each for each in planned if each.builtin}
    for key, came_plan in plans().items():
        plan = plans_by_key.get(key)
        if plan is None or (plan.name, plan.event_kinds) != (came_plan.name, came_plan.event_kinds):
            found.add(key)
            continue
        steps = [BuiltinStep(s.kind, s.title, s.days, keys.get(s.template_id or 0, "")) for s in plan.steps]
        if steps != list(came_plan.steps):
            found.add(key)
    return frozenset(found)
