"""What every table shares.

Every table has an integer `id`, so that the journal can name any row by table and number. A journalled table's `info`
says which entities a change of its rows touches: `touches={"contact": "contact_id"}` reads "the contact in the column
contact_id has changed". A table with `journal=False` holds what undo must not turn back (what was given to a
calendar, derived summaries).

The modules of the tables do without `from __future__ import annotations`: SQLAlchemy would have to evaluate the text of
each column's annotation again, which costs a start a fifth of the time that the tables take.
"""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import Date, ForeignKey, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from planner.store.types import UtcDateTime


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, date: Date, str: Text}


Key = Annotated[int, mapped_column(Integer, primary_key=True, autoincrement=True)]


def owned_by(target: str) -> Any:
    """A reference to a row that this one can't outlive."""
    return mapped_column(ForeignKey(target, ondelete="CASCADE"), index=True)


def refers_to(target: str) -> Any:
    """A reference that is emptied when the row it names goes."""
    return mapped_column(ForeignKey(target, ondelete="SET NULL"), index=True)


def touching(*args: Any, **columns: str) -> tuple[Any, ...]:
    """`__table_args__` of a journalled table: `touching(contact="id")`. Constraints may come first."""
    return (*args, {"info": {"touches": columns}, "sqlite_autoincrement": True})


def derived_from_others(*args: Any) -> tuple[Any, ...]:
    """`__table_args__` of a table that is made from others and can be made again; its ids are theirs."""
    return (*args, {"info": {"journal": False, "touches": {}}})


def unjournalled(*args: Any) -> tuple[Any, ...]:
    """`__table_args__` of a table that undo leaves alone."""
    return (*args, {"info": {"journal": False, "touches": {}}, "sqlite_autoincrement": True})
