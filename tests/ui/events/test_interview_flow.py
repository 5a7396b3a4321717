"""An informational interview in the window, from the request to the thank-you."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.contacts.records import ContactDetails
from planner.events.records import EventDetails, EventKind
from ui.context import UiContext
from ui.events.event_view import WRAP_UP
from ui.events.page import EventsPage
from ui.links import Link
from ui.tasks import Tasks
from ui.widgets.chip import Chip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner


@pytest.fixture
def interview(planner: Planner) -> int:
    ada = planner.contacts.add(ContactDetails(given="Ada", family="Ek")).new("contact")
    at = planner.clock.now() + timedelta(hours=2)
    details = EventDetails("Talk with Ada", EventKind.INFORMATIONAL_INTERVIEW, at, at + timedelta(minutes=30))
    return planner.events.add(details, (ada,)).new("event")


def chips(page: EventsPage) -> list[str]:
    return [chip.text for chip in page.view.flow.findChildren(Chip) if not chip.isHidden()]


def offered(page: EventsPage) -> set[str]:
    return {word for word, button in page.view.flow.buttons.items() if button.isVisible()}


def test_every_step_is_offered_when_its_time_has_come(
    planner: Planner, ctx: UiContext, interview: int, qtbot: QtBot, settle: Callable[[Tasks], None]
) -> None:
    page = EventsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    flow = page.view.flow

    def settled() -> None:
        for _ in range(3):
            settle(ctx.tasks)

    def click(word: str) -> None:
        QTest.mouseClick(flow.buttons[word], Qt.MouseButton.LeftButton)
        settled()

    page.show_link(Link("event", interview))
    settled()
    assert chips(page) == ["Request", "Answer", "Questions", "Talk", "What I learned", "Thank-you"]
    assert offered(page) == {"request", "asked"}
    click("asked")
    assert chips(page)[0] == "Asked today"
    assert offered(page) == {"no", "time", "yes"}
    click("yes")
    assert chips(page)[1].startswith("Yes, today")
    assert offered(page) == {"bank", "talked"}
    click("talked")
    assert offered(page) == {"notes", "thank"}
    click("notes")
    assert page.view.phase == WRAP_UP
    notes = page.view.wrap_up.interview
    QTest.keyClicks(notes.learned, "Small teams decide fast")
    notes.flush()
    settled()
    assert planner.interviews.get(interview).learned == "Small teams decide fast"
    QTest.keyClicks(notes.named, "Bo Quist, runs the lab")
    QTest.keyClick(notes.named, Qt.Key.Key_Return)
    settled()
    (named,) = planner.interviews.get(interview).named
    assert (named.name, named.about, notes.named.text()) == ("Bo Quist", "runs the lab", "")
    assert offered(page) == {"thank", "thanked"}
    click("thanked")
    assert offered(page) == set()
    assert flow._now.text_shown() == "All done."
    planner.history.undo()
    assert planner.interviews.get(interview).thanked_on is None
    page.hide()
    settled()


def test_other_events_have_no_such_flow(
    planner: Planner, ctx: UiContext, event_id: int, qtbot: QtBot, settle: Callable[[Tasks], None]
) -> None:
    page = EventsPage(ctx)
    qtbot.addWidget(page)
    page.show()
    page.show_link(Link("event", event_id))
    for _ in range(3):
        settle(ctx.tasks)
    assert not page.view.flow.isVisible()
    assert page.view.wrap_up.interview.isHidden()
    page.hide()
