"""Sample data: invented people with a past and plans, so that every screen can be looked at."""

from planner.sample.filling import fill

__all__ = ["fill"]
