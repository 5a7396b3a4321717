"""Follow-ups: what to do next for whom, when, and why."""
