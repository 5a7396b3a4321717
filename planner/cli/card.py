"""`rapport card`: read cards without keeping anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import SOME_FAILED, DataDir, Json, Output, telling

if TYPE_CHECKING:
    from planner.cards.printed import Beyond
    from planner.cards.records import Box, Failed, ReadField, Reading


def card(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Photos, QR codes, .vcf and .csv files, text, or folders.", show_default=False
        ),
    ],
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Where numbers without a country code are dialled, as DE or GB.")
    ] = "",
    data_dir: DataDir = None,  # noqa: ARG001 - every command takes it; nothing is kept here
    as_json: Json = False,
) -> None:
    """Read business cards, and print what stands on them. Nothing is saved.

    JSON: cards: [source, position, kind (photo, qr, vcard, csv, text), name, fields: [field (name, title, department,
    organisation, email, phone, link, address, nickname, phonetic, pronouns, field, time_zone, birthday, anniversary,
    work anniversary, date, tag, note, photo, uid, other), value, label, parts (of a name or an address), certainty
    (sure or doubtful), confidence (0 to 1), doubt, box: [x, y, width, height] in pixels of the upright picture, or
    null], notes: [text, box], codes, advice], failed: [source, position, reason, text].
    """
    from planner.cards.ocr import TextReader
    from planner.cards.reading import CardReader
    from planner.cards.records import Reading

    with telling(as_json) as out:
        text_reader = TextReader()
        try:
            reader = CardReader(text_reader, lambda: country)
            found = [item for path in paths for item in reader.items(path, str(path) if path.is_file() else "")]
        finally:
            text_reader.close()
        cards = [item for item in found if isinstance(item, Reading)]
        failed = [item for item in found if not isinstance(item, Reading)]
        out.give({"cards": [_card(one) for one in cards], "failed": [_failure(one) for one in failed]})
        _tell(out, cards)
        for one in failed:
            out.complain(f"{one.source}, item {one.position}: {one.reason}")
        for advice in dict.fromkeys(one.advice for one in cards if one.advice):
            out.complain(advice)
        if failed:
            raise typer.Exit(SOME_FAILED)


def _card(reading: Reading) -> dict[str, Any]:
    from planner.cards.printed import beyond_form, parts_of

    return {
        "source": reading.source,
        "position": reading.position,
        "kind": reading.kind,
        "name": reading.name,
        "fields": [
            *(_field(field, parts_of(reading, field), _rectangle(field.box, reading)) for field in reading.fields),
            *(_field(field, {}, None) for field in beyond_form(reading)),
        ],
        "notes": [{"text": note.text, "box": _rectangle(note.box, reading)} for note in reading.notes],
        "codes": list(reading.codes),
        "advice": reading.advice,
    }


def _field(field: ReadField | Beyond, parts: dict[str, str], box: list[int] | None) -> dict[str, Any]:
    return {
        "field": field.kind,
        "value": field.value,
        "label": field.label,
        "parts": parts,
        "certainty": "sure" if field.sure else "doubtful",
        "confidence": field.confidence,
        "doubt": field.doubt,
        "box": box,
    }


def _failure(one: Failed) -> dict[str, Any]:
    return {"source": one.source, "position": one.position, "reason": one.reason, "text": one.source_text}


def _rectangle(box: Box | None, reading: Reading) -> list[int] | None:
    if box is None:
        return None
    dx, dy = (0, 0) if reading.region is None else (reading.region.left, reading.region.top)
    return [box.left + dx, box.top + dy, box.width, box.height]


def _tell(out: Output, cards: list[Reading]) -> None:
    from planner.cards.printed import beyond_form

    for reading in cards:
        where = f", card {reading.position}" if reading.position > 1 or len(cards) > 1 else ""
        out.say(f"{reading.source}{where}: {reading.about or reading.kind.value}")
        shown: list[ReadField | Beyond] = [*reading.fields, *beyond_form(reading)]
        rows = [
            (str(field.kind), field.value, field.label, "" if field.sure else f"check: {field.doubt or 'not certain'}")
            for field in shown
        ]
        rows += [("note", note.text, "", "") for note in reading.notes]
        out.table(("Field", "Value", "Kind", ""), rows)
