"""What leaves the page Insights: the map as a picture, the figures as a table, the review on paper or in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog

from planner.files import write_atomically
from planner.insights.export import to_csv
from planner.insights.records import Insights, Network
from planner.insights.review import to_html
from ui.insights.map_drawing import View, draw_legend, draw_network
from ui.page import Page
from ui.theme import applied

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_FILTERS = {
    "png": "Picture (*.png)",
    "svg": "Drawing (*.svg)",
    "csv": "Table (*.csv)",
    "html": "Web page (*.html)",
}
_SIZE = QSize(1400, 1000)
_LEGEND = 40


class InsightsOutput:
    """Asks where to, and writes. A picture is drawn in the colours of the window."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.dialog: QFileDialog | None = None

    def ask(self, kind: str, name: str, write: Callable[[Path], None]) -> None:
        """Ask for a file name, then write there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._page.window(), "Export", folder, _FILTERS[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{name}.{kind}")
        dialog.fileSelected.connect(lambda path: write(Path(path)))
        self.dialog = dialog
        dialog.open()

    def save_csv(self, insights: Insights, path: Path) -> None:
        """Write the figures."""
        self._write(path, to_csv(insights))

    def save_review(self, insights: Insights, path: Path) -> None:
        """Write the review."""
        self._write(path, to_html(insights, self._page.ctx.planner.settings.get().me.name).encode())

    def save_png(self, network: Network, path: Path) -> None:
        """Draw the map at twice the size, for paper."""
        image = QImage(_SIZE * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        image.fill(applied().colour("pane"))
        painter = QPainter(image)
        _draw(painter, network)
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        self._write(path, bytes(data.data()))

    def save_svg(self, network: Network, path: Path) -> None:
        """Draw the map as shapes."""
        from PySide6.QtSvg import QSvgGenerator

        data = QByteArray()
        buffer = QBuffer(data)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(_SIZE)
        generator.setViewBox(QRectF(QPointF(), _SIZE.toSizeF()))
        generator.setTitle("Your network")
        painter = QPainter(generator)
        painter.fillRect(QRectF(QPointF(), _SIZE.toSizeF()), applied().colour("pane"))
        _draw(painter, network)
        painter.end()
        self._write(path, bytes(data.data()))

    def print_review(self, insights: Insights) -> None:
        """Show the printers, then print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(f"Review {insights.period.name}")
        dialog = QPrintDialog(printer, self._page.window())
        dialog.accepted.connect(lambda: self.paint_review(insights, printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog has an open() of its own, which wants a slot

    def paint_review(self, insights: Insights, printer: QPrinter) -> None:
        """Put the review on paper."""
        from PySide6.QtGui import QTextDocument

        document = QTextDocument()
        document.setHtml(to_html(insights, self._page.ctx.planner.settings.get().me.name))
        document.print_(printer)

    def _write(self, path: Path, data: bytes) -> None:
        def work() -> Path:
            with write_atomically(path) as file:
                file.write(data)
            return path

        self._page.query(work, self._told)

    def _told(self, path: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._page.ctx.toast(f"Saved {path.name}", "Open", show)


def _draw(painter: QPainter, network: Network) -> None:
    whole = QRectF(QPointF(), _SIZE.toSizeF())
    room = whole.adjusted(20, 20, -20, -_LEGEND)
    view = View(min(room.width(), room.height()) / 2 - 20, room.center())
    draw_network(painter, network, view, room)
    draw_legend(painter, network.groups, whole.adjusted(24, 0, -24, -16))
