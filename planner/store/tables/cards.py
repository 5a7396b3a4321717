"""The capture inbox: what was read and waits to be looked over."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, refers_to, touching


class CardTable(Base):
    """One captured card. `reading` is JSON: fields with value, confidence and box; lines that fit nowhere."""

    __tablename__ = "card"
    __table_args__ = touching(card="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]  # the file's name as it came, or "pasted"
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]  # photo, qr, vcard, csv, text
    picture: Mapped[str | None]  # hash of a row in blob
    reading: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting", index=True)  # waiting, saved, skipped
    contact_id: Mapped[int | None] = refers_to("contact.id")
    event_id: Mapped[int | None] = refers_to("event.id")
    created_at: Mapped[datetime]


class ColumnMappingTable(Base):
    """How the columns of a kind of table file were matched to fields, by the fingerprint of its header."""

    __tablename__ = "column_mapping"
    __table_args__ = touching(column_mapping="id")

    id: Mapped[Key]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    mapping: Mapped[str]  # JSON
