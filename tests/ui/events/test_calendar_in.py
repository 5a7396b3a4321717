"""Schedules and calendars brought into the page, by dialog and by drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog

from tests.planner.events.schedule import pretalx_files
from ui.context import UiContext
from ui.events.page import EventsPage
from ui.links import Link
from ui.widgets.lines_dialog import LinesDialog

if TYPE_CHECKING:
    from planner.app import Planner
    from tests.ui.conftest import Seen
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]
SCHEDULE = (
    '<schedule><conference><title>Battery Days</title></conference><day date="2031-07-14"><room name="Hall 1">'
    "<event guid='1'><start>09:15</start><duration>00:45</duration><title>Keynote</title>"
    "<persons><person>Ingrid Vale</person></persons></event>"
    "<event guid='2'><start>10:15</start></event></room></day></schedule>"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20310714T091500Z\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


def dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_schedule_chosen_in_the_dialog_becomes_an_event(
    planner: Planner, page: EventsPage, ctx: UiContext, seen: Seen, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "schedule.xml"
    path.write_text(SCHEDULE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    page.import_button.click()
    settle(ctx.tasks)
    (row,) = planner.event_queries.upcoming(10)
    assert row.details.title == "Battery Days"
    assert seen.links[-1] == Link("event", row.id)
    assert seen.toasts[-1].startswith("Sessions: 1 new, 1 to look at")
    show_details = seen.buttons[-1]
    assert show_details is not None
    show_details()
    assert page.findChildren(LinesDialog)


def test_a_schedule_dropped_on_an_event_is_its_agenda(
    planner: Planner, page: EventsPage, event_id: int, ctx: UiContext, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "schedule.xml"
    path.write_text(SCHEDULE)
    page.show_link(Link("event", event_id))
    settle(ctx.tasks)
    assert page.calendar_in.can_take(dropped(path))
    assert page.calendar_in.take(dropped(path), page._event_id)
    settle(ctx.tasks)
    assert "Keynote" in [item.title for item in planner.event_queries.agenda(event_id)]


def test_a_calendar_dropped_on_the_list_brings_events(
    planner: Planner, page: EventsPage, ctx: UiContext, seen: Seen, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "talks.ics"
    path.write_text(CALENDAR)
    assert page.calendar_in.take(dropped(path), None)
    settle(ctx.tasks)
    assert [row.details.title for row in planner.event_queries.upcoming(10)] == ["Lunch"]
    assert seen.toasts == ["Events: 1 added"]


def test_other_files_are_not_taken(page: EventsPage, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    assert not page.calendar_in.can_take(dropped(path))
    assert not page.calendar_in.take(dropped(path), None)


def test_what_pretalx_exports_is_imported_from_the_dialog(
    planner: Planner, page: EventsPage, ctx: UiContext, seen: Seen, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "schedule.json"
    path.write_bytes(pretalx_files.schedule())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    page.import_button.click()
    settle(ctx.tasks)
    (row,) = planner.event_queries.upcoming(10)
    assert (row.details.title, row.details.time_zone) == ("Battery Days 2031", "Europe/Warsaw")
    assert seen.toasts[-1].startswith("Sessions: 3 new")
    path.write_bytes(pretalx_files.page(0, 2))
    page.import_button.click()
    settle(ctx.tasks)
    show_details = seen.buttons[-1]
    assert show_details is not None
    show_details()
    assert page.findChildren(LinesDialog)
    titles = [item.title for item in planner.event_queries.agenda(row.id)]
    assert titles.count("Batteries that last") == 1
    assert "Late lightning" in titles
