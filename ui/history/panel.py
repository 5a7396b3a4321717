"""The list of recent changes, the newest first, with undo back to one of them and redo."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.store.history import CommandRecord
from ui.day_words import day_words, exact_moment, time_words
from ui.history.turning import turn
from ui.list_model import Section, SectionListModel
from ui.theme import applied
from ui.widgets.box import Rule
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.overlay import Overlay
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.context import UiContext
    from ui.main_window import MainWindow
    from ui.screens import Screen

_SHOWN = 300
_UNDO = RowAction("undo", "Undo to here", "U")
_REDO = RowAction("redo", "Redo to here", "R")


class HistoryPanel(Overlay):
    """Opened over the window. U undoes everything from the newest change to the chosen one, R does it again."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Recent changes", width=640)
        self._ctx = ctx
        self._records: dict[int, CommandRecord] = {}
        self.model = SectionListModel(parent=self)
        self.list = _List("Recent changes", uniform=False, header_height=36)
        self.list.setModel(self.model)
        self.list.action_triggered.connect(self._act)
        self.list.opened.connect(self._opened)
        self.list.escaped.connect(self.dismiss)
        self._nothing = Paragraph("Nothing has been changed yet.", style="mute")
        self._nothing.setContentsMargins(20, 4, 20, 16)
        self.undo_button = Button("Undo", icon_name="undo-2", key="Ctrl+Z", bind_key=False)
        self.redo_button = Button("Redo", icon_name="redo-2", key="Ctrl+Shift+Z", bind_key=False)
        self.close_button = Button("Close", "quiet", "Esc", bind_key=False)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.close_button.clicked.connect(self.dismiss)
        head, foot = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(2)
        head.addWidget(Label("Recent changes", "subtitle"))
        head.addWidget(Label("Undo goes back one by one, in order, also after a restart.", "small_muted"))
        foot.setContentsMargins(20, 12, 20, 12)
        foot.addLayout(row(self.undo_button, self.redo_button, None, self.close_button))
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.body.addWidget(self.list)
        self.body.addWidget(self._nothing)
        self.body.addWidget(Rule())
        self.body.addLayout(foot)
        ctx.bus.changed.connect(self._changed)

    @classmethod
    def open_over(cls, window: QMainWindow, ctx: UiContext, _text: str = "") -> None:
        """Open it."""
        panel = window.findChild(cls)
        if panel is None or panel._ctx is not ctx:
            panel = cls(window, ctx)
        panel.show_records(ctx.planner.history.recent(_SHOWN))
        panel.open_panel()

    def first_focus(self) -> QWidget:
        return self.list if self._records else self.close_button

    def show_records(self, records: tuple[CommandRecord, ...]) -> None:
        """Show these changes, by day."""
        self._records = {record.id: record for record in records}
        today = self._ctx.clock.today()
        sections = []
        for day, of_day in groupby(records, key=lambda record: self._ctx.clock.local(record.at).date()):
            words = day_words(day, today)
            sections.append(Section(words[:1].upper() + words[1:], [(each.id, self._row(each)) for each in of_day]))
        self.model.set_sections(sections)
        if self.list.current_key is None:
            self.list.select_first()
        self.list.setVisible(bool(records))
        self._nothing.setVisible(not records)
        self.undo_button.setEnabled(any(not record.undone for record in records))
        self.redo_button.setEnabled(any(record.undone for record in records))
        self.list.fit()
        self.fit()

    def undo(self) -> None:
        """Turn the newest change back."""
        turn(self._ctx.tasks, self._ctx.planner.history, undo=True)

    def redo(self) -> None:
        """Do the change last turned back again."""
        turn(self._ctx.tasks, self._ctx.planner.history, undo=False)

    def undo_to(self, id: int) -> None:
        """Turn back everything down to this change, it included."""
        self._ctx.tasks.command(self._ctx.planner.history.undo_to, id)

    def redo_to(self, id: int) -> None:
        """Do everything again up to this change, it included."""
        for record in sorted(self._records.values(), key=lambda each: each.id):
            if record.undone and record.id <= id:
                self.redo()

    def _row(self, record: CommandRecord) -> RowData:
        local = self._ctx.clock.local(record.at)
        words = record.label[:1].upper() + record.label[1:]
        return RowData(
            words,
            time_words(local) if not record.undone else f"{time_words(local)} · undone",
            actions=(_REDO if record.undone else _UNDO,),
            done=record.undone,
            tip=exact_moment(local),
        )

    def _act(self, action: str, keys: object) -> None:
        if isinstance(keys, list) and keys:
            (self.undo_to if action == "undo" else self.redo_to)(keys[0])

    def _opened(self, key: int) -> None:
        record = self._records.get(key)
        if record is not None:
            (self.redo_to if record.undone else self.undo_to)(key)

    def _changed(self, _changes: object) -> None:
        if self.isVisible():
            self._ctx.tasks.query(
                lambda: self._ctx.planner.history.recent(_SHOWN), self.show_records, key=("history-panel", id(self))
            )


class _List(RowList):
    """As tall as its rows, up to some."""

    def fit(self) -> None:
        """Take the height of the rows there are now."""
        tall = 0
        most = applied().px(460)
        for at in range(self.model().rowCount()):
            tall += self.sizeHintForRow(at)
            if tall > most:
                break
        self.setFixedHeight(min(tall, most) or 1)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())


def screens() -> Sequence[Screen]:
    """Some changes."""
    from ui.links import Link
    from ui.screens import Screen

    def opened(window: MainWindow) -> None:
        window.open_history()

    return [Screen("recent-changes", Link("today"), opened)]
