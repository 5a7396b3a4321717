"""Accounts on DAV servers, and the last state both sides agreed on. Undo leaves them alone, as it must a server."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, unjournalled


class AccountTable(Base):
    """A person's account on a server. The password is in the system's keyring under `uid`, never here."""

    __tablename__ = "account"
    __table_args__ = unjournalled()

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    provider: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    user: Mapped[str]
    paused: Mapped[bool] = mapped_column(default=False)
    synced_at: Mapped[datetime | None]
    waits_until: Mapped[datetime | None]  # the server asked not to be asked before


class CollectionTable(Base):
    """A calendar or address book of an account that is kept in sync."""

    __tablename__ = "collection"
    __table_args__ = unjournalled(UniqueConstraint("account_id", "url", "purpose"))

    id: Mapped[Key]
    account_id: Mapped[int] = owned_by("account.id")
    url: Mapped[str]
    name: Mapped[str]
    purpose: Mapped[str]  # events, tasks, people
    token: Mapped[str] = mapped_column(default="")  # sync-token of the last complete run
    options: Mapped[str] = mapped_column(default="")  # JSON: what goes into it, where there is a choice


class CollectionItemTable(Base):
    """One item both sides know: where it is, and what each side held when they last agreed."""

    __tablename__ = "collection_item"
    __table_args__ = unjournalled(UniqueConstraint("collection_id", "uid"), UniqueConstraint("collection_id", "path"))

    id: Mapped[Key]
    collection_id: Mapped[int] = owned_by("collection.id")
    uid: Mapped[str]
    path: Mapped[str]
    etag: Mapped[str] = mapped_column(default="")
    fingerprint: Mapped[str] = mapped_column(default="")  # of all that we show there
    facts: Mapped[str] = mapped_column(default="")  # what either side may change, as both last agreed
    data: Mapped[str] = mapped_column(default="")  # the item as it last was on the server, foreign properties included
    conflict: Mapped[str] = mapped_column(default="")  # JSON of both facts while a person has not yet chosen


class SyncLogTable(Base):
    """What sync did, in lines a person can read; the newest thousand are kept."""

    __tablename__ = "sync_log"
    __table_args__ = unjournalled()

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None]
    level: Mapped[str]  # done, notice, offline, problem
    text: Mapped[str]
