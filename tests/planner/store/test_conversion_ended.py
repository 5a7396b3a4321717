"""Whatever ends a conversion half way, one whole database has the name, and nothing of the other can be read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from planner.clock import FixedClock
from planner.errors import DiskFull, FileUnwritable
from planner.store.backup import beside
from planner.store.converting import convert
from planner.store.key import Key
from planner.store.protected import is_protected
from planner.store.store import Store
from planner.store.unlocking import unlocked
from tests.planner.store.conftest import add_contact, dump

pytest.importorskip("sqlcipher3", reason="there is no sqlcipher3 for this platform")

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "four words in a row"

#: Runs a conversion that ends as by a power cut where the named function is called, before or after it did its work.
KILLED = """
import os, sys
from pathlib import Path
from planner.store import converting, key, unlocking
path, place, when, remove = Path(sys.argv[1]), *sys.argv[2:]
owner, name = (Path, "replace") if place == "replace" else (converting, place)
done = getattr(owner, name)
def ended(*arguments, **options):
    if when == "after":
        done(*arguments, **options)
    os._exit(9)
old = unlocking.unlocked(path, "four words in a row")
setattr(owner, name, ended)
converting.convert(path, old, None if remove == "remove" else key.Key.new("four words in a row"))
"""

PLACES = [
    ("_lock", "after"),
    ("copy_all", "before"),
    ("copy_all", "after"),
    ("faults_of", "after"),
    ("flush", "after"),
    ("replace", "before"),
    ("replace", "after"),
    ("_overwrite", "after"),
]


@pytest.fixture
def filled(path: Path, clock: FixedClock) -> Callable[[Key | None], dict[str, list[tuple[object, ...]]]]:
    """Make data, and say what is in it."""

    def fill(key: Key | None) -> dict[str, list[tuple[object, ...]]]:
        with closing(Store(path, clock, key=key)) as store:
            add_contact(store, clock, "Ingrid Vale", "ingrid@example.org")
            return dump(store)

    return fill


def held(path: Path, clock: FixedClock) -> dict[str, list[tuple[object, ...]]]:
    with closing(Store(path, clock, key=unlocked(path, PASSWORD))) as store:
        add_contact(store, clock, "Somebody Else")  # it can be written, too
        from planner.store.history import History

        History(store).undo()
        return dump(store)


@pytest.mark.skipif(os.name == "nt", reason="the steps are others on Windows")
@pytest.mark.parametrize(("place", "when"), PLACES, ids=[" ".join(each) for each in PLACES])
@pytest.mark.parametrize("way", ["protect", "remove"])
def test_killed(way: str, place: str, when: str, path: Path, clock: FixedClock, filled: Callable[..., object]) -> None:
    before = filled(Key.new(PASSWORD) if way == "remove" else None)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), place, when, way], cwd=ROOT, check=False)
    assert done.returncode == 9
    swapped = (place, when) in (("replace", "after"), ("_overwrite", "after"))
    assert is_protected(path) == ((way == "protect") == swapped)
    assert held(path, clock) == before
    if swapped and way == "protect":
        for file in path.parent.iterdir():
            assert b"Ingrid" not in file.read_bytes()
    # The next one clears up what was left.
    convert(path, unlocked(path, PASSWORD), None)
    convert(path, None, Key.new(PASSWORD))
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert held(path, clock) == before


def test_a_log_that_was_left_is_folded_in(path: Path, clock: FixedClock, filled: Callable[..., object]) -> None:
    before = filled(None)
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute(\"UPDATE contact SET nickname = 'Inga'\")\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert beside(path)[0].exists()
    convert(path, None, Key.new(PASSWORD))
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with closing(Store(path, clock, key=unlocked(path, PASSWORD))) as store:
        assert any("Inga" in map(str, row) for row in dump(store)["contact"])
    assert before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_disk(path: Path, clock: FixedClock, filled: Callable[..., object]) -> None:
    before = filled(None)
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from planner.errors import UserError; from planner.store import converting, key\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = Path(sys.argv[1]).stat().st_size // 2\n"
        "new = key.Key.new('four words in a row')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try: converting.convert(Path(sys.argv[1]), None, new)\n"
        "except UserError as error: print(type(error).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() in (DiskFull.__name__, FileUnwritable.__name__), done.stderr
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert not is_protected(path)
    assert held(path, clock) == before


def test_the_old_bytes_are_overwritten_but_not_a_second_name(
    path: Path, clock: FixedClock, filled: Callable[..., object], tmp_path: Path
) -> None:
    filled(None)
    with path.open("rb") as former:
        convert(path, None, Key.new(PASSWORD))
        assert not former.read().strip(b"\0")
    convert(path, unlocked(path, PASSWORD), None)
    os.link(path, tmp_path / "mine.sqlite")
    convert(path, None, Key.new(PASSWORD))
    assert b"Ingrid" in (tmp_path / "mine.sqlite").read_bytes()


def test_a_link_stays_a_link(path: Path, clock: FixedClock, filled: Callable[..., object], tmp_path: Path) -> None:
    before = filled(None)
    real = tmp_path / "elsewhere.sqlite"
    path.replace(real)
    path.symlink_to(real)
    convert(path, None, Key.new(PASSWORD))
    assert path.is_symlink()
    assert is_protected(real)
    assert held(path, clock) == before


def test_who_waits_meanwhile_gets_the_new_file(path: Path, clock: FixedClock, filled: Callable[..., object]) -> None:
    """A command that was started while the file was being replaced says so; it does not write into the old one."""
    filled(None)
    script = (
        "import sys; from pathlib import Path\n"
        "from planner.store.store import Store; from planner.clock import Clock; from planner.errors import UserError\n"
        "print('waiting', flush=True)\n"
        "try: Store(Path(sys.argv[1]), Clock())\n"
        "except UserError as error: print(type(error).__name__)"
    )
    from planner.store import converting

    flush, others = converting.flush, []

    def slow(target: Path) -> None:
        if not others:
            command = [sys.executable, "-c", script, str(path)]
            other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            assert other.stdout is not None
            assert other.stdout.readline() == "waiting\n"
            others.append(other)
        flush(target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "flush", slow)
        convert(path, None, Key.new(PASSWORD))
    assert others[0].communicate(timeout=60)[0].strip() == "DatabaseProtected"
