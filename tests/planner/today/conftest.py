"""A planner on a real file on a Thursday, and people to follow up with."""

from tests.fixtures.thursday import clock, person, planner

__all__ = ["clock", "person", "planner"]
