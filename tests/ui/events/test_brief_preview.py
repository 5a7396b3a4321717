"""The print dialog: the PDF's own pages, printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import ImageStat
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from planner.errors import Cancelled
from ui.context import UiContext
from ui.events.brief_preview import BriefPreview, paper_here, print_pages, printer_for, render
from ui.events.output import file_name
from ui.events.page import EventsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner
    from ui.tasks import Tasks

Settle = Callable[["Tasks"], None]
Open = Callable[..., EventsPage]


@pytest.fixture
def long_brief(planner: Planner, event_id: int) -> bytes:
    """A brief of several pages."""
    from planner.contacts.records import ContactDetails

    ids = [
        planner.contacts.add(ContactDetails(name=f"Person {number}", research="Read. " * 150)).new("contact")
        for number in range(8)
    ]
    planner.events.people.add(event_id, ids)
    return planner.briefs.pdf(event_id)


def file_printer(path: Path, paper: str = "A4") -> QPrinter:
    printer = printer_for("Brief", paper)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def inked(path: Path) -> list[float]:
    """How dark each printed page is, from 0 (white) up."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for page in document:
        grey = page.render(scale=0.3).to_pil().convert("L")
        found.append(255 - ImageStat.Stat(grey).mean[0])
        page.close()
    document.close()
    return found


def test_the_preview_shows_the_pages_of_the_pdf(long_brief: bytes, qtbot: QtBot, theme: object, tmp_path: Path) -> None:
    brief = render(long_brief, "A4")
    count = len(brief.pages)
    assert count > 2
    dialog = BriefPreview(brief, "EuroPython 2025")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert dialog.preview.pageCount() == count
    assert dialog.where.text_shown() == f"Page 1 of {count}"
    qtbot.keyClick(dialog, Qt.Key.Key_End)
    assert dialog.where.text_shown() == f"Page {count} of {count}"
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.where.text_shown() == f"Page {count - 1} of {count}"
    with qtbot.waitSignal(dialog.save_asked) as asked:
        qtbot.mouseClick(dialog.html, Qt.MouseButton.LeftButton)
    assert asked.args == ["html"]


def test_printing_draws_every_page_with_its_words(long_brief: bytes, qapp: object, tmp_path: Path) -> None:
    told = []
    count = len(render(long_brief, "A4").pages)
    assert print_pages(long_brief, file_printer(tmp_path / "out.pdf"), lambda *at: told.append(at)) == count
    assert told[-1] == (count, count)
    darkness = inked(tmp_path / "out.pdf")
    assert len(darkness) == count
    assert all(dark > 1 for dark in darkness)


def test_printing_a_range(long_brief: bytes, qapp: object, tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    assert print_pages(long_brief, printer) == 2
    assert len(inked(tmp_path / "out.pdf")) == 2


def test_printing_can_be_stopped(long_brief: bytes, qapp: object, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        print_pages(long_brief, file_printer(tmp_path / "out.pdf"), cancelled=lambda: True)


def test_a_page_fills_its_sheet(planner: Planner, event_id: int, qapp: object, tmp_path: Path) -> None:
    data = planner.briefs.pdf(event_id, "Letter")
    print_pages(data, file_printer(tmp_path / "out.pdf", "Letter"))
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert [round(side) for side in document[0].get_size()] == [612, 792]
    document.close()


def test_the_button_opens_the_dialog(
    event_id: int, open_event: Open, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    page = open_event(event_id, "prepare")
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    settle(ctx.tasks)
    dialog = page.output.dialog
    assert isinstance(dialog, BriefPreview)
    assert dialog.isVisible()
    assert "EuroPython 2025" in dialog.windowTitle()
    assert dialog.page_count == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_saving_brief_and_calendar_tells_where(
    event_id: int, open_event: Open, ctx: UiContext, settle: Settle, tmp_path: Path, seen: object
) -> None:
    page = open_event(event_id, "prepare")
    page.output.save(event_id, tmp_path / "brief.html")
    page.output.export(event_id, tmp_path / "event.ics")
    settle(ctx.tasks)
    assert set(seen.toasts) == {"Saved brief.html", "Saved event.ics"}
    assert "Ingrid Vale" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    calendar = (tmp_path / "event.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 2


def test_a_folder_that_is_not_there_is_told(
    event_id: int, open_event: Open, ctx: UiContext, settle: Settle, tmp_path: Path
) -> None:
    told: list[Exception] = []
    ctx.tasks.user_error.connect(told.append)
    open_event(event_id, "prepare").output.save(event_id, tmp_path / "nowhere" / "brief.pdf")
    settle(ctx.tasks)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("EuroPython 2025", "EuroPython 2025"),
        ("1:1 / Dana?", "1 1 Dana"),
        ("..", "brief"),
        ("\x00<>", "brief"),
        ("x" * 200, "x" * 80),
        ("Über uns.", "Über uns"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(title) == name


def test_paper_follows_the_locale() -> None:
    from PySide6.QtCore import QLocale

    before = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert paper_here() == "Letter"
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert paper_here() == "A4"
    finally:
        QLocale.setDefault(before)
