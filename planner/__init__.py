"""Rapport without a screen: contacts, events, follow-ups and everything that follows from them."""

__version__ = "0.1.0"
