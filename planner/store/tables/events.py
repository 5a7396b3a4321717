"""Events, their agenda, and the people to meet there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, refers_to, touching


class EventTable(Base):
    """A conference, a meetup, a one-to-one. `ends_at` is exclusive; whole days run from midnight to midnight there."""

    __tablename__ = "event"
    __table_args__ = touching(event="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    aim: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")  # what came of it
    state: Mapped[str] = mapped_column(default="planned")  # planned, wrapped_up, called_off
    previous_id: Mapped[int | None] = refers_to("event.id")  # the edition before
    plan_id: Mapped[int | None] = refers_to("plan.id")
    pitch_id: Mapped[int | None] = refers_to("pitch.id")
    source: Mapped[str] = mapped_column(default="")  # where its schedule was read from
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SessionTable(Base):
    """An item of an event's agenda."""

    __tablename__ = "session"
    __table_args__ = touching(session="id", event="event_id")

    id: Mapped[Key]
    event_id: Mapped[int] = owned_by("event.id")
    external_id: Mapped[str] = mapped_column(default="", index=True)
    title: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    room: Mapped[str] = mapped_column(default="")
    track: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    marked: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    gone: Mapped[bool] = mapped_column(default=False)  # no longer in the published schedule, kept for its marks


class SessionSpeakerTable(Base):
    """A speaker as printed, and the contact it is, once known."""

    __tablename__ = "session_speaker"
    __table_args__ = touching(session="session_id", contact="contact_id")

    id: Mapped[Key]
    session_id: Mapped[int] = owned_by("session.id")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    external_id: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[int | None] = refers_to("contact.id")


class AttendanceTable(Base):
    """A contact at an event."""

    __tablename__ = "attendance"
    __table_args__ = touching(
        UniqueConstraint("event_id", "contact_id"), attendance="id", event="event_id", contact="contact_id"
    )

    id: Mapped[Key]
    event_id: Mapped[int] = owned_by("event.id")
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)
    wish: Mapped[str] = mapped_column(default="")  # must, would, ""
    part: Mapped[str] = mapped_column(default="attendee")  # speaker, host, attendee
    outcome: Mapped[str] = mapped_column(default="")  # met, missed, ""
    said: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # "introduced by …", "sprint host"


class InvitationTable(Base):
    """An invitation to an event that a contact was given. `uid` and `sequence` are iCalendar's (RFC 5546)."""

    __tablename__ = "invitation"
    __table_args__ = touching(
        UniqueConstraint("event_id", "contact_id"), invitation="id", event="event_id", contact="contact_id"
    )

    id: Mapped[Key]
    event_id: Mapped[int] = owned_by("event.id")
    contact_id: Mapped[int] = owned_by("contact.id")
    uid: Mapped[str] = mapped_column(index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(default="")  # where it went
    state: Mapped[str] = mapped_column(default="invited")  # invited, withdrawn
    answer: Mapped[str] = mapped_column(default="")  # "", accepted, tentative, declined
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class PreparationItemTable(Base):
    """One line of preparation for meeting someone: common ground, talking point, question, standing section."""

    __tablename__ = "preparation_item"
    __table_args__ = touching(attendance="attendance_id")

    id: Mapped[Key]
    attendance_id: Mapped[int] = owned_by("attendance.id")
    kind: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(default="")


class ChecklistItemTable(Base):
    """One line of "Before you go"."""

    __tablename__ = "checklist_item"
    __table_args__ = touching(event="event_id")

    id: Mapped[Key]
    event_id: Mapped[int] = owned_by("event.id")
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)


class PitchTable(Base):
    """An elevator pitch for an audience; used by any number of events."""

    __tablename__ = "pitch"
    __table_args__ = touching(pitch="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    target_seconds: Mapped[int] = mapped_column(default=60)
    updated_at: Mapped[datetime]


class PitchVersionTable(Base):
    """An earlier text of a pitch."""

    __tablename__ = "pitch_version"
    __table_args__ = touching(pitch="pitch_id")

    id: Mapped[Key]
    pitch_id: Mapped[int] = owned_by("pitch.id")
    at: Mapped[datetime]
    text: Mapped[str]


class QuestionTable(Base):
    """A question of the bank: ready to be asked in an interview or one-to-one, by the role it suits."""

    __tablename__ = "question"
    __table_args__ = touching(question="id")

    id: Mapped[Key]
    role: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class InterviewTable(Base):
    """An informational interview, from the request to the thank-you: where it stands beside its event."""

    __tablename__ = "interview"
    __table_args__ = touching(event="event_id", contact="contact_id")

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    contact_id: Mapped[int] = owned_by("contact.id")
    asked_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")  # "", yes, no
    answered_on: Mapped[date | None]
    learned: Mapped[str] = mapped_column(default="")
    thanked_on: Mapped[date | None]


class InterviewNamedTable(Base):
    """Somebody whom the other side named as worth meeting; `contact_id` once they are in the contact book."""

    __tablename__ = "interview_named"
    __table_args__ = touching(event="event_id")

    id: Mapped[Key]
    event_id: Mapped[int] = owned_by("event.id")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[int | None] = refers_to("contact.id")
    asked: Mapped[bool] = mapped_column(default=False)  # an introduction was planned
