"""A whole file before it goes in: every item with what would become of it, to be ticked or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.cards.outcomes import ImportItem, Outcome, summary
from planner.cards.records import Failed, FilePerson, Reading
from planner.changes import Changes
from ui.cards.import_model import ImportModel
from ui.cards.presenting import OUTCOME_WORDS
from ui.context import UiContext
from ui.tasks import Progress
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.chip import ChipButton
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.painting import draw_check_mark, elided

Index = QModelIndex | QPersistentModelIndex


class _Table(QTableView):
    """Space ticks all selected rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if event.key() != Qt.Key.Key_Space or not isinstance(model, ImportModel):
            super().keyPressEvent(event)
            return
        rows = [
            index for index in self.selectionModel().selectedRows(0) if index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        ]
        if rows:
            role = Qt.ItemDataRole.CheckStateRole
            on = any(index.data(role) != Qt.CheckState.Checked for index in rows)
            for index in rows:
                model.setData(index, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked, role)


class _Ticks(QStyledItemDelegate):
    """The first column: the kit's checkbox, then the name."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = applied()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        rect = QRectF(option.rect).adjusted(20, 0, -4, 0)
        side = theme.px(15)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            draw_check_mark(painter, box, Qt.CheckState(state) == Qt.CheckState.Checked)
        rect.adjust(side + 10, 0, 0, 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        text = elided(str(index.data()), theme.font("body"), rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tick on a click on the box."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            left = event.position().x() < option.rect.left() + 20 + applied().px(15) + 8
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            if left and state is not None and isinstance(model, ImportModel):
                on = Qt.CheckState(state) == Qt.CheckState.Checked
                other = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
                return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)
        return False


class ImportTable(QDialog):
    """Ctrl+Enter imports what is ticked, as one undoable step with a bar and Cancel."""

    def __init__(
        self,
        ctx: UiContext,
        found: Sequence[Reading | FilePerson | Failed],
        items: Sequence[ImportItem],
        name: str,
        event_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._name, self._event_id = ctx, name, event_id
        self._found = tuple(found)
        self._items = tuple(items)
        self.setWindowTitle(f"Import {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(12)
        counts = Counter(item.outcome for item in self._items)
        self.chips: dict[Outcome | None, ChipButton] = {}
        line = row(20, spacing=8)
        for outcome in (None, *(one for one in Outcome if counts[one])):
            words = (
                f"All · {len(self._items):,}"
                if outcome is None
                else f"{OUTCOME_WORDS[outcome][0]} · {counts[outcome]:,}"
            )
            chip = ChipButton(words[:1].upper() + words[1:], checkable=True)
            chip.clicked.connect(lambda _=False, outcome=outcome: self.narrow(outcome))
            self.chips[outcome] = chip
            line.addWidget(chip)
        line.addStretch(1)
        self.chips[None].setChecked(True)
        column.addLayout(line)
        self.model = ImportModel(self._items, self)
        self.model.ticked_changed.connect(self._count)
        self.table = _Table()
        self.table.setAccessibleName("What is in the file")
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(applied().px(20) + 12)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for at, width in enumerate((250, 110, 300)):
            self.table.setColumnWidth(at, applied().px(width))
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItemDelegateForColumn(0, _Ticks(self.table))
        column.addWidget(self.table, 1)
        none, every = Button("Untick all", "quiet"), Button("Tick all", "quiet")
        every.clicked.connect(lambda: self.model.tick_shown(True))
        none.clicked.connect(lambda: self.model.tick_shown(False))
        self._said = Label("", "small_muted", elide=True)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.reject)
        self.go = Button("Import", "primary", "Ctrl+Return")
        self.go.clicked.connect(self.run)
        foot = row(12, every, none, self._said, cancel, self.go, 20, spacing=10)
        foot.setStretchFactor(self._said, 1)
        column.addLayout(foot)
        self._count(len(self.model.ticked))

    @classmethod
    def open_over(
        cls,
        window: QWidget,
        ctx: UiContext,
        found: Sequence[Reading | FilePerson | Failed],
        name: str,
        event_id: int | None = None,
    ) -> None:
        """Look at every item in the background, then show the table."""

        def look(_progress: Progress, cancelled: Callable[[], bool]) -> tuple[ImportItem, ...]:
            return tuple(ctx.planner.card_import.look(found, cancelled))

        ctx.tasks.job(f"Looking at {name}", look, lambda items: cls(ctx, found, items, name, event_id, window).open())

    def narrow(self, outcome: Outcome | None) -> None:
        """Show only items of one outcome."""
        for key, chip in self.chips.items():
            chip.setChecked(key is outcome)
        self.model.narrow(outcome)

    def run(self) -> None:
        """Import what is ticked."""
        wanted = [self._found[item.at] for place, item in enumerate(self._items) if place in self.model.ticked]
        if not wanted:
            return
        ctx, name, event_id = self._ctx, self._name, self._event_id

        def work(progress: Progress, cancelled: Callable[[], bool]) -> tuple[Changes, tuple[ImportItem, ...]]:
            return ctx.planner.card_import.run(
                wanted, f"import “{name}”", event_id=event_id, progress=progress, stop=cancelled, total=len(wanted)
            )

        def done(outcome: tuple[Changes, tuple[ImportItem, ...]]) -> None:
            changes, items = outcome
            ctx.bus.publish(changes)
            said = summary(items)
            ctx.toast(said[:1].upper() + said[1:], undo=bool(changes))

        ctx.tasks.job(f"Importing {name}", work, done, writes=True)
        self.accept()

    def _count(self, ticked: int) -> None:
        self.go.set_text(f"Import {ticked:,}" if ticked else "Import")
        self.go.setEnabled(ticked > 0)
        doubtful = sum(1 for at in self.model.ticked if self._items[at].outcome is Outcome.DOUBTFUL)
        self._said.set_text(f"{doubtful:,} of them will wait in Cards to be looked at" if doubtful else "")
