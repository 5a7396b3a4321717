"""The Cards page: the inbox of what was read, its review, whole files, and one's own card."""
