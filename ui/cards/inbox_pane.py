"""The cards that wait, how far the stack has come, and the place to drop more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.cards.records import CardRow, InboxCount
from ui.cards.presenting import card_row
from ui.list_model import Section, SectionListModel
from ui.widgets.box import Box, Rule
from ui.widgets.heading import Heading
from ui.widgets.labels import Label
from ui.widgets.progress import ThinBar
from ui.widgets.row_list import RowList


class InboxList(RowList):
    """Grows with its rows up to the room there is, so that the drop place stands right below."""

    def sizeHint(self) -> QSize:
        rows = self.model().rowCount()
        return QSize(220, sum(self.rowHeight(at) for at in range(min(rows, 60))) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, min(self.sizeHint().height(), 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_X, Qt.Key.Key_Delete) and not event.modifiers():
            if keys := self.selected_keys():
                self.action_triggered.emit("skip", keys)
            return
        super().keyPressEvent(event)


class DropZone(Box):
    """Where to drop files; a click asks for them (`pressed`)."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__(drop=True, spacing=2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Add files")
        for text, role in (("Drop photos, QR codes,", "muted"), (".vcf or .csv files here", "muted")):
            self._line(text, role)
        self._line("or paste with Ctrl V", "small_muted")

    def _line(self, text: str, role: str) -> None:
        label = Label(text, "small_muted" if role == "small_muted" else "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.add(label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class InboxPane(QWidget):
    """The list, through `rows`; `add_asked` from the drop place."""

    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(8)
        self._heading = Heading("To review", "")
        self._bar = ThinBar(0.0, "Cards looked over")
        head.addWidget(self._heading)
        head.addWidget(self._bar)
        column.addLayout(head)
        self._rule = Rule()
        column.addWidget(self._rule)
        self.model = SectionListModel(parent=self)
        self.rows = InboxList("Cards to review", uniform=False, multi=True)
        self.rows.setModel(self.model)
        self.rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(self.rows, 1_000)  # the place to drop files follows it, and only then comes what is empty
        line = QHBoxLayout()
        line.setContentsMargins(20, 16, 20, 0)
        self.drop = DropZone()
        self.drop.pressed.connect(self.add_asked)
        line.addWidget(self.drop)
        column.addLayout(line)
        column.addStretch(1)

    def show_cards(self, cards: Sequence[CardRow], count: InboxCount) -> None:
        """Show what waits; the current card stays the current one where it can."""
        self._heading.set_text(f"To review · {count.waiting:,}" if count.waiting else "To review",
                               f"{count.done:,} done" if count.done else "")  # fmt: skip
        whole = count.waiting + count.done
        self._bar.set_part(count.done / whole if whole else 0.0)
        self._bar.setVisible(whole > 0)
        self.rows.setVisible(bool(cards))
        self.model.set_sections((Section("", [(card.id, card_row(card)) for card in cards]),))
        self.rows.updateGeometry()
        if cards and self.rows.current_key is None:
            self.rows.select_first()
