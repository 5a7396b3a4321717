"""The states of Insights that are worth a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.contacts.records import Tie
from planner.insights.layout import layout
from planner.insights.records import Network, Node
from ui.links import Link
from ui.screens import Screen

if TYPE_CHECKING:
    from ui.insights.page import InsightsPage
    from ui.main_window import MainWindow

_FIELDS = ("Energy", "Platform", "Research", "Public administration and law", "Finance", "Others")


def insights_screens() -> tuple[Screen, ...]:
    """All of them."""
    here = Link("insights")
    return (
        Screen("insights", here),
        Screen("insights-selected", here, _select),
        Screen("insights-200", here, lambda window: _many(window, 200)),
        Screen("insights-2000", here, lambda window: _many(window, 2000)),
        Screen("insights-empty", here, _empty),
    )


def _page(window: MainWindow) -> InsightsPage:
    page: InsightsPage = window.page  # type: ignore[assignment]  # the link has led here
    return page


def _select(window: MainWindow) -> None:
    page = _page(window)
    page.map.setFocus()
    page.map.select(1)


def _many(window: MainWindow, count: int) -> None:
    page = _page(window)
    page.map.select(None)
    page.map.show_network(crowd(count))


def crowd(count: int) -> Network:
    """A map of so many invented people."""
    ties = (Tie.STRONG, Tie.MEDIUM, Tie.WEAK, Tie.WEAK, Tie.WEAK)
    nodes = tuple(
        Node(at + 1, f"Person {at + 1}", f"House {at % 17}", _FIELDS[at * at % 6], at * at % 6, ties[at % 5], False)
        for at in range(count)
    )
    wished = {Tie.STRONG: 0.35, Tie.MEDIUM: 0.62, Tie.WEAK: 0.9}
    places = layout([node.field for node in nodes], [], closeness=[wished[node.tie] for node in nodes], steps=12)
    edges = tuple((at, at * 7 % count) for at in range(0, count, 3) if at != at * 7 % count)
    return Network(nodes, places, edges, _FIELDS)


def _empty(window: MainWindow) -> None:
    page = _page(window)
    assert page.insights is not None
    ties = replace(page.insights.ties, strong=(), weak=0)
    page._show(replace(page.insights, ties=ties))
    page._map_stale = True
    page._stale = True
