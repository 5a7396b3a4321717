"""Contacts from files: what is new is added, what is here already stays as it is, and every item is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, select

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import bulk, checking, pictures
from planner.contacts.bulk import Progress, Stop, in_batches
from planner.contacts.keys import sort_key
from planner.contacts.mapping import CONTACT, read_contacts
from planner.contacts.merge_writing import merged_uids
from planner.contacts.records import ContactDetails, FailedItem, ParsedContact
from planner.contacts.vcard import read_vcards
from planner.errors import Cancelled, FileUnreadable, Invalid
from planner.settings.service import SettingsService
from planner.store.store import Store

#: A file is a person's address book, not a disk image.
LARGEST = 2_000_000_000

#: From how many contacts on an import is noted as a run of ids instead of row by row.
_MANY = 200


class ImportState(StrEnum):
    """What became of an item."""

    NEW = "new"
    KNOWN = "known"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One item of a file and what became of it.

    `contact_id` is the contact that was added, or that was here. `reason` says why it failed, or what is to be known
    about it; `source_text` is what stood in the file, for what failed.
    """

    file: str
    position: int
    name: str
    state: ImportState
    contact_id: int | None = None
    reason: str = ""
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All items of an import, in the order of the files."""

    items: tuple[ImportedItem, ...] = ()

    def of(self, state: ImportState) -> tuple[ImportedItem, ...]:
        """The items that ended so."""
        return tuple(item for item in self.items if item.state is state)

    @property
    def ids(self) -> tuple[int, ...]:
        """The contacts that were added or were here."""
        return tuple(dict.fromkeys(item.contact_id for item in self.items if item.contact_id is not None))

    @property
    def summary(self) -> str:
        """In words: "12 added, 3 already here, 1 could not be read"."""
        counts = {state: len(self.of(state)) for state in ImportState}
        parts = [f"{counts[ImportState.NEW]:,} added"] if counts[ImportState.NEW] else []
        if counts[ImportState.KNOWN]:
            parts.append(f"{counts[ImportState.KNOWN]:,} already here")
        if counts[ImportState.FAILED]:
            parts.append(f"{counts[ImportState.FAILED]:,} could not be read")
        return ", ".join(parts) or "no contacts in it"


@dataclass(slots=True)
class _Item:
    """An item on its way; `outcome` once it is decided."""

    file: str
    parsed: ParsedContact
    notes: tuple[str, ...] = ()
    outcome: ImportedItem | None = None

    def ends(self, state: ImportState, id: int | None = None, reason: str = "") -> None:
        said = "; ".join((*((reason,) if reason else ()), *self.notes))
        text = self.parsed.source_text if state is ImportState.FAILED or self.notes else ""
        name = self.parsed.details.shown_name
        self.outcome = ImportedItem(self.file, self.parsed.position, name, state, id, said, text)


class ContactImport:
    """Brings contacts in from files and pasted text. One import is one undoable step."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def files(
        self, paths: Sequence[Path], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> tuple[Changes, ImportReport]:
        """Import vCard files.

        `progress` hears done and total while contacts are written; both are 0 while files are read. Raises Cancelled
        with nothing added when `stop` returns True. A file that can't be opened is one failed item and costs the others
        nothing.
        """
        items: list[_Item] = []
        failed: list[ImportedItem] = []
        for path in paths:
            try:
                if path.stat().st_size > LARGEST:
                    raise FileUnreadable(path, "it is larger than 2 GB")
                self._read(read_vcards(path), path.name, items, failed, progress, stop)
            except OSError as error:
                reason = error.strerror or str(error)
                failed.append(ImportedItem(path.name, 0, path.name, ImportState.FAILED, reason=reason))
            except FileUnreadable as error:
                failed.append(ImportedItem(path.name, 0, path.name, ImportState.FAILED, reason=error.reason))
        label = f"import “{paths[0].name}”" if len(paths) == 1 else f"import {len(paths)} files"
        return self._save(items, failed, label, progress, stop)

    def text(self, text: str) -> tuple[Changes, ImportReport]:
        """Import the vCards in a text, as it was pasted or dropped."""
        items: list[_Item] = []
        failed: list[ImportedItem] = []
        self._read(read_vcards(text.encode("utf-8", "replace")), "", items, failed, None, None)
        return self._save(items, failed, "paste contacts", None, None)

    @staticmethod
    def _read(
        found: Iterator[ParsedContact | FailedItem],
        file: str,
        items: list[_Item],
        failed: list[ImportedItem],
        progress: Progress | None,
        stop: Stop | None,
    ) -> None:
        for count, one in enumerate(found):
            if isinstance(one, FailedItem):
                failed.append(
                    ImportedItem(
                        file, one.position, "", ImportState.FAILED, reason=one.reason, source_text=one.source_text
                    )
                )
            else:
                items.append(_Item(file, one))
            if count % 500 == 0:
                if progress:
                    progress(0, 0)
                if stop and stop():
                    raise Cancelled

    def _save(
        self,
        items: list[_Item],
        failed: list[ImportedItem],
        label: str,
        progress: Progress | None,
        stop: Stop | None,
    ) -> tuple[Changes, ImportReport]:
        for item in items:
            _tidy(item)
        with self._store.write(label, bulk=len(items) > _MANY) as work:
            _tell_known(work.connection, [item for item in items if item.outcome is None])
            new = [item for item in items if item.outcome is None]
            numbered = [replace(item.parsed, position=number) for number, item in enumerate(new)]
            added = bulk.add_many(
                work.session,
                numbered,
                self._clock.now(),
                source="vcard",
                region=self._settings.get().me.country,
                total=len(new),
                progress=progress,
                stop=stop,
            )
            for number, id in added.ids.items():
                new[number].ends(ImportState.NEW, id)
            for one in added.failed:
                new[one.position].ends(ImportState.FAILED, reason=one.reason)
        outcomes = [item.outcome for item in items if item.outcome is not None]
        order = {file: place for place, file in enumerate(dict.fromkeys([one.file for one in (*outcomes, *failed)]))}
        outcomes = sorted((*outcomes, *failed), key=lambda one: (order[one.file], one.position))
        return work.changes, ImportReport(tuple(outcomes))


def _tidy(item: _Item) -> None:
    """Put aside single values that can't be kept, so that they don't cost the contact; or end the item."""
    parsed = item.parsed
    notes: list[str] = []
    details, aside = salvaged(parsed.details)
    if aside:
        notes.append(f"kept in the notes, not understood: {', '.join(aside)}")
    photo = parsed.photo
    if photo is not None:
        try:
            photo = pictures.prepared(photo)
        except Invalid as error:
            notes.append(f"added without the picture: {error.reason}")
            photo = None
    item.notes = (*notes, *(f"check {name}: {doubt}" for name, doubt in parsed.doubts.items()))
    try:
        item.parsed = replace(parsed, details=checking.checked(details), photo=photo)
    except Invalid as error:
        item.ends(ImportState.FAILED, reason=f"{error.field}: {error.reason}")


def salvaged(details: ContactDetails) -> tuple[ContactDetails, tuple[str, ...]]:
    """The details without values that can't be kept, and those in words; they also stand at the end of the notes."""
    aside: list[str] = []
    changed: dict[str, object] = {}
    for field, (check, label) in checking.CHECKS.items():
        values = getattr(details, field)
        good = tuple(value for value in values if _passes(check, value))
        if len(good) != len(values):
            changed[field] = good
            aside += [f"{label} “{_raw(value)}”" for value in values if value not in good and _raw(value)]
    if details.time_zone and not checking.is_zone(details.time_zone.strip()):
        changed["time_zone"] = ""
        aside.append(f"Time zone “{_raw(details.time_zone)}”")
    if not changed:
        return details, ()
    if aside:
        changed["notes"] = "\n".join(part for part in (details.notes.rstrip(), *aside) if part)
    return replace(details, **changed), tuple(aside)  # type: ignore[arg-type]  # names of fields, with their own values


def _passes(check: Callable[[object], object], value: object) -> bool:
    try:
        check(value)
    except Invalid:
        return False
    return True


def _raw(value: object) -> str:
    for name in ("address", "number", "url", "value"):
        if isinstance(text := getattr(value, name, None), str):
            return _printable(text)
    return _printable(value) if isinstance(value, str) else ""


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text.strip())[:200]


def _tell_known(connection: Connection, items: Sequence[_Item]) -> None:
    """End the items that are here already, by UID or with exactly the same details, and those that come twice."""
    by_uid = _by_uid(connection, {item.parsed.uid for item in items if item.parsed.uid})
    alike = _alike(connection, {sort_key(item.parsed.details) for item in items})
    here = read_contacts(connection, {*by_uid.values()})
    seen_uids: set[str] = set()
    seen: set[ContactDetails] = set()
    for item in items:
        uid, details = item.parsed.uid, _comparable(item.parsed.details)
        if uid in by_uid:
            same = _comparable(here[by_uid[uid]].details) == details
            reason = "" if same else "it differs from the file; yours was left as it is"
            item.ends(ImportState.KNOWN, by_uid[uid], reason)
        elif details in alike:
            item.ends(ImportState.KNOWN, alike[details])
        elif (uid and uid in seen_uids) or details in seen:
            item.ends(ImportState.KNOWN, reason="it stands in the file twice")
        seen_uids.add(uid)
        seen.add(details)


def _comparable(details: ContactDetails) -> ContactDetails:
    """What makes two contacts equal: not when and by which program they were written, nor how a picture was packed."""
    extras = tuple(one for one in details.extras if one.name not in ("REV", "PRODID"))
    return replace(details, photo=None, extras=extras)


def _by_uid(connection: Connection, uids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = sorted(uids)
    for start in range(0, len(wanted), 500):
        statement = select(CONTACT.c.uid, CONTACT.c.id).where(CONTACT.c.uid.in_(wanted[start : start + 500]))
        found.update((row.uid, row.id) for row in connection.execute(statement))
    # Those that were merged into another go by its name now.
    merged = merged_uids(connection) if len(found) < len(wanted) else {}
    return found | {uid: merged[uid] for uid in wanted if uid in merged and uid not in found}


def _alike(connection: Connection, keys: Iterable[str]) -> dict[ContactDetails, int]:
    found: dict[ContactDetails, int] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        statement = select(CONTACT.c.id).where(CONTACT.c.sort_key.in_(wanted[start : start + 500]))
        for batch in in_batches(connection.scalars(statement)):
            for id, contact in read_contacts(connection, batch).items():
                found.setdefault(_comparable(contact.details), id)
    return found
