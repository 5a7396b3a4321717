"""Times and invitations from a follow-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails, Email
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.settings.records import Me
from ui.context import UiContext
from ui.followups.meeting_acts import invite, propose
from ui.followups.page import FollowupsPage
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

Build = Callable[[], FollowupsPage]
Settle = Callable[[Tasks], None]


def invitation(planner: Planner) -> tuple[int, int]:
    """A follow-up that invites Ada to a meetup, and the event."""
    planner.settings.change(me=Me(name="Mara Lindqvist", email="mara@lindqvist.example"))
    ada = planner.contacts.add(ContactDetails(name="Ada Ek", emails=(Email("ada@ek.example"),))).new("contact")
    starts = planner.clock.now() + timedelta(days=10)
    event = planner.events.add(EventDetails("Meetup", EventKind.MEETUP, starts, starts + timedelta(hours=2))).new(
        "event"
    )
    details = FollowUpDetails(FollowUpKind.INVITE, "Invite Ada", planner.clock.today(), (ada,), event_id=event)
    return planner.followups.add(details).new("followup"), event


def test_chosen_times_go_into_the_message(
    planner: Planner, page: Build, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    id, _ = invitation(planner)
    shown = page()
    dialog = propose(shown, id)
    assert dialog is not None
    settle(ctx.tasks)
    for tick in dialog.ticks[1:3]:
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    message = planner.followup_queries.get(id).details.message
    assert message.startswith("Dear Ada")
    assert message.count("\n- ") == 1
    planner.history.undo()
    assert planner.followup_queries.get(id).details.message == ""


def test_inviting_is_what_the_follow_up_was_for(
    planner: Planner, page: Build, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    id, event = invitation(planner)
    dialog = invite(page(), id)
    assert dialog is not None
    opened: list[QUrl] = []
    dialog.mail.open_file = lambda url: not opened.append(url)
    settle(ctx.tasks)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert len(opened) == 1
    assert planner.followup_queries.get(id).state is FollowUpState.DONE
    assert [one.name for one in planner.invitations.of_event(event)] == ["Ada Ek"]


def test_a_follow_up_without_an_event_has_nothing_to_invite_to(planner: Planner, page: Build) -> None:
    id = planner.followups.add(FollowUpDetails(FollowUpKind.CHECK_IN, "Call", planner.clock.today())).new("followup")
    assert invite(page(), id) is None
