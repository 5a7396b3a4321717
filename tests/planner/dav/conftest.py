"""Radicale and xandikos, and a client signed in to each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.dav.client import Credentials, DavClient
from tests import servers


@pytest.fixture(scope="module", params=["radicale", "xandikos"])
def server(
    request: pytest.FixtureRequest, readers_bin: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """Each server in turn."""
    start = getattr(servers, request.param)
    with start(readers_bin, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def client(server: servers.Server) -> Iterator[DavClient]:
    """A client of the server in turn."""
    with DavClient(server.url, Credentials(server.user, server.password), FixedClock()) as made:
        yield made
