"""Everything a person has put in, in files that other programs read."""
