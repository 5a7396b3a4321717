"""The print dialog with its preview: the very PDF's pages, drawn as bitmaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import QLocale, QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.errors import Cancelled
from ui.widgets.button import Button, IconButton
from ui.widgets.labels import Label
from ui.widgets.layouts import row

#: Finer than this no printer's paper shows it, and a page of bitmap takes 35 MB already.
PRINT_DPI = 300
#: What a screen shows; long briefs are previewed coarser, to keep the memory they take within bounds.
_FEW_PAGES, _FINE, _COARSE = 8, 150, 96


@dataclass(frozen=True, slots=True)
class Rendered:
    """A brief as a PDF, its pages as pictures for the preview, and the paper it is made for."""

    data: bytes
    pages: tuple[QImage, ...]
    paper: str


class BriefPreview(QDialog):
    """Shows a brief as it will be printed.

    `print_asked(QPrinter)` fires after the system's dialog has chosen a printer; `save_asked(kind)` says "pdf" or
    "html".
    """

    print_asked = Signal(object)
    save_asked = Signal(str)

    def __init__(self, brief: Rendered, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Brief: {title}")
        self.resize(900, 840)
        self._brief, self._title = brief, title
        self._printer = printer_for(title, brief.paper)  # the preview does not keep it alive
        self._dialog: QPrintDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.preview = QPrintPreviewWidget(self._printer)
        self.preview.setAccessibleName("Preview")
        self.preview.paintRequested.connect(self._paint)
        self.preview.previewChanged.connect(self._tell_page)
        self.print = Button("Print…", "primary", "Ctrl+P")
        self.pdf = Button("Save as PDF…", icon_name="file-down")
        self.html = Button("Save for the phone…", icon_name="file-down")
        self.back = IconButton("chevron-left", "Page before", "PgUp")
        self.on = IconButton("chevron-right", "Next page", "PgDown")
        self.where = Label("", "muted")
        self.width_button = Button("Width", "quiet")
        self.page_button = Button("Whole page", "quiet")
        self.print.clicked.connect(self._ask_printer)
        self.pdf.clicked.connect(lambda: self.save_asked.emit("pdf"))
        self.html.clicked.connect(lambda: self.save_asked.emit("html"))
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.width_button.clicked.connect(self.preview.fitToWidth)
        self.page_button.clicked.connect(self.preview.fitInView)
        top = QWidget()
        top.setProperty("frame", "pane")
        bar = row(
            self.back, self.where, self.on, self.width_button, self.page_button, None, self.html, self.pdf, self.print
        )
        bar.setContentsMargins(12, 10, 16, 10)
        top.setLayout(bar)
        column.addWidget(top)
        column.addWidget(self.preview, 1)
        self.preview.updatePreview()
        self.preview.fitInView()
        self._tell_page()
        self.print.setFocus()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._brief.pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Home: -self.page_count, Qt.Key.Key_End: self.page_count}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    def _turn(self, by: int) -> None:
        self.preview.setCurrentPage(max(1, min(self.page_count, self.preview.currentPage() + by)))
        self._tell_page()

    def _tell_page(self) -> None:
        self.where.set_text(f"Page {max(1, self.preview.currentPage())} of {self.page_count}")

    def _paint(self, printer: QPrinter) -> None:
        paint(self._brief.pages, printer)

    def _ask_printer(self) -> None:
        printer = printer_for(self._title, self._brief.paper)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, self.page_count)
        dialog.accepted.connect(lambda: self.print_asked.emit(printer))
        self._dialog = dialog
        QDialog.open(dialog)  # QPrintDialog has an open() of its own, which wants a slot


def render(data: bytes, paper: str) -> Rendered:
    """The pages of a PDF as pictures for the preview. May run off the main thread."""
    with _opened(data) as document:
        dpi = _FINE if len(document) <= _FEW_PAGES else _COARSE
        return Rendered(data, tuple(_page_image(document, number, dpi) for number in range(len(document))), paper)


def printer_for(title: str, paper: str) -> QPrinter:
    """A printer set to the brief's own paper, without margins of its own: the pages have theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if paper == "Letter" else QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return printer


def paper_here() -> str:
    """The paper people use where this computer's locale is from."""
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if letter else "A4"


def print_pages(
    data: bytes,
    printer: QPrinter,
    progress: Callable[..., None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Print the pages chosen in the print dialog; returns how many. May run off the main thread. Raises Cancelled."""
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    try:
        with _opened(data) as document:
            wanted = _wanted(printer, len(document))
            for done, number in enumerate(wanted):
                if cancelled():
                    printer.abort()
                    raise Cancelled
                if done:
                    printer.newPage()
                _draw(painter, _page_image(document, number, min(PRINT_DPI, printer.resolution())), printer)
                progress(done + 1, len(wanted))
            return len(wanted)
    finally:
        painter.end()


def paint(pages: Sequence[QImage], printer: QPrinter) -> None:
    """Draw pictures, one a sheet."""
    painter = QPainter()
    if not painter.begin(printer):
        return
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        _draw(painter, page, printer)
    painter.end()


def _draw(painter: QPainter, picture: QImage, printer: QPrinter) -> None:
    """As large as the sheet allows, in its middle."""
    sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(sheet.width() / picture.width(), sheet.height() / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height), picture)


def _page_image(document: pypdfium2.PdfDocument, number: int, dpi: float) -> QImage:
    page = document[number]
    try:
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)
        try:
            form = QImage.Format.Format_RGBX8888
            return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
        finally:
            bitmap.close()
    finally:
        page.close()


def _wanted(printer: QPrinter, count: int) -> range:
    first, last = printer.fromPage(), printer.toPage()
    if first <= 0:
        return range(count)
    return range(first - 1, min(last, count) if last else count)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()
