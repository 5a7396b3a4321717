"""Group cards as tags: who is in a group wears its name, and tags given or taken here change the group there.

A tag goes into the group card of its name if the address book has one, else into the CATEGORIES of the person's own
card. Groups are neither made nor deleted here, except that a group that is gone takes its tag along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.addressbooks.card import GroupCard, bare_uid

#: What the uid of a remembered group begins with, so that it is never taken for a person's.
PREFIX = "group:"


@dataclass
class Group:
    """A group as it stands there, and who is to be in it once this run is over."""

    path: str
    etag: str
    name: str
    members: frozenset[str]
    wanted: set[str] = field(default_factory=set)
    card: GroupCard | None = None

    def to_text(self) -> str:
        """The group as it is remembered."""
        return json.dumps([self.name, sorted(self.members)], ensure_ascii=False)

    @classmethod
    def remembered(cls, path: str, etag: str, text: str) -> Group:
        """A group behind a text of `to_text`."""
        name, members = json.loads(text)
        return cls(path, etag, name, frozenset(members), set(members))

    @classmethod
    def read(cls, card: GroupCard) -> Group:
        """A group from its card."""
        return cls(card.path, card.etag, card.name, card.members, set(card.members), card)


class Groups:
    """The groups of one address book, by path."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.by_path = {group.path: group for group in groups}

    def tags(self, categories: Iterable[str], uid: str) -> list[str]:
        """The tags of a person whose card has these categories and this UID, each once, whatever its case."""
        names = {tag.casefold(): tag for tag in categories}
        for group in self.by_path.values():
            if uid and bare_uid(uid) in group.members:
                names.setdefault(group.name.casefold(), group.name)
        return sorted(names.values(), key=lambda tag: (tag.casefold(), tag))

    def assign(self, tags: Iterable[str], categories: Iterable[str], uid: str) -> list[str]:
        """Let a person's tags be these: note it with the groups, and return the categories their card is to have."""
        wanted = {tag.casefold() for tag in tags}
        uid = bare_uid(uid)
        for group in self.by_path.values():
            (group.wanted.add if group.name.casefold() in wanted else group.wanted.discard)(uid)
        names = {group.name.casefold() for group in self.by_path.values()}
        before = {tag.casefold() for tag in categories}
        return [tag for tag in tags if tag.casefold() not in names or tag.casefold() in before]

    def changed(self) -> list[Group]:
        """The groups whose members are to change."""
        return [group for group in self.by_path.values() if group.wanted != group.members]
