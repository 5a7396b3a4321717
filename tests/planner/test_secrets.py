"""Passwords: in a real Secret Service, in backends that fail or must not be used, and never on disk otherwise."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


_DATA = """
import json, sys
from pathlib import Path
from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.paths import DataFolder
from planner.secrets import KeyringSecrets
from planner.store.protected import is_protected
from planner.store.unlocking import account_of, remembered
step, *ways = sys.argv[1:]
folder = DataFolder(Path(ways[0])).prepare()
key = remembered(folder.database, KeyringSecrets()) if is_protected(folder.database) else None
told = {"protected": is_protected(folder.database), "known": key is not None}
with Planner(folder, key=key) as planner:
    if step == "protect":
        planner.contacts.add(ContactDetails(name="Ingrid Vale"))
        refused = planner.protection.protect("pässword ✓", remember=True).not_remembered
        told["refused"] = refused is not None
    if step == "another":
        planner.protection.protect("änother ✓", remember=True)
    if step == "alone":
        planner.protection.protect("änother ✓")
    if step == "unprotect":
        planner.protection.remove()
    told["in keyring"] = planner.protection.standing().remembered
    told["people"] = planner.contact_queries.count()
told["entry"] = KeyringSecrets().get(account_of(folder.database))
print(json.dumps(told))
"""


@pytest.fixture
def in_session(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Runs a script in a desktop session of its own, with a keyring, once for each of the lists of arguments."""
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

    def run(source: str, *runs: tuple[str, ...], unlocked: bool = True) -> list[dict[str, Any]]:
        script = tmp_path / "session.py"
        script.write_text(source, encoding="utf-8")
        start = [f"printf 'master' | {daemon} --unlock --components=secrets >/dev/null"] if unlocked else []
        steps = [shlex.join([sys.executable, str(script), *arguments]) for arguments in runs]
        done = subprocess.run(
            [session, "--", "sh", "-c", " && ".join([*start, *steps])],
            capture_output=True,
            text=True,
            env=environment,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        for path in tmp_path.rglob("*"):
            if path.is_file() and path != script:
                assert "pässword".encode() not in path.read_bytes()
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's")


@linux_only
@pytest.mark.parametrize("unlocked", [True, False])
def test_a_real_secret_service_keeps_and_forgets(
    in_session: Callable[..., list[dict[str, Any]]], unlocked: bool
) -> None:
    steps = ("put", "forget") if unlocked else ("put",)
    (told,) = in_session(_SESSION, steps, unlocked=unlocked)
    if unlocked:
        assert told == {"put": "pässword ✓", "forget": None}
    else:
        assert told["unusable"]
        assert (told["remembered"], told["put"]) == ("pässword ✓", None)


@linux_only
def test_a_real_secret_service_opens_protected_data(
    in_session: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")
    folder = str(tmp_path / "data")
    steps = ("protect", "look", "another", "unprotect", "look")
    told = in_session(_DATA, *((step, folder) for step in steps))
    plain = {"protected": False, "known": False, "people": 1}
    opened = {"protected": True, "known": True, "people": 1}
    assert told == [
        plain | {"refused": False, "in keyring": True, "entry": "pässword ✓"},
        opened | {"in keyring": True, "entry": "pässword ✓"},
        opened | {"in keyring": True, "entry": "änother ✓"},
        opened | {"in keyring": False, "entry": None},
        plain | {"in keyring": False, "entry": None},
    ]


@linux_only
def test_data_protected_without_the_keyring_is_not_in_it(
    in_session: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")
    folder = str(tmp_path / "data")
    first, then = in_session(_DATA, ("protect", folder), ("alone", folder))
    assert first["entry"] == "pässword ✓"
    assert (then["in keyring"], then["entry"]) == (False, None)


@linux_only
def test_a_locked_secret_service_leaves_protected_data_to_who_knows_its_password(
    in_session: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")
    (told,) = in_session(_DATA, ("protect", str(tmp_path / "data")), unlocked=False)
    assert (told["refused"], told["people"], told["entry"]) == (True, 1, None)
