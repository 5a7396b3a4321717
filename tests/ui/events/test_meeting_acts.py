"""Inviting people and proposing times, from the event that is shown."""

from __future__ import annotations

import email
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from planner.calendars.invitations import Answer, InvitationState
from planner.contacts.records import Boundary, ContactDetails, Email
from planner.events.records import EventDetails, EventKind
from planner.settings.records import Me
from ui.context import UiContext
from ui.events.meeting_acts import invite, propose
from ui.events.page import EventsPage
from ui.events.withdraw_dialog import WithdrawDialog
from ui.widgets.row_data import ROW

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from tests.ui.conftest import Seen
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]


def talk(planner: Planner) -> tuple[int, int]:
    """A one-to-one in ten days with somebody who wants something kept off, and the person."""
    planner.settings.change(me=Me(name="Mara Lindqvist", email="mara@lindqvist.example"))
    details = ContactDetails(
        name="Ingrid Vale", given="Ingrid", emails=(Email("ingrid@vale.example"),), time_zone="America/New_York",
        boundary=Boundary(topics_off="the merger"),
    )  # fmt: skip
    ingrid = planner.contacts.add(details).new("contact")
    starts = planner.clock.now() + timedelta(days=10)
    event = EventDetails("Coffee", EventKind.ONE_TO_ONE, starts, starts + timedelta(hours=1))
    return planner.events.add(event, (ingrid,)).new("event"), ingrid


def test_an_invitation_is_opened_in_the_mail_program(
    planner: Planner, open_event: Callable[..., EventsPage], ctx: UiContext, qtbot: QtBot, seen: Seen, settle: Settle
) -> None:
    id, ingrid = talk(planner)
    dialog = invite(open_event(id, "prepare"))
    assert dialog is not None
    opened: list[QUrl] = []
    dialog.mail.open_file = lambda url: not opened.append(url)
    settle(ctx.tasks)
    assert "Keep off: the merger" in dialog.cautions.accessibleName()
    assert dialog.body.toPlainText().startswith("Dear Ingrid")
    dialog.body.setFocus()
    qtbot.keyClick(dialog.body, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(dialog.body, " Bring a friend.")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    (url,) = opened
    message = email.message_from_bytes(Path(url.toLocalFile()).read_bytes())
    assert message["To"] == "Ingrid Vale <ingrid@vale.example>"
    (plain,) = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    assert b"Bring a friend." in (plain.get_payload(decode=True) or b"")
    assert [part.get_param("method") for part in message.walk() if part.get_content_type() == "text/calendar"] == [
        "REQUEST"
    ]
    assert [one.contact_id for one in planner.invitations.of_event(id)] == [ingrid]
    assert seen.toasts[-1] == "Invited Ingrid Vale"


def test_an_invitation_is_saved_or_says_why_not(
    planner: Planner,
    open_event: Callable[..., EventsPage],
    ctx: UiContext,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
) -> None:
    id, _ = talk(planner)
    dialog = invite(open_event(id, "prepare"))
    assert dialog is not None
    settle(ctx.tasks)
    dialog.mail.ask_path = lambda _name: str(tmp_path / "nowhere" / "invite")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert not dialog.fault.isHidden()
    assert planner.invitations.of_event(id) == ()
    dialog.mail.ask_path = lambda _name: str(tmp_path / "invite")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert b"text/calendar" in (tmp_path / "invite.eml").read_bytes()
    assert len(planner.invitations.of_event(id)) == 1


def test_without_an_address_of_ones_own_it_says_so(
    planner: Planner, open_event: Callable[..., EventsPage], ctx: UiContext, settle: Settle
) -> None:
    id, _ = talk(planner)
    planner.settings.change(me=Me())
    dialog = invite(open_event(id, "prepare"))
    assert dialog is not None
    settle(ctx.tasks)
    assert "Settings, Me" in dialog.cautions.accessibleName()
    assert not dialog.ok.isEnabled()
    dialog.reject()


def test_times_are_proposed_on_both_clocks(
    planner: Planner, open_event: Callable[..., EventsPage], ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    id, _ = talk(planner)
    dialog = propose(open_event(id, "prepare"))
    assert dialog is not None
    settle(ctx.tasks)
    assert dialog.ticks
    assert "No calendar was asked" in dialog.rests_on.accessibleName()
    assert sum(tick.isChecked() for tick in dialog.ticks) == min(3, len(dialog.ticks))
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines
    assert all("for you" in line and "New York" in line for line in lines)


@pytest.fixture
def invited(planner: Planner) -> tuple[int, int]:
    """A talk, and the person who was invited to it."""
    id, ingrid = talk(planner)
    planner.invitations.invite(id, (ingrid,), "Coffee", "Dear Ingrid", lambda _mails: None)
    return id, ingrid


def chips_of(page: EventsPage) -> list[str]:
    rows = page.view.prepare.people.people
    return [chip.text for chip in rows.currentIndex().data(ROW).chips]


def test_the_row_says_how_an_invitation_stands_and_its_menu_notes_the_answer(
    planner: Planner, invited: tuple[int, int], open_event: Callable[..., EventsPage], ctx: UiContext, qtbot: QtBot,
    seen: Seen, settle: Settle,
) -> None:  # fmt: skip
    id, _ = invited
    page = open_event(id, "prepare")
    rows = page.view.prepare.people.people
    assert chips_of(page)[0] == "Invited"
    spot = rows.visualRect(rows.currentIndex()).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, rows.viewport().mapToGlobal(spot))
    QApplication.sendEvent(rows.viewport(), asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [each.text().split("\t")[0] for each in menu.actions()]
    assert "Has not answered" not in texts
    assert "Withdraw the invitation…" in texts
    comes = menu.actions()[texts.index("Comes")]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(comes).center())
    settle(ctx.tasks)
    assert planner.invitations.of_event(id)[0].answer is Answer.ACCEPTED
    assert seen.toasts[-1] == "Ingrid Vale: comes"
    assert chips_of(page)[0] == "Comes"
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert chips_of(page)[0] == "Invited"


def test_the_palette_offers_answers_only_for_guests(
    planner: Planner, invited: tuple[int, int], event_id: int, open_event: Callable[..., EventsPage], ctx: UiContext,
    settle: Settle,
) -> None:  # fmt: skip
    page = open_event(invited[0], "prepare")
    declines = next(each for each in page.page_actions() if each.id == "event-declines")
    assert declines.enabled
    declines.run()
    settle(ctx.tasks)
    assert chips_of(page)[0] == "Can’t come"
    open_event(event_id, "prepare")
    assert not declines.enabled


def test_an_invitation_is_withdrawn_by_mail_and_the_withdrawal_undone(
    planner: Planner, invited: tuple[int, int], open_event: Callable[..., EventsPage], ctx: UiContext, qtbot: QtBot,
    seen: Seen, settle: Settle,
) -> None:  # fmt: skip
    id, _ = invited
    page = open_event(id, "prepare")
    page.view.prepare.act_on_chosen("withdraw")
    dialog = next(each for each in page.window().findChildren(WithdrawDialog))
    opened: list[QUrl] = []
    dialog.mail.open_file = lambda url: not opened.append(url)
    settle(ctx.tasks)
    assert dialog.subject.text() == "Called off: Coffee"
    qtbot.keyClick(dialog.body, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(dialog.body, " Another time!")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    message = email.message_from_bytes(Path(opened[0].toLocalFile()).read_bytes())
    assert [part.get_param("method") for part in message.walk() if part.get_content_type() == "text/calendar"] == [
        "CANCEL"
    ]
    assert seen.toasts[-1] == "Withdrew the invitation of Ingrid Vale"
    assert chips_of(page)[0] == "Invitation withdrawn"
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert planner.invitations.of_event(id)[0].state is InvitationState.INVITED
