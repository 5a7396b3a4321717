"""The ledger of give and take: noted in one line, filtered, opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.contacts.records import ContactDetails
from planner.followups.records import FollowUpKind
from planner.relations.drafts import ExchangeDraft
from planner.relations.records import Direction, ExchangeKind
from ui.context import Link, UiContext
from ui.insights.ledger_page import LedgerPage
from ui.tasks import Tasks

if TYPE_CHECKING:
    from planner.app import Planner

Settle = Callable[[Tasks], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ids(planner: Planner) -> dict[str, int]:
    made = {name: planner.contacts.add(ContactDetails(name=name)).new("contact") for name in ("Ada Ek", "Bo Lind")}
    for name, way, kind, text in (
        ("Ada Ek", Direction.GIVEN, ExchangeKind.ADVICE, "how to ask"),
        ("Ada Ek", Direction.RECEIVED, ExchangeKind.REVIEW, "of the draft"),
        ("Bo Lind", Direction.GIVEN, ExchangeKind.RESOURCE, "the article"),
    ):
        planner.relations.add_exchange(ExchangeDraft(way, kind, text, contact_id=made[name]))
    return made


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Settle) -> Callable[[], LedgerPage]:
    def build() -> LedgerPage:
        made = LedgerPage(ctx)
        show(made, width=1080, height=700)
        settle(ctx.tasks)
        QAbstractItemModelTester(made.model)
        return made

    return build


def said(page: LedgerPage) -> list[tuple[str, str]]:
    found = [page.model.record(at) for at in range(len(page.model.ids))]
    return [(one.contact.name, one.text) for one in found if one is not None]


@pytest.mark.parametrize(
    ("way", "kind", "person", "left"),
    [
        (None, None, None, ["the article", "of the draft", "how to ask"]),
        (Direction.GIVEN, None, None, ["the article", "how to ask"]),
        (Direction.RECEIVED, None, None, ["of the draft"]),
        (None, ExchangeKind.ADVICE, None, ["how to ask"]),
        (None, None, "Ada Ek", ["of the draft", "how to ask"]),
        (Direction.GIVEN, ExchangeKind.RESOURCE, "Ada Ek", []),
    ],
)
def test_filters_leave_what_they_name(
    page: Callable[[], LedgerPage], ids: dict[str, int], planner: Planner, way: Direction | None,
    kind: ExchangeKind | None, person: str | None, left: list[str],
) -> None:  # fmt: skip
    found = planner.relation_queries.ledger(way, kind, ids[person] if person else None)
    records = planner.relation_queries.exchanges_by_id(found.ids)
    assert [records[id].text for id in found.ids] == left
    assert found.given + found.received == len(left)


def test_filtering_by_keys_and_opening_somebody(
    page: Callable[[], LedgerPage], ids: dict[str, int], ctx: UiContext, settle: Settle, qtbot: QtBot, seen: object
) -> None:
    shown = page()
    assert said(shown) == [("Bo Lind", "the article"), ("Ada Ek", "of the draft"), ("Ada Ek", "how to ask")]
    assert shown.counts.text_shown() == "gave 2 · received 1"
    qtbot.keyClicks(shown.show_who.line, "Ada")
    qtbot.keyClick(shown.show_who.line, Qt.Key.Key_Return)
    settle(ctx.tasks)
    shown.show_way.setFocus()
    qtbot.keyClick(shown.show_way, Qt.Key.Key_Down)
    settle(ctx.tasks)
    assert said(shown) == [("Ada Ek", "how to ask")]
    shown.rows.setFocus()
    qtbot.keyClick(shown.rows, Qt.Key.Key_Return)
    assert seen.links == [Link("contact", ids["Ada Ek"], "give")]  # type: ignore[attr-defined]
    shown.show_kind.setFocus()
    for _ in range(4):
        qtbot.keyClick(shown.show_kind, Qt.Key.Key_Down)
    settle(ctx.tasks)
    assert said(shown) == []
    qtbot.mouseClick(shown.empty.button, LEFT)
    settle(ctx.tasks)
    assert len(said(shown)) == 3


def test_noting_one_in_a_line_and_undoing_it(
    page: Callable[[], LedgerPage], ids: dict[str, int], ctx: UiContext, planner: Planner, settle: Settle, qtbot: QtBot
) -> None:
    shown = page()
    shown.show_link(Link("ledger", part="new"))
    qtbot.keyClicks(shown.who.line, "Bo")
    qtbot.keyClick(shown.who.line, Qt.Key.Key_Return)
    assert shown.way.hasFocus()
    qtbot.keyClick(shown.way, Qt.Key.Key_Down)
    qtbot.keyClicks(shown.words, "a name to call")
    qtbot.keyClick(shown.words, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert said(shown)[0] == ("Bo Lind", "a name to call")
    assert planner.relation_queries.exchanges()[0].direction is Direction.RECEIVED
    assert shown.who.people == ()
    planner.history.undo()
    assert len(planner.relation_queries.exchanges()) == 3


def test_an_entry_with_somebody_begins_at_which_way(
    page: Callable[[], LedgerPage], ids: dict[str, int], ctx: UiContext, settle: Settle, qtbot: QtBot
) -> None:
    shown = page()
    shown.show_link(Link("ledger", ids["Bo Lind"], "new"))
    assert [one.name for one in shown.who.people] == ["Bo Lind"]
    assert shown.way.hasFocus()
    qtbot.keyClicks(shown.words, "a name to call")
    qtbot.keyClick(shown.words, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert said(shown)[0] == ("Bo Lind", "a name to call")


def test_an_offer_waits_in_the_queue(
    page: Callable[[], LedgerPage], ids: dict[str, int], ctx: UiContext, planner: Planner, settle: Settle, qtbot: QtBot
) -> None:
    shown = page()
    qtbot.mouseClick(shown.add_button, LEFT)
    assert shown.who.line.hasFocus()
    qtbot.keyClicks(shown.who.line, "Bo")
    qtbot.keyClick(shown.who.line, Qt.Key.Key_Return)
    qtbot.keyClick(shown.way, Qt.Key.Key_End)
    qtbot.keyClicks(shown.words, "Read the plan")
    qtbot.mouseClick(shown.add_button, LEFT)
    settle(ctx.tasks)
    (offer,) = planner.followup_queries.for_contact(ids["Bo Lind"])
    assert offer.details.kind is FollowUpKind.OFFER
    assert len(said(shown)) == 3


def test_deleting_and_nothing_at_all(
    page: Callable[[], LedgerPage], ctx: UiContext, planner: Planner, ids: dict[str, int], settle: Settle, qtbot: QtBot
) -> None:
    shown = page()
    for _ in range(3):
        shown.rows.setFocus()
        qtbot.keyClick(shown.rows, Qt.Key.Key_Delete)
        settle(ctx.tasks)
    assert said(shown) == []
    assert shown.empty.isVisible()
    qtbot.mouseClick(shown.empty.button, LEFT)
    assert shown.who.line.hasFocus()
