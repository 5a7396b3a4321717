"""Passwords: in a real Secret Service, in backends that fail or must not be used, and never on disk otherwise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from planner.secrets import KeyringSecrets, KeyringUnusable
from tests.conftest import ROOT


class Kept(keyring.backend.KeyringBackend):
    """A keyring in memory, as the system's is."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not found")
        del self.kept[service, username]


class InFile(Kept):
    """One that writes files of its own."""


InFile.__module__ = "keyrings.alt.file"


class Locked(Kept):
    """One whose person has dismissed the question to unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("it stays locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("it stays locked")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("it stays locked")


def use(monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


def test_a_password_is_kept_across_sessions_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Kept())
    KeyringSecrets().put("one", "pässword")
    assert KeyringSecrets().get("one") == "pässword"
    KeyringSecrets().forget("one")
    KeyringSecrets().forget("one")
    assert KeyringSecrets().get("one") is None


@pytest.mark.parametrize(
    "backend",
    [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, InFile, Locked],
    ids=["none", "keeps nothing", "writes files", "locked"],
)
def test_without_a_usable_keyring_each_session_asks(
    monkeypatch: pytest.MonkeyPatch, backend: type[keyring.backend.KeyringBackend]
) -> None:
    made = backend()
    use(monkeypatch, made)
    secrets = KeyringSecrets()
    with pytest.raises(KeyringUnusable) as caught:
        secrets.put("one", "secret")
    assert "secret" not in str(caught.value.explain())
    assert secrets.get("one") == "secret"  # this session goes on
    assert KeyringSecrets().get("one") is None  # the next one asks
    assert not getattr(made, "kept", {})
    secrets.forget("one")
    assert secrets.get("one") is None


def test_of_a_chain_only_what_is_safe_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    in_file, kept = InFile(), Kept()
    chain = keyring.backends.chainer.ChainerBackend()
    monkeypatch.setattr(type(chain), "backends", [in_file, kept])
    use(monkeypatch, chain)
    KeyringSecrets().put("one", "secret")
    assert not in_file.kept
    assert list(kept.kept.values()) == ["secret"]


_SESSION = """
import json, sys
from planner.secrets import KeyringSecrets, KeyringUnusable
told = {}
for step in sys.argv[1:]:
    secrets = KeyringSecrets()  # a session of its own for each
    try:
        if step == "put": secrets.put("account-1", "pässword ✓")
        if step == "forget": secrets.forget("account-1")
    except KeyringUnusable as error:
        told["unusable"] = str(error.explain().what)
        told["remembered"] = secrets.get("account-1")
    told[step] = KeyringSecrets().get("account-1")
print(json.dumps(told))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's")
@pytest.mark.parametrize("unlocked", [True, False])
def test_a_real_secret_service_keeps_and_forgets(tmp_path: Path, unlocked: bool) -> None:
    session, daemon = shutil.which("dbus-run-session"), shutil.which("gnome-keyring-daemon")
    if not session or not daemon:
        pytest.skip("gnome-keyring or dbus-run-session is not installed; `dev.py test` installs them as root on Debian")
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    start = f"printf 'master' | {daemon} --unlock --components=secrets >/dev/null && " if unlocked else ""
    steps = "put forget" if unlocked else "put"
    script = tmp_path / "session.py"
    script.write_text(_SESSION, encoding="utf-8")
    done = subprocess.run(
        [session, "--", "sh", "-c", f"{start}exec {sys.executable} {script} {steps}"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    if unlocked:
        assert told == {"put": "pässword ✓", "forget": None}
    else:
        assert told["unusable"]
        assert (told["remembered"], told["put"]) == ("pässword ✓", None)
    for path in home.rglob("*"):
        if path.is_file():
            assert "pässword".encode() not in path.read_bytes()
