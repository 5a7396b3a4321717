"""The way through the window: what was shown, in order, and where on it one is."""

from __future__ import annotations

from ui.links import Link


class Way:
    """Back and Forward go along it; something new is put behind what is shown now."""

    def __init__(self) -> None:
        self._links: list[Link] = []
        self._at = -1

    def add(self, link: Link) -> None:
        """This is shown now. What Back had left is forgotten."""
        del self._links[self._at + 1 :]
        if not self._links or self._links[-1] != link:
            self._links.append(link)
            self._at = len(self._links) - 1

    def step(self, by: int) -> Link | None:
        """Go back (-1) or forward (1), and say to what; None where the way ends."""
        if not 0 <= self._at + by < len(self._links):
            return None
        self._at += by
        return self._links[self._at]
