"""About Rapport: version, and the licences of what it is made with."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

import planner
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row


class AboutDialog(QDialog):
    """A small dialog; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Rapport")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label("Rapport", "title"))
        column.addWidget(Label(f"Version {planner.__version__}", "muted"))
        words = Paragraph(
            "A planner for professional relationships. Everything stays on this computer.\n\n"
            f"Made with Qt {qVersion()} (LGPL), the Inter typeface (SIL Open Font License), icons by Lucide (ISC) and "
            "SQLCipher (© Zetetic LLC, BSD). Their licences come with the program.",
            small=True,
        )
        words.setMinimumWidth(380)
        column.addWidget(words)
        close = Button("Close", "primary")
        close.clicked.connect(self.accept)
        column.addLayout(row(None, close))
