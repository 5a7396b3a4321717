"""What reading a property gives, and what its parameters say to every field alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.contacts.vcard.lines import Head

# In `extras`, a property that also fills a field carries this parameter with the field's name. It is never written out.
STANDS_FOR = "X-RAPPORT-STANDS-FOR"

# Longer values are no names, numbers or addresses; they are kept as they are and not taken apart.
LONGEST_TEXT = 1_000_000
LONGEST_LINE = 2_000
LONGEST_TAG = 100


@dataclass(slots=True, frozen=True)
class Filled:
    """A value read for a field. `exact` is False where the property says more than the field holds."""

    field: str
    value: object
    exact: bool = True


@dataclass(slots=True, frozen=True)
class Reading:
    """How to read the values that follow one head. `read` gives the field's value, a `Filled`, or None."""

    head: Head
    field: str
    read: Callable[[str], object | None] | None
    exact: bool = True


#: What stands in every card and says nothing of the person: VERSION, and a BEGIN or END out of place.
IGNORED = Reading(Head("", "VERSION", ()), "", None)


# Parameters that a field holds or that say only how the line was written.
_HELD = frozenset(("TYPE", "PREF", "VALUE", "ENCODING", "CHARSET"))
_PLAIN_VALUES = ("", "text", "uri", "phone-number")


def no_more(head: Head) -> bool:
    """Whether the parameters say nothing that a plain text field would lose."""
    return all(name == "VALUE" and [word.upper() for word in words] == ["TEXT"] for name, words in head.params)


def types_of(head: Head) -> list[str]:
    """The types, as written."""
    return head.values("TYPE") if head.params else []


def preferred_of(head: Head) -> tuple[bool, bool]:
    """Whether the property is the preferred one, and whether that says all (4.0 counts from 1 to 100)."""
    if not head.params:
        return False, True
    written = head.values("PREF")
    first = "1" in written or any(value.lower() == "pref" for value in types_of(head))
    return first, all(value == "1" for value in written)


def plain_params(head: Head) -> bool:
    """Whether the parameters are those that label, preference and value hold."""
    return all(name in _HELD for name, _ in head.params) and head.first("VALUE").lower() in _PLAIN_VALUES
