"""Keeping the search quick.

The search index is kept in parts: each change makes a small one, an import several large ones, and a search looks into
all of them. SQLite merges some with each change; what it leaves is merged here, a little at a time, when nobody waits.
"""

from __future__ import annotations

from planner.store.engine import raw
from planner.store.store import Store

#: With so many parts a search takes hardly longer than with one.
FEW_PARTS = 8
#: Pages of 4 kB written in one transaction: some 30 ms, for which a change would have to wait.
PAGES = 250
#: Transactions at one call, so that whoever closes the window meanwhile is not kept waiting.
STEPS = 12

_PARTS = "SELECT count(DISTINCT segid) FROM contact_search_idx"
_MERGE = "INSERT INTO contact_search (contact_search, rank) VALUES ('merge', ?)"


class Upkeep:
    """Work on the store that changes nothing anybody sees."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._merging = False

    def parts(self) -> int:
        """Of how many parts the search index is made."""
        with self._store.snapshot() as rows:
            return int(rows.execute(_PARTS).fetchone()[0])

    def merge_index(self) -> bool:
        """Merge the parts of the search index for about a third of a second; whether there is more to do.

        Does nothing while they are few. (SQLite, "The 'merge' Command" of FTS5: a negative number begins to merge all
        of them, and it is done when a step changes fewer than two rows.)
        """
        if not self._merging and self.parts() <= FEW_PARTS:
            return False
        for _ in range(STEPS):
            with self._store.transaction() as connection:
                driver = raw(connection)
                before = driver.total_changes
                driver.execute(_MERGE, (PAGES if self._merging else -PAGES,))
                self._merging = driver.total_changes - before >= 2
            if not self._merging:
                return False
        return True
