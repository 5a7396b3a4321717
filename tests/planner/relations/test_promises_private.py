"""How promises ended is for your eyes alone: no file and no message tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from planner.app import Planner
from planner.calendars.records import Scope
from planner.clock import FixedClock
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind
from planner.relations.drafts import PromiseDraft
from planner.relations.records import PromiseSide, PromiseState

Person = Callable[[str], int]
#: Words that judge how a promise was kept.
JUDGING = ("broken", "did not keep", "let go", "days late", "unreliable")


def test_no_export_and_no_message_says_how_promises_ended(
    planner: Planner, person: Person, clock: FixedClock, tmp_path: Path
) -> None:
    ada = person("Ada Ek")
    today = clock.today()
    drafts = {
        PromiseState.KEPT: ("send the kept study", "lend the kept book"),
        PromiseState.BROKEN: ("send the broken study", "lend the broken book"),
    }
    for state, (mine, theirs) in drafts.items():
        for side, text in ((PromiseSide.MINE, mine), (PromiseSide.THEIRS, theirs)):
            draft = PromiseDraft(side, text, today - timedelta(days=9), ada)
            id = planner.relations.add_promise(draft).touched["promise"]
            close = planner.relations.keep_promise if state is PromiseState.KEPT else planner.relations.break_promise
            close(next(iter(id)))
    late = PromiseDraft(PromiseSide.THEIRS, "show the late figures", today - timedelta(days=5), ada)
    planner.relations.add_promise(late)
    check_in = FollowUpDetails(FollowUpKind.CHECK_IN, "Check in", today, (ada,))
    followup = planner.followups.add(check_in).new("followup")
    at = clock.now() + timedelta(days=2)
    event = planner.events.add(EventDetails("Meeting", EventKind.ONE_TO_ONE, at, at + timedelta(hours=1)), (ada,)).new(
        "event"
    )
    vcf, ics, html = tmp_path / "all.vcf", tmp_path / "all.ics", tmp_path / "brief.html"
    planner.contact_export.vcards([ada], vcf, version="4.0", private=True)
    planner.calendars.export(ics, Scope.ALL)
    planner.briefs.save(event, html)
    texts = [path.read_text(encoding="utf-8").replace("\r\n ", "") for path in (vcf, ics, html)]
    for template in planner.followup_queries.templates():
        message = planner.followup_queries.render(template.id, followup)
        texts.append(f"{message.subject}\n{message.body}")
    for text in texts:
        for mine, theirs in drafts.values():
            assert mine not in text
            assert theirs not in text
        plain = text.split("</style>")[-1].casefold()
        assert not any(word in plain for word in JUDGING), plain
    # To yourself they are told as they are.
    assert {one.state for one in planner.relation_queries.promises(ada)} == set(PromiseState)


def test_what_they_owe_reminds_gently_a_day_after_and_only_once(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    today = planner.clock.today()
    planner.relations.add_promise(PromiseDraft(PromiseSide.THEIRS, "send the study", today, ada))
    planner.relations.add_promise(PromiseDraft(PromiseSide.THEIRS, "think about it", None, ada))
    (entry,) = planner.followup_queries.queue().entries()
    assert entry.followup.details.kind is FollowUpKind.REMINDER
    assert entry.followup.details.due_on == today + timedelta(days=1)
    assert entry.followup.details.title == "Ask about what was promised: send the study"
    mine = PromiseDraft(PromiseSide.MINE, "send the deck", today + timedelta(days=1), ada)
    planner.relations.add_promise(mine)
    weights = {each.followup.details.kind: each.priority.score for each in planner.followup_queries.queue().entries()}
    assert weights[FollowUpKind.REMINDER] < weights[FollowUpKind.PROMISE], "your own word comes first"
