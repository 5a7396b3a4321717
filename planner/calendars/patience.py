"""Stopping work that a hostile file could make endless.

The libraries that work out series have no limit of their own, and no check beforehand foresees every rule. Python
calls a profile function at each call that a thread makes; one that looks at the clock can end the work from within,
in any thread and on every system.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


class TookTooLong(Exception):
    """The work did not end in the time it was given."""


class _Stop(BaseException):
    """No `except Exception` of a library may hold it up."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns, if it does within so many seconds. Raises TookTooLong, and whatever `work` raises."""
    end = monotonic() + seconds
    before = sys.getprofile()

    def look(*_: object) -> None:
        if monotonic() > end:
            sys.setprofile(before)  # handlers and clean-up run free
            raise _Stop

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
