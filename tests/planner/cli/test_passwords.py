"""Protected data on the command line: passwords from the keyring, from a file, from the terminal, and from nowhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.store.protected import is_protected
from tests.planner.cli.conftest import Ran

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")

Rapport = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "it's “gröt”"


class Ring:
    """A keyring of the system's, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, account: str) -> str | None:
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, password: str) -> None:
        self.kept[service, account] = password

    def delete_password(self, service: str, account: str) -> None:
        del self.kept[service, account]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setattr("planner.secrets._backend", lambda: ring)
    return ring


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.secrets._backend", lambda: None)
    monkeypatch.delenv("RAPPORT_PASSWORD_FILE", raising=False)
    monkeypatch.delenv("RAPPORT_NEW_PASSWORD_FILE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give the password of the data, and one to be set, in files."""

    def give(password: str | None = None, new: str | None = None) -> None:
        for variable, text in (("RAPPORT_PASSWORD_FILE", password), ("RAPPORT_NEW_PASSWORD_FILE", new)):
            if text is None:
                monkeypatch.delenv(variable, raising=False)
                continue
            path = tmp_path / f"{variable}.txt"
            path.write_text(text + "\n", encoding="utf-8")
            monkeypatch.setenv(variable, str(path))

    return give


@pytest.fixture
def protected(rapport: Rapport, vcf: Path, given: Callable[..., None]) -> None:
    rapport("import", vcf)
    given(new=PASSWORD)
    assert rapport("protect").code == 0
    given()


def test_protect_change_and_unprotect(
    rapport: Rapport, data: Path, vcf: Path, given: Callable[..., None], ring: Ring
) -> None:
    rapport("import", vcf)
    rapport("backup", data / "backups" / "by-hand.sqlite")
    (data / "backups" / "broken.sqlite").write_bytes(b"no database" * 500)
    given(new=PASSWORD)
    told = rapport("protect", "--keyring", "--json")
    assert told.code == 0
    assert told.json == {
        "protected": True,
        "in_keyring": True,
        "backups": [str(data / "backups" / "by-hand.sqlite")],
        "left": [str(data / "backups" / "broken.sqlite")],
    }
    assert "broken.sqlite could not be read and stays as it was" in told.err
    assert is_protected(data / "rapport.sqlite")
    assert is_protected(data / "backups" / "by-hand.sqlite")
    assert stat.S_IMODE((data / "rapport.sqlite").stat().st_mode) == 0o600
    assert rapport("people", "--json").json["total"] == 2  # by the keyring
    assert rapport("check") == Ran(0, "Everything is as it should be.\nYour data is protected with a password.\n", "")
    assert rapport("check", "--json").json == {"sound": True, "protected": True, "findings": []}
    again = rapport("protect")
    assert again.code == 2
    assert "add --change" in again.err
    given(new="another")
    assert rapport("protect", "--change").code == 0
    assert rapport("people").code == 2  # the keyring has let the former one go
    given("another")
    assert rapport("people", "--json").json["total"] == 2
    told = rapport("unprotect", "--json")
    assert (told.code, told.json["protected"]) == (0, False)
    given()
    assert rapport("people", "--json").json["total"] == 2
    assert not ring.kept
    assert rapport("unprotect").code == 2


def test_no_password_and_a_wrong_one(rapport: Rapport, protected: None, data: Path, given: Callable[..., None]) -> None:
    before = (data / "rapport.sqlite").read_bytes()
    for command in (("people",), ("check",), ("backup", data.parent / "b.sqlite"), ("unprotect",)):
        none = rapport(*command)
        assert none.code == 2
        assert "is protected with a password" in none.err
        assert "RAPPORT_PASSWORD_FILE" in none.err
        given("wrong")
        wrong = rapport(*command)
        assert wrong.code == 2
        assert "does not open with this password" in wrong.err
        assert "restore" not in wrong.err.casefold()
        assert "wrong\n" not in wrong.err
        given()
    told = rapport("people", "--json").json
    assert told["error"]["kind"] == "DatabaseProtected"
    assert (data / "rapport.sqlite").read_bytes() == before


def test_a_password_file_that_is_not_there(
    rapport: Rapport, protected: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RAPPORT_PASSWORD_FILE", str(tmp_path / "none.txt"))
    told = rapport("people")
    assert told.code == 2
    assert "none.txt" in told.err


def test_an_empty_new_password(rapport: Rapport, vcf: Path, data: Path, given: Callable[..., None]) -> None:
    rapport("import", vcf)
    given(new="")
    assert rapport("protect").code == 2
    given()
    told = rapport("protect")
    assert told.code == 2
    assert "no terminal to ask on" in told.err
    assert not is_protected(data / "rapport.sqlite")


def test_protect_while_the_data_is_in_use(
    rapport: Rapport, vcf: Path, data: Path, given: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.converting._PATIENCE", 50)
    rapport("import", vcf)
    given(new=PASSWORD)
    script = (
        "import sys; from pathlib import Path; from planner.store.store import Store; from planner.clock import Clock\n"
        "s = Store(Path(sys.argv[1]), Clock()); print('open', flush=True); sys.stdin.readline(); s.close()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(data / "rapport.sqlite")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    told = rapport("protect")
    assert told.code == 2
    assert "in use by another window" in told.err
    other.communicate("\n")
    assert rapport("people", "--json").json["total"] == 2
    assert rapport("protect").code == 0


def test_backup_and_restore(
    rapport: Rapport, protected: None, data: Path, tmp_path: Path, given: Callable[..., None]
) -> None:
    given(PASSWORD)
    mine = tmp_path / "mine.sqlite"
    assert rapport("backup", mine).code == 0
    assert rapport("backup", mine).code == 0  # an older one may be replaced
    assert is_protected(mine)
    given(PASSWORD, new="another")
    assert rapport("protect", "--change").code == 0
    given()
    other = tmp_path / "other"
    fresh = rapport("restore", mine, "--data-dir", other)
    assert fresh.code == 2
    given(PASSWORD)
    assert rapport("restore", mine, "--data-dir", other).code == 0
    assert is_protected(other / "rapport.sqlite")  # as the backup was
    assert rapport("people", "--data-dir", other, "--json").json["total"] == 2
    given("another")
    refused = rapport("backup", mine)
    assert refused.code == 2
    assert "a password this one knows not" in refused.err
    wrong = rapport("restore", mine)
    assert wrong.code == 2
    assert "mine.sqlite” does not open with this password" in wrong.err
    theirs = tmp_path / "theirs.sqlite"
    assert rapport("backup", theirs).code == 0
    told = rapport("restore", theirs, "--json")
    assert (told.code, told.json["contacts"]) == (0, 2)
    assert is_protected(data / "rapport.sqlite")
    assert is_protected(Path(told.json["kept"]))


def test_a_program_without_the_library(
    rapport: Rapport, protected: None, given: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    given(PASSWORD, new="another")
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    told = rapport("people")
    assert told.code == 2
    assert "(sqlcipher3) is not installed here" in told.err
    assert "Traceback" not in told.err


def test_protecting_without_the_library(
    rapport: Rapport, data: Path, vcf: Path, given: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rapport("import", vcf)
    given(new=PASSWORD)
    monkeypatch.setattr("planner.store.opening.can_protect", lambda: False)
    told = rapport("protect")
    assert told.code == 2
    assert "can’t be protected here" in told.err
    assert rapport("people", "--json").json["total"] == 2


def test_plain_data_does_without_the_library(rapport: Rapport, vcf: Path, data: Path) -> None:
    rapport("import", vcf)
    script = "import sys; from planner.cli.__main__ import main; main(); print('sqlcipher3' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, "people"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "RAPPORT_DATA_DIR": str(data)},
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals on Windows")
def test_asked_on_a_terminal(rapport: Rapport, vcf: Path, data: Path, tmp_path: Path) -> None:
    rapport("import", vcf)
    shown = on_terminal(["protect"], data, [("New password: ", PASSWORD), ("The same again: ", PASSWORD)])
    assert "is protected with a password now" in shown
    assert "gröt" not in shown
    shown = on_terminal(["people"], data, [("Password: ", "wrong"), ("Password: ", PASSWORD)])
    assert "That is not the password" in shown
    assert "Ingrid" in shown
    shown = on_terminal(["protect", "--change"], data, [("Password: ", PASSWORD), ("New ", "one"), ("again", "two")])
    assert "the two are not the same" in shown


def on_terminal(arguments: list[str], data: Path, answers: list[tuple[str, str]]) -> str:
    """Run a command on a terminal of its own, and answer what it asks."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        own = {"RAPPORT_DATA_DIR": str(data), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
        environment = {**os.environ, **own}
        os.execve(sys.executable, [sys.executable, "-m", "planner.cli", *arguments], environment)
    shown = b""
    waiting = list(answers)
    asked_from = 0
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        shown += more
        if waiting and waiting[0][0].encode() in shown[asked_from:]:
            asked_from = len(shown)
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    os.waitpid(pid, 0)
    os.close(terminal)
    assert not waiting, shown
    return shown.decode()


def test_help_tells_of_the_files(rapport: Rapport) -> None:
    told: Any = rapport("protect", "--help")
    assert "RAPPORT_NEW_PASSWORD_FILE" in told.out
    assert "RAPPORT_PASSWORD_FILE" in told.out
