"""Choosing an address book and deciding about people, by keyboard and mouse, against a server in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.addressbooks.records import BookOptions
from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import ContactDetails
from planner.dav.client import DavClient
from planner.paths import DataFolder
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from planner.secrets import MemorySecrets
from tests.memory_dav import MemoryDav
from ui.accounts.add_dialog import AddAccountDialog
from ui.accounts.book_dialog import AddressBookDialog
from ui.accounts.section import AccountsSection
from ui.context import UiContext
from ui.tasks import Tasks
from ui.widgets.button import Button

Settle = Callable[[Tasks], None]
Show = Callable[..., QWidget]
URL = "https://dav.example/home/phone/"


@pytest.fixture
def server() -> MemoryDav:
    """A server with a calendar and an address book."""
    made = MemoryDav()
    made.add("personal")
    made.add("phone", book=True)
    return made


@pytest.fixture
def planner(tmp_path: Path, clock: FixedClock, server: MemoryDav) -> Iterator[Planner]:
    """A planner whose accounts reach that server, with passwords in memory."""
    with Planner(DataFolder(tmp_path / "data"), clock) as opened:
        vars(opened)["accounts"] = AccountService(
            opened.store,
            clock,
            MemorySecrets(),
            lambda base, who, at: DavClient(base, who, at, transport=server.transport()),
        )
        yield opened


@pytest.fixture
def section(ctx: UiContext, show: Show, settle: Settle) -> AccountsSection:
    """The section, shown."""
    made = AccountsSection(ctx)
    show(made, width=800, height=900)
    made.reload()
    settle(ctx.tasks)
    return made


def click(qtbot: QtBot, section: QWidget, text: str) -> None:
    (found,) = [each for each in section.findChildren(Button) if each.text() == text and each.isVisible()]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def account(planner: Planner, *, book: bool = True) -> int:
    use = [(Purpose.PEOPLE, URL, "Phone")] if book else [(Purpose.EVENTS, "https://dav.example/home/personal/", "P")]
    return planner.accounts.add("Home", "https://dav.example/", "ada", "x", use)[0]


def person(planner: Planner, given: str = "Ann") -> int:
    return planner.contacts.add(ContactDetails(given=given, family="Example", title="Analyst")).new("contact")


def cards(server: MemoryDav) -> dict[str, str]:
    return {path: text for path, (_, text) in server.collections["/home/phone/"].items.items()}


def test_an_address_book_is_chosen_with_a_tag_and_synced(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    account(planner, book=False)
    planner.contacts.tag([person(planner)], add=["choir"])
    person(planner, "Ben")
    section.reload()
    settle(ctx.tasks)
    click(qtbot, section, "Address book…")
    dialog = section.dialog
    assert isinstance(dialog, AddressBookDialog)
    settle(ctx.tasks)
    assert [dialog.book.itemText(n) for n in range(dialog.book.count())] == [
        "phone", "A new one: Rapport people", "None: people are not synced",
    ]  # fmt: skip
    qtbot.keyClick(dialog.people, Qt.Key.Key_Down)
    assert dialog.people.value == "choir"
    qtbot.mouseClick(
        dialog.notes, Qt.MouseButton.LeftButton, pos=dialog.notes.rect().topLeft() + dialog.notes.rect().center() / 8
    )
    click(qtbot, dialog, "Save")
    settle(ctx.tasks)
    settle(ctx.tasks)
    (made,) = [one for one in planner.accounts.all()[0].collections if one.purpose is Purpose.PEOPLE]
    assert (made.url, BookOptions.from_text(made.options)) == (URL, BookOptions("choir", notes=False))
    assert ["Ann Example" in text for text in cards(server).values()] == [True]

    click(qtbot, section, "Address book…")
    dialog = section.dialog
    assert isinstance(dialog, AddressBookDialog)
    settle(ctx.tasks)
    assert (dialog.book.value, dialog.people.value, dialog.notes.isChecked()) == (URL, "choir", False)
    dialog.book.set_value("")
    click(qtbot, dialog, "Save")
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert planner.address_books.current(1) is None
    assert len(cards(server)) == 1  # nothing is deleted there


def test_a_new_address_book_is_made_while_setting_up_an_account(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    person(planner)
    click(qtbot, section, "Add an account…")
    dialog = section.dialog
    assert isinstance(dialog, AddAccountDialog)
    dialog.provider.set_value("other")
    dialog._show_provider()
    qtbot.keyClicks(dialog.host, "https://dav.example/")
    qtbot.keyClicks(dialog.user, "ada")
    qtbot.keyClicks(dialog.password, "secret")
    click(qtbot, dialog, "Look for calendars")
    settle(ctx.tasks)
    dialog.events.set_value("")
    dialog.people.set_value("new")
    click(qtbot, dialog, "Add the account")
    settle(ctx.tasks)
    (book,) = [one for path, one in server.collections.items() if one.name == "Rapport people"]
    assert "Ann Example" in "".join(text for _, text in book.items.values())


@pytest.mark.parametrize(
    ("words", "here", "there"), [("Keep here only", 1, 0), ("Put back there", 1, 1), ("Delete here too", 0, 0)]
)
def test_someone_with_a_history_deleted_on_the_phone_is_asked_about(
    section: AccountsSection,
    ctx: UiContext,
    planner: Planner,
    server: MemoryDav,
    settle: Settle,
    qtbot: QtBot,
    words: str,
    here: int,
    there: int,
) -> None:
    id, who = account(planner), person(planner)
    draft = InteractionDraft(InteractionKind.CALL, datetime(2025, 7, 9, 8, tzinfo=UTC), contact_ids=(who,), text="Hi")
    planner.relations.log(draft)
    planner.account_sync.run(id)
    server.delete(next(iter(cards(server))))
    section.sync(id)
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert planner.contact_queries.count() == 1
    click(qtbot, section, words)
    settle(ctx.tasks)
    settle(ctx.tasks)
    planner.account_sync.run(id)
    assert (planner.contact_queries.count(), len(cards(server))) == (here, there)
    assert planner.people_disagreements.all() == ()
    if not here:
        planner.history.undo()
        assert planner.contact_queries.count() == 1


def test_a_field_changed_on_both_sides_is_chosen_by_a_click(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    id, who = account(planner), person(planner)
    planner.account_sync.run(id)
    ((path, text),) = cards(server).items()
    server.put(path, text.replace("TITLE:Analyst", "TITLE:Chief"))
    planner.contacts.edit(who, title="Head")
    section.sync(id)
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert planner.sync_standings.get().waiting == 1  # type: ignore[union-attr]
    click(qtbot, section, "Take theirs")
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert planner.contact_queries.get(who).details.title == "Chief"


@pytest.mark.parametrize(("words", "title"), [("Keep mine for all 2", "Head"), ("Take theirs for all 2", "Chief")])
def test_one_choice_settles_everyone_whom_both_sides_changed(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot,
    words: str, title: str,
) -> None:  # fmt: skip
    id, who = account(planner), [person(planner, given) for given in ("Ann", "Ben")]
    planner.account_sync.run(id)
    for path, text in cards(server).items():
        server.put(path, text.replace("TITLE:Analyst", "TITLE:Chief"))
    for one in who:
        planner.contacts.edit(one, title="Head")
    planner.account_sync.run(id)
    section.reload()
    settle(ctx.tasks)
    click(qtbot, section, words)
    settle(ctx.tasks)
    section.many.later.timeout.emit()
    settle(ctx.tasks)
    assert {planner.contact_queries.get(one).details.title for one in who} == {title}
    assert all(f"TITLE:{title}" in text for text in cards(server).values())
    assert planner.people_disagreements.all() == ()


def test_many_gone_there_stops_and_keeping_puts_them_back(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    id = account(planner)
    for n in range(8):
        person(planner, f"Number{n}")
    planner.account_sync.run(id)
    for path in list(cards(server)):
        server.delete(path)
    section.sync(id)
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert planner.contact_queries.count() == 8
    click(qtbot, section, "Keep the people here")
    settle(ctx.tasks)
    settle(ctx.tasks)
    assert (planner.contact_queries.count(), len(cards(server))) == (8, 8)
