"""Recent changes: what was done, and undoing back to any of it."""
