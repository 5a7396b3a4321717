"""The People page: the list or the table at the left, one person at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.records import ContactDetails
from planner.settings.records import Settings
from ui.contacts.bulk_actions import BulkActions
from ui.contacts.bulk_bar import BulkBar
from ui.contacts.connecting import Connecting
from ui.contacts.interaction_dialog import InteractionDialog
from ui.contacts.inviting import invite_along
from ui.contacts.list_pane import ListPane
from ui.contacts.merge_dialog import find_duplicates, merge_two
from ui.contacts.new_contact import NewContactDialog
from ui.contacts.people_table import PeopleTable
from ui.contacts.person_view import PersonView
from ui.contacts.photos import Photos
from ui.contacts.saved_filters import SavedFiltersDialog, SaveFilterDialog
from ui.contacts.transfer import Transfer
from ui.context import Link, UiContext
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button
from ui.widgets.pane import Columns

if TYPE_CHECKING:
    from ui.screens import Screen

#: What the page shows something of.
_SHOWN = frozenset(
    ("contact", "interaction", "exchange", "promise", "introduction", "organisation", "milestone", "followup", "event",
     "attendance", "saved_filter", "setting")
)  # fmt: skip


class ContactsPage(Page):
    """Links: Link("contact", 5, "prepare") shows that person's tab, with "offer" and "celebrate" the caret is where
    that is noted; parts "new", "import", "export" and "duplicates" start that."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "People")
        self._wanted: int | None = None
        self._to_start: tuple[int, Callable[[], object]] | None = None
        self.transfer = Transfer(ctx, self, self._imported, self.new_contact)
        self.bulk = BulkActions(ctx, self)
        self.connecting = Connecting(self)
        photos = Photos(ctx.planner.contact_queries)
        self.pane = ListPane(ctx, photos, self.transfer.mime)
        self.person = PersonView(ctx)
        self.table = PeopleTable(ctx, self.pane.fetch, self.transfer.mime)
        self.table_bulk = BulkBar()
        self.table_bulk.hide()
        self._columns = Columns(self.pane, self._right(), widths=(330, 0))
        self.body.addWidget(self._columns)
        import_button = Button("Import")
        import_button.clicked.connect(self.transfer.ask_import)
        new_button = Button("New contact", "primary")
        new_button.setToolTip("New contact (Ctrl+Shift+N)")
        new_button.clicked.connect(partial(self.act, "new"))
        self.set_bar(import_button, new_button)
        self._connect()
        self.setAcceptDrops(True)

    def _right(self) -> QWidget:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.person)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(9, 0, 9, 0)  # with the cells' own, as far in as the search field
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.table_bulk)
        self._stack.addWidget(holder)
        return self._stack

    def _connect(self) -> None:
        self.pane.chosen.connect(self._choose)
        self.pane.opened.connect(lambda _id: self.person.setFocus())
        self.pane.opened.connect(lambda _id: self.person.tabs.setFocus())
        self.pane.asked.connect(self.act)
        self.pane.found_ids.connect(self._found)
        self.person.edit_asked.connect(self._edit_interaction)
        self.person.gone.connect(self.pane.find)
        self.person.shown.connect(self._start)
        self.person.shown.connect(lambda _id: self._name_actions())
        self.table.opened.connect(lambda id: self.show_link(Link("contact", id)))
        self.table.order_asked.connect(self.pane.set_order)
        self.table.columns_chosen.connect(
            lambda keys: self.command(self.ctx.planner.settings.change, list_columns=keys)
        )
        self.table.asked.connect(self.act)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._table_selection())
        self.table_bulk.asked.connect(self.act)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown."""
        return self._stack.currentIndex() == 1

    @property
    def selected(self) -> list[int]:
        """The selected people."""
        return self.table.selected if self.is_table else self.pane.selected

    def reload(self) -> None:
        self.pane.invalidate()
        self.pane.find()
        self.person.reload()
        self.query(self.ctx.planner.settings.get, self._settings, key="settings")

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(entity) for entity in _SHOWN)

    def flush(self) -> None:
        super().flush()
        self.person.flush()

    def subject(self) -> Link | None:
        id = self.person.person_id
        return None if id is None or self.is_table else Link("contact", id)

    def first_focus(self) -> QWidget:
        return self.table if self.is_table else self.pane.search

    def show_link(self, link: Link) -> None:
        if link.kind == "contacts" and link.part in ("new", "import", "export", "duplicates"):
            start: dict[str, Callable[[], object]] = {
                "new": lambda: self.new_contact(ContactDetails(name=link.words) if link.words else None),
                "import": self.transfer.ask_import,
                "export": lambda: self.transfer.ask_export(self.selected if len(self.selected) > 1 else self.pane.ids),
                "duplicates": lambda: find_duplicates(self.ctx, self),
            }
            start[link.part]()
            return
        if link.id is None:
            return
        if self.is_table:
            self.toggle_table()
        person = self.person
        noting = {"offer": person.start_offer, "celebrate": person.start_celebrating}.get(link.part or "")
        if noting is None and link.part:
            person.choose_tab(link.part)
        self._to_start = None if noting is None else (link.id, noting)
        self._show(link.id)
        if person.data is not None:
            self._start(person.data.contact.id)

    def page_actions(self) -> Sequence[Action]:
        def has_person() -> bool:
            return self.person.person_id is not None

        def tab(key: str) -> Callable[[], object]:
            return partial(self.person.choose_tab, key)

        person = self.person
        return (
            Action("find-people", "&Search people", self._search, "Ctrl+F", "Edit", "find", "search", also=("/",)),
            Action("log-person", "&Log what happened", person.start_logging, "Ctrl+L", "Edit", "person", "pencil",
                   has_person),
            Action("email-person", "&Write an email", person.email, "Ctrl+Shift+M", "Edit", "person", "mail",
                   has_person),
            Action("call-person", "&Call", person.call, "Ctrl+Shift+P", "Edit", "person", "phone", has_person),
            Action("paste-person", "Paste a contact", self.transfer.paste, "Ctrl+Shift+V", "Edit", "person", "id-card",
                   hint="vcard address signature"),
            Action("delete-people", "&Delete", partial(self.act, "delete"), "", "Edit", "person", "trash-2",
                   lambda: bool(self.selected)),
            Action("merge-people", "&Merge these two…", partial(self.act, "merge"), "", "Edit", "person", "merge",
                   lambda: len(self.selected) == 2, hint="duplicate same person"),
            Action("next-tab", "Next section", partial(person.step_tab, 1), "Ctrl+PgDown", "View", "sections"),
            Action("previous-tab", "Previous section", partial(person.step_tab, -1), "Ctrl+PgUp", "View", "sections"),
            Action("people-table", "People as a &table", self.toggle_table, "Ctrl+T", "View", "sections", "table-2"),
            *self.connecting.actions(),
            Action("story", "Story", tab("story"), hint="timeline history"),
            Action("prepare", "Prepare", tab("prepare"), hint="research talking points"),
            Action("give-and-take", "Give and take", tab("give"), hint="promises exchanges ledger"),
            Action("working-together", "Working together", tab("together"),
                   hint="one-to-one expectation update feedback achievement difficult private log"),
            Action("details", "Details", tab("details"), hint="edit contact"),
            *self._noting(),
            Action("invite-along", "&Invite along to an event…", partial(invite_along, self), icon="calendar-plus",
                   is_enabled=lambda: has_person() or bool(self.selected), hint="invitation ics mail guest meeting"),
        )  # fmt: skip

    def _noting(self) -> Sequence[Action]:
        """What is noted for the person shown. Without one, the window's own actions of these names ask for whom."""
        person = self.person
        if person.person_id is None:
            return ()
        return (
            Action("offer-support", "Offer support…", person.start_offer, icon="plus", hint="help give advice review"),
            Action("celebrate", "Note something to celebrate…", person.start_celebrating, icon="party-popper",
                   hint="celebration award promotion new job milestone"),
        )  # fmt: skip

    def _name_actions(self) -> None:
        """Let the commands speak of the person shown."""
        if self.isVisible():
            self.ctx.actions.set_page_actions(self.page_actions())

    def new_contact(self, details: ContactDetails | None = None) -> None:
        """Open the form for a new person, perhaps filled from a text."""
        NewContactDialog(self.ctx, self._show_new, details, self).open()

    def toggle_table(self) -> None:
        """Show the table in the place of the person, or the person again."""
        self._stack.setCurrentIndex(0 if self.is_table else 1)
        # The table wants the whole width: search and filters move above it.
        self._columns.setOrientation(Qt.Orientation.Vertical if self.is_table else Qt.Orientation.Horizontal)
        self.pane.set_list_visible(not self.is_table)
        self._columns.setSizes([self.pane.maximumHeight(), 10_000] if self.is_table else [330, 10_000])
        if self.is_table:
            self.table.set_ids(self.pane.ids)
            self.table.setFocus()

    def act(self, action: str) -> None:
        """Do what a key, a menu or the bar of several asks for."""
        ids = self.selected
        below = self.pane.bulk if not self.is_table else self.table_bulk
        at = below.mapToGlobal(QPoint(20, 0)) if below.isVisible() else None
        doing: dict[str, Callable[[], object]] = {
            "delete": lambda: self.bulk.delete(ids, self._named(ids)),
            "tag": lambda: self.bulk.ask_tag(ids),
            "role": lambda: self.bulk.ask_role(ids, at),
            "rhythm": lambda: self.bulk.ask_rhythm(ids, at),
            "merge": lambda: merge_two(self.ctx, ids, self),
            "introduce": self.connecting.introduce,
            "copy": lambda: self.transfer.copy(ids),
            "paste": self.transfer.paste,
            "export": lambda: self.transfer.ask_export(ids),
            "log": self.person.start_logging,
            "new": self.new_contact,
            "table": self.toggle_table,
            "save-filter": self._save_filter,
            "manage-filters": lambda: SavedFiltersDialog(self.ctx, self).open(),
        }
        doing[action]()

    def _named(self, ids: Sequence[int]) -> str:
        data = self.person.data
        return data.contact.name if data is not None and list(ids) == [data.contact.id] else ""

    def _save_filter(self) -> None:
        query = self.pane.query
        proposal = " · ".join(part.label for part in query.filters) or query.text.strip()
        SaveFilterDialog(self.ctx, query.text.strip(), proposal, self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and (Transfer.can_take(event.mimeData()) or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.person.take_picture(event.mimeData()) or self.transfer.take(event.mimeData()):
            event.acceptProposedAction()

    def _choose(self, id: int | None) -> None:
        if id is None and self._wanted is not None:
            return
        self._wanted = None
        self.person.show_id(id)

    def _show(self, id: int) -> None:
        """Show somebody, in the list if the search finds them, else beside it."""
        self._wanted = id
        if not self.pane.choose(id):
            self.person.show_id(id)

    def _start(self, id: int) -> None:
        """Note what a link asked for, once its person is on the screen."""
        if self._to_start is not None and self._to_start[0] == id:
            (_, start), self._to_start = self._to_start, None
            start()

    def _show_new(self, id: int) -> None:
        if self.pane.query.text.strip():
            self.pane.search_for("")
        self._show(id)

    def _imported(self, ids: Sequence[int]) -> None:
        if len(ids) == 1:
            self._show_new(ids[0])
        else:
            self.pane.search_for("")

    def _found(self, ids: Sequence[int]) -> None:
        if self.is_table:
            self.table.set_ids(ids)
        if self._wanted is not None and self.pane.choose(self._wanted):
            self._wanted = None

    def _search(self) -> None:
        self.pane.search.setFocus()
        self.pane.search.selectAll()

    def _settings(self, settings: Settings) -> None:
        if settings.list_columns and settings.list_columns != tuple(one.key for one in self.table.people.columns):
            self.table.choose_columns(settings.list_columns)

    def _table_selection(self) -> None:
        selection = self.table.selectionModel().selection()
        count = sum(selection.at(at).height() for at in range(selection.count()))
        self.table_bulk.set_count(count)
        self.table_bulk.setVisible(count > 1)

    def _edit_interaction(self, id: int) -> None:
        self.query(
            lambda: self.ctx.planner.relation_queries.interaction(id),
            lambda it: InteractionDialog(self.ctx, it, self).open(),
        )


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.contacts.screens import contact_screens

    return contact_screens()
