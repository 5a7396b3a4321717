"""What is remembered of an address book between runs, and how it is kept as text in the rows of its items."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.accounts import records as rows
from planner.accounts.memory import LEFT_OUT, Memory, Remembered
from planner.addressbooks.card import Card
from planner.addressbooks.decide import Known
from planner.addressbooks.fields import Fields
from planner.addressbooks.groups import PREFIX, Group
from planner.addressbooks.records import Question


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody both sides have. `card_uid`, `categories` and `now` are those of the card as it stood there last.

    `now` differs from what both agreed on while a field is in conflict.
    """

    known: Known
    card_uid: str = ""
    categories: tuple[str, ...] = ()
    now: Fields = field(default_factory=dict)


@dataclass
class Standing:
    """Everything remembered, by uid; groups by path. `asked` wait for a choice, `left_out` stay here on purpose."""

    links: dict[str, Link] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    @property
    def etags(self) -> dict[str, str]:
        """The entity tag of everything remembered, by path."""
        people = {link.known.path: link.known.etag for link in self.links.values() if link.known.path}
        return people | {path: group.etag for path, group in self.groups.items()}


def remembered(rows: Mapping[str, Remembered]) -> Standing:
    """What the rows of an address book say."""
    standing = Standing()
    for uid, row in rows.items():
        if uid.startswith(PREFIX):
            standing.groups[row.known.path] = Group.remembered(row.known.path, row.known.etag, row.known.facts)
        elif row.conflict == LEFT_OUT:
            standing.left_out.add(uid)
        else:
            standing.links[uid] = _link(row)
            if row.conflict:
                standing.asked.add(uid)
    return standing


def keep(memory: Memory, known: Known, card: Card | Link | None, conflict: str = "", now: Fields | None = None) -> None:
    """Remember somebody; `card` tells UID and categories, `now` what stands there if that is not what was agreed on."""
    if isinstance(card, Card):
        uid, categories = card.uid, card.details.tags
    else:
        uid, categories = (card.card_uid, card.categories) if card is not None else ("", ())
    facts = {"uid": uid, "categories": list(categories), "fields": known.theirs}
    if now is not None and now != known.theirs:
        facts["now"] = now
    row = rows.Known(known.uid, known.path, known.etag, to_text(known.ours), to_text(facts))
    memory.keep(row, "", conflict)


def keep_group(memory: Memory, group: Group) -> None:
    """Remember a group."""
    memory.keep(rows.Known(PREFIX + group.path, group.path, group.etag, "", group.to_text()), "")


def question_text(
    question: Question, name: str, conflicts: Mapping[str, tuple[Any, Any]], theirs: Fields | None = None
) -> str:
    """A question as it is kept: about whom, both values of each field, and for a card in question all it says."""
    fields = {field: list(values) for field, values in conflicts.items()}
    return to_text({"question": question.value, "name": name, "fields": fields, "theirs": theirs})


def to_text(value: Any) -> str:
    """A value as canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _link(row: Remembered) -> Link:
    known = row.known
    facts = json.loads(known.facts) if known.facts else {}
    ours: Fields = json.loads(known.fingerprint) if known.fingerprint else {}
    theirs = facts.get("fields", {})
    return Link(
        Known(known.uid, known.path, known.etag, ours, theirs),
        facts.get("uid", ""),
        tuple(facts.get("categories", ())),
        facts.get("now", theirs),
    )
