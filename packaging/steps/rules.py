"""House rules that no linter knows: pure functions over source files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

LONGEST = 400
# A step of the database's history is written once and never touched again.
FROZEN = ("planner", "store", "migrations", "versions")
CODE = ("planner", "ui", "packaging", "tests")

# A hex colour in a string, a QColor or QBrush made from numbers, a name or Qt's own palette of sixteen.
_COLOUR = re.compile(
    r"""["'\s:(]\#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?=["'\s;,)])
      | \bQColor\(\s*(?:\d|["'])
      | \bQColor\.from(?:Rgb|Hsv|Hsl|String)
      | \bqRgba?\(
      | \brgba?\(\s*\d
      | \bGlobalColor\.(?!transparent)
    """,
    re.VERBOSE,
)


def colours(text: str) -> list[int]:
    """Numbers of the lines that name a colour of their own. Comments do not count."""
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if not line.lstrip().startswith("#") and _COLOUR.search(line)
    ]


def is_theme(path: Path) -> bool:
    """Whether a file is where colours belong: ui/theme.py, ui/theme_*.py or the ui/theme/ package."""
    parts = path.parts
    return len(parts) > 1 and parts[0] == "ui" and parts[1].startswith("theme")


def colours_outside_theme(root: Path) -> list[str]:
    """Every place in ui/ that names a colour outside the theme."""
    found: list[str] = []
    for path in sorted((root / "ui").rglob("*.py")):
        name = path.relative_to(root)
        if not is_theme(name):
            found += [f"{name}:{line}: names a colour; take it from ui/theme" for line in colours(_text(path))]
    return found


def long_files(root: Path, folders: Iterable[str] = CODE) -> list[str]:
    """Every Python file of more than LONGEST lines."""
    found: list[str] = []
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if path.relative_to(root).parts[: len(FROZEN)] == FROZEN:
                continue
            lines = _text(path).count("\n")
            if lines > LONGEST:
                found.append(f"{path.relative_to(root)}: {lines} lines; past {LONGEST} it is two things")
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
