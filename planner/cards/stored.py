"""A reading as the inbox keeps it: JSON, with what the fields can't hold as a vCard of our own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from planner.cards.records import Box, FieldKind, Note, ReadField, Reading, ReadingKind
from planner.contacts.records import ContactDetails, ParsedContact, Photo
from planner.contacts.vcard import read_vcards, write_vcard


def to_json(reading: Reading) -> str:
    """The reading without its picture, which is stored beside it."""
    kept: dict[str, Any] = {
        "fields": [_field(field) for field in reading.fields],
        "notes": [{"text": note.text, "box": _corners(note.box)} for note in reading.notes],
        "size": list(reading.size),
        "region": _corners(reading.region),
        "codes": list(reading.codes),
        "uid": reading.uid,
        "about": reading.about,
        "advice": reading.advice,
        "text": reading.source_text if reading.kind is ReadingKind.TEXT else "",
    }
    if reading.apart:
        kept["apart"] = list(reading.apart)
    if reading.base is not None:
        kept["base"] = write_vcard(reading.base, reading.uid, "4.0", photo=reading.photo, private=True)
    return json.dumps(kept, ensure_ascii=False)


def from_json(text: str, source: str, position: int, kind: str, picture: Photo | None = None) -> Reading:
    """The reading that `to_json` was given."""
    kept = json.loads(text)
    base, photo = _contact(kept["base"]) if "base" in kept else (None, None)
    width, height = kept["size"]
    return Reading(
        source=source,
        kind=ReadingKind(kind),
        fields=tuple(_read_field(one) for one in kept["fields"]),
        notes=tuple(Note(one["text"], _box(one["box"])) for one in kept["notes"]),
        position=position,
        base=base,
        uid=kept["uid"],
        photo=photo,
        picture=picture,
        size=(width, height),
        region=_box(kept["region"]),
        codes=tuple(kept["codes"]),
        about=kept["about"],
        source_text=kept["text"],
        advice=kept["advice"],
        apart=tuple(kept.get("apart", ())),
    )


def with_fields(text: str, fields: Iterable[ReadField]) -> str:
    """The same JSON with other fields."""
    kept = json.loads(text)
    kept["fields"] = [_field(field) for field in fields]
    return json.dumps(kept, ensure_ascii=False)


def set_apart(text: str, contact_id: int) -> str:
    """The same JSON, of a card that is not of this contact."""
    kept = json.loads(text)
    kept["apart"] = sorted({*kept.get("apart", ()), contact_id})
    return json.dumps(kept, ensure_ascii=False)


def apart(text: str) -> tuple[int, ...]:
    """The ids of the contacts that a stored card is not of."""
    return tuple(json.loads(text).get("apart", ()))


def _field(field: ReadField) -> dict[str, Any]:
    return {
        "kind": field.kind.value,
        "value": field.value,
        "confidence": field.confidence,
        "label": field.label,
        "box": _corners(field.box),
        "doubt": field.doubt,
    }


def _read_field(kept: dict[str, Any]) -> ReadField:
    return ReadField(
        FieldKind(kept["kind"]), kept["value"], kept["confidence"], kept["label"], _box(kept["box"]), kept["doubt"]
    )


def _corners(box: Box | None) -> list[list[int]] | None:
    return None if box is None else [list(corner) for corner in box.corners]


def _box(corners: Sequence[Sequence[int]] | None) -> Box | None:
    if corners is None:
        return None
    a, b, c, d = ((x, y) for x, y in corners)
    return Box((a, b, c, d))


def _contact(vcard: str) -> tuple[ContactDetails | None, Photo | None]:
    for item in read_vcards(vcard.encode()):
        if isinstance(item, ParsedContact):
            return item.details, item.photo
    return None, None
