"""What went each way between you and someone, and what either side still owes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.relations.drafts import ExchangeDraft, PromiseDraft
from planner.relations.records import (
    Direction,
    Exchange,
    ExchangeKind,
    PersonRef,
    Promise,
    PromiseSide,
    PromiseState,
)
from planner.relations.story import exchange_headline, promise_headline
from ui.contacts.columns import TwoColumns
from ui.contacts.entry_menu import more_button
from ui.contacts.person_data import PersonData
from ui.contacts.slot import Slot
from ui.context import UiContext
from ui.day_words import day_words, due_words
from ui.quick_entry.days import coming_day
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField
from ui.widgets.fields import EntryLine
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem
from ui.widgets.pane import Pane

#: An offer is no exchange yet: it waits in the queue until it is seen through.
_OFFER = "offer"
_DIRECTIONS = ((Direction.GIVEN, "I gave"), (Direction.RECEIVED, "I received"), (_OFFER, "I offered"))
_SIDES = ((PromiseSide.MINE, "I owe"), (PromiseSide.THEIRS, "They owe"))


class GiveTakeTab(Pane):
    """Promises at the left, exchanges at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx = ctx
        self._id: int | None = None
        self._shown: PersonData | None = None
        self.setAcceptDrops(True)
        left, right = self._promise_column(), self._exchange_column()
        self._owed.setFixedHeight(self._balance.sizeHint().height())  # beside a heading with a link
        self._columns = TwoColumns(left, right, narrow=640)
        self.add(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(event.size().width())

    def show_person(self, data: PersonData) -> None:
        """Show what is between you and somebody."""
        before, self._shown = self._shown, data
        self._id = data.contact.id
        # What is the same stays, and with it the focus.
        if before is None or before.promises != data.promises or before.contact.id != self._id:
            self._show_promises(data.promises)
        if before is None or before.exchanges != data.exchanges or before.contact.id != self._id:
            self._show_exchanges(data)

    def start_offer(self) -> None:
        """Put the caret where an offer is noted."""
        self.direction.set_value(_OFFER)
        self.exchange.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def share(self, text: str) -> None:
        """Share a link or an article with this person, and others whom it would interest."""
        from ui.contacts.share_panel import SharePanel

        data = self._shown
        first = (PersonRef(data.contact.id, data.contact.name),) if data is not None else ()
        SharePanel.open_over(self.window(), self._ctx, text, first)  # type: ignore[arg-type]  # the main window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and (text := link_of(QGuiApplication.clipboard().mimeData())):
            self.share(text)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if link_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if text := link_of(event.mimeData()):
            event.acceptProposedAction()
            self.share(text)

    def _promise_column(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._owed = Heading("Promises")
        column.addWidget(self._owed)
        self.side = Choice("Who owes", _SIDES, PromiseSide.MINE)
        self.promise = EntryLine("New promise", "What was promised")
        self.promise.submitted.connect(lambda _text: self._add_promise())
        self.due = DateField("By", read=coming_day(self._ctx))
        self.due.setPlaceholderText("By when")
        self.due.returnPressed.connect(self._add_promise)
        self.due.setFixedWidth(applied().px(120))
        self.side.setFixedWidth(applied().px(108))
        add = Button("Add")
        add.clicked.connect(self._add_promise)
        column.addWidget(self.promise)
        column.addLayout(row(self.side, self.due, None, add, spacing=6))
        self._promises = Slot()
        column.addLayout(self._promises)
        column.addStretch(1)
        return holder

    def _exchange_column(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._balance = Heading("Give and take", link="Share…")
        self._balance.link_activated.connect(lambda: self.share(""))
        column.addWidget(self._balance)
        self.direction = Choice("Which way", _DIRECTIONS, Direction.GIVEN)
        self.kind = Choice("What", [(kind, kind.value.capitalize()) for kind in ExchangeKind], ExchangeKind.RESOURCE)
        self.exchange = EntryLine("New exchange", "What it was")
        self.exchange.submitted.connect(lambda _text: self._add_exchange())
        self.direction.setFixedWidth(applied().px(108))
        self.kind.setFixedWidth(applied().px(128))
        add = Button("Add")
        add.clicked.connect(self._add_exchange)
        column.addWidget(self.exchange)
        column.addLayout(row(self.direction, self.kind, None, add, spacing=6))
        self._exchanges = Slot()
        column.addLayout(self._exchanges)
        column.addStretch(1)
        return holder

    def _show_promises(self, promises: Sequence[Promise]) -> None:
        shown: list[QWidget] = []
        for side, words in _SIDES:
            theirs = [one for one in promises if one.side is side and one.state is PromiseState.OPEN]
            if theirs:
                shown.append(Label(words, "small_muted"))
            shown += [self._open_promise(one) for one in theirs]
        closed = [one for one in promises if one.state is not PromiseState.OPEN]
        if closed:
            shown.append(Label("Settled", "small_muted"))
        shown += [self._closed_promise(one) for one in closed[:30]]
        if not promises:
            text = "Nothing is owed either way. What you promise becomes a follow-up; what they promise, a reminder."
            shown.append(Paragraph(text, style="mute"))
        self._promises.put(shown)

    def _open_promise(self, one: Promise) -> Box:
        today = self._ctx.clock.today()
        box = Box(spacing=3)
        line = QHBoxLayout()
        words = Paragraph(one.text)
        line.addWidget(words, 1)
        line.addWidget(
            more_button(one.text, [MenuItem("Delete", partial(self._delete_promise, one.id), icon="trash-2")]),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        box.add(line)
        relations = self._ctx.planner.relations
        kept, let_go = Button("Kept"), Button("Let go", "quiet")
        kept.clicked.connect(lambda: self._run(partial(relations.keep_promise, one.id), "Promise kept"))
        let_go.clicked.connect(lambda: self._run(partial(relations.break_promise, one.id), "Promise let go"))
        due = Label(f"made {day_words(one.made_on, today)}" if one.due_on is None else "", "small_muted")
        if one.due_on is not None:
            due.set_text(due_words(one.due_on, today))
            if one.due_on <= today:
                due.set_tone(Tone.BAD if one.due_on < today else Tone.WARN)
        box.body.addSpacing(3)
        box.add(row(due, None, let_go, kept, spacing=4))
        return box

    def _closed_promise(self, one: Promise) -> Box:
        today = self._ctx.clock.today()
        box = Box(spacing=3)
        line = QHBoxLayout()
        line.addWidget(Paragraph(one.text, style="mute"), 1)
        tone = Tone.OK if one.state is PromiseState.KEPT else Tone.NEUTRAL
        line.addWidget(Chip(promise_headline(one), tone), 0, Qt.AlignmentFlag.AlignTop)
        again = MenuItem(
            "Open again",
            lambda: self._run(partial(self._ctx.planner.relations.reopen_promise, one.id), "Promise open again"),
        )
        delete = MenuItem("Delete", partial(self._delete_promise, one.id), icon="trash-2")
        line.addWidget(more_button(one.text, [again, delete]), 0, Qt.AlignmentFlag.AlignTop)
        box.add(line)
        if one.closed_on is not None:
            said = day_words(one.closed_on, today)
            late = (one.closed_on - one.due_on).days if one.due_on is not None else 0
            if late > 0 and one.state is PromiseState.KEPT:
                said += " · 1 day late" if late == 1 else f" · {late} days late"
            box.add(Label(said, "small_muted"))
        return box

    def _show_exchanges(self, data: PersonData) -> None:
        balance = data.balance
        said = f"gave {balance.given}, received {balance.received}" if balance.total else ""
        self._balance.set_text("Give and take", said)
        shown: list[QWidget] = [self._exchange_box(one) for one in data.exchanges[:60]]
        if not data.exchanges:
            text = "Advice, introductions, articles, a kind word: note what went either way, and it stays in balance."
            shown.append(Paragraph(text, style="mute"))
        self._exchanges.put(shown)

    def _exchange_box(self, one: Exchange) -> Box:
        box = Box(spacing=3)
        line = QHBoxLayout()
        given = one.direction is Direction.GIVEN
        line.addWidget(Chip(exchange_headline(one), Tone.ACCENT if given else Tone.INFO))
        line.addStretch(1)
        line.addWidget(Label(day_words(one.on, self._ctx.clock.today()), "small_muted"))
        delete = MenuItem(
            "Delete",
            lambda: self._run(partial(self._ctx.planner.relations.delete_exchanges, (one.id,)), "Deleted"),
            icon="trash-2",
        )
        line.addWidget(more_button(one.text or exchange_headline(one), [delete]))
        box.add(line)
        if one.text:
            box.add(Paragraph(one.text))
        return box

    def _run(self, command: Callable[[], Changes], say: str) -> None:
        self._ctx.tasks.command(command, done=lambda changes: self._ctx.toast(say, undo=True) if changes else None)

    def _delete_promise(self, id: int) -> None:
        self._run(partial(self._ctx.planner.relations.delete_promises, (id,)), "Deleted the promise")

    def _add_promise(self) -> None:
        self.promise.setFocus()
        if self._id is None or not self.promise.text().strip():
            return
        # Enter in the day comes here before the day itself hears of it.
        self.due.flush()
        if self.due.is_wrong:
            self.due.setFocus()
            return
        draft = PromiseDraft(self.side.value, self.promise.text().strip(), self.due.day, self._id)
        self._ctx.tasks.command(self._ctx.planner.relations.add_promise, draft, done=self._promise_added)

    def _promise_added(self, _changes: Changes) -> None:
        self.promise.accept()
        self.due.set_day(None)

    def _add_exchange(self) -> None:
        if self._id is None:
            return
        self.exchange.setFocus()
        if self.direction.value == _OFFER:
            if self.exchange.text().strip():
                fn = partial(self._ctx.planner.offers.add, self._id, self.kind.value, self.exchange.text().strip())
                self._ctx.tasks.command(fn, done=self._offered)
            return
        draft = ExchangeDraft(self.direction.value, self.kind.value, self.exchange.text().strip(), contact_id=self._id)
        self._ctx.tasks.command(self._ctx.planner.relations.add_exchange, draft, done=lambda _: self.exchange.accept())

    def _offered(self, _changes: Changes) -> None:
        self.exchange.accept()
        self._ctx.toast("Offered: it is in your queue for next week, and counts as given once it is done", undo=True)


def link_of(data: QMimeData) -> str:
    """The web address in what was pasted or dropped, "" where there is none."""
    for url in data.urls():
        if url.scheme() in ("http", "https"):
            return url.toString()
    text = data.text().strip() if data.hasText() else ""
    return text if text.lower().startswith(("http://", "https://")) and len(text.split()) == 1 else ""
