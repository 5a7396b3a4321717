"""Properties become a contact, and what its fields can't say stays beside them in `extras`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from planner.contacts.records import (
    Address,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Photo,
    VCardProperty,
    is_east_asian,
)
from planner.contacts.vcard import private
from planner.contacts.vcard.fields import PHONETIC
from planner.contacts.vcard.labels import from_apple, to_apple
from planner.contacts.vcard.lines import Head
from planner.contacts.vcard.readings import LONGEST_LINE, LONGEST_TEXT, STANDS_FOR, Filled, Reading
from planner.contacts.vcard.ways import several_of

_LISTS = frozenset(("emails", "phones", "addresses", "links", "dates"))
_TUPLES = _LISTS | {"tags"}
_SINGLE = frozenset(("name", "title", "nickname", "time_zone", "pronouns", "field", "uid"))
_ORGANISATION = ("organisation", "department")
_NAME_ORDER = ("prefix", "given", "additional", "family", "suffix")
_NAME_PARTS = ("family", "given", "additional", "prefix", "suffix")
_MOST_VALUES = 500


@dataclass(slots=True)
class Assembled:
    """What the properties of one card amount to."""

    details: ContactDetails
    uid: str
    photo: Photo | None


@dataclass(slots=True)
class _Entry:
    """A property that fills a field: where it stood among all, what it says, and whether the field says it all."""

    index: int
    head: Head
    raw: str
    field: str
    value: object
    exact: bool


class Assembly:
    """Takes the properties of one card one by one."""

    __slots__ = ("_count", "_entries", "_extras", "_named", "_private", "_values")

    def __init__(self) -> None:
        self._count = 0
        # What waits for the end of the card, since it belongs to others: groups and the parts of a spoken name.
        self._entries: list[_Entry] = []
        self._extras: list[tuple[int, VCardProperty]] = []
        self._values: dict[str, Any] = {}
        self._private: dict[str, object] = {}
        self._named = False

    def add(self, reading: Reading, raw: str) -> None:
        """One property, its value decoded and escaped as in vCard 3.0."""
        self.add_all(((reading, raw),))

    def add_all(self, properties: Iterable[tuple[Reading, str]]) -> None:
        """Properties as for `add`, in their order."""
        values = self._values
        for reading, raw in properties:
            self._count += 1
            name, read = reading.field, reading.read
            found = read(raw) if read is not None and (len(raw) <= LONGEST_TEXT or name == "photo") else None
            if found is None:
                if read is not None and len(parts := several_of(name, raw)) > 1 and all(map(read, parts)):
                    # Set in a row on one line, as people do who write cards by hand.
                    self.add_all([(reading, part) for part in parts])
                # A field without a value says nothing; anything else may.
                elif read is None or raw.strip(";, "):
                    head = reading.head
                    self._extras.append((self._count, VCardProperty(head.name, raw, head.params, head.group)))
                continue
            if reading.exact and type(found) is not Filled and not reading.head.group:
                # The usual case of most lines, without what the others need.
                if name in _LISTS:
                    listed = values.get(name)
                    if listed is None:
                        values[name] = [found]
                        continue
                    if len(listed) < _MOST_VALUES:
                        listed.append(found)
                        continue
                elif type(found) is str:
                    if name in _SINGLE and name not in values and len(found) <= LONGEST_LINE:
                        values[name] = found
                        continue
                elif name == "structured" and not self._named and len(raw) <= LONGEST_LINE:
                    self._name(found)
                    continue
            self._add_unusual(reading, raw, found)

    def _add_unusual(self, reading: Reading, raw: str, found: object) -> None:
        head, name, exact = reading.head, reading.field, reading.exact
        if type(found) is Filled:
            exact = exact and found.exact
            name, found = found.field, found.value
        if head.group or name == "phonetic":
            entry = _Entry(self._count, head, raw, name, found, exact)
            # Holds the place of the value, which may get a label yet.
            if name not in _LISTS or self._place(name, entry, exact):
                self._entries.append(entry)
            else:
                self._extras.append((self._count, _property(head, raw, stands_for="")))
        elif not self._place(name, found, exact):
            self._extras.append((self._count, _property(head, raw, stands_for="")))
        elif not exact:
            self._extras.append((self._count, _property(head, raw, stands_for=name)))

    def unread(self, line: str) -> None:
        """A line that is no property: kept, so that nothing is lost."""
        self._count += 1
        self._extras.append((self._count, VCardProperty("X-RAPPORT-UNREAD", line.replace("\\", "\\\\"))))

    def finish(self) -> Assembled:
        """The contact."""
        if self._entries:
            self._finish_entries()
        values = self._values
        if "phonetic" in values:
            values["phonetic"] = " ".join(text for _, text in sorted(values["phonetic"]))
        if "tags" in values:
            values["tags"] = dict.fromkeys(values["tags"])
        for name in values:
            if name in _TUPLES:
                values[name] = tuple(values[name])
        if self._private:
            for name in private.apply(self._private, values):
                self._extras.append((self._count, VCardProperty(name, str(self._private[name]))))
        if self._extras:
            values["extras"] = tuple([item for _, item in self._extras])
        uid = values.pop("uid", "")
        photo = values.pop("photo", None)
        name = values.pop("name", "")
        # What the parts give by themselves need not be kept; which way round they give it, their script tells.
        if name and (
            name != " ".join([values[part] for part in _NAME_ORDER if part in values])
            or (not name.isascii() and is_east_asian(name.replace(" ", "")))
        ):
            values["name"] = name
        details = ContactDetails(**values)
        if name and details.name and details.made_name == name:
            details = replace(details, name="")
        return Assembled(details, uid, photo)

    def _finish_entries(self) -> None:
        """Puts in their places what waited, now that all of its group is known."""
        self._label_groups()
        phonetic = [entry for entry in self._entries if entry.field == "phonetic"]
        for entry in phonetic if len(phonetic) > 1 else ():
            entry.exact = False
        for entry in self._entries:
            placed = (
                entry.field in _LISTS or entry.field == "labelled" or self._place(entry.field, entry.value, entry.exact)
            )
            if not placed or not entry.exact:
                item = _property(entry.head, entry.raw, stands_for=entry.field if placed else "")
                self._extras.append((entry.index, item))
        for name in _LISTS & self._values.keys():
            self._values[name] = [item.value if type(item) is _Entry else item for item in self._values[name]]
        self._extras.sort(key=_first)

    def _place(self, name: str, value: Any, exact: bool) -> bool:
        """Puts a value into its field; False where the field is taken or can't hold it."""
        values = self._values
        if name in _TUPLES:
            found = values.get(name)
            if found is None:
                found = values[name] = []
            elif len(found) >= _MOST_VALUES:
                return False
            if name != "tags":
                found.append(value)
            elif len(found) + len(value) <= _MOST_VALUES:
                found.extend(value)
            else:
                return False
            return True
        if name == "structured":
            if self._named or max(map(len, value)) > LONGEST_LINE:
                return False
            self._name(value)
            return True
        if name in values:
            if name == "phonetic" and len(values[name]) < len(PHONETIC):
                values[name].append(value)
                return True
            return name == "notes" and self._more_notes(value, exact)
        return self._place_single(name, value)

    def _name(self, value: Any) -> None:
        self._named = True
        for part, text in zip(_NAME_PARTS, value, strict=True):
            if text:
                self._values[part] = text

    def _more_notes(self, value: str, exact: bool) -> bool:
        """A further note goes below the first, unless that would lose what else one of them says."""
        whole = f"{self._values['notes']}\n\n{value}"
        # Of the first the line as it was is kept only as long as it still is what the field says.
        says_more = any(one.name == "NOTE" for _, one in self._extras) or any(
            entry.field == "notes" and not entry.exact for entry in self._entries
        )
        if not exact or says_more or len(whole) > LONGEST_TEXT:
            return False
        self._values["notes"] = whole
        return True

    def _place_single(self, name: str, value: Any) -> bool:
        values = self._values
        if name == "organisation":
            if "department" in values or max(map(len, value)) > LONGEST_LINE:
                return False
            values.update((part, text) for part, text in zip(_ORGANISATION, value, strict=True) if text)
        elif name == "phonetic":
            values[name] = [value]
        elif name in private.NAMES:
            if name in self._private:
                return False
            self._private[name] = value
        elif name == "label" or (name in _SINGLE and len(value) > LONGEST_LINE):
            return False
        else:
            values[name] = value
        return True

    def _label_groups(self) -> None:
        """Gives Apple's labels to what they stand beside; a group that a field can't say in full is kept whole."""
        groups: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            if entry.head.group:
                groups.setdefault(entry.head.group.lower(), []).append(entry)
        shared = {item.group.lower() for _, item in self._extras if item.group}
        for name, members in groups.items():
            labels = [entry for entry in members if entry.field == "label"]
            others = [entry for entry in members if entry.field in _LISTS]
            if len(labels) == 1 and others:
                self._label(labels[0], others)
            exact = name not in shared and all(entry.exact or entry in labels for entry in members) and len(others) == 1
            if not exact and len(members) + (name in shared) > 1:
                for entry in members:
                    entry.exact = False
        # A label that was given away is not kept on its own.
        self._entries = [entry for entry in self._entries if not (entry.field == "labelled" and entry.exact)]

    def _label(self, label: _Entry, others: list[_Entry]) -> None:
        text, apple = from_apple(str(label.value))
        if not text or len(text) > LONGEST_LINE:
            return
        label.field = "labelled"
        label.exact = True
        for entry in others:
            entry.value, said = labelled(entry.value, text)
            entry.exact = entry.exact and said and (not apple or to_apple(text) == label.value)


def labelled(value: object, text: str) -> tuple[object, bool]:
    """A value under a label, and whether the label takes no other's place."""
    if isinstance(value, PartialDate):
        if value.kind is DateKind.OTHER:
            for kind in (DateKind.ANNIVERSARY, DateKind.WORK_ANNIVERSARY, DateKind.BIRTHDAY):
                if text.lower() == kind.value:
                    return replace(value, kind=kind), text == kind.value
        return replace(value, label=text), True
    if isinstance(value, Email | Phone | Address | Link):
        return replace(value, label=text), not value.label
    return value, False


def _first(item: tuple[int, VCardProperty]) -> int:
    return item[0]


def _property(head: Head, raw: str, stands_for: str) -> VCardProperty:
    params = head.params
    if stands_for:
        params = (*params, (STANDS_FOR, (stands_for,)))
        if stands_for == "photo":
            # The picture is kept elsewhere; only what was said about it stays here.
            raw = ""
    return VCardProperty(head.name, raw, params, head.group)
