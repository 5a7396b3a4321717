"""What a person sees when something in Rapport itself went wrong, and what they can send to whoever mends it."""

from __future__ import annotations

import platform
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

import planner
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

_HERE = Path(__file__).resolve().parent.parent


def report_of(error: BaseException) -> str:
    """A report of types and places only. Messages and values are left out: they may hold a person's data."""
    lines = [
        f"Rapport {planner.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    ]
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    for at, each in enumerate(reversed(chain)):
        if at:
            lines += ["", "then"]
        lines.append(_type_name(each))
        for frame in traceback.extract_tb(each.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place(filename: str) -> str:
    """A file as part of the program or of a library, without the folders above it, which may tell a person's name."""
    path = Path(filename)
    if path.is_relative_to(_HERE) and "site-packages" not in path.parts:
        return path.relative_to(_HERE).as_posix()
    if "site-packages" in path.parts:
        at = path.parts.index("site-packages")
        return "/".join(path.parts[at + 1 :])
    return path.name


class ErrorDialog(QDialog):
    """Says that something went wrong, what is safe, and offers the report to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report_of(error)
        self.setWindowTitle("Something went wrong")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label("Something went wrong in Rapport", "subtitle"))
        words = Paragraph(
            "What you had saved is safe. The last step may not have been done; please check it. "
            "If this happens again, copy the report below and send it to whoever looks after Rapport for you. "
            "It holds no names and nothing you wrote."
        )
        words.setMinimumWidth(520)
        column.addWidget(words)
        self.text = QPlainTextEdit(self.report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report")
        self.text.setMinimumHeight(180)
        column.addWidget(self.text)
        self.copy_button = Button("Copy report", icon_name="copy")
        self.copy_button.clicked.connect(self.copy)
        self.close_button = Button("Go on", "primary")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        column.addLayout(row(self.copy_button, None, self.close_button))

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.set_text("Copied")


def describe(error: BaseException) -> str:
    """One line for a log: the type and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{_place(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown place"
    return f"{_type_name(error)} at {place}"


def print_for_developers(error: BaseException) -> None:
    """The full traceback, only under `python -X dev`."""
    if sys.flags.dev_mode:
        traceback.print_exception(error)
