"""The small "…" at the corner of a box, and the menu behind it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.theme import applied
from ui.widgets.button import IconButton
from ui.widgets.menu import MenuItem, open_menu


def more_button(what: str, items: Sequence[MenuItem | None]) -> IconButton:
    """A button that opens these entries. `what` names the thing for screen readers."""
    more = IconButton("ellipsis", f"More for {what}")
    more.setFixedSize(applied().px(26), applied().px(22))
    more.clicked.connect(lambda: open_menu(more, items))
    return more
