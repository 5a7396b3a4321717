"""Inviting people to the event that is shown, and proposing times for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from planner.events.defaults import PERSONAL
from planner.relations.records import PersonRef

if TYPE_CHECKING:
    from ui.events.invite_dialog import InviteDialog
    from ui.events.page import EventsPage
    from ui.followups.propose_dialog import ProposeDialog


def invite(page: EventsPage) -> InviteDialog | None:
    """The dialog that invites: whoever is chosen in the list, all of a talk with one or two."""
    from ui.events.invite_dialog import InviteDialog  # late: few events are invited to

    if page.sheet is None:
        return None
    people = page.sheet.file.attendances
    if page.sheet.details.kind not in PERSONAL:
        current = page.view.prepare.people.people.current_key
        people = tuple(person for person in people if person.id == current)
    refs = [PersonRef(person.contact_id, person.name) for person in people]
    dialog = InviteDialog(page.ctx, page.sheet.id, refs, parent=page.window())
    dialog.open()
    return dialog


def propose(page: EventsPage) -> ProposeDialog | None:
    """The dialog that finds times for a talk; they go to the clipboard."""
    from ui.followups.propose_dialog import ProposeDialog

    if page.sheet is None:
        return None
    ids = [person.contact_id for person in page.sheet.file.attendances]
    dialog = ProposeDialog(page.ctx, ids, page.sheet.id, "Copy", parent=page.window())

    def copy(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        page.ctx.toast("The times are on the clipboard")

    dialog.chosen.connect(copy)
    dialog.open()
    return dialog
