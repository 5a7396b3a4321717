"""Keeping a calendar on a server and the follow-ups here in step: first decide, then apply."""
