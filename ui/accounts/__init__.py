"""Accounts: setting them up, and keeping them in step in the background."""
