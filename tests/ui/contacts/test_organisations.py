"""The page of organisations, and a person's circle under Details."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails
from planner.contacts.records import Link as WebLink
from planner.events.records import EventDetails, EventKind
from planner.relations.memberships import MembershipDraft
from planner.relations.records import InteractionKind, PersonRef
from tests.ui.contacts.conftest import Shown
from ui.contacts.circle_form import CircleForm
from ui.contacts.organisation_forms import MembershipForm, OrganisationForm
from ui.contacts.organisations_page import OrganisationsPage
from ui.contacts.story_tab import StoryTab
from ui.context import Link, UiContext
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Settle) -> Callable[[], OrganisationsPage]:
    def build() -> OrganisationsPage:
        made = OrganisationsPage(ctx)
        show(made, width=1080, height=700)
        settle(ctx.tasks)
        QAbstractItemModelTester(made.model)
        QAbstractItemModelTester(made.inside)
        return made

    return build


def add(planner: Planner, name: str, **details: object) -> int:
    return planner.contacts.add(ContactDetails(name=name, **details)).new("contact")  # type: ignore[arg-type]


def test_an_organisation_and_its_members_by_keys(
    page: Callable[[], OrganisationsPage], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    ada = add(planner, "Ada Ek")
    shown = page()
    qtbot.mouseClick(shown.empty.button, LEFT)
    form = shown.window().findChild(OrganisationForm)
    assert form is not None
    qtbot.keyClicks(form.name, "Reliability Guild")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert shown._name.text_shown() == "Reliability Guild"
    shown.rows.setFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_M)
    members = shown.window().findChild(MembershipForm)
    assert members is not None
    qtbot.keyClicks(members.who.line, "Ada")
    qtbot.keyClick(members.who.line, Qt.Key.Key_Return)
    qtbot.keyClicks(members.volunteering, "newsletter")
    qtbot.keyClick(members.volunteering, Qt.Key.Key_Return)
    settle(ctx.tasks)
    (guild,) = planner.organisations.all()
    assert [(one.contact, one.draft.volunteering) for one in guild.members] == [
        (PersonRef(ada, "Ada Ek"), "newsletter")
    ]
    shown.members.select_key(("member", guild.members[0].id))
    shown.members.setFocus()
    qtbot.keyClick(shown.members, Qt.Key.Key_Return)
    assert seen.links == [Link("contact", ada)]  # type: ignore[attr-defined]
    qtbot.keyClick(shown.members, Qt.Key.Key_F2)
    members.role.setText("board")
    qtbot.keyClick(members.role, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.relation_queries.memberships(ada)[0].draft == MembershipDraft("board", None, "newsletter")
    shown.members.setFocus()
    qtbot.keyClick(shown.members, Qt.Key.Key_Delete)
    settle(ctx.tasks)
    assert planner.relation_queries.memberships(ada) == ()
    shown.rows.setFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)
    settle(ctx.tasks)
    assert shown.empty.isVisible()
    ctx.bus.publish(planner.history.undo())
    settle(ctx.tasks)
    assert shown._name.text_shown() == "Reliability Guild"


def test_meetings_are_linked_from_the_menu(
    page: Callable[[], OrganisationsPage], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    planner.organisations.join("Reliability Guild", None, MembershipDraft("member", date(2024, 3, 1)))
    at = datetime(2025, 7, 20, 16, tzinfo=UTC)
    event = planner.events.add(
        EventDetails("Summer dinner", EventKind.ORGANISATION_MEETING, at, at + timedelta(hours=2))
    ).new("event")
    shown = page()
    qtbot.mouseClick(shown.meeting_button, LEFT)
    menu = shown.meeting_button.findChild(QMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Summer dinner").trigger()
    settle(ctx.tasks)
    assert [key for key in shown.inside.keys if key[0] == "meeting"] == [("meeting", event)]
    shown.members.select_key(("meeting", event))
    shown.members.setFocus()
    qtbot.keyClick(shown.members, Qt.Key.Key_Return)
    assert seen.links == [Link("event", event)]  # type: ignore[attr-defined]
    qtbot.keyClick(shown.members, Qt.Key.Key_Delete)
    settle(ctx.tasks)
    assert planner.organisations.all()[0].meetings == ()


def test_a_persons_circle_profiles_and_posts(
    shown: Shown, ctx: UiContext, seen: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner, anjali, kofi = shown.planner, shown.ids["Patel"], shown.ids["Danso"]
    opened: list[str] = []
    monkeypatch.setattr("ui.contacts.connecting.open_web_link", lambda url: opened.append(url.toString()))
    links = (WebLink("linkedin.com/in/anjali"), WebLink("anjali.example", "website"))
    ctx.bus.publish(planner.contacts.edit(anjali, links=links))
    shown.choose("Patel", "details")
    circle = shown.page.findChild(CircleForm)
    assert circle is not None
    shown.press(circle.knows.line, "Kofi", Qt.Key.Key_Return)
    assert planner.relation_queries.acquaintances(kofi) == (PersonRef(anjali, "Anjali Patel"),)
    circle.member_of.added.emit("Reliability Guild")
    shown.wait()
    (membership,) = planner.relation_queries.memberships(anjali)
    circle.member_of.opened.emit("Reliability Guild")
    assert seen.links == [Link("organisation", membership.organisation_id)]  # type: ignore[attr-defined]
    circle.member_of.removed.emit("Reliability Guild")
    shown.wait()
    assert planner.relation_queries.memberships(anjali) == ()

    named = {action.plain_text: action for action in ctx.actions}
    named["Open Anjali’s LinkedIn"].run()
    assert opened == ["https://linkedin.com/in/anjali"]
    assert "Open Anjali’s website" in named
    named["Introduce Anjali to somebody…"].run()
    named["Ask for an introduction to Anjali…"].run()
    assert seen.links[-2:] == [  # type: ignore[attr-defined]
        Link("introductions", anjali, "new"), Link("introductions", anjali, "to"),
    ]  # fmt: skip
    named["I engaged with Anjali’s post…"].run()
    story = shown.page.person._tab("story")
    assert isinstance(story, StoryTab)
    assert story.entry.text() == "commented on Anjali’s post about "
    shown.press(story.entry, "recycling", Qt.Key.Key_Return)
    assert planner.relation_queries.interactions(anjali)[0].kind is InteractionKind.SOCIAL


def test_two_selected_are_introduced(shown: Shown, qtbot: QtBot, seen: object) -> None:
    pane = shown.page.pane
    pane.list.select_key(shown.ids["Danso"])
    shown.press(pane.list, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert pane.bulk.buttons["introduce"].isVisible()
    qtbot.mouseClick(pane.bulk.buttons["introduce"], LEFT)
    ids = shown.page.selected
    assert len(ids) == 2
    assert seen.links == [Link("introductions", ids[0], f"with-{ids[1]}")]  # type: ignore[attr-defined]
