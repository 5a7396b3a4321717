"""Contacts and all that belongs to one."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, derived_from_others, owned_by, touching, unjournalled


class ContactTable(Base):
    """A person. Boundaries are columns here because each person has exactly one set of them."""

    __tablename__ = "contact"
    __table_args__ = touching(contact="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")  # as shown: the vCard FN, or made from the parts
    sort_key: Mapped[str] = mapped_column(default="", index=True)
    prefix: Mapped[str] = mapped_column(default="")
    given: Mapped[str] = mapped_column(default="")
    additional: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    nickname: Mapped[str] = mapped_column(default="")
    phonetic: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="", index=True)
    department: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    tie: Mapped[str | None]
    rhythm_days: Mapped[int | None]  # None: by role; 0: no rhythm wanted
    longest_days: Mapped[int | None]
    matters: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    remember: Mapped[str] = mapped_column(default="")
    research: Mapped[str] = mapped_column(default="")
    looking_for: Mapped[str] = mapped_column(default="")  # what would help them, and …
    can_offer: Mapped[str] = mapped_column(default="")  # … what they could do for others; parted by commas
    photo: Mapped[str | None]  # hash of a row in blob
    preferred_channel: Mapped[str] = mapped_column(default="")
    hours_from: Mapped[str] = mapped_column(default="")  # HH:MM in the contact's zone
    hours_to: Mapped[str] = mapped_column(default="")
    quiet_until: Mapped[date | None]
    topics_off: Mapped[str] = mapped_column(default="")
    no_asks: Mapped[bool] = mapped_column(default=False)
    expectations: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # where it came from: "vcard", "card", "csv", "" for typed in
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class EmailTable(Base):
    """An email address; `address_key` is folded for matching."""

    __tablename__ = "contact_email"
    __table_args__ = touching(contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    address: Mapped[str]
    address_key: Mapped[str] = mapped_column(index=True)
    label: Mapped[str] = mapped_column(default="")
    preferred: Mapped[bool] = mapped_column(default=False)


class PhoneTable(Base):
    """A phone number as written, and in E.164 where it could be understood."""

    __tablename__ = "contact_phone"
    __table_args__ = touching(contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str]
    e164: Mapped[str] = mapped_column(default="", index=True)
    label: Mapped[str] = mapped_column(default="")
    preferred: Mapped[bool] = mapped_column(default=False)


class AddressTable(Base):
    """A postal address in the parts of RFC 6350 section 6.3.1."""

    __tablename__ = "contact_address"
    __table_args__ = touching(contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    po_box: Mapped[str] = mapped_column(default="")
    extended: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column(default="")
    preferred: Mapped[bool] = mapped_column(default=False)


class LinkTable(Base):
    """A web page or profile; `url_key` is normalised for matching."""

    __tablename__ = "contact_link"
    __table_args__ = touching(contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    url: Mapped[str]
    url_key: Mapped[str] = mapped_column(default="", index=True)
    label: Mapped[str] = mapped_column(default="")


class DateTable(Base):
    """A birthday or another yearly date, with or without a year."""

    __tablename__ = "contact_date"
    __table_args__ = touching(Index("ix_contact_date_month_day", "month", "day"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    year: Mapped[int | None]
    month: Mapped[int | None]
    day: Mapped[int | None]
    label: Mapped[str] = mapped_column(default="")


class RoleTable(Base):
    """What the person is to you; several at once."""

    __tablename__ = "contact_role"
    __table_args__ = touching(UniqueConstraint("contact_id", "role"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    role: Mapped[str] = mapped_column(index=True)


class TagTable(Base):
    """A tag on a contact. Tags have no life of their own: one that nobody wears is gone."""

    __tablename__ = "contact_tag"
    __table_args__ = touching(UniqueConstraint("contact_id", "tag"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    tag: Mapped[str] = mapped_column(index=True)


class PropertyTable(Base):
    """A vCard property that Rapport has no field for, kept to be written back."""

    __tablename__ = "contact_property"
    __table_args__ = touching(contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    group: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    params: Mapped[str] = mapped_column(default="")  # JSON: [[name, [value, …]], …]
    value: Mapped[str]


class AcquaintanceTable(Base):
    """Two contacts who know each other, apart from introductions: who knows whom, and how."""

    __tablename__ = "acquaintance"
    __table_args__ = touching(UniqueConstraint("contact_id", "other_id"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    other_id: Mapped[int] = owned_by("contact.id")
    how: Mapped[str] = mapped_column(default="")


class NotSameTable(Base):
    """Two contacts the person has said are not one and the same."""

    __tablename__ = "contact_not_same"
    __table_args__ = touching(UniqueConstraint("contact_id", "other_id"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    other_id: Mapped[int] = owned_by("contact.id")


class SavedFilterTable(Base):
    """A search of the People list, under a name."""

    __tablename__ = "saved_filter"
    __table_args__ = touching(saved_filter="id")

    id: Mapped[Key]
    name: Mapped[str]
    query: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class BlobTable(Base):
    """A picture, by the SHA-256 of its bytes. Never changed, hence never journalled."""

    __tablename__ = "blob"
    __table_args__ = unjournalled()

    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    data: Mapped[bytes]


class ContactSummaryTable(Base):
    """What the history of a contact adds up to; derived, rebuilt for every contact a command touches."""

    __tablename__ = "contact_summary"
    __table_args__ = derived_from_others(
        Index("ix_contact_summary_expected", "expected", "in_touch_at", sqlite_where=text("expected IS NOT NULL"))
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the contact's id
    last_interaction_at: Mapped[datetime | None] = mapped_column(index=True)
    first_interaction_at: Mapped[datetime | None]
    interactions: Mapped[int] = mapped_column(default=0)
    in_touch_at: Mapped[datetime | None]  # the last interaction, or the last follow-up done that reached out
    expected: Mapped[str | None]  # what decides how long a silence may be, see planner.store.summaries
