"""How follow-ups look as rows and words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from planner.followups.queueing import Queue, QueueEntry
from planner.followups.records import FollowUp, FollowUpKind
from planner.followups.rules.capacity import Moved
from planner.followups.rules.due import Section as Part
from planner.settings.records import Settings
from ui.day_words import day_words, due_words, exact_day
from ui.list_model import Section
from ui.theme_tokens import Tone
from ui.widgets.dates import shown_time
from ui.widgets.row_data import ChipData, RowAction, RowData

if TYPE_CHECKING:
    from planner.calendars.records import Standing
    from planner.followups.having_time import HavingTime

Photo = Callable[[str | None], bytes | None]

TONES = {
    FollowUpKind.PROMISE: Tone.WARN,
    FollowUpKind.CHECK_IN: Tone.ACCENT,
    FollowUpKind.INTRODUCTION: Tone.INFO,
    FollowUpKind.CELEBRATE: Tone.OK,
}

#: The chips above the list: their words, and the kinds behind each; None is everything.
FILTERS: tuple[tuple[str, tuple[FollowUpKind, ...] | None], ...] = (
    ("All", None),
    ("Promises", (FollowUpKind.PROMISE,)),
    ("Thank-yous", (FollowUpKind.THANK_YOU,)),
    ("Check-ins", (FollowUpKind.CHECK_IN,)),
    ("Introductions", (FollowUpKind.INTRODUCTION,)),
    (
        "Others",
        tuple(
            kind
            for kind in FollowUpKind
            if kind
            not in (
                FollowUpKind.PROMISE,
                FollowUpKind.THANK_YOU,
                FollowUpKind.CHECK_IN,
                FollowUpKind.INTRODUCTION,
            )
        ),
    ),
)
#: These are offered even when nothing is behind them.
ALWAYS = ("All", "Promises", "Thank-yous", "Check-ins", "Introductions")


def kind_words(kind: FollowUpKind) -> str:
    """A kind as its chip says it."""
    return kind.value.capitalize()


def kind_chip(kind: FollowUpKind) -> ChipData:
    """A kind as a chip."""
    return ChipData(kind_words(kind), TONES.get(kind, Tone.NEUTRAL))


def sections(queue: Queue, today: date, photo: Photo, actions: Sequence[RowAction] = ()) -> list[Section]:
    """The queue as the list shows it."""
    found = []
    for part in queue.sections:
        title = f"{part.section.value.capitalize()} · {len(part)}"
        if part.section is Part.TODAY:
            title += f" of {queue.day_capacity}"
        tone = Tone.BAD if part.section is Part.OVERDUE else None
        rows = [(entry.id, row(entry, today, photo, actions)) for entry in part.entries]
        found.append(Section(title, rows, part.note, tone))
    return found


def having_sections(having: HavingTime, today: date, photo: Photo) -> list[Section]:
    """What fits into the minutes there are, each with how long it takes and why; and what could not be done now."""
    rows = []
    for each in having.chosen:
        plain = row(each.entry, today, photo)
        muted = " · ".join(part for part in (names(each.entry.followup), each.why) if part)
        rows.append((each.entry.id, replace(plain, muted=muted, aside=f"{each.minutes} min")))
    title = f"{having.wanted} minutes · {count_words(having.ids)}, about {having.minutes} min"
    found = [Section(title, rows)] if rows else []
    passed = [
        (entry.id, replace(row(entry, today, photo), muted=f"{why[:1].upper()}{why[1:]}"))
        for entry, why in having.passed_over
    ]
    if passed:
        found.append(Section(f"Not now · {len(passed)}", passed))
    return found


def row(entry: QueueEntry, today: date, photo: Photo, actions: Sequence[RowAction] = ()) -> RowData:
    """One follow-up of the queue."""
    followup = entry.followup
    person = followup.people[0] if followup.people else None
    return RowData(
        title=followup.details.title,
        muted=" · ".join(part for part in (names(followup), entry.clause) if part),
        muted_tail=snoozed(followup.snoozes),
        tail_tone=Tone.NEUTRAL,
        chips=(kind_chip(followup.details.kind),),
        aside=when(entry, today),
        name=person.name or "?" if person else "",
        photo=photo(person.photo) if person else None,
        icon="" if person else "list-checks",
        actions=tuple(actions),
        tip=tip(entry),
    )


def names(followup: FollowUp) -> str:
    """Whom it is for: "Ada Ek", "Ada Ek and Bo Quist", "Ada Ek and 3 others"."""
    people = [person.name for person in followup.people if person.name not in followup.details.title]
    if len(people) > 2:
        return f"{people[0]} and {len(people) - 1} others"
    return " and ".join(people)


def when(entry: QueueEntry, today: date) -> str:
    """When it stands in the queue, in a few words, with the time of day if it has one."""
    words = due_words(entry.followup.details.due_on if entry.section is Part.OVERDUE else entry.day, today)
    at = entry.followup.details.due_time
    return f"{words} {shown_time(at)}" if at else words


def tip(entry: QueueEntry) -> str:
    """The exact day, and the one it is due where it stands on another."""
    exact = exact_day(entry.day)
    if entry.moved is not Moved.NO:
        return f"{exact}\nDue {exact_day(entry.followup.details.due_on)}"
    return exact


def snoozed(times: int) -> str:
    """How often it was put off; "" for never."""
    return "" if times <= 0 else "snoozed once" if times == 1 else f"snoozed {times} times"


def calendar_words(
    followup: FollowUp, standing: Standing | None, settings: Settings, today: date
) -> tuple[str, ChipData, str]:
    """When it stands in the calendar, whether it is there, and how it reminds."""
    from planner.calendars.records import Component  # late, here and below: the rows of Today say nothing of calendars

    at = followup.details.due_time or settings.reminder_hour
    minutes = followup.details.remind_minutes
    minutes = settings.reminder_minutes if minutes is None else minutes
    as_task = settings.calendar_as != "event"
    if standing is not None and standing.component is not None:
        as_task = standing.component is Component.TASK
    reminder = f"Reminder {_before(minutes)}" if minutes >= 0 else "No reminder"
    head = f"{_capital(day_words(followup.details.due_on, today))}, {_clock(at)}"
    return head, _standing_chip(standing), f"{reminder} · as {'task' if as_task else 'event'}"


def _standing_chip(standing: Standing | None) -> ChipData:
    from planner.calendars.records import News

    if standing is None or standing.given_at is None:
        return ChipData("not exported yet")
    if standing.news is News.SAME:
        return ChipData("in your calendar", Tone.OK)
    return ChipData("changed since", Tone.WARN)


def _before(minutes: int) -> str:
    if minutes == 0:
        return "at that time"
    if minutes % 1440 == 0:
        return f"{minutes // 1440} {'day' if minutes == 1440 else 'days'} before"
    if minutes % 60 == 0:
        return f"{minutes // 60} {'hour' if minutes == 60 else 'hours'} before"
    return f"{minutes} min before"


def _clock(at: time) -> str:
    return shown_time(at)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def count_words(ids: Collection[int], one: str = "follow-up", many: str = "follow-ups") -> str:
    """ "3 follow-ups"."""
    return f"{len(ids)} {one if len(ids) == 1 else many}"
