"""Follow-ups, the plans that make them, and the messages they are done with."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, refers_to, touching, unjournalled


class FollowUpTable(Base):
    """Something to do for a relationship."""

    __tablename__ = "followup"
    __table_args__ = touching(Index("ix_followup_state_due_on", "state", "due_on"), followup="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    due_on: Mapped[date]
    due_time: Mapped[str] = mapped_column(default="")  # HH:MM in `time_zone`, "" for any time that day
    time_zone: Mapped[str] = mapped_column(default="")  # "" for the person's own
    remind_minutes: Mapped[int | None]  # None: as set in the settings
    why: Mapped[str] = mapped_column(default="")
    message_subject: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    snoozes: Mapped[int] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(default="")  # "", promise, plan, rhythm, milestone, introduction
    origin_key: Mapped[str] = mapped_column(default="", index=True)  # what of that origin, so none is made twice
    event_id: Mapped[int | None] = refers_to("event.id")
    promise_id: Mapped[int | None] = refers_to("promise.id")
    introduction_id: Mapped[int | None] = refers_to("introduction.id")
    milestone_id: Mapped[int | None] = refers_to("milestone.id")
    template_id: Mapped[int | None] = refers_to("template.id")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class FollowUpContactTable(Base):
    """Whom a follow-up is for, in order."""

    __tablename__ = "followup_contact"
    __table_args__ = touching(
        UniqueConstraint("followup_id", "contact_id"), followup="followup_id", contact="contact_id"
    )

    id: Mapped[Key]
    followup_id: Mapped[int] = owned_by("followup.id")
    contact_id: Mapped[int] = owned_by("contact.id")
    position: Mapped[int] = mapped_column(default=0)


class PlanTable(Base):
    """Steps that create follow-ups from a date. `builtin` names the one it came with the program as."""

    __tablename__ = "plan"
    __table_args__ = touching(plan="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    builtin: Mapped[str] = mapped_column(default="")
    event_kinds: Mapped[str] = mapped_column(default="")  # kinds it is proposed for, separated by commas


class PlanStepTable(Base):
    """One follow-up of a plan, so many days after its date."""

    __tablename__ = "plan_step"
    __table_args__ = touching(plan="plan_id")

    id: Mapped[Key]
    plan_id: Mapped[int] = owned_by("plan.id")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    title: Mapped[str]
    days: Mapped[int]
    template_id: Mapped[int | None] = refers_to("template.id")


class TemplateTable(Base):
    """A message with placeholders."""

    __tablename__ = "template"
    __table_args__ = touching(template="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # the kind of follow-up it suits
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    builtin: Mapped[str] = mapped_column(default="")


class SettingTable(Base):
    """One setting: a JSON value under a name."""

    __tablename__ = "setting"
    __table_args__ = touching(setting="id")

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class CalendarItemTable(Base):
    """What was given to a calendar: one row a UID and target. A calendar can't be undone, so undo leaves it alone."""

    __tablename__ = "calendar_item"
    __table_args__ = unjournalled(UniqueConstraint("target", "uid"))

    id: Mapped[Key]
    target: Mapped[str]  # "file" for the exported file
    uid: Mapped[str]
    component: Mapped[str]  # VEVENT or VTODO
    sequence: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str]  # of the content given, to tell whether it has changed since
    content: Mapped[str] = mapped_column(default="")  # JSON of what was given, to cancel it once the record is gone
    cancelled: Mapped[bool] = mapped_column(default=False)
    given_at: Mapped[datetime]
