"""Finding people, events and follow-ups by a few letters: for the palette and for quick entry."""
