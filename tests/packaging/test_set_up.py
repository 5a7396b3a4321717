"""The set-up script: what it decides, what it says, and that it never shows a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from steps import console, environment, places, readers, system_libraries
from steps.system_libraries import Library

DEV = places.PACKAGING / "dev.py"
EGL = Library("libEGL.so.1", "libegl1", "libglvnd-egl")
SHAPE = Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb")
RANDR = Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb")


def dev(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *arguments], capture_output=True, text=True, check=False, timeout=60, cwd=cwd
    )


def test_help_names_every_verb(tmp_path: Path) -> None:
    from steps import verbs

    done = dev("--help", cwd=tmp_path)
    assert done.returncode == 0
    for verb in verbs.VERBS:
        assert f"\n  {verb} " in done.stdout


def test_an_unknown_verb_is_answered_with_a_sentence(tmp_path: Path) -> None:
    done = dev("fly", cwd=tmp_path)
    assert done.returncode == 2
    assert "no 'fly'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"), [(["lock", "--sideways"], "--upgrade"), (["check", "all"], "takes no arguments")]
)
def test_a_wrong_argument_is_answered_before_anything_is_installed(
    arguments: list[str], word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import dev as script

    def touched(*_: object) -> None:
        raise AssertionError("an environment was touched")

    monkeypatch.setattr(environment, "ensure", touched)
    assert script.main(arguments) == 2
    assert word in capsys.readouterr().err


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import dev as script

    monkeypatch.setattr(script, "OLDEST", (99, 0))
    assert script.main(["run"]) == 2
    assert "needs Python 99.0 or newer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", "debian"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ("ID=fedora\n", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=arch\n", ""),
        ("VERSION_ID=debian\n", ""),
        ("", ""),
    ],
)
def test_the_family_of_a_system(text: str, expected: str) -> None:
    assert system_libraries.family(text) == expected


@pytest.mark.parametrize(
    ("system", "as_root", "expected"),
    [
        ("debian", True, "apt-get install -y --no-install-recommends libegl1 libxcb-shape0 libxcb-randr0"),
        ("debian", False, "sudo apt-get install -y --no-install-recommends libegl1 libxcb-shape0 libxcb-randr0"),
        ("fedora", False, "sudo dnf install -y libglvnd-egl libxcb"),
    ],
)
def test_the_exact_line_to_run(system: str, as_root: bool, expected: str) -> None:
    assert system_libraries.install_line([EGL, SHAPE, RANDR], system, as_root) == expected


def test_an_unknown_system_is_told_what_to_look_for() -> None:
    assert "libEGL.so.1 libxcb-shape.so.0" in system_libraries.install_line([EGL, SHAPE], "", as_root=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the Linux loader")
def test_a_missing_library_is_found_missing() -> None:
    libc = Library("libc.so.6", "libc6", "glibc")
    absent = Library("libdoes-not-exist.so.7", "a", "b")
    assert system_libraries.missing((libc, absent)) == [absent]


@pytest.mark.parametrize(("said", "expected"), [("v20.20.2\n", 20), ("v8.1.0", 8), ("", 0), ("not found", 0)])
def test_the_version_of_node(said: str, expected: int) -> None:
    assert readers.node_major(said) == expected


def test_a_stamp_is_found_again_and_a_broken_one_forgotten(tmp_path: Path) -> None:
    assert environment.read_stamp(tmp_path) == {}
    environment.write_stamp(tmp_path, {"python": "3.11"})
    assert environment.read_stamp(tmp_path) == {"python": "3.11"}
    (tmp_path / environment.STAMP).write_text("{half", encoding="utf-8")
    assert environment.read_stamp(tmp_path) == {}


def test_a_digest_knows_which_file_held_what(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab", encoding="utf-8")
    two.write_text("c", encoding="utf-8")
    before = environment.digest(one, two)
    one.write_text("a", encoding="utf-8")
    two.write_text("bc", encoding="utf-8")
    assert environment.digest(one, two) != before


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "some.lock"
    path.write_text("alpha==1.0\n", encoding="utf-8")
    return path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Lock files that would have been installed; nothing is."""
    locks: list[Path] = []
    monkeypatch.setattr(environment, "install", lambda _, lock: locks.append(lock))
    return locks


def test_an_environment_that_is_there_costs_nothing(tmp_path: Path, lock: Path, installed: list[Path]) -> None:
    venv = tmp_path / "venv"
    places.scripts(venv).mkdir(parents=True)
    places.python(venv).write_text("", encoding="utf-8")
    environment.write_stamp(venv, {"python": environment.python_version()})
    environment.ensure(venv, [lock], "packages")
    environment.ensure(venv, [lock], "packages")
    assert installed == [lock]
    lock.write_text("alpha==1.1\n", encoding="utf-8")
    environment.ensure(venv, [lock], "packages")
    assert installed == [lock, lock]


def test_an_environment_of_another_python_is_made_anew(tmp_path: Path, lock: Path, installed: list[Path]) -> None:
    venv = tmp_path / "venv"
    places.scripts(venv).mkdir(parents=True)
    places.python(venv).write_text("", encoding="utf-8")
    environment.write_stamp(venv, {"python": "cpython-3.2.1", lock.name: environment.digest(lock)})
    environment.ensure(venv, [lock], "packages")
    assert installed == [lock]
    assert (venv / "pyvenv.cfg").exists()


def test_somebody_elses_environment_is_never_removed(tmp_path: Path, lock: Path, installed: list[Path]) -> None:
    venv = tmp_path / "venv"
    venv.mkdir()
    (venv / "precious").write_text("mine", encoding="utf-8")
    with pytest.raises(console.Stop, match="was not made by"):
        environment.ensure(venv, [lock], "packages")
    assert (venv / "precious").read_text(encoding="utf-8") == "mine"
    assert installed == []


def test_somebody_elses_environment_of_the_right_python_is_filled(
    tmp_path: Path, lock: Path, installed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / "venv"
    places.scripts(venv).mkdir(parents=True)
    places.python(venv).write_text("", encoding="utf-8")
    (venv / "precious").write_text("mine", encoding="utf-8")
    monkeypatch.setattr(environment, "_version_of", lambda _: environment.python_version())
    environment.ensure(venv, [lock], "packages")
    assert installed == [lock]
    assert (venv / "precious").exists()


def test_a_failed_program_is_told_with_the_end_of_its_output() -> None:
    command = [sys.executable, "-c", "import sys; print('half way'); sys.exit('the disk is full')"]
    with pytest.raises(console.Stop) as stop:
        console.quietly(command, "It could not be installed.")
    assert str(stop.value).startswith("It could not be installed.")
    assert "half way" in str(stop.value)
    assert "the disk is full" in str(stop.value)


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(console.Stop, match="Could not start"):
        console.quietly([tmp_path / "absent"], "It failed.")
    with pytest.raises(console.Stop, match="Could not start"):
        console.openly([tmp_path / "absent"])


@pytest.mark.skipif(os.name == "nt", reason="there the shell script is not used")
def test_ci_runs_exactly_the_two_commands() -> None:
    ci = places.ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    text = ci.read_text(encoding="utf-8")
    assert "python3 packaging/dev.py test" in text
    assert "python3 packaging/dev.py check" in text


def test_the_version_is_told_once() -> None:
    import tomllib

    import planner

    project = tomllib.loads(places.PYPROJECT.read_text(encoding="utf-8"))["project"]
    assert project["version"] == planner.__version__
