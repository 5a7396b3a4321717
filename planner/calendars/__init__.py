"""Calendars: follow-ups, events and marked sessions as iCalendar."""
