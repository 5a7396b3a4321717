"""Renders every screen with sample data, so that they can be looked at: python -m ui.screens OUT [--only NAME…]

Each page's module may offer `screens() -> Sequence[Screen]`; without it, the page is rendered as it opens.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ui.links import Link
from ui.pages import HISTORY, PALETTE, QUICK_ENTRY

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage, QPainter

    from ui.main_window import MainWindow
    from ui.theme import Theme

SIZES = ((1280, 820), (1920, 1080))
MODES = ("light", "dark")
LARGE = 1.5
#: Pages wait this long, in ms, before they answer to typing or moving; longer timers are not waited for.
PAUSE_MS = 300
#: Height in px of the bar with a dialog's title.
TITLE_BAR = 30
#: The moment of every picture: a Thursday morning, with a week's work still ahead.
THURSDAY = datetime(2027, 7, 8, 8, 0, tzinfo=UTC)
#: What opens over the pages and has screens of its own.
OVERLAYS = tuple(path.split(":")[0] for path in (QUICK_ENTRY, PALETTE, HISTORY))


@dataclass(frozen=True, slots=True)
class Screen:
    """A state to look at: where to go, and what to do there. `arrange(window)` runs once the page is filled."""

    name: str
    link: Link
    arrange: Callable[[MainWindow], object] | None = None


def all_screens(window: MainWindow) -> Iterator[Screen]:
    """Every screen of the pages this window has, and of what opens over them."""
    for entry in window.entries:
        offered: Sequence[Screen] = getattr(import_module(entry.factory.split(":")[0]), "screens", tuple)()
        yield from offered or (Screen(entry.key, Link(entry.key)),)
    for name in OVERLAYS:
        try:
            yield from getattr(import_module(name), "screens", tuple)()
        except ModuleNotFoundError:
            continue


def picture_of(window: MainWindow) -> QImage:
    """The window as it stands, with dialogs and menus that are open over it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QApplication

    image = window.grab().toImage()
    painter = QPainter(image)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.parent() is not None:
            if other.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
                painter.drawPixmap(window.mapFromGlobal(other.pos()), other.grab())
            else:
                place = window.rect().center() - other.rect().center()
                place.setY(max(place.y(), TITLE_BAR))
                _frame(painter, other.rect().translated(place), other.windowTitle(), window.theme)
                painter.drawPixmap(place, other.grab())
    painter.end()
    return image


def _frame(painter: QPainter, dialog: QRect, title: str, theme: Theme) -> None:
    """Title bar, edge and shadow, as a desktop draws them round a dialog."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QColor

    from ui.theme_tokens import LIGHT

    painter.save()
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    outer = QRectF(dialog.adjusted(-1, -TITLE_BAR, 1, 1))
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(LIGHT.ink)
    shade.setAlpha(5)
    painter.setBrush(shade)
    for grown in range(1, 15):
        painter.drawRoundedRect(outer.adjusted(-grown, 4 - grown, grown, 4 + grown), 8 + grown, 8 + grown)
    painter.setPen(theme.colour("outline"))
    painter.setBrush(theme.colour("side"))
    painter.drawRoundedRect(outer.adjusted(-0.5, -0.5, 0.5, 0.5), 8, 8)
    painter.setPen(theme.colour("ink"))
    painter.setFont(theme.font("strong"))
    bar = outer.adjusted(12, 0, -12, 0)
    bar.setHeight(TITLE_BAR)
    painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, title)
    painter.restore()


def render(
    folder: Path, out: Path, sizes: Sequence[tuple[int, int]], suffix: str = "", only: Sequence[str] = ()
) -> list[Path]:
    """Render the screens whose names begin with one of `only` (all, if it is empty) in both themes at these sizes
    in px; `suffix` goes into the file names.
    """
    from PySide6.QtWidgets import QApplication

    from planner.app import Planner
    from planner.clock import FixedClock
    from planner.paths import DataFolder
    from planner.sample import fill
    from ui.main_window import MainWindow
    from ui.session import use_a_real_locale
    from ui.theme import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    use_a_real_locale()
    theme = Theme(app, "light")
    written: list[Path] = []
    for mode in MODES:
        planner = Planner(DataFolder(folder), FixedClock(moment=THURSDAY))
        fill(planner)
        backup = planner.backups.daily()
        if backup is not None:  # its file tells the real time, and the pictures another
            os.utime(backup.path, (planner.clock.now().timestamp(),) * 2)
        window = MainWindow(theme)
        window.attach(planner)
        window.show()
        settle(window)
        theme.set_mode("dark" if mode == "dark" else "light")
        for screen in all_screens(window):
            if only and not screen.name.startswith(tuple(only)):
                continue
            for width, height in sizes:
                window.resize(width, height)
                window.navigate(screen.link)
                if window.page is not None:
                    window.page.refresh_now()  # the screen before may have shown it something invented
                settle(window)
                if screen.arrange is not None:
                    screen.arrange(window)
                    settle(window)
                path = out / f"{screen.name}-{mode}-{width}x{height}{suffix}.png"
                picture_of(window).save(str(path))
                written.append(path)
                close_overlays(window)
        window.close()
        settle(window)
        window.deleteLater()
    return written


def settle(window: MainWindow) -> None:
    """Wait until every answer has arrived, every short pause is over, and the layouts have come to rest."""
    from PySide6.QtCore import QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication

    def pausing() -> bool:
        timers = window.findChildren(QTimer)
        return any(timer.isActive() and timer.isSingleShot() and timer.interval() <= PAUSE_MS for timer in timers)

    for _ in range(200):
        window.tasks.flush()
        QApplication.processEvents()
        if not window.tasks.is_busy and not pausing():
            break
        QThread.msleep(5)
    # A wrapped text knows its height only once it knows its width, and so on up the page.
    for _ in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()


def close_overlays(window: MainWindow) -> None:
    """Close what a screen opened over the window."""
    from PySide6.QtWidgets import QApplication, QWidget

    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.parent() is not None:
            other.close()
    for overlay in window.findChildren(QWidget):
        if overlay.isVisible() and callable(dismiss := getattr(overlay, "dismiss", None)):
            dismiss()
    window.notices.toast.hide()


def main(arguments: list[str]) -> int:
    """Render everything into a folder, each scale in a process of its own: Qt reads the scale only at start."""
    parser = argparse.ArgumentParser(prog="python -m ui.screens", description="Renders every screen with sample data.")
    parser.add_argument("out", type=Path, help="the folder for the pictures")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="screens whose names begin so")
    parser.add_argument("--scale", help="render in this process, at this scale", choices=("1", str(LARGE)))
    parser.add_argument("--data", type=Path, help="the folder of the sample data")
    asked = parser.parse_args(arguments)
    out = asked.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    if asked.scale is not None and asked.data is not None:
        large = asked.scale != "1"
        suffix = f"@{asked.scale}" if large else ""
        written = render(asked.data, out, SIZES[:1] if large else SIZES, suffix, asked.only)
        print(f"{len(written)} pictures at scale {asked.scale} in {out}")  # noqa: T201 - the answer of a command
        return 0 if written else 1
    with tempfile.TemporaryDirectory() as data:
        for scale in ("1", str(LARGE)):
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": scale,
                "TZ": "Europe/Berlin",
            }
            command = [sys.executable, "-m", "ui.screens", str(out), "--data", data, "--scale", scale]
            if asked.only:
                command += ["--only", *asked.only]
            code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own module
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
