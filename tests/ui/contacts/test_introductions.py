"""The page of introductions by key and mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails, Email
from planner.relations.drafts import InteractionDraft, IntroductionDraft
from planner.relations.introductions import Step
from planner.relations.records import Consent, InteractionKind
from ui.contacts.introduction_form import ASKED_FOR, IntroductionForm
from ui.contacts.introductions_page import IntroductionsPage
from ui.context import Link, UiContext
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]
Build = Callable[[], IntroductionsPage]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(planner: Planner) -> dict[str, int]:
    """Four people; Kofi looks for what Ingrid can offer, and Anjali knows Mara."""
    found = {}
    for name, need, offer in (
        ("Kofi Danso", "a test site", ""), ("Ingrid Vale", "", "test sites"), ("Anjali Patel", "", ""),
        ("Mara Lindqvist", "", ""),
    ):  # fmt: skip
        given, family = name.split()
        details = ContactDetails(
            given=given, family=family, looking_for=need, can_offer=offer, emails=(Email(f"{given}@post.example"),)
        )
        found[given] = planner.contacts.add(details).new("contact")
    for id in found.values():
        planner.relations.log(InteractionDraft(InteractionKind.CALL, planner.clock.now(), contact_ids=(id,)))
    planner.acquaintances.set(found["Anjali"], [found["Mara"]])
    return found


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Settle) -> Build:
    def build() -> IntroductionsPage:
        made = IntroductionsPage(ctx)
        show(made, width=1080, height=700)
        settle(ctx.tasks)
        QAbstractItemModelTester(made.model)
        made.mail.open_url = lambda _url: True
        made.rows.setFocus()
        return made

    return build


def step(planner: Planner) -> Step | None:
    return planner.introductions.standings()[0].step


def form_of(shown: IntroductionsPage) -> IntroductionForm:
    form = shown.window().findChild(IntroductionForm)
    assert form is not None
    return form


def test_an_empty_page_says_how_to_begin(page: Build, qtbot: QtBot) -> None:
    shown = page()
    assert shown.empty.isVisible()
    qtbot.mouseClick(shown.empty.button, LEFT)
    assert form_of(shown).isVisible()
    qtbot.keyClick(form_of(shown).reason, Qt.Key.Key_Return)
    assert form_of(shown)._message.isVisible()  # nobody is named yet
    qtbot.keyClick(form_of(shown), Qt.Key.Key_Escape)
    assert not form_of(shown).isVisible()


def test_from_a_suggestion_to_the_outcome_by_keys(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    shown = page()
    assert shown.rows.current_key == ("suggestion", people["Kofi"], people["Ingrid"])
    qtbot.keyClick(shown.rows, Qt.Key.Key_I)
    form = form_of(shown)
    assert [person.name for field in (form.first, form.second) for person in field.people] == [
        "Kofi Danso", "Ingrid Vale",
    ]  # fmt: skip
    assert form.reason.text() == "a test site"
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert not form.isVisible()
    assert step(planner) is Step.ASK_A
    assert shown.rows.current_key[0] == "introduction"
    shown.rows.setFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_E)
    settle(ctx.tasks)
    assert seen.toasts[-1] == "The message to Kofi Danso is open"  # type: ignore[attr-defined]
    assert step(planner) is Step.ASK_A  # an open message is not yet a question asked
    seen.buttons[-1]()  # type: ignore[attr-defined]
    settle(ctx.tasks)
    assert step(planner) is Step.HEAR_A
    for key, expected in (
        (Qt.Key.Key_Y, Step.ASK_B), (Qt.Key.Key_D, Step.HEAR_B), (Qt.Key.Key_Y, Step.MAKE),
        (Qt.Key.Key_D, Step.OUTCOME),
    ):  # fmt: skip
        qtbot.keyClick(shown.rows, key)
        settle(ctx.tasks)
        assert step(planner) is expected
    qtbot.keyClick(shown.rows, Qt.Key.Key_D)
    assert shown.pane.outcome.hasFocus()
    qtbot.keyClicks(shown.pane.outcome, "They share the site")
    qtbot.keyClick(shown.pane.outcome, Qt.Key.Key_Return)
    settle(ctx.tasks)
    (over,) = planner.introductions.standings()
    assert over.is_over
    assert over.introduction.outcome == "They share the site"


def test_a_no_ends_it_and_deleting_can_be_undone(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    id = planner.relations.add_introduction(IntroductionDraft(people["Kofi"], people["Mara"])).new("introduction")
    planner.relations.ask_introduction(id, people["Kofi"])
    shown = page()
    shown.rows.select_key(("introduction", id, 0))
    qtbot.keyClick(shown.rows, Qt.Key.Key_N)
    settle(ctx.tasks)
    assert planner.introductions.standings()[0].is_over
    shown.rows.select_key(("introduction", id, 0))
    qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)
    settle(ctx.tasks)
    assert planner.introductions.standings() == ()
    planner.history.undo()
    assert len(planner.introductions.standings()) == 1


def test_asking_for_one_names_who_knows_them(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    shown = page()
    shown.show_link(Link("introductions", people["Mara"], "to"))
    settle(ctx.tasks)
    form = form_of(shown)
    assert form.kind.value == ASKED_FOR
    assert form._note.accessibleName() == "Who knows Mara Lindqvist: Anjali Patel"
    form._note.link_activated.emit(str(people["Anjali"]))
    assert form.reason.hasFocus()
    qtbot.keyClicks(form.reason, "hiring")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    settle(ctx.tasks)
    (standing,) = planner.introductions.standings()
    assert standing.step is Step.ASK_INTRODUCER
    assert standing.introduction.introducer is not None
    assert standing.introduction.introducer.name == "Anjali Patel"


def test_somebody_asked_often_is_spared_kindly(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    planner.settings.change(asks_a_month=1)
    for name in ("Kofi", "Mara"):
        draft = IntroductionDraft(people[name], None, introducer_id=people["Anjali"])
        id = planner.relations.add_introduction(draft).new("introduction")
        if name == "Kofi":
            planner.relations.ask_for_introduction(id)
    shown = page()
    shown.rows.select_key(("introduction", id, 0))
    assert "There is room again from" in shown.pane._stuck.accessibleName()
    qtbot.keyClick(shown.rows, Qt.Key.Key_E)
    assert seen.toasts[-1].startswith("You asked Anjali Patel once this month.")  # type: ignore[attr-defined]
    qtbot.keyClick(shown.rows, Qt.Key.Key_D)
    settle(ctx.tasks)
    assert planner.introductions.standings()[-1].step is Step.ASK_INTRODUCER
    seen.buttons[-1]()  # type: ignore[attr-defined]  # "Note it anyway"
    settle(ctx.tasks)
    assert all(one.step is Step.HEAR_INTRODUCER for one in planner.introductions.standings())


def test_two_that_were_picked_elsewhere(page: Build, people: dict[str, int], ctx: UiContext, settle: Settle) -> None:
    shown = page()
    shown.show_link(Link("introductions", people["Kofi"], f"with-{people['Mara']}"))
    settle(ctx.tasks)
    form = form_of(shown)
    assert [person.name for person in (*form.first.people, *form.second.people)] == ["Kofi Danso", "Mara Lindqvist"]
    assert form.reason.hasFocus()


def test_a_link_leads_to_one(
    page: Build, people: dict[str, int], planner: Planner, ctx: UiContext, settle: Settle
) -> None:
    first = planner.relations.add_introduction(IntroductionDraft(people["Kofi"], people["Mara"])).new("introduction")
    planner.relations.answer_introduction(first, people["Kofi"], Consent.YES)
    planner.relations.add_introduction(IntroductionDraft(people["Ingrid"], people["Mara"]))
    shown = page()
    shown.show_link(Link("introduction", first))
    settle(ctx.tasks)
    assert shown.rows.current_key == ("introduction", first, 0)
    assert {action.id for action in shown.page_actions() if action.enabled} == {
        "introduction-write", "introduction-done", "introduction-delete",
    }  # fmt: skip
