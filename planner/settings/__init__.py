"""Settings: what a person has chosen, with a default for each."""
