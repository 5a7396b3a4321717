"""The half of a run that writes there, card by card; each is remembered as soon as it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from planner.addressbooks import card
from planner.addressbooks.card import Card
from planner.addressbooks.decide import Action, Create, Delete, MergeThere, Theirs, Update
from planner.addressbooks.fields import Fields, with_fields
from planner.addressbooks.gather import Person, selected
from planner.addressbooks.groups import PREFIX, Group
from planner.addressbooks.merge import Merge
from planner.addressbooks.standing import keep_group
from planner.addressbooks.state import Run
from planner.clock import Clock
from planner.contacts import pictures
from planner.contacts.records import ContactDetails, Photo
from planner.contacts.vcard import Version
from planner.dav import errors
from planner.dav.client import DavClient
from planner.dav.limits import Limits, limits
from planner.errors import Cancelled
from planner.store.store import Store

Progress = Callable[[int, int], object]


class Sending:
    """Writes what a run decided to write. Changes somebody made meanwhile are left to the next run."""

    def __init__(self, run: Run, store: Store, clock: Clock, client: DavClient) -> None:
        self._run = run
        self._store = store
        self._clock = clock
        self._client = client
        self._limits: Limits | None = None
        self._forbidden, self._allowed = "", False
        self._unconfirmed: dict[str, tuple[str, Merge, Fields]] = {}

    def all(self, actions: Iterable[Action], progress: Progress, cancelled: Callable[[], bool]) -> bool:
        """Write, item by item; returns whether there was anything to write."""
        outgoing = [one for one in actions if _writes(one)]
        categories = self._assign(outgoing)
        regrouped = self._groups()
        for number, action in enumerate(outgoing):
            if cancelled():
                raise Cancelled
            progress(number, len(outgoing))
            self._one(action, categories)
        self._confirm()
        return regrouped or bool(outgoing)

    # --- groups

    def _assign(self, outgoing: Iterable[Action]) -> dict[str, list[str]]:
        """The categories each written card is to have, once groups have taken the tags that are theirs."""
        run, found = self._run, {}
        for action in outgoing:
            uid = action.uid
            match action:
                case Create():
                    found[uid] = run.groups.assign(run.person(uid).fields["tags"], (), uid)
                case Update(path=path, merge=merge) if "tags" in merge.there and (read := run.current(uid, path)):
                    found[uid] = run.groups.assign(merge.there["tags"], read.details.tags, read.uid or uid)
        return found

    def _groups(self) -> bool:
        run = self._run
        changed = run.groups.changed()
        for group in changed:
            self._group(group)
        for group in run.groups.by_path.values():
            keep_group(run.memory, group)
        for path in run.standing.groups.keys() - run.groups.by_path.keys():
            run.memory.forget(PREFIX + path)
        run.memory.flush()
        return bool(changed)

    def _group(self, group: Group) -> None:
        run = self._run
        if group.card is None:
            for found in run.items.fetch([group.path]):
                read = card.read(found.data, found.path, found.etag)
                group.card = read if isinstance(read, card.GroupCard) and read.etag == group.etag else None
        if group.card is None:
            group.etag = ""  # changed since: the next run reads it anew
            return
        try:
            group.etag = run.items.replace(
                group.path, card.group_text(group.card, group.wanted, self._clock.now()), group.etag
            )
            group.members = frozenset(group.wanted)
        except errors.Changed:
            group.etag = ""

    # --- people

    def _one(self, action: Action, categories: dict[str, list[str]]) -> None:
        run, uid = self._run, action.uid
        match action:
            case Create():
                self._put_new(run.person(uid), categories)
            case Update(path=path, merge=merge):
                if merge.here and uid not in run.people:
                    return  # not taken over here, so not written there either; it is looked at again
                self._put_changed(run.person(uid), path, merge, categories)
            case Delete(path=path, etag=etag) | MergeThere(path=path, etag=etag):
                if isinstance(action, MergeThere) and run.current(uid, path) is None:
                    run.look_again(uid, path)
                    return
                try:
                    run.items.delete(path, etag)
                except errors.Changed:
                    run.look_again(uid, path)
                    return
                run.memory.forget(uid)
                run.outcome.tell("deleted", uid, run.name(uid))

    def _put_new(self, person: Person, categories: dict[str, list[str]]) -> None:
        run, uid = self._run, person.uid
        if run.rests(person):
            return
        if sent := self._create(person, categories[uid]):
            self._agree(uid, Merge(), person.fields, sent)
            run.outcome.tell("created", uid, run.name(uid))
        elif uid not in run.refused:
            run.incomplete = True  # somebody may have put it there since
            run.outcome.postponed += 1

    def _put_changed(self, person: Person, path: str, merge: Merge, categories: dict[str, list[str]]) -> None:
        run, uid = self._run, person.uid
        if run.rests(person):
            return
        read = run.current(uid, path)
        sent = self._replace(read, person, merge.there, categories.get(uid)) if read else None
        if sent is not None:
            self._agree(uid, merge, person.fields, sent)
            run.outcome.tell("replaced", uid, run.name(uid))
        elif uid not in run.refused:
            run.look_again(uid, path)

    def _agree(self, uid: str, merge: Merge, ours: Fields, sent: Card) -> None:
        theirs = self._run.fields(sent)
        one = Theirs(uid, sent.path, sent.etag, theirs, selected(theirs, self._run.options))
        self._run.agree(uid, merge, ours, one, sent)
        if not sent.etag:
            self._unconfirmed[sent.path] = uid, merge, ours

    def _confirm(self) -> None:
        """Read what the server made of the cards for which it gave no entity tag: that is what both sides agree on."""
        waiting, self._unconfirmed = self._unconfirmed, {}
        for found in self._run.items.fetch(waiting):
            try:
                read = card.read(found.data, found.path, found.etag)
            except card.Unreadable:
                continue
            if isinstance(read, Card) and read.etag:
                self._agree(*waiting[found.path], read)

    def _create(self, person: Person, categories: list[str]) -> Card | None:
        fields = person.fields | {"tags": categories, "photo": ""}
        extras = tuple(item for item in person.details.extras if item.name != "UID")
        details = replace(with_fields(ContactDetails(), fields), extras=extras)
        version: Version = "4.0" if self._known_limits().versions == {"4.0"} else "3.0"
        name = card.file_name(person.uid)

        def put(text: str) -> tuple[str, str]:
            return self._run.items.create(name, text)

        return self._put(person, details, person.uid, version, self._photo(person.details.photo), put)

    def _replace(self, read: Card, person: Person, there: Fields, categories: list[str] | None) -> Card | None:
        values = there if categories is None else there | {"tags": categories}
        details = card.changed(read, values, person.details.extras)
        photo = self._photo(there["photo"]) if "photo" in there else read.own_photo

        def put(text: str) -> tuple[str, str]:
            return read.path, self._run.items.replace(read.path, text, read.etag)

        return self._put(person, details, read.uid or person.uid, read.version, photo, put)

    def _put(
        self,
        person: Person,
        details: ContactDetails,
        uid: str,
        version: Version,
        photo: Photo | None,
        put: Callable[[str], tuple[str, str]],
    ) -> Card | None:
        """Put a card, without its picture where it is too large with it. None where it could not be put."""
        largest, refused = self._known_limits().largest, ""
        for picture in (photo, None) if photo else (None,):
            text = card.written(details, uid, version, picture, self._clock.now())
            if largest is not None and len(text.encode()) > largest:
                refused = f"the server takes cards of at most {largest // 1024:,} KB"
                continue
            try:
                path, etag = put(text)
            except errors.Changed:
                return None
            except errors.Refused as error:
                refused = error.reason
                continue
            except errors.Forbidden:
                # This card alone may be meant; where none is allowed, the address book is.
                if self._forbidden and not self._allowed:
                    self._run.refused.pop(self._forbidden, None)
                    raise
                self._forbidden, refused = person.uid, "it does not allow that"
                break
            self._allowed = True
            if picture is not photo:
                self._run.outcome.notices.append(f"{person.details.shown_name} went without the photo: {refused}")
            sent = card.read(text, path, etag)
            assert isinstance(sent, Card)
            return sent
        self._run.refuse(person, refused)
        return None

    def _photo(self, digest: str | None) -> Photo | None:
        if not digest:
            return None
        with self._store.read() as session:
            return pictures.find(session, digest)

    def _known_limits(self) -> Limits:
        if self._limits is None:
            self._limits = limits(self._client, self._run.book.url)
        return self._limits


def _writes(action: Action) -> bool:
    return isinstance(action, Create | Delete | MergeThere) or (isinstance(action, Update) and bool(action.merge.there))
