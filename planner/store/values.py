"""Days and moments as the database keeps them: text that sorts in the order of time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def utc_text(moment: datetime) -> str:
    """A moment as it is stored: `YYYY-MM-DDTHH:MM:SSZ`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_utc_text(text: str) -> datetime:
    """The moment behind a stored text."""
    return datetime.fromisoformat(text)


def moment_of(text: str | None) -> datetime | None:
    """The moment behind a stored text, if there is one."""
    return None if text is None else datetime.fromisoformat(text)


def day_of(text: str | None) -> date | None:
    """The day behind a stored text, if there is one."""
    return None if text is None else date.fromisoformat(text)
