"""Numbers that two looks read differently: which of the two is likelier. Either stays marked as doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.cards import numbers

#: Digits that the numbers of one office share at their beginning.
_PREFIX = 6


def likelier(read: str, other: str, beside: Sequence[str], regions: Sequence[str]) -> str:
    """The one of two readings of a number that can be dialled; of two that can, the one set like those `beside` it.

    `regions` are the countries where a number without a country's code may be dialled. A tie stays as it was `read`.
    """
    return max((read, other), key=lambda value: _weight(value, beside, regions)) if other else read


def _weight(value: str, beside: Sequence[str], regions: Sequence[str]) -> tuple[bool, bool, bool, bool]:
    dialled = ("",) if value.startswith("+") else tuple(regions)
    valid = any(numbers.checked(value, region)[0] for region in dialled)
    digits = re.sub(r"\D", "", value)
    same_office = any(re.sub(r"\D", "", one)[:_PREFIX] == digits[:_PREFIX] for one in beside)
    same_groups = any(_groups(one) == _groups(value) for one in beside)
    possible = numbers.possible(value, next(iter(dialled), ""))
    return valid, same_office, same_groups, possible


def _groups(value: str) -> tuple[int, ...]:
    """How the last digits of a number are set: "+52 1 55 5555 0177" ends in 2, 4 and 4."""
    return tuple(len(group) for group in re.findall(r"\d+", value)[-3:])
