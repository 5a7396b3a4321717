"""Finding, for a schedule that was published again, which of its sessions are here already.

Publishers keep their ids, or make new ones at every export. So a session is looked for by its id first, then by what a
person would recognise it by: title, time and speakers. Each session here is matched at most once, the surest first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from planner.events.records import Session
from planner.events.schedule.records import PublishedSession
from planner.folding import fold


@dataclass(frozen=True, slots=True)
class Identified:
    """Who is who: pairs of (session here, session published), what is new, and what is no longer published."""

    same: tuple[tuple[Session, PublishedSession], ...]
    new: tuple[PublishedSession, ...]
    gone: tuple[Session, ...]


def identify(here: Sequence[Session], published: Sequence[PublishedSession]) -> Identified:
    """Match each published session with at most one that is here.

    Ways of matching, surest first; each applies only where it names exactly one session on both sides:
    id; title, start and speakers; title and start; title and speakers; title alone.
    """
    open_here = dict(enumerate(here))
    open_new = dict(enumerate(published))
    pairs: dict[int, int] = {}
    for way in _WAYS:
        known = _unique({n: way(session) for n, session in open_here.items()})
        found = _unique({n: way(session) for n, session in open_new.items()})
        for key, n in found.items():
            if key in known:
                pairs[n] = known[key]
                del open_new[n], open_here[known[key]]
    return Identified(
        same=tuple((here[h], published[p]) for p, h in sorted(pairs.items())),
        new=tuple(open_new.values()),
        gone=tuple(open_here.values()),
    )


def _unique(keys: dict[int, Hashable | None]) -> dict[Hashable, int]:
    """Keys that exactly one session has, with that session's place."""
    places: dict[Hashable, list[int]] = {}
    for n, key in keys.items():
        if key is not None:
            places.setdefault(key, []).append(n)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def _names(session: Session | PublishedSession) -> frozenset[str]:
    return frozenset(fold(speaker.name) for speaker in session.speakers)


def _title_start_speakers(session: Session | PublishedSession) -> Hashable:
    return fold(session.title), session.starts_at, _names(session)


def _title_start(session: Session | PublishedSession) -> Hashable | None:
    return (fold(session.title), session.starts_at) if session.starts_at else None


def _title_speakers(session: Session | PublishedSession) -> Hashable | None:
    return (fold(session.title), _names(session)) if session.speakers else None


def _title(session: Session | PublishedSession) -> Hashable:
    return fold(session.title)


def _id(session: Session | PublishedSession) -> Hashable | None:
    return session.external_id or None


_Key = Callable[[Session | PublishedSession], Hashable | None]
_WAYS: tuple[_Key, ...] = (_id, _title_start_speakers, _title_start, _title_speakers, _title)
