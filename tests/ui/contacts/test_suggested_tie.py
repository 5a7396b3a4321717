"""The tie that the history suggests, under Details."""

from __future__ import annotations

from datetime import timedelta

from planner.contacts.records import Tie
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from tests.ui.contacts.conftest import Shown
from ui.contacts.details_tab import DetailsTab
from ui.context import Link, UiContext


def test_a_suggestion_says_why_and_is_used_by_its_link(shown: Shown, people: dict[str, int], ctx: UiContext) -> None:
    planner = ctx.planner
    id = next(id for family, id in people.items() if family != "Patel")
    at = planner.clock.now() - timedelta(days=300)
    ctx.bus.publish(planner.relations.log(InteractionDraft(InteractionKind.EMAIL, at, True, (id,))))
    shown.page.show_link(Link("contact", id, "details"))
    shown.wait()
    (details,) = shown.page.findChildren(DetailsTab)
    said = details.suggested.accessibleName()
    assert said.startswith("Suggested: ")
    assert "in 12 months" in said
    suggestion = planner.relation_queries.tie(id)
    assert suggestion is not None
    assert suggestion.tie is Tie.WEAK
    details.suggested.link_activated.emit(suggestion.tie.value)
    shown.wait()
    assert planner.contact_queries.get(id).details.tie is suggestion.tie
    assert details.suggested.isHidden()
