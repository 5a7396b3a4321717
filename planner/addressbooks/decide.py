"""What to do so that an address book and the people here agree: a pure function over both sides and their last state.

Deleting is treated with more care than anything else. A person with a history here is never deleted because a card is
gone there, and nobody is deleted anywhere who was changed on the other side: both wait for a choice. A card whose
person was merged into another here is merged as well, so that what somebody added to it meanwhile is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from planner.addressbooks.fields import Fields
from planner.addressbooks.merge import Merge, merge
from planner.addressbooks.records import PeopleGoneHere, PeopleGoneThere, Question
from planner.calendars.sync.decide import ALARMING, FEW


@dataclass(frozen=True, slots=True)
class Ours:
    """A person here. `history` that more is known of them than a card can hold; `selected` that they belong there."""

    uid: str
    fields: Fields
    history: bool = False
    selected: bool = True


@dataclass(frozen=True, slots=True)
class Theirs:
    """A card there, under the uid of the person here whom it is matched with, else one of its own."""

    uid: str
    path: str
    etag: str
    fields: Fields
    selected: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What either side held when both last agreed."""

    uid: str
    path: str
    etag: str
    ours: Fields
    theirs: Fields


@dataclass(frozen=True, slots=True)
class Create:
    """Only we have them: put a card there."""

    uid: str


@dataclass(frozen=True, slots=True)
class Receive:
    """Only they have them: a new person here."""

    uid: str
    path: str


@dataclass(frozen=True, slots=True)
class Update:
    """Both have them: carry over what differs. An empty merge only remembers that both agree."""

    uid: str
    path: str
    merge: Merge


@dataclass(frozen=True, slots=True)
class Delete:
    """Deleted here, untouched there: delete the card."""

    uid: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class AcceptDeletion:
    """Deleted there, untouched and without a history here: delete the person, with undo."""

    uid: str


@dataclass(frozen=True, slots=True)
class MergeHere:
    """Merged into another person elsewhere: merge here too, so that the history goes along."""

    uid: str
    into: str


@dataclass(frozen=True, slots=True)
class MergeThere:
    """Merged into another person here: what the card says goes along, and the card goes."""

    uid: str
    into: str
    path: str
    etag: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Gone on both sides, or no longer wanted there: what is where it is stays, and is not synced."""

    uid: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A person has to say what is to become of someone; until then all stays."""

    uid: str
    path: str
    question: Question


Action = Create | Receive | Update | Delete | AcceptDeletion | MergeHere | MergeThere | Forget | Ask


@dataclass(frozen=True, slots=True)
class Situation:
    """Both sides and what both last held, by uid.

    `merged` tells into whom people were merged, by uid; `asked` who waits for a choice; `left_out` who was taken off
    the address book on purpose and stays here.
    """

    ours: Mapping[str, Ours]
    theirs: Mapping[str, Theirs]
    known: Mapping[str, Known]
    merged: Mapping[str, str]
    asked: Collection[str] = frozenset()
    left_out: Collection[str] = frozenset()
    region: str = ""


def decide(situation: Situation, *, deletions_meant: bool = False) -> tuple[Action, ...]:
    """The actions that make both sides agree, in a stable order.

    `theirs` must be the whole of their side. Raises PeopleGoneThere or PeopleGoneHere, unless `deletions_meant`, when
    more than a third of those whom both had are missing on one side.
    """
    if not deletions_meant:
        _check(situation)
    uids = sorted({*situation.ours, *situation.theirs, *situation.known})
    actions = (_one(uid, situation) for uid in uids)
    return tuple(action for action in actions if action is not None)


def _check(situation: Situation) -> None:
    standing = [uid for uid in situation.known if uid not in situation.asked and uid not in situation.merged]
    if len(standing) < FEW:
        return
    gone_there = [uid for uid in standing if uid in situation.ours and uid not in situation.theirs]
    gone_here = [uid for uid in standing if uid in situation.theirs and uid not in situation.ours]
    if len(gone_there) > len(standing) * ALARMING:
        raise PeopleGoneThere(len(gone_there), len(standing))
    if len(gone_here) > len(standing) * ALARMING:
        raise PeopleGoneHere(len(gone_here), len(standing))


def _one(uid: str, situation: Situation) -> Action | None:
    ours, theirs, known = situation.ours.get(uid), situation.theirs.get(uid), situation.known.get(uid)
    if ours is None and theirs is None:
        return Forget(uid)
    if ours is None or theirs is None:
        keeper = situation.merged.get(uid, "")
        if theirs is not None and keeper in situation.ours:
            if known is not None and not _changed(theirs.fields, known.theirs):
                return Delete(uid, theirs.path, theirs.etag)  # all it says went along already
            return MergeThere(uid, keeper, theirs.path, theirs.etag)
        if ours is not None and known is not None and keeper in situation.theirs and keeper in situation.ours:
            return MergeHere(uid, keeper)
    if ours is None:
        assert theirs is not None
        return _not_here(theirs, known)
    if theirs is None:
        return _not_there(ours, known, left_out=uid in situation.left_out)
    return _both(ours, theirs, known, situation)


def _not_here(theirs: Theirs, known: Known | None) -> Action | None:
    if known is None:
        return Receive(theirs.uid, theirs.path) if theirs.selected else None
    if not theirs.selected:
        return Forget(theirs.uid)
    if _changed(theirs.fields, known.theirs):
        return Ask(theirs.uid, theirs.path, Question.GONE_HERE)
    return Delete(theirs.uid, theirs.path, theirs.etag)


def _not_there(ours: Ours, known: Known | None, *, left_out: bool) -> Action | None:
    if known is None:
        return Create(ours.uid) if ours.selected and not left_out else None
    if not ours.selected:
        return Forget(ours.uid)
    if ours.history or _changed(ours.fields, known.ours):
        return Ask(ours.uid, "", Question.GONE_THERE)
    return AcceptDeletion(ours.uid)


def _changed(now: Fields, base: Fields) -> bool:
    """Whether a field differs that both know: what is newly told or no longer told is no change of the person."""
    return any(now[name] != base[name] for name in now.keys() & base.keys())


def _both(ours: Ours, theirs: Theirs, known: Known | None, situation: Situation) -> Action | None:
    if known is None:
        if not (ours.selected or theirs.selected):
            return None
        return Update(ours.uid, theirs.path, merge(ours.fields, theirs.fields, region=situation.region))
    changes = merge(ours.fields, theirs.fields, known.ours, known.theirs, region=situation.region)
    if not changes and not (ours.selected or theirs.selected):
        return Forget(ours.uid)
    same = (theirs.path, theirs.etag) == (known.path, known.etag)
    same = same and ours.fields == known.ours and theirs.fields == known.theirs and ours.uid not in situation.asked
    return Update(ours.uid, theirs.path, changes) if changes or not same else None
