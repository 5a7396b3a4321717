"""Address books on servers, kept in step with the people here (CardDAV, RFC 6352)."""
