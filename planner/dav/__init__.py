"""One thin engine for CalDAV (RFC 4791) and CardDAV (RFC 6352): requests, discovery, collections, items.

It knows addresses, entity tags and bytes; what is in an item is the business of calendars and contacts. Nothing here
runs until a person has set up an account.
"""
