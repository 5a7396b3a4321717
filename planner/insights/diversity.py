"""How varied a network is.

The measure is Blau's index ("Inequality and Heterogeneity", 1977): the chance that two people picked at random belong
to different groups, 1 − Σ pᵢ². Because its highest value depends on the number of groups, it is divided by that
highest value (1 − 1/k), so that 0 means all in one group and 1 means evenly spread over the groups there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diversity:
    """How a network spreads over groups. `shares` are fractions of those whose group is known, largest first."""

    evenness: float
    shares: tuple[tuple[str, float], ...]
    known: int
    unknown: int

    @property
    def largest(self) -> tuple[str, float] | None:
        """The largest group and its share, None where no group is known."""
        return self.shares[0] if self.shares else None


def diversity(groups: Iterable[str]) -> Diversity:
    """The diversity of a network from each person's group (field, organisation); "" where the group is unknown."""
    return diversity_of(Counter(group.strip() for group in groups))


def diversity_of(members: Mapping[str, int]) -> Diversity:
    """The same from how many people each group has."""
    counts = Counter(members)
    unknown = counts.pop("", 0)
    total = counts.total()
    shares = tuple(
        (group, count / total) for group, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    evenness = 0.0
    if len(shares) > 1:
        evenness = (1 - sum(share**2 for _, share in shares)) / (1 - 1 / len(shares))
    return Diversity(min(1.0, evenness), shares, total, unknown)
