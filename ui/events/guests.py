"""What can be done about somebody's invitation: give one, note the answer, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.calendars.invitations import Answer, Invitation, InvitationState
from planner.events.records import Attendance
from planner.relations.records import PersonRef
from ui.widgets.row_data import RowAction

if TYPE_CHECKING:
    from ui.events.loading import EventSheet
    from ui.events.page import EventsPage
    from ui.page import Page

_INVITE = RowAction("invite", "Invite…", kind="menu")
_WITHDRAW = RowAction("withdraw", "Withdraw the invitation…", kind="menu")
_ANSWERS = {
    "comes": (Answer.ACCEPTED, "Comes"),
    "perhaps": (Answer.TENTATIVE, "Comes perhaps"),
    "declines": (Answer.DECLINED, "Can’t come"),
    "unanswered": (Answer.NONE, "Has not answered"),
}


def guest_actions(invitation: Invitation | None) -> tuple[RowAction, ...]:
    """What the menu of a person's row offers about their invitation."""
    if invitation is None or invitation.state is not InvitationState.INVITED:
        return (_INVITE,)
    answers = [
        RowAction(word, words, kind="menu")
        for word, (answer, words) in _ANSWERS.items()
        if answer is not invitation.answer
    ]
    return (*answers, _WITHDRAW)


def is_guest(page: EventsPage) -> bool:
    """Whether who is chosen at the event has an invitation that stands."""
    chosen = page.view.prepare.chosen
    one = page.sheet.invitations.get(chosen.contact_id) if page.sheet is not None and chosen is not None else None
    return one is not None and one.state is InvitationState.INVITED


def act_on_guests(page: Page, sheet: EventSheet, word: str, people: Sequence[Attendance]) -> None:
    """Do it. `word` is the id of one of `guest_actions`; an answer is noted of those who are invited."""
    refs = [PersonRef(person.contact_id, person.name) for person in people]
    if word == "invite":
        from ui.events.invite_dialog import InviteDialog  # late: few events are invited to

        InviteDialog(page.ctx, sheet.id, refs, parent=page.window()).open()
        return
    guests = [
        ref
        for ref in refs
        if (one := sheet.invitations.get(ref.id)) is not None and one.state is InvitationState.INVITED
    ]
    if word == "withdraw" and guests:
        from ui.events.withdraw_dialog import WithdrawDialog

        WithdrawDialog(page.ctx, sheet.id, guests, page.window()).open()
    elif word in _ANSWERS:
        answer, words = _ANSWERS[word]
        for ref in guests:
            noted = page.ctx.planner.invitations.answered
            page.command(noted, sheet.id, ref.id, answer, say=f"{ref.name}: {words.lower()}")
