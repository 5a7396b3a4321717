"""What happens between people: interactions, value given and received, promises, introductions, milestones, goals."""
