"""A watched folder: from the start of the program on, each file once and whole, and quiet when the folder is gone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.cards.watching import WatchedFolder, watched_folder
from ui.context import UiContext
from ui.shell.window_state import WindowState
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]


def vcard(name: str) -> str:
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    (made / "old.vcf").write_text(vcard("Old One"))
    past = time.time() - 3_600
    os.utime(made / "old.vcf", (past, past))
    return made


@pytest.fixture
def look(ctx: UiContext, settle: Settle) -> Callable[[WatchedFolder], None]:
    def twice(watched: WatchedFolder) -> None:
        # Twice the same size: nobody writes to it any more.
        for _ in range(2):
            watched.look()
            settle(ctx.tasks)

    return twice


def waiting(ctx: UiContext) -> list[str]:
    return sorted(row.name for row in ctx.planner.card_queries.waiting())


def later(path: Path) -> None:
    """Let a file look as if it came a little after the folder began to be watched."""
    soon = time.time() + 5
    os.utime(path, (soon, soon))


def put(path: Path, text: str) -> None:
    path.write_text(text)
    later(path)


def test_new_files_come_in_once(ctx: UiContext, settle: Settle, folder: Path, look: Callable[..., None]) -> None:
    watched = watched_folder(ctx)
    watched.watch(folder)
    settle(ctx.tasks)
    put(folder / "new.vcf", vcard("Ingrid Vale"))
    look(watched)
    assert waiting(ctx) == ["Ingrid Vale"]
    ctx.planner.cards.skip([ctx.planner.card_queries.waiting()[0].id])
    # The same again under another name, and touched: nothing new.
    put(folder / "copy.vcf", vcard("Ingrid Vale"))
    os.utime(folder / "new.vcf", (time.time() + 60, time.time() + 60))
    look(watched)
    assert waiting(ctx) == []
    # Another picture under the old name is news.
    put(folder / "new.vcf", vcard("Tom Ekdahl"))
    look(watched)
    assert waiting(ctx) == ["Tom Ekdahl"]


def test_a_file_is_left_alone_while_it_grows(
    ctx: UiContext, settle: Settle, folder: Path, look: Callable[..., None]
) -> None:
    watched = watched_folder(ctx)
    watched.watch(folder)
    settle(ctx.tasks)
    put(folder / "new.vcf", "BEGIN:VCARD\n")
    watched.look()
    settle(ctx.tasks)
    put(folder / "new.vcf", vcard("Ingrid Vale"))
    watched.look()
    settle(ctx.tasks)
    assert waiting(ctx) == []
    watched.look()
    settle(ctx.tasks)
    assert waiting(ctx) == ["Ingrid Vale"]


def test_what_came_while_the_program_was_closed_comes_in(
    ctx: UiContext, settle: Settle, folder: Path, look: Callable[..., None]
) -> None:
    state = WindowState(ctx.planner.folder.window_state)
    state.set("cards/watched", str(folder))
    state.set("cards/watched_since", time.time() + 1)
    put(folder / "new.vcf", vcard("Ingrid Vale"))
    watched = watched_folder(ctx)
    assert watched is watched_folder(ctx)
    settle(ctx.tasks)
    look(watched)
    assert waiting(ctx) == ["Ingrid Vale"]


def test_a_folder_that_is_gone_is_said_once_and_watched_again_when_it_is_back(
    ctx: UiContext,
    settle: Settle,
    folder: Path,
    look: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    object.__setattr__(ctx, "toast", lambda text, *_args, **_more: said.append(text))
    watched = watched_folder(ctx)
    watched.watch(folder)
    settle(ctx.tasks)
    away = folder.with_name("away")
    folder.rename(away)
    look(watched)
    assert said == ["“scans” is not there; it is watched again once it is back"]
    away.rename(folder)
    put(folder / "new.vcf", vcard("Ingrid Vale"))
    look(watched)
    assert waiting(ctx) == ["Ingrid Vale"]
    watched.watch(None)
    assert watched.folder is None
    assert not WindowState(ctx.planner.folder.window_state).text("cards/watched")
