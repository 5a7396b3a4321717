"""Quick entry: one line, and what it was understood to say."""
