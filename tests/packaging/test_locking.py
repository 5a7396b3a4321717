"""The lock files: complete, fresh, and silent about where packages come from."""

import tomllib
from pathlib import Path

import pytest

from steps import locking, places

TEXT = """\
# made
alpha==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:aa
beta-two==2.0 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
gamma==3
    # no hash
"""


def lock(*requirements: str, shares: Path | None = None) -> locking.Lock:
    return locking.Lock(Path("some.lock"), requirements, shares)


def locked(made_for: locking.Lock, body: str) -> str:
    return f"{locking.HEADER}\n{locking.FINGERPRINT}{made_for.fingerprint}\n{body}"


def test_this_checkout_has_fresh_locks() -> None:
    assert locking.stale() == []


def test_every_requirement_is_pinned() -> None:
    for each in locking.current():
        pins = locking.packages(each.path.read_text(encoding="utf-8"))
        for requirement in each.requirements:
            name = requirement.partition(">")[0].partition("=")[0].partition("<")[0].lower()
            assert name in pins, f"{each.path.name} lacks {name}"


def test_packages_are_read_with_their_versions() -> None:
    assert locking.packages(TEXT) == {"alpha": "1.0", "beta-two": "2.0", "gamma": "3"}


def test_a_package_goes_with_its_hashes() -> None:
    text = locking.without(TEXT, {"beta-two"})
    assert "sha256:aa" in text
    assert "sha256:bb" not in text
    assert "sha256:cc" not in text
    assert "gamma" in text


def test_a_pin_without_hash_is_told() -> None:
    wanted = lock("gamma")
    assert locking.problems(wanted, locked(wanted, TEXT), None) == ["some.lock has no hash for gamma"]


def test_a_lock_made_from_other_requirements_is_stale() -> None:
    body = "alpha==1.0 \\\n    --hash=sha256:aa\n"
    [problem] = locking.problems(lock("alpha>2"), locked(lock("alpha"), body), None)
    assert "older than pyproject.toml" in problem


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "--extra-index-url=x",
        "--find-links /opt",
        "-f wheels",
        "alpha @ file:///x",
        "# https://a.example",
    ],
)
def test_an_address_is_told(line: str) -> None:
    wanted = lock("alpha")
    [problem] = locking.problems(wanted, locked(wanted, f"{line}\n"), None)
    assert "names an address" in problem


def test_two_locks_must_agree() -> None:
    wanted = lock("alpha", shares=Path("base.lock"))
    text = locked(wanted, "alpha==1.0 \\\n    --hash=sha256:aa\n")
    assert locking.problems(wanted, text, "alpha==2.0 \\\n") == ["some.lock has alpha 1.0, base.lock has 2.0"]


def test_dev_holds_the_runtime() -> None:
    runtime = locking.packages(places.RUNTIME_LOCK.read_text(encoding="utf-8"))
    development = locking.packages(places.DEV_LOCK.read_text(encoding="utf-8"))
    assert runtime.items() <= development.items()


def test_every_dependency_has_its_reason() -> None:
    """A comment stands above every requirement in pyproject.toml."""
    lines = places.PYPROJECT.read_text(encoding="utf-8").splitlines()
    pyproject = tomllib.loads("\n".join(lines))
    groups = pyproject["dependency-groups"].values()
    for requirement in [*pyproject["project"]["dependencies"], *(name for group in groups for name in group)]:
        [at] = [number for number, line in enumerate(lines) if line.strip() == f'"{requirement}",']
        assert lines[at - 1].lstrip().startswith("# "), f"{requirement} has no reason"


def test_dev_holds_the_reader_of_cards() -> None:
    reader = locking.packages(places.SCAN_LOCK.read_text(encoding="utf-8"))
    development = locking.packages(places.DEV_LOCK.read_text(encoding="utf-8"))
    assert "rapidocr" in reader
    assert reader.items() <= development.items()
