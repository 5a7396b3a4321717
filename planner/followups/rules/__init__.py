"""The rules of the queue: when something is due, how much it matters, where it finds room, and why. All pure."""
