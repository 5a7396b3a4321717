"""Where each person stands on the network map.

A force-directed layout after Fruchterman and Reingold ("Graph Drawing by Force-directed Placement", Software:
Practice and Experience 21, 1991): people push each other apart, ties pull them together, and the steps grow smaller
until all is still. Pushing is reckoned only within a grid of cells, as in their paper, so that a step costs time in
proportion to the number of people. You stand in the middle and do not move; a stronger tie pulls closer.

The same network always gives the same picture: nothing is random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

#: Turning by this angle from one point to the next fills a disc evenly (the golden angle).
_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two people by their place in the list; `length` 1 is the usual distance, 0.5 half of it."""

    a: int
    b: int
    length: float = 1.0


Positions = tuple[tuple[float, float], ...]


def layout(
    groups: Sequence[str],
    edges: Sequence[Edge],
    *,
    closeness: Sequence[float],
    steps: int = 60,
    cancelled: Callable[[], bool] = lambda: False,
) -> Positions:
    """Places in a disc of radius 1 around you, one a person.

    `groups` (a field, an organisation) start in a sector each, so that a group is found together; `closeness` is the
    wished distance from the middle, 0 to 1. `cancelled` is asked at every step; the places reached by then are
    returned.
    """
    places: Positions = tuple(_start(groups, closeness))
    for reached in _steps(list(places), edges, closeness, steps):
        places = reached
        if cancelled():
            break
    return places


def _start(groups: Sequence[str], closeness: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Each group in a sector as wide as its share, its people spread over that."""
    members: Mapping[str, int] = {group: groups.count(group) for group in dict.fromkeys(groups)}
    start = 0.0
    begins: dict[str, float] = {}
    for group in sorted(members):
        begins[group] = start
        start += 2 * pi * members[group] / max(1, len(groups))
    seen: dict[str, int] = {}
    for group, wish in zip(groups, closeness, strict=True):
        nth = seen.get(group, 0)
        seen[group] = nth + 1
        width = 2 * pi * members[group] / len(groups)
        angle = begins[group] + width * ((nth * _GOLDEN / (2 * pi)) % 1.0)
        radius = max(0.08, wish)
        yield radius * cos(angle), radius * sin(angle)


def _steps(
    points: list[tuple[float, float]], edges: Sequence[Edge], closeness: Sequence[float], steps: int
) -> Iterator[Positions]:
    count = len(points)
    if not count:
        return
    ideal = 1.2 / sqrt(count)
    for step in range(steps):
        heat = 0.12 * (1 - step / steps)
        moves = [[0.0, 0.0] for _ in range(count)]
        _push(points, moves, ideal)
        _pull(points, moves, edges, ideal)
        for n, ((x, y), move) in enumerate(zip(points, moves, strict=True)):
            # Towards the wished distance from the middle.
            distance = hypot(x, y) or 1e-9
            outward = (max(0.08, closeness[n]) - distance) * 0.6
            dx, dy = move[0] + x / distance * outward, move[1] + y / distance * outward
            length = hypot(dx, dy)
            if length > heat:
                dx, dy = dx * heat / length, dy * heat / length
            points[n] = _inside(x + dx, y + dy)
        yield tuple(points)


def _push(points: Sequence[tuple[float, float]], moves: list[list[float]], ideal: float) -> None:
    reach = 2 * ideal
    cells: dict[tuple[int, int], list[int]] = {}
    for n, (x, y) in enumerate(points):
        cells.setdefault((int(x // reach), int(y // reach)), []).append(n)
    for (cx, cy), inside in cells.items():
        around = [n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in cells.get((cx + dx, cy + dy), ())]
        for n in inside:
            x, y = points[n]
            move = moves[n]
            for other in around:
                if other == n:
                    continue
                dx, dy = x - points[other][0], y - points[other][1]
                square = dx * dx + dy * dy
                if square > reach * reach:
                    continue
                if square < 1e-12:
                    # On the same spot: apart along an angle of their own, so that they do part.
                    dx, dy, square = cos(n * _GOLDEN) * 1e-3, sin(n * _GOLDEN) * 1e-3, 1e-6
                force = ideal * ideal / square * 0.25
                move[0] += dx * force
                move[1] += dy * force


def _pull(points: Sequence[tuple[float, float]], moves: list[list[float]], edges: Sequence[Edge], ideal: float) -> None:
    for edge in edges:
        (ax, ay), (bx, by) = points[edge.a], points[edge.b]
        dx, dy = bx - ax, by - ay
        distance = hypot(dx, dy) or 1e-9
        force = (distance - ideal * edge.length) * 0.1
        dx, dy = dx / distance * force, dy / distance * force
        moves[edge.a][0] += dx
        moves[edge.a][1] += dy
        moves[edge.b][0] -= dx
        moves[edge.b][1] -= dy


def _inside(x: float, y: float) -> tuple[float, float]:
    distance = hypot(x, y)
    return (x, y) if distance <= 1 else (x / distance, y / distance)
