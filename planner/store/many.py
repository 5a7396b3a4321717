"""Inserting very many rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from planner.store.engine import raw

#: Values in one statement. From here on more make it no faster.
VALUES = 1_200

#: With fewer rows it takes longer to look for columns that are empty in all of them than to hand their values over.
_FEW = 200


def insert_rows(
    connection: Connection,
    table: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    values: int = VALUES,
) -> None:
    """Insert rows whose values are as the driver takes them: numbers, texts, bytes and None. `values` go in at once.

    Many rows go in by one statement, which holds itself what is empty in all of them. That takes half the time of a
    statement a row, and between two of its rows the driver does not ask for the interpreter: a thread beside it can
    work meanwhile.
    """
    driver = raw(connection)
    marks, rows = _without_constants(rows) if len(rows) >= _FEW else (("?",) * len(columns), rows)
    many = max(1, values // max(1, marks.count("?")))
    whole = len(rows) - len(rows) % many
    statement = _statement(table, columns, marks, many)
    for start in range(0, whole, many):
        driver.execute(statement, tuple(chain.from_iterable(rows[start : start + many])))
    if whole < len(rows):
        driver.executemany(_statement(table, columns, marks, 1), rows[whole:])


_CONSTANTS = {"": "''", 0: "0", None: "NULL"}


def _without_constants(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[str, ...], Sequence[tuple[Any, ...]]]:
    """What stands for each column in a statement, and the rows without the columns that need no value of theirs."""
    marks, kept = [], []
    for column in zip(*rows, strict=True):
        first = column[0]
        constant = (first is None or first == "" or first == 0) and column.count(first) == len(column)
        marks.append(_CONSTANTS[first] if constant else "?")
        if not constant:
            kept.append(column)
    return (tuple(marks), list(zip(*kept, strict=True))) if kept else (("?",) * len(marks), rows)


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], marks: tuple[str, ...], rows: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    row = f"({', '.join(marks)})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * rows)}'
