"""Commands on contacts. Each is one undoable step, named in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from planner.changes import Changes
from planner.clock import Clock
from planner.contacts import bulk, checking, filters, merge_writing, pictures, writing
from planner.contacts.bulk import Progress, Stop
from planner.contacts.records import ContactDetails, ParsedContact, Photo, Role, Tie
from planner.errors import Cancelled
from planner.settings.service import SettingsService
from planner.store.store import Store

#: From how many contacts on an import is noted as a run of ids instead of row by row.
_MANY = 200


class ContactService:
    """What can be done to contacts."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def add(self, details: ContactDetails, photo: Photo | None = None, uid: str = "", source: str = "") -> Changes:
        """Add a contact; `changes.new("contact")` is its id. Raises Invalid with the name of the field at fault."""
        name = checking.checked(details).shown_name
        with self._store.write(f"add {name}") as work:
            writing.add(
                work.session, details, self._clock.now(), photo=photo, uid=uid, source=source, region=self._region()
            )
        return work.changes

    def add_many(
        self,
        parsed: Sequence[ParsedContact],
        *,
        source: str = "",
        label: str = "",
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> tuple[Changes, bulk.Added]:
        """Add many contacts in one step. Those that can't be kept are listed with the reason, the others are added.

        Raises Cancelled, with nothing added, when `stop` returns True.
        """
        said = label or (f"add {len(parsed):,} contacts" if len(parsed) != 1 else "add a contact")
        with self._store.write(said, bulk=len(parsed) > _MANY) as work:
            added = bulk.add_many(
                work.session,
                parsed,
                self._clock.now(),
                source=source,
                region=self._region(),
                total=len(parsed),
                progress=progress,
                stop=stop,
            )
        return work.changes, added

    def update(self, id: int, details: ContactDetails) -> Changes:
        """Replace a contact's details; what is the same is not written. Raises NotFound and Invalid."""
        name = checking.checked(details).shown_name
        with self._store.write(f"change {name}") as work:
            writing.change(
                work.session, id, details, self._clock.now(), region=self._region(), today=self._clock.today()
            )
        return work.changes

    def edit(self, id: int, **values: Any) -> Changes:
        """Change some fields of `ContactDetails` by name and leave the others as they are stored by then.

        Raises NotFound and Invalid, and TypeError for a name that is no field.
        """
        with self._store.write(f"change {self._named((id,))}") as work:
            details = replace(writing.one(work.connection, id), **values)
            writing.change(
                work.session, id, details, self._clock.now(), region=self._region(), today=self._clock.today()
            )
        return work.changes

    def set_photo(self, id: int, photo: Photo | None) -> Changes:
        """Give a contact a picture, made upright and small, or take it away. Raises NotFound and Invalid."""
        ready = None if photo is None else pictures.prepared(photo)
        with self._store.write(f"{'remove' if ready is None else 'change'} the photo of {self._named((id,))}") as work:
            before = writing.one(work.connection, id)
            digest = None if ready is None else pictures.keep(work.session, ready)
            writing.change(work.session, id, replace(before, photo=digest), self._clock.now(), region=self._region())
        return work.changes

    def delete(self, ids: Collection[int]) -> Changes:
        """Delete contacts with all that belongs to them; undo brings everything back. Raises NotFound."""
        with self._store.write(f"delete {self._named(ids)}") as work:
            writing.remove(work.session, ids)
        return work.changes

    def merge(self, keep_id: int, other_ids: Collection[int], details: ContactDetails | None = None) -> Changes:
        """Make several contacts one: `keep_id` stays, with all that belonged to the others, which are gone then.

        `details` is what shall stand in it (see `merging.merged`); without, each is merged by default, nothing lost.
        The UIDs of the others are remembered, so that a file that still has them is known. Raises NotFound, Invalid.
        """
        ids = (keep_id, *(id for id in dict.fromkeys(other_ids) if id != keep_id))
        with self._store.write(f"merge {self._named(ids)}") as work:
            merge_writing.merge(work.session, ids[0], ids[1:], self._clock.now(), details, region=self._region())
        return work.changes

    def merge_many(
        self,
        groups: Sequence[tuple[int, Collection[int]]],
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Changes:
        """Merge several groups, each a contact to keep and those to merge into it, by default and in one step.

        Raises Cancelled, with nothing merged, when `stop` returns True; NotFound when someone is gone by now.
        """
        gone = sum(len(others) for _, others in groups)
        with self._store.write(f"merge {gone:,} duplicates" if gone != 1 else "merge a duplicate") as work:
            for done, (keep_id, others) in enumerate(groups, 1):
                merge_writing.merge(work.session, keep_id, others, self._clock.now(), region=self._region())
                if progress:
                    progress(done, len(groups))
                if stop and stop():
                    raise Cancelled
        return work.changes

    def tell_apart(self, ids: Collection[int]) -> Changes:
        """Remember that these contacts are different people: none of them is proposed as a duplicate of another."""
        with self._store.write(f"tell apart {self._named(ids)}") as work:
            merge_writing.tell_apart(work.session, ids)
        return work.changes

    def tag(self, ids: Collection[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Changes:
        """Give tags to contacts and take others away."""
        given, gone = checking.tags(add), checking.tags(remove)
        with self._store.write(_given_and_gone("tag", given, gone, self._named(ids))) as work:
            writing.set_tags(work.session, ids, given, gone, self._clock.now())
        return work.changes

    def set_roles(self, ids: Collection[int], add: Iterable[Role] = (), remove: Iterable[Role] = ()) -> Changes:
        """Give roles to contacts and take others away."""
        given, gone = tuple(Role(role) for role in add), tuple(Role(role) for role in remove)
        with self._store.write(_given_and_gone("role", given, gone, self._named(ids))) as work:
            writing.set_roles(work.session, ids, given, gone, self._clock.now())
        return work.changes

    def set_rhythm(self, ids: Collection[int], days: int | None) -> Changes:
        """Set how often to be in touch, in days; 0 for no rhythm, None to leave it to the role."""
        checking.days(days, "Rhythm", least=0)
        with self._store.write(f"set the rhythm of {self._named(ids)}") as work:
            writing.set_columns(work.session, ids, self._clock.now(), rhythm_days=days)
        return work.changes

    def set_tie(self, ids: Collection[int], tie: Tie | None) -> Changes:
        """Set how strong the relationship is, None for not said."""
        with self._store.write(f"set the tie of {self._named(ids)}") as work:
            writing.set_columns(work.session, ids, self._clock.now(), tie=None if tie is None else Tie(tie).value)
        return work.changes

    def set_matters(self, ids: Collection[int], matters: bool) -> Changes:
        """Mark people as important, or no longer."""
        said = "mark {} as important" if matters else "no longer mark {} as important"
        with self._store.write(said.format(self._named(ids))) as work:
            writing.set_columns(work.session, ids, self._clock.now(), matters=matters)
        return work.changes

    def save_filter(self, name: str, query: str) -> Changes:
        """Save a search under a name; one that has the name already is replaced. Raises Invalid."""
        with self._store.write(f"save the filter “{name.strip()}”") as work:
            filters.save(work.session, name, query)
        return work.changes

    def rename_filter(self, id: int, name: str) -> Changes:
        """Rename a saved filter. Raises NotFound and Invalid."""
        with self._store.write(f"rename a filter to “{name.strip()}”") as work:
            filters.rename(work.session, id, name)
        return work.changes

    def delete_filter(self, id: int) -> Changes:
        """Delete a saved filter. Raises NotFound."""
        with self._store.write("delete a saved filter") as work:
            filters.delete(work.session, id)
        return work.changes

    def _region(self) -> str:
        return self._settings.get().me.country

    def _named(self, ids: Collection[int]) -> str:
        with self._store.read() as session:
            return writing.in_words(session, list(ids))


def _given_and_gone(what: str, given: Sequence[str], gone: Sequence[str], whom: str) -> str:
    parts = [f"add the {what} {_listed(given)} to {whom}"] if given else []
    if gone:
        parts.append(f"remove the {what} {_listed(gone)}" + ("" if given else f" from {whom}"))
    return " and ".join(parts) or f"change {whom}"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
