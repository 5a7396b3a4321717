"""Briefs to write and read back."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2
from PIL import Image

from planner.contacts.records import Photo
from planner.events.brief import (
    Brief,
    BriefDay,
    BriefLine,
    BriefPerson,
    BriefPitch,
    BriefSection,
    BriefSession,
)

MADE = datetime(2027, 7, 10, 8, tzinfo=UTC)
WARSAW = ZoneInfo("Europe/Warsaw")


def picture() -> Photo:
    out = BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "PNG")
    return Photo(out.getvalue(), "image/png")


def a_person(name: str, lines: int = 2, **more: object) -> BriefPerson:
    questions = tuple(BriefLine(f"{name} question {number}?") for number in range(lines))
    return BriefPerson(name, "CTO, Norrvolt", sections=(BriefSection("Questions to ask", questions),), **more)  # type: ignore[arg-type]


def a_brief(*people: BriefPerson, **more: object) -> Brief:
    values: dict[str, object] = {
        "title": "Cells 2027",
        "kind": "conference",
        "when": "Wed 14 – Sun 18 July 2027",
        "place": "Kraków",
        "link": "https://cells.example/2027",
        "aim": "Find two people who run pilots.",
        "notes": "",
        "pitch": BriefPitch("I help plants cut scrap.", "for leaders", "34 s of 60 s · 79 words"),
        "to_do": ("Pack",),
        "days": (
            BriefDay(
                "Thu 15 July", (BriefSession("09:15–10:00", "Batteries that last", "Hall A", "Ingrid Vale", True),)
            ),
            BriefDay("Fri 16 July", (BriefSession("11:30", "From lab to line"),)),
        ),
        "people": people,
        "made": MADE,
        "author": "Robin Moor",
    }
    return Brief(**{**values, **more})  # type: ignore[arg-type]


class Read:
    """A PDF as pdfium reads it."""

    def __init__(self, data: bytes) -> None:
        document = pypdfium2.PdfDocument(data)
        self.meta = document.get_metadata_dict()
        self.pages = []
        for page in document:
            text = page.get_textpage()
            self.pages.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        self.bookmarks = []
        for bookmark in document.get_toc():
            destination = bookmark.get_dest()
            self.bookmarks.append(
                (bookmark.level, bookmark.get_title(), destination.get_index() if destination else None)
            )
        document.close()

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    def page_of(self, words: str) -> int:
        (page,) = [number for number, text in enumerate(self.pages) if words in text]
        return page


# --- PDF -------------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Collects what a page shows and what it would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._skip = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._skip = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._skip = False

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())
