"""How events and the people at them look as rows and words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from planner.contacts.records import Role
from planner.events import times
from planner.events.defaults import PERSONAL
from planner.events.records import (
    Attendance,
    EventFile,
    EventRow,
    EventState,
    Outcome,
    Part,
    Session,
    Wish,
)
from planner.followups.records import FollowUpKind, Plan
from ui.day_words import exact_day, range_words, span_words, time_words
from ui.theme_tokens import Tone
from ui.widgets.row_data import ChipData, RowAction, RowData

if TYPE_CHECKING:
    from planner.calendars.invitations import Invitation

_WISH = {Wish.MUST: "Must meet", Wish.WOULD: "Would like to meet", Wish.NONE: "Not planned"}
_ICONS = {
    "conference": "users",
    "workshop": "square-check",
    "mixer": "party-popper",
    "meetup": "map-pin",
    "organisation meeting": "building-2",
    "informational interview": "message-square",
    "one-to-one": "coffee",
}


def wish_words(wish: Wish) -> str:
    """How much somebody is to be met, in words."""
    return _WISH[wish]


def when_words(row: EventRow | EventFile, own: tzinfo, today: date) -> str:
    """When an event is: "Wed 14 – Sun 18 July", "Thu 15 July 16:00"."""
    details = row.details if isinstance(row, EventRow) else row.event.details
    first, last = (
        (row.first_day, row.last_day) if isinstance(row, EventRow) else (row.event.first_day, row.event.last_day)
    )
    words = range_words(first, last, today)
    if not details.all_day:
        words += f" {time_words(details.starts_at.astimezone(times.zone_named(details.time_zone, own)))}"
    return words


def away_words(row: EventRow, now: datetime, today: date) -> str:
    """How far an event is: "now", "tomorrow", "in 4 days", "3 weeks ago"."""
    if row.details.starts_at <= now < row.details.ends_at:
        return "now"
    days = (row.first_day - today).days
    if days > 0:
        return "tomorrow" if days == 1 else f"in {span_words(days)}"
    if row.last_day >= today:
        return "today"
    gone = (today - row.last_day).days
    return "yesterday" if gone == 1 else f"{span_words(gone)} ago"


def event_row(row: EventRow, own: tzinfo, now: datetime, today: date) -> RowData:
    """An event in the list."""
    details = row.details
    over = details.ends_at <= now
    chips: list[ChipData] = []
    if details.state is EventState.CALLED_OFF:
        chips.append(ChipData("Called off"))
    elif over and details.state is EventState.PLANNED:
        chips.append(ChipData("To wrap up", Tone.WARN))
    if row.people and not over and details.kind not in PERSONAL:
        chips.append(ChipData(f"{row.people} to meet", Tone.ACCENT if row.must else Tone.NEUTRAL))
    elif row.met:
        chips.append(ChipData(f"{row.met} met", Tone.OK))
    muted = [when_words(row, own, today), details.place]
    if row.names:
        muted.append(names_words(row.names, row.people))
    called_off = details.state is EventState.CALLED_OFF
    return RowData(
        title=details.title,
        muted=" · ".join(part for part in muted if part),
        chips=tuple(chips),
        aside="" if called_off else away_words(row, now, today),
        icon=_ICONS[details.kind.value],
        done=called_off,
        tip=exact_day(row.first_day),
        actions=(),
    )


def names_words(names: Iterable[str], people: int) -> str:
    """ "Ingrid Vale, Kofi Danso and 6 more"."""
    shown = list(names)[:2]
    more = people - len(shown)
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(shown)


def person_row(
    person: Attendance,
    zone: tzinfo,
    photo: bytes | None,
    actions: tuple[RowAction, ...] = (),
    phase: str = "prepare",
    invitation: Invitation | None = None,
) -> RowData:
    """Somebody at an event. `phase` decides what the chips tell."""
    chips = _preparing(person) if phase == "prepare" else _outcome(person)
    if invitation is not None and person.outcome is not Outcome.MET:
        chips = (invited_chip(invitation), *chips)
    parts = [line_of(person)]
    if person.sessions:
        parts.append(speaks_words(person.sessions[0], zone))
    elif person.note:
        parts.append(person.note)
    elif person.part is not Part.ATTENDEE:
        parts.append(person.part.value)
    return RowData(
        title=person.name,
        muted=" · ".join(part for part in parts if part),
        chips=chips,
        name=person.name or "?",
        photo=photo,
        actions=actions,
        tip="" if person.readiness.ready else f"Still missing: {', '.join(person.readiness.missing)}",
    )


def invited_chip(invitation: Invitation) -> ChipData:
    """Where an invitation stands: "Invited", "Comes", "Can’t come"."""
    from planner.calendars.invitations import Answer, InvitationState  # late: other pages show events, but no guests

    tones = {Answer.ACCEPTED: Tone.OK, Answer.DECLINED: Tone.WARN}
    here = invitation.state is InvitationState.INVITED
    return ChipData(invitation.in_words, tones.get(invitation.answer, Tone.NEUTRAL) if here else Tone.NEUTRAL)


def line_of(person: Attendance) -> str:
    """ "CTO, Norrvolt"."""
    return ", ".join(part for part in (person.title, person.organisation) if part)


def readiness_chip(person: Attendance) -> ChipData:
    """Ready, not started, or the first thing that is missing."""
    readiness = person.readiness
    if readiness.ready:
        return ChipData("Ready", Tone.OK)
    if readiness.state == "not started":
        return ChipData("Not started")
    lacking = readiness.missing[0]
    return ChipData(f"No {lacking} yet" if len(lacking) < 11 else f"No {lacking}", Tone.WARN)


def person_chips(person: Attendance) -> list[ChipData]:
    """Roles, tie and tags of somebody."""
    chips = [ChipData(role.value.capitalize(), Tone.ACCENT) for role in person.roles if role is not Role.OTHER]
    if person.tie:
        chips.append(ChipData(f"{person.tie.value.capitalize()} tie"))
    return [*chips, *(ChipData(tag) for tag in person.tags)]


def plan_words(plan: Plan) -> str:
    """A plan's steps: "thank-you in 1 day, connect in 2, check in after 3 weeks"."""
    parts = []
    for step in plan.steps:
        name = {FollowUpKind.CHECK_IN: "check in"}.get(step.kind, step.kind.value)
        if step.days < 0:
            parts.append(f"{name} {span_words(-step.days)} before")
        elif step.days == 0:
            parts.append(f"{name} the same day")
        else:
            parts.append(f"{name} after {_span(step.days)}")
    return ", ".join(parts)


def _span(days: int) -> str:
    return span_words(days) if days % 7 or days < 14 else f"{days // 7} weeks"


def _preparing(person: Attendance) -> tuple[ChipData, ...]:
    chips = [readiness_chip(person)]
    if person.wish is Wish.MUST:
        chips.append(ChipData("Must meet"))
    return tuple(chips)


def _outcome(person: Attendance) -> tuple[ChipData, ...]:
    if person.outcome is Outcome.MET:
        return (ChipData("Met", Tone.OK),)
    if person.outcome is Outcome.MISSED:
        return (ChipData("Missed"),)
    return (ChipData("Must meet", Tone.WARN),) if person.wish is Wish.MUST else ()


def speaks_words(item: Session, zone: tzinfo) -> str:
    """ "talk Thu 09:15", or the title where the schedule gives no time."""
    when = session_time(item, zone, with_day=True)
    return f"talk {when}" if when else f"speaks: {item.title}"


def session_time(item: Session, zone: tzinfo, *, with_day: bool) -> str:
    """ "Thu 09:15", "09:15", or "" where the schedule gives no time."""
    if item.starts_at is None:
        return ""
    local = item.starts_at.astimezone(zone)
    day = QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{day} {time_words(local)}" if with_day else time_words(local)
