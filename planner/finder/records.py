"""What the finder answers with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `kind` is the entity's word: "contact", "event" or "followup". `score` is 0 to 100."""

    kind: str
    id: int
    title: str
    detail: str = ""
    score: float = 100.0
    closed: bool = False  # a follow-up that is done, an event that is over
