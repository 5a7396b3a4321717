"""What stands in a collection now, asked for as cheaply as the server allows, and where to begin the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.dav import errors
from planner.dav.items import Items


@dataclass(frozen=True, slots=True)
class Presence:
    """Every item's entity tag by path, and the token to begin from next time ("" compares everything)."""

    etags: dict[str, str]
    token: str


def present(items: Items, token: str, known: Mapping[str, str]) -> Presence:
    """The whole of a collection, by sync-token (RFC 6578) where there is one, else by listing.

    `known` gives the entity tags that stood there when `token` was given. After a token, items that nobody knew and
    that have not changed since are left out.
    """
    try:
        delta = items.delta(token)
    except errors.TokenExpired:
        token = ""
        delta = items.delta("")
    except (errors.Forbidden, errors.ServerFault):
        # A server without sync-collection: compare the whole listing.
        return Presence(items.listing(), "")
    found = {path: etag for path, etag in known.items() if path not in delta.gone} if token else {}
    return Presence({**found, **delta.changed}, delta.token)


def settled(items: Items, token: str, known: Mapping[str, str]) -> str:
    """The token to begin from after a run that wrote; `known` gives the entity tags after it.

    The one the run began from will not do: an item that was put and that somebody deletes before the next run would
    never show up in what changed since. Where anybody else wrote meanwhile, "" makes the next run compare everything.
    """
    try:
        delta = items.delta(token)
    except errors.DavError:
        return ""
    # Also an item we know nothing of may be ours: one that another device put just before we wanted to.
    foreign = any(known.get(path) not in ("", etag) for path, etag in delta.changed.items())
    return "" if foreign or any(path in known for path in delta.gone) else delta.token
