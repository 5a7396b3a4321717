"""What to do so that both sides agree: a pure function over our side, their side, and the last state both agreed on.

The idea is that of a three-way merge, as offline-first synchronisers have long used it (vdirsyncer's status file,
Unison): a side has changed an item if the item differs from what that side held when both last agreed. Only what
changed on one side alone moves; what changed on both is a conflict and keeps both facts until a person chooses.

Nothing here knows what an item says. Two texts stand for it: its facts are what either side may change (when it is,
and whether it is done), its fingerprint is all that we show there (title, description, alarm). They may rewrite a
description as they like: only facts come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from planner.errors import UserError

#: With fewer known items than this, any deletion is taken at its word: two of three is no catastrophe.
FEW = 6
#: More than this share of the known items gone at once stops the run until a person has said that it is meant.
ALARMING = 1 / 3


@dataclass(frozen=True, slots=True)
class Ours:
    """An item as it should stand in the calendar."""

    uid: str
    fingerprint: str
    facts: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """An item as it stands on the server, with the facts read from it in our terms."""

    uid: str
    path: str
    etag: str
    facts: str


@dataclass(frozen=True, slots=True)
class Known:
    """An item both sides held when they last agreed."""

    uid: str
    path: str
    etag: str
    fingerprint: str
    facts: str


@dataclass(frozen=True, slots=True)
class Create:
    """Only we have it: put it there."""

    uid: str


@dataclass(frozen=True, slots=True)
class Replace:
    """We changed it, they did not: put ours over the state we know."""

    uid: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class Delete:
    """It no longer stands here, and they have not touched it: take it away there."""

    uid: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class Accept:
    """They changed it, we did not: their facts become ours."""

    uid: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class AcceptDeletion:
    """They deleted it, we did not touch it: it is dropped here, with undo."""

    uid: str


@dataclass(frozen=True, slots=True)
class Agree:
    """Both have the same facts already: only remember that they do."""

    uid: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Gone on both sides."""

    uid: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed it, or one changed what the other deleted. `path` is "" where they deleted it."""

    uid: str
    path: str
    etag: str
    deleted_here: bool = False


Action = Create | Replace | Delete | Accept | AcceptDeletion | Agree | Forget | Conflict


@dataclass
class LooksEmptied(UserError):
    """So much is gone on the server that it is more likely a mishap than a wish."""

    gone: int
    known: int

    what: ClassVar[str] = "{gone} of {known} items are suddenly gone from the calendar."
    safe: ClassVar[str] = "Nothing was dropped here."
    advice: ClassVar[str] = "If you deleted them yourself, confirm it; else check the calendar and keep what is here."


def decide(
    ours: Mapping[str, Ours],
    theirs: Mapping[str, Theirs],
    known: Mapping[str, Known],
    *,
    deletions_meant: bool = False,
) -> tuple[Action, ...]:
    """The actions that make both sides agree, in a stable order; all three mappings are keyed by uid.

    `theirs` must be the whole of their side: unchanged items may be given as they were known. Items of theirs that
    neither we have nor both ever knew are foreign and left alone. Raises LooksEmptied, unless `deletions_meant`, when
    more than a third of the known items are gone there.
    """
    gone = [uid for uid in known if uid not in theirs]
    surviving_here = [uid for uid in gone if uid in ours]
    if not deletions_meant and len(known) >= FEW and len(surviving_here) > len(known) * ALARMING:
        raise LooksEmptied(len(gone), len(known))
    actions = (_one(uid, ours.get(uid), theirs.get(uid), known.get(uid)) for uid in sorted({*ours, *theirs, *known}))
    return tuple(action for action in actions if action is not None)


def _one(uid: str, ours: Ours | None, theirs: Theirs | None, known: Known | None) -> Action | None:
    if known is None:
        return _first_meeting(uid, ours, theirs)
    they_changed = theirs is not None and theirs.etag != known.etag and theirs.facts != known.facts
    match ours, theirs:
        case None, None:
            return Forget(uid)
        case None, Theirs(path=path, etag=etag):
            return Conflict(uid, path, etag, deleted_here=True) if they_changed else Delete(uid, path, etag)
        case Ours(facts=facts), None:
            return AcceptDeletion(uid) if facts == known.facts else Conflict(uid, "", "")
        case Ours(), Theirs():
            return _both(ours, theirs, known, they_changed=they_changed)
    return None


def _both(ours: Ours, theirs: Theirs, known: Known, *, they_changed: bool) -> Action | None:
    place = (theirs.uid, theirs.path, theirs.etag)
    if they_changed and ours.facts == known.facts:
        return Accept(*place)  # new words of ours follow in the next run, on top of their facts
    if they_changed and ours.facts != theirs.facts:
        return Conflict(*place)
    if ours.fingerprint != known.fingerprint:
        return Replace(*place)
    return Agree(*place) if place[1:] != (known.path, known.etag) else None


def _first_meeting(uid: str, ours: Ours | None, theirs: Theirs | None) -> Action | None:
    if ours is None:
        return None  # foreign
    if theirs is None:
        return Create(uid)
    # An earlier run was cut off after the item was put, or another device put it: never put it twice.
    place = (uid, theirs.path, theirs.etag)
    return Agree(*place) if ours.facts == theirs.facts else Conflict(*place)
