"""Requests to one server: signed in, encrypted, and never carrying a password to another host.

httpx is imported with this module, and this module only once an account is used (it costs a tenth of a second).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx

from planner import __version__
from planner.clock import Clock
from planner.dav import errors, xml

#: Seconds to wait for a connection, and for each piece of an answer.
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
#: How many redirects on the same host are followed.
REDIRECTS = 5
#: The longest pause that a request waits for when a server asks for one, in seconds, and how often it does so. For a
#: longer one the run ends, and the next begins after it.
LONGEST_PAUSE = 60.0
PAUSES = 5
#: Preconditions on what was sent, not on who sent it (RFC 6352 section 6.3.2.1, RFC 4791 section 5.3.2.1).
_OF_AN_ITEM = frozenset(
    "max-resource-size supported-address-data valid-address-data valid-calendar-data supported-calendar-data "
    "valid-calendar-object-resource".split()
)
#: Answers larger than this are refused, in bytes: a listing of 100,000 items takes about 30 MB.
LARGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in. The password is kept out of every representation."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user!r}, …)"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, headers, body, and the address it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class DavClient:
    """One signed-in connection to the host of `base`. Close it when done.

    Every method raises the errors of planner.dav.errors. `watch` is called before each request with method and path,
    for the log a person can read; it never sees headers or bodies. `pause(seconds)` waits when the server asks for it;
    it may be replaced by one that looks out for Cancel and raises.
    """

    def __init__(
        self,
        base: str,
        credentials: Credentials,
        clock: Clock,
        *,
        transport: httpx.BaseTransport | None = None,
        watch: Callable[[str, str], None] = lambda _method, _path: None,
    ) -> None:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise errors.NoDavThere(base, "calendar")
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise errors.InsecureAddress(base)
        self.base = base
        self.user = credentials.user
        self._origin = _origin(base)
        self._host = parts.hostname
        self._clock = clock
        self._watch = watch
        self.pause: Callable[[float], None] = time.sleep
        self._auth: httpx.Auth = httpx.BasicAuth(credentials.user, credentials.password)
        self._digest = httpx.DigestAuth(credentials.user, credentials.password)
        self._http = httpx.Client(
            transport=transport,
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=True,
            # A transport that is handed in does its own; reading the system's certificates takes 40 ms.
            verify=ssl.create_default_context() if transport is None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            headers={"User-Agent": f"Rapport/{__version__}"},
        )

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def __enter__(self) -> DavClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def serves(self, url: str) -> bool:
        """Whether an address is on this host, where alone the password goes."""
        return _origin(self.url(url)) == self._origin

    def url(self, href: str) -> str:
        """An href of this server as a full address."""
        return urljoin(self.base, href)

    def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and return its answer if that is a 2xx. An address on another host raises OtherHost.

        A server that is busy and says for how long (RFC 9110 section 10.2.3) is asked again after that pause.
        """
        for _ in range(PAUSES):
            try:
                return self._followed(method, self.url(url), body, dict(headers or {}))
            except errors.TryLater as error:
                if error.seconds is None or error.seconds > LONGEST_PAUSE:
                    raise
                self.pause(error.seconds)
        return self._followed(method, self.url(url), body, dict(headers or {}))

    def _followed(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        for _ in range(REDIRECTS):
            if _origin(url) != self._origin:
                raise errors.OtherHost(self._host, _host_and_port(url))
            reply = self._send(method, url, body, headers)
            if reply.status not in (301, 302, 303, 307, 308):
                return self._checked(reply)
            target = urljoin(url, reply.headers.get("location", ""))
            url = self._upgraded(url, target)
        raise errors.ServerFault(self._host, "it redirects in a circle")

    def propfind(self, url: str, names: list[str], *, depth: int = 0) -> xml.MultiStatus:
        """PROPFIND (RFC 4918 section 9.1) for these prefixed property names."""
        return self._multi("PROPFIND", url, xml.propfind(names), {"Depth": str(depth)})

    def report(self, url: str, body: bytes, *, depth: int = 0) -> xml.MultiStatus:
        """REPORT (RFC 3253 section 3.6) with this body."""
        return self._multi("REPORT", url, body, {"Depth": str(depth)})

    def _multi(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> xml.MultiStatus:
        # Some servers insist on application/xml, none on text/xml.
        reply = self.request(method, url, body=body, headers={**headers, "Content-Type": "application/xml"})
        try:
            return xml.parse(reply.body)
        except xml.NotXml as error:
            raise errors.ServerFault(self._host, str(error)) from error

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        self._watch(method, urlsplit(url).path)
        try:
            reply = self._exchange(method, url, body, headers)
            if reply.status == 401 and "digest" in reply.headers.get("www-authenticate", "").lower():
                self._auth = self._digest
                reply = self._exchange(method, url, body, headers)
        except httpx.ConnectError as error:
            if isinstance(error.__cause__ and error.__cause__.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error):
                raise errors.Untrusted(self._host, "its certificate is not valid for this address") from error
            raise errors.Unreachable(self._host, "there is no connection") from error
        except httpx.TimeoutException as error:
            raise errors.Unreachable(self._host, "it did not answer in time") from error
        except httpx.HTTPError as error:
            raise errors.Unreachable(self._host, "the connection was cut") from error
        return reply

    def _exchange(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        with self._http.stream(method, url, content=body, headers=headers, auth=self._auth) as response:
            read = bytearray()
            for piece in response.iter_bytes():
                read += piece
                if len(read) > LARGEST:
                    raise errors.ServerFault(self._host, "its answer is larger than anything it should send")
            return Reply(response.status_code, dict(response.headers), bytes(read), url)

    def _upgraded(self, url: str, target: str) -> str:
        """The target of a redirect. From http to https on one host is the only change of origin that is followed."""
        if _origin(target) != self._origin:
            before, after = urlsplit(url), urlsplit(target)
            if (before.scheme, after.scheme) == ("http", "https") and before.hostname == after.hostname:
                self.base, self._origin = target, _origin(target)
            else:
                raise errors.OtherHost(self._host, _host_and_port(target))
        return target

    def _checked(self, reply: Reply) -> Reply:
        status, path = reply.status, urlsplit(reply.url).path
        if 200 <= status < 300:
            return reply
        condition = xml.error_condition(reply.body) if reply.body else ""
        if condition == "valid-sync-token":
            raise errors.TokenExpired(path)
        if condition in _OF_AN_ITEM:
            raise errors.Refused(self._host, f"its rule “{condition}”")
        match status:
            case 400 | 413 | 415 | 422:
                raise errors.Refused(self._host, f"status {status}")
            case 401:
                raise errors.NotSignedIn(self._host, self.user)
            case 403 | 405:
                raise errors.Forbidden(self._host, path)
            case 404 | 410:
                raise errors.NotFoundThere(self._host, path)
            case 409 | 412:
                raise errors.Changed(path)
            case 429 | 503:
                raise errors.TryLater(self._host, self._pause(reply.headers.get("retry-after", "")))
            case 507:
                raise errors.ServerFault(self._host, "it has no space left")
            case _:
                raise errors.ServerFault(self._host, f"status {status}")

    def _pause(self, header: str) -> float | None:
        """Retry-After in seconds: a number, or a date (RFC 9110 section 10.2.3)."""
        if header.strip().isdecimal():
            return float(header.strip()[:9])
        try:
            return max(0.0, (parsedate_to_datetime(header) - self._clock.now()).total_seconds())
        except (TypeError, ValueError):
            return None


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, (parts.hostname or "").lower(), port


def _host_and_port(url: str) -> str:
    scheme, host, port = _origin(url)
    return host if port == (443 if scheme == "https" else 80) else f"{host}:{port}"


def _is_loopback(host: str) -> bool:
    import ipaddress

    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
