"""What follows from the records and is kept beside them: the search index, and each contact's summary.

Both are rebuilt, in the same transaction, for every contact that a command, an undo or a redo touched. Neither is
journalled; `planner.store.integrity` checks that they agree with the records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from planner.changes import MANY, Changes
from planner.folding import fold, spaced
from planner.store import summaries
from planner.store.engine import raw
from planner.store.many import insert_rows


def refresh(connection: Connection, changes: Changes, *, complete: bool = True) -> None:
    """Bring index and summaries up to date after a change.

    With `complete`, `changes.touched` names every contact there was before that may have changed; else all is rebuilt.
    """
    touched = changes.touched.get("contact", frozenset())
    # An interaction's day counts for whoever took part, and so does a follow-up that was done.
    for entity in ("interaction", "followup"):
        touched = touched.union(_taking_part(connection, entity, changes.touched.get(entity, ())))
    if not complete or len(touched) > MANY:
        rebuild(connection)
        return
    if changes.everything:
        execute = connection.exec_driver_sql
        came = [row[0] for row in execute("SELECT id FROM contact EXCEPT SELECT id FROM contact_summary")]
        if not came:
            _forget_gone(connection)
        elif len(came) > MANY:
            add_contacts(connection, min(came), max(came))
            touched = touched.difference(came)
        else:
            touched = touched.union(came)
    if touched:
        refresh_contacts(connection, touched)


def _taking_part(connection: Connection, entity: str, ids: Iterable[int]) -> Iterator[int]:
    members = f"SELECT contact_id FROM {entity}_contact WHERE {entity}_id = ?"
    execute = raw(connection).execute
    return (contact_id for id in ids for (contact_id,) in execute(members, (id,)))


def _forget_gone(connection: Connection) -> None:
    execute = connection.exec_driver_sql
    here = execute("SELECT count(*) FROM contact").scalar_one()
    if execute("SELECT count(*) FROM contact_summary").scalar_one() > 2 * here:
        # Taking a document out of the index costs as much as putting one in.
        rebuild(connection)
        return
    with filling(connection):
        execute("DELETE FROM contact_search WHERE rowid NOT IN (SELECT id FROM contact)")
    execute("DELETE FROM contact_summary WHERE id NOT IN (SELECT id FROM contact)")


def rebuild(connection: Connection) -> None:
    """Make index and summaries anew for everyone."""
    execute = connection.exec_driver_sql
    # Emptying the index would take longer than filling it: each word of each document is looked up to be taken out.
    sql = execute("SELECT sql FROM sqlite_master WHERE name = 'contact_search'").scalar_one()
    execute("DROP TABLE contact_search")
    execute(sql)
    execute("DELETE FROM contact_summary")
    last = execute("SELECT max(id) FROM contact").scalar_one()
    with filling(connection):
        for start in range(1, (last or 0) + 1, STEP):
            where = f"WHERE contact.id BETWEEN {start} AND {start + STEP - 1}"
            _index(connection, where)
            _summarise(connection, where)


def refresh_contacts(connection: Connection, ids: Collection[int]) -> None:
    """Make index and summaries anew for these contacts; of those that are gone, nothing stays."""
    execute = connection.exec_driver_sql
    ordered = sorted(ids)
    for start in range(0, len(ordered), 400):
        among = "(" + ",".join(str(id) for id in ordered[start : start + 400]) + ")"
        execute(f"DELETE FROM contact_search WHERE rowid IN {among}")
        execute(f"DELETE FROM contact_summary WHERE id IN {among}")
        _summarise(connection, f"WHERE contact.id IN {among}")
        _index(connection, f"WHERE contact.id IN {among}")


#: Contacts whose documents are held at once: memory must not grow with their number. Each such step makes one part of
#: the index, and the more parts, the more there is to look through; larger steps take longer to sort.
STEP = 5_000

# Fewer bytes than a step's words would end its part early. So many parts are merged at one go: never while filling.
_PART_BYTES, _MOST_PARTS = 8 << 20, 1_000


@contextmanager
def filling(connection: Connection) -> Iterator[None]:
    """While very many documents go into the search index, leave its parts as they come.

    Merging them takes as long again as making them. `planner.store.upkeep` does it, and later changes. Where the block
    raises, the transaction's rollback puts the index back to its usual way.
    """
    configure = "INSERT INTO contact_search (contact_search, rank) VALUES (?, ?)"
    execute = raw(connection).execute
    for name, value in (("hashsize", _PART_BYTES), ("crisismerge", _MOST_PARTS), ("automerge", 0)):
        execute(configure, (name, value))
    yield
    for name, value in (("crisismerge", _USUAL_MOST), ("automerge", _USUAL_MERGE)):
        execute(configure, (name, value))


#: Parts of one size that are merged into a larger one, bit by bit, and at one go: what SQLite does of itself.
_USUAL_MERGE, _USUAL_MOST = 4, 16


def add_contacts(connection: Connection, first: int, last: int) -> None:
    """Summarise those contacts of a run of ids that are not yet, and index those of them that are not."""
    with filling(connection):
        _add_contacts(connection, first, last)


def _add_contacts(connection: Connection, first: int, last: int) -> None:
    for start in range(first, last + 1, STEP):
        until = min(last, start + STEP - 1)
        where = f"WHERE contact.id BETWEEN {start} AND {until}"
        came = (
            f"SELECT id FROM contact {where} EXCEPT SELECT id FROM contact_summary WHERE id BETWEEN {start} AND {until}"
        )
        connection.exec_driver_sql(f"CREATE TEMP TABLE came AS {came}")
        where += " AND contact.id IN (SELECT id FROM temp.came)"
        indexed = f"SELECT rowid FROM contact_search WHERE rowid BETWEEN {start} AND {until}"
        if connection.exec_driver_sql(f"SELECT 1 FROM temp.came WHERE id NOT IN ({indexed}) LIMIT 1").first():
            _index(connection, f"{where} AND contact.id NOT IN ({indexed})")
        _summarise(connection, where)
        connection.exec_driver_sql("DROP TABLE temp.came")


def _summarise(connection: Connection, where: str) -> None:
    columns = ", ".join(summaries.COLUMNS)
    connection.exec_driver_sql(f"INSERT INTO contact_summary ({columns}) {summaries.select(where)}")


#: A property may be a picture of megabytes in base64; nobody searches for what is so long.
LONGEST_SEARCHED = 500
#: When and by which program a card was written; every search for a year would find it.
NOT_SEARCHED = ("REV", "PRODID", "X-PRODID")

Document = tuple[int, str, str, str]

_DIGITS = "replace(replace(number, ' ', ''), '-', '')"

# The parts of the index document that live in tables of their own: table, and what of it is searched. A number is
# found as it is written, without its gaps, and with the country it is dialled in; no spelling stands there twice.
_PARTS = (
    ("contact_email", "address"),
    (
        "contact_phone",
        (
            f"number || CASE {_DIGITS} WHEN number THEN '' ELSE ' ' || {_DIGITS} END "
            f"|| CASE WHEN e164 IN ('', {_DIGITS}) THEN '' ELSE ' ' || e164 END"
        ),
    ),
    (
        "contact_address",
        (
            "street || ' ' || city || ' ' || region || ' ' || postcode || ' ' || country || ' ' || po_box "
            "|| ' ' || extended"
        ),
    ),
    ("contact_link", "url"),
    ("contact_role", "role"),
    ("contact_tag", "tag"),
    ("contact_property", "value"),
)


def _index(connection: Connection, where: str) -> None:
    for batch in _batches(documents(connection, where)):
        index(connection, batch)


def index(connection: Connection, batch: Sequence[Document]) -> None:
    """Put documents of contacts that have none into the search index."""
    # A statement ends a part of the index: one for all of them makes one part. The driver takes 32,766 values.
    columns = ("rowid", "name", "work", "rest")
    insert_rows(connection, "contact_search", columns, batch, STEP * len(columns))


def leave_out(connection: Connection, ids: Iterable[int]) -> None:
    """Take documents out of the search index."""
    raw(connection).executemany("DELETE FROM contact_search WHERE rowid = ?", [(id,) for id in ids])


def document(id: int, name: str, work: str, notes: str, rest: Iterable[str]) -> Document:
    """The document of one contact, of the texts as they are stored."""
    return id, _text(name), _text(work), _text(" ".join((notes, *rest)))


def documents(connection: Connection, where: str = "") -> Iterator[Document]:
    """What the search index holds of each contact: its number, name, work, and the rest, folded."""
    # Straight from the driver: there may be very many rows.
    execute = raw(connection).execute
    rest: dict[int, list[str]] = {}
    for table, text in _PARTS:
        condition = where.replace("contact.id", "contact_id")
        short = f"{'AND' if where else 'WHERE'} length(value) < {LONGEST_SEARCHED} AND name NOT IN {NOT_SEARCHED} "
        short = short if table == "contact_property" else ""
        # Always in the same order, so that a document made anew can be compared with the one kept.
        order = "contact_id, id" if where else "id"
        for contact_id, value in execute(f"SELECT contact_id, {text} FROM {table} {condition} {short}ORDER BY {order}"):
            rest.setdefault(contact_id, []).append(value)
    rows = execute(
        f"SELECT id, name || ' ' || nickname || ' ' || {_beside('given')} || ' ' || {_beside('family')} "
        "|| ' ' || phonetic, "
        "organisation || ' ' || department || ' ' || title || ' ' || field, "
        f"notes || ' ' || remember || ' ' || research || ' ' || looking_for || ' ' || can_offer FROM contact {where}"
    )
    for id, name, work, notes in rows:
        yield document(id, name, work, notes, rest.get(id, ()))


def _beside(column: str) -> str:
    """A part of the name where the name as shown does not have it: else it would count twice."""
    return f"CASE WHEN instr(' ' || name || ' ', ' ' || {column} || ' ') THEN '' ELSE {column} END"


def _batches(rows: Iterable[Document], size: int = STEP) -> Iterable[list[Document]]:
    batch: list[Document] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _text(raw: str) -> str:
    return spaced(fold(raw))
