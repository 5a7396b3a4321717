"""The queue on the screen."""
