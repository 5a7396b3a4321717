"""The brief as a PDF: A4 or Letter, one block a person, bookmarks, page numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from planner.contacts.records import Photo
from planner.events.brief import Brief, BriefDay, BriefPerson, BriefSection, BriefSession
from planner.events.brief_fonts import MEDIUM, REGULAR, STRONG, add_fonts
from planner.events.brief_page import ACCENT, INK, LINE, MUTE, SOFT, WARN, BriefPage, Look, Row, gap
from planner.events.markdown import Block, Span, to_blocks

_TITLE = Look(20, INK, STRONG)
_SECTION = Look(13, INK, STRONG)
_NAME = Look(13, INK, STRONG)
_LABEL = Look(8.5, MUTE, STRONG)
_BODY = Look(10, INK, REGULAR)
_SMALL = Look(9, MUTE, REGULAR)
_AIM = Look(11, INK, MEDIUM)
_DANGER = Look(9.5, WARN, MEDIUM)
_CHIP = Look(8, ACCENT, MEDIUM)

_PHOTO = 17.0  # a side, in millimetres
_PHOTO_PIXELS = 256  # 380 to the inch at that size
_STEP = 4.5  # how far a list is set in
_SPEAKERS_TIME = 25.0  # the column of times

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def pdf_of(brief: Brief, paper: str = "A4") -> bytes:
    """The brief's bytes. `paper` is "A4" or "Letter"."""
    return _Composer(_mapped(brief, _printable), paper).made()


class _Composer:
    """Puts one brief on pages."""

    def __init__(self, brief: Brief, paper: str) -> None:
        self._page = page = BriefPage(paper, brief.title)
        page.set_title(brief.title)
        page.set_lang(brief.language)
        page.set_creator("Rapport")
        page.set_producer("Rapport")
        if brief.author:
            page.set_author(brief.author)
        page.set_creation_date(brief.made)
        page.set_display_mode("fullwidth", "single")
        # A letter that no font here has is shown as a box, never left out.
        lacking = add_fonts(page, _texts(brief))
        self._brief = _mapped(brief, lambda text: text.translate(dict.fromkeys(map(ord, lacking), "□")))
        page.add_page()

    def made(self) -> bytes:
        """All of it."""
        self._head()
        self._pitch()
        self._notes()
        self._to_do()
        self._agenda()
        self._people()
        return self._page.finish()

    def _head(self) -> None:
        page, brief = self._page, self._brief
        page.start_section(brief.title)
        page.place(page.plain_rows(brief.title, _TITLE, page.epw))
        line = " · ".join(part for part in (brief.when, brief.place) if part)
        page.place(page.plain_rows(line, Look(10.5, MUTE), page.epw, before=0.5))
        if brief.link:
            link = brief.link if brief.link.casefold().startswith(("http://", "https://")) else ""
            page.place(page.text_rows((Span(brief.link, link=link),), _SMALL, page.epw))
        if brief.aim:
            rows = page.heading_row("Your aim", _LABEL, 5)
            page.place([*rows, *page.plain_rows(brief.aim, _AIM, page.epw, before=0.8)])

    def _pitch(self) -> None:
        page, pitch = self._page, self._brief.pitch
        if pitch is None:
            return
        title = "Elevator pitch" + (f" · {pitch.audience}" if pitch.audience else "")
        rows = page.heading_row(title, _LABEL, 5)
        rows += page.plain_rows(pitch.text, _BODY, page.epw, before=0.8)
        rows += page.plain_rows(pitch.time, _SMALL, page.epw, before=0.8)
        self._place("Elevator pitch", 0, rows)

    def _notes(self) -> None:
        if self._brief.notes.strip():
            rows = [*self._page.heading_row("Notes", _LABEL, 5), *self._markdown(self._brief.notes)]
            self._place("Notes", 0, rows)

    def _to_do(self) -> None:
        if self._brief.to_do:
            rows = self._page.heading_row("Before you go", _LABEL, 5)
            for line in self._brief.to_do:
                rows += self._ticked(line, done=False)
            self._place("Before you go", 0, rows)

    def _agenda(self) -> None:
        days = self._brief.days
        for number, day in enumerate(days):
            rows = [] if number else self._section_heading("Agenda")
            rows += self._page.heading_row(day.heading or "No time yet", _LABEL, 2 if number == 0 else 4)
            self._day(day, rows, first=number == 0)

    def _day(self, day: BriefDay, heading: list[Row], *, first: bool) -> None:
        for number, session in enumerate(day.sessions):
            rows = [*(heading if number == 0 else ()), *self._session(session)]
            if number == 0:
                self._fit(rows)
                if first:
                    self._page.start_section("Agenda")
                self._page.start_section(day.heading or "No time yet", 1)
            self._page.place(rows)

    def _session(self, session: BriefSession) -> list[Row]:
        page = self._page
        title = Span(f"{session.title} ★" if session.marked else session.title, strong=session.marked)
        rows = page.text_rows((title,), _BODY, page.epw, _SPEAKERS_TIME, before=1.6)
        rows[0] = self._beside(rows[0], session.time, before=1.6)
        line = " · ".join(part for part in (session.speakers, session.place) if part)
        if line:
            rows += page.plain_rows(line, _SMALL, page.epw, _SPEAKERS_TIME)
        if session.notes:
            rows += page.plain_rows(session.notes, _SMALL, page.epw, _SPEAKERS_TIME, before=0.5)
        return [Row(row.height, row.draw, stays=number < len(rows) - 1) for number, row in enumerate(rows)]

    def _people(self) -> None:
        people = self._brief.people
        for number, person in enumerate(people):
            rows = self._section_heading("People to meet") if number == 0 else []
            rows += self._person(person, first=number == 0)
            self._fit(rows)
            if number == 0:
                self._page.start_section("People to meet")
            self._page.start_section(person.name or "Someone", 1)
            self._page.place(rows)

    def _person(self, person: BriefPerson, *, first: bool) -> list[Row]:
        page = self._page
        width = page.epw - (_PHOTO + 4 if person.photo else 0)
        head = page.plain_rows(person.name or "Someone", _NAME, width)
        if person.line:
            head += page.plain_rows(person.line, _SMALL, width)
        if person.chips:
            head += self._chips(person.chips, width)
        if person.photo:
            missing = _PHOTO + 4 - sum(row.height for row in head)
            head += [Row(missing, lambda _x, _y: None)] if missing > 0 else []
            head[0] = self._with_photo(head[0], person.photo)
        if not first:
            head = [gap(4), self._rule(), gap(3), *head]
        rows = [Row(row.height, row.draw, stays=True, parts=row.parts) for row in head]
        for fact in person.facts:
            rows += page.plain_rows(fact, _BODY, page.epw, before=0.8)
        for line in person.careful:
            rows += page.plain_rows(line, _DANGER, page.epw, before=0.8)
        for line in person.owed:
            rows += page.text_rows((Span(line, strong=True),), _BODY, page.epw, before=0.8)
        if person.research.strip():
            rows += [*page.heading_row("Research", _LABEL, 2.5), *self._markdown(person.research)]
        for section in person.sections:
            rows += self._section(section)
        if person.reach:
            rows += page.plain_rows(" · ".join(person.reach), _SMALL, page.epw, before=2)
        return rows

    def _section(self, section: BriefSection) -> list[Row]:
        page = self._page
        rows = page.heading_row(section.heading, _LABEL, 2.5)
        if not section.to_tick:
            text = " · ".join(line.text for line in section.lines)
            return [*rows, *page.plain_rows(text, _BODY, page.epw, before=0.5)]
        for line in section.lines:
            rows += self._ticked(line.text, done=line.done)
            if line.answer:
                rows += page.plain_rows(line.answer, _SMALL, page.epw, _STEP + 1)
        return rows

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _place(self, bookmark: str, level: int, rows: list[Row]) -> None:
        self._fit(rows)
        self._page.start_section(bookmark, level)
        self._page.place(rows)

    def _fit(self, rows: list[Row]) -> None:
        """Go to the next page now, if placing the rows would, so that a bookmark points to where they are."""
        page = self._page
        total = sum(row.height for row in rows)
        whole = total <= page.bottom - page.t_margin
        needed = total
        if not whole:
            needed = 0.0
            for row in rows:
                needed += row.height
                if not row.stays:
                    break
        if page.y + needed > page.bottom and page.y > page.t_margin:
            page.add_page()

    def _section_heading(self, text: str) -> list[Row]:
        return [*self._page.heading_row(text, _SECTION, 7), gap(1.5)]

    def _markdown(self, text: str) -> list[Row]:
        rows: list[Row] = []
        for block in to_blocks(text):
            rows += self._block(block)
        return rows

    def _block(self, block: Block) -> list[Row]:
        page = self._page
        indent = block.depth * _STEP
        spans = (
            tuple(Span(s.text, True, s.emphasis, s.code, s.link) for s in block.spans) if block.heading else block.spans
        )
        rows = page.text_rows(spans, _BODY, page.epw, indent, before=0.3 if block.depth else 1)
        if block.marker:
            rows[0] = self._beside(rows[0], block.marker, before=0.3, indent=indent - _STEP + 0.8)
        if block.heading:
            return [Row(row.height, row.draw, stays=True) for row in rows]
        return rows

    def _ticked(self, text: str, *, done: bool) -> list[Row]:
        page = self._page
        rows = page.plain_rows(text, Look(_BODY.size, MUTE) if done else _BODY, page.epw, _STEP + 1, before=0.8)
        first = rows[0]

        def draw(x: float, y: float) -> None:
            first.draw(x, y)
            page.set_draw_color(*(ACCENT if done else MUTE))
            page.set_fill_color(*ACCENT)
            page.set_line_width(0.25)
            page.rect(x + 0.2, y + 1.7, 3, 3, style="DF" if done else "D", round_corners=True, corner_radius=0.6)

        return [Row(first.height, draw), *rows[1:]]

    def _chips(self, chips: tuple[str, ...], width: float) -> list[Row]:
        page = self._page
        lines: list[list[tuple[str, float]]] = [[]]
        room = width
        page.use(_CHIP)
        for chip in chips:
            text = page.shortened(chip, width - 5)
            wide = page.width(text, _CHIP) + 5
            if wide > room and lines[-1]:
                lines.append([])
                room = width
            lines[-1].append((text, wide))
            room -= wide + 1.5
        return [self._chip_row(line) for line in lines]

    def _chip_row(self, line: list[tuple[str, float]]) -> Row:
        page = self._page

        def draw(x: float, y: float) -> None:
            page.set_fill_color(*SOFT)
            for text, wide in line:
                page.rect(x, y + 1.2, wide, 4.6, style="F", round_corners=True, corner_radius=2.3)
                page.use(_CHIP)
                page.set_xy(x + 2.5, y + 1.2)
                page.cell(wide - 5, 4.6, text)
                x += wide + 1.5

        return Row(6.4, draw)

    def _beside(self, row: Row, text: str, before: float, indent: float = 0.0) -> Row:
        """The row, with a short text to its left."""
        page = self._page

        def draw(x: float, y: float) -> None:
            row.draw(x, y)
            page.use(_SMALL if indent == 0 else _BODY)
            page.set_xy(x + indent, y + before)
            page.cell(_SPEAKERS_TIME, row.height - before, text)

        return Row(row.height, draw, row.stays)

    def _rule(self) -> Row:
        page = self._page

        def draw(x: float, y: float) -> None:
            page.set_draw_color(*LINE)
            page.set_line_width(0.2)
            page.line(x, y, x + page.epw, y)

        return Row(1.0, draw, parts=True)

    def _with_photo(self, row: Row, photo: Photo) -> Row:
        page = self._page
        data = _small(photo)
        if data is None:
            return row

        def draw(x: float, y: float) -> None:
            row.draw(x, y)
            page.image(io.BytesIO(data), x + page.epw - _PHOTO, y + 1, _PHOTO, _PHOTO)

        return Row(row.height, draw, row.stays)


def _small(photo: Photo) -> bytes | None:
    """The picture as a small square JPEG; None for one that can't be read, which a brief does without."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(photo.data)) as image:
            square = ImageOps.fit(image.convert("RGB"), (_PHOTO_PIXELS, _PHOTO_PIXELS))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85)
    return out.getvalue()


def _texts(value: Any) -> Iterator[str]:
    """Every text of a brief."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, Photo):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _printable(text: str) -> str:
    """The text without control characters and lone surrogates, which no font can draw; a tab is spaces."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A brief, or a part of it, with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, Photo | type):
        return type(value)(**{field.name: _mapped(getattr(value, field.name), change) for field in fields(value)})
    return value
