"""`build`: the program with its own Python in one folder, a .deb of it, and proof that it starts."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

from steps import console, environment, places, system_libraries

WORK = places.BUILD / "bundle"
VENV = WORK / "venv"
PROGRAM = WORK / "dist" / "rapport" / ("rapport.exe" if os.name == "nt" else "rapport")
LINUX = places.PACKAGING / "linux"
#: The program's own icon, which the window shows too.
ICON = places.ROOT / "resources" / "app"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Seconds that a window must stand to count as started.
STANDS = 4.0


def build() -> int:
    """Make the program, try it, and make the installers this machine has the tools for."""
    environment.ensure(VENV, [places.RUNTIME_LOCK, places.BUILD_LOCK], "Rapport's packages and PyInstaller")
    console.say("Freezing the program; this takes a minute or two.")
    console.quietly(
        [
            *(places.python(VENV), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", WORK / "dist", "--workpath", WORK / "work", places.PACKAGING / "rapport.spec"),
        ],
        "The program could not be frozen.",
        cwd=places.ROOT,
    )
    smoke(PROGRAM)
    console.say(f"\nThe program: {PROGRAM.parent}")
    if not shutil.which("dpkg-deb"):
        console.say("No .deb was made: dpkg-deb is not here.")
        return 0
    console.say(f"The package: {make_deb(PROGRAM.parent)}")
    return 0


def smoke(program: Path) -> None:
    """Start a built program as a person would: its version, a check of an empty data folder, and the window."""
    with tempfile.TemporaryDirectory(prefix="rapport-smoke-") as scratch:
        here = Path(scratch)
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "RAPPORT_DATA_DIR": str(here / "data"),
            "XDG_RUNTIME_DIR": scratch,
            "QT_QPA_PLATFORM": "offscreen",
        }
        said = console.quietly([program, "--version"], "The program does not tell its version.", env=env, cwd=here)
        if version() not in said:
            raise console.Stop(f"The program says it is {said.strip()!r}, not {version()}.")
        console.quietly([program, "check"], "The program does not pass its own check.", env=env, cwd=here)
        _window_stands(program, env)
    console.say("It tells its version, passes its own check and opens its window.")


def _window_stands(program: Path, env: dict[str, str]) -> None:
    with subprocess.Popen(
        [str(program)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as window:
        try:
            said, _ = window.communicate(timeout=STANDS)
        except subprocess.TimeoutExpired:
            window.terminate()
            said, _ = window.communicate()
            if "Traceback" in said:
                raise console.Stop(f"The window complains:\n\n{said}") from None
            return
    raise console.Stop(f"The window closed at once (exit {window.returncode}):\n\n{said}")


def version() -> str:
    """The version that pyproject.toml states."""
    return str(tomllib.loads(places.PYPROJECT.read_text(encoding="utf-8"))["project"]["version"])


def depends() -> str:
    """The Depends line of the package: what Qt needs, under the names of older and newer Debian."""
    names = [library.debian for library in system_libraries.WITHOUT_SCREEN + system_libraries.ON_SCREEN]
    # Debian 13 and Ubuntu 24.04 renamed it when time became 64 bits wide.
    renamed = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
    return ", ".join(["libc6 (>= 2.34)", *(renamed.get(name, name) for name in dict.fromkeys(names))])


def control(architecture: str, kilobytes: int) -> str:
    """The text of DEBIAN/control."""
    return "\n".join(
        [
            "Package: rapport",
            f"Version: {version()}",
            f"Architecture: {architecture}",
            "Maintainer: Rapport contributors <maintainers@rapport.example>",
            f"Installed-Size: {kilobytes}",
            f"Depends: {depends()}",
            "Recommends: gnome-keyring | kwalletmanager",
            "Section: misc",
            "Priority: optional",
            "Description: planner for professional relationships",
            " Contacts, events prepared, and a follow-up queue that brings up whom to write to",
            " and why now. Works offline; reminders go into the calendar you already use.",
            "",
        ]
    )


def make_deb(folder: Path) -> Path:
    """Make a Debian package of the frozen program's folder; returns its path under build/."""
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        raise console.Stop(f"No .deb can be made for {platform.machine()}.")
    stage = WORK / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(folder, stage / "opt" / "rapport", symlinks=True)
    for source, target in (
        (LINUX / "rapport.desktop", "usr/share/applications"),
        (LINUX / "rapport.metainfo.xml", "usr/share/metainfo"),
        (ICON / "rapport.svg", "usr/share/icons/hicolor/scalable/apps"),
        (ICON / "rapport.png", "usr/share/icons/hicolor/256x256/apps"),
    ):
        place = stage / target
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place / source.name)
    documents = stage / "usr" / "share" / "doc" / "rapport"
    documents.mkdir(parents=True)
    shutil.copy(places.ROOT / "LICENSE", documents / "copyright")
    changes = (places.ROOT / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    (stage / "usr" / "bin").mkdir(parents=True)
    (stage / "usr" / "bin" / "rapport").symlink_to("../../opt/rapport/rapport")
    _plain_modes(stage)
    (stage / "DEBIAN").mkdir(mode=0o755)
    size = sum(path.stat().st_size for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    (stage / "DEBIAN" / "control").write_text(control(architecture, size // 1024), encoding="utf-8")
    package = places.BUILD / f"rapport_{version()}_{architecture}.deb"
    console.quietly(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", stage, package], "The .deb could not be made."
    )
    return package


def _plain_modes(stage: Path) -> None:
    """Everybody may read what is installed, whatever the umask of whoever built it."""
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
