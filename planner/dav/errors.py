"""What a server, or the way to it, can answer with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from planner.errors import Explanation, UserError


class DavError(UserError):
    """Anything that keeps a request from being answered. What was saved here stays saved."""

    safe: ClassVar[str] = "Everything you have here is safe and can be worked with."


@dataclass
class Unreachable(DavError):
    """No answer: no network, no such host, a time-out, a connection cut half way."""

    host: str
    reason: str

    what: ClassVar[str] = "{host} could not be reached: {reason}."
    advice: ClassVar[str] = "Rapport tries again by itself once there is a network."


@dataclass
class Untrusted(DavError):
    """The server's certificate does not prove that it is the server."""

    host: str
    reason: str

    what: ClassVar[str] = "{host} did not prove who it is: {reason}."
    safe: ClassVar[str] = "Nothing was sent to it, your password least of all."
    advice: ClassVar[str] = "Check the address; on a network with a sign-in page, sign in there first."


@dataclass
class InsecureAddress(DavError):
    """Plain http to a host that is not this computer."""

    address: str

    what: ClassVar[str] = "“{address}” is not encrypted."
    safe: ClassVar[str] = "Nothing was sent."
    advice: ClassVar[str] = "Use an address that begins with https://."


@dataclass
class OtherHost(DavError):
    """A server sends the request on to another host; credentials do not follow it there unasked."""

    host: str
    other: str

    what: ClassVar[str] = "{host} sends you on to {other}."
    safe: ClassVar[str] = "Your password was not sent there."
    advice: ClassVar[str] = "If you trust {other}, set up the account with that address."


@dataclass
class NotSignedIn(DavError):
    """401: user name or password is not accepted."""

    host: str
    user: str

    what: ClassVar[str] = "{host} does not accept the password of “{user}”."
    advice: ClassVar[str] = "Many providers want an app password here: make one in their settings and enter it."


@dataclass
class Forbidden(DavError):
    """403 or 405: signed in, but not allowed to do this."""

    host: str
    path: str

    what: ClassVar[str] = "{host} does not allow this change at {path}."
    advice: ClassVar[str] = "Choose a calendar or address book that you may write to."


@dataclass
class NotFoundThere(DavError):
    """404 or 410."""

    host: str
    path: str

    what: ClassVar[str] = "There is nothing at {path} on {host} (any more)."
    advice: ClassVar[str] = "Check the address, or choose another calendar."


@dataclass
class Changed(DavError):
    """412, or 409: the item is not in the state this write was made for."""

    path: str

    what: ClassVar[str] = "{path} was changed on the server meanwhile."
    advice: ClassVar[str] = "The next sync brings both together."


@dataclass
class TokenExpired(DavError):
    """The server no longer knows this sync-token (RFC 6578 section 3.2); a full listing is needed."""

    path: str

    what: ClassVar[str] = "The server has forgotten what was synced with {path}."
    advice: ClassVar[str] = "The next sync compares everything anew."


@dataclass
class TryLater(DavError):
    """429 or 503; `seconds` is what the server asks for (RFC 9110 section 10.2.3), None if it does not say."""

    host: str
    seconds: float | None

    what: ClassVar[str] = "{host} is busy and asks for a pause{length}."
    advice: ClassVar[str] = "Rapport tries again by itself after it."

    @property
    def length(self) -> str:
        """How long, with a space before it; "" where the server does not say."""
        if self.seconds is None:
            return ""
        minutes = math.ceil(self.seconds / 60)
        return " of a minute" if minutes <= 1 else f" of {minutes} minutes"

    def explain(self) -> Explanation:
        """The three sentences."""
        return Explanation(self.what.format(host=self.host, length=self.length), self.safe, self.advice)


@dataclass
class ServerFault(DavError):
    """Another 5xx, or an answer that makes no sense."""

    host: str
    reason: str

    what: ClassVar[str] = "{host} answered with a fault of its own: {reason}."
    advice: ClassVar[str] = "Try again later; if it stays so, the provider should know."


@dataclass
class Refused(ServerFault):
    """400, 413, 415, 422, or a precondition of what was sent: this one item is not taken, others may be."""

    what: ClassVar[str] = "{host} does not take this: {reason}."
    advice: ClassVar[str] = "Change the item, or leave it out."


@dataclass
class NoDavThere(DavError):
    """Discovery came to an end without finding a calendar or address-book service."""

    address: str
    service: str

    what: ClassVar[str] = "No {service} service was found at “{address}”."
    safe: ClassVar[str] = "No account was set up."
    advice: ClassVar[str] = "Look up the {service} address in your provider's help and enter it in full."
