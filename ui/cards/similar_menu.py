"""Who a card may be of, as a menu: add it to one of them, say that it is not of one, or look for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from planner.contacts.records import SimilarContact
from ui.widgets.menu import MenuItem


def similar_menu(
    similar: Sequence[SimilarContact],
    merge: Callable[[int], None],
    keep_apart: Callable[[int, str], None],
    choose: Callable[[], None],
) -> list[MenuItem | None]:
    """The lines of the menu, the likeliest person first."""
    known: list[MenuItem | None] = [
        MenuItem(f"{one.row.name} – {one.reason}", partial(merge, one.row.id), icon="merge") for one in similar[:5]
    ]
    others: list[MenuItem | None] = [
        MenuItem(f"Not {one.row.name}", partial(keep_apart, one.row.id, one.row.name), icon="x") for one in similar[:3]
    ]
    someone = MenuItem("Someone else…", choose, icon="search")
    return [*known, None, *others, None, someone] if similar else [someone]
