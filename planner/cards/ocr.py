"""Text on a picture, read in a child process that is started when needed and ended when idle."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, ClassVar

from planner.cards.records import Box, Line
from planner.errors import Cancelled, UserError

if TYPE_CHECKING:
    from PIL.Image import Image

#: Seconds after which an idle child is ended, and after which one that does not answer is killed.
IDLE, TIMEOUT = 45.0, 30.0
#: The longest side that text is read at: small print on a card that fills the picture is still some 20 pixels high.
SIDE = 3_000

_MODULE = "planner.cards.ocr_child"


@dataclass
class TextReaderMissing(UserError):
    """The optional part that reads text from photos is not installed."""

    what: ClassVar[str] = "Reading the text of photos needs an addition that is not installed."
    safe: ClassVar[str] = "QR codes, .vcf and .csv files and pasted text work without it."
    advice: ClassVar[str] = (
        "It is not part of the packaged program; a checkout can have it."
        if getattr(sys, "frozen", False)
        else "In a checkout, install it with: python3 packaging/dev.py scan"
    )


@dataclass
class TextUnreadable(UserError):
    """The reader gave up on a picture."""

    reason: str

    what: ClassVar[str] = "The text of this picture could not be read: {reason}."
    safe: ClassVar[str] = "The picture is kept, and you can type what it says."


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a picture, and by how many degrees it has to be turned clockwise for its boxes to fit.

    `left` counts the lines there was no time for: a page, not a card.
    """

    lines: tuple[Line, ...]
    turn: int = 0
    left: int = 0


def available() -> bool:
    """Whether the text reader is installed, without loading it."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class TextReader:
    """Reads one picture at a time. Close it when done; the child also ends by itself after a while of idleness."""

    def __init__(self, idle: float = IDLE, timeout: float = TIMEOUT, command: Sequence[str] | None = None) -> None:
        """`command` starts another child that speaks the same way."""
        self._idle, self._timeout = idle, timeout
        self._command = tuple(command or (sys.executable, "-m", _MODULE))
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None

    @property
    def running(self) -> bool:
        """Whether a child is there."""
        return self._child is not None

    def warm(self) -> None:
        """Start the child if it is not there, so that it loads what it needs while something else is done."""
        if not self._installed() or not self._lock.acquire(blocking=False):
            return
        try:
            self._started()
            self._rest_later()
        except TextUnreadable:
            pass  # said when something is to be read
        finally:
            self._lock.release()

    def read(self, image: Image, stop: Callable[[], bool] | None = None) -> Text:
        """The lines of text on an upright RGB picture.

        Raises TextReaderMissing, TextUnreadable, or Cancelled when `stop` says so while waiting.
        """
        if not self._installed():
            raise TextReaderMissing
        factor = max(1.0, max(image.size) / SIDE)
        small = image if factor == 1.0 else image.resize((int(image.width / factor), int(image.height / factor)))
        with self._lock:
            self._no_rest()
            try:
                answer = self._asked(small, stop)
            finally:
                self._rest_later()
        return _text(answer, factor)

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._no_rest()
            self._end()

    def _installed(self) -> bool:
        return self._command[1:] != ("-m", _MODULE) or available()

    def _no_rest(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _rest_later(self) -> None:
        self._no_rest()
        if self._child is not None:
            self._rest = threading.Timer(self._idle, self._end_if_idle)
            self._rest.daemon = True
            self._rest.start()

    def _end_if_idle(self) -> None:
        # Whoever reads right now has the lock, and will set a new timer.
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

    def _asked(self, image: Image, stop: Callable[[], bool] | None) -> dict[str, object]:
        child = self._started()
        said: list[bytes] = []
        talk = threading.Thread(target=_talk, args=(child, image, said), daemon=True)
        talk.start()
        waited = 0.0
        while talk.is_alive():
            talk.join(0.1)
            waited += 0.1
            if stop is not None and stop():
                self._end()
                talk.join()
                raise Cancelled
            if waited > self._timeout:
                self._end()
                talk.join()
                raise TextUnreadable(f"it took longer than {self._timeout:.0f} seconds")
        try:
            answer = json.loads(said[0])
        except (IndexError, ValueError):
            self._end()
            raise TextUnreadable("the text reader ended unexpectedly") from None
        if not isinstance(answer, dict) or "error" in answer:
            if isinstance(answer, dict) and answer["error"] == "missing":
                self._end()
                raise TextReaderMissing
            raise TextUnreadable("the text reader could not make anything of it")
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            try:
                self._child = subprocess.Popen(  # noqa: S603 - our own program
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise TextUnreadable(error.strerror or "the text reader could not be started") from error
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe)


def _talk(child: subprocess.Popen[bytes], image: Image, said: list[bytes]) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps({"width": image.width, "height": image.height}).encode() + b"\n")
        child.stdin.write(image.tobytes())
        child.stdin.flush()
        said.append(child.stdout.readline())
    except (OSError, ValueError):
        pass  # the child was ended meanwhile; nothing said is answer enough


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        pass  # unsent bytes for a child that is gone


def _text(answer: dict[str, object], factor: float) -> Text:
    lines = []
    found = answer.get("lines")
    for one in found if isinstance(found, list) else ():
        a, b, c, d = ((int(x), int(y)) for x, y in one["box"])
        lines.append(Line(one["text"].strip(), Box((a, b, c, d)).scaled(factor), float(one["score"]), one["again"]))
    turn, left = (value if isinstance(value, int) else 0 for value in (answer.get("turn"), answer.get("left")))
    return Text(tuple(line for line in lines if line.text), turn, left)
