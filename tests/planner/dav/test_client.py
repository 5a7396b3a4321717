"""What the client does with answers that real servers give only now and then, and hostile ones always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from planner.clock import FixedClock
from planner.dav import discovery, errors
from planner.dav.client import Credentials, DavClient
from planner.dav.discovery import Collection, Service
from planner.dav.items import Items
from planner.dav.pausing import pausing
from planner.errors import Cancelled

CLOCK = FixedClock(moment=datetime(2027, 7, 10, 8, 0, tzinfo=UTC))
BASE = "https://dav.example/"


def client(answer: Callable[[httpx.Request], httpx.Response], base: str = BASE) -> DavClient:
    made = DavClient(base, Credentials("ada", "secret"), CLOCK, transport=httpx.MockTransport(answer))
    made.pause = lambda _seconds: None
    return made


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (401, {}, errors.NotSignedIn),
        (403, {}, errors.Forbidden),
        (404, {}, errors.NotFoundThere),
        (410, {}, errors.NotFoundThere),
        (412, {}, errors.Changed),
        (429, {"Retry-After": "7"}, errors.TryLater),
        (500, {}, errors.ServerFault),
        (503, {}, errors.TryLater),
        (507, {}, errors.ServerFault),
    ],
)
def test_a_status_becomes_an_error_a_person_understands(
    status: int, headers: dict[str, str], error: type[errors.DavError]
) -> None:
    with (
        client(lambda _: httpx.Response(status, headers=headers)) as dav,
        pytest.raises(error) as caught,
    ):
        dav.request("GET", "/x")
    explanation = caught.value.explain()
    assert explanation.what
    assert explanation.safe
    assert explanation.advice
    assert "secret" not in str(explanation)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("Sat, 10 Jul 2027 08:01:30 GMT", 90.0), ("Sat, 10 Jul 2027 07:00:00 GMT", 0.0), ("soon", None)],
)
def test_the_pause_a_server_asks_for_is_read(header: str, seconds: float | None) -> None:
    with (
        client(lambda _: httpx.Response(429, headers={"Retry-After": header})) as dav,
        pytest.raises(errors.TryLater) as caught,
    ):
        dav.request("GET", "/x")
    assert caught.value.seconds == seconds


def test_a_pause_the_server_asks_for_is_waited_for_and_the_request_sent_again() -> None:
    answers = iter(
        [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(503, headers={"Retry-After": "2"})]
    )
    waited: list[float] = []
    with client(lambda _: next(answers, httpx.Response(204))) as dav:
        dav.pause = waited.append
        assert dav.request("PUT", "/x", body=b"y").status == 204
    assert waited == [7.0, 2.0]


def test_a_long_pause_is_left_for_the_next_run() -> None:
    waited: list[float] = []
    with client(lambda _: httpx.Response(429, headers={"Retry-After": "3600"})) as dav:
        dav.pause = waited.append
        with pytest.raises(errors.TryLater, match="60 minutes"):
            dav.request("GET", "/x")
    assert waited == []


def test_cancel_ends_a_pause() -> None:
    looked = iter([False, False, True])
    waited: list[float] = []
    with pytest.raises(Cancelled):
        pausing(lambda: next(looked), waited.append)(60)
    assert sum(waited) < 1


def test_a_redirect_on_the_same_host_is_followed_with_its_method() -> None:
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.path))
        moved = request.url.path == "/.well-known/caldav"
        return httpx.Response(301, headers={"Location": "/dav/"}) if moved else httpx.Response(204)

    with client(answer) as dav:
        dav.request("PROPFIND", "/.well-known/caldav")
    assert seen == [("PROPFIND", "/.well-known/caldav"), ("PROPFIND", "/dav/")]


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "http://dav.example/", "https://dav.example:8443/", "//elsewhere.example/x"],
)
def test_credentials_never_cross_hosts(target: str) -> None:
    hosts = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(str(request.url))
        return httpx.Response(302, headers={"Location": target})

    with client(answer) as dav, pytest.raises(errors.OtherHost):
        dav.request("GET", "/x")
    assert hosts == ["https://dav.example/x"]


def test_an_address_in_an_answer_that_points_to_another_host_is_not_asked() -> None:
    with client(lambda _: httpx.Response(204)) as dav, pytest.raises(errors.OtherHost):
        dav.request("GET", "https://elsewhere.example/calendars/")


def test_a_circle_of_redirects_ends() -> None:
    with (
        client(lambda _: httpx.Response(302, headers={"Location": "/again"})) as dav,
        pytest.raises(errors.ServerFault, match="circle"),
    ):
        dav.request("GET", "/x")


@pytest.mark.parametrize("address", ["http://dav.example/", "http://192.168.1.4/dav"])
def test_plain_http_is_refused(address: str) -> None:
    with pytest.raises(errors.InsecureAddress):
        client(lambda _: httpx.Response(204), address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:5232/", "http://localhost/", "http://[::1]:80/"])
def test_plain_http_to_this_computer_is_fine(address: str) -> None:
    with client(lambda _: httpx.Response(204), address) as dav:
        assert dav.request("GET", "/").status == 204


def test_digest_is_answered_where_a_server_wants_it() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("Authorization", "").startswith("Digest "):
            return httpx.Response(204)
        return httpx.Response(401, headers={"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth"'})

    with client(answer) as dav:
        assert dav.request("GET", "/x").status == 204


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")]
)
def test_no_network_is_no_crash(failure: httpx.HTTPError) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise failure

    with client(answer) as dav, pytest.raises(errors.Unreachable):
        dav.request("GET", "/x")


HOSTILE = [
    b"",
    b"<html><body>Sign in to the guest network</body></html>",
    b"<d:multistatus xmlns:d='DAV:'><d:response>",
    (
        b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b"<d:multistatus xmlns:d='DAV:'><d:response><d:href>&b;</d:href></d:response></d:multistatus>"
    ),
    (
        b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<d:multistatus xmlns:d='DAV:'><d:response><d:href>&f;</d:href></d:response></d:multistatus>"
    ),
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_a_body_that_is_no_multistatus_is_a_fault_or_empty(body: bytes) -> None:
    with client(lambda _: httpx.Response(207, content=body)) as dav:
        try:
            answers = dav.propfind("/", ["d:resourcetype"]).answers
        except errors.ServerFault:
            return
    assert all("root:" not in answer.href and "aaaa" not in answer.href for answer in answers)


def test_a_listing_that_is_cut_short_goes_on_from_its_token() -> None:
    def page(token: str, name: str, *, more: bool) -> bytes:
        cut = "<d:response><d:href>/c/</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>" if more else ""
        return (
            f"<d:multistatus xmlns:d='DAV:'><d:response><d:href>/c/{name}</d:href><d:propstat><d:prop>"
            f'<d:getetag>"{name}"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>'
            f"{cut}<d:sync-token>{token}</d:sync-token></d:multistatus>"
        ).encode()

    def answer(request: httpx.Request) -> httpx.Response:
        first = b"t1" not in request.content
        return httpx.Response(207, content=page("t1", "a", more=True) if first else page("t2", "b", more=False))

    with client(answer) as dav:
        delta = Items(dav, Collection("/c/", "c", Service.CALENDAR)).delta("")
    assert delta.changed == {"/c/a": "a", "/c/b": "b"}
    assert delta.token == "t2"


def test_unquoted_and_weak_entity_tags_are_understood() -> None:
    body = (
        b"<d:multistatus xmlns:d='DAV:'>"
        b"<d:response><d:href>/c/a</d:href><d:propstat><d:prop><d:getetag>bare</d:getetag></d:prop>"
        b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        b'<d:response><d:href>/c/b%20c</d:href><d:propstat><d:prop><d:getetag>W/"weak"</d:getetag></d:prop>'
        b"<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
    )
    with client(lambda _: httpx.Response(207, content=body)) as dav:
        assert Items(dav, Collection("/c/", "c", Service.CALENDAR)).listing() == {"/c/a": "bare", "/c/b c": "W/weak"}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mail.example", "https://mail.example"),
        ("ada@mail.example", "https://mail.example"),
        (" https://mail.example/dav/ ", "https://mail.example/dav/"),
        ("http://localhost:5232", "http://localhost:5232"),
    ],
)
def test_an_address_is_completed(typed: str, address: str) -> None:
    assert discovery.with_scheme(typed) == address


def test_the_password_is_in_no_representation() -> None:
    assert "secret" not in repr(Credentials("ada", "secret"))
