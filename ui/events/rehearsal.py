"""Rehearsing a pitch: the text in large letters, a timer, and how fast one spoke."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.events import speech
from ui.theme import applied, is_theme_change
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane
from ui.widgets.progress import ThinBar

_TICK_MS = 100
_WORDS = re.compile(r"\S+\s*")


class RehearsalDialog(QDialog):
    """Space starts and stops, R begins again, Escape closes. `seconds` is a clock that only goes forward.

    While it runs, the part that the chosen pace would have said by now is muted: one sees whether one is ahead.
    """

    def __init__(
        self,
        text: str,
        target_seconds: int,
        words_a_minute: int,
        parent: QWidget | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rehearse the pitch")
        self.resize(640, 460)
        self._text, self._pace, self._seconds = text.strip(), words_a_minute, seconds
        self._spoken = speech.speaking_time(text, target_seconds, words_a_minute)
        self._began: float | None = None
        self._before = 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        self.clock = Label("0:00", "title")
        self.aside = Label(f"of {_clock(target_seconds)}", "muted")
        self.pace = Label("", "muted")
        column.addLayout(row(self.clock, self.aside, None, self.pace))
        self.bar = ThinBar(0.0, "Time spoken")
        column.addWidget(self.bar)
        pane = Pane(padding=False)
        self.words = Paragraph("")
        pane.add(self.words)
        column.addWidget(pane, 1)
        self.verdict = Label("Space starts and stops", "muted")
        self.start = Button("Start", "primary", "Space", bind_key=False)
        self.again = Button("Again", "normal", "R", bind_key=False)
        self.start.clicked.connect(self.toggle)
        self.again.clicked.connect(self.reset)
        for button in (self.start, self.again):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addLayout(row(self.verdict, None, self.again, self.start))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._enlarge()
        self.refresh()

    @property
    def is_running(self) -> bool:
        """Whether the timer runs."""
        return self._began is not None

    @property
    def elapsed(self) -> float:
        """Seconds spoken."""
        return self._before + (self._seconds() - self._began if self._began is not None else 0.0)

    def toggle(self) -> None:
        """Start, or stop and say how it went."""
        if self._began is None:
            self._began = self._seconds()
            self._timer.start()
            self.verdict.set_text("Speak; Space when you are done")
        else:
            self._before = self.elapsed
            self._began = None
            self._timer.stop()
            self.verdict.set_text(self._judged())
        self.start.set_text("Stop" if self.is_running else "Start")
        self.refresh()

    def reset(self) -> None:
        """From the beginning."""
        self._before, self._began = 0.0, None
        self._timer.stop()
        self.start.set_text("Start")
        self.verdict.set_text("Space starts and stops")
        self.refresh()

    def refresh(self) -> None:
        """Show the time that has gone by."""
        elapsed = self.elapsed
        target = self._spoken.target_seconds
        self.clock.set_text(_clock(elapsed))
        self.bar.set_part(elapsed / target if target else 0.0)
        pace = speech.pace(self._spoken.words, timedelta(seconds=elapsed))
        over = elapsed > target
        self.aside.set_text(f"of {_clock(target)}" + (f" · {_clock(elapsed - target)} over" if over else ""))
        self.pace.set_text(f"{pace} words a minute if you ended now" if self.is_running and pace else "")
        if not self.is_running and pace:
            self.pace.set_text(f"{pace} words a minute")
        self._show_progress(elapsed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.toggle()
        elif event.key() == Qt.Key.Key_R:
            self.reset()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._enlarge()

    def _judged(self) -> str:
        pace = speech.pace(self._spoken.words, timedelta(seconds=self.elapsed))
        if not pace:
            return "Space starts and stops"
        late = self.elapsed - self._spoken.target_seconds
        fit = f"{round(late)} s too long" if late > 0.5 else "in time"
        speed = "calm" if pace < speech.SLOW else "rather fast" if pace > speech.FAST else "a good pace"
        return f"{round(self.elapsed)} s: {fit}, {speed}"

    def _show_progress(self, elapsed: float) -> None:
        done = round(elapsed * self._pace / 60) if self.is_running else 0
        parts = _WORDS.findall(self._text)
        said, rest = "".join(parts[:done]), "".join(parts[done:])
        self.words.set_parts([(said, "mute"), (rest, "ink")] if said else [(rest, "ink")])

    def _enlarge(self) -> None:
        self.words.setStyleSheet(f"font-size: {applied().px(20)}px")


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"
