"""What to look at this morning, put together from the other workflows."""
