"""Libraries of the system that Qt needs and its Python package does not bring (Linux only)."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from steps import console


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library by the name the loader knows, and the packages that bring it."""

    soname: str
    debian: str
    fedora: str


# What PySide6-Essentials 6.11 names as needed (`objdump -p` on its libraries and plugins).
WITHOUT_SCREEN = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Library("libbrotlidec.so.1", "libbrotli1", "libbrotli"),
    Library("libzstd.so.1", "libzstd1", "libzstd"),
)
ON_SCREEN = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
)


def missing(libraries: tuple[Library, ...]) -> list[Library]:
    """Those of `libraries` that the loader cannot find."""
    return [library for library in libraries if not _loads(library.soname)]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def family(os_release: str) -> str:
    """ "debian", "fedora" or "" from the text of /etc/os-release, by its ID and ID_LIKE lines."""
    names: set[str] = set()
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE"):
            names.update(value.strip("\"'").lower().split())
    if names & {"debian", "ubuntu"}:
        return "debian"
    return "fedora" if names & {"fedora", "rhel", "centos"} else ""


def this_family() -> str:
    """The family of the system this runs on."""
    for name in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            return family(Path(name).read_text(encoding="utf-8"))
        except OSError:
            continue
    return ""


def install_line(libraries: list[Library], system: str, as_root: bool) -> str:
    """The line that installs `libraries` on a system of that family; where it is unknown, what to look for."""
    prefix = "" if as_root else "sudo "
    if system == "debian":
        return f"{prefix}apt-get install -y --no-install-recommends {_unique(lib.debian for lib in libraries)}"
    if system == "fedora":
        return f"{prefix}dnf install -y {_unique(lib.fedora for lib in libraries)}"
    return "your package manager, for the packages that bring " + _unique(lib.soname for lib in libraries)


def _unique(names: object) -> str:
    return " ".join(dict.fromkeys(names))  # type: ignore[call-overload]


def ensure(with_screen: bool) -> str:
    """Install what is missing when this is root on Debian or Ubuntu.

    Returns the line that installs what is missing still, else an empty text.
    """
    if not sys.platform.startswith("linux"):
        return ""
    wanted = WITHOUT_SCREEN + ON_SCREEN if with_screen else WITHOUT_SCREEN
    lacking = missing(wanted)
    if not lacking:
        return ""
    system, as_root = this_family(), os.geteuid() == 0
    if system == "debian" and as_root and shutil.which("apt-get"):
        _apt_install([lib.debian for lib in lacking], "Qt's system libraries")
        lacking = missing(wanted)
        if not lacking:
            return ""
    return install_line(lacking, system, as_root)


def install_venv_support() -> None:
    """Bring the venv module where Debian keeps it apart from Python; stop with the line to run if not root."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if this_family() != "debian":
        raise console.Stop(
            f"This Python ({sys.executable}) came without its venv module. Install it with your package manager, "
            "or use a Python from python.org, then run the same command again."
        )
    if os.geteuid() != 0:
        raise console.Stop(
            "Python's venv module is not installed. Install it, then run the same command again:\n\n"
            f"    sudo apt-get install -y {package}"
        )
    _apt_install([package], "Python's venv module")


#: Programs of the system that some tests need, and the Debian packages that bring them.
FOR_TESTS = {"gnome-keyring-daemon": "gnome-keyring", "dbus-run-session": "dbus-daemon", "dbus-daemon": "dbus-daemon"}


def install_for_tests() -> None:
    """Bring the keyring that is tested against where this is root on Debian; elsewhere its tests say why they skip."""
    lacking = [package for program, package in FOR_TESTS.items() if not shutil.which(program)]
    if not lacking or not sys.platform.startswith("linux") or os.geteuid() != 0:
        return
    if this_family() == "debian" and shutil.which("apt-get"):
        try:
            _apt_install(lacking, "a keyring for the tests")
        except console.Stop as stop:
            console.say(f"{stop} The tests that need it are skipped.")


def _apt_install(packages: list[str], what: str) -> None:
    names = list(dict.fromkeys(packages))
    console.say(f"Installing {what}: {' '.join(names)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    try:
        console.quietly(install, "", env=env)
    except console.Stop:
        # The lists of packages may be old, or never fetched.
        console.quietly(
            ["apt-get", "update"],
            "The lists of packages could not be fetched. Check the network connection and try again.",
            env=env,
        )
        console.quietly(install, f"{what} could not be installed.", env=env)
