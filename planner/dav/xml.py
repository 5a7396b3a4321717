"""The XML of WebDAV (RFC 4918), CalDAV (RFC 4791), CardDAV (RFC 6352) and sync-collection (RFC 6578)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
CARDDAV = "urn:ietf:params:xml:ns:carddav"
CALENDAR_SERVER = "http://calendarserver.org/ns/"
APPLE_ICAL = "http://apple.com/ns/ical/"

_PREFIXES = {"d": DAV, "c": CALDAV, "card": CARDDAV, "cs": CALENDAR_SERVER, "ical": APPLE_ICAL}


class NotXml(ValueError):
    """The body is not a well-formed multistatus."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One response of a multistatus: `props` are the properties found; `status` is that of the whole, if given."""

    href: str
    status: int | None = None
    props: Mapping[str, etree._Element] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The trimmed text of a property ("{DAV:}getetag"), "" if it is not there."""
        element = self.props.get(name)
        return "" if element is None or element.text is None else element.text.strip()

    def hrefs(self, name: str) -> list[str]:
        """The addresses inside a property."""
        element = self.props.get(name)
        if element is None:
            return []
        return [child.text.strip() for child in element.iter(q("d:href")) if child.text]

    def has(self, name: str, inside: str) -> bool:
        """Whether a property holds an element of that name (a resource type, a component)."""
        element = self.props.get(name)
        return element is not None and element.find(f".//{q(inside)}") is not None


@dataclass(frozen=True, slots=True)
class MultiStatus:
    """A whole answer; `sync_token` is "" where the request was no sync."""

    answers: tuple[Answer, ...]
    sync_token: str = ""
    truncated: bool = False


def q(name: str) -> str:
    """ "d:href" in Clark notation, "{DAV:}href"."""
    prefix, local = name.split(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def element(tag: str, /, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """An element by its prefixed name."""
    made = etree.Element(q(tag), attrib={k.replace("_", "-"): v for k, v in attributes.items()}, nsmap=_PREFIXES)
    made.extend(children)
    made.text = text
    return made


def propfind(names: Iterable[str]) -> bytes:
    """The body of a PROPFIND for these properties."""
    return _body(element("d:propfind", element("d:prop", *(element(name) for name in names))))


def multiget(kind: str, data: str, hrefs: Iterable[str]) -> bytes:
    """The body of a calendar-multiget ("c:calendar-multiget", "c:calendar-data") or its address-book twin."""
    return _body(
        element(
            kind,
            element("d:prop", element("d:getetag"), element(data)),
            *(element("d:href", text=href) for href in hrefs),
        )
    )


def sync_collection(token: str) -> bytes:
    """The body of a sync-collection report (RFC 6578 section 3.2); an empty token asks for everything."""
    return _body(
        element(
            "d:sync-collection",
            element("d:sync-token", text=token or None),
            element("d:sync-level", text="1"),
            element("d:prop", element("d:getetag")),
        )
    )


def mkcalendar(name: str, components: Iterable[str]) -> bytes:
    """The body of a MKCALENDAR (RFC 4791 section 5.3.1) for these components (VEVENT, VTODO)."""
    supported = element("c:supported-calendar-component-set", *(element("c:comp", name=c) for c in components))
    return _body(
        element(
            "c:mkcalendar",
            element("d:set", element("d:prop", element("d:displayname", text=name), supported)),
        )
    )


def mkcol_addressbook(name: str) -> bytes:
    """The body of an extended MKCOL (RFC 5689) for an address book (RFC 6352 section 6.3.1)."""
    kinds = element("d:resourcetype", element("d:collection"), element("card:addressbook"))
    return _body(element("d:mkcol", element("d:set", element("d:prop", kinds, element("d:displayname", text=name)))))


def free_busy_query(start: str, end: str) -> bytes:
    """The body of a free-busy-query report (RFC 4791 section 7.10); both in UTC, "20270710T080000Z"."""
    return _body(element("c:free-busy-query", element("c:time-range", start=start, end=end)))


def events_between(start: str, end: str) -> bytes:
    """The body of a calendar-query (RFC 4791 section 7.8) for the events of a time; both in UTC."""
    inner = element("c:comp-filter", element("c:time-range", start=start, end=end), name="VEVENT")
    return _body(
        element(
            "c:calendar-query",
            element("d:prop", element("d:getetag"), element("c:calendar-data")),
            element("c:filter", element("c:comp-filter", inner, name="VCALENDAR")),
        )
    )


def parse(body: bytes) -> MultiStatus:
    """Read a multistatus. Entities are not resolved and nothing is fetched. Raises NotXml."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotXml(str(error)) from error
    if root.tag != q("d:multistatus"):
        raise NotXml(f"the answer is a {etree.QName(root).localname}, not a multistatus")
    answers = tuple(_answer(response) for response in root.findall(q("d:response")))
    token = root.findtext(q("d:sync-token")) or ""
    # 507 on the collection itself says that the listing was cut short (RFC 6578 section 3.6).
    cut = any(answer.status == 507 for answer in answers)
    return MultiStatus(tuple(a for a in answers if a.status != 507), token.strip(), cut)


def error_condition(body: bytes) -> str:
    """The name of the precondition that an error's body names, such as "valid-sync-token", "" if none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None or root.tag != q("d:error") or not len(root):
        return ""
    return str(etree.QName(root[0]).localname)


def _answer(response: etree._Element) -> Answer:
    props: dict[str, etree._Element] = {}
    for propstat in response.findall(q("d:propstat")):
        if _status(propstat) in (None, 200):
            for prop in propstat.iterfind(f"{q('d:prop')}/*"):
                props[str(prop.tag)] = prop
    return Answer((response.findtext(q("d:href")) or "").strip(), _status(response), props)


def _status(node: etree._Element) -> int | None:
    line = node.findtext(q("d:status")) or ""
    parts = line.split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None


def _body(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
