"""What a painted list row shows, as frozen records that pages make from planner's records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, Qt

from ui.theme_tokens import Tone

#: Model roles. ROW: RowData or HeaderData to paint. KEY: what identifies the row (an id), None for headers.
ROW = int(Qt.ItemDataRole.UserRole) + 1
KEY = int(Qt.ItemDataRole.UserRole) + 2
#: Given the keys being dragged, what the drag carries (text, vCard, …), or None.
MakeMime = Callable[[list[Any]], QMimeData | None]


@dataclass(frozen=True, slots=True)
class ChipData:
    """A chip in a row."""

    text: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button of a row. Shown when the row is selected, or, with `always`, in every state.

    `id` is what the list's `action_triggered` says; `key` works while the list has the focus. One of kind "menu" has
    no button: it is in the row's menu, and on its key.
    """

    id: str
    text: str
    key: str = ""
    kind: str = "normal"  # "primary", "normal", "quiet", "menu"
    always: bool = False


@dataclass(frozen=True, slots=True)
class RowData:
    """A row: bold title, one muted line with an optional coloured tail, chips, a right-hand column, a picture.

    `muted_tail` follows the muted line after " · ". `aside` is the right-aligned column ("Fri 11 July"); `tip` the tool
    tip, such as the exact date. `name` (of a person) makes the avatar's initials and colour, `photo` its picture;
    without `name` the row has no avatar, unless `icon` names one to stand there. `done` strikes the title through.
    """

    title: str
    muted: str = ""
    muted_tail: str = ""
    tail_tone: Tone = Tone.BAD
    chips: tuple[ChipData, ...] = ()
    aside: str = ""
    aside_tone: Tone = Tone.NEUTRAL
    name: str = ""
    photo: bytes | None = None
    icon: str = ""
    actions: tuple[RowAction, ...] = ()
    done: bool = False
    tip: str = ""

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        muted = " · ".join(part for part in (self.muted, self.muted_tail) if part)
        parts = [self.title, muted, *(chip.text for chip in self.chips), self.aside, "done" if self.done else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class HeaderData:
    """A section's heading within a list."""

    title: str
    aside: str = ""
    tone: Tone | None = None
    action: RowAction | None = None
