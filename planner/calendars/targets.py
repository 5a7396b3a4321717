"""The calendars a file can go to, and what each is known to do with one.

Only a program that is known to bring an entry up to date from a file is given changes. For the others a file holds what
that calendar has not had yet, and what moved or was dropped since is told to the person, who alone can change it there.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.calendars.records import CalendarEntry, LeftOut, News, Outgoing


@dataclass(frozen=True, slots=True)
class Target:
    """A calendar program. `note` says in a line what it keeps, drops or duplicates.

    `updates`: an entry that is imported again replaces the one there. `tasks`: it imports tasks.
    """

    key: str
    name: str
    note: str
    updates: bool = False
    tasks: bool = False


#: The target under which files were remembered before one could choose, and the one that makes no promise.
OTHER = Target(
    "file",
    "Another program",
    "Entries keep their identity. Whether the next file updates them is up to the program that reads it.",
    updates=True,
    tasks=True,
)
#: The file that is rewritten at every change: whoever subscribes to it reads all of it again.
CURRENT = Target("current", "The file that is always current", "", updates=True, tasks=True)
TARGETS = (
    Target(
        "google",
        "Google Calendar",
        "Google takes no tasks, and is said to leave out reminders. Changes to what it has are listed for you.",
    ),
    Target(
        "outlook",
        "Outlook",
        "Classic Outlook adds an entry anew each time it is imported, and takes no tasks; so each is given once.",
    ),
    Target(
        "apple",
        "Apple Calendar",
        "Apple keeps reminders; tasks are for Reminders. iCloud refuses an entry that another of your calendars has.",
        tasks=True,
    ),
    Target(
        "thunderbird",
        "Thunderbird, Nextcloud",
        "Thunderbird skips an entry it has, so changes are listed for you. An account in Settings avoids that.",
        tasks=True,
    ),
    OTHER,
)


def named(key: str) -> Target:
    """The target of that key; the one without promises for any other."""
    return next((target for target in (*TARGETS, CURRENT) if target.key == key), OTHER)


def divided(target: Target, outgoing: list[Outgoing]) -> tuple[list[Outgoing], list[Outgoing]]:
    """What is safe to import there, and what has to be done by hand."""
    if target.updates:
        return outgoing, []
    by_hand = [item for item in outgoing if item.news in (News.CHANGED, News.CANCELLED)]
    return [item for item in outgoing if item.news not in (News.CHANGED, News.CANCELLED)], by_hand


def by_hand(item: Outgoing, before: CalendarEntry | None) -> LeftOut:
    """What a change is about that a file can't make, and what to do in the calendar for it."""
    entry = item.entry
    if item.news is News.CANCELLED:
        return LeftOut(entry.summary, "delete it there")
    if before is not None and (before.starts, before.ends) != (entry.starts, entry.ends):
        return LeftOut(entry.summary, f"move it to {_when(entry)}")
    if before is not None and before.state is not entry.state:
        return LeftOut(entry.summary, f"mark it as {entry.state.value}")
    if before is not None and before.summary != entry.summary:
        return LeftOut(entry.summary, f"rename it; it was “{before.summary}”")
    return LeftOut(entry.summary, "its details have changed")


def _when(entry: CalendarEntry) -> str:
    day = f"{entry.starts:%a} {entry.starts.day} {entry.starts:%B}"
    hour = getattr(entry.starts, "hour", None)
    return day if hour is None else f"{day}, {entry.starts:%H:%M}"
