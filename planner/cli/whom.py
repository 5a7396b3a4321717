"""The one person that words on the command line mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from planner.errors import NotFound, UserError
from planner.folding import fold

if TYPE_CHECKING:
    from planner.app import Planner


@dataclass
class SeveralPeople(UserError):
    """Words that fit more than one person."""

    words: str
    names: str

    what: ClassVar[str] = "“{words}” may be one of several people: {names}."
    safe: ClassVar[str] = "Nothing was changed."
    advice: ClassVar[str] = "Give the number that stands before the name."


def person_called(planner: Planner, words: str) -> tuple[int, str]:
    """Number and name of the person meant: by number, by name, or by words of it.

    Raises NotFound, and SeveralPeople with who fits.
    """
    if words.isascii() and words.isdigit():
        contact = planner.contact_queries.get(int(words))
        return contact.id, contact.name
    sought = fold(words).split()
    fitting = [
        one for one in planner.contact_queries.names(words, 12) if all(word in fold(one.name) for word in sought)
    ]
    exact = [one for one in fitting if fold(one.name).split() == sought]
    if len(exact or fitting) == 1:
        only = (exact or fitting)[0]
        return only.id, only.name
    if fitting:
        raise SeveralPeople(words, ", ".join(f"{one.id} {one.name}" for one in fitting))
    raise NotFound("person", words)
