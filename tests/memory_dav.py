"""A DAV server in memory, as a transport of httpx: fast enough for thousands of steps, and it fails on demand.

It keeps to RFC 4918, 4791, 6352 and 6578 as far as Rapport asks: discovery, listings, sync-collection, multiget, and
writes with If-Match and If-None-Match. It shares no code with what it tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

import httpx
from lxml import etree

HOME = "/home/"
_NS = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:card="urn:ietf:params:xml:ns:carddav"'


@dataclass
class Stored:
    """A collection: what it is, its items with their entity tags, and the log of changes that tokens point into."""

    book: bool
    name: str
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    forgotten: int = 0  # tokens below this are no longer known


class MemoryDav:
    """The server. `fault(request)` may return an answer instead of the real one, or raise a transport error.

    With `after=True` faults strike once the request has been carried out: the answer is lost, the change is made.
    """

    def __init__(self) -> None:
        self.collections: dict[str, Stored] = {}
        self.requests: list[tuple[str, str]] = []
        self.fault: Callable[[httpx.Request], httpx.Response | None] | None = None
        self.after = False
        self._serial = 0

    def transport(self) -> httpx.MockTransport:
        """For httpx.Client."""
        return httpx.MockTransport(self._answer)

    def add(self, name: str, book: bool = False) -> str:
        """A new collection; its path."""
        path = f"{HOME}{name}/"
        self.collections[path] = Stored(book, name)
        return path

    # --- what a phone does, behind everybody's back

    def put(self, path: str, text: str) -> str:
        """Write an item whatever stood there; its new entity tag."""
        folder = self._folder(path)
        self._serial += 1
        tag = f"t{self._serial}"
        folder.items[path] = (tag, text)
        folder.log.append(path)
        return tag

    def delete(self, path: str) -> None:
        """Delete an item."""
        folder = self._folder(path)
        del folder.items[path]
        folder.log.append(path)

    def forget_tokens(self, path: str) -> None:
        """Every token given so far is refused from now on."""
        folder = self.collections[path]
        folder.log.append("")
        folder.forgotten = len(folder.log)

    # --- answering

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = unquote(request.url.path)
        self.requests.append((request.method, path))
        if self.fault and not self.after and (failed := self.fault(request)) is not None:
            return failed
        answer = self._carry_out(request, path)
        if self.fault and self.after and (failed := self.fault(request)) is not None:
            return failed
        return answer

    def _carry_out(self, request: httpx.Request, path: str) -> httpx.Response:
        if request.headers.get("authorization", "") == "":
            return httpx.Response(401)
        match request.method:
            case "PROPFIND":
                return self._propfind(request, path)
            case "REPORT":
                return self._report(request, path)
            case "MKCALENDAR" | "MKCOL":
                name = re.search(rb"displayname>([^<]*)<", request.content)
                self.collections[path] = Stored(request.method == "MKCOL", name[1].decode() if name else "")
                return httpx.Response(201)
            case "PUT":
                return self._put(request, path)
            case "DELETE":
                return self._delete(request, path)
            case "GET":
                held = self._folder(path).items.get(path)
                return httpx.Response(200, text=held[1], headers={"ETag": f'"{held[0]}"'}) if held else _status(404)
        return httpx.Response(405)

    def _propfind(self, request: httpx.Request, path: str) -> httpx.Response:
        if path in self.collections:
            answers = [self._about(path)]
            if request.headers.get("depth") == "1":
                answers += [_answer(item, _tag(tag)) for item, (tag, _) in self.collections[path].items.items()]
        elif path == HOME and request.headers.get("depth") == "1":
            answers = [_answer(HOME, "<d:resourcetype><d:collection/></d:resourcetype>")]
            answers += [self._about(each) for each in self.collections]
        else:
            homes = f"<c:calendar-home-set><d:href>{HOME}</d:href></c:calendar-home-set>"
            homes += f"<card:addressbook-home-set><d:href>{HOME}</d:href></card:addressbook-home-set>"
            answers = [_answer(path, homes)]
        return _multi(answers)

    def _about(self, path: str) -> str:
        one = self.collections[path]
        kind = "<card:addressbook/>" if one.book else "<c:calendar/>"
        return _answer(
            path,
            f"<d:resourcetype><d:collection/>{kind}</d:resourcetype><d:displayname>{escape(one.name)}</d:displayname>",
        )

    def _report(self, request: httpx.Request, path: str) -> httpx.Response:
        folder = self.collections.get(path)
        if folder is None:
            return _status(404)
        tree = etree.fromstring(request.content)
        kind = etree.QName(tree).localname
        if kind == "free-busy-query":
            return _status(403)  # a report this server does not know
        if kind != "sync-collection":
            # A query is answered with everything: which events fall into its time is for the client to see.
            hrefs = [unquote(str(href.text)) for href in tree.iter("{DAV:}href")]
            wanted = sorted(folder.items) if kind == "calendar-query" else hrefs
            data = "card:address-data" if folder.book else "c:calendar-data"
            return _multi(
                [
                    _answer(item, _tag(folder.items[item][0]) + f"<{data}>{escape(folder.items[item][1])}</{data}>")
                    for item in wanted
                    if item in folder.items
                ]
            )
        token = tree.findtext("{DAV:}sync-token") or ""
        since = int(token.rpartition("-")[2]) if token else 0
        if token and since < folder.forgotten:
            body = f"<d:error {_NS}><d:valid-sync-token/></d:error>"
            return httpx.Response(403, text=body, headers={"Content-Type": "application/xml"})
        changed = set(folder.log[since:]) if token else set(folder.items)
        answers = [
            _answer(item, _tag(folder.items[item][0]))
            if item in folder.items
            else f"<d:response><d:href>{quote(item)}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
            for item in sorted(changed - {""})
        ]
        return _multi([*answers, f"<d:sync-token>urn:token-{len(folder.log)}</d:sync-token>"])

    def _put(self, request: httpx.Request, path: str) -> httpx.Response:
        folder = self._folder(path)
        held = folder.items.get(path)
        if request.headers.get("if-none-match") == "*" and held:
            return _status(412)
        wanted = request.headers.get("if-match")
        if wanted is not None and (held is None or wanted.strip('"') != held[0]):
            return _status(412)
        tag = self.put(path, request.content.decode())
        return httpx.Response(204 if held else 201, headers={"ETag": f'"{tag}"'})

    def _delete(self, request: httpx.Request, path: str) -> httpx.Response:
        held = self._folder(path).items.get(path)
        if held is None:
            return _status(404)
        if request.headers.get("if-match", "").strip('"') not in ("", held[0]):
            return _status(412)
        self.delete(path)
        return _status(204)

    def _folder(self, path: str) -> Stored:
        return self.collections[path.rpartition("/")[0] + "/"]


def _status(code: int) -> httpx.Response:
    return httpx.Response(code)


def _tag(tag: str) -> str:
    return f'<d:getetag>"{tag}"</d:getetag>'


def _answer(path: str, props: str) -> str:
    return (
        f"<d:response><d:href>{quote(path)}</d:href><d:propstat><d:prop>{props}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def _multi(answers: list[str]) -> httpx.Response:
    body = f"<?xml version='1.0'?><d:multistatus {_NS}>{''.join(answers)}</d:multistatus>"
    return httpx.Response(207, text=body, headers={"Content-Type": "application/xml"})
