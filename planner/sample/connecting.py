"""Introductions, who knows whom, and goals, as the sample's story tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.relations.drafts import IntroductionDraft
from planner.relations.goals import GoalDraft
from planner.relations.memberships import MembershipDraft
from planner.relations.organisations import OrganisationDraft
from planner.relations.records import Consent
from planner.sample.days import Told
from planner.store.tables import AcquaintanceTable

if TYPE_CHECKING:
    from planner.app import Planner

Ids = Mapping[str, int]
Step = Callable[[], object]


def introduction(planner: Planner, ids: Ids, told: Told) -> Iterator[tuple[int, Step]]:
    """The steps of one introduction and their days. `ids` is asked only when a step is taken."""
    relations = planner.relations
    made: list[int] = []

    def person(part: str) -> int:
        return ids[told[part]]

    def plan() -> None:
        draft = IntroductionDraft(
            person("a"),
            person("b") if "b" in told else None,
            told["reason"],
            person("through") if "through" in told else None,
        )
        made.append(relations.add_introduction(draft).new("introduction"))

    yield told["planned"], plan
    steps: dict[str, Step] = {
        "asked_a": lambda: relations.ask_introduction(made[0], person("a")),
        "answered_a": lambda: relations.answer_introduction(made[0], person("a"), Consent.YES),
        "asked_b": lambda: relations.ask_introduction(made[0], person("b")),
        "answered_b": lambda: relations.answer_introduction(made[0], person("b"), Consent.YES),
        "asked": lambda: relations.ask_for_introduction(made[0]),
        "answered": lambda: relations.answer_introduction(made[0], person("through"), Consent.YES),
        "made": lambda: relations.make_introduction(made[0]),
        "thanked": lambda: relations.thank_for_introduction(made[0]),
    }
    for name, step in steps.items():
        if name in told:
            yield told[name], step
    if "outcome" in told:
        yield told["made"] + 10, lambda: relations.conclude_introduction(made[0], told["outcome"])


def acquaint(planner: Planner, ids: Ids, people: Sequence[Told]) -> None:
    """Note who knows whom."""
    with planner.store.write("note who knows whom") as work:
        for person in people:
            for other in person.get("knows", ()):
                work.session.add(AcquaintanceTable(contact_id=ids[person["name"]], other_id=ids[other]))


def join(planner: Planner, ids: Ids, events: Mapping[str, int], organisations: Sequence[Told], today: date) -> None:
    """Add the organisations with their members and meetings; `since` counts days from today."""

    def membership(told: Told) -> MembershipDraft:
        since = today + timedelta(days=told["since"]) if "since" in told else None
        return MembershipDraft(told.get("role", ""), since, told.get("volunteering", ""))

    for told in organisations:
        draft = OrganisationDraft(told["name"], told.get("link", ""), told.get("notes", ""))
        id = planner.organisations.add(draft).new("organisation")
        if "mine" in told:
            planner.organisations.join(told["name"], None, membership(told["mine"]))
        for member in told["members"]:
            planner.organisations.join(told["name"], ids[member["name"]], membership(member))
        for key in told.get("meetings", ()):
            planner.organisations.link_meeting(id, events[key])


def set_goals(planner: Planner, ids: Ids, goals: Sequence[Told], today: date) -> None:
    """Set the goals; `until` counts days from today."""
    for goal in goals:
        planner.goals.add(
            GoalDraft(
                goal["title"],
                goal["why"],
                tuple(goal["fields"]),
                tuple(goal["organisations"]),
                tuple(ids[name] for name in goal["with"]),
                until=today + timedelta(days=goal["until"]) if "until" in goal else None,
            )
        )
