"""An offer of support is a follow-up, and counts as given once it is seen through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from planner.app import Planner
from planner.errors import Invalid, NotFound
from planner.followups.records import FollowUpKind
from planner.relations.records import Direction, ExchangeKind

Person = Callable[[str], int]


def test_an_offer_waits_in_the_queue_and_counts_as_given_once_done(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    changes = planner.offers.add(ada, ExchangeKind.REVIEW, "look over her slides.")
    assert changes.label == "note an offer to Ada Ek"
    (entry,) = planner.followup_queries.queue().entries()
    details = entry.followup.details
    assert (details.kind, details.title, details.why) == (FollowUpKind.OFFER, "Look over her slides", "You offered it")
    assert details.due_on == planner.clock.today() + timedelta(days=7)
    assert planner.relation_queries.exchanges(ada) == ()
    planner.followups.done((entry.id,), "Sent her my comments")
    (given,) = planner.relation_queries.exchanges(ada)
    assert (given.direction, given.kind, given.text) == (Direction.GIVEN, ExchangeKind.REVIEW, "Look over her slides")
    planner.history.undo()
    assert planner.relation_queries.exchanges(ada) == ()
    assert len(planner.followup_queries.queue()) == 1


def test_done_twice_counts_once_and_a_dropped_one_never(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    planner.offers.add(ada, ExchangeKind.SUPPORT, "Help with the move", due_on=date(2027, 7, 20))
    (entry,) = planner.followup_queries.queue().entries()
    for _ in range(2):
        planner.followups.done((entry.id,))
        planner.followups.reopen((entry.id,))
    assert len(planner.relation_queries.exchanges(ada)) == 1
    planner.offers.add(ada, ExchangeKind.SUPPORT, "Something else")
    planner.followups.drop([each.id for each in planner.followup_queries.queue().entries()])
    assert len(planner.relation_queries.exchanges(ada)) == 1


def test_an_offer_of_nothing_or_to_nobody_is_refused(planner: Planner, person: Person) -> None:
    with pytest.raises(Invalid):
        planner.offers.add(person("Ada Ek"), ExchangeKind.SUPPORT, " ")
    with pytest.raises(NotFound):
        planner.offers.add(999, ExchangeKind.SUPPORT, "Help")
    assert len(planner.followup_queries.queue()) == 0


def test_the_message_reminds_of_the_offer(planner: Planner, person: Person) -> None:
    planner.offers.add(person("Ada Ek"), ExchangeKind.SUPPORT, "Help with the move")
    (entry,) = planner.followup_queries.queue().entries()
    message = planner.followup_queries.message(entry.id)
    assert message.subject == "What I offered"
    assert "I offered you my help" in message.body
