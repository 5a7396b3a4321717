"""The queue as a person sees it, and what rhythms and dates put into it."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role, Tie
from planner.events.records import EventDetails, EventKind
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpPerson
from planner.followups.rules.capacity import Moved
from planner.followups.rules.due import Section
from planner.followups.wording import Facts, clause, every, headline, reason, span
from planner.paths import DataFolder
from planner.relations.drafts import InteractionDraft, PromiseDraft
from planner.relations.records import InteractionKind, PromiseSide
from planner.store.tables import ContactTable, DateTable, FollowUpContactTable, FollowUpTable, RoleTable

Person = Callable[..., int]
TODAY = date(2027, 7, 8)


def add(planner: Planner, *contacts: int, kind: FollowUpKind = FollowUpKind.CHECK_IN, due: date = TODAY, **more) -> int:  # type: ignore[no-untyped-def]
    return planner.followups.add(FollowUpDetails(kind, "Check in", due, contacts, **more)).new("followup")


def mark(planner: Planner, contact_id: int, kind: str, year: int | None, month: int, day: int) -> None:
    with planner.store.write("note a date") as work:
        work.session.add(DateTable(contact_id=contact_id, kind=kind, year=year, month=month, day=day))


def test_the_day_of_the_mock(planner: Planner, person: Person) -> None:
    mara = person("Mara Lindqvist", Role.SPONSOR)
    event = planner.events.add(
        EventDetails(
            "PyCon DE",
            EventKind.CONFERENCE,
            datetime(2027, 6, 29, 7, tzinfo=UTC),
            datetime(2027, 7, 1, 16, tzinfo=UTC),
        )
    ).new("event")
    planner.relations.log(
        InteractionDraft(
            InteractionKind.MET, datetime(2027, 6, 30, 12, tzinfo=UTC), False, (mara,), "Hallway", event_id=event
        ),
        promises=[PromiseDraft(PromiseSide.MINE, "send the retention paper", date(2027, 7, 6))],
    )
    person("Anjali Patel", Role.MENTOR, quiet=31)
    planner.keeping_up.refresh()
    queue = planner.followup_queries.queue()
    (late,) = queue[Section.OVERDUE].entries
    assert late.headline == "Send Mara Lindqvist the retention paper you promised"
    assert late.clause == "you promised it at PyCon DE"
    assert late.days_late == 2
    assert late.reason() == (
        "You promised it on 30 June at PyCon DE, for 6 July, and Mara Lindqvist is a sponsor you wanted to hear from "
        "every 6 weeks."
    )
    (check_in,) = queue[Section.TODAY].entries
    assert check_in.headline == "Check in with Anjali Patel"
    assert check_in.clause == "quiet 31 days, every 28"
    assert check_in.reason() == (
        "You were last in touch 31 days ago, and Anjali Patel is a mentor you wanted to hear from every 4 weeks."
    )
    assert len(queue) == len(queue.entries()) == 2
    assert [len(part) for part in queue.only([FollowUpKind.CHECK_IN]).sections] == [0, 1, 0, 0]
    assert planner.followup_queries.counts().due == 2


def test_more_than_a_day_can_hold_moves_and_says_so(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    friend = person("Fay Rao", Role.FRIEND)
    ids = [add(planner, ada) for _ in range(5)]
    first = add(planner, friend)
    queue = planner.followup_queries.queue()
    assert [entry.id for entry in queue[Section.TODAY].entries] == [first, *ids[:4]]
    (moved,) = queue[Section.THIS_WEEK].entries
    assert (moved.id, moved.day, moved.moved) == (ids[4], date(2027, 7, 9), Moved.DAY_FULL)
    assert queue[Section.THIS_WEEK].note == "moved here to keep 5 a day"
    assert "Moved here to keep 5 a day." in moved.reason()
    assert planner.followup_queries.get(ids[4]).details.due_on == TODAY, "only its place moves"


def test_promises_and_appointments_stay_on_their_day(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    planner.settings.change(day_capacity=1)
    kept = [
        add(planner, ada, kind=FollowUpKind.CELEBRATE),
        add(planner, ada, due_time=time(9)),
        planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send it", TODAY, ada)).new("followup"),
    ]
    moved = add(planner, ada)
    queue = planner.followup_queries.queue()
    assert {entry.id for entry in queue[Section.TODAY].entries} == set(kept)
    assert [entry.id for entry in queue[Section.THIS_WEEK].entries] == [moved]


def test_quiet_is_respected_and_explained(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek", Role.MENTOR, quiet=60, quiet_until=date(2027, 9, 3))
    add(planner, ada, due=date(2027, 7, 1))
    (entry,) = planner.followup_queries.queue()[Section.LATER].entries
    assert (entry.day, entry.moved) == (date(2027, 9, 3), Moved.QUIET)
    assert "Ada Ek wants quiet until 3 September." in entry.reason()
    assert planner.followup_queries.drifting() == ()
    planner.followups.drop([entry.id])
    assert not planner.keeping_up.refresh(), "no check-in during the quiet"


def test_a_request_to_somebody_who_wants_none_says_so(planner: Planner, person: Person) -> None:
    add(planner, person("Ada Ek", no_asks=True), kind=FollowUpKind.REQUEST)
    (entry,) = planner.followup_queries.queue().entries()
    assert entry.caution == "Ada Ek asked for no requests"
    assert entry.caution in entry.reason()


def test_check_ins_come_once_a_rhythm_and_not_while_something_is_planned(
    planner: Planner, person: Person, clock: FixedClock
) -> None:
    own = person("Ada Ek", quiet=10, rhythm_days=10)
    person("Bo Quist", Role.MENTOR, quiet=10)
    person("Cy Roe", Role.MENTOR, quiet=90, rhythm_days=0)
    busy = person("Di Poe", Role.MENTOR, quiet=90)
    add(planner, busy, due=TODAY + timedelta(days=5))
    changes = planner.keeping_up.refresh()
    assert changes.label == "plan check-ins"
    (entry,) = [e for e in planner.followup_queries.queue().entries() if e.followup.details.origin == "rhythm"]
    assert (entry.followup.people[0].id, entry.followup.details.due_on) == (own, TODAY)
    before = planner.history.recent(1)
    assert not planner.keeping_up.refresh()
    assert planner.history.recent(1) == before, "nothing due, nothing in the history"
    planner.followups.drop([entry.id])
    assert not planner.keeping_up.refresh(), "dropped means: not this time"
    clock.advance(timedelta(days=4))
    assert planner.keeping_up.refresh(), "but again a rhythm later"


def test_many_check_ins_are_spread_over_days_with_room(planner: Planner, person: Person) -> None:
    for number in range(7):
        person(f"Person {number}", Role.PEER, quiet=80)
    planner.keeping_up.refresh()
    days = sorted(entry.followup.details.due_on for entry in planner.followup_queries.queue().entries())
    assert days == [TODAY] * 5 + [date(2027, 7, 9)] * 2


def test_what_is_logged_late_answers_only_what_came_before_it(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek", Role.MENTOR, quiet=90)
    planner.keeping_up.refresh()
    planner.relations.log(
        InteractionDraft(InteractionKind.CALL, planner.clock.now() - timedelta(days=95), True, (ada,))
    )
    assert len(planner.followup_queries.queue()) == 1
    planner.relations.log(InteractionDraft(InteractionKind.CALL, planner.clock.now(), True, (ada,)))
    assert len(planner.followup_queries.queue()) == 0


def test_birthdays_and_anniversaries_come_in_time_and_once(planner: Planner, person: Person, clock: FixedClock) -> None:
    jun, noor = person("Jun Watanabe", organisation="Mirrus"), person("Noor Osman")
    mark(planner, jun, "birthday", 1987, 7, 12)
    mark(planner, jun, "work anniversary", 2022, 7, 8)
    mark(planner, noor, "birthday", None, 2, 29)
    mark(planner, noor, "birthday", None, 9, 1)
    mark(planner, person("Imported Stranger", source="vcard"), "birthday", None, 7, 9)
    planner.keeping_up.refresh()
    planner.keeping_up.refresh()
    found = {e.headline: (e.followup.details.due_on, e.clause) for e in planner.followup_queries.queue().entries()}
    assert found == {
        "Congratulate Jun Watanabe on 5 years at Mirrus": (TODAY, ""),
        "Wish Jun Watanabe a happy birthday": (date(2027, 7, 12), "turns 40"),
    }
    clock.advance(date(2028, 2, 26) - TODAY)
    planner.keeping_up.refresh()
    assert "Wish Noor Osman a happy birthday" in {e.headline for e in planner.followup_queries.queue().entries()}


def test_a_plan_makes_its_steps_once_for_an_event_and_a_contact(planner: Planner, person: Person) -> None:
    ada, bo = person("Ada Ek"), person("Bo Quist", no_asks=True)
    plan = next(plan for plan in planner.followup_queries.plans() if plan.builtin == "conference")
    event = planner.events.add(
        EventDetails(
            "EuroPython",
            EventKind.CONFERENCE,
            datetime(2027, 7, 7, 7, tzinfo=UTC),
            datetime(2027, 7, 9, 16, tzinfo=UTC),
        )
    ).new("event")
    friday = date(2027, 7, 9)
    changes = planner.followups.apply_plan(plan.id, [ada, bo], friday, event)
    assert changes.label == "plan “Conference” for Ada Ek and Bo Quist"
    mine = planner.followup_queries.for_contact(ada)
    assert [(each.details.title, each.details.due_on) for each in mine] == [
        ("Thank-you note", date(2027, 7, 12)),  # Saturday waits for Monday
        ("Connect", date(2027, 7, 12)),
        ("Check in after EuroPython", date(2027, 7, 30)),
    ]
    assert len(planner.followup_queries.for_event(event)) == 6
    planner.followups.drop([mine[0].id])
    assert not planner.followups.apply_plan(plan.id, [ada], friday, event), "dropped ones do not come back"
    planner.history.undo()
    planner.history.undo()
    assert planner.followup_queries.for_event(event) == ()


def test_of_a_plan_what_is_past_is_left_out_or_due_now(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    plan = next(plan for plan in planner.followup_queries.plans() if plan.builtin == "informational-interview")
    planner.followups.apply_plan(plan.id, [ada], TODAY - timedelta(days=3))
    found = [(each.details.title, each.details.due_on) for each in planner.followup_queries.for_contact(ada)]
    assert found[0] == ("Thank for the interview", TODAY)
    assert len(found) == 2


def test_the_book_is_edited_restored_and_not_refilled(planner: Planner, tmp_path: Path, clock: FixedClock) -> None:
    from dataclasses import replace

    book, ask = planner.followups.book, planner.followup_queries
    thanks = next(each for each in ask.templates() if each.builtin == "thank-you")
    book.save_template(replace(thanks, body="Thanks, {{ contact.first }}"))
    plan = next(each for each in ask.plans() if each.builtin == "meetup")
    book.save_plan(replace(plan, steps=plan.steps[:1]))
    birthday = next(each for each in ask.templates() if each.builtin == "birthday")
    book.delete_templates([birthday.id])
    assert ask.changed_builtins() == {"thank-you", "meetup", "birthday"}
    planner.close()
    with Planner(DataFolder(tmp_path / "data"), clock) as again:
        assert again.followup_queries.changed_builtins() == {"thank-you", "meetup", "birthday"}
        again.followups.book.restore_template("thank-you")
        again.followups.book.restore_template("birthday")
        again.followups.book.restore_plan("meetup")
        assert again.followup_queries.changed_builtins() == frozenset()
        again.history.undo()
        assert again.followup_queries.changed_builtins() == {"meetup"}


def test_templates_are_filled_in_for_the_person_the_event_and_the_sender(planner: Planner, person: Person) -> None:
    from planner.settings.records import Me

    planner.settings.change(me=Me("Eva Holt", "eva@holt.example"))
    mara = person("Mara Lindqvist")
    made = planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send the retention paper", None, mara))
    message = planner.followup_queries.message(made.new("followup"))
    assert message.subject == "As promised: send the retention paper"
    assert message.body.startswith("Dear Mara,\n\nhere is what I promised you on 8 July.")
    assert message.body.endswith("Best wishes,\nEva")


def test_who_drifts_and_what_is_planned(planner: Planner, person: Person) -> None:
    ruth = person("Ruth Sorensen", Role.INDUSTRY_LEADER, quiet=98, rhythm_days=56)
    person("Ada Ek", Role.MENTOR, quiet=30)
    sam = person("Sam Poe", quiet=200, tie=Tie.STRONG.value)
    add(planner, ruth, due=date(2027, 7, 9))
    assert [(each.name, each.words, each.planned_on) for each in planner.followup_queries.drifting()] == [
        ("Sam Poe", "6 months quiet, important to you", None),
        ("Ruth Sorensen", "Industry leader · 14 weeks quiet, you meant every 8 weeks", date(2027, 7, 9)),
    ]
    assert [each.contact_id for each in planner.followup_queries.drifting(leave_out=[sam])] == [ruth]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"])
@pytest.mark.parametrize("at", [time(0, 0, 0), time(23, 59, 59)])
def test_days_are_the_persons_own_at_midnight(tmp_path: Path, zone: str, at: time) -> None:
    local = ZoneInfo(zone)
    clock = FixedClock(moment=datetime.combine(TODAY, at, local), zone_of=lambda: local)
    with Planner(DataFolder(tmp_path / "d"), clock) as planner:
        due = {}
        for days, part in ((-1, Section.OVERDUE), (0, Section.TODAY), (1, Section.THIS_WEEK), (9, Section.LATER)):
            due[add(planner, due=TODAY + timedelta(days=days))] = part
        assert {entry.id: entry.section for entry in planner.followup_queries.queue().entries()} == due


@pytest.mark.parametrize(
    ("title", "names", "promised", "expected"),
    [
        ("Thank for the coffee", ["Tomás Ortega"], False, "Thank Tomás Ortega for the coffee"),
        ("Send the paper", ["Mara"], True, "Send Mara the paper you promised"),
        ("Send the paper you promised", ["Mara"], True, "Send Mara the paper you promised"),
        ("Check in", ["Ada", "Bo"], False, "Check in with Ada and Bo"),
        ("Check in after the sprint", ["Samir"], False, "Check in with Samir after the sprint"),
        ("Congratulate", ["Jun"], False, "Congratulate Jun"),
        ("Thank-you note", ["Noor Osman"], False, "Thank-you note, Noor Osman"),
        ("Write to Ada Ek", ["Ada Ek"], False, "Write to Ada Ek"),
        ("Tidy up", [], False, "Tidy up"),
    ],
)
def test_titles_with_the_person_in_them(title: str, names: list[str], promised: bool, expected: str) -> None:
    assert headline(title, names, promised=promised) == expected


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "every week"), (28, "every 4 weeks"), (90, "every 3 months"), (30, "every 30 days"), (365, "every year"),
     (1, "every day"), (10, "every 10 days"), (180, "every 6 months")],
)  # fmt: skip
def test_rhythms_in_words(days: int, words: str) -> None:
    assert every(days) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "1 day"), (31, "31 days"), (98, "14 weeks"), (200, "6 months"), (800, "2 years")],
)
def test_silences_in_words(days: int, words: str) -> None:
    assert span(days) == words


def test_reasons_guess_no_pronoun_and_end_well() -> None:
    ruth = FollowUpPerson(1, "Ruth Sorensen", roles=(Role.INDUSTRY_LEADER,), matters=True)
    facts = Facts(FollowUpDetails(FollowUpKind.OTHER, "Ask", TODAY, why="Both said yes"), [ruth], snoozes=2)
    assert reason(facts) == "Both said yes. Ruth Sorensen is an industry leader. Snoozed twice."
    assert clause(facts) == "both said yes"


@pytest.mark.slow
def test_ten_thousand_contacts_and_a_thousand_followups_are_no_wait(planner: Planner) -> None:
    now = planner.clock.now()
    with planner.store.write("fill", bulk=True) as work:
        people = [
            {"uid": f"c{n}", "name": f"Person {n}", "sort_key": f"{n}", "created_at": now, "updated_at": now}
            for n in range(10_000)
        ]
        work.connection.execute(insert(ContactTable), people)
        roles = list(Role)
        work.connection.execute(
            insert(RoleTable), [{"contact_id": n + 1, "role": roles[n % 11].value} for n in range(10_000)]
        )
        work.connection.execute(
            insert(FollowUpTable),
            [
                {
                    "uid": f"f{n}",
                    "kind": "check-in",
                    "title": "Check in",
                    "due_on": TODAY + timedelta(days=n % 90 - 10),
                    "created_at": now,
                    "updated_at": now,
                }
                for n in range(1_000)
            ],
        )
        work.connection.execute(
            insert(FollowUpContactTable), [{"followup_id": n + 1, "contact_id": n * 9 + 1} for n in range(1_000)]
        )
    planner.followup_queries.queue()
    taken = []
    for _ in range(5):
        start = stopwatch.process_time()
        queue = planner.followup_queries.queue()
        taken.append(stopwatch.process_time() - start)
    assert len(queue) == 1_000
    # The aim is 50 ms; a machine that others use too may take some times that.
    assert min(taken) < 0.2
