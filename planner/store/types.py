"""Column types that SQLite lacks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Dialect, Text, TypeDecorator

from planner.store.values import from_utc_text, utc_text

__all__ = ["UtcDateTime", "from_utc_text", "utc_text"]


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
