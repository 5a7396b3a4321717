"""Each command, for people, for pipes and for programs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

import planner
from planner.app import Planner
from planner.cli import commands
from planner.events.records import EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.paths import DataFolder
from tests.planner.cli.conftest import Ran

Rapport = Callable[..., Ran]
ROOT = Path(__file__).resolve().parents[3]


def services(data: Path) -> Planner:
    return Planner(DataFolder(data))


def add_followup(data: Path, title: str = "Send the deck", days: int = 0) -> None:
    with services(data) as opened:
        (id,) = opened.contact_queries.find("Ingrid") or [None]
        opened.followups.add(
            FollowUpDetails(
                FollowUpKind.PROMISE,
                title,
                opened.clock.today() + timedelta(days=days),
                contact_ids=(id,) if id else (),
            )
        )


def test_version_and_help(rapport: Rapport) -> None:
    assert rapport("--version") == Ran(0, f"Rapport {planner.__version__}\n", "")
    told = rapport("--help")
    assert told.code == 0
    for command in ("sample", "import", "card", "people", "due", "export", "brief", "backup", "restore", "check"):
        assert command in told.out


@pytest.mark.parametrize(
    ("command", "told"),
    [
        *(((each.name,), each.callback) for each in commands.app.registered_commands),
        *((("export", each.name), each.callback) for each in commands.export.registered_commands),
    ],
    # By their names: a function is told by where it lies in memory, which is another place in each process.
    ids=lambda told: " ".join(told) if isinstance(told, tuple) else "",
)
def test_every_command_documents_its_json(
    rapport: Rapport, command: tuple[str, ...], told: Callable[..., None]
) -> None:
    ran = rapport(*command, "--help")
    assert ran.code == 0
    assert "--json" in ran.out
    assert "--data-dir" in ran.out
    assert "JSON:" in ran.out
    assert told.__doc__ is not None
    # Word for word: the names are in brackets, which must not be taken for markup.
    assert "".join(told.__doc__.split()) in "".join(ran.out.split())


@pytest.mark.parametrize("arguments", [("nonsense",), ("people", "--nonsense"), ("brief", "1"), ("export",)])
def test_what_is_not_understood_ends_with_2(rapport: Rapport, arguments: tuple[str, ...]) -> None:
    told = rapport(*arguments)
    assert told.code == 2
    assert "Traceback" not in told.err


def test_import_and_people(rapport: Rapport, vcf: Path) -> None:
    told = rapport("import", vcf)
    assert told == Ran(0, "2 added.\n", "")
    again = rapport("import", vcf, "--json")
    assert {name: again.json[name] for name in ("new", "known", "failed")} == {"new": 0, "known": 2, "failed": 0}
    listed = rapport("people")
    assert [line.split("\t")[0] for line in listed.out.splitlines()] == ["Łukasz Zieliński", "Ingrid Vale"]
    found = rapport("people", "lukasz", "--json").json
    assert found["total"] == 1
    assert set(found["people"][0]) == {
        "id",
        "uid",
        "name",
        "title",
        "organisation",
        "emails",
        "phones",
        "roles",
        "tags",
        "tie",
        "rhythm_days",
        "last_interaction_at",
        "quiet_until",
    }
    assert found["people"][0]["phones"] == ["+44 7700 900129"]
    limited = rapport("people", "--limit", "1")
    assert len(limited.out.splitlines()) == 1
    assert "1 of 2 shown." in limited.err
    assert rapport("people", "nobody at all") == Ran(0, "", "Nobody is found.\n")


def test_one_bad_card_and_one_unknown_kind_cost_nothing_else(rapport: Rapport, vcf: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.vcf"
    broken.write_bytes(b"This is a shopping list.\r\n")
    table = tmp_path / "people.xyz"
    table.write_text("a,b")
    told = rapport("import", vcf, broken, table, tmp_path / "missing.vcf", "--json")
    assert told.code == 1
    assert told.json["new"] == 2
    failed = {item["source"]: item["reason"] for item in told.json["items"] if item["state"] == "failed"}
    assert set(failed) >= {"people.xyz", "missing.vcf"}
    assert all(failed.values())
    assert "people.xyz" in told.err


def test_due(rapport: Rapport, data: Path, vcf: Path) -> None:
    assert rapport("due") == Ran(0, "", "Nothing is due.\n")
    rapport("import", vcf)
    add_followup(data)
    add_followup(data, "Write again", days=40)
    listed = rapport("due")
    assert len(listed.out.splitlines()) == 1
    assert "Ingrid Vale" in listed.out
    one = rapport("due", "--json").json["followups"]
    assert set(one[0]) == {
        "id",
        "uid",
        "section",
        "kind",
        "title",
        "headline",
        "due_on",
        "due_time",
        "time_zone",
        "days_late",
        "people",
        "event",
        "reason",
    }
    assert (one[0]["section"], one[0]["people"][0]["name"]) == ("today", "Ingrid Vale")
    assert len(rapport("due", "--all", "--json").json["followups"]) == 2


def test_export_contacts(rapport: Rapport, vcf: Path, tmp_path: Path) -> None:
    rapport("import", vcf)
    out = tmp_path / "out.vcf"
    assert rapport("export", "contacts", out) == Ran(0, f"2 contacts written to {out}.\n", "")
    assert b"VERSION:3.0" in out.read_bytes()
    told = rapport("export", "contacts", out, "--query", "ingrid", "--version", "4.0", "--json")
    assert told.json == {"file": str(out), "contacts": 1}
    assert b"VERSION:4.0" in out.read_bytes()


def test_export_calendar(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    add_followup(data)
    out = tmp_path / "out.ics"
    assert rapport("export", "calendar", out).out == f"1 new entry is in {out}.\n"
    assert rapport("export", "calendar", out).out == f"No entries are in {out}.\n"
    told = rapport("export", "calendar", out, "--all", "--as", "todo", "--json")
    numbers = {"new": 0, "changed": 1, "cancelled": 0, "same": 0}
    assert told.json == {"file": str(out), "for": "other", **numbers, "left_out": [], "by_hand": []}
    assert len(icalendar.Calendar.from_ical(out.read_bytes()).todos) == 1


def test_export_calendar_for_a_program_that_takes_no_changes(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    add_followup(data)
    out = tmp_path / "out.ics"
    assert rapport("export", "calendar", out, "--for", "outlook", "--json").json["new"] == 1
    with services(data) as opened:
        opened.followups.drop([entry.id for entry in opened.followup_queries.queue().entries()])
    told = rapport("export", "calendar", out, "--json").json
    assert (told["for"], told["cancelled"]) == ("outlook", 0)
    assert told["by_hand"] == [{"title": "Send the deck", "reason": "delete it there"}]


def test_brief(rapport: Rapport, data: Path, tmp_path: Path) -> None:
    with services(data) as opened:
        today = opened.clock.today()
        for title, away in (("EuroPython 2027", 10), ("EuroPython sprints", 14), ("Meetup", 3), ("Meetup", -30)):
            from planner.events.defaults import new_event

            opened.events.add(new_event(EventKind.CONFERENCE, title, today + timedelta(days=away), opened.clock.zone))
    html, pdf = tmp_path / "b.html", tmp_path / "b.pdf"
    told = rapport("brief", "europython 2027", html, "--json")
    assert told.json == {"file": str(html), "event": {"id": 1, "title": "EuroPython 2027"}}
    assert "EuroPython 2027" in html.read_text(encoding="utf-8")
    assert rapport("brief", "1", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert rapport("brief", "meetup", html).code == 0  # the one to come, not the one that was
    doubtful = rapport("brief", "europython", html)
    assert doubtful.code == 2
    assert "1 EuroPython 2027, 2 EuroPython sprints" in doubtful.err
    assert rapport("brief", "99", html).code == 2
    assert rapport("brief", "1", tmp_path / "b.docx").code == 2


def test_backup_and_restore(rapport: Rapport, data: Path, vcf: Path, tmp_path: Path) -> None:
    rapport("import", vcf)
    target = tmp_path / "usb"
    target.mkdir()
    made = rapport("backup", target, "--json").json
    backup = Path(made["file"])
    assert (backup.parent, backup.stat().st_size) == (target, made["size"])
    with services(data) as opened:
        opened.contacts.delete(opened.contact_queries.find())
    told = rapport("restore", backup, "--json").json
    assert (told["contacts"], told["events"], told["followups"]) == (2, 0, 0)
    assert Path(told["kept"]).exists()
    assert rapport("people", "--json").json["total"] == 2
    assert rapport("backup", backup).code == 0  # an older backup may be replaced
    (tmp_path / "thesis.odt").write_text("years of work")
    refused = rapport("backup", tmp_path / "thesis.odt")
    assert refused.code == 2
    assert "it is no backup" in refused.err
    assert (tmp_path / "thesis.odt").read_text() == "years of work"


def test_restore_mends_data_that_cannot_be_opened(rapport: Rapport, data: Path, vcf: Path, tmp_path: Path) -> None:
    rapport("import", vcf)
    rapport("backup", tmp_path / "b.sqlite")
    for beside in data.glob("rapport.sqlite-*"):
        beside.unlink()
    (data / "rapport.sqlite").write_bytes(b"not any more\n" * 1000)
    broken = rapport("people", "--json")
    assert broken.code == 2
    assert broken.json["error"]["kind"] == "DatabaseDamaged"
    assert "rapport restore" in broken.err
    assert rapport("restore", tmp_path / "b.sqlite").code == 0
    assert rapport("people", "--json").json["total"] == 2


def test_check(rapport: Rapport, data: Path, vcf: Path) -> None:
    rapport("import", vcf)
    assert rapport("check") == Ran(0, "Everything is as it should be.\n", "")
    import sqlite3

    with closing(sqlite3.connect(data / "rapport.sqlite")) as connection, connection:
        connection.execute("DELETE FROM contact_summary WHERE id = 1")
    wrong = rapport("check")
    assert wrong.code == 1
    assert "rapport check --repair" in wrong.err
    assert rapport("check", "--repair", "--json").json == {
        "sound": True,
        "protected": False,
        "findings": [
            {"part": "summaries", "text": "the summary of contact 1 is not what the records say", "repaired": True}
        ],
    }
    assert rapport("check").code == 0


def test_a_folder_named_before_the_command_holds(rapport: Rapport, vcf: Path, tmp_path: Path, data: Path) -> None:
    other = tmp_path / "other"
    assert rapport("--data-dir", other, "import", vcf).code == 0
    assert (other / "rapport.sqlite").exists()
    assert not data.exists()
    assert rapport("people", "--data-dir", other, "--json").json["total"] == 2
    assert rapport("--data-dir", other, "export", "contacts", tmp_path / "o.vcf", "--json").json["contacts"] == 2


def test_the_window_open_beside_it_notices(rapport: Rapport, data: Path, vcf: Path) -> None:
    with services(data) as window:
        assert rapport("import", vcf).code == 0
        seen = window.poll_external()
        assert seen is not None
        assert seen.label == "import “two.vcf”"
        assert window.contact_queries.count() == 2
        assert rapport("check").code == 0


def test_a_mistake_of_ours_is_told_without_personal_data(
    rapport: Rapport, monkeypatch: pytest.MonkeyPatch, vcf: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("Ingrid Vale, ingrid@norrvolt.example")

    monkeypatch.setattr("planner.contacts.queries.ContactQueries.find", fail)
    told = rapport("people")
    assert told.code == 2
    assert "KeyError" in told.err
    assert "planner/cli/people.py" in told.err
    assert "Ingrid" not in told.err
    assert "Traceback" not in told.err


def test_the_window_is_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch, rapport: Rapport, tmp_path: Path) -> None:
    became: list[list[str]] = []

    def become(*arguments: list[str]) -> int:
        became.append(arguments[-1])
        raise SystemExit(0)

    # Also where Qt is not installed, as in the planner's own run: the window is not opened here.
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: object())
    monkeypatch.setattr(os, "execv", become)
    monkeypatch.setattr(subprocess, "call", become)
    for arguments in ((), ("rapport:event/3",), ("--data-dir", str(tmp_path))):
        with suppress(SystemExit):
            rapport(*arguments)
    assert became == [
        [sys.executable, "-P", "-m", "ui"],
        [sys.executable, "-P", "-m", "ui", "rapport:event/3"],
        [sys.executable, "-P", "-m", "ui", "--data-dir", str(tmp_path)],
    ]


def test_without_qt_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, rapport: Rapport) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    told = rapport()
    assert told.code == 2
    assert "Qt for Python is not installed" in told.err


def run(*arguments: object, data: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "planner.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "RAPPORT_DATA_DIR": str(data), "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )


def test_as_a_real_program(data: Path, vcf: Path) -> None:
    assert run("import", vcf, data=data).stdout == "2 added.\n"
    listed = run("people", data=data)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.splitlines()[1].startswith("Ingrid Vale\tCTO\tNorrvolt\tingrid@norrvolt.example")
    completion = run("--show-completion", "bash", data=data)
    assert completion.returncode in (0, 1, 2)  # the shell decides; it must not be a mistake of ours
    assert "Rapport made a mistake" not in completion.stderr


def test_what_a_command_does_not_need_is_not_loaded() -> None:
    """The start of every command pays for what all of them import, and a schedule in XML for no calendar."""
    program = (
        "import sys; import planner.cli.commands; "
        "from pathlib import Path; from datetime import UTC; from planner.events.schedule import read; "
        "late = [name for name in ('sqlalchemy', 'icalendar', 'lxml', 'alembic') if name in sys.modules]; "
        'read.read(b\'<schedule><conference><title>T</title></conference><day date="2027-02-01"><room name="R">'
        '<event id="1"><title>Talk</title><start>09:00</start><duration>00:30</duration></event>'
        "</room></day></schedule>', 'schedule.xml', UTC); "
        "print(late, 'icalendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"
