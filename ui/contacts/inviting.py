"""Inviting along whoever is shown or selected: to any event that is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.events.defaults import PERSONAL
from planner.events.records import EventRow, EventState
from planner.relations.records import PersonRef

if TYPE_CHECKING:
    from ui.contacts.page import ContactsPage
    from ui.events.invite_dialog import InviteDialog

#: So many events ahead are offered, and so many people invited at once.
EVENTS, PEOPLE = 30, 50


def invite_along(page: ContactsPage) -> None:
    """Open the dialog that invites; without an event to come, say what to do first."""
    shown = page.person.person_id
    ids = list(page.selected or ([] if shown is None else [shown]))[:PEOPLE]
    planner = page.ctx.planner

    def ask() -> tuple[list[EventRow], list[PersonRef]]:
        queries = planner.event_queries
        theirs = {row.id for id in ids for row in queries.for_contact(id)} if len(ids) == 1 else set()
        coming = [
            row
            for row in queries.upcoming(EVENTS)
            # A talk with somebody else is nothing to invite along to.
            if row.details.state is EventState.PLANNED and (row.details.kind not in PERSONAL or row.id in theirs)
        ]
        return coming, [PersonRef(row.id, row.name) for row in planner.contact_queries.rows(ids)]

    def show(found: tuple[list[EventRow], list[PersonRef]]) -> None:
        open_dialog(page, *found)

    if ids:
        page.query(ask, show, key="invite")


def open_dialog(page: ContactsPage, events: list[EventRow], people: list[PersonRef]) -> InviteDialog | None:
    """The dialog, None where there is no event to invite to."""
    from ui.events.invite_dialog import InviteDialog  # late: invitations are rare

    if not events:
        page.ctx.toast("No event is coming up: add one under Events first")
        return None
    dialog = InviteDialog(page.ctx, events, people, parent=page.window())
    dialog.open()
    return dialog
