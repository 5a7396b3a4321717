"""The left pane: search, filters, the list, and what can be done with several people at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.contacts.records import ContactRow, Sort
from planner.contacts.search import Filter, Misunderstood, Query, parse
from ui.contacts.bulk_bar import BulkBar
from ui.contacts.filter_menu import filter_menu
from ui.contacts.photos import Photos
from ui.contacts.words import row_data
from ui.context import UiContext
from ui.list_model import LazyListModel
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import IconButton
from ui.widgets.chip import ChipButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import SearchField
from ui.widgets.layouts import FlowLayout, clear_layout
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.row_data import MakeMime, RowData
from ui.widgets.row_list import RowList

#: Hits shown at once while the others are still being found.
FIRST = 200

_UNLIMITED = 16_777_215  # Qt's own greatest size


class ListPane(QWidget):
    """`chosen(id | None)`: another person became the current one. `asked(action)`: a key or menu entry of the list.

    Actions: "delete", "copy", "export", "tag", "role", "rhythm", "log", "new", "import", "table", "manage-filters",
    "save-filter".
    """

    chosen = Signal(object)
    asked = Signal(str)
    opened = Signal(object)
    found_ids = Signal(object)

    def __init__(
        self, ctx: UiContext, photos: Photos, make_mime: MakeMime | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._photos = photos
        self._queries = ctx.planner.contact_queries
        self._query = Query()
        self._sort = Sort.BEST
        self._descending = False
        self._from_top = False
        self._chip_texts: list[str] | None = None
        self._chip_parts: list[Filter | Misunderstood] = []
        self.setProperty("frame", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build(make_mime)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(90)
        self._settled.timeout.connect(lambda: self.chosen.emit(self.list.current_key))
        self._all_of_them = QTimer(self)
        self._all_of_them.setSingleShot(True)
        self._all_of_them.setInterval(60)
        self._all_of_them.timeout.connect(self._find_all)

    def _build(self, make_mime: MakeMime | None) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.setSpacing(8)
        self.search = SearchField("Search people")
        self.search.textChanged.connect(self._typed)
        self.search.left_down.connect(self._into_list)
        head.addWidget(self.search)
        self._chips_holder = QWidget()
        self._chips = FlowLayout(self._chips_holder, gap=4)
        self.stack = QStackedWidget()
        self._show_chips()
        self.sort_button = IconButton("arrow-up-down", "Sort")
        self.sort_button.clicked.connect(self.open_sort_menu)
        self.table_button = IconButton("table-2", "Show as a table", "Ctrl+T")
        self.table_button.clicked.connect(lambda: self.asked.emit("table"))
        for button in (self.sort_button, self.table_button):
            button.setFixedSize(applied().px(26), applied().px(22))
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self._chips_holder, 1)
        line.addWidget(self.sort_button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.table_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(line)
        column.addLayout(head)
        self.model: LazyListModel[ContactRow] = LazyListModel(self.fetch, self._present, make_mime, page_size=16)
        self.model.failed.connect(self._ctx.tasks.bug)
        self.list = _PeopleList("People", multi=True)
        self.list.setModel(self.model)
        self.list.setDragEnabled(True)
        self.list.current_changed.connect(lambda _id: self._settled.start())
        self.list.opened.connect(self.opened)
        self.list.escaped.connect(self.search.setFocus)
        self.list.typed.connect(self._type_on)
        self.list.asked.connect(self.asked)
        self.list.menu_asked.connect(self.open_row_menu)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._selection_changed())
        self.model.modelReset.connect(self._selection_changed)
        self.nobody = EmptyState("users", "", "", "")
        self.nobody.activated.connect(self._empty_button)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nobody)
        column.addWidget(self.stack, 1)
        self.bulk = BulkBar()
        self.bulk.asked.connect(self.asked)
        self.bulk.hide()
        column.addWidget(self.bulk)

    @property
    def selected(self) -> list[int]:
        """The ids of the selected people, top to bottom."""
        return self.list.selected_keys()

    @property
    def query(self) -> Query:
        """The search as it is understood."""
        return self._query

    @property
    def ids(self) -> Sequence[int]:
        """Everyone found, in order."""
        return self.model.ids

    @property
    def order(self) -> tuple[Sort, bool]:
        """The order, and whether it is turned round."""
        return self._sort, self._descending

    def set_order(self, sort: Sort, descending: bool) -> None:
        """Sort otherwise."""
        self._sort, self._descending = sort, descending
        self.find()

    def find(self, *, from_top: bool = False) -> None:
        """Ask anew: the first hits at once where that is quick, all of them as soon as nobody is waiting for those.

        With `from_top` the list begins at its first hit again, as it should for another search.
        """
        query, sort = self._query, self._sort
        self._all_of_them.stop()
        self._from_top = self._from_top or from_top
        if not query.filters and (query.terms or sort in (Sort.BEST, Sort.NAME)):
            first = self._queries.find(query, sort, descending=self._descending, limit=FIRST)
            if len(first) < FIRST:
                self._ctx.tasks.forget((id(self), "find"))
                self._found(first)
                return
            if from_top or not self.model.ids:
                self._show(first)
                self.search.set_aside("…")
                # The worker would take the interpreter from the painting of what was just found.
                self._all_of_them.start()
                return
        self._find_all()

    def _find_all(self) -> None:
        query, sort, descending = self._query, self._sort, self._descending

        def everyone() -> Sequence[int]:
            return self._queries.ids(query, sort, descending=descending)

        self._ctx.tasks.query(everyone, self._found, key=(id(self), "find"))

    def invalidate(self, ids: Sequence[int] | None = None) -> None:
        """Read these rows (None: all) anew."""
        self.model.invalidate(ids)

    def choose(self, id: int) -> bool:
        """Make somebody the current one; False when the search does not find them."""
        if not self.list.select_key(id):
            return False
        self._settled.start()
        return True

    def set_list_visible(self, on: bool) -> None:
        """The table shows the same people: then only search and filters stay."""
        self.stack.setVisible(on)
        self.search.setMaximumWidth(_UNLIMITED if on else applied().px(480))
        self._limit_height()
        if on:
            self._selection_changed()
        else:
            self.bulk.hide()

    def _limit_height(self) -> None:
        head = (
            self._head.heightForWidth(self.width())
            if self._head.hasHeightForWidth()
            else self._head.sizeHint().height()
        )
        self.setMaximumHeight(head if self.stack.isHidden() else _UNLIMITED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_height()

    def search_for(self, text: str) -> None:
        """Search for a text as if it had been typed."""
        if text == self.search.text():
            self.find()
        else:
            self.search.setText(text)

    def add_filter(self, typed: str) -> None:
        """Add a filter to the search."""
        if typed not in self.search.text().split():
            self.search.setText(" ".join(f"{self.search.text()} {typed}".split()))
        self.search.setFocus()

    def open_filter_menu(self) -> None:
        """The menu behind "+ filter"."""
        events = [row.details.title for row in (*self._ctx.planner.event_queries.past(15),)]
        menu = filter_menu(
            self.add_button,
            self.add_filter,
            self.search_for,
            lambda: self.asked.emit("save-filter"),
            lambda: self.asked.emit("manage-filters"),
            tags=self._queries.tags(),
            events=list(dict.fromkeys(events)),
            saved=self._queries.saved_filters(),
            searching=bool(self._query.text.strip()),
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 4)))

    def open_sort_menu(self) -> None:
        """The menu of orders."""
        items: list[MenuItem | None] = [
            MenuItem(
                _capital(sort.value) if sort is not Sort.BEST else "Best match, else name",
                partial(self.set_order, sort, False),
                checked=sort is self._sort,
            )
            for sort in Sort
        ]
        items += [
            None,
            MenuItem(
                "The other way round",
                lambda: self.set_order(self._sort, not self._descending),
                checked=self._descending,
            ),
        ]
        open_menu(self.sort_button, items)

    def open_row_menu(self, at: QPoint) -> None:
        """What can be done with the selected people."""
        many = len(self.selected) > 1
        items: list[MenuItem | None] = [
            MenuItem("Log…", partial(self.asked.emit, "log"), "Ctrl+L", "pencil", enabled=not many),
            None,
            MenuItem("Tag…", partial(self.asked.emit, "tag"), icon="tag"),
            MenuItem("Role…", partial(self.asked.emit, "role"), icon="user"),
            MenuItem("Rhythm…", partial(self.asked.emit, "rhythm"), icon="clock"),
            None,
            MenuItem("Copy", partial(self.asked.emit, "copy"), "Ctrl+C", "copy"),
            MenuItem("Export…", partial(self.asked.emit, "export"), icon="upload"),
            None,
            MenuItem("Delete", partial(self.asked.emit, "delete"), "Delete", "trash-2"),
        ]
        open_menu(self.list, items, at)

    def _typed(self, text: str) -> None:
        self._query = parse(text)
        self._show_chips()
        self.find(from_top=True)

    def _show_chips(self) -> None:
        chips = [(one.label, Tone.NEUTRAL if one.negated else Tone.ACCENT, "") for one in self._query.filters]
        chips += [(f"{one.text}?", Tone.WARN, one.reason) for one in self._query.misunderstood]
        texts = [chip[0] for chip in chips]
        parts: list[Filter | Misunderstood] = [*self._query.filters, *self._query.misunderstood]
        if texts == self._chip_texts:
            self._chip_parts = parts
            return
        self._chip_texts = texts
        self._chip_parts = parts
        clear_layout(self._chips)
        for at, (text, tone, why) in enumerate(chips):
            chip = ChipButton(text, tone, removable=True, parent=self._chips_holder)
            chip.setToolTip(f"{why}\nIt is searched as text." if why else "Click to take this filter away")
            chip.clicked.connect(lambda _=False, at=at: self._take_away(at))
            chip.removed.connect(lambda at=at: self._take_away(at))
            self._chips.addWidget(chip)
            chip.show()
        self.add_button = ChipButton("+ filter", parent=self._chips_holder)
        self.add_button.clicked.connect(self.open_filter_menu)
        self._chips.addWidget(self.add_button)
        self.add_button.show()
        self._chips_holder.updateGeometry()
        if self.stack.isHidden():
            self._limit_height()

    def _take_away(self, at: int) -> None:
        self.search.setText(self._query.without(self._chip_parts[at]))
        self.search.setFocus()

    def fetch(self, ids: Sequence[int]) -> Mapping[int, ContactRow]:
        """The lines for these ids."""
        return {row.id: row for row in self._queries.rows(ids)}

    def _present(self, row: ContactRow) -> RowData:
        return row_data(row, self._ctx.clock, self._photos.get(row.photo))

    def _found(self, ids: Sequence[int]) -> None:
        shown = self.model.ids
        if shown and len(ids) > len(shown) and not self._from_top and list(ids[: len(shown)]) == list(shown):
            self.model.extend_ids(ids)
        else:
            self._show(ids)
        self.search.set_aside(f"{len(ids):,}" if self._query.text.strip() or ids else "")
        self.found_ids.emit(ids)

    def _show(self, ids: Sequence[int]) -> None:
        if self._from_top:
            self.list.setCurrentIndex(QModelIndex())  # or the list would stay where this person stands
        self.model.set_ids(ids)
        if ids:
            if self._from_top or self.list.current_key is None:
                self.list.select_first()
                self.list.scrollToTop()
            self._from_top = False
            self.stack.setCurrentWidget(self.list)
            return
        self._from_top = False
        if self._query.text.strip():
            self.nobody.set_text("Nobody matches", "Try fewer words, or take a filter away.", "Clear the search")
        else:
            self.nobody.set_text(
                "Nobody here yet", "Add the first person, or import a vCard file from another program.", "New contact"
            )
        self.stack.setCurrentWidget(self.nobody)
        self._settled.start()

    def _empty_button(self) -> None:
        if self._query.text.strip():
            self.search.clear()
            self.search.setFocus()
        else:
            self.asked.emit("new")

    def _into_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.current_key is None:
            self.list.select_first()

    def _type_on(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + text)

    def _selection_changed(self) -> None:
        selection = self.list.selectionModel().selection()
        count = sum(selection.at(at).height() for at in range(selection.count()))  # quick for 100,000
        self.bulk.set_count(count)
        self.bulk.setVisible(count > 1)


class _PeopleList(RowList):
    """The list, with the keys for what is done to people."""

    asked = Signal(str)
    menu_asked = Signal(QPoint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.asked.emit("delete")
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit("paste")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_asked.emit(self.viewport().mapToGlobal(at))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
