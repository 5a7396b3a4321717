"""Real DAV servers on loopback, started and ended by the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

USER, PASSWORD = "ada", "correct horse"


@dataclass(frozen=True)
class Server:
    """A running server: its address, whom it lets in, and its name."""

    name: str
    url: str
    user: str = USER
    password: str = PASSWORD


@contextmanager
def radicale(bin_folder: Path, folder: Path) -> Iterator[Server]:
    """Radicale with one user and no collections yet."""
    port = _free_port()
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    storage = _in_memory(folder)
    config = folder / "radicale.conf"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\n"
        f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {storage}\n"
        "[logging]\nlevel = error\n",
        encoding="utf-8",
    )
    try:
        with _running([str(bin_folder / "radicale"), "--config", str(config)], port):
            yield Server("radicale", f"http://127.0.0.1:{port}/")
    finally:
        shutil.rmtree(storage, ignore_errors=True)


@contextmanager
def xandikos(bin_folder: Path, folder: Path) -> Iterator[Server]:
    """xandikos, which asks for no password, with its default principal."""
    port = _free_port()
    command = [
        str(bin_folder / "xandikos"), "serve", "-d", str(folder / "dav"), "-l", "127.0.0.1", "-p", str(port),
        "--current-user-principal", f"/{USER}/", "--defaults",
    ]  # fmt: skip
    with _running(command, port):
        yield Server("xandikos", f"http://127.0.0.1:{port}/")


def _in_memory(folder: Path) -> Path:
    """A folder for what a server stores: in memory where the system has a place for that.

    Radicale waits for the disk at every write, which would measure the disk rather than anything of ours.
    """
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="rapport-", dir=memory if os.access(memory, os.W_OK) else folder))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    # A file, not a pipe: nobody reads along, and a server that has filled a pipe stands still.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            _wait_for(port, process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            log.seek(0)
            raise AssertionError(f"the server ended at once: {log.read()[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come up within 30 seconds")
