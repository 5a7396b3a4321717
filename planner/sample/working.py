"""Working with people, as the sample's story tells it: logs, offers, news of jobs, and interviews on their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from planner.calendars.invitations import Answer
from planner.relations.log_book import LogDraft, LogKind
from planner.relations.records import ExchangeKind
from planner.sample.days import Told

if TYPE_CHECKING:
    from planner.app import Planner

Ids = Mapping[str, int]
Step = Callable[[], object]


def steps(planner: Planner, ids: Ids, events: Ids, story: Told) -> Iterator[tuple[int, Step]]:
    """Every step with its day, counted from today; `ids` and `events` are asked only when a step is taken."""
    for told in story["note"]:
        yield from _note(planner, ids, told)
    for told in story["offer"]:
        yield told["day"], _offer(planner, ids, told)
    for told in story["news"]:
        yield told["day"], _news(planner, ids, told)
    for told in story["interview"]:
        yield told["asked"], _asked(planner, events, told)
        if "answered" in told:
            yield told["answered"], _answered(planner, events, told)
        if "held" in told:
            yield told["held"], _held(planner, ids, events, told)
        if "thanked" in told:
            yield told["thanked"], _thanked(planner, events, told)
    for told in story["invitation"]:
        yield told["day"], _invited(planner, ids, events, told)
        if "answer" in told:
            yield told["answered"], _said(planner, ids, events, told)


def _note(planner: Planner, ids: Ids, told: Told) -> Iterator[tuple[int, Step]]:
    made: list[int] = []

    def add() -> None:
        contact_id = ids[told["with"]]
        planner.one_to_ones.add(
            LogDraft(
                contact_id,
                LogKind(told["kind"]),
                told.get("text", ""),
                link=told.get("link", ""),
                mediator_id=ids[told["mediator"]] if "mediator" in told else None,
            )
        )
        made.append(max(entry.id for entry in planner.relation_queries.log(contact_id)))

    yield told["day"], add
    if "anew" in told:
        day, text = told["anew"]
        yield day, lambda: planner.one_to_ones.change_expectation(made[0], text)
    if "came" in told:
        yield told["came"], lambda: planner.one_to_ones.tick(made[0])


def _offer(planner: Planner, ids: Ids, told: Told) -> Step:
    return lambda: planner.offers.add(ids[told["with"]], ExchangeKind(told["kind"]), told["text"])


def _news(planner: Planner, ids: Ids, told: Told) -> Step:
    return lambda: planner.contacts.edit(ids[told["with"]], title=told["title"])


def _asked(planner: Planner, events: Ids, told: Told) -> Step:
    return lambda: planner.interviews.asked(events[told["event"]])


def _answered(planner: Planner, events: Ids, told: Told) -> Step:
    return lambda: planner.interviews.answered(events[told["event"]], True)


def _held(planner: Planner, ids: Ids, events: Ids, told: Told) -> Step:
    def hold() -> None:
        event_id = events[told["event"]]
        planner.interviews.held(event_id, told["said"], told["minutes"])
        planner.interviews.set_learned(event_id, told["learned"])
        for name, about in told["named"]:
            planner.interviews.name(event_id, name, about, ids.get(name))

    return hold


def _thanked(planner: Planner, events: Ids, told: Told) -> Step:
    return lambda: planner.interviews.thanked(events[told["event"]])


def _invited(planner: Planner, ids: Ids, events: Ids, told: Told) -> Step:
    def invite() -> None:
        event_id, contact_id = events[told["event"]], ids[told["with"]]
        message = planner.invitations.sheet(event_id, (contact_id,)).message
        planner.invitations.invite(event_id, (contact_id,), message.subject, message.body, lambda _mails: None)

    return invite


def _said(planner: Planner, ids: Ids, events: Ids, told: Told) -> Step:
    return lambda: planner.invitations.answered(events[told["event"]], ids[told["with"]], Answer(told["answer"]))
