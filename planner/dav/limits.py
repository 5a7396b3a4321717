"""What an address book takes: how large a card may be, and in which versions of vCard."""

from __future__ import annotations

from dataclasses import dataclass

from planner.dav import errors, xml
from planner.dav.client import DavClient


@dataclass(frozen=True, slots=True)
class Limits:
    """`largest` is in bytes, None where the server does not say (RFC 6352 section 6.2.3)."""

    largest: int | None = None
    versions: frozenset[str] = frozenset()


def limits(client: DavClient, url: str) -> Limits:
    """Ask an address book for its limits. A server that does not tell them has none that are known."""
    try:
        answers = client.propfind(url, ["card:max-resource-size", "card:supported-address-data"]).answers
    except (errors.NotFoundThere, errors.Forbidden, errors.ServerFault):
        return Limits()
    if not answers:
        return Limits()
    size = answers[0].text(xml.q("card:max-resource-size"))
    supported = answers[0].props.get(xml.q("card:supported-address-data"))
    kinds = supported.iter(xml.q("card:address-data-type")) if supported is not None else ()
    versions = frozenset(str(kind.get("version", "")) for kind in kinds if kind.get("content-type") == "text/vcard")
    return Limits(int(size) if size.isascii() and size.isdigit() else None, versions)
