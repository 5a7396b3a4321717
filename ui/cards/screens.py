"""The states of the Cards page that are worth a picture. The cards are invented and drawn on the spot."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.cards.records import Box, FieldKind, Note, ReadField, Reading, ReadingKind
from planner.contacts.records import ContactDetails, Email, Phone, Photo
from ui.links import Link
from ui.screens import Screen, settle

if TYPE_CHECKING:
    from planner.app import Planner
    from ui.cards.page import CardsPage
    from ui.main_window import MainWindow


def card_screens() -> tuple[Screen, ...]:
    """All of them."""
    here = Link("cards")
    return (
        Screen("cards-empty", here),
        Screen("cards", here, _filled),
        Screen("cards-said", here, _said),
        Screen("cards-vcard", here, _vcard),
        Screen("cards-my-card", here, lambda window: _page(window).show_my_card()),
        Screen("cards-import", here, _table),
        Screen("cards-columns", here, _columns),
        Screen("cards-merge", here, _merge),
    )


def _page(window: MainWindow) -> CardsPage:
    page: CardsPage = window.page  # type: ignore[assignment]  # the link has led here
    return page


def _photo() -> Reading:
    """A card as if it had been photographed: an email with a letter misread."""
    from PIL import Image, ImageDraw, ImageFont

    from planner.paths import resource

    image = Image.new("RGB", (900, 540), "white")
    draw = ImageDraw.Draw(image)
    lines = (
        (FieldKind.NAME, "Ingrid Vale", 90, 90, 58, "Bold", 0.97, ""),
        (FieldKind.TITLE, "Chief Technology Officer", 90, 170, 32, "Regular", 0.95, ""),
        (FieldKind.ORGANISATION, "NORRVOLT", 590, 96, 38, "SemiBold", 0.96, ""),
        (FieldKind.PHONE, "+46 40 123 45 67", 90, 370, 28, "Regular", 0.9, ""),
        (
            FieldKind.EMAIL, "ingrid.vale@norrvo1t.example", 90, 415, 28, "Regular", 0.6,
            "“norrvo1t” mixes letters and digits",
        ),
        (FieldKind.ADDRESS, "Stora Varvsgatan 6, 211 19 Malmö", 90, 460, 28, "Regular", 0.93, ""),
    )  # fmt: skip
    fields = []
    for kind, text, x, y, size, weight, confidence, doubt in lines:
        font = ImageFont.truetype(str(resource("fonts", f"Inter-{weight}.ttf")), size)
        draw.text((x, y), text, font=font, fill="black")
        left, top, right, bottom = (int(edge) for edge in draw.textbbox((x, y), text, font=font))
        label = "mobile" if kind is FieldKind.PHONE else ""
        fields.append(ReadField(kind, text, confidence, label, Box.upright(left, top, right, bottom), doubt))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return Reading(
        "IMG_2041.jpg", ReadingKind.PHOTO, tuple(fields), (), picture=Photo(out.getvalue(), "image/jpeg"),
        size=image.size, about="photo",
    )  # fmt: skip


def _others() -> list[Reading]:
    from planner.cards.contact_fields import fields_of

    def made(details: ContactDetails, kind: ReadingKind, about: str, source: str) -> Reading:
        return Reading(source, kind, fields_of(details), base=details, about=about)

    samir = ContactDetails(given="Samir", family="Bellamy", title="Grid Analyst", organisation="Quillstone",
                           emails=(Email("samir@quillstone.example"),))  # fmt: skip
    noor = ContactDetails(given="Noor", family="Osman", organisation="Brightwater", title="Programme Lead",
                          emails=(Email("noor@brightwater.example"),), notes="Met in the queue for coffee")  # fmt: skip
    text = Reading(
        "pasted",
        ReadingKind.TEXT,
        (
            ReadField(FieldKind.NAME, "Jun Watanabe", 0.9),
            ReadField(FieldKind.TITLE, "Principal Engineer", 0.7),
            ReadField(FieldKind.EMAIL, "jun.watanabe@kestrel.example", 0.95),
        ),
        (Note("Power that stays."),),
        about="text",
    )
    return [
        made(samir, ReadingKind.QR, "QR vCard 3.0", "badge.png"),
        text,
        made(noor, ReadingKind.VCARD, "vCard 3.0", "noor.vcf"),
    ]


def _fill(planner: Planner) -> None:
    if not planner.cards_waiting.count().waiting:
        planner.cards.add([_photo(), *_others()])


def _filled(window: MainWindow) -> None:
    assert window.ctx is not None
    _fill(window.ctx.planner)
    page = _page(window)
    page.reload()
    settle(window)
    page.rows.select_first()
    page.rows.setFocus()


def _said(window: MainWindow) -> None:
    _filled(window)
    settle(window)
    page = _page(window)
    page.meeting.where.setText("hallway after the keynote")
    page.meeting.said.setPlainText("Hiring in Malmö this autumn. I promised to send the scrap study by Friday.")
    page.meeting.read_now()


def _vcard(window: MainWindow) -> None:
    _filled(window)
    settle(window)
    page = _page(window)
    page.meeting.said.setPlainText("")
    page.rows.select_key(page.inbox.model.keys[-1])


def _table(window: MainWindow) -> None:
    from planner.cards.sources import Sources
    from ui.cards.import_rows import ImportRows
    from ui.cards.import_table import ImportTable

    assert window.ctx is not None
    planner = window.ctx.planner
    known = planner.contact_queries.many(planner.contact_queries.find("", limit=3))
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Given{at} Family{at}\nN:Family{at};Given{at};;;\n"
        f"EMAIL:given{at}@norrvolt.example\nEND:VCARD\n"
        for at in range(40)
    )
    cards += "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{one.name}\nEMAIL:{one.details.emails[0].address}\nTITLE:Other\nEND:VCARD\n"
        for one in known
        if one.details.emails
    )
    cards += "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
    sources = Sources(planner.card_reader, [cards.encode()], "people.vcf")
    rows = ImportRows(planner.card_import.look(sources.items()))
    ImportTable(window.ctx, sources, rows, "people.vcf", None, window).show()


def _columns(window: MainWindow) -> None:
    from planner.contacts.csv_files import preview
    from ui.cards.mapping_dialog import MappingDialog

    table = preview(
        b"Wer;Firma;Was;Mail;Seit\r\nIngrid Vale;Norrvolt;CTO;ingrid@norrvolt.example;2021\r\n"
        b"Tom Ekdahl;Quillstone;Analyst;tom@quillstone.example;2019\r\n"
    )
    MappingDialog("kontakte.csv", table, window).show()


def _merge(window: MainWindow) -> None:
    """A card of somebody known, with a new title and a second phone, before it goes in."""
    from ui.cards.merge_card import MergeCardDialog

    assert window.ctx is not None
    queries = window.ctx.planner.contact_queries
    known = queries.get(queries.find("", limit=1)[0])
    card = replace(
        known.details,
        title="Director of Grid Studies",
        emails=(*known.details.emails, Email("studies@norrvolt.example")),
        phones=(*known.details.phones, Phone("+46 40 123 45 67", "mobile")),
    )
    _filled(window)
    MergeCardDialog(window.ctx, known, card, window).show()
