"""Schedules, calendars and sync on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from planner.accounts.records import Purpose
from planner.app import Planner
from planner.paths import DataFolder
from planner.secrets import MemorySecrets
from tests.planner.cli.conftest import Ran
from tests.planner.events.schedule import pretalx_files

Rapport = Callable[..., Ran]

SCHEDULE = (
    '<schedule><conference><title>Battery Days</title></conference><day date="2031-07-14"><room name="Hall 1">'
    "<event guid='1'><start>09:15</start><duration>00:45</duration><title>Keynote</title></event>"
    "<event guid='2'><start>10:15</start><duration>00:45</duration></event></room></day></schedule>"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20310714T091500Z\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:No time\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_schedule_is_imported_and_then_updated(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_text(SCHEDULE)
    ran = rapport("import", str(path), "--json")
    (file,) = ran.json["files"]
    assert (ran.code, file["as"], file["new"], file["failed"]) == (1, "schedule", 1, 1)
    again = rapport("import", str(path), "--event", "battery", "--json").json["files"][0]
    assert (again["same"], again["event_id"]) == (1, file["event_id"])
    assert "it has no title" in rapport("import", str(path), "--event", "battery").err


def test_a_calendar_brings_events(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "talks.ics"
    path.write_text(CALENDAR)
    ran = rapport("import", str(path), "--json")
    (file,) = ran.json["files"]
    assert (ran.code, file["as"], file["new"], file["failed"]) == (1, "events", 1, 1)
    assert [item["state"] for item in file["items"]] == ["new", "failed"]


def test_what_is_no_schedule_is_explained(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.ics"
    path.write_text("hello")
    ran = rapport("import", str(path))
    assert ran.code == 2
    assert "is no calendar that can be read" in ran.err


def test_sync_without_an_account_says_where_to_set_one_up(rapport: Rapport, data: Path) -> None:
    ran = rapport("sync")
    assert (ran.code, "Settings" in ran.err) == (2, True)


def test_sync_tells_what_keeps_an_account_from_being_synced(rapport: Rapport, data: Path) -> None:
    with Planner(DataFolder(data), secrets=MemorySecrets()) as planner:
        planner.accounts.add(
            "Home", "http://127.0.0.1:9/", "ada", "x", [(Purpose.EVENTS, "http://127.0.0.1:9/c/", "C")]
        )
    ran = rapport("sync", "--json")
    (account,) = ran.json["accounts"]
    assert (ran.code, account["name"], account["error"]["kind"]) == (2, "Home", "PasswordNeeded")


def test_what_pretalx_publishes(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    export, talks = tmp_path / "schedule.json", tmp_path / "talks.json"
    export.write_bytes(pretalx_files.schedule())
    talks.write_bytes(pretalx_files.page(0, 2))
    ran = rapport("import", str(export), "--json")
    (file,) = ran.json["files"]
    assert (ran.code, file["as"], file["new"], file["failed"]) == (0, "schedule", 3, 0)
    more = rapport("import", str(talks), "--event", "battery", "--json")
    (page,) = more.json["files"]
    assert (more.code, page["event_id"], page["removed"], page["gone"]) == (1, file["event_id"], 0, 0)
    assert "one page of several" in rapport("import", str(talks), "--event", "battery").err


def test_a_pause_that_the_server_asked_for_is_kept_and_told(rapport: Rapport, data: Path) -> None:
    with Planner(DataFolder(data), secrets=MemorySecrets()) as planner:
        id, _ = planner.accounts.add("Home", "http://127.0.0.1:9/", "ada", "x", [])
        until = planner.clock.now() + timedelta(hours=2)
        planner.accounts.wait(id, until)
    ran = rapport("sync", "--json")
    (account,) = ran.json["accounts"]
    assert (ran.code, account["error"]["kind"]) == (1, "TryLater")
    assert datetime.fromisoformat(account["waits_until"]) == until
    assert "waits until 2" in rapport("sync").err


def test_the_file_that_is_always_current_follows_a_change_made_here(
    rapport: Rapport, data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    with Planner(DataFolder(data), secrets=MemorySecrets()) as planner:
        planner.settings.change(calendar_folder=str(folder))
    current = folder / "follow-ups.ics"
    assert rapport("due").code == 0
    assert not current.exists()  # nothing was changed
    event = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{0}\nDTSTART:20990714T070000Z\nSUMMARY:{0}\nEND:VEVENT\nEND:VCALENDAR\n"
    for name in ("Lunch", "Dinner"):
        (tmp_path / f"{name}.ics").write_text(event.format(name), encoding="utf-8")
    ran = rapport("import", tmp_path / "Lunch.ics")
    assert (ran.code, ran.err) == (0, "")
    assert "SUMMARY:Lunch" in current.read_text(encoding="utf-8")
    folder.rename(tmp_path / "elsewhere")
    ran = rapport("import", tmp_path / "Dinner.ics")
    assert (ran.code, "follow-ups.ics" in ran.err) == (0, True)


def test_of_several_files_one_that_is_no_calendar_costs_no_other(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    bad, good = tmp_path / "a.ics", tmp_path / "b.ics"
    bad.write_text("<html></html>", encoding="utf-8")
    good.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20990714T070000Z\nSUMMARY:Lunch\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    ran = rapport("import", bad, good, "--json")
    broken, fine = ran.json["files"]
    assert (ran.code, broken["as"], fine["new"]) == (1, "nothing", 1)
    assert "a.ics" in broken["error"]
