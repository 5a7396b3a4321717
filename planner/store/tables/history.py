"""What happened, and what was given, received and promised."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.tables.base import Base, Key, owned_by, refers_to, touching


class InteractionTable(Base):
    """Something that happened with one or more contacts."""

    __tablename__ = "interaction"
    __table_args__ = touching(interaction="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    has_time: Mapped[bool] = mapped_column(default=False)  # False: only the date of `at` in the person's zone is known
    minutes: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    private: Mapped[bool] = mapped_column(default=False)  # kept out of every export unless asked for
    event_id: Mapped[int | None] = refers_to("event.id")
    created_at: Mapped[datetime]


class InteractionContactTable(Base):
    """Who took part."""

    __tablename__ = "interaction_contact"
    __table_args__ = touching(
        UniqueConstraint("contact_id", "interaction_id"), interaction="interaction_id", contact="contact_id"
    )

    id: Mapped[Key]
    interaction_id: Mapped[int] = owned_by("interaction.id")
    contact_id: Mapped[int] = owned_by("contact.id")


class ExchangeTable(Base):
    """Value given to a contact or received from one."""

    __tablename__ = "exchange"
    __table_args__ = touching(exchange="id", contact="contact_id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    contact_id: Mapped[int] = owned_by("contact.id")
    direction: Mapped[str]
    kind: Mapped[str]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    interaction_id: Mapped[int | None] = refers_to("interaction.id")
    event_id: Mapped[int | None] = refers_to("event.id")
    introduction_id: Mapped[int | None] = refers_to("introduction.id")


class PromiseTable(Base):
    """Something owed, in either direction."""

    __tablename__ = "promise"
    __table_args__ = touching(promise="id", contact="contact_id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    contact_id: Mapped[int] = owned_by("contact.id")
    direction: Mapped[str]
    text: Mapped[str]
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open", index=True)
    closed_on: Mapped[date | None]
    interaction_id: Mapped[int | None] = refers_to("interaction.id")
    event_id: Mapped[int | None] = refers_to("event.id")


class IntroductionTable(Base):
    """Two contacts made known to each other, asking both first; or one that somebody made for you."""

    __tablename__ = "introduction"
    __table_args__ = touching(introduction="id", contact="a_id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    a_id: Mapped[int] = owned_by("contact.id")
    b_id: Mapped[int | None] = refers_to("contact.id")  # None: the other side is you
    introducer_id: Mapped[int | None] = refers_to("contact.id")  # None: you introduce
    reason: Mapped[str] = mapped_column(default="")
    a_asked_on: Mapped[date | None]
    a_consent: Mapped[str] = mapped_column(default="")  # "", "yes", "no"
    b_asked_on: Mapped[date | None]
    b_consent: Mapped[str] = mapped_column(default="")
    introducer_asked_on: Mapped[date | None]
    introducer_consent: Mapped[str] = mapped_column(default="")
    made_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    thanked_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open", index=True)
    created_on: Mapped[date]


class MilestoneTable(Base):
    """A reason to celebrate that is not a yearly date: a new job, a promotion, an award.

    One that was noticed in a changed title or organisation waits as "proposed", with what stood there before.
    """

    __tablename__ = "milestone"
    __table_args__ = touching(milestone="id", contact="contact_id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    contact_id: Mapped[int] = owned_by("contact.id")
    kind: Mapped[str]
    on: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="open")  # proposed, declined, open, celebrated, dismissed
    before_title: Mapped[str] = mapped_column(default="")
    before_organisation: Mapped[str] = mapped_column(default="")


class GoalTable(Base):
    """A career goal; `fields` and `organisations` hold one entry a line."""

    __tablename__ = "goal"
    __table_args__ = touching(goal="id")

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    fields: Mapped[str] = mapped_column(default="")
    organisations: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    created_on: Mapped[date]


class GoalContactTable(Base):
    """A person who matters to a goal."""

    __tablename__ = "goal_contact"
    __table_args__ = touching(UniqueConstraint("goal_id", "contact_id"), goal="goal_id", contact="contact_id")

    id: Mapped[Key]
    goal_id: Mapped[int] = owned_by("goal.id")
    contact_id: Mapped[int] = owned_by("contact.id")


class LogEntryTable(Base):
    """A dated entry in one person's standing log: expectation, update, feedback, achievement, difficulty.

    A changed expectation is a new entry that `replaces_id` the old one: what was agreed before stays to be read.
    """

    __tablename__ = "log_entry"
    __table_args__ = touching(Index("ix_log_entry_contact_kind", "contact_id", "kind"), contact="contact_id")

    id: Mapped[Key]
    contact_id: Mapped[int] = owned_by("contact.id")
    kind: Mapped[str]
    on: Mapped[date]
    text: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    private: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool] = mapped_column(default=False)
    event_id: Mapped[int | None] = refers_to("event.id")
    replaces_id: Mapped[int | None] = refers_to("log_entry.id")
    mediator_id: Mapped[int | None] = refers_to("contact.id")  # whom to ask to mediate
