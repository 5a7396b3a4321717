"""Two records side by side, line by line: which value stands is chosen by mouse or keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from planner.contacts.merging import MergeField, Side
from ui.theme import applied
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.painting import fill_round, outline_round

#: Of a very long note, so much is shown; all of it stands in the merged record.
_MOST = 300
_LABEL = 112
_GAP = 24
_JOINTS = re.compile(r"(?<=\w)[@/_](?=\w)")


class MergeLine(QWidget):
    """One field of both. `chosen(key, side)`: Left and Right choose a side, Space both where both can stand."""

    chosen = Signal(str, object)

    def __init__(self, field: MergeField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if field.differs else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(_GAP)
        label = Label(field.label, "small_muted")
        label.setFixedWidth(applied().px(_LABEL))
        label.setContentsMargins(0, 3, 0, 0)  # its smaller letters on one line with the values
        grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._values = {Side.KEPT: Paragraph(), Side.OTHER: Paragraph()}
        for at, value in enumerate(self._values.values(), 1):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            value.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.addWidget(value, 0, at)  # an alignment here would cost it the lines it wraps to
            grid.setColumnStretch(at, 1)
        self.show_field(field)

    def show_field(self, field: MergeField) -> None:
        """Show what stands now."""
        self.field = field
        for side, value in self._values.items():
            text = field.kept if side is Side.KEPT else field.other
            short = text if len(text) <= _MOST else text[:_MOST].rstrip() + "…"
            is_ink = bool(text) and field.differs and self._stands(side)
            # Addresses may be long words; they may break where they have a joint.
            value.set_parts([(_JOINTS.sub("\u200b\\g<0>", short) or "–", "ink" if is_ink else "mute")])
            value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        said = {Side.KEPT: "the left stands", Side.OTHER: "the right stands", Side.BOTH: "both stand"}[field.side]
        self._fit()
        self.setAccessibleName(f"{field.label}: left {field.kept or 'empty'}, right {field.other or 'empty'}, {said}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        sides = {Qt.Key.Key_Left: Side.KEPT, Qt.Key.Key_Right: Side.OTHER}
        if key in sides:
            self._choose(sides[Qt.Key(key)])
        elif key == Qt.Key.Key_Space and self.field.can_be_both:
            self._choose(Side.BOTH)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for side, value in self._values.items():
            if value.geometry().adjusted(-12, -6, 12, 6).contains(event.position().toPoint()):
                self._choose(self._clicked(side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As tall as the longer value is at the width it has."""
        side = (self.width() - 16 - applied().px(_LABEL) - 2 * _GAP) // 2
        if side > 0:
            self.setFixedHeight(max(value.heightForWidth(side) for value in self._values.values()) + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = applied()
        if self.field.differs:
            for side, value in self._values.items():
                if self._stands(side):
                    place = QRectF(value.geometry()).adjusted(-8, -3, 8, 3)
                    place.setBottom(self.height() - 3)
                    fill_round(painter, place, 5, theme.colour("accent_soft"))
        if self.hasFocus():
            outline_round(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, theme.colour("accent"))
        painter.end()

    def _stands(self, side: Side) -> bool:
        return self.field.side in (side, Side.BOTH)

    def _clicked(self, side: Side) -> Side:
        """A click on one of both takes it away; on the one that does not stand, it adds it where both can."""
        other = Side.OTHER if side is Side.KEPT else Side.KEPT
        if not self.field.can_be_both:
            return side
        return other if self.field.side is Side.BOTH else Side.BOTH if self.field.side is other else side

    def _choose(self, side: Side) -> None:
        if self.field.differs:
            self.setFocus()
            self.chosen.emit(self.field.key, side)


class MergeHeads(QWidget):
    """The names over the two columns: which record stays, and which goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (Label("", "strong", elide=True), Label("", "strong", elide=True))
        self._words = (Label("Stays", "small_muted"), Label("Is merged into it", "small_muted"))
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 0, 8, 4)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(0)
        gap = Label()
        gap.setFixedWidth(applied().px(_LABEL))
        grid.addWidget(gap, 0, 0)
        for at in (0, 1):
            grid.addWidget(self._names[at], 0, at + 1)
            grid.addLayout(row(self._words[at], None), 1, at + 1)
            grid.setColumnStretch(at + 1, 1)

    def show_names(self, names: Sequence[str], words: Sequence[str]) -> None:
        """Show two names, and a word below each ("Stays · 12 interactions")."""
        for label, text in (*zip(self._names, names, strict=True), *zip(self._words, words, strict=True)):
            label.set_text(text)
