"""Settings, Accounts: each account with how it stands, what waits for a choice, and what sync did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from planner.accounts.records import Account, LogLine, PasswordNeeded, Purpose
from planner.addressbooks.records import PeopleGoneHere, PeopleGoneThere, PersonDisagreement
from planner.calendars.sync.decide import LooksEmptied
from planner.calendars.sync.records import Disagreement
from planner.changes import Changes
from planner.settings.records import Settings
from ui.accounts.add_dialog import AddAccountDialog, PasswordDialog
from ui.accounts.book_dialog import AddressBookDialog
from ui.accounts.choose_all import ChooseAll
from ui.accounts.items_waiting import show_items
from ui.accounts.people_waiting import show_waiting
from ui.context import UiContext
from ui.day_words import exact_moment, moment_words
from ui.settings.section import Entry, SettingsSection
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.box import Box
from ui.widgets.button import Button, LinkButton
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import clear_layout, row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.accounts.syncing import AccountRun

ENTRIES = (
    Entry(
        "Add an account…",
        "calendar accounts caldav carddav address book contacts phone nextcloud icloud fastmail server sync now "
        "password log",
    ),
    Entry("Choose a folder…", "always current calendar file subscribe ics"),
)
_LINES = 30
_PURPOSES = {Purpose.EVENTS: "Events", Purpose.TASKS: "Tasks", Purpose.PEOPLE: "People"}
#: By what looks emptied: the words of the way back, and what it and its opposite do.
_EMPTIED: dict[type[Exception], tuple[str, str, str]] = {
    LooksEmptied: (
        "Keep what is here",
        "Puts them into the calendar again",
        "Drops them here as well; Undo brings them back",
    ),
    PeopleGoneThere: (
        "Keep the people here",
        "Puts them into the address book again",
        "Deletes them here as well, but for those with a history; Undo brings them back",
    ),
    PeopleGoneHere: (
        "Bring them back",
        "Adds them here again, as the address book has them",
        "Deletes them in the address book as well",
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """All that the section shows."""

    accounts: tuple[Account, ...]
    log: tuple[LogLine, ...]
    waiting: tuple[Disagreement, ...]
    people: tuple[PersonDisagreement, ...] = ()
    troubles: Mapping[int, Exception] | None = None  # by account; None: as told before


class AccountsSection(SettingsSection):
    """Accounts on CalDAV servers."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(
            ctx,
            "Accounts",
            "Follow-ups, events and marked sessions stand in your calendar, and what you do there is done here. People "
            "can go along into the address book of your phone. "
            "Rapport syncs by itself every 15 minutes and shortly after a change; being offline is fine.",
        )
        self.dialog: AddAccountDialog | PasswordDialog | AddressBookDialog | None = None
        self._trouble: dict[int, Exception] = {}
        self._running: set[int] = set()
        self._found = Found((), (), ())
        self.add_button = Button("Add an account…", "primary", icon_name="plus")
        self.add_button.clicked.connect(self.add)
        self.many = ChooseAll(ctx, self.reload, self._sync_all, self)
        self.waiting = self._column()
        self.accounts = self._column()
        self.body.addLayout(row(self.add_button, None))
        self._file()
        self.log = self._column()

    def _file(self) -> None:
        self.heading(
            "A file that is always current",
            "For programs that subscribe to a calendar file or a synced folder: follow-ups.ics is rewritten there soon "
            "after each change.",
        )
        self.folder = Label("", "small", elide=True)
        self.folder_button = Button("Choose a folder…", icon_name="folder-open")
        self.folder_button.clicked.connect(self.choose_folder)
        self.no_folder = LinkButton("Write none")
        self.no_folder.clicked.connect(lambda: self.set(calendar_folder=""))
        box = self.box()
        box.add(self.folder)
        box.add(row(self.folder_button, self.no_folder, None, spacing=8))

    def show_settings(self, settings: Settings) -> None:
        folder = settings.calendar_folder
        self.folder.set_text(f"{folder}/follow-ups.ics" if folder else "None is written")
        self.no_folder.setVisible(bool(folder))

    def choose_folder(self) -> None:
        """Ask where the file is to be."""
        if folder := QFileDialog.getExistingDirectory(self, "A folder for follow-ups.ics"):
            self.set(calendar_folder=folder)

    def reload(self) -> None:
        self.ctx.tasks.query(self._ask, self.show_found, key=("accounts", id(self)))

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(entity) for entity in ("followup", "event", "contact", "account"))

    def tell_trouble(self, account_id: int, trouble: Exception) -> None:
        """Show, from the next time on, what stopped an account's run."""
        self._trouble[account_id] = trouble

    # --- showing

    def _ask(self) -> Found:
        planner = self.ctx.planner
        if planner.sync_standings.get() is None:
            return Found((), (), ())
        # A run in the background may have stopped to ask, just as one that was begun here.
        accounts = planner.accounts.all()
        return Found(
            accounts,
            planner.accounts.log(_LINES),
            planner.disagreements.all(),
            planner.people_disagreements.all(),
            {one.id: trouble for one in accounts if (trouble := planner.account_sync.trouble(one.id))},
        )

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        self._found = found
        if found.troubles is not None:
            self._trouble = {id: one for id, one in found.troubles.items() if id not in self._running}
        for column in (self.waiting, self.accounts, self.log):
            clear_layout(column)
        planner = self.ctx.planner
        calendars = partial(self.many.choose, lambda: planner.disagreements)
        show_items(self.waiting, found.waiting, self.ctx.clock, self._choose, calendars)
        people = partial(self.many.choose, lambda: planner.people_disagreements)
        show_waiting(self.waiting, found.people, self._choose_person, people)
        for account in found.accounts:
            self.accounts.addWidget(self._account(account))
        if found.log:
            copy = LinkButton("Copy the log")
            copy.clicked.connect(self._copy)
            self.log.addSpacing(8)
            self.log.addLayout(row(Label("What sync did", "heading"), None, copy))
            self.log.addWidget(self._lines())

    def _account(self, account: Account) -> Box:
        box = Box(spacing=8)
        chip = [Chip("Paused", Tone.NEUTRAL)] if account.paused else []
        box.add(row(Label(account.name, "strong", elide=True), *chip, spacing=8))
        box.add(Label(f"{account.user} · {account.address}", "small_muted", elide=True))
        calendars = ", ".join(f"{_PURPOSES[each.purpose]}: {each.name}" for each in account.collections)
        box.add(Paragraph(calendars or "No calendar chosen", small=True))
        trouble = self._trouble.get(account.id)
        last = next((line for line in self._found.log if line.account_id == account.id), None)
        if account.id in self._running:
            box.add(Label("Syncing…", "small_muted"))
        elif trouble is None and last is not None and last.level == "problem":
            box.add(Paragraph(last.text, small=True, style="warn"))
        elif trouble is None:
            offline = " · offline now" if last is not None and last.level == "offline" else ""
            box.add(Label(self._synced(account) + offline, "small_muted"))
        if isinstance(trouble, LooksEmptied):
            box.add(self._emptied(account, trouble))
        elif trouble is not None:
            box.add(Paragraph(str(trouble), small=True, style="warn"))
        box.add(row(*self._buttons(account, trouble), None, spacing=8))
        return box

    def _buttons(self, account: Account, trouble: Exception | None) -> list[QWidget]:
        now = Button("Sync now")
        now.setEnabled(account.id not in self._running)
        now.clicked.connect(partial(self.sync, account.id))
        people = Button("Address book…", icon_name="users")
        people.clicked.connect(partial(self.choose_book, account))
        password = Button("Password…", "primary" if isinstance(trouble, PasswordNeeded) else "normal", icon_name="lock")
        password.clicked.connect(partial(self.ask_password, account))
        pause = Button("Go on" if account.paused else "Pause")
        pause.clicked.connect(partial(self._pause, account))
        remove = Button("Remove", "danger")
        remove.setToolTip("Forgets the account here; nothing changes on the server")
        remove.clicked.connect(partial(self._remove, account, remove))
        for button in (now, people, password, pause, remove):
            button.setAccessibleDescription(account.name)
        return [now, people, password, pause, remove]

    def _emptied(self, account: Account, trouble: LooksEmptied) -> Box:
        box = Box(spacing=10)
        box.set_tone(Tone.WARN)
        told = trouble.explain()
        box.add(Paragraph(f"{told.what} {told.safe}"))
        words, keeps, means = _EMPTIED.get(type(trouble), _EMPTIED[LooksEmptied])
        keep, meant = Button(words, "primary"), Button("I deleted them")
        keep.setToolTip(keeps)
        meant.setToolTip(means)
        keep.clicked.connect(partial(self._keep, account.id))
        meant.clicked.connect(partial(self.sync, account.id, deletions_meant=True))
        box.add(row(keep, meant, None, spacing=8))
        return box

    def _synced(self, account: Account) -> str:
        clock = self.ctx.clock
        if account.synced_at is None:
            return "Not synced yet"
        return f"Synced {moment_words(clock.local(account.synced_at), clock.today())}"

    def _lines(self) -> Box:
        clock = self.ctx.clock
        box = Box(spacing=4)
        for line in self._found.log[:_LINES]:
            local = clock.local(line.at)
            when = Label(moment_words(local, clock.today()), "small_muted")
            when.setToolTip(exact_moment(local))
            when.setFixedWidth(applied().px(130))
            tone = {"problem": Tone.WARN, "notice": Tone.INFO}.get(line.level)
            box.add(row(when, Label(line.text, "small", tone, elide=True), spacing=8))
        return box

    # --- doing

    def add(self) -> None:
        """Set up an account."""
        dialog = AddAccountDialog(self.ctx, self.window())
        dialog.added.connect(self.sync)
        self._open(dialog)

    def ask_password(self, account: Account) -> None:
        """Ask for the password anew."""
        dialog = PasswordDialog(account.name, self.window())
        dialog.given.connect(lambda password: self._set_password(account.id, password))
        self._open(dialog)

    def choose_book(self, account: Account, *_: object) -> None:
        """Choose the address book of an account, and what goes into it."""
        dialog = AddressBookDialog(self.ctx, account, self.window())
        dialog.chosen.connect(self.sync)
        self._open(dialog)

    def sync(self, account_id: int, *_: object, deletions_meant: bool = False) -> None:
        """Sync an account now, with a bar and Cancel."""
        if account_id in self._running:
            return
        self._running.add(account_id)
        self._trouble.pop(account_id, None)
        planner = self.ctx.planner

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> AccountRun:
            return planner.account_sync.run(account_id, progress, cancelled, deletions_meant=deletions_meant)

        self.ctx.tasks.job("Syncing", work, self.ran, partial(self._stopped, account_id))
        self.show_found(self._found)

    def ran(self, run: AccountRun) -> None:
        """A run has ended, here or in the background."""
        self._running.discard(run.account.id)
        self._trouble.pop(run.account.id, None)
        if run.error is not None:
            self.tell_trouble(run.account.id, run.error)
        if run.outcome is not None:
            self.ctx.bus.publish(run.outcome.changes)
        self.reload()

    def _stopped(self, account_id: int, _error: Exception) -> None:
        self._running.discard(account_id)
        self.reload()

    def _set_password(self, account_id: int, password: str) -> None:
        accounts = self.ctx.planner.accounts

        def told(trouble: object) -> None:
            if trouble is not None:
                self.ctx.tasks.user_error.emit(trouble)
            self.sync(account_id)

        self.ctx.tasks.query(lambda: accounts.set_password(account_id, password), told)

    def _pause(self, account: Account, *_: object) -> None:
        accounts = self.ctx.planner.accounts
        self.ctx.tasks.query(lambda: accounts.pause(account.id, not account.paused), lambda _none: self.reload())

    def _remove(self, account: Account, button: Button, *_: object) -> None:
        # The one step that no Undo reaches: the password is forgotten. So the button asks once itself.
        if button.text() == "Remove":
            button.set_text("Really remove?")
            return
        accounts = self.ctx.planner.accounts
        self.ctx.tasks.query(lambda: accounts.remove(account.id), lambda _none: self.reload())

    def _keep(self, account_id: int, *_: object) -> None:
        accounts = self.ctx.planner.accounts
        self.ctx.tasks.query(lambda: accounts.start_over(account_id), lambda _none: self.sync(account_id))

    def _choose(self, one: Disagreement, *, mine: bool) -> None:
        disagreements = self.ctx.planner.disagreements
        choose = disagreements.choose_here if mine else disagreements.choose_there
        account = self._found.accounts[0].id if len(self._found.accounts) == 1 else None

        def chosen(_none: object) -> None:
            if account is not None:
                self.sync(account)
            self.reload()

        self.ctx.tasks.query(lambda: choose(one.id), chosen)

    def _choose_person(self, one: PersonDisagreement, choice: str) -> None:
        disagreements = self.ctx.planner.people_disagreements
        choose = {
            "mine": disagreements.keep_mine,
            "theirs": disagreements.take_theirs,
            "here only": disagreements.keep_here_only,
        }[choice]

        def chosen(changes: Changes | None) -> None:
            if changes is not None:
                self.ctx.bus.publish(changes)
            self.sync(one.account_id)
            self.reload()

        self.ctx.tasks.query(lambda: choose(one.id), chosen)

    def _sync_all(self) -> None:
        for account in self._found.accounts:
            if not account.paused:
                self.sync(account.id)

    def _copy(self) -> None:
        clock = self.ctx.clock
        lines = (f"{clock.local(line.at):%Y-%m-%d %H:%M}  {line.level}  {line.text}" for line in self._found.log)
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.ctx.toast("Copied the log")

    def _open(self, dialog: AddAccountDialog | PasswordDialog | AddressBookDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        dialog.open()

    def _column(self) -> QVBoxLayout:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.body.addWidget(holder)
        return column
