"""Providers people are likely to have: where their service is, and what they ask for instead of the usual password."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """A preset. `address` may hold {host} or {user}, which the person fills in; `hint` says what password is wanted.

    `people` is where the address books are, "" where they are with the calendars.
    """

    key: str
    name: str
    address: str
    hint: str
    people: str = ""

    def address_for(self, host: str = "", user: str = "") -> str:
        """The address with what the person filled in."""
        return self.address.format(host=host.strip().removeprefix("https://").rstrip("/"), user=user.strip())


PROVIDERS = (
    Provider(
        "nextcloud",
        "Nextcloud",
        "https://{host}/remote.php/dav/",
        "Make an app password under Settings, Security, Devices & sessions.",
    ),
    Provider(
        "fastmail",
        "Fastmail",
        "https://caldav.fastmail.com/",
        "Make an app password under Settings, Privacy & Security; it needs access to calendars and contacts.",
        "https://carddav.fastmail.com/",
    ),
    Provider(
        "icloud",
        "iCloud",
        "https://caldav.icloud.com/",
        "Make an app-specific password at account.apple.com under Sign-In and Security.",
        "https://contacts.icloud.com/",
    ),
    Provider("radicale", "Radicale", "https://{host}/", "Your user name and password on that server."),
    Provider(
        "mailbox.org",
        "mailbox.org",
        "https://dav.mailbox.org/",
        "Your email address and password, or an application password if you use two factors.",
    ),
    Provider(
        "posteo", "Posteo", "https://posteo.de:8443/", "Your email address and password.", "https://posteo.de:8843/"
    ),
    Provider("other", "Another server", "{host}", "The address is in your provider's help, under CalDAV."),
)


def people_address(key: str) -> str:
    """Where the provider of that key has address books, "" where they are with the calendars."""
    return next((each.people for each in PROVIDERS if each.key == key), "")
