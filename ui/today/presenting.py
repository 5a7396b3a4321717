"""Today in rows and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale

from planner.contacts.records import Role
from planner.events.defaults import PERSONAL
from planner.events.records import EventKind
from planner.followups.queries import Drifting
from planner.followups.queueing import QueueEntry
from planner.followups.records import FollowUpKind
from planner.followups.rules.due import Section as Part
from planner.followups.wording import every, span
from planner.relations.records import ExchangeKind, GiveAndTake
from planner.today.records import Meeting, NextEvent, Today
from ui.day_words import day_words, due_words, exact_day, range_words, time_words
from ui.followups.acts import CHANGE, DONE, DROP, SNOOZE, WRITE
from ui.followups.days import weekday_words
from ui.followups.presenting import kind_chip, snoozed
from ui.list_model import Section
from ui.theme_tokens import Tone
from ui.widgets.dates import shown_time
from ui.widgets.labels import PartStyle
from ui.widgets.row_data import ChipData, RowAction, RowData

Photo = Callable[[str | None], bytes | None]
PLAN = RowAction("plan", "Plan a check-in", "", "quiet", always=True)
_ACTIONS = (WRITE, DONE, SNOOZE)

#: A row's key is a follow-up's id, or this and a contact's id.
DRIFT = "drifting"


def sections(today: Today, photo: Photo) -> list[Section]:
    """The list: overdue, today, drifting."""
    more = today.more_this_week
    return [
        Section(
            f"Overdue · {len(today.overdue)}",
            [(entry.id, row(entry, today.day, photo)) for entry in today.overdue.entries],
        ),
        Section(
            f"Today · {len(today.due)} of your {today.day_capacity} a day",
            [(entry.id, row(entry, today.day, photo)) for entry in today.due.entries],
            f"{more} more this week" if more else "",
            keep_empty=bool(len(today.overdue) or today.drifting or more),
        ),
        Section(
            "Drifting",
            [((DRIFT, one.contact_id), drifting_row(one, today.day, photo)) for one in today.drifting],
            "important to you, and quiet for too long",
        ),
    ]


def row(entry: QueueEntry, day: date, photo: Photo) -> RowData:
    """A follow-up, with the person in its title and the person's place in the line below."""
    followup = entry.followup
    person = followup.people[0] if followup.people else None
    parts: list[str] = []
    late = entry.section is Part.OVERDUE
    if person is not None:
        parts.append(_who(entry))
    if entry.clause and not (followup.details.kind is FollowUpKind.CHECK_IN and person and person.rhythm_days):
        parts.append(_clause(entry))
    if followup.details.due_time is not None:
        parts.append(shown_time(followup.details.due_time))
    if not late:
        parts.append(snoozed(followup.snoozes))
    return RowData(
        title=entry.headline,
        muted=_capital(" · ".join(part for part in parts if part)),
        muted_tail=due_words(followup.details.due_on, day) if late else "",
        chips=_chips(entry),
        name=person.name or "?" if person else "",
        photo=photo(person.photo) if person else None,
        icon="" if person else "list-checks",
        actions=(*_ACTIONS,),
        tip="\n".join(part for part in (entry.headline, exact_day(followup.details.due_on)) if part),
    )


#: Not shown as buttons, but on their keys and in the row's menu.
MORE = (CHANGE, DROP)


def _who(entry: QueueEntry) -> str:
    person = entry.followup.people[0]
    role = next((role.value.capitalize() for role in person.roles if role is not Role.OTHER), "")
    if entry.followup.details.kind is FollowUpKind.CHECK_IN and person.rhythm_days:
        quiet = entry.facts.quiet_days
        spoke = "" if quiet is None else "last in touch today" if quiet <= 0 else f"last in touch {span(quiet)} ago"
        return " · ".join(part for part in (role, every(person.rhythm_days), spoke) if part)
    if len(entry.followup.people) > 1:
        return ""  # all of them are in the title
    return ", ".join(part for part in (person.title, person.organisation) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clause(entry: QueueEntry) -> str:
    if entry.followup.details.kind is not FollowUpKind.PROMISE:
        return entry.clause
    # The title says already that it was promised; what is left to say is where.
    return f"at {entry.facts.promise_event}" if entry.facts.promise_event else ""


def _chips(entry: QueueEntry) -> tuple[ChipData, ...]:
    details = entry.followup.details
    roles = [role for person in entry.followup.people[:1] for role in person.roles if role is not Role.OTHER]
    role = ChipData(roles[0].value.capitalize(), Tone.ACCENT) if roles else None
    if entry.caution:
        return (ChipData("No requests", Tone.WARN),)
    if details.kind is FollowUpKind.PROMISE:
        return (ChipData("You promised", Tone.WARN), *((role,) if role else ()))
    if details.kind is FollowUpKind.CHECK_IN and role is not None:
        return (role,)
    return (kind_chip(details.kind),)


def drifting_row(one: Drifting, day: date, photo: Photo) -> RowData:
    """Somebody who has been quiet for too long."""
    planned = f"planned {day_words(one.planned_on, day)}" if one.planned_on else ""
    return RowData(
        title=one.name,
        muted=" · ".join(part for part in (one.words, planned) if part),
        name=one.name or "?",
        photo=photo(one.photo),
        actions=() if one.planned_on else (PLAN,),
        aside="",
    )


# --- the right column


def countdown(days: int) -> str:
    """How far the next event is."""
    return "now" if days <= 0 else "tomorrow" if days == 1 else f"in {span(days)}"


def event_line(next_event: NextEvent, day: date) -> str:
    """ "Wed 14 – Sun 18 July · Kraków, ICE"."""
    event = next_event.file.event
    if event.first_day == event.last_day:
        days = weekday_words(event.first_day)
        if not event.details.all_day:
            days += f" {time_words(event.details.starts_at.astimezone(next_event.file.zone))}"
    else:
        days = range_words(event.first_day, event.last_day, day)
    return " · ".join(part for part in (days, event.details.place) if part)


def meeting_words(meeting: Meeting, day: date) -> str:
    """ "Thu 16:00 Informational interview, Lucía Ferrer", "Fri PyLadies meetup, 2 people to meet"."""
    if meeting.day == day:
        name = "Today"
    else:
        name = QLocale().dayName(meeting.day.isoweekday(), QLocale.FormatType.ShortFormat)
    at = f" {time_words(meeting.starts_at)}" if meeting.starts_at is not None else ""
    title = meeting.title
    if meeting.kind in PERSONAL:
        with_whom = [person for person in meeting.names if person.split(maxsplit=1)[0] not in title]
        more = f", {with_whom[0]}" if with_whom else ""
    else:
        people = "person" if meeting.to_meet == 1 else "people"
        more = f", {meeting.to_meet} {people} to meet" if meeting.to_meet else ""
    if meeting.kind is EventKind.ONE_TO_ONE and meeting.wrapped_up:
        return f"{title}{more}"
    return f"{name}{at} {title}{more}"


_KINDS = {
    ExchangeKind.INTRODUCTION: ("introduction", "introductions"),
    ExchangeKind.RESOURCE: ("resource", "resources"),
    ExchangeKind.ADVICE: ("piece of advice", "pieces of advice"),
    ExchangeKind.REVIEW: ("review", "reviews"),
    ExchangeKind.REFERRAL: ("referral", "referrals"),
    ExchangeKind.OPPORTUNITY: ("opportunity", "opportunities"),
    ExchangeKind.SUPPORT: ("time of support", "times of support"),
    ExchangeKind.ENDORSEMENT: ("endorsement", "endorsements"),
    ExchangeKind.CONGRATULATION: ("congratulation", "congratulations"),
}


def give_and_take_parts(counted: GiveAndTake) -> list[tuple[str, PartStyle]]:
    """ "This quarter you gave 11 and received 7: 4 introductions, 5 resources, 2 reviews."."""
    if not counted.total:
        return [("Nothing noted this quarter. What you give and receive is counted when you log it.", "mute")]
    parts: list[tuple[str, PartStyle]] = [
        ("This quarter you gave ", "ink"),
        (str(counted.given), "strong"),
        (" and received ", "ink"),
        (str(counted.received), "strong"),
    ]
    told = []
    for each in counted.kinds[:3]:
        number = each.given + each.received
        told.append(f"{number} {_KINDS[each.kind][number != 1]}")
    return [*parts, (f": {', '.join(told)}.", "ink")]
