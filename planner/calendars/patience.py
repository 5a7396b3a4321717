"""Stopping work that a hostile file could make endless.

The libraries that work out series have no limit of their own, and no check beforehand foresees every rule. Python
calls a profile function at each call that a thread makes; one that looks at the clock can end the work from within,
in any thread and on every system.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from inspect import CO_GENERATOR
from time import monotonic, thread_time
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
_BEGINNINGS = ("call", "c_call")
#: Whose functions do the work, and of the standard library those that call them back. Anybody else's the interpreter
#: may call in between, as something is thrown away: a weak reference's, a finaliser, the garbage collection's.
_WORKING = frozenset(
    (
        *("planner", "icalendar", "recurring_ical_events", "x_wr_timezone", "dateutil"),
        *("functools", "collections", "_collections_abc", "copy", "re", "typing", "zoneinfo", "datetime"),
    )
)


class TookTooLong(Exception):
    """The work did not end in the time it was given."""


class _Stop(BaseException):
    """No `except Exception` of a library may hold it up."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns, if it does within so many seconds of this thread's own time. Raises TookTooLong, and
    whatever `work` raises.

    The thread's own, so that a machine that is busy with other things costs nobody an event.
    """
    soonest, end = monotonic() + seconds, thread_time() + seconds
    before = sys.getprofile()
    theirs = _WORKING | {_package(getattr(work, "__globals__", {}))}

    def look(frame: FrameType, event: str, _: object) -> None:
        # The clock on the wall first: it is asked at each call, and is the quicker one to ask.
        if event not in _BEGINNINGS or monotonic() <= soonest or thread_time() <= end:
            return
        # Raised where something is cleaned up, it would be lost, and the work go on: a generator that is thrown away
        # is called once more, and so are those who are told of it.
        resumed = event == "call" and frame.f_code.co_flags & CO_GENERATOR
        if not resumed and _is_working(frame, theirs):
            raise _Stop  # Python takes the profile function away at this, so clean-up runs free

    if seconds <= 0:
        raise TookTooLong
    try:
        sys.setprofile(look)
        try:
            return work()
        finally:
            sys.setprofile(before)
    except _Stop:
        raise TookTooLong from None


def _is_working(frame: FrameType | None, theirs: frozenset[str]) -> bool:
    """Whether a call is part of the work: all that it was made by, up to here, is."""
    while frame is not None and frame.f_code is not within.__code__:
        if frame.f_code.co_name == "__del__" or _package(frame.f_globals) not in theirs:
            return False
        frame = frame.f_back
    return True


def _package(scope: dict[str, object]) -> str:
    return str(scope.get("__name__")).partition(".")[0]
