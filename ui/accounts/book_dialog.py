"""Choosing an account's address book, who goes into it, and what of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from planner.accounts.records import Account
from planner.addressbooks.records import BookOptions
from planner.errors import UserError
from ui.context import UiContext
from ui.theme import applied
from ui.widgets.button import Button
from ui.widgets.choice import Choice, Tick
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

if TYPE_CHECKING:
    from planner.addressbooks.choosing import OfferedBooks

_NEW = "new"
_LONGEST = 48


class AddressBookDialog(QDialog):
    """`chosen(account id)` fires once the choice is kept. The network is waited for off the main thread."""

    chosen = Signal(int)

    def __init__(self, ctx: UiContext, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._account = account
        self._offered: OfferedBooks | None = None
        self.setWindowTitle("Address book")
        self.setMinimumWidth(applied().px(540))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # see `_fit`
        column.addWidget(Label(f"Address book of “{account.name}”", "subtitle", elide=True))
        self.form = self._form()
        column.addWidget(self.form)
        self.about = Paragraph(
            "Names, numbers, addresses, dates, photos and tags go both ways; groups on the phone are tags here. What "
            "only Rapport knows is roles, tie, rhythm, boundaries, research and what to remember, for another Rapport "
            "on the same account. Interactions and promises never leave this computer.",
            small=True,
            style="mute",
        )
        column.addWidget(self.about)
        self.fault = Paragraph("", small=True, style="bad")
        self.fault.hide()
        column.addWidget(self.fault)
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.cancel.clicked.connect(self.reject)
        self.ok = Button("Save", "primary", "Ctrl+Return")
        self.ok.clicked.connect(self.save)
        self.waiting = Label("", "small_muted")
        column.addLayout(row(self.waiting, None, self.cancel, self.ok))
        self._wait("Looking…")
        ctx.tasks.query(lambda: ctx.planner.address_books.offered(account.id), self._offer, self._failed)

    def _form(self) -> Form:
        form = Form(100)
        self.book = Choice("Address book")
        self.book.chosen.connect(lambda _value: self._show_options())
        self.people = Choice("People")
        self.notes = Tick("Notes go along, as the note of a contact")
        self.private = Tick("What only Rapport knows goes along as well")
        for field in (self.book, self.people):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setMinimumContentsLength(20)
            field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form.add("Address book", self.book)
        form.add("People", self.people)
        form.add("", self.notes)
        form.add("", self.private)
        form.setEnabled(False)
        return form

    def _offer(self, offered: OfferedBooks) -> None:
        self._offered = offered
        choices = [(book.url, _short(book.name)) for book in offered.books]
        if offered.home:
            choices.append((_NEW, "A new one: Rapport people"))
        choices.append(("", "None: people are not synced"))
        self.book.set_choices(choices, offered.current.url if offered.current else choices[0][0])
        if self.book.value is None:
            # It is no longer there, or can't be written to any more.
            self.book.set_value("")
        tags = [one.tag for one in self._ctx.planner.contact_queries.tags()]
        if offered.options.tag and offered.options.tag not in tags:
            tags.append(offered.options.tag)
        limited = [(tag, f"Only those with the tag “{_short(tag)}”") for tag in tags]
        self.people.set_choices([("", "Everyone"), *limited], offered.options.tag)
        self.notes.setChecked(offered.options.notes)
        self.private.setChecked(offered.options.private)
        self.form.setEnabled(True)
        if not offered.books and not offered.home:
            self._say("This account has no address books.")
        self._show_options()
        self._wait("")
        self._fit()
        self.book.setFocus()

    def _fit(self) -> None:
        """As high as its texts are at this width; a layout guesses wrapped texts too high."""
        if (layout := self.layout()) is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _show_options(self) -> None:
        for field in (self.people, self.notes, self.private):
            field.setEnabled(bool(self.book.value))

    def save(self) -> None:
        """Keep the choice."""
        if self._offered is None:
            return
        self._say("")
        books, account, offered, url = self._ctx.planner.address_books, self._account.id, self._offered, self.book.value
        options = BookOptions(self.people.value or "", self.notes.isChecked(), self.private.isChecked())
        name = next((book.name for book in offered.books if book.url == url), "")

        def work() -> None:
            if not url:
                books.leave(account)
            elif url == _NEW:
                books.create(account, offered.home, "Rapport people", options)
            else:
                books.choose(account, url, name, options)

        self._wait("Saving…")
        self._ctx.tasks.query(work, lambda _none: self._done(), self._failed)

    def _done(self) -> None:
        self.chosen.emit(self._account.id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._wait("")
        self.ok.setEnabled(self._offered is not None)
        if isinstance(error, UserError):
            told = error.explain()
            self._say(" ".join(part for part in (told.what, told.advice) if part))

    def _say(self, text: str) -> None:
        self.fault.set_text(text)
        self.fault.setVisible(bool(text))
        self._fit()

    def _wait(self, text: str) -> None:
        self.waiting.set_text(text)
        self.ok.setEnabled(not text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
