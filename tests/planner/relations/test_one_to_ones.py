"""What is agreed and achieved with somebody, and what is difficult and stays private."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.calendars.records import Scope
from planner.clock import FixedClock
from planner.errors import Invalid, NotFound
from planner.events.markdown import to_html
from planner.events.records import EventDetails, EventKind
from planner.relations.achievements import compose, markdown, web_page
from planner.relations.log_book import DIFFICULT, LogDraft, LogEntry, LogKind
from planner.relations.records import PersonRef

Person = Callable[[str], int]
TODAY = date(2027, 7, 10)
SECRET = "Shouted in the meeting on Monday"


def note(planner: Planner, id: int, kind: LogKind, text: str = "", **more: object) -> int:
    changes = planner.one_to_ones.add(LogDraft(id, kind, text, **more))  # type: ignore[arg-type]
    assert changes.touches("contact", id)
    return max(entry.id for entry in planner.relation_queries.log(id))


def test_an_expectation_keeps_what_it_said_before(planner: Planner, person: Person, clock: FixedClock) -> None:
    boss = person("Dana Reyes")
    first = note(planner, boss, LogKind.EXPECTATION, "A report every Friday", on=TODAY - timedelta(days=60))
    planner.one_to_ones.change_expectation(first, "A report every second Friday", on=TODAY - timedelta(days=9))
    (now,) = planner.relation_queries.log(boss, [LogKind.EXPECTATION])
    planner.one_to_ones.change_expectation(now.id, "A report once a month")
    (now,) = planner.relation_queries.log(boss)
    assert (now.text, now.on) == ("A report once a month", TODAY)
    assert now.before == (
        (TODAY - timedelta(days=9), "A report every second Friday"),
        (TODAY - timedelta(days=60), "A report every Friday"),
    )
    planner.one_to_ones.delete((now.id,))
    assert planner.relation_queries.log(boss) == ()
    planner.history.undo()
    assert planner.relation_queries.log(boss) == (now,)


def test_changing_to_the_same_words_changes_nothing(planner: Planner, person: Person) -> None:
    first = note(planner, person("Dana Reyes"), LogKind.EXPECTATION, "Reports")
    assert not planner.one_to_ones.change_expectation(first, " Reports ")


def test_feedback_asked_for_is_ticked_once_it_came(planner: Planner, person: Person) -> None:
    boss = person("Dana Reyes")
    asked = note(planner, boss, LogKind.FEEDBACK_ASKED, "How was the talk?")
    planner.one_to_ones.tick(asked)
    assert planner.relation_queries.log(boss)[0].done
    planner.history.undo()
    assert not planner.relation_queries.log(boss)[0].done


@pytest.mark.parametrize("kind", DIFFICULT)
def test_what_is_difficult_is_private_whatever_is_said_and_named_nowhere(
    planner: Planner, person: Person, kind: LogKind
) -> None:
    boss, help_ = person("Dana Reyes"), person("Ines Ortiz")
    changes = planner.one_to_ones.add(LogDraft(boss, kind, SECRET, private=False, mediator_id=help_))
    (entry,) = planner.relation_queries.log(boss)
    assert entry.private
    assert changes.label == "note a private entry"
    planner.one_to_ones.set_private(entry.id, False)
    assert planner.relation_queries.log(boss)[0].private


def test_the_next_step_becomes_a_reminder_that_says_nothing_of_why(planner: Planner, person: Person) -> None:
    boss = person("Dana Reyes")
    step = note(planner, boss, LogKind.NEXT_STEP, "Ask what she needs from me", due_on=TODAY + timedelta(days=3))
    (entry,) = planner.followup_queries.queue().entries()
    assert entry.followup.details.title == "Talk with Dana Reyes"
    assert "needs" not in f"{entry.headline} {entry.reason()} {entry.followup.details.message}"
    planner.one_to_ones.tick(step)
    assert len(planner.followup_queries.queue()) == 0


def test_bad_entries_are_refused_and_nothing_is_noted(planner: Planner, person: Person) -> None:
    boss = person("Dana Reyes")
    for draft, error in (
        (LogDraft(boss, LogKind.UPDATE, "  "), Invalid),
        (LogDraft(boss, LogKind.UPDATE, "x", on=TODAY + timedelta(days=1)), Invalid),
        (LogDraft(boss, LogKind.MEDIATOR, "", mediator_id=boss), Invalid),
        (LogDraft(999, LogKind.UPDATE, "x"), NotFound),
    ):
        with pytest.raises(error):
            planner.one_to_ones.add(draft)
    assert planner.relation_queries.log(boss) == ()
    note(planner, boss, LogKind.MEDIATOR, mediator_id=person("Ines Ortiz"))


# --- written out


def entry(id: int, text: str, on: date = TODAY, kind: LogKind = LogKind.ACHIEVEMENT, link: str = "") -> LogEntry:
    return LogEntry(id, PersonRef(1, "Dana Reyes"), kind, on, text, link)


def test_a_review_goes_by_month_from_the_oldest() -> None:
    review = compose("Kim", [entry(2, "Later"), entry(1, "First", date(2027, 5, 2))], None, None, TODAY)
    assert [month for month, _ in review.months] == ["May 2027", "July 2027"]
    assert review.period == "2027-05-02 to 2027-07-10"
    assert markdown(review).startswith(
        "# What I achieved: Kim\n\n2027-05-02 to 2027-07-10\n\n## May 2027\n\n- **2027-05"
    )


@given(st.text(min_size=1, max_size=60), st.text(max_size=40))
def test_nothing_typed_becomes_markup(text: str, link: str) -> None:
    review = compose("", [entry(1, text, link=link)], None, None, TODAY)
    page = web_page(review)
    assert page.count("<li>") == 1
    assert "<script" not in page
    assert "<script" not in to_html(markdown(review))
    plain = web_page(
        compose("", [entry(1, "<script>alert(1)</script>", link='https://x.example/"><b>')], None, None, TODAY)
    )
    assert "<script>" not in plain
    assert 'href="https://x.example/"' not in plain


def test_files_are_written_by_their_ending(planner: Planner, person: Person, tmp_path: Path) -> None:
    boss = person("Dana Reyes")
    note(planner, boss, LogKind.ACHIEVEMENT, "Cut the costs of storage by a third", link="https://x.example/report")
    note(planner, boss, LogKind.FEEDBACK_RECEIVED, "Clear and calm under pressure")
    note(planner, boss, LogKind.ACHIEVEMENT, "Between us", private=True)
    for name in ("r.md", "r.html", "r.pdf"):
        assert planner.achievements.save(tmp_path / name).count == 2
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    for name in ("r.md", "r.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "a third" in text
        assert "Feedback from Dana Reyes: Clear and calm" in text
        assert "Between us" not in text
    assert planner.achievements.review(private=True).count == 3
    assert planner.achievements.review(since=TODAY + timedelta(days=1)).count == 0
    with pytest.raises(Invalid):
        planner.achievements.save(tmp_path / "r.doc")


def test_no_export_has_what_is_difficult_unless_it_is_asked_for(
    planner: Planner, person: Person, tmp_path: Path
) -> None:
    boss = person("Dana Reyes")
    for kind in DIFFICULT:
        note(planner, boss, kind, SECRET, due_on=TODAY + timedelta(days=2))
    note(planner, boss, LogKind.UPDATE, "Told her about the move")
    vcf, ics, review, brief = (tmp_path / name for name in ("all.vcf", "all.ics", "review.md", "brief.html"))
    at = planner.clock.now() + timedelta(days=1)
    event = EventDetails("One-to-one", EventKind.ONE_TO_ONE, at, at + timedelta(hours=1))
    planner.briefs.save(planner.events.add(event, (boss,)).new("event"), brief)
    planner.contact_export.vcards([boss], vcf, version="4.0", private=True)
    planner.calendars.export(ics, Scope.ALL)
    planner.achievements.save(review, private=True)
    for path in (vcf, ics, review, brief):
        assert SECRET not in path.read_text(encoding="utf-8").replace("\r\n ", "")
    planner.archive.save(tmp_path / "all.zip")
    assert SECRET not in everything(tmp_path / "all.zip")
    assert "Told her about the move" in everything(tmp_path / "all.zip")
    planner.archive.save(tmp_path / "more.zip", difficult=True)
    assert everything(tmp_path / "more.zip").count(SECRET) == len(DIFFICULT)


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as bundle:
        json.loads(bundle.read("rapport.json"))
        return "\n".join(bundle.read(name).decode() for name in bundle.namelist())


def test_nothing_of_a_difficulty_leaves_with_its_next_step(planner: Planner, person: Person, tmp_path: Path) -> None:
    boss = person("Dana Reyes")
    for kind in DIFFICULT:
        note(planner, boss, kind, f"{SECRET}, {kind.value}", mediator_id=person("Ines Ortiz"),
             due_on=TODAY + timedelta(days=3))  # fmt: skip
    (entry,) = planner.followup_queries.queue().entries()
    message = planner.followup_queries.message(entry.followup.id)
    planner.calendars.export(tmp_path / "all.ics", Scope.ALL)
    file = (tmp_path / "all.ics").read_text("utf-8").replace("\r\n ", "")
    said = f"{file} {message} {entry.headline} {entry.reason()} {planner.history.next_undo()}"
    assert entry.headline == "Talk with Dana Reyes"
    assert "SUMMARY:Talk with Dana Reyes" in file
    assert not [
        word for word in ("shouted", "difficult", "next step", "mediat", "ortiz", "log:") if word in said.casefold()
    ]
