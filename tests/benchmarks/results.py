"""What a benchmark found, and whether it is good enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. `value` and `baseline` are in `unit`; `limit` holds for the ratio, or without one for the
    value. `baseline` None: the limit is an absolute one."""

    name: str
    unit: str
    value: float
    limit: float
    baseline: float | None = None
    baseline_name: str = ""

    @property
    def ratio(self) -> float | None:
        """Value over baseline."""
        return None if self.baseline is None else self.value / self.baseline

    @property
    def good(self) -> bool:
        """Whether the limit is kept."""
        return (self.value if self.ratio is None else self.ratio) <= self.limit

    def as_row(self) -> list[str]:
        """The cells of the table."""
        baseline = "" if self.baseline is None else f"{self.baseline:,.1f} {self.unit} ({self.baseline_name})"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        limit = f"{self.limit:g} {self.unit}" if self.ratio is None else f"{self.limit:g} ×"
        return [self.name, f"{self.value:,.1f} {self.unit}", baseline, ratio, limit, "ok" if self.good else "TOO MUCH"]

    def as_json(self) -> dict[str, object]:
        """The line for other programs to read."""
        return {
            "name": self.name,
            "unit": self.unit,
            "value": round(self.value, 3),
            "baseline": None if self.baseline is None else round(self.baseline, 3),
            "baseline_name": self.baseline_name,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "limit": self.limit,
            "good": self.good,
        }


def median(values: Sequence[float]) -> float:
    """The middle value."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part of all (0.95) does not exceed, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
