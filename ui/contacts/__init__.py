"""People: the list with its search, and one person's page."""
