"""One's own card, large enough for a phone to scan, as a file, and to print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.cards import my_card
from planner.cards.my_card import CodeKind, Part
from planner.settings.records import Me
from ui.context import Link, UiContext
from ui.theme_tokens import LIGHT
from ui.widgets.box import Rule
from ui.widgets.button import Button
from ui.widgets.choice import Choice, Tick
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.overlay import Overlay

_WORDS = {
    Part.TITLE: "Title",
    Part.ORGANISATION: "Organisation",
    Part.EMAIL: "Email",
    Part.PHONE: "Phone",
    Part.LINK: "Link",
}


class CodeView(QWidget):
    """The squares of a code, dark on light in either theme: scanners want it so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._squares: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, squares: tuple[tuple[bool, ...], ...], name: str) -> None:
        """Show another code."""
        self._squares = squares
        self.setAccessibleName(f"QR code of {name}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, 380)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.pane))
        if self._squares:
            # Whole pixels a square, so that no edge is blurred.
            ratio = self.devicePixelRatioF()
            step = max(1, int(self.width() * ratio) // len(self._squares)) / ratio
            edge = (self.width() - step * len(self._squares)) / 2
            ink = QColor(LIGHT.ink)
            for y, line in enumerate(self._squares):
                for x, dark in enumerate(line):
                    if dark:
                        painter.fillRect(QRectF(edge + x * step, edge + y * step, step, step), ink)
        painter.end()


class MyCardPanel(Overlay):
    """Ticks choose what is on it; the code follows at once."""

    def __init__(self, ctx: UiContext, parent: QWidget) -> None:
        super().__init__(parent, "My card", width=740, top=70)
        self._ctx = ctx
        self._me = ctx.planner.settings.get().me
        parts = my_card.offered(self._me)
        self.ticks = {part: Tick(_WORDS[part], True) for part in parts}
        self.kind = Choice("Kind of code", [(kind, kind.value) for kind in CodeKind], CodeKind.VCARD)
        self.kind.chosen.connect(lambda _kind: self._show())
        self.code = CodeView(self)
        self._nobody: EmptyState | None = None
        if parts or self._me.name:
            self.body.addLayout(self._card())
        else:
            said = "Say who you are in Settings, and your card is ready to be scanned."
            self._nobody = EmptyState("qr-code", "Your card", said, "Open settings")
            self._nobody.activated.connect(self._open_settings)
            self.body.addWidget(self._nobody)
        self.body.addWidget(Rule())
        save, print_, close = (
            Button("Save .vcf"),
            Button("Save to print"),
            Button("Close", "primary" if self._nobody is None else "normal", "Esc", bind_key=False),
        )
        save.clicked.connect(partial(self._ask, "vcf"))
        print_.clicked.connect(partial(self._ask, "pdf"))
        close.clicked.connect(self.dismiss)
        for button in (save, print_):
            button.setVisible(bool(parts) or bool(self._me.name))
        foot = row(save, print_, None, close, spacing=10)
        foot.setContentsMargins(24, 12, 24, 12)
        self.body.addLayout(foot)
        self._close = close
        self.dismissed.connect(self.deleteLater)
        self._show()

    def _card(self) -> QLayout:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(Label(self._me.name or "You", "title", elide=True))
        said = ", ".join(part for part in (self._me.title, self._me.organisation) if part)
        side.addWidget(Paragraph(said, style="mute"))
        side.addSpacing(8)
        if self.ticks:
            side.addWidget(Heading("On the card"))
            for tick in self.ticks.values():
                tick.chosen.connect(lambda _on: self._show())
                side.addWidget(tick)
            side.addSpacing(4)
            side.addWidget(self.kind)
        side.addStretch(1)
        whole = row(self.code, 8)
        whole.addLayout(side, 1)
        whole.setContentsMargins(24, 24, 24, 24)
        return whole

    @classmethod
    def open_over(cls, window: QWidget, ctx: UiContext) -> MyCardPanel:
        """Show it over the window."""
        panel = cls(ctx, window)
        panel.open_panel()
        return panel

    def first_focus(self) -> QWidget:
        return self._close if self._nobody is None else self._nobody.button

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is ticked."""
        return tuple(part for part, tick in self.ticks.items() if tick.isChecked())

    def _show(self) -> None:
        me = self._me if self._me.name or self.ticks else Me(name="Rapport")
        self.code.show_code(my_card.code(my_card.code_text(me, self.parts, self.kind.value)), me.name)
        self.code.setVisible(bool(self._me.name or self.ticks))

    def _ask(self, suffix: str) -> None:
        kinds = {"vcf": "Contact (*.vcf)", "pdf": "PDF (*.pdf)"}
        name = f"{self._me.name or 'my card'}.{suffix}"
        path, _ = QFileDialog.getSaveFileName(self, "Save my card", name, kinds[suffix])
        if path:
            self.save(Path(path) if Path(path).suffix else Path(f"{path}.{suffix}"))

    def save(self, path: Path) -> None:
        """Write the card to a .vcf or .pdf file."""
        me, parts, kind = self._me, self.parts, self.kind.value
        if path.suffix.lower() == ".pdf":
            write = partial(my_card.save_pdf, me, parts, path, kind)
        else:
            write = partial(my_card.save, me, parts, path)
        self._ctx.tasks.query(write, lambda _: self._ctx.toast(f"Saved {path.name}"))

    def _open_settings(self) -> None:
        self.dismiss()
        self._ctx.navigate(Link("settings", part="me"))
