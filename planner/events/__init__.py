"""Events: preparing for one, being there, and wrapping it up."""
