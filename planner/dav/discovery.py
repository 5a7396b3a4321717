"""From an address a person knows to the calendars and address books behind it.

RFC 6764: the well-known address, then the principal, then its home set. Each step is tried on the address as given
first, because people paste whatever their provider's help page shows: a host, a principal, or one calendar itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from planner.dav import errors, xml
from planner.dav.client import DavClient


class Service(StrEnum):
    """Which of the two services."""

    CALENDAR = "calendar"
    ADDRESS_BOOK = "address book"


@dataclass(frozen=True, slots=True)
class Collection:
    """A calendar or an address book. `components` is empty where the server does not say what it takes."""

    url: str
    name: str
    service: Service
    components: frozenset[str] = frozenset()
    writable: bool = True
    colour: str = ""
    sync: bool = False  # it answers sync-collection (RFC 6578)


_WELL_KNOWN = {Service.CALENDAR: "/.well-known/caldav", Service.ADDRESS_BOOK: "/.well-known/carddav"}
_HOME = {Service.CALENDAR: "c:calendar-home-set", Service.ADDRESS_BOOK: "card:addressbook-home-set"}
_KIND = {Service.CALENDAR: "c:calendar", Service.ADDRESS_BOOK: "card:addressbook"}
_PROPERTIES = [
    "d:resourcetype",
    "d:displayname",
    "d:current-user-privilege-set",
    "d:supported-report-set",
    "c:supported-calendar-component-set",
    "ical:calendar-color",
]


def with_scheme(address: str) -> str:
    """ "mail.example" becomes "https://mail.example"; an email address, its domain."""
    address = address.strip()
    if "://" in address:
        return address
    if "@" in address and "/" not in address:
        address = address.rsplit("@", 1)[1]
    return f"https://{address}"


def collections(client: DavClient, service: Service) -> tuple[Collection, ...]:
    """All calendars or address books of the account. Raises NoDavThere where there is no such service."""
    found: dict[str, Collection] = {}
    for home in homes(client, service):
        for collection in listed(client, home, service):
            found[collection.url] = collection
    return tuple(found.values())


def homes(client: DavClient, service: Service) -> tuple[str, ...]:
    """The home sets (RFC 4791 section 6.2.1, RFC 6352 section 7.1.1), as full addresses."""
    origin = f"{urlsplit(client.base).scheme}://{urlsplit(client.base).netloc}"
    for start in dict.fromkeys((client.base, urljoin(origin, _WELL_KNOWN[service]), origin + "/")):
        try:
            if found := _homes_from(client, start, service):
                return found
        except (errors.NotFoundThere, errors.Forbidden, errors.ServerFault):
            continue
    raise errors.NoDavThere(client.base, service.value)


def _homes_from(client: DavClient, start: str, service: Service) -> tuple[str, ...]:
    answers = client.propfind(start, ["d:current-user-principal", _HOME[service], "d:resourcetype"]).answers
    if not answers:
        return ()
    answer = answers[0]
    if hrefs := answer.hrefs(xml.q(_HOME[service])):
        return tuple(_absolute(client, start, href) for href in hrefs)
    if answer.has(xml.q("d:resourcetype"), _KIND[service]):
        return (start,)
    principals = answer.hrefs(xml.q("d:current-user-principal"))
    if not principals:
        return ()
    principal = _absolute(client, start, principals[0])
    for deeper in client.propfind(principal, [_HOME[service]]).answers:
        if hrefs := deeper.hrefs(xml.q(_HOME[service])):
            return tuple(_absolute(client, principal, href) for href in hrefs)
    return ()


def listed(client: DavClient, home: str, service: Service) -> list[Collection]:
    """The collections of one kind in a home set, or the collection itself where `home` is one."""
    found = []
    for answer in client.propfind(home, _PROPERTIES, depth=1).answers:
        if not answer.has(xml.q("d:resourcetype"), _KIND[service]):
            continue
        url = _absolute(client, home, answer.href)
        found.append(
            Collection(
                url=url if url.endswith("/") else url + "/",
                name=answer.text(xml.q("d:displayname")) or _last_part(url),
                service=service,
                components=_components(answer),
                writable=_writable(answer),
                colour=answer.text(xml.q("ical:calendar-color"))[:7],
                sync=answer.has(xml.q("d:supported-report-set"), "d:sync-collection"),
            )
        )
    return found


def create_calendar(client: DavClient, home: str, slug: str, name: str, components: tuple[str, ...]) -> str:
    """Make a calendar by MKCALENDAR; returns its address."""
    url = urljoin(home if home.endswith("/") else home + "/", slug + "/")
    body = xml.mkcalendar(name, components)
    client.request("MKCALENDAR", url, body=body, headers={"Content-Type": "application/xml"})
    return url


def create_address_book(client: DavClient, home: str, slug: str, name: str) -> str:
    """Make an address book by extended MKCOL; returns its address."""
    url = urljoin(home if home.endswith("/") else home + "/", slug + "/")
    body = xml.mkcol_addressbook(name)
    client.request("MKCOL", url, body=body, headers={"Content-Type": "application/xml"})
    return url


def _components(answer: xml.Answer) -> frozenset[str]:
    element = answer.props.get(xml.q("c:supported-calendar-component-set"))
    if element is None:
        return frozenset()
    return frozenset(str(comp.get("name", "")) for comp in element.iter(xml.q("c:comp")))


def _writable(answer: xml.Answer) -> bool:
    privileges = xml.q("d:current-user-privilege-set")
    if privileges not in answer.props:
        return True  # it does not say: the first write will tell
    return any(answer.has(privileges, name) for name in ("d:all", "d:write", "d:write-content", "d:bind"))


def _absolute(client: DavClient, start: str, href: str) -> str:
    return urljoin(urljoin(client.base, start), href)


def _last_part(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
