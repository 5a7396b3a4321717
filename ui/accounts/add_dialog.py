"""Setting up an account: first who and where, then which calendars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from planner.accounts.providers import PROVIDERS, Provider
from planner.accounts.records import Purpose, Wanted
from planner.dav.errors import OtherHost
from planner.errors import UserError
from ui.context import UiContext
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

if TYPE_CHECKING:
    from planner.accounts.service import Offered
    from planner.dav.discovery import Collection
    from planner.secrets import KeyringUnusable

_NEW = "new"
_NEW_NAME = {Purpose.EVENTS: "Rapport", Purpose.TASKS: "Rapport tasks", Purpose.PEOPLE: "Rapport people"}


class AddAccountDialog(QDialog):
    """`added(account id)` fires once the account is set up. The network is waited for off the main thread."""

    added = Signal(int)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._offered: Offered | None = None
        self.setWindowTitle("Add an account")
        self.setMinimumWidth(applied().px(540))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(Label(self.windowTitle(), "subtitle"))
        self._steps = QStackedWidget()
        self._steps.addWidget(self._who())
        self._steps.addWidget(self._what())
        column.addWidget(self._steps)
        self.fault = Paragraph("", small=True, style="bad")
        self.fault.hide()
        column.addWidget(self.fault)
        self.cancel = Button("Cancel", key="Esc", bind_key=False)
        self.cancel.clicked.connect(self.reject)
        self.ok = Button("Look for calendars", "primary", "Ctrl+Return")
        self.ok.clicked.connect(self.go_on)
        self.waiting = Label("", "small_muted")
        self.follow = LinkButton("")
        self.follow.clicked.connect(self._go_there)
        self.follow.hide()
        self._sent_on: dict[str, str] = {}
        self._other: OtherHost | None = None
        column.addLayout(row(self.follow, None))
        column.addLayout(row(self.waiting, None, self.cancel, self.ok))
        self._show_provider()

    @property
    def chosen(self) -> Provider:
        """The provider chosen."""
        return next(each for each in PROVIDERS if each.key == self.provider.value)

    def _who(self) -> QWidget:
        form = Form(110)
        self.provider = Choice("Provider", [(each.key, each.name) for each in PROVIDERS], PROVIDERS[0].key)
        self.provider.chosen.connect(lambda _key: self._show_provider())
        self.host = _line("Address", "cloud.example.org")
        self.user = _line("User name", "")
        self.password = _line("Password", "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form.add("Provider", self.provider)
        form.add("Address", self.host)
        form.add("User name", self.user)
        form.add("Password", self.password)
        self.hint = Paragraph("", small=True, style="mute")
        return _page(form, self.hint)

    def _what(self) -> QWidget:
        form = Form(110)
        self.events = Choice("Events")
        self.tasks = Choice("Tasks")
        form.add("Events", self.events)
        form.add("Tasks", self.tasks)
        self.people = Choice("People")
        form.add("People", self.people)
        about = Paragraph(
            "Events, marked sessions and follow-ups go into the first; with a task list chosen, follow-ups go there "
            "instead. What else is in these calendars is left alone. With an address book, everybody in it comes here, "
            "and everybody here goes there; under “Address book…” you can limit that.",
            small=True,
            style="mute",
        )
        return _page(form, about)

    def _show_provider(self) -> None:
        needs_host = "{host}" in self.chosen.address
        self.host.setEnabled(needs_host)
        self.host.setPlaceholderText(
            "https://… as in your provider's help" if self.chosen.key == "other" else "cloud.example.org"
        )
        if not needs_host:
            self.host.setText("")
        self.hint.set_text(self.chosen.hint)

    def go_on(self) -> None:
        """Look what there is, or set up what was chosen."""
        self._say("")
        if self._offered is None:
            self._look()
        else:
            self._set_up(self._offered)

    def _look(self) -> None:
        missing = [
            (field, what)
            for field, what in ((self.host, "the address"), (self.user, "the user name"), (self.password, "a password"))
            if field.isEnabled() and not field.text().strip()
        ]
        if missing:
            missing[0][0].setFocus()
            self._say(f"Enter {missing[0][1]}.")
            return
        address = self._trusted(self.chosen.address_for(self.host.text(), self.user.text()))
        people = self._trusted(self.chosen.people)
        user, password = self.user.text().strip(), self.password.text()
        self._wait("Looking…")
        self._ctx.tasks.query(
            lambda: self._ctx.planner.accounts.look_up(address, user, password, people), self._offer, self._failed
        )

    def _offer(self, offered: Offered) -> None:
        self._wait("")
        self._offered = offered
        writable = [each for each in offered.calendars if each.writable]
        self._fill(self.events, [each for each in writable if _takes(each, "VEVENT")], offered, "Don’t use events")
        self._fill(self.tasks, [each for each in writable if _takes(each, "VTODO")], offered, "Don’t use tasks")
        self.tasks.set_value("")
        self._fill(self.people, [each for each in offered.address_books if each.writable], offered, "Don’t sync people")
        self.people.set_value("")
        self._steps.setCurrentIndex(1)
        self.ok.set_text("Add the account")
        self.events.setFocus()

    def _fill(self, choice: Choice, calendars: Sequence[Collection], offered: Offered, none: str) -> None:
        purpose = {self.events: Purpose.EVENTS, self.tasks: Purpose.TASKS}.get(choice, Purpose.PEOPLE)
        choices = [(each.url, each.name) for each in calendars]
        if offered.address_book_home if purpose is Purpose.PEOPLE else offered.calendar_home:
            choices.insert(0, (_NEW, f"A new one: {_NEW_NAME[purpose]}"))
        choices.append(("", none))
        choice.set_choices(choices, choices[0][0])

    def _set_up(self, offered: Offered) -> None:
        wanted = []
        there = (*offered.calendars, *offered.address_books)
        for choice, purpose in (
            (self.events, Purpose.EVENTS),
            (self.tasks, Purpose.TASKS),
            (self.people, Purpose.PEOPLE),
        ):
            if choice.value == _NEW:
                wanted.append(Wanted(purpose, "", _NEW_NAME[purpose]))
            elif choice.value:
                name = next(each.name for each in there if each.url == choice.value)
                wanted.append(Wanted(purpose, choice.value, name))
        if not wanted:
            self._say("Choose at least one of the three.")
            return
        provider, user, password = self.chosen, self.user.text().strip(), self.password.text()
        name = provider.name if provider.key != "other" else self.host.text().strip().removeprefix("https://")
        self._wait("Setting up…")
        self._ctx.tasks.query(
            lambda: self._ctx.planner.accounts.set_up(name, offered, user, password, wanted, provider.key),
            self._done,
            self._failed,
        )

    def _done(self, made: tuple[int, KeyringUnusable | None]) -> None:
        id, keyring = made
        if keyring is not None:
            self._ctx.tasks.user_error.emit(keyring)
        self.added.emit(id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._wait("")
        if isinstance(error, UserError):
            told = error.explain()
            self._say(" ".join(part for part in (told.what, told.safe, told.advice) if part))
        self._other = error if isinstance(error, OtherHost) and self._offered is None else None
        if self._other is not None:
            self.follow.set_text(f"Trust {self._other.other} and go on")
            self.follow.show()

    def _go_there(self) -> None:
        """The person trusts the host that theirs sends on to: it gets the password now."""
        if self._other is not None:
            self._sent_on[self._other.host] = self._other.other
            self.go_on()

    def _trusted(self, address: str) -> str:
        """An address, on the host that it was sent on to and that the person trusts."""
        found = self._sent_on.get(urlsplit(address if "://" in address else f"https://{address}").hostname or "")
        return f"https://{found}/" if found else address

    def _say(self, text: str) -> None:
        self.fault.set_text(text)
        self.fault.setVisible(bool(text))
        self.follow.hide()

    def _wait(self, text: str) -> None:
        self.waiting.set_text(text)
        self.ok.setEnabled(not text)


class PasswordDialog(QDialog):
    """Asks for an account's password again; `given(password)`."""

    given = Signal(str)

    def __init__(self, account: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Password")
        self.setMinimumWidth(applied().px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(Label(f"Password of “{account}”", "subtitle"))
        self.password = _line("Password", "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form = Form(90)
        form.add("Password", self.password)
        column.addWidget(form)
        self.fault = Label("", "small", Tone.BAD)
        cancel, ok = Button("Cancel", key="Esc", bind_key=False), Button("Save", "primary", "Ctrl+Return")
        cancel.clicked.connect(self.reject)
        ok.clicked.connect(self.submit)
        self.password.returnPressed.connect(self.submit)
        column.addLayout(row(self.fault, None, cancel, ok))

    def submit(self) -> None:
        """Hand the password over."""
        if not self.password.text():
            self.fault.set_text("Enter a password.")
            return
        self.given.emit(self.password.text())
        self.accept()


def _takes(calendar: Collection, component: str) -> bool:
    return not calendar.components or component in calendar.components


def _line(name: str, placeholder: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    return line


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page
