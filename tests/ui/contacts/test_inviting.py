"""Inviting along from a person's page: to which event, and the mail that leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.contacts.records import Email
from planner.events.records import EventDetails, EventKind, EventState
from planner.settings.records import Me
from tests.ui.contacts.conftest import Shown
from ui.events.invite_dialog import InviteDialog

if TYPE_CHECKING:
    from planner.app import Planner


def coming(planner: Planner, title: str, days: int) -> int:
    starts = planner.clock.now() + timedelta(days=days)
    details = EventDetails(title, EventKind.MEETUP, starts, starts + timedelta(hours=2))
    return planner.events.add(details).new("event")


def invite(shown: Shown) -> InviteDialog | None:
    """Take the command from the page's own, as the palette and the menu do."""
    (action,) = [one for one in shown.page.page_actions() if one.id == "invite-along"]
    assert action.is_enabled is not None
    assert action.is_enabled()
    action.run()
    shown.wait()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, InviteDialog) and one.isVisible()]
    return found[0] if found else None


def test_somebody_is_invited_along_to_the_event_that_is_chosen(shown: Shown, tmp_path: Path) -> None:
    planner = shown.planner
    planner.settings.change(me=Me(name="Mara", email="mara@me.example"))
    planner.contacts.update(shown.ids["Danso"], replace(shown.details("Danso"), emails=(Email("kofi@danso.example"),)))
    soon, later = coming(planner, "Grid meetup", 5), coming(planner, "Storage evening", 20)
    called_off = coming(planner, "Not this one", 7)
    planner.events.set_state((called_off,), EventState.CALLED_OFF)
    shown.choose("Danso")
    dialog = invite(shown)
    assert dialog is not None
    assert [dialog.events.itemText(at).partition(" · ")[0] for at in range(dialog.events.count())] == [
        "Grid meetup", "Storage evening",
    ]  # fmt: skip
    assert dialog.heading.text() == "Invite to Grid meetup"
    QTest.keyClick(dialog.events, Qt.Key.Key_Down)
    shown.wait()
    assert dialog.heading.text() == "Invite to Storage evening"
    assert "Storage evening" in dialog.body.toPlainText() + dialog.subject.text()
    dialog.mail.ask_path = lambda _name: str(tmp_path / "along")
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    shown.wait()
    assert (tmp_path / "along.eml").exists()
    assert [one.contact_id for one in planner.invitations.of_event(later)] == [shown.ids["Danso"]]
    assert planner.invitations.of_event(soon) == ()
    planner.history.undo()
    assert planner.invitations.of_event(later) == ()


def test_without_an_event_to_come_it_says_what_to_do_first(shown: Shown) -> None:
    shown.choose("Danso")
    assert invite(shown) is None
