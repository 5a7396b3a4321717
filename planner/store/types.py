"""Column types that SQLite lacks."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, Text, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as `YYYY-MM-DDTHH:MM:SSZ`: readable, and in the order of time when sorted as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """UTC text; a naive value is a bug and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return utc_text(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """An aware datetime in UTC."""
        return None if value is None else from_utc_text(value)


def utc_text(moment: datetime) -> str:
    """The text that `UtcDateTime` stores, for statements written by hand."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_utc_text(text: str) -> datetime:
    """The moment behind a stored text."""
    return datetime.fromisoformat(text)
