"""House rules over source files."""

from pathlib import Path

import pytest

from steps import rules


@pytest.mark.parametrize(
    "line",
    [
        'pen.setColor("#1a2b3c")',
        "background: '#FFF'",
        'x = QColor("red")',
        "x = QColor(12, 13, 14)",
        "x = QColor.fromRgb(1, 2, 3)",
        "x = Qt.GlobalColor.red",
        'css = "color: rgb(1, 2, 3)"',
        'css = "border: 1px solid #aabbcc;"',
    ],
)
def test_a_colour_is_seen(line: str) -> None:
    assert rules.colours(f"a = 1\n{line}\n") == [2]


@pytest.mark.parametrize(
    "line",
    [
        "x = QColor(theme.accent)",
        "x = Qt.GlobalColor.transparent",
        "# looks like #1a2b3c on paper",
        'heading = "#people"',
        'label = "No. #12345"',
        "x = theme.tokens().ink",
    ],
)
def test_what_is_no_colour_passes(line: str) -> None:
    assert rules.colours(line) == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [("ui/theme.py", True), ("ui/theme_tokens.py", True), ("ui/theme/dark.py", True), ("ui/people/theme.py", False)],
)
def test_colours_belong_to_the_theme(path: str, expected: bool) -> None:
    assert rules.is_theme(Path(path)) is expected


def test_colours_are_told_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "ui" / "today").mkdir(parents=True)
    (tmp_path / "ui" / "theme.py").write_text('INK = "#112233"\n', encoding="utf-8")
    (tmp_path / "ui" / "today" / "page.py").write_text('\nINK = "#112233"\n', encoding="utf-8")
    [found] = rules.colours_outside_theme(tmp_path)
    assert found.startswith(str(Path("ui/today/page.py")) + ":2:")


@pytest.mark.parametrize(("lines", "told"), [(rules.LONGEST, 0), (rules.LONGEST + 1, 1)])
def test_a_file_past_the_limit_is_told(tmp_path: Path, lines: int, told: int) -> None:
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "long.py").write_text("\n" * lines, encoding="utf-8")
    assert len(rules.long_files(tmp_path)) == told


def test_a_step_of_the_database_may_be_long(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*rules.FROZEN)
    folder.mkdir(parents=True)
    (folder / "v0001_first.py").write_text("\n" * (rules.LONGEST + 1), encoding="utf-8")
    assert rules.long_files(tmp_path) == []
