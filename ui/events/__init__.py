"""Events: the list, and one event in its three phases."""
