"""Professional organisations, who belongs to them, and their meetings."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, touching


class OrganisationTable(Base):
    """A guild, a society, a chamber: something one joins, as against the firm one works for."""

    __tablename__ = "organisation"
    __table_args__ = touching(organisation="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")


class MembershipTable(Base):
    """Somebody's membership. Without a contact it is your own."""

    __tablename__ = "membership"
    __table_args__ = touching(
        UniqueConstraint("organisation_id", "contact_id"), organisation="organisation_id", contact="contact_id"
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = owned_by("organisation.id")
    contact_id: Mapped[int | None] = owned_by("contact.id")
    role: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    volunteering: Mapped[str] = mapped_column(default="")


class OrganisationMeetingTable(Base):
    """An event that is a meeting of an organisation."""

    __tablename__ = "organisation_meeting"
    __table_args__ = touching(
        UniqueConstraint("organisation_id", "event_id"), organisation="organisation_id", event="event_id"
    )

    id: Mapped[Key]
    organisation_id: Mapped[int] = owned_by("organisation.id")
    event_id: Mapped[int] = owned_by("event.id")
