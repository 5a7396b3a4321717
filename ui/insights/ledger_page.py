"""The ledger of give and take: what went each way with everybody, and one line to note more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.relations.drafts import ExchangeDraft
from planner.relations.ledger import Ledger
from planner.relations.records import Direction, Exchange, ExchangeKind, PersonRef
from planner.relations.story import exchange_headline
from ui.context import Link, UiContext
from ui.day_words import day_words
from ui.list_model import LazyListModel
from ui.page import Page
from ui.shell.actions import Action
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import EntryLine
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.one_of import OneOf
from ui.widgets.people_field import PeopleField
from ui.widgets.row_data import ChipData, RowAction, RowData
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen

#: An offer is no exchange yet: it waits in the queue until it is seen through.
_OFFER = "offer"
_WAYS = ((Direction.GIVEN, "I gave"), (Direction.RECEIVED, "I received"), (_OFFER, "I offered"))
_KINDS = tuple((kind, kind.value.capitalize()) for kind in ExchangeKind)
_BOTH = ((None, "Both ways"), (Direction.GIVEN, "Given"), (Direction.RECEIVED, "Received"))
_DELETE = RowAction("delete", "Delete", "Delete", "menu")


class LedgerPage(Page):
    """Links: Link("ledger", 5) shows it for that person; part "given" or "received" for one direction, "new" begins
    an entry, with that person where one is named."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Give and take")
        queries = ctx.planner.contact_queries
        self.who = OnePerson("With whom", "With whom", lambda text: queries.names(text, 8))
        self.way = Choice("Which way", _WAYS, Direction.GIVEN)
        self.kind = Choice("What", _KINDS, ExchangeKind.RESOURCE)
        self.words = EntryLine("New entry", "What it was")
        self.add_button = Button("Add")
        self.show_way = Choice("Show which way", _BOTH, None)
        self.show_kind = Choice("Show what", ((None, "Everything"), *_KINDS), None)
        self.show_who = OnePerson("Show with whom", "With anybody", lambda text: queries.names(text, 8))
        self.counts = Label("", "small_muted")
        self.model: LazyListModel[Exchange] = LazyListModel(self._fetch, self._present, parent=self)
        self.model.failed.connect(ctx.tasks.bug)
        self.rows = RowList("Give and take", aside_width=100)
        self.rows.setModel(self.model)
        self.empty = EmptyState("gift", "Nothing given or received yet")
        self._build()
        self._connect()

    def _build(self) -> None:
        holder = QWidget()
        holder.setProperty("frame", "pane")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        for field, width in ((self.way, 116), (self.kind, 136), (self.show_way, 116), (self.show_kind, 136)):
            field.setFixedWidth(applied().px(width))
        note = row(20, self.who, self.way, self.kind, self.words, self.add_button, 20)
        note.setStretchFactor(self.words, 1)
        filters = row(20, self.show_who, self.show_way, self.show_kind, None, self.counts, 20)
        for line, who in ((note, self.who), (filters, self.show_who)):
            line.setAlignment(who, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(line)
        self._either = OneOf(self.rows, self.empty, pane=False)
        column.addWidget(self._either, 1)
        self.body.addWidget(holder)

    def _connect(self) -> None:
        self.who.changed.connect(lambda people: self.way.setFocus() if people else None)
        self.words.submitted.connect(lambda _text: self._add())
        self.add_button.clicked.connect(self._add)
        self.show_who.changed.connect(lambda _people: self._ask())
        self.show_way.chosen.connect(lambda _way: self._ask())
        self.show_kind.chosen.connect(lambda _kind: self._ask())
        self.rows.opened.connect(self._open)
        self.rows.action_triggered.connect(self._act)
        self.empty.activated.connect(self._begin)

    @property
    def is_filtered(self) -> bool:
        """Whether some entries may be left out."""
        return bool(self.show_who.people) or self.show_way.value is not None or self.show_kind.value is not None

    def reload(self) -> None:
        self._ask()

    def cares(self, changes: Changes) -> bool:
        return changes.touches("exchange") or changes.touches("contact")

    def first_focus(self) -> QWidget | None:
        return self.rows if self.model.ids else self.who

    def show_link(self, link: Link) -> None:
        person = () if link.id is None else (PersonRef(link.id, self.ctx.planner.contact_queries.get(link.id).name),)
        if link.part == "new":
            if person:
                self.who.set_people(person)
            (self.way if person else self.who).setFocus()
            return
        self.show_way.set_value(Direction(link.part) if link.part in list(Direction) else None)
        self.show_kind.set_value(None)
        self.show_who.set_people(person)
        self.rows.setFocus()
        self.refresh_now()

    def page_actions(self) -> Sequence[Action]:
        def show(way: Direction | None) -> None:
            self.show_link(Link("ledger", part=way.value if way else "all"))

        return (
            Action("ledger-given", "Give and take: only what I gave", partial(show, Direction.GIVEN), icon="gift"),
            Action("ledger-received", "Give and take: only what I received", partial(show, Direction.RECEIVED),
                   icon="gift"),
            Action("ledger-all", "Give and take: everything", partial(show, None), icon="gift"),
        )  # fmt: skip

    # --- showing

    def _ask(self) -> None:
        person = next(iter(self.show_who.people), None)
        ask = partial(
            self.ctx.planner.relation_queries.ledger,
            self.show_way.value,
            self.show_kind.value,
            person.id if person else None,
        )
        self.query(ask, self._show, key="ledger")

    def _show(self, found: Ledger) -> None:
        self.model.set_ids(found.ids)
        self.counts.set_text(f"gave {found.given:,} · received {found.received:,}".replace(",", "\u202f"))
        self.counts.setVisible(bool(found.ids))
        if self.is_filtered:
            self.empty.set_text("Nothing like that yet", "No entry fits these filters.", "Show everything")
        else:
            words = "Advice, introductions, articles, a kind word: note what went either way, and it stays in balance."
            self.empty.set_text("Nothing given or received yet", words, "Note the first")
        self._either.show_one(self.rows if found.ids else self.empty)
        if self.rows.current_key is None:
            self.rows.select_first()

    def _fetch(self, ids: Sequence[int]) -> dict[int, Exchange]:
        return self.ctx.planner.relation_queries.exchanges_by_id(ids)

    def _present(self, one: Exchange) -> RowData:
        given = one.direction is Direction.GIVEN
        chip = ChipData(exchange_headline(one), Tone.ACCENT if given else Tone.INFO)
        words = one.text or one.link
        day = day_words(one.on, self.ctx.clock.today())
        return RowData(one.contact.name, words, chips=(chip,), aside=day, name=one.contact.name, actions=(_DELETE,),
                       tip=one.on.isoformat())  # fmt: skip

    # --- doing

    def _begin(self) -> None:
        if self.is_filtered:
            self.show_link(Link("ledger"))
        else:
            self.who.setFocus()

    def _open(self, id: int) -> None:
        at = self.model.row_of(id)
        found = None if at is None else self.model.record(at)
        if found is not None:
            self.ctx.navigate(Link("contact", found.contact.id, "give"))

    def _act(self, word: str, keys: Sequence[Any]) -> None:
        if word == "delete" and keys:
            self.command(self.ctx.planner.relations.delete_exchanges, tuple(keys), say="Deleted")

    def _add(self) -> None:
        self.who.flush()
        text = self.words.text().strip()
        if not self.who.people:
            self.who.setFocus()
            self.ctx.toast("Say with whom first")
            return
        (person,) = self.who.people
        self.words.setFocus()
        if self.way.value == _OFFER:
            if text:
                say = "Offered: it is in your queue for next week, and counts as given once it is done"
                self.command(self.ctx.planner.offers.add, person.id, self.kind.value, text, done=self._added, say=say)
            return
        draft = ExchangeDraft(self.way.value, self.kind.value, text, contact_id=person.id)
        self.command(self.ctx.planner.relations.add_exchange, draft, done=self._added, say="Noted")

    def _added(self, _changes: Changes) -> None:
        self.words.accept()
        self.who.set_people(())
        self.who.setFocus()


class OnePerson(PeopleField):
    """A line that names one person; the chip stands in its place until it is taken away."""

    def __init__(self, name: str, placeholder: str, find: Any, parent: QWidget | None = None) -> None:
        super().__init__(name, find, parent=parent)
        self.line.setPlaceholderText(placeholder)
        self.line.setMinimumWidth(applied().px(200))
        self.setFixedWidth(applied().px(200))

    def set_people(self, people: Any) -> None:
        super().set_people(list(people)[-1:])
        self.line.setVisible(not self.people)


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.screens import Screen

    here = Link("ledger")

    def page(window: MainWindow) -> LedgerPage:
        assert isinstance(window.page, LedgerPage)
        window.page.rows.setFocus()
        return window.page

    def filtered(window: MainWindow) -> None:
        shown = page(window)
        first = shown.model.record(0)
        if first is not None:
            shown.who.set_people((first.contact,))
            shown.show_link(Link("ledger", first.contact.id, first.direction.value))

    def everybody(window: MainWindow) -> LedgerPage:
        shown = page(window)
        for field in (shown.who, shown.show_who):
            field.set_people(())
        shown.show_way.set_value(None)
        return shown

    def many(window: MainWindow) -> None:
        shown = everybody(window)
        ids = tuple(shown.model.ids)
        shown._show(Ledger((ids * (200 // max(1, len(ids)) + 1))[:200], 120, 80))

    def nothing(window: MainWindow) -> None:
        everybody(window)._show(Ledger())

    return (
        Screen("ledger", here, page),
        Screen("ledger-filtered", here, filtered),
        Screen("ledger-200", here, many),
        Screen("ledger-empty", here, nothing),
    )
