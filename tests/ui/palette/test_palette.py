"""The palette by keyboard and mouse, over the whole window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.contacts.records import Link as WebLink
from planner.events.records import EventDetails, EventKind
from ui.contacts.share_panel import SharePanel
from ui.links import Link
from ui.main_window import MainWindow
from ui.palette.palette import Palette
from ui.quick_entry.panel import QuickEntryPanel
from ui.screens import close_overlays
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


@pytest.fixture
def palette(planner: Planner, window: MainWindow, qtbot: QtBot, settle: Settle) -> Palette:
    """Opened with Ctrl+K, over some people and an event."""
    for name in ("Anjali Patel", "Ingrid Vale"):
        planner.contacts.add(ContactDetails(name=name, organisation="Sable"))
    starts = datetime(2027, 9, 1, 8, tzinfo=UTC)
    planner.events.add(EventDetails("Energy days", EventKind.CONFERENCE, starts, starts))
    window.activateWindow()
    qtbot.waitActive(window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made = window.findChild(Palette)
    assert made is not None
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    settle(window.tasks)
    assert made.field.hasFocus()
    return made


@pytest.fixture
def links(window: MainWindow, palette: Palette, monkeypatch: pytest.MonkeyPatch) -> list[Link]:
    """Where the palette went."""
    from dataclasses import replace

    gone: list[Link] = []
    assert window.ctx is not None
    palette._ctx = replace(window.ctx, navigate=gone.append)
    return gone


def titles(palette: Palette) -> list[str]:
    return [palette.model.index(row, 0).data() for row in range(palette.model.rowCount())]


def type_in(palette: Palette, text: str, qtbot: QtBot, settle: Settle, window: MainWindow) -> None:
    qtbot.keyClicks(palette.field, text)
    settle(window.tasks)


def test_empty_offers_recent_and_useful(palette: Palette) -> None:
    assert "Energy days" in titles(palette)
    assert "Quick entry" in titles(palette)
    assert palette.list.current_key is not None


def test_person_by_enter(palette: Palette, links: list[Link], window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(palette, "ingr", qtbot, settle, window)
    assert titles(palette)[:2] == ["People", "Ingrid Vale"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert links == [Link("contact", 2)]


def test_enter_before_the_answer_came(palette: Palette, links: list[Link], qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "energy")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert links == [Link("event", 1)]


def test_arrows_go_round(palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(palette, "sable", qtbot, settle, window)
    keys = palette.model.keys
    first = palette.list.current_key
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.current_key == keys[1]
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.current_key == keys[-1]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.current_key == first
    assert palette.field.hasFocus()


def test_command_with_its_key(palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(palette, "dark", qtbot, settle, window)
    assert titles(palette)[:2] == ["Commands", "Dark theme"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(window.tasks)
    assert window.theme.is_dark


def test_by_mouse(palette: Palette, links: list[Link], window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(palette, "sable", qtbot, settle, window)
    row = titles(palette).index("Ingrid Vale")
    place = palette.list.visualRect(palette.model.index(row, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert links == [Link("contact", 2)]


def test_escape_gives_the_focus_back(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "x")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.field.text() == ""
    assert len(window.findChildren(Palette)) == 1


@pytest.mark.parametrize(("typed", "at"), [("log call with Ingrid", 0), ("call with Ingrid", -4)])
def test_writing_it_down(
    palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle, typed: str, at: int
) -> None:
    type_in(palette, typed, qtbot, settle, window)
    assert titles(palette)[at] == "Log “call with Ingrid”"
    palette.run("write:quick-entry")
    panel = window.findChild(QuickEntryPanel)
    assert panel is not None
    assert panel.isVisible()
    assert panel.sentence.toPlainText() == "call with Ingrid"


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("new contact Ada Byron", Link("contacts", part="new", words="Ada Byron")),
        ("New event Energy night", Link("events", part="new", words="Energy night")),
        ("remind me to send the deck", Link("followups", part="new", words="send the deck")),
    ],
)
def test_naming_what_to_make(
    palette: Palette, links: list[Link], window: MainWindow, qtbot: QtBot, settle: Settle, typed: str, link: Link
) -> None:
    type_in(palette, typed, qtbot, settle, window)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert links == [link]


def test_words_nobody_has_offer_to_become_something(
    palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_in(palette, "Wilhelmina Byron", qtbot, settle, window)
    assert titles(palette) == [
        "Write it down",
        "Log “Wilhelmina Byron”",
        "New contact “Wilhelmina Byron”",
        "New event “Wilhelmina Byron”",
        "New follow-up “Wilhelmina Byron”",
    ]


@pytest.mark.parametrize("run", ["write:new-contact", "write:new-event", "write:new-followup"])
def test_the_form_has_the_words(palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle, run: str) -> None:
    type_in(palette, "Wilhelmina", qtbot, settle, window)
    palette.run(run)
    settle(window.tasks)
    lines = [line.text() for line in QApplication.allWidgets() if isinstance(line, QLineEdit) and line.isVisible()]
    assert "Wilhelmina" in lines
    close_overlays(window)
    settle(window.tasks)


def test_minutes_typed_lead_to_what_fits(
    palette: Palette, links: list[Link], window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    type_in(palette, "I have 40 minutes", qtbot, settle, window)
    assert titles(palette)[0] == "I have 40 minutes: show what fits"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert links == [Link("followups", part="minutes:40")]


def test_a_link_typed_is_offered_to_share(palette: Palette, window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    type_in(palette, "https://journal.example/grid", qtbot, settle, window)
    assert titles(palette)[0] == "Share this link…"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(window.tasks)
    panel = window.findChild(SharePanel)
    assert panel is not None
    assert panel.pasted.toPlainText() == "https://journal.example/grid"
    panel.dismiss()


def test_a_profile_opens_from_anywhere_for_the_person_named(
    palette: Palette,
    planner: Planner,
    window: MainWindow,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.palette.palette.open_web_link", lambda url: opened.append(url.toString()))
    links = (WebLink("https://linkedin.com/in/anjali", "linkedin"), WebLink("https://anjali.example", "website"))
    planner.contacts.edit(planner.contact_queries.names("Anjali", 1)[0].id, links=links)
    type_in(palette, "open anjali linkedin", qtbot, settle, window)
    assert titles(palette)[0] == "Open Anjali Patel’s LinkedIn"
    palette.field.clear()
    type_in(palette, "open anjali", qtbot, settle, window)
    assert titles(palette)[:2] == ["Open Anjali Patel’s LinkedIn", "Open Anjali Patel’s website"]
    palette.field.clear()
    type_in(palette, "anjali's linkedin", qtbot, settle, window)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == ["https://linkedin.com/in/anjali"]


def test_a_command_comes_before_somebody_called_like_it(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    window.navigate(Link("cards"))
    settle(window.tasks)
    window.open_palette()
    palette = window.findChild(Palette)
    assert palette is not None
    for words, first in (("add cards from", "Add cards from files"), ("add Fileas Fogg", "New contact “Fileas Fogg”")):
        palette.field.clear()
        qtbot.keyClicks(palette.field, words)
        settle(window.tasks)
        shown = titles(palette)
        assert next(title for title in shown if title not in ("Commands", "")) == first
        assert any(title.startswith("New contact “") for title in shown)
