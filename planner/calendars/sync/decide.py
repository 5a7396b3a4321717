"""What to do so that both sides agree: a pure function over our side, their side, and the last state both agreed on.

The idea is that of a three-way merge, as offline-first synchronisers have long used it (vdirsyncer's status file,
Unison): a side has changed an item if the item differs from what that side held when both last agreed. Only what
changed on one side alone moves; what changed on both is a conflict and keeps both facts until a person chooses.

Two texts stand for an item: its facts are what either side may change (when it is, and whether it is done), its
fingerprint is all that we show there (title, description, alarm). They may rewrite a description as they like: only
facts come back.

Where both sides meet for the first time and differ in what nobody has chosen, the calendar's holds, without a question:
the hour of a follow-up for any time of the day, which is each device's usual one, and all of a check-in or celebration
that was made without being asked and not touched since.

That an item is off the calendar is a state both sides can agree on as well. Other devices may hold the same follow-ups
and put one back, so what is closed here is compared with what stands there even if this device never put it there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from planner.accounts.records import Known
from planner.calendars.records import EntryState
from planner.errors import UserError

#: With fewer known items than this, any deletion is taken at its word: two of three is no catastrophe.
FEW = 6
#: More than this share of the known items gone at once stops the run until a person has said that it is meant.
ALARMING = 1 / 3


@dataclass(frozen=True, slots=True)
class Ours:
    """An item as it is here. What is cancelled here should not stand in the calendar; what is done may.

    `yields` says that nobody here has chosen what differs from their side: the usual hour, or the day of what was made
    without being asked.
    """

    uid: str
    fingerprint: str
    facts: str
    state: EntryState = EntryState.OPEN
    yields: bool = False

    @property
    def closed(self) -> bool:
        """Whether it needs no place in a calendar that has none for it."""
        return self.state is not EntryState.OPEN


@dataclass(frozen=True, slots=True)
class Theirs:
    """An item as it stands on the server, with the facts read from it in our terms."""

    uid: str
    path: str
    etag: str
    facts: str
    state: EntryState = EntryState.OPEN

    @property
    def closed(self) -> bool:
        """Whether it is done or called off there."""
        return self.state is not EntryState.OPEN


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
class Rest:
    """Closed here, and not there: remember that both agree on that."""

    uid: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed it, or one changed what the other deleted. `path` is "" where they deleted it."""

    uid: str
    path: str
    etag: str
    deleted_here: bool = False


Action = Create | Replace | Delete | Accept | AcceptDeletion | Agree | Forget | Rest | Conflict


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
    asked: Collection[str] = frozenset(),
    deletions_meant: bool = False,
) -> tuple[Action, ...]:
    """The actions that make both sides agree, in a stable order; all three mappings are keyed by uid.

    `theirs` must be the whole of their side: unchanged items may be given as they were known. Items of theirs that
    neither we have nor both ever knew are foreign and left alone. `asked` are conflicts that wait for a person. Raises
    LooksEmptied, unless `deletions_meant`, when more than a third of the known items are gone there.
    """
    standing = [uid for uid, one in known.items() if not one.off and uid not in asked]
    gone = [uid for uid in standing if uid not in theirs]
    surviving_here = [uid for uid in gone if uid in ours and not ours[uid].closed]
    if not deletions_meant and len(standing) >= FEW and len(surviving_here) > len(standing) * ALARMING:
        raise LooksEmptied(len(gone), len(standing))
    actions = (_one(uid, ours.get(uid), theirs.get(uid), known.get(uid)) for uid in sorted({*ours, *theirs, *known}))
    return tuple(action for action in actions if action is not None)


def _one(uid: str, ours: Ours | None, theirs: Theirs | None, known: Known | None) -> Action | None:
    if known is None:
        return _first_meeting(uid, ours, theirs)
    if ours is None:
        return _not_here(uid, theirs, known)
    if theirs is None:
        return _not_there(ours, known)
    return _back_again(ours, theirs, known) if known.off else _both(ours, theirs, known)


def _not_here(uid: str, theirs: Theirs | None, known: Known) -> Action:
    if theirs is None or known.off:
        return Forget(uid)  # what stands there now is foreign
    place = (uid, theirs.path, theirs.etag)
    return Conflict(*place, deleted_here=True) if _changed(theirs, known) else Delete(*place)


def _not_there(ours: Ours, known: Known) -> Action | None:
    if ours.closed:
        return None if known.off and ours.facts == known.facts else Rest(ours.uid)
    if known.off:
        return Create(ours.uid)  # opened again here
    return AcceptDeletion(ours.uid) if ours.facts == known.facts else Conflict(ours.uid, "", "")


def _back_again(ours: Ours, theirs: Theirs, known: Known) -> Action | None:
    """It was off, and somebody put it back."""
    if ours.closed and ours.facts == known.facts and not theirs.closed:
        return Accept(ours.uid, theirs.path, theirs.etag)
    return _first_meeting(ours.uid, ours, theirs)


def _both(ours: Ours, theirs: Theirs, known: Known) -> Action | None:
    place = (theirs.uid, theirs.path, theirs.etag)
    if _changed(theirs, known):
        if ours.facts == known.facts:
            return Accept(*place)  # new words of ours follow in the next run, on top of their facts
        if ours.facts != theirs.facts and not (ours.closed and theirs.closed):
            return Conflict(*place, deleted_here=ours.state is EntryState.CANCELLED)
        if ours.state is EntryState.CANCELLED and theirs.state is EntryState.DONE:
            return Accept(*place)  # both closed it: no question, and done says more than dropped
    if ours.state is EntryState.CANCELLED:
        if theirs.state is not EntryState.CANCELLED:
            return Delete(*place)
    elif ours.fingerprint != known.fingerprint:
        return Replace(*place)
    return Agree(*place) if place[1:] != (known.path, known.etag) else None


def _changed(theirs: Theirs, known: Known) -> bool:
    return theirs.etag != known.etag and theirs.facts != known.facts


def _first_meeting(uid: str, ours: Ours | None, theirs: Theirs | None) -> Action | None:
    if ours is None:
        return None  # foreign
    if theirs is None:
        return None if ours.closed else Create(uid)
    # An earlier run was cut off after the item was put, or another device put it: never put it twice.
    place = (uid, theirs.path, theirs.etag)
    if ours.closed and theirs.closed:
        dropped_and_done = ours.state is EntryState.CANCELLED and theirs.state is EntryState.DONE
        return Accept(*place) if dropped_and_done else Agree(*place)
    if ours.yields and ours.facts != theirs.facts:
        return Accept(*place)  # whichever device was first has chosen for all
    # Nobody knows any more which side has changed.
    return Agree(*place) if ours.facts == theirs.facts else Conflict(*place)
