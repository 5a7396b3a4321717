"""Beside the queue: why now, the message and what it is done with, what went before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.clock import FixedClock
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide
from ui.context import UiContext
from ui.followups.page import FollowupsPage
from ui.links import Link
from ui.main_window import MainWindow
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

TODAY = date(2025, 7, 10)
Build = Callable[[], FollowupsPage]
Add = Callable[..., int]
Settle = Callable[[Tasks], None]


def press(qtbot: QtBot, page: FollowupsPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.rows, key)


def test_the_pane_says_why_and_what_was_before(
    planner: Planner, person: Add, page: Build, ctx: UiContext, clock: FixedClock
) -> None:
    ada = person("Ada Ek", "ada@ek.example")
    planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send the paper", date(2025, 7, 12), ada))
    shown = page()
    detail = shown.detail
    assert "You promised it on 10 July, for 12 July." in detail._reason.accessibleName()
    assert detail.message.subject.text() == "As promised: send the paper"
    assert detail.message.body.toPlainText().startswith("Dear Ada,")
    assert detail._before.accessibleName() == "10 July · you promised · send the paper"
    assert detail._standing.text == "not exported yet"


def test_e_opens_the_mail_program_on_what_is_written(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek", "ada@ek.example"))
    shown = page()
    opened: list[QUrl] = []
    shown.acts.mail.open_url = lambda url: opened.append(url) is None
    body = shown.detail.message.body
    body.setFocus()
    body.selectAll()
    qtbot.keyClicks(body, "Dear Ada, thanks & see you")
    shown.rows.setFocus()
    press(qtbot, shown, Qt.Key.Key_E)
    settle(ctx.tasks)
    (url,) = opened
    link = bytes(url.toEncoded().data()).decode()
    assert link.startswith("mailto:ada@ek.example?subject=Thank%20you&body=Dear%20Ada%2C%20thanks%20%26%20see%20you")
    assert planner.followup_queries.get(id).details.message == "Dear Ada, thanks & see you"


def test_without_a_mail_program_the_words_go_to_the_clipboard(
    person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object, tmp_path: Path
) -> None:
    todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    shown.acts.mail.open_url = lambda _url: False
    press(qtbot, shown, Qt.Key.Key_E)
    settle(ctx.tasks)
    assert "clipboard" in seen.toasts[-1]  # type: ignore[attr-defined]
    assert QGuiApplication.clipboard().text().startswith("Dear Ada,")
    shown.acts.mail.ask_path = lambda name: str(tmp_path / name.removesuffix(".eml"))
    seen.buttons[-1]()  # type: ignore[attr-defined]
    settle(ctx.tasks)
    (written,) = tmp_path.glob("*.eml")
    assert b"Dear Ada," in written.read_bytes()


def test_words_typed_are_kept_when_another_row_is_chosen(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    first, second = todo("First", person("Ada Ek")), todo("Second", person("Bo Quist"))
    shown = page()
    assert shown.rows.select_key(first)
    settle(ctx.tasks)
    shown.detail.message.subject.setFocus()
    shown.detail.message.subject.selectAll()
    qtbot.keyClicks(shown.detail.message.subject, "Hello")
    row = shown.queue_pane.model.row_of(second)
    assert row is not None
    place = shown.rows.visualRect(shown.queue_pane.model.index(row, 0)).topLeft() + QPoint(90, 20)
    qtbot.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(ctx.tasks)
    assert planner.followup_queries.get(first).details.message_subject == "Hello"
    assert planner.followup_queries.get(second).details.message_subject == ""
    assert shown.detail.shown == second


def test_another_template_fills_the_message_in(
    planner: Planner, person: Add, todo: Add, page: Build, ctx: UiContext, settle: Settle
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    template = next(each for each in planner.followup_queries.templates() if each.builtin == "resource")
    shown.detail.message.template_chosen.emit(template.id)
    settle(ctx.tasks)
    assert shown.detail.message.subject.text() == "This made me think of you"
    assert planner.followup_queries.get(id).details.message_subject == "This made me think of you"


def test_the_key_that_copies_the_message_works_as_the_menu_says(
    window: MainWindow, planner: Planner, person: Add, todo: Add, qtbot: QtBot, settle: Settle
) -> None:
    todo("Thank for the coffee", person("Ada Ek"))
    window.navigate(Link("followups"))
    settle(window.tasks)
    assert isinstance(window.page, FollowupsPage)
    QGuiApplication.clipboard().clear()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.page.rows, Qt.Key.Key_M, keys)
    settle(window.tasks)
    assert QGuiApplication.clipboard().text().startswith("Dear Ada,")
