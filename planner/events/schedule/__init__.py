"""Reading the schedules that conferences publish, and finding in a new one the sessions that are here already."""
