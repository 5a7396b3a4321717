"""The messages and plans that come with the program. `planner.followups.offering` puts them into a database."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.followups.records import Plan, Template
from planner.paths import resource


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


def keys() -> set[str]:
    """What names each of them among what a database was offered."""
    return {f"template:{key}" for key in templates()} | {f"plan:{key}" for key in plans()}


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
