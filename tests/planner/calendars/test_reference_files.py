"""Whole calendar files, kept to be read as a diff. RAPPORT_UPDATE_REFERENCES=1 writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from planner.store.tables import FollowUpTable

REFERENCE = Path(__file__).with_name("reference")


def told(desk: Any, tmp_path: Path) -> dict[str, Path]:
    """The files of one life: as events, as tasks, and what a second export tells after changes."""
    files = {name: tmp_path / name for name in ("events.ics", "tasks.ics", "later.ics")}
    desk.calendars.export(files["tasks.ics"], as_task=True)
    with desk.store.record() as session:  # as if this calendar had never had anything
        session.connection().exec_driver_sql("DELETE FROM calendar_item")
    desk.calendars.export(files["events.ics"])
    desk.clock.advance(timedelta(days=1, minutes=5))
    desk.change(FollowUpTable, 1, state="done", closed_at=desk.clock.now())
    desk.delete(FollowUpTable, 2)
    desk.calendars.export(files["later.ics"])
    return files


def test_files_are_as_they_were(full_desk: Any, tmp_path: Path) -> None:
    for name, path in told(full_desk, tmp_path).items():
        kept = REFERENCE / name
        if os.environ.get("RAPPORT_UPDATE_REFERENCES"):
            kept.write_bytes(path.read_bytes())
        assert path.read_bytes().decode() == kept.read_bytes().decode()


@pytest.mark.reader
def test_ical_js_reads_them(full_desk: Any, tmp_path: Path, icaljs: Any) -> None:
    files = told(full_desk, tmp_path)
    (calendar,) = icaljs.parse_ics(files["events.ics"])
    components = {
        component[1][[p[0] for p in component[1]].index("uid")][3]: component
        for component in calendar[2]
        if component[0] == "vevent"
    }
    assert set(components) == {"3f6f4f0e-paper", "9a-call", "event-EuroPython 2027", "event-EuroPython 2027-session-1"}
    # A property is its name, its parameters, its type and its values.
    paper = {name: (parameters, values[0]) for name, parameters, _, *values in components["3f6f4f0e-paper"][1]}
    assert paper["dtstart"] == ({"tzid": "Europe/Berlin"}, "2027-07-12T09:00:00")
    assert "łatwe, 日本語, 🙂" in paper["description"][1]
    assert "mailto:mara@halden.example?subject=The%20retention%20paper" in paper["description"][1]
    assert "tel:+46701234567" in paper["description"][1]
    assert paper["url"][1] == "rapport:followup/3f6f4f0e-paper"
    (tasks,) = icaljs.parse_ics(files["tasks.ics"])
    assert [c[0] for c in tasks[2]].count("vtodo") == 2
    icaljs.parse_ics(files["later.ics"])


@pytest.mark.reader
def test_khal_imports_them(full_desk: Any, tmp_path: Path, run_reader: Callable[..., CompletedProcess[str]]) -> None:
    files = told(full_desk, tmp_path)
    calendar = tmp_path / "khal"
    calendar.mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[work]]\npath = {calendar}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    khal = ("khal", "-c", str(config))
    done = run_reader(*khal, "import", "-a", "work", "--batch", str(files["events.ics"]))
    assert done.returncode == 0, done.stderr
    listed = run_reader(
        *khal, "list", "--format", "{start}|{end}|{title}|{all-day}", "--day-format", "", "2027-07-12", "8d"
    )
    assert listed.returncode == 0, listed.stderr
    assert "2027-07-12 09:00|2027-07-12 09:15|Send the retention paper · Mara Lindqvist|False" in listed.stdout
    assert "2027-07-12 22:30|2027-07-12 22:45|Call Kofi|False" in listed.stdout  # 16:30 in New York
    assert "2027-07-14|2027-07-18|EuroPython 2027|True" in listed.stdout
