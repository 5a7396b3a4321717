"""Quick entry: a sentence becomes an interaction, a promise, a follow-up."""
