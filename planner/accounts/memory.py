"""What both sides last agreed on, as rows: read at the start of a run, kept up to date through it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from planner.accounts.records import Known
from planner.store.store import Store
from planner.store.tables import AccountTable, CollectionItemTable, CollectionTable

#: Rows remembered in one transaction. If the program ends before, the next run finds the items on the server by their
#: uid and agrees with them, so nothing is put twice.
BATCH = 50

#: What an item's place begins with that is not on the server; followed by its uid, because places are unique.
_OFF = "gone:"

#: Stands for a conflict in a row of what was taken off there and is to stay off.
LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A known item with the server's last text of it, and whether it waits for a person's choice."""

    id: int
    known: Known
    data: str
    conflict: str


class Memory:
    """The remembered items of one calendar or address book."""

    def __init__(self, store: Store, collection_id: int) -> None:
        self._store = store
        self._collection_id = collection_id
        self._pending: dict[str, dict[str, object]] = {}
        self._forgotten: list[str] = []

    def all(self) -> dict[str, Remembered]:
        """Every remembered item by uid."""
        table = CollectionItemTable
        with self._store.read() as session:
            rows = session.execute(
                select(
                    table.id,
                    table.uid,
                    table.path,
                    table.etag,
                    table.fingerprint,
                    table.facts,
                    table.data,
                    table.conflict,
                ).where(table.collection_id == self._collection_id)
            ).all()
        return {
            row.uid: Remembered(
                row.id,
                Known(row.uid, "" if row.path.startswith(_OFF) else row.path, row.etag, row.fingerprint, row.facts),
                row.data,
                row.conflict,
            )
            for row in rows
        }

    def keep(self, known: Known, data: str, conflict: str = "") -> None:
        """Remember an item; written with the next batch."""
        self._pending[known.uid] = {
            "collection_id": self._collection_id,
            "uid": known.uid,
            "path": known.path or f"{_OFF}{known.uid}",
            "etag": known.etag,
            "fingerprint": known.fingerprint,
            "facts": known.facts,
            "data": data,
            "conflict": conflict,
        }
        if len(self._pending) + len(self._forgotten) >= BATCH:
            self.flush()

    def leave_out(self, uid: str) -> None:
        """Remember that the person took this off there, though it stays here: it is not put there again."""
        self.keep(Known(uid, "", "", "", ""), "", LEFT_OUT)

    def rest(self, uid: str, facts: str) -> None:
        """Remember that both sides agree on these facts, and that the item has no place there."""
        self.keep(Known(uid, "", "", "", facts), "")

    def forget(self, uid: str) -> None:
        """Forget an item; written with the next batch."""
        self._pending.pop(uid, None)
        self._forgotten.append(uid)

    def flush(self) -> None:
        """Write what is pending."""
        if not self._pending and not self._forgotten:
            return
        table = CollectionItemTable
        rows, gone = list(self._pending.values()), self._forgotten
        with self._store.record() as session:
            for uid in gone:
                session.execute(delete(table).where(table.collection_id == self._collection_id, table.uid == uid))
            if rows:
                statement = insert(table)
                columns = ("path", "etag", "fingerprint", "facts", "data", "conflict")
                session.execute(
                    statement.on_conflict_do_update(
                        index_elements=["collection_id", "uid"],
                        set_={name: getattr(statement.excluded, name) for name in columns},
                    ),
                    rows,
                )
        self._pending, self._forgotten = {}, []

    def finish(self, token: str, account_id: int, at: datetime) -> None:
        """Remember that a run is complete, with the sync-token it began from."""
        self.flush()
        with self._store.record() as session:
            collection = session.get(CollectionTable, self._collection_id)
            if collection is not None:
                collection.token = token
            account = session.get(AccountTable, account_id)
            if account is not None:
                account.synced_at = at


def conflict_text(ours: str, theirs: str) -> str:
    """Both facts of a conflict, as kept; "" for a side that deleted the item."""
    return json.dumps({"ours": ours, "theirs": theirs})


def conflict_sides(text: str) -> tuple[str, str]:
    """Our facts and theirs out of a kept conflict."""
    kept = json.loads(text)
    return kept["ours"], kept["theirs"]


def paths(remembered: Iterable[Remembered]) -> dict[str, Remembered]:
    """Remembered items by path, without those that have no place there."""
    return {item.known.path: item for item in remembered if not item.known.off}
