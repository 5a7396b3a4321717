"""What a follow-up's message may bring: times to meet, and an invitation to its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.relations.records import PersonRef
from ui.followups.days import say_day
from ui.followups.propose_dialog import ProposeDialog

if TYPE_CHECKING:
    from planner.followups.messages import Message
    from ui.events.invite_dialog import InviteDialog
    from ui.followups.page import FollowupsPage


def propose(page: FollowupsPage, id: int | None) -> ProposeDialog | None:
    """The dialog that finds times; they go to the end of the follow-up's message, above its greeting's last lines."""
    entry = page.queue_pane.entry(id)
    if entry is None:
        return None
    ctx, followup = page.ctx, entry.followup
    dialog = ProposeDialog(ctx, [person.id for person in followup.people], parent=page.window())

    def insert(text: str) -> None:
        def keep(message: Message) -> None:
            body = f"{message.body.rstrip()}\n\nWould one of these suit you?\n{text}\n".lstrip()
            page.command(
                ctx.planner.followups.write_message, followup.id, message.subject, body, followup.details.template_id,
                say="Times are in the message",
            )  # fmt: skip

        page.detail.message.flush()
        page.query(lambda: ctx.planner.followup_queries.message(followup.id, say_day), keep)

    dialog.chosen.connect(insert)
    dialog.open()
    return dialog


def invite(page: FollowupsPage, id: int | None) -> InviteDialog | None:
    """The dialog that invites whom the follow-up is for to its event; the follow-up is done by it."""
    from ui.events.invite_dialog import InviteDialog

    entry = page.queue_pane.entry(id)
    if entry is None or entry.followup.details.event_id is None:
        page.ctx.toast("This follow-up belongs to no event. Open the event, and invite from there")
        return None
    followup = entry.followup
    people = [PersonRef(person.id, person.name) for person in followup.people]
    dialog = InviteDialog(page.ctx, entry.followup.details.event_id, people, followup.id, page.window())
    dialog.open()
    return dialog
