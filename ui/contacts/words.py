"""Contacts in the words of the screen."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.clock import Clock
from planner.contacts.records import Contact, ContactDetails, ContactRow, Role, Tie
from planner.relations.story import Tone as StoryTone
from ui.day_words import ago_words, day_words, exact_moment, time_words
from ui.theme_tokens import Tone
from ui.widgets.row_data import ChipData, RowData

STORY_TONES = {
    StoryTone.OWED: Tone.WARN,
    StoryTone.EXPECTED: Tone.NEUTRAL,
    StoryTone.KEPT: Tone.OK,
    StoryTone.BROKEN: Tone.BAD,
    StoryTone.GIVEN: Tone.ACCENT,
    StoryTone.RECEIVED: Tone.INFO,
}

#: Rhythms that are offered, in days.
RHYTHMS = (
    (7, "every week"),
    (14, "every 2 weeks"),
    (28, "every 4 weeks"),
    (42, "every 6 weeks"),
    (56, "every 8 weeks"),
    (90, "every 3 months"),
    (182, "every 6 months"),
    (365, "every year"),
)


def role_words(role: Role) -> str:
    """A role as a chip says it."""
    return role.value.capitalize()


def tie_words(tie: Tie) -> str:
    """ "Strong tie"."""
    return f"{tie.value.capitalize()} tie"


def rhythm_words(days: int) -> str:
    """How often: "every 4 weeks", "every 10 days"."""
    known = dict(RHYTHMS)
    if days in known:
        return known[days]
    if days % 7 == 0 and days < 182:
        return f"every {days // 7} weeks"
    return "every day" if days == 1 else f"every {days} days"


def work_words(title: str, organisation: str) -> str:
    """ "Director, Northlight"."""
    return ", ".join(part for part in (title, organisation) if part)


def row_data(row: ContactRow, clock: Clock, photo: bytes | None = None) -> RowData:
    """A line of the list."""
    today = clock.today()
    last = None if row.last_interaction_at is None else clock.local(row.last_interaction_at)
    work = work_words(row.title, row.organisation)
    if len(work) > 32 and last is not None:
        work = row.organisation or row.title
    ago = ago_words(last.date(), today) if last else ""
    muted = " · ".join(part for part in (work, ago) if part) or row.email or row.phone or "Not in touch yet"
    tip = row.name + (f"\n{work_words(row.title, row.organisation)}" if work else "")
    if last is not None:
        tip += f"\nLast in touch {exact_moment(last)}"
    return RowData(row.name, muted, chips=_row_chips(row, today), name=row.name, photo=photo, tip=tip)


def _row_chips(row: ContactRow, today: date) -> tuple[ChipData, ...]:
    if row.due_on is not None and row.due_on <= today:
        return (ChipData("due", Tone.WARN),)
    if row.drifting:
        return (ChipData("drifting", Tone.BAD),)
    if row.quiet_until is not None and row.quiet_until >= today:
        return (ChipData("quiet", Tone.NEUTRAL),)
    return ()


def subline(contact: Contact, clock: Clock) -> str:
    """What stands under the name: "Director of Engineering, Northlight · Porto · local time 17:42"."""
    details = contact.details
    parts = [
        work_words(details.title, details.organisation) if details.name or has_name(details) else details.title,
        next((address.city or address.country for address in details.addresses if address.city or address.country), ""),
    ]
    if there := local_time(details, clock):
        parts.append(f"local time {time_words(there)}")
    return " · ".join(part for part in parts if part)


def has_name(details: ContactDetails) -> bool:
    """Whether there is a person's name, not only an organisation's."""
    return bool(details.given or details.family or details.nickname)


def local_time(details: ContactDetails, clock: Clock) -> datetime | None:
    """What time it is where they are, if that is known."""
    if not details.time_zone:
        return None
    try:
        return clock.now().astimezone(ZoneInfo(details.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return None


def person_chips(contact: Contact, row: ContactRow | None, today: date) -> list[tuple[str, Tone]]:
    """The chips of a person's head beside the tie's: roles, rhythm, what to respect, tags."""
    details = contact.details
    chips = [(role_words(role), Tone.ACCENT) for role in details.roles]
    rhythm = row.rhythm_days if row is not None else details.rhythm_days
    if rhythm:
        chips.append((rhythm_words(rhythm), Tone.NEUTRAL))
    boundary = details.boundary
    if boundary.quiet_until is not None and boundary.quiet_until >= today:
        chips.append((f"quiet until {day_words(boundary.quiet_until, today)}", Tone.WARN))
    if boundary.no_asks:
        chips.append(("no asks", Tone.WARN))
    chips += [(tag, Tone.NEUTRAL) for tag in details.tags]
    if details.pronouns:
        chips.append((details.pronouns, Tone.NEUTRAL))
    return chips


def people_words(count: int) -> str:
    """ "1 person", "1,204 people"."""
    return "1 person" if count == 1 else f"{count:,} people"
