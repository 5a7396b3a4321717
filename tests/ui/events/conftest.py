"""A conference in four days with three people, and the page that shows it, in an active window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from planner.contacts.records import ContactDetails, Role
from planner.events import times
from planner.events.records import EventDetails, EventKind, PreparationKind, SessionDetails, Wish
from ui.context import UiContext
from ui.events.page import EventsPage
from ui.links import Link

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from ui.tasks import Tasks

ZONE = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def event_id(planner: Planner) -> int:
    """EuroPython from 14 to 18 July 2025 in Kraków, with a talk, a pitch and three people."""
    ids = []
    for name, title, roles in (
        ("Ingrid Vale", "CTO", (Role.INDUSTRY_LEADER,)),
        ("Samir Bellamy", "Core developer", ()),
        ("Kofi Danso", "Founder", ()),
    ):
        details = ContactDetails(name=name, title=title, roles=roles, research="Led the move." if roles else "")
        ids.append(planner.contacts.add(details).new("contact"))
    starts_at, ends_at = times.whole_days(date(2025, 7, 14), date(2025, 7, 18), ZONE)
    details = EventDetails(
        "EuroPython 2025",
        EventKind.CONFERENCE,
        starts_at,
        ends_at,
        all_day=True,
        time_zone="Europe/Warsaw",
        place="Kraków",
        aim="Listen first.",
    )
    id = planner.events.add(details, ids).new("event")
    ingrid = planner.event_queries.attendances(id)[0]
    planner.events.people.update((ingrid.id,), wish=Wish.MUST)
    planner.events.people.add_item(ingrid.id, PreparationKind.TALKING_POINT, "Her May post")
    planner.events.people.add_items(ingrid.id, PreparationKind.QUESTION, ("What next?", "Who else?"))
    planner.events.agenda.add(
        id,
        SessionDetails(
            "Batteries that last",
            times.at(date(2025, 7, 15), time(9, 15), ZONE),
            times.at(date(2025, 7, 15), time(10), ZONE),
            marked=True,
            speakers=("Ingrid Vale",),
        ),
    )
    planner.events.pitches.add("for leaders", "I help plants cut scrap. " * 6, 60, id)
    return id


@pytest.fixture
def page(
    ctx: UiContext, qtbot: QtBot, settle: Callable[[Tasks], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[EventsPage]:
    """The page, shown and filled, in an active window. Links it goes to within itself are followed."""
    made = EventsPage(ctx)
    asked = ctx.navigate

    def navigate(link: Link) -> None:
        asked(link)
        if link.kind in ("event", "events"):
            made.show_link(link)

    object.__setattr__(ctx, "navigate", navigate)
    made.resize(1080, 760)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle(ctx.tasks)
    yield made
    dialog = made.output.dialog
    if dialog is not None:
        dialog.close()
    QApplication.processEvents()


@pytest.fixture
def open_event(page: EventsPage, ctx: UiContext, settle: Callable[[Tasks], None]) -> Callable[..., EventsPage]:
    """Go to an event, and to a phase of it."""

    def go(id: int, phase: str | None = None) -> EventsPage:
        ctx.navigate(Link("event", id, phase))
        settle(ctx.tasks)
        return page

    return go
