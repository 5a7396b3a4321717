"""Letters for the brief: the fonts that come with the program, and the system's for what those lack."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.ttCollection import TTCollection

from planner.paths import resource

if TYPE_CHECKING:
    from fpdf import FPDF

#: The family under which each weight is known to the PDF, and its file.
REGULAR, MEDIUM, STRONG = "inter", "inter-medium", "inter-semibold"
_FILES = {REGULAR: "Inter-Regular.ttf", MEDIUM: "Inter-Medium.ttf", STRONG: "Inter-SemiBold.ttf"}

# Fonts that systems bring for scripts Inter lacks, in the order in which they are tried: Noto and DejaVu on Linux, then
# those of macOS, then those of Windows. Matched by the beginning of the file's name, without case.
_KNOWN = (
    "notosanscjk-regular", "notosanscjkjp-regular", "notosanscjksc-regular", "notosansjp-regular", "notosanssc-regular",
    "sourcehansans-regular", "droidsansfallback", "wqy-microhei", "wqy-zenhei",
    "notosansarabic-regular", "notosanshebrew-regular", "notosansdevanagari-regular", "notosansbengali-regular",
    "notosanstamil-regular", "notosanstelugu-regular", "notosansthai-regular", "notosansarmenian-regular",
    "notosansgeorgian-regular", "notosansethiopic-regular", "notosanssymbols2-regular", "notosanssymbols-regular",
    "notosansmath-regular", "notoemoji", "dejavusans.", "freesans.",
    "pingfang", "hiragino sans gb", "hiraginosans-w3", "applesdgothicneo", "arial unicode", "apple symbols",
    "malgun.", "yugothr", "msyh.", "msgothic", "segoeui.", "seguisym", "leelawui.", "nirmala.",
)  # fmt: skip

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@dataclass(frozen=True, slots=True)
class Fallback:
    """A font file, and which of its fonts, if it holds several."""

    path: Path
    number: int = 0


def add_fonts(pdf: FPDF, text: Iterable[str]) -> frozenset[str]:
    """Give the PDF its fonts, and those of the system's that hold the letters of this text which Inter lacks.

    Returns the letters that no font here holds.
    """
    for family, name in _FILES.items():
        pdf.add_font(family, "", resource("fonts", name))
    lacking = {char for part in text for char in part if not char.isspace()} - _covered(
        resource("fonts", _FILES[REGULAR])
    )
    fallbacks = []
    for number, fallback in enumerate(_for_letters(lacking)):
        family = f"fallback-{number}"
        try:
            pdf.add_font(family, "", fallback.path, collection_font_number=fallback.number)
        except Exception:  # noqa: BLE001  # a font of the system's that is damaged in any way must not cost the brief
            logging.getLogger(__name__).warning("the font %s can't be used", fallback.path.name)
            continue
        fallbacks.append(family)
        lacking -= _covered(fallback.path, fallback.number)
    if fallbacks:
        pdf.set_fallback_fonts(fallbacks, exact_match=False)
    return frozenset(lacking)


def font_folders() -> tuple[Path, ...]:
    """Where fonts stand on this system."""
    home = Path.home()
    if sys.platform == "darwin":
        folders = (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    elif os.name == "nt":
        local = os.environ.get("LOCALAPPDATA", "")
        folders = (
            Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts",
            *((Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()),
        )
    else:
        folders = (
            home / ".local" / "share" / "fonts",
            home / ".fonts",
            Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts"),
        )
    return tuple(folder for folder in folders if folder.is_dir())


def _for_letters(lacking: set[str]) -> Iterator[Fallback]:
    """Fonts that together hold as many of these letters as the system can."""
    if not lacking:
        return
    wanted = set(lacking)
    for path in _candidates(font_folders()):
        for number in range(_count(path)):
            held = wanted & _covered(path, number)
            if held:
                yield Fallback(path, number)
                wanted -= held
                break
        if not wanted:
            return


@cache
def _candidates(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    found: list[tuple[int, str, Path]] = []
    for folder in folders:
        for path in folder.rglob("*"):
            name = path.name.casefold()
            if path.suffix.casefold() in _SUFFIXES:
                rank = next((rank for rank, known in enumerate(_KNOWN) if name.startswith(known)), None)
                if rank is not None:
                    found.append((rank, name, path))
    return tuple(path for _, _, path in sorted(found))


@cache
def _count(path: Path) -> int:
    if path.suffix.casefold() not in (".ttc", ".otc"):
        return 1
    try:
        with path.open("rb") as file:
            return len(TTCollection(file, lazy=True).fonts)
    except (OSError, TTLibError):
        return 0


@cache
def _covered(path: Path, number: int = 0) -> frozenset[str]:
    """The letters a font holds; none for a file that is damaged."""
    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (OSError, TTLibError, KeyError, AssertionError):
        return frozenset()
