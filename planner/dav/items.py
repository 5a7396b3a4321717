"""The items of one collection: what is there, what changed, reading and writing them.

Every write names the state it was made for (If-Match, If-None-Match), so that a change made elsewhere meanwhile is
never overwritten unseen: it raises Changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from planner.dav import errors, xml
from planner.dav.client import DavClient
from planner.dav.discovery import Collection, Service

#: Items asked for in one multiget. Servers differ in how much they like; a hundred suits all that were tried.
BATCH = 100

_DATA = {
    Service.CALENDAR: ("c:calendar-multiget", "c:calendar-data", "text/calendar; charset=utf-8"),
    Service.ADDRESS_BOOK: ("card:addressbook-multiget", "card:address-data", "text/vcard; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it is on the server. `path` is its unquoted path, the name by which it is remembered."""

    path: str
    etag: str
    data: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What a sync-collection report tells: paths with their entity tags, paths that are gone, and the next token."""

    changed: dict[str, str]
    gone: frozenset[str]
    token: str


class Items:
    """The items of a collection. All methods raise the errors of planner.dav.errors."""

    def __init__(self, client: DavClient, collection: Collection) -> None:
        self._client = client
        self._url = client.url(collection.url)
        self._root = _path(self._url)
        self._kind, self._data, self._type = _DATA[collection.service]

    def listing(self) -> dict[str, str]:
        """Every item's path and entity tag."""
        answers = self._client.propfind(self._url, ["d:getetag", "d:resourcetype"], depth=1).answers
        return {
            self._path(answer.href): _tag(answer.text(xml.q("d:getetag")))
            for answer in answers
            if self._path(answer.href) != self._root and not answer.has(xml.q("d:resourcetype"), "d:collection")
        }

    def delta(self, token: str) -> Delta:
        """What changed since a token; with "" everything. Raises TokenExpired where the server has forgotten it."""
        changed: dict[str, str] = {}
        gone: set[str] = set()
        while True:
            try:
                result = self._client.report(self._url, xml.sync_collection(token))
            except (errors.Changed, errors.Forbidden, errors.NotFoundThere) as error:
                # Some servers refuse an old token without naming the precondition.
                if token:
                    raise errors.TokenExpired(self._root) from error
                raise
            for answer in result.answers:
                path = self._path(answer.href)
                if path == self._root:
                    continue
                if answer.status in (404, 410):
                    gone.add(path)
                    changed.pop(path, None)
                else:
                    changed[path] = _tag(answer.text(xml.q("d:getetag")))
                    gone.discard(path)
            if not result.truncated or result.sync_token == token:
                return Delta(changed, frozenset(gone), result.sync_token)
            token = result.sync_token

    def fetch(self, paths: Iterable[str]) -> Iterator[Item]:
        """Read items in batches. One that is gone meanwhile is left out."""
        pending = iter(paths)
        while batch := list(islice(pending, BATCH)):
            body = xml.multiget(self._kind, self._data, (_quoted(path) for path in batch))
            for answer in self._client.report(self._url, body, depth=1).answers:
                # Not stripped: the item is kept to the byte.
                element = answer.props.get(xml.q(self._data))
                if element is not None and element.text:
                    yield Item(self._path(answer.href), _tag(answer.text(xml.q("d:getetag"))), element.text)

    def create(self, name: str, data: str) -> tuple[str, str]:
        """Put a new item; returns its path and entity tag ("" if the server does not tell). Changed if it exists."""
        path = self._root.rstrip("/") + "/" + name
        reply = self._put(path, data, {"If-None-Match": "*"})
        return path, reply

    def replace(self, path: str, data: str, etag: str) -> str:
        """Put an item over the state that `etag` names; returns the new entity tag, "" if the server does not tell."""
        return self._put(path, data, {"If-Match": _quote_tag(etag)})

    def delete(self, path: str, etag: str) -> None:
        """Delete an item in the state that `etag` names. One that is gone already is fine."""
        try:
            self._client.request("DELETE", _quoted(path), headers={"If-Match": _quote_tag(etag)})
        except errors.NotFoundThere:
            return

    def _put(self, path: str, data: str, headers: dict[str, str]) -> str:
        reply = self._client.request(
            "PUT", _quoted(path), body=data.encode(), headers={**headers, "Content-Type": self._type}
        )
        return _tag(reply.headers.get("etag", ""))

    def _path(self, href: str) -> str:
        return _path(urljoin(self._url, href))


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/:@!$&'()*+,;=-._~")


def _tag(raw: str) -> str:
    """An entity tag without its quotes: some servers leave them out in listings. A weak one keeps its mark."""
    weak = raw.startswith("W/")
    bare = raw.removeprefix("W/").strip('"')
    return f"W/{bare}" if weak and bare else bare


def _quote_tag(tag: str) -> str:
    # If-Match compares strongly (RFC 9110 section 13.1.1), so a weak tag could never match as one.
    return f'"{tag.removeprefix("W/")}"'
