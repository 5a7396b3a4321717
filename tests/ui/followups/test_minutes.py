"""The minutes there are, news of people, and what to mind, above and beside the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner.contacts.records import Boundary
from planner.followups.records import FollowUpKind
from tests.ui.followups.test_page import TODAY, titles
from ui.context import Link, UiContext
from ui.followups.page import FollowupsPage
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

Build = Callable[[], FollowupsPage]
Add = Callable[..., int]
Settle = Callable[[Tasks], None]


def test_minutes_are_typed_and_the_rest_moves_with_one_key(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ada, bo = person("Ada Ek"), person("Bo Quist", matters=True)
    todo("Keep the promise", ada, kind=FollowUpKind.PROMISE)
    todo("Say thanks", bo)
    work = todo("Prepare the talk", ada, kind=FollowUpKind.PREPARE)
    shown = page()
    qtbot.keyClick(shown.rows, Qt.Key.Key_M)
    field = shown.queue_pane.minutes.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert titles(shown) == ["25 minutes · 2 follow-ups, about 25 min", "Say thanks", "Keep the promise"]
    assert not shown.queue_pane.chips["Promises"].isVisible()
    assert shown.queue_pane.minutes.rest.text() == "Move the other one on"
    assert shown.rows.hasFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_R)
    settle(ctx.tasks)
    assert planner.followup_queries.get(work).details.due_on > TODAY
    assert not shown.queue_pane.minutes.rest.isVisible()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    settle(ctx.tasks)
    assert titles(shown)[0] == "Today · 2 of 5"
    assert shown.queue_pane.chips["Promises"].isVisible()
    planner.history.undo()
    assert planner.followup_queries.get(work).details.due_on == TODAY


def test_the_minutes_go_down_as_things_get_done_and_not_as_they_are_dropped(
    planner: Planner, person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle
) -> None:
    ada = person("Ada Ek")
    first, second, third = (todo(title, ada) for title in ("Say thanks", "Say hello", "Say more"))
    shown = page()
    shown.have(25)
    settle(ctx.tasks)
    having = shown._having
    assert having is not None
    took = {each.entry.id: each.minutes for each in having.chosen}
    for command, id, left in (
        (planner.followups.done, first, 25 - took[first]),
        (planner.followups.drop, second, 25 - took[first]),
    ):
        ctx.tasks.command(command, [id])
        settle(ctx.tasks)
        assert shown.queue_pane.minutes.field.value() == left
    todo("Say at last", ada)
    shown.have(took[third])
    settle(ctx.tasks)
    ctx.tasks.command(planner.followups.done, [shown._having.ids[0]])
    settle(ctx.tasks)
    assert shown._having is None
    assert titles(shown)[0].startswith("Today")


def test_nothing_fits_says_so_and_a_link_brings_minutes(
    person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle
) -> None:
    todo("Prepare the talk", person("Ada Ek"), kind=FollowUpKind.PREPARE)
    shown = page()
    shown.show_link(Link("followups", part="minutes:10"))
    settle(ctx.tasks)
    assert shown.queue_pane.empty.isVisible()
    shown.queue_pane.empty.activated.emit()
    settle(ctx.tasks)
    assert "Prepare the talk" in titles(shown)


def test_news_is_taken_up_or_left_be_one_at_a_time(
    planner: Planner, person: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ada, bo = person("Ada Ek", title="Analyst"), person("Bo Quist", title="Engineer")
    for id in (ada, bo):
        planner.contacts.edit(id, title="Head of Data")
    shown = page()
    news = shown.queue_pane.news
    assert news.isVisible()
    assert "Bo Quist was promoted: Head of Data (before: Engineer)" in news.words.accessibleName()
    assert news.more.text_shown() == "and news of 1 other"
    qtbot.keyClick(news.decline, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(planner.relation_queries.proposed_milestones()) == 1)
    settle(ctx.tasks)
    qtbot.mouseClick(news.take_up, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert not news.isVisible()
    assert titles(shown) == ["Today · 1 of 5", "Congratulate on the promotion"]
    planner.history.undo()
    planner.history.undo()
    assert len(planner.relation_queries.proposed_milestones()) == 2


def test_what_to_mind_stands_before_the_message(
    person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle
) -> None:
    ada = person("Ada Ek", boundary=Boundary(no_asks=True, topics_off="the merger"), time_zone="Asia/Tokyo")
    todo("Ask for a reference", ada, kind=FollowUpKind.REQUEST)
    shown = page()
    mind = shown.detail.mind
    assert mind.isVisible()
    said = mind.accessibleName()
    assert said.startswith("Ada asked for no requests · Keep off: the merger · ")
    assert said.endswith(" for Ada now")
