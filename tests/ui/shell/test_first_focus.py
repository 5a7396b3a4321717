"""Where the keyboard is when the window comes to a page: keys work without a Tab or a click first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind
from ui.contacts.page import ContactsPage
from ui.followups.page import FollowupsPage
from ui.links import Link
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.tasks import Tasks
from ui.theme import Theme
from ui.today.page import TodayPage

Settle = Callable[[Tasks], None]


@pytest.fixture
def started(planner: Planner, theme: Theme, qtbot: QtBot, settle: Settle) -> Callable[..., MainWindow]:
    """Starts the window as the program does: shown first, its data after."""

    def start(page: str = "today") -> MainWindow:
        made = MainWindow(theme)
        made.state.set("page", page)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitActive(made)
        made.prepare()
        made.sidebar.button("today").setFocus()  # as window systems do: the first control that takes the keyboard
        made.attach(planner)
        settle(made.tasks)
        return made

    return start


def test_an_empty_book_begins_with_enter(started: Callable[[], MainWindow], qtbot: QtBot, settle: Settle) -> None:
    window = started()
    assert isinstance(window.page, TodayPage)
    assert window.page.first_steps.empty.button.hasFocus()


def test_the_first_follow_up_of_the_day_answers_to_its_keys(
    started: Callable[[], MainWindow], planner: Planner, qtbot: QtBot, settle: Settle
) -> None:
    person = planner.contacts.add(ContactDetails(name="Ingrid Vale")).new("contact")
    for title in ("Send the deck", "Say thanks"):
        planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, title, planner.clock.today(), (person,)))
    window = started()
    page = window.page
    assert isinstance(page, TodayPage)
    assert page.rows.hasFocus()
    first = page.rows.current_key
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert page.rows.current_key != first
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_X)
    settle(window.tasks)
    assert len(planner.followup_queries.queue()) == 1


def test_every_page_takes_the_keys_and_gives_them_back_on_return(
    started: Callable[[], MainWindow], planner: Planner, qtbot: QtBot, settle: Settle
) -> None:
    person = planner.contacts.add(ContactDetails(name="Ingrid Vale")).new("contact")
    later = planner.clock.today() + timedelta(days=1)
    planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, "Say thanks", later, (person,)))
    window = started()
    window.navigate(Link("contacts"))
    settle(window.tasks)
    assert isinstance(window.page, ContactsPage)
    assert window.page.pane.search.hasFocus()
    window.navigate(Link("followups"))
    settle(window.tasks)
    assert isinstance(window.page, FollowupsPage)
    assert window.page.rows.hasFocus()
    window.navigate(Link("today"))
    settle(window.tasks)
    assert isinstance(window.page, TodayPage)
    assert window.page.clear.button.hasFocus()


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_the_page_shown_last_has_the_keys_when_the_window_starts_with_it(
    started: Callable[..., MainWindow], planner: Planner, settle: Settle, key: str
) -> None:
    person = planner.contacts.add(ContactDetails(name="Ingrid Vale")).new("contact")
    planner.followups.add(FollowUpDetails(FollowUpKind.THANK_YOU, "Say thanks", planner.clock.today(), (person,)))
    now = planner.clock.now()
    planner.events.add(EventDetails("Grid Futures", EventKind.CONFERENCE, now, now))
    window = started(key)
    focus = QApplication.focusWidget()
    assert window.page is not None
    assert focus is not None
    assert window.page.isAncestorOf(focus), focus
