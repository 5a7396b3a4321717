"""What a command touched, so that screens can decide whether they care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: More touched records than this are reported as `everything`: reading anew is cheaper than asking one by one.
MANY = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one command, undo, redo, or of another process's commands.

    `label` is the command in words, as the Edit menu shows it ("add Ingrid Vale"). `touched` maps an entity's word
    ("contact", "event", "followup", "interaction", …) to the ids touched; `created` to the ids that are new.
    With `everything` the sets are incomplete and every view should ask again.
    """

    command_id: int | None = None
    label: str = ""
    touched: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    created: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    everything: bool = False

    def touches(self, entity: str, id: int | None = None) -> bool:
        """Whether any record of this kind, or the one with this id, may have changed."""
        if self.everything:
            return True
        ids = self.touched.get(entity, frozenset())
        return bool(ids) if id is None else id in ids

    def new(self, entity: str) -> int:
        """The id of the one record of this kind that the command created."""
        (only,) = self.created[entity]
        return only

    def __bool__(self) -> bool:
        return self.everything or any(self.touched.values())

    def __or__(self, other: Changes) -> Changes:
        """Both together, as one notice."""
        return Changes(
            command_id=other.command_id or self.command_id,
            label=other.label or self.label,
            touched=_union(self.touched, other.touched),
            created={
                entity: (*self.created.get(entity, ()), *other.created.get(entity, ()))
                for entity in {*self.created, *other.created}
            },
            everything=self.everything or other.everything,
        )


def _union(a: Mapping[str, Iterable[int]], b: Mapping[str, Iterable[int]]) -> Mapping[str, frozenset[int]]:
    return {entity: frozenset(a.get(entity, ())) | frozenset(b.get(entity, ())) for entity in {*a, *b}}
