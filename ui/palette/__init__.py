"""Ctrl+K: people, events, follow-ups and commands from anywhere."""
