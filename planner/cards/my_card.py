"""The person's own card: as a code for others to scan, as a vCard file, and as a page to print.

The code is a vCard 3.0 or a MECARD; both are read by the cameras of phones. The lowest error correction keeps its
squares large, since it is scanned from a screen.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from planner.cards import profiles
from planner.contacts.names import with_name
from planner.contacts.records import ContactDetails, Email, Link, Phone
from planner.contacts.vcard import write_vcard
from planner.files import write_atomically
from planner.settings.records import Me

#: Millimetres of a printed card (ISO 7810 ID-1), and its margin.
WIDTH, HEIGHT, MARGIN = 85.6, 54.0, 6.0


class Part(StrEnum):
    """What a card of one's own may show."""

    TITLE = "title"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"


class CodeKind(StrEnum):
    """How a code says it."""

    VCARD = "vCard"
    MECARD = "MECARD"


def offered(me: Me) -> tuple[Part, ...]:
    """The parts that say something."""
    return tuple(part for part in Part if getattr(me, part.value).strip())


def details(me: Me, parts: Collection[Part]) -> ContactDetails:
    """The card as a contact, with the name and these parts."""
    link = me.link.strip()
    return with_name(
        ContactDetails(
            title=me.title.strip() if Part.TITLE in parts else "",
            organisation=me.organisation.strip() if Part.ORGANISATION in parts else "",
            emails=(Email(me.email.strip()),) if Part.EMAIL in parts and me.email.strip() else (),
            phones=(Phone(me.phone.strip()),) if Part.PHONE in parts and me.phone.strip() else (),
            links=(Link(link, profiles.network_of(link) or "website"),) if Part.LINK in parts and link else (),
        ),
        me.name,
    )


def vcard(me: Me, parts: Collection[Part]) -> str:
    """The card as vCard 3.0."""
    return write_vcard(details(me, parts), version="3.0")


def code_text(me: Me, parts: Collection[Part], kind: CodeKind) -> str:
    """What the code says."""
    if kind is CodeKind.VCARD:
        return vcard(me, parts)
    card = details(me, parts)
    name = f"{_escaped(card.family)},{_escaped(card.given)}" if card.family else _escaped(card.shown_name)
    said = [f"N:{name}"]
    said += [f"ORG:{_escaped(card.organisation)}"] if card.organisation else []
    said += [f"TEL:{_escaped(phone.number)}" for phone in card.phones]
    said += [f"EMAIL:{_escaped(email.address)}" for email in card.emails]
    said += [f"URL:{_escaped(link.url)}" for link in card.links]
    said += [f"NOTE:{_escaped(card.title)}"] if card.title else []
    return f"MECARD:{';'.join(said)};;"


def code(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code (ISO/IEC 18004) with its quiet zone, row by row; True is dark."""
    import segno

    made = segno.make(text, error="l", micro=False, boost_error=True)
    return tuple(tuple(bool(square) for square in line) for line in made.matrix_iter(border=4))


def save(me: Me, parts: Collection[Part], path: Path) -> None:
    """Write the card as a .vcf file. Raises FileUnwritable."""
    with write_atomically(path) as file:
        file.write(vcard(me, parts).encode())


def pdf(me: Me, parts: Collection[Part], kind: CodeKind = CodeKind.VCARD) -> bytes:
    """The card as a page of its own size, with the code at its right."""
    from fpdf import FPDF

    from planner.paths import resource

    shown = details(me, parts)
    page = FPDF(unit="mm", format=(HEIGHT, WIDTH))
    page.add_page(orientation="landscape")
    page.set_auto_page_break(auto=False)
    page.set_margin(0)
    page.add_font("Inter", fname=resource("fonts", "Inter-Regular.ttf"))
    page.add_font("Inter", style="B", fname=resource("fonts", "Inter-SemiBold.ttf"))
    squares = code(code_text(me, parts, kind))
    side = 26.0
    step = side / len(squares)
    left, top = WIDTH - MARGIN - side + 4 * step, HEIGHT - MARGIN - side + 4 * step
    page.set_fill_color(0)
    for y, line in enumerate(squares):
        for x, dark in enumerate(line):
            if dark:
                page.rect(left + x * step, top + y * step, step, step, style="F")
    room = WIDTH - 2 * MARGIN
    y_at = MARGIN
    for text, size, bold in (
        (shown.shown_name, 13.0, True),
        (shown.title, 8.5, False),
        (shown.organisation, 8.5, False),
    ):
        if text:
            _line(page, text, y_at, size, room, bold=bold)
            y_at += size * 0.48
    reach = [
        *(one.number for one in shown.phones),
        *(one.address for one in shown.emails),
        *(one.url for one in shown.links),
    ]
    y_at = HEIGHT - MARGIN - len(reach) * 3.8
    for text in reach:
        _line(page, text, y_at, 8.0, room - side, bold=False)
        y_at += 3.8
    out = io.BytesIO()
    page.output(out)
    return out.getvalue()


def save_pdf(me: Me, parts: Collection[Part], path: Path, kind: CodeKind = CodeKind.VCARD) -> None:
    """Write the printable card. Raises FileUnwritable."""
    data = pdf(me, parts, kind)
    with write_atomically(path) as file:
        file.write(data)


def _line(page: object, text: str, y: float, size: float, room: float, *, bold: bool) -> None:
    from fpdf import FPDF

    assert isinstance(page, FPDF)
    page.set_font("Inter", style="B" if bold else "", size=size)
    while size > 5 and page.get_string_width(text) > room:
        size -= 0.5
        page.set_font_size(size)
    page.set_xy(MARGIN, y)
    page.cell(room, size * 0.45, text)


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in '\\;:,"' else char for char in " ".join(text.split()))
