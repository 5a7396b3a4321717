"""What a code says and what is printed beside it, made one card: the code is exact, the print adds to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planner.cards import code_contents
from planner.cards.codes import Code
from planner.cards.fields import Understood
from planner.cards.records import Box, FieldKind, Note, ReadField, Reading, ReadingKind
from planner.cards.spelling import letters, nearly
from planner.folding import fold

_ONE = (FieldKind.NAME, FieldKind.TITLE, FieldKind.DEPARTMENT, FieldKind.ORGANISATION, FieldKind.ADDRESS)


def combined(source: str, position: int, codes: Sequence[Code], printed: Understood) -> Reading:
    """One card's codes and print. Without print it is a reading of the code alone."""
    readings = [_boxed(code_contents.understood(code.text, source, position), code.box) for code in codes]
    readings.sort(key=lambda reading: -len(reading.fields))
    if not readings:
        return Reading(source, ReadingKind.PHOTO, printed.fields, printed.notes, position, about="photo")
    first = readings[0]
    fields = list(first.fields)
    notes = list(first.notes)
    for other in readings[1:]:
        fields += [field for field in other.fields if not _there(field, fields)]
        notes += other.notes
    alone = len(fields)
    fields = _with_print(fields, printed.fields)
    # Scraps of print around a code, all of which the code says better, do not make it a photo of a card.
    kind = ReadingKind.PHOTO if len(fields) > alone else ReadingKind.QR
    order = list(FieldKind)
    return replace(
        first,
        kind=kind,
        fields=tuple(sorted(fields, key=lambda field: order.index(field.kind))),
        notes=(*notes, *printed.notes),
        codes=tuple(code.text for code in codes),
        about=first.about if kind is ReadingKind.QR else f"photo with {first.about}",
    )


def _boxed(reading: Reading, box: Box) -> Reading:
    return replace(
        reading,
        fields=tuple(replace(field, box=box) for field in reading.fields),
        notes=tuple(Note(note.text, box) for note in reading.notes),
    )


def _with_print(exact: list[ReadField], printed: Sequence[ReadField]) -> list[ReadField]:
    """The exact fields, and the printed ones that say something else; a misreading of an exact one is dropped."""
    fields = list(exact)
    for field in printed:
        same = [one for one in exact if one.kind is field.kind]
        if field.kind in _ONE and same:
            continue
        if _there(field, fields) or any(nearly(one.value, [field.value]) for one in same):
            continue
        fields.append(field)
    return fields


def _there(field: ReadField, fields: Sequence[ReadField]) -> bool:
    return any(one.kind is field.kind and _key(one) == _key(field) for one in fields)


def _key(field: ReadField) -> str:
    if field.kind is FieldKind.PHONE:
        return re.sub(r"\D", "", field.value.replace("(0)", ""))[-9:]
    if field.kind is FieldKind.LINK:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", field.value.lower()).rstrip("/")
    return letters(fold(field.value))
