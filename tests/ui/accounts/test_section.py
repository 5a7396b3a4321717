"""Setting up an account and living with it, by keyboard and mouse, against a server in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.accounts.records import Purpose
from planner.accounts.service import AccountService
from planner.app import Planner
from planner.clock import FixedClock
from planner.dav.client import DavClient
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.memory_dav import MemoryDav
from tests.ui.conftest import Seen
from ui.accounts.add_dialog import AddAccountDialog, PasswordDialog
from ui.accounts.background import BackgroundSync
from ui.accounts.section import AccountsSection
from ui.context import UiContext
from ui.shell.status import ask
from ui.tasks import Tasks
from ui.widgets.button import Button

Settle = Callable[[Tasks], None]
Show = Callable[..., QWidget]


@pytest.fixture
def server() -> MemoryDav:
    """A server with one calendar."""
    made = MemoryDav()
    made.add("personal")
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
    show(made, width=800, height=700)
    made.reload()
    settle(ctx.tasks)
    return made


def button(section: QWidget, text: str) -> Button:
    """The visible button with these words."""
    (found,) = [each for each in section.findChildren(Button) if each.text() == text and each.isVisible()]
    return found


def click(qtbot: QtBot, section: QWidget, text: str) -> None:
    qtbot.mouseClick(button(section, text), Qt.MouseButton.LeftButton)


def press(seen: Seen) -> None:
    """The button of the latest notice."""
    pressed = seen.buttons[-1]
    assert pressed is not None
    pressed()


def account(planner: Planner, password: str = "x") -> int:
    id, _ = planner.accounts.add(
        "Home", "https://dav.example/", "ada", password, [(Purpose.EVENTS, "https://dav.example/home/personal/", "P")]
    )
    return id


def followup(planner: Planner, title: str = "Send the deck") -> int:
    return planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, title, date(2025, 7, 14))).new("followup")


def items(server: MemoryDav) -> dict[str, str]:
    return {path: text for path, (_, text) in server.collections["/home/personal/"].items.items()}


def test_an_account_is_set_up_and_synced(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    followup(planner)
    click(qtbot, section, "Add an account…")
    dialog = section.dialog
    assert isinstance(dialog, AddAccountDialog)
    dialog.provider.set_value("other")
    dialog._show_provider()
    click(qtbot, dialog, "Look for calendars")
    assert dialog.fault.isVisible()  # nothing is asked of a server without an address
    qtbot.keyClicks(dialog.host, "https://dav.example/")
    qtbot.keyClicks(dialog.user, "ada")
    qtbot.keyClicks(dialog.password, "secret")
    click(qtbot, dialog, "Look for calendars")
    settle(ctx.tasks)
    assert dialog.events.count() == 3  # a new one, the personal one, none
    dialog.events.set_value("https://dav.example/home/personal/")
    click(qtbot, dialog, "Add the account")
    settle(ctx.tasks)
    (made,) = planner.accounts.all()
    assert made.collections[0].purpose is Purpose.EVENTS
    assert made.synced_at is not None
    assert "Send the deck" in "".join(items(server).values())
    assert any("synced" in line for line in ask(planner)[1])


def test_a_host_that_sends_on_is_followed_once_it_is_trusted(
    section: AccountsSection, ctx: UiContext, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def sends_on(request: httpx.Request) -> httpx.Response | None:
        asked.append(request.url.host)
        moved = request.url.host == "caldav.icloud.com"
        return httpx.Response(301, headers={"Location": "https://p34.icloud.com/"}) if moved else None

    server.fault = sends_on
    section.add()
    dialog = section.dialog
    assert isinstance(dialog, AddAccountDialog)
    dialog.provider.set_value("icloud")
    dialog._show_provider()
    qtbot.keyClicks(dialog.user, "ada")
    qtbot.keyClicks(dialog.password, "secret")
    click(qtbot, dialog, "Look for calendars")
    settle(ctx.tasks)
    assert set(asked) == {"caldav.icloud.com"}
    assert "p34.icloud.com" in dialog.fault.accessibleName()
    assert dialog.follow.isVisible()
    assert dialog.follow.text() == "Trust p34.icloud.com and go on"
    qtbot.mouseClick(dialog.follow, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    assert set(asked) == {"caldav.icloud.com", "p34.icloud.com", "contacts.icloud.com"}
    assert not dialog.follow.isVisible()
    assert dialog.events.count() == 3


def test_a_new_calendar_is_made_where_wanted(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    section.add()
    dialog = section.dialog
    assert isinstance(dialog, AddAccountDialog)
    dialog.provider.set_value("other")
    dialog.host.setText("https://dav.example/")
    dialog.user.setText("ada")
    dialog.password.setText("secret")
    dialog.go_on()
    settle(ctx.tasks)
    dialog.go_on()
    settle(ctx.tasks)
    assert [one.name for one in server.collections.values()] == ["personal", "Rapport"]
    assert planner.accounts.all()[0].collections[0].name == "Rapport"


def test_a_changed_item_on_both_sides_is_asked_about(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot
) -> None:
    account(planner)
    id = followup(planner)
    planner.account_sync.all()
    ((path, text),) = items(server).items()
    server.put(path, text.replace("20250714T", "20250718T"))
    planner.followups.reschedule((id,), date(2025, 7, 15))
    planner.account_sync.all()
    section.reload()
    settle(ctx.tasks)
    click(qtbot, section, "Take theirs")
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).details.due_on == date(2025, 7, 18)
    assert planner.disagreements.all() == ()


@pytest.mark.parametrize(("words", "day"), [("Keep mine for all 3", 15), ("Take theirs for all 3", 18)])
def test_one_choice_for_many_can_be_taken_back_until_it_is_carried_over(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot,
    seen: Seen, words: str, day: int,
) -> None:  # fmt: skip
    account(planner)
    ids = [followup(planner, f"Number {n}") for n in range(4)]
    planner.account_sync.all()
    there = items(server)
    deleted = planner.followup_queries.get(ids[3]).uid
    for path, text in there.items():
        if deleted in path:
            server.delete(path)
        else:
            server.put(path, text.replace("20250714T", "20250718T"))
    planner.followups.reschedule(ids, date(2025, 7, 15))
    planner.account_sync.all()
    section.reload()
    settle(ctx.tasks)
    before = planner.disagreements.all()
    assert len(before) == 4

    button(section, words).setFocus()
    qtbot.keyClick(button(section, words), Qt.Key.Key_Space)
    settle(ctx.tasks)
    assert len(planner.disagreements.all()) == 1  # what was deleted there is still asked about
    assert section.many.later.isActive()
    press(seen)
    settle(ctx.tasks)
    assert planner.disagreements.all() == before
    assert not section.many.later.isActive()

    click(qtbot, section, words)
    settle(ctx.tasks)
    section.many.later.timeout.emit()
    settle(ctx.tasks)
    assert {planner.followup_queries.get(id).details.due_on.day for id in ids[:3]} == {day}
    assert len([text for text in items(server).values() if f"202507{day}T" in text]) == 3
    press(seen)
    settle(ctx.tasks)
    assert "synced already" in seen.toasts[-1]
    assert len(planner.disagreements.all()) == 1


@pytest.mark.parametrize(("choice", "left"), [("Keep what is here", 8), ("I deleted them", 3)])
def test_a_calendar_that_looks_emptied_is_asked_about(
    section: AccountsSection, ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, qtbot: QtBot,
    choice: str, left: int,
) -> None:  # fmt: skip
    made = account(planner)
    ids = [followup(planner, f"Number {n}") for n in range(8)]
    planner.account_sync.all()
    for path in list(items(server))[:5]:
        server.delete(path)
    section.reload()
    settle(ctx.tasks)
    click(qtbot, section, "Sync now")
    settle(ctx.tasks)
    assert len(items(server)) == 3
    click(qtbot, section, choice)
    settle(ctx.tasks)
    assert len(items(server)) == left
    still = [id for id in ids if planner.followup_queries.get(id).state is FollowUpState.OPEN]
    assert len(still) == left
    assert planner.accounts.get(made).synced_at is not None


def test_a_password_that_is_not_known_is_asked_for_again(
    section: AccountsSection, ctx: UiContext, planner: Planner, settle: Settle, qtbot: QtBot
) -> None:
    made = account(planner)
    planner.accounts._secrets.forget(planner.accounts.get(made).uid)
    section.sync(made)
    settle(ctx.tasks)
    click(qtbot, section, "Password…")
    dialog = section.dialog
    assert isinstance(dialog, PasswordDialog)
    qtbot.keyClicks(dialog.password, "secret")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.accounts.get(made).synced_at is not None


def test_an_account_is_paused_and_removed(
    section: AccountsSection, ctx: UiContext, planner: Planner, settle: Settle, qtbot: QtBot
) -> None:
    made = account(planner)
    section.reload()
    settle(ctx.tasks)
    click(qtbot, section, "Pause")
    settle(ctx.tasks)
    assert planner.accounts.get(made).paused
    assert "Calendar: paused" in ask(planner)[1]
    click(qtbot, section, "Remove")
    assert planner.accounts.all()
    click(qtbot, section, "Really remove?")
    settle(ctx.tasks)
    assert planner.accounts.all() == ()


def test_the_background_syncs_and_says_nothing_unless_somebody_has_to_choose(
    ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, section: AccountsSection
) -> None:
    said: list[str] = []
    background = BackgroundSync(
        planner, ctx.tasks, ctx.bus, lambda text, *_: said.append(text), lambda _link: None, section
    )
    background.run()
    settle(ctx.tasks)
    assert server.requests == []  # no account, no network
    account(planner)
    id = followup(planner)
    background.run()
    settle(ctx.tasks)
    ((path, text),) = items(server).items()
    server.put(path, text.replace("20250714T", "20250718T"))
    planner.followups.reschedule((id,), date(2025, 7, 15))
    for _ in range(2):
        background.run()
        settle(ctx.tasks)
    assert said == ["A change elsewhere waits for your choice"]
    background.close()
    before = len(server.requests)
    background.run()
    settle(ctx.tasks)
    assert len(server.requests) == before


def test_a_folder_that_is_gone_keeps_no_account_from_syncing(
    ctx: UiContext, planner: Planner, server: MemoryDav, settle: Settle, section: AccountsSection, tmp_path: Path,
) -> None:  # fmt: skip
    errors: list[Exception] = []
    ctx.tasks.user_error.connect(errors.append)
    account(planner)
    followup(planner)
    planner.settings.change(calendar_folder=str(tmp_path / "gone"))
    background = BackgroundSync(planner, ctx.tasks, ctx.bus, lambda *_: None, lambda _link: None, section)
    for _ in range(2):
        background.run()
        settle(ctx.tasks)
    background.close()
    assert len(items(server)) == 1
    assert ["follow-ups.ics" in str(error) for error in errors] == [True]  # told once


def test_a_calendar_that_looks_emptied_in_the_background_is_asked_about_on_the_page(
    qtbot: QtBot, ctx: UiContext, planner: Planner, section: AccountsSection, settle: Settle, server: MemoryDav
) -> None:
    account(planner)
    for n in range(8):
        followup(planner, f"Number {n}")
    (run,) = planner.account_sync.all()
    assert run.error is None
    for path in list(items(server)):
        server.delete(path)
    said: list[str] = []
    background = BackgroundSync(
        planner, ctx.tasks, ctx.bus, lambda words, *_rest: said.append(words), lambda _link: None, section
    )
    ctx.bus.changed.connect(lambda changes: section.reload() if section.cares(changes) else None)  # as the page does
    with qtbot.wait_signal(background.ended):
        background.run()
    background.close()
    settle(ctx.tasks)
    assert len(said) == 1
    assert button(section, "Keep what is here").isVisible()
    click(qtbot, section, "Keep what is here")
    settle(ctx.tasks)
    assert len(items(server)) == 8
    assert planner.account_sync.trouble(1) is None
