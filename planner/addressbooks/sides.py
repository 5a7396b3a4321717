"""Both sides of an address book, put side by side: who is who, and who was merged into whom."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.addressbooks import card, gather, matching
from planner.addressbooks.card import Card, GroupCard
from planner.addressbooks.decide import Action, MergeThere, Situation, Theirs, Update
from planner.addressbooks.fields import Fields
from planner.addressbooks.groups import Group, Groups
from planner.addressbooks.standing import Link
from planner.addressbooks.state import Run
from planner.contacts.merging import uids_of
from planner.dav.presence import Presence, present
from planner.errors import Cancelled
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class _New:
    """A card that is linked with nobody yet."""

    read: Card
    fields: Fields
    uid: str


def read_there(run: Run, cancelled: Callable[[], bool]) -> Presence:
    """Read what is new or changed there into the run; returns what stands there."""
    there = present(run.items, run.book.token, run.standing.etags)
    _read(run, there.etags, cancelled)
    if run.options.tag and run.book.token and _regrouped(run):
        # A group gives its tag also to cards that were none of our business: look at all of them.
        there = present(run.items, "", run.standing.etags)
        _read(run, there.etags, cancelled)
    return there


def situation(run: Run, store: Store, etags: dict[str, str]) -> Situation:
    """Both sides as `decide` takes them."""
    linked = {link.known.path: uid for uid, link in run.standing.links.items() if link.known.path}
    theirs: dict[str, Theirs] = {}
    for path, uid in linked.items():
        if path in run.cards:
            theirs[uid] = _theirs(run, uid, run.cards[path], run.fields(run.cards[path]))
        elif path in etags:
            theirs[uid] = _as_known(run, run.standing.links[uid])
    new = {path: _New(read, run.fields(read), _uid_of(read)) for path, read in run.cards.items() if path not in linked}
    merged = _merged(run, theirs)
    found = _match(run, new, theirs, merged)
    for path, one in new.items():
        uid = found.get(path) or one.uid
        if uid in theirs or (path not in found and uid in run.here.people):
            # Two cards under one UID: the second is somebody of their own.
            uid = str(uuid.uuid5(uuid.NAMESPACE_URL, path))
        theirs[uid] = _theirs(run, uid, one.read, one.fields)
    run.theirs = theirs
    return Situation(
        gather.ours(run.here, run.options, _history(run, store)),
        theirs,
        {uid: link.known for uid, link in run.standing.links.items()},
        merged,
        run.standing.asked,
        run.standing.left_out,
        run.region,
    )


def fetch(run: Run, actions: Iterable[Action]) -> None:
    """Read the cards whose content is needed and that have not been read yet."""
    wanted = [
        one.path
        for one in actions
        if isinstance(one, MergeThere) or (isinstance(one, Update) and (one.merge.here or one.merge.there))
    ]
    for found in run.items.fetch(path for path in wanted if path not in run.cards):
        try:
            read = card.read(found.data, found.path, found.etag)
        except card.Unreadable:
            continue
        if isinstance(read, Card):
            run.cards[found.path] = read


def _read(run: Run, etags: dict[str, str], cancelled: Callable[[], bool]) -> None:
    known = run.standing.etags
    groups = {path: group for path, group in run.standing.groups.items() if path in etags}
    groups |= {path: group for path, group in run.groups.by_path.items() if path in etags}
    wanted = [path for path, etag in etags.items() if not etag or known.get(path) != etag]
    answered = set(run.cards)
    for found in run.items.fetch(path for path in wanted if path not in run.cards):
        if cancelled():
            raise Cancelled
        answered.add(found.path)
        try:
            read = card.read(found.data, found.path, found.etag)
        except card.Unreadable as reason:
            text = f"{found.path.rsplit('/', 1)[-1]}: {reason}"
            if text not in run.outcome.unreadable:
                run.outcome.unreadable.append(text)
            continue
        if isinstance(read, GroupCard):
            groups[found.path] = Group.read(read)
        else:
            run.cards[found.path] = read
    for path in wanted:
        if path not in answered and not etags[path]:
            # The server never said that it is there: it was only remembered to be looked at again.
            del etags[path]
            groups.pop(path, None)
    run.groups = Groups(groups.values())


def _regrouped(run: Run) -> bool:
    tag = run.options.tag.casefold()
    now, before = (
        {group.path: group.members for group in groups if group.name.casefold() == tag}
        for groups in (run.groups.by_path.values(), run.standing.groups.values())
    )
    return now != before


def _match(run: Run, new: dict[str, _New], theirs: dict[str, Theirs], merged: dict[str, str]) -> dict[str, str]:
    # A card that has moved keeps its UID, which need not be that of the person here.
    moved = {link.card_uid: uid for uid, link in run.standing.links.items() if link.card_uid and uid not in theirs}
    free = {uid: person.fields for uid, person in run.here.people.items() if uid not in theirs}
    unmatched = [matching.Unmatched(path, one.uid, one.fields) for path, one in new.items()]
    return matching.match(unmatched, free, merged | moved, region=run.region)


def _history(run: Run, store: Store) -> set[str]:
    """Asked only of those whom a deletion there would concern."""
    people = run.here.people
    gone = {people[uid].id: uid for uid in run.standing.links if uid in people and uid not in run.theirs}
    if not gone:
        return set()
    with store.read() as session:
        return {gone[id] for id in gather.with_history(session, list(gone))}


def _merged(run: Run, theirs: dict[str, Theirs]) -> dict[str, str]:
    """Into whom people were merged: here, or on another device, as the card of that person says."""
    merged = dict(run.here.merged)
    for uid, one in theirs.items():
        read, link = run.cards.get(one.path), run.standing.links.get(uid)
        if read is None or link is None or uid not in run.here.people:
            continue
        said, person = uids_of(read.details), run.here.people[uid]
        if person.fields["extras"] == link.known.ours.get("extras"):
            for gone in uids_of(person.details):
                if gone not in said:
                    merged.pop(gone, None)  # taken apart again elsewhere
        merged |= {gone: uid for gone in said if gone != uid}
    return merged


def _uid_of(read: Card) -> str:
    """A card's UID; for one without, always the same one made from its place."""
    return card.bare_uid(read.uid) or str(uuid.uuid5(uuid.NAMESPACE_URL, read.path))


def _theirs(run: Run, uid: str, read: Card, fields: Fields) -> Theirs:
    return Theirs(uid, read.path, read.etag, fields, gather.selected(fields, run.options))


def _as_known(run: Run, link: Link) -> Theirs:
    """A card that has not changed; but a group may have given it another tag."""
    known = link.known
    fields = dict(link.now)
    if "tags" in fields:
        fields["tags"] = run.groups.tags(link.categories, link.card_uid)
    chosen = "tags" not in fields or gather.selected(fields, run.options)
    return Theirs(known.uid, known.path, known.etag, fields, chosen)
