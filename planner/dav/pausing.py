"""Waiting as long as a server asks for, without keeping a person who cancels waiting."""

from __future__ import annotations

import time
from collections.abc import Callable

from planner.errors import Cancelled

#: How long, in seconds, until Cancel is looked at again.
_STEP = 0.1


def pausing(cancelled: Callable[[], bool], sleep: Callable[[float], None] = time.sleep) -> Callable[[float], None]:
    """A function that waits so many seconds, and raises Cancelled within a moment once `cancelled` says so."""

    def pause(seconds: float) -> None:
        left = seconds
        while left > 0:
            if cancelled():
                raise Cancelled
            sleep(min(_STEP, left))
            left -= _STEP
        if cancelled():
            raise Cancelled

    return pause
