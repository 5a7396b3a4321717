"""What is dragged onto the Events page and its list, and how a page opens for a drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication

from planner.contacts.records import ContactDetails
from tests.ui.dragging import COPY, LEFT, NONE, drag
from ui.context import UiContext
from ui.dragged_people import FORMAT, carried, carry
from ui.events.page import EventsPage
from ui.shell.sidebar import HELD_MS, NavButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from tests.ui.conftest import Seen
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]


@pytest.fixture
def two(planner: Planner) -> list[int]:
    return [planner.contacts.add(ContactDetails(name=name)).new("contact") for name in ("Noor Osman", "Tom Ekdahl")]


def people(planner: Planner, ids: list[int]) -> QMimeData:
    data = QMimeData()
    carry(data, planner, ids)
    return data


def test_people_are_dropped_on_an_event_of_the_list_and_taken_off_by_undo(
    planner: Planner, event_id: int, page: EventsPage, two: list[int], ctx: UiContext, seen: Seen, settle: Settle
) -> None:
    settle(ctx.tasks)
    rows = page.list.rows
    rows.select_key(event_id)
    place = rows.visualRect(rows.currentIndex()).center()
    before = {one.contact_id for one in planner.event_queries.attendances(event_id)}
    assert drag(rows.viewport(), people(planner, two), place)
    settle(ctx.tasks)
    assert {one.contact_id for one in planner.event_queries.attendances(event_id)} == before | set(two)
    assert seen.toasts[-1] == "Added 2 people"
    ctx.tasks.command(planner.history.undo)
    settle(ctx.tasks)
    assert {one.contact_id for one in planner.event_queries.attendances(event_id)} == before


def test_beside_the_rows_and_on_a_heading_nothing_is_dropped(
    planner: Planner, event_id: int, page: EventsPage, two: list[int], ctx: UiContext, settle: Settle
) -> None:
    settle(ctx.tasks)
    rows = page.list.rows
    data = people(planner, two)
    for place in (QPoint(40, rows.viewport().height() - 3), rows.visualRect(rows.model().index(0, 0)).center()):
        assert not drag(rows.viewport(), data, place)
    assert len(planner.event_queries.attendances(event_id)) == 3


def test_people_are_dropped_on_the_event_that_is_open(
    planner: Planner, event_id: int, open_event: Callable[..., EventsPage], two: list[int], ctx: UiContext,
    settle: Settle,
) -> None:  # fmt: skip
    page = open_event(event_id, "prepare")
    assert drag(page, people(planner, two[:1]), QPoint(300, 300))
    settle(ctx.tasks)
    assert len(planner.event_queries.attendances(event_id)) == 4


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"folder": "elsewhere", "ids": [1]}', b'{"ids": 3}'])
def test_people_of_another_folder_are_left_alone(content: bytes, planner: Planner) -> None:
    data = QMimeData()
    data.setData(FORMAT, content)
    assert carried(data, planner) == ()


def test_a_schedule_is_dropped_on_the_list(
    planner: Planner, page: EventsPage, ctx: UiContext, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "schedule.xml"
    path.write_text(
        '<schedule><conference><title>Battery Days</title></conference><day date="2031-07-14"><room name="Hall">'
        "<event guid='1'><start>09:15</start><duration>00:45</duration><title>Keynote</title></event>"
        "</room></day></schedule>"
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drag(page.list.rows.viewport(), data, QPoint(20, 20))  # which leaves it to the page around it
    settle(ctx.tasks)
    assert [row.details.title for row in planner.event_queries.upcoming(5)] == ["Battery Days"]


def test_holding_something_over_a_page_opens_it(qtbot: QtBot) -> None:
    button = NavButton("Events", "calendar-plus")
    qtbot.addWidget(button)
    button.show()
    enter = QDragEnterEvent(QPoint(5, 5), COPY, QMimeData(), LEFT, NONE)
    QApplication.sendEvent(button, enter)
    QApplication.sendEvent(button, QDragLeaveEvent())
    with qtbot.assertNotEmitted(button.dragged_over, wait=0):
        assert not button._held.isActive()
    with qtbot.waitSignal(button.dragged_over, timeout=HELD_MS * 10):
        QApplication.sendEvent(button, enter)
    assert not drag(button, QMimeData(), QPoint(5, 5))
