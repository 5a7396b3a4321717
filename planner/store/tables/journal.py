"""The command journal."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, unjournalled


class CommandTable(Base):
    """One command: what it was called, and whether it is undone at present."""

    __tablename__ = "command"
    __table_args__ = unjournalled()

    id: Mapped[Key]
    at: Mapped[datetime]
    label: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False, index=True)


class CommandRowTable(Base):
    """One row a command inserted (I), updated (U) or deleted (D), or a run of rows it inserted in bulk (R).

    `before` and `after` are JSON objects of all columns. A bulk insert keeps only first and last id; its rows are
    written out when it is undone.
    """

    __tablename__ = "command_row"
    __table_args__ = unjournalled(Index("ix_command_row_command_id_id", "command_id", "id"))

    id: Mapped[Key]
    command_id: Mapped[int] = owned_by("command.id")
    table_name: Mapped[str]
    op: Mapped[str]
    row_id: Mapped[int]
    last_row_id: Mapped[int | None]
    before: Mapped[str | None]
    after: Mapped[str | None]


class ChangeMarkTable(Base):
    """That a command was done, undone or redone, in order of time: how one process notices another's work."""

    __tablename__ = "change_mark"
    __table_args__ = unjournalled()

    id: Mapped[Key]
    command_id: Mapped[int]
