"""Accounts on calendar and address-book servers: set up by the person, and the only reason to use the network."""
