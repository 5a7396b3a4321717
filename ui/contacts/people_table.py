"""People as a table, with the columns one wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.clock import Clock
from planner.contacts.records import ContactRow, Sort
from ui.contacts.words import rhythm_words, role_words
from ui.context import UiContext
from ui.day_words import ago_words, due_words
from ui.table_model import Column, TableModel
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.row_data import KEY, MakeMime

SHOWN = ("name", "organisation", "title", "roles", "tags", "last", "due")


def columns(clock: Clock) -> tuple[Column[ContactRow], ...]:
    """All columns there are."""

    def ago(row: ContactRow) -> str:
        last = row.last_interaction_at
        return "" if last is None else ago_words(clock.local(last).date(), clock.today())

    def due(row: ContactRow) -> str:
        return "" if row.due_on is None else due_words(row.due_on, clock.today())

    def due_tone(row: ContactRow) -> Tone | None:
        if row.due_on is None or row.due_on > clock.today():
            return None
        return Tone.BAD if row.due_on < clock.today() else Tone.WARN

    return (
        Column("name", "Name", lambda row: row.name, Sort.NAME, 190),
        Column("organisation", "Organisation", lambda row: row.organisation, Sort.ORGANISATION, 160),
        Column("title", "Title", lambda row: row.title, width=170),
        Column("city", "City", lambda row: row.city, width=110),
        Column("email", "Email", lambda row: row.email, width=200),
        Column("phone", "Phone", lambda row: row.phone, width=140),
        Column("roles", "Roles", lambda row: ", ".join(role_words(role) for role in row.roles), width=130),
        Column("tags", "Tags", lambda row: ", ".join(row.tags), width=150),
        Column("tie", "Tie", lambda row: row.tie.value.capitalize() if row.tie else "", width=80),
        Column("rhythm", "Rhythm", lambda row: rhythm_words(row.rhythm_days) if row.rhythm_days else "", width=120),
        Column("last", "Last in touch", ago, Sort.LAST_SEEN, 120, tone=lambda row: Tone.BAD if row.drifting else None),
        Column(
            "times", "Times", lambda row: f"{row.interactions:,}" if row.interactions else "", width=70, number=True
        ),
        Column("due", "Next due", due, Sort.DUE, 120, tone=due_tone),
    )


class PeopleTable(QTableView):
    """`opened(id)`: Enter or a double click. `order_asked(sort, descending)`. `asked(action)` as the list's keys."""

    opened = Signal(object)
    order_asked = Signal(object, bool)
    columns_chosen = Signal(object)
    asked = Signal(str)

    def __init__(
        self,
        ctx: UiContext,
        fetch: Callable[[Sequence[int]], Mapping[int, ContactRow]],
        make_mime: MakeMime | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("People")
        self.people = TableModel(columns(ctx.clock), fetch, make_mime)
        self.people.failed.connect(ctx.tasks.bug)
        self.people.sort_asked.connect(lambda sort, descending: self.order_asked.emit(Sort(sort), descending))
        self.setModel(self.people)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(make_mime is not None)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(applied().px(20) + 14)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.open_column_menu(header.mapToGlobal(at)))
        header.setStretchLastSection(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(KEY)))
        self.choose_columns(SHOWN)

    @property
    def selected(self) -> list[int]:
        """The ids of the selected rows, top to bottom."""
        return [index.data(KEY) for index in self.selectionModel().selectedRows()]

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these people."""
        self.people.set_ids(ids)

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these columns."""
        header = self.horizontalHeader()
        header.blockSignals(True)
        self.people.set_columns(keys or SHOWN)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for at, column in enumerate(self.people.columns):
            self.setColumnWidth(at, applied().px(column.width))
        header.blockSignals(False)

    def open_column_menu(self, at: QPoint | None = None) -> None:
        """Choose the columns."""
        shown = [column.key for column in self.people.columns]

        def switch(key: str) -> None:
            wanted = [one for one in shown if one != key] if key in shown else [*shown, key]
            order = [column.key for column in columns(_NO_CLOCK)]
            wanted = [one for one in order if one in wanted]
            if wanted:
                self.choose_columns(wanted)
                self.columns_chosen.emit(tuple(wanted))

        items = [
            MenuItem(column.title, lambda key=column.key: switch(key), checked=column.key in shown)  # type: ignore[misc]  # a default
            for column in columns(_NO_CLOCK)
        ]
        open_menu(self, items, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(KEY))
        elif event.key() == Qt.Key.Key_Delete:
            self.asked.emit("delete")
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        else:
            super().keyPressEvent(event)


_NO_CLOCK = Clock()
