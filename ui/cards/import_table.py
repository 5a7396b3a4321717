"""A whole file before it goes in: every item with what would become of it, to be ticked or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
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

from planner.cards.outcomes import Outcome, summary
from planner.cards.sources import Sources
from planner.changes import Changes
from planner.errors import Cancelled, UserError
from ui.cards.import_model import ImportModel
from ui.cards.import_rows import ImportRows
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

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "ticked")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        if event.key() != Qt.Key.Key_Space or not isinstance(model, ImportModel):
            super().keyPressEvent(event)
            return
        # As stretches of rows: all of a long file may be selected.
        model.toggle([range(one.top(), one.bottom() + 1) for one in self.selectionModel().selection().toList()])


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
        painter.drawText(rect.translated(0, 1), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

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
        sources: Sources,
        items: ImportRows,
        name: str,
        event_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`items` is what would become of what `sources` hold, one for each; they are read again to be imported."""
        super().__init__(parent)
        self._ctx, self._sources, self._name, self._event_id = ctx, sources, name, event_id
        self.setWindowTitle(f"Import {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(12)
        self.chips: dict[Outcome | None, ChipButton] = {}
        line = row(20, spacing=8)
        for outcome in (None, *(one for one in Outcome if items.count(one))):
            words = (
                f"All · {len(items):,}"
                if outcome is None
                else f"{OUTCOME_WORDS[outcome][0]} · {items.count(outcome):,}"
            )
            chip = ChipButton(words[:1].upper() + words[1:], checkable=True)
            chip.clicked.connect(lambda _=False, outcome=outcome: self.narrow(outcome))
            self.chips[outcome] = chip
            line.addWidget(chip)
        line.addStretch(1)
        self.chips[None].setChecked(True)
        column.addLayout(line)
        self.model = ImportModel(items, self)
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
        # A header that heeds what is selected asks each row of it, and all of a long file may be.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
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
        self._count(self.model.ticked)
        self.table.selectRow(0)
        self.table.setFocus()

    def narrow(self, outcome: Outcome | None) -> None:
        """Show only items of one outcome."""
        for key, chip in self.chips.items():
            chip.setChecked(key is outcome)
        self.model.narrow(outcome)

    def run(self) -> None:
        """Import what is ticked."""
        ticks, count = self.model.ticks(), self.model.ticked
        if not count:
            return
        ctx, name, event_id, sources = self._ctx, self._name, self._event_id, self._sources

        def work(progress: Progress, cancelled: Callable[[], bool]) -> tuple[Changes, str]:
            changes, items = ctx.planner.card_import.run(
                sources.chosen(ticks, cancelled),
                f"import “{name}”",
                event_id=event_id,
                progress=progress,
                stop=cancelled,
                total=count,
            )
            return changes, summary(items)

        def done(outcome: tuple[Changes, str]) -> None:
            changes, said = outcome
            ctx.bus.publish(changes)
            ctx.toast(said[:1].upper() + said[1:], undo=bool(changes))

        def stopped(error: Exception) -> None:
            if isinstance(error, Cancelled):
                ctx.toast(f"Stopped: nothing of {name} was imported")
            elif isinstance(error, UserError):
                ctx.tasks.user_error.emit(error)

        ctx.tasks.job(f"Importing {name}", work, done, stopped, writes=True)
        self.accept()

    def _count(self, ticked: int) -> None:
        self.go.set_text(f"Import {ticked:,}" if ticked else "Import")
        self.go.setEnabled(ticked > 0)
        doubtful = self.model.ticked_doubtful
        self._said.set_text(f"{doubtful:,} of them will wait in Cards to be looked at" if doubtful else "")
