"""People: who they are, how to reach them, what they are to you, and finding them again."""
