"""Why now, in words: for the queue a clause, for the person a sentence or two.

Pure; dates are said by a function given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.contacts.records import Role
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpPerson
from planner.followups.rules.capacity import Moved

#: Says a date in the way of the person's language and region.
SayDate = Callable[[date], str]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def plain_date(day: date) -> str:
    """ "30 June": for where no locale is at hand."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a follow-up when its reason is told.

    `promised_on` is when the promise behind it was made, `promise_event` where; `mine` whether you made it.
    `quiet_days` belongs to the first person; None: never in touch.
    """

    details: FollowUpDetails
    people: Sequence[FollowUpPerson]
    event_title: str = ""
    snoozes: int = 0
    promised_on: date | None = None
    promise_due: date | None = None
    promise_event: str = ""
    mine: bool = True
    quiet_days: int | None = None
    moved: Moved = Moved.NO
    day_capacity: int = 5
    week_capacity: int = 20


def every(days: int) -> str:
    """A rhythm: "every week", "every 6 weeks", "every 3 months", "every 10 days"."""
    for size, unit in ((365, "year"), (30, "month"), (7, "week")):
        if days % size == 0 and (unit != "month" or days >= 60):
            count = days // size
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return "every day" if days == 1 else f"every {days} days"


def span(days: int) -> str:
    """A silence: "today", "31 days", "14 weeks", "8 months", "2 years"."""
    if days <= 0:
        return "today"
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    if days < 182:
        return f"{days // 7} weeks"
    return f"{days * 12 // 365} months" if days < 730 else f"{days // 365} years"


def reason(facts: Facts, say_date: SayDate = plain_date) -> str:
    """Why this, and why now, in a sentence or two. No pronoun is guessed: people are named."""
    sentences = [_cause(facts, say_date)]
    if person := _who_it_is(facts):
        if sentences[0] and len(sentences[0]) + len(person) < 140 and not facts.details.why:
            sentences[0] = f"{sentences[0]}, and {person}"
        else:
            sentences.append(person)
    sentences.append(_snoozed(facts.snoozes))
    sentences.append(moved_words(facts.moved, facts.day_capacity, facts.week_capacity, facts.people, say_date))
    sentences.append(caution(facts.details.kind, facts.people))
    return " ".join(_sentence(each) for each in sentences if each)


def clause(facts: Facts) -> str:
    """Why now, in the few words that fit beside a name: "you promised it at PyCon DE", "quiet 31 days, every 28"."""
    if facts.details.promise_id is not None and facts.mine:
        return f"you promised it at {facts.promise_event}" if facts.promise_event else "you promised it"
    if facts.details.why:
        return _lower_first(facts.details.why)
    if facts.details.kind is FollowUpKind.CHECK_IN and facts.quiet_days is not None:
        rhythm = facts.people[0].rhythm_days if facts.people else None
        if rhythm:
            return f"quiet {span(facts.quiet_days)}, {_every_like(rhythm, facts.quiet_days)}"
        return f"quiet {span(facts.quiet_days)}" if facts.quiet_days else ""
    if facts.event_title:
        after = facts.details.kind in (FollowUpKind.PREPARE, FollowUpKind.INVITE, FollowUpKind.REQUEST)
        return facts.event_title if after else f"met at {facts.event_title}"
    return ""


def moved_words(
    moved: Moved, day: int, week: int, people: Sequence[FollowUpPerson] = (), say_date: SayDate = plain_date
) -> str:
    """Why it stands on another day than it is due, "" if it does not."""
    match moved:
        case Moved.DAY_FULL:
            return f"moved here to keep {day} a day"
        case Moved.WEEK_FULL:
            return f"moved here to keep {week} a week"
        case Moved.QUIET:
            until = [(one.quiet_until, one.name) for one in people if one.quiet_until is not None]
            last, name = max(until, default=(None, ""))
            return f"{name} wants quiet until {say_date(last)}" if last else "quiet is wanted until then"
        case _:
            return ""


def caution(kind: FollowUpKind, people: Sequence[FollowUpPerson]) -> str:
    """What to mind: a request to somebody who wants none. "" if nothing."""
    if kind not in (FollowUpKind.REQUEST, FollowUpKind.INTRODUCTION, FollowUpKind.INVITE):
        return ""
    names = [one.name for one in people if one.no_asks]
    return f"{' and '.join(names)} asked for no requests" if names else ""


def headline(title: str, names: Sequence[str], *, promised: bool = False) -> str:
    """The title with the person in it, as one line: "Introduce to B" for A becomes "Introduce A to B".

    A title that names the person already stays; one that can't take a name keeps its words, with the names after it.
    """
    named = _names([name for name in names if name and name not in title])
    if not named:
        return title
    verb, _, rest = title.partition(" ")
    if title.startswith("Check in"):
        line = f"Check in with {named}{title[len('Check in') :]}"
    elif verb in _TRANSITIVE and rest:
        line = f"{verb} {named} {rest}"
        if promised and verb == "Send" and not rest.endswith("promised"):
            line += " you promised"
    elif verb in _TRANSITIVE:
        line = f"{verb} {named}"
    else:
        line = f"{title}, {named}"
    return line


_TRANSITIVE = frozenset(
    ("Ask", "Congratulate", "Give", "Introduce", "Invite", "Lend", "Offer", "Remind", "Send", "Show", "Tell", "Thank")
) | {"Wish"}


def _names(names: Sequence[str]) -> str:
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} others"
    return " and ".join(names)


def _cause(facts: Facts, say_date: SayDate) -> str:
    details = facts.details
    at = f" at {facts.promise_event}" if facts.promise_event else ""
    if details.promise_id is not None and facts.promised_on is not None:
        if facts.mine:
            by = f", for {say_date(facts.promise_due)}" if facts.promise_due else ""
            return f"You promised it on {say_date(facts.promised_on)}{at}{by}"
        by = f" for {say_date(facts.promise_due)}" if facts.promise_due else ""
        return f"{_called(facts.people) or 'They'} promised it{by}{at}"
    if details.why:
        return details.why
    if details.kind is FollowUpKind.CHECK_IN and facts.people and facts.quiet_days is not None:
        return f"You were last in touch {_ago(facts.quiet_days)}"
    if details.kind is FollowUpKind.CHECK_IN and details.origin == "rhythm":
        return "You have not been in touch yet"
    if facts.event_title:
        verb = "It is for" if details.kind in (FollowUpKind.PREPARE, FollowUpKind.INVITE) else "It comes from"
        return f"{verb} {facts.event_title}"
    return ""


def _who_it_is(facts: Facts) -> str:
    if not facts.people:
        return ""
    person = facts.people[0]
    role = next((role for role in person.roles if role is not Role.OTHER), None)
    if role is None:
        return f"{person.name} matters to you" if person.matters else ""
    article = "an" if role.value[0] in "aeiou" else "a"
    wanted = f" you wanted to hear from {every(person.rhythm_days)}" if person.rhythm_days else ""
    return f"{person.name} is {article} {role.value}{wanted}"


def _called(people: Sequence[FollowUpPerson]) -> str:
    return _names([one.name for one in people])


def _ago(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{span(days)} ago"


def _every_like(rhythm: int, quiet: int) -> str:
    # Beside a number of days a number of days is easier to compare: "quiet 31 days, every 28".
    return f"every {rhythm}" if 1 < quiet < 60 and rhythm > 1 else every(rhythm)


def _snoozed(times: int) -> str:
    return "" if times <= 0 else {1: "Snoozed once", 2: "Snoozed twice"}.get(times, f"Snoozed {times} times")


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def _lower_first(text: str) -> str:
    # Only a plain capitalised word; a name, an acronym or "I" keeps its capital.
    first = text.split(maxsplit=1)[0]
    return text[:1].lower() + text[1:] if first in _PLAIN_STARTS else text


_PLAIN_STARTS = frozenset("Because Both For From It Met Now Said The They To We You Your".split())
