"""Drafts are private and do not stay."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.calendars.draft_folder import KEPT, PREFIX, draft_folder


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    assert draft_folder(tmp_path).stat().st_mode & 0o077 == 0


def test_it_is_gone_when_the_program_ends(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from planner.calendars.draft_folder import draft_folder; "
        "path = draft_folder(Path(sys.argv[1])) / 'draft.eml'; path.write_text('x'); print(path.exists())"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (f"{PREFIX}old", f"{PREFIX}fresh", "rapport-other"))
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "draft.eml").write_text("x")
    long_ago = time.time() - KEPT - 60
    for folder in (old, other):
        os.utime(folder, (long_ago, long_ago))
    made = draft_folder(tmp_path)
    assert set(tmp_path.iterdir()) == {fresh, other, made}
