"""Calendars: what is given to them, and what comes back."""
