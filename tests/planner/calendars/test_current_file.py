"""The calendar file that is always current."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.app import Planner
from planner.clock import FixedClock
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder


def test_the_file_is_rewritten_at_a_change_alone(tmp_path: Path) -> None:
    folder = tmp_path / "synced"
    folder.mkdir()
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as planner:
        assert not planner.current_file.refresh()
        planner.settings.change(calendar_folder=str(folder))
        id = planner.followups.add(FollowUpDetails(FollowUpKind.PROMISE, "Send", date(2027, 7, 12))).new("followup")
        assert planner.current_file.refresh()
        assert not planner.current_file.refresh()
        planner.followups.reschedule((id,), date(2027, 7, 15))
        assert planner.current_file.refresh()
        text = (folder / "follow-ups.ics").read_text()
        assert (text.count("BEGIN:VEVENT"), "SEQUENCE:1" in text, "20270715" in text) == (1, True, True)
        # It is no export that was chosen: what the next file for a program holds does not change by it.
        assert planner.calendars.last_target() == "file"
        assert planner.calendars.preview().new == 1
        (folder / "follow-ups.ics").unlink()
        assert planner.current_file.refresh()
