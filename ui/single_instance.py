"""One window for each data folder: a later start hands its link to the first and leaves."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

from ui.links import Link

_LONGEST = 2_048
_WAIT_MS = 1_500
#: What our own records are called in files.
_UID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{7,99}")
_KINDS = {"today", "contacts", "contact", "events", "event", "followups", "followup", "settings"}


class SingleInstance(QObject):
    """`claim()` before the window is made; `listen()` once it is shown. `asked(Link | None)` comes from a later start.

    A lock file in the data folder decides who is first: it is free again when its process died, so that nothing stale
    keeps anybody out. The link travels over a local socket that only the same user can open.
    """

    asked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._folder = folder
        self._server: QObject | None = None

    def claim(self) -> bool:
        """Whether this is the only window. True also when the folder can't hold a lock: opening it will say why."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    @property
    def _name(self) -> str:
        import hashlib

        return "rapport-" + hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:20]

    def hand_over(self, link: str = "") -> bool:
        """Ask the first window to come to the front and show a link. False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(link.encode()[:_LONGEST] + b"\n")
        sent = socket.waitForBytesWritten(_WAIT_MS)
        answered = sent and socket.waitForReadyRead(_WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def listen(self) -> bool:
        """Wait for later starts; from the first call on."""
        if self._server is not None:
            return True
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # of a process that died; a living one holds the lock
        server.newConnection.connect(self._connected)
        self._server = server
        return server.listen(self._name)

    def release(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()  # type: ignore[attr-defined]
        self._lock.unlock()

    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()  # type: ignore[union-attr]
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket) -> None:  # type: ignore[no-untyped-def]
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        text = bytes(socket.readLine(_LONGEST).data()).decode(errors="replace").strip()
        socket.write(b"ok\n")
        socket.flush()
        self.asked.emit(parsed_link(text))


def parsed_link(text: str) -> Link | None:
    """A link as calendars and files carry it: rapport:followup/UID, rapport:event/3/prepare, rapport:today."""
    scheme, _, rest = text.strip().partition(":")
    parts = [part for part in rest.split("?")[0].strip("/").split("/") if part]
    if scheme.lower() != "rapport" or not parts or parts[0] not in _KINDS or len(parts) > 3:
        return None
    if len(parts) == 1:
        return Link(parts[0])
    part = parts[2] if len(parts) > 2 else None
    if parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 19:
        return Link(parts[0], int(parts[1]), part)
    return Link(parts[0], None, part, parts[1]) if _UID.fullmatch(parts[1]) and not parts[1].isdigit() else None
