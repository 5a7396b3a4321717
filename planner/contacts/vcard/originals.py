"""Properties kept beside their fields: which of them still say what the field says, and may be written in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.contacts.records import ContactDetails, VCardProperty
from planner.contacts.vcard.assembly import labelled
from planner.contacts.vcard.fields import reading_of
from planner.contacts.vcard.labels import from_apple
from planner.contacts.vcard.lines import Head
from planner.contacts.vcard.readings import STANDS_FOR, Filled
from planner.contacts.vcard.values import unescape


def stands_for(item: VCardProperty) -> str:
    """The field that a property also fills, or an empty text."""
    return next((values[0] for name, values in item.params if name == STANDS_FOR and values), "")


def without_mark(item: VCardProperty) -> VCardProperty:
    """The property as it stood in its file."""
    params = tuple(param for param in item.params if param[0] != STANDS_FOR)
    return VCardProperty(item.name, item.value, params, item.group)


def other_properties(details: ContactDetails) -> tuple[VCardProperty, ...]:
    """The properties that no field shows, in the order they were read."""
    return tuple(item for item in details.extras if not stands_for(item))


def joined_extras(first: Iterable[VCardProperty], second: Iterable[VCardProperty]) -> tuple[VCardProperty, ...]:
    """The properties of two cards in one. Groups of the second that the first uses too get names of their own."""
    kept = list(first)
    used = {item.group.lower() for item in kept if item.group}
    renamed: dict[str, str] = {}
    seen = set(kept)
    for item in second:
        if item in seen and not item.group:
            continue
        group = item.group
        if group and group.lower() in used:
            group = renamed.setdefault(group.lower(), "") or next(free_groups(used | set(renamed.values())))
            renamed[item.group.lower()] = group
        kept.append(VCardProperty(item.name, item.value, item.params, group))
    return tuple(kept)


def free_groups(used: Iterable[str]) -> Iterator[str]:
    """Names for new groups (`item1`, `item2` …) that are not used yet."""
    taken = {name.lower() for name in used}
    number = 0
    while True:
        number += 1
        if f"item{number}" not in taken:
            yield f"item{number}"


class Originals:
    """The properties in `extras` that stand for a field, found by the field and its value."""

    def __init__(self, extras: Iterable[VCardProperty]) -> None:
        self.others: list[VCardProperty] = []
        self.photo: VCardProperty | None = None
        self._by_value: dict[tuple[str, object], list[VCardProperty]] = {}
        self._labels: dict[str, VCardProperty] = {}
        self._phonetic: list[tuple[tuple[int, str], VCardProperty]] = []
        marked: list[tuple[str, VCardProperty]] = []
        for item in extras:
            field = stands_for(item)
            if not field:
                self.others.append(item)
            elif field == "labelled":
                self._labels[item.group.lower()] = without_mark(item)
            elif field == "photo":
                self.photo = without_mark(item)
            else:
                marked.append((field, without_mark(item)))
        for field, item in marked:
            self._add(field, item)
        if self._phonetic:
            whole = " ".join(text for (_, text), _ in sorted(self._phonetic, key=_first))
            self._by_value["phonetic", whole] = [item for _, item in self._phonetic]

    def _add(self, field: str, item: VCardProperty) -> None:
        encoding = "B" if any(name == "ENCODING" for name, _ in item.params) else ""
        reading = reading_of(Head(item.group, item.name, item.params, encoding))
        value = reading.read(item.value) if reading.read is not None else None
        if isinstance(value, Filled):
            value = value.value
        if value is None:
            # No longer readable as a field: not ours to drop.
            self.others.append(item)
            return
        if isinstance(value, tuple) and field == "phonetic":
            self._phonetic.append((value, item))
            return
        label = self._labels.get(item.group.lower()) if item.group else None
        if label is not None:
            value = labelled(value, from_apple(unescape(label.value))[0])[0]
        self._by_value.setdefault((field, value), []).append(item)

    def take(self, field: str, value: object) -> list[VCardProperty]:
        """What may be written for a field's value; each property is given out once."""
        found = self._by_value.get((field, value))
        if not found:
            return []
        if field == "phonetic":
            return self._by_value.pop((field, value))
        item = found.pop(0)
        label = self._labels.pop(item.group.lower(), None) if item.group else None
        return [item] if label is None else [item, label]

    def remaining(self, field: str) -> list[tuple[object, VCardProperty]]:
        """The values and properties of a field not yet given out."""
        return [(value, item) for (name, value), items in self._by_value.items() if name == field for item in items]


def _first(pair: tuple[tuple[int, str], VCardProperty]) -> tuple[int, str]:
    return pair[0]
