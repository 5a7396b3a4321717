"""Commands on follow-ups, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.errors import Invalid, NotFound
from planner.followups.doing import fitting_kind
from planner.followups.records import FollowUpDetails, FollowUpKind, FollowUpState
from planner.relations.drafts import IntroductionDraft, MilestoneDraft, PromiseDraft
from planner.relations.records import InteractionKind, MilestoneKind, PromiseSide, PromiseState

Person = Callable[..., int]
TODAY = date(2027, 7, 8)


def add(planner: Planner, *contacts: int, kind: FollowUpKind = FollowUpKind.CHECK_IN, due: date = TODAY) -> int:
    return planner.followups.add(FollowUpDetails(kind, "Check in", due, contacts)).new("followup")


def test_added_changed_and_undone(planner: Planner, person: Person) -> None:
    ada, bo = person("Ada Ek"), person("Bo Quist")
    id = add(planner, ada)
    changed = FollowUpDetails(
        FollowUpKind.REQUEST, "  Ask for  twenty minutes ", TODAY + timedelta(days=3), (bo, ada), time(16, 30), why="x"
    )
    changes = planner.followups.update(id, changed)
    assert changes.label == "change “Ask for twenty minutes”"
    found = planner.followup_queries.get(id)
    assert found.details.title == "Ask for twenty minutes"
    assert [person.name for person in found.people] == ["Bo Quist", "Ada Ek"]
    assert found.details.due_time == time(16, 30)
    assert not planner.followups.update(id, found.details), "the same again is no command"
    planner.history.undo()
    assert planner.followup_queries.get(id).details.title == "Check in"
    planner.history.undo()
    with pytest.raises(NotFound):
        planner.followup_queries.get(id)


def test_what_cannot_be_added(planner: Planner) -> None:
    with pytest.raises(Invalid):
        planner.followups.add(FollowUpDetails(FollowUpKind.OTHER, "  ", TODAY))
    with pytest.raises(NotFound):
        planner.followups.add(FollowUpDetails(FollowUpKind.OTHER, "x", TODAY, (99,)))
    with pytest.raises(NotFound):
        planner.followups.update(99, FollowUpDetails(FollowUpKind.OTHER, "x", TODAY))


def test_done_with_a_line_logs_what_happened_and_restarts_the_rhythm(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek", Role.MENTOR, quiet=31)
    id = planner.keeping_up.refresh().new("followup")
    changes = planner.followups.done([id], "Called, the move goes well")
    assert changes.label == "done with “Check in”"
    assert planner.followup_queries.get(id).state is FollowUpState.DONE
    newest = planner.relation_queries.story(ada)[0]
    assert (newest.headline, newest.text, newest.on) == ("Call", "Called, the move goes well", TODAY)
    assert not planner.keeping_up.refresh(), "in touch today: nothing to plan"
    planner.history.undo()
    assert planner.followup_queries.get(id).state is FollowUpState.OPEN
    assert len(planner.relation_queries.story(ada)) == 1


def test_done_without_a_word_is_just_done_and_still_restarts_the_rhythm(
    planner: Planner, person: Person, clock: FixedClock
) -> None:
    ada = person("Ada Ek", Role.MENTOR, quiet=31)
    id = planner.keeping_up.refresh().new("followup")
    clock.advance(timedelta(minutes=1))
    planner.followups.done([id], "   ")
    assert len(planner.relation_queries.story(ada)) == 2, "the talk, and the done check-in"
    clock.advance(timedelta(days=20))
    assert not planner.keeping_up.refresh()
    clock.advance(timedelta(days=2))
    assert planner.keeping_up.refresh().created["followup"], "a week ahead of 28 days"


@pytest.mark.parametrize(
    ("kind", "words", "channel", "expected"),
    [
        (FollowUpKind.CHECK_IN, "all is well", "", InteractionKind.EMAIL),
        (FollowUpKind.CHECK_IN, "all is well", "phone", InteractionKind.CALL),
        (FollowUpKind.CHECK_IN, "had lunch", "phone", InteractionKind.MET),
        (FollowUpKind.THANK_YOU, "sent a card", "", InteractionKind.LETTER),
        (FollowUpKind.CELEBRATE, "", "", InteractionKind.MESSAGE),
        (FollowUpKind.CONNECT, "accepted", "", InteractionKind.SOCIAL),
        (FollowUpKind.PROMISE, "wrote, then called", "", InteractionKind.EMAIL),
        (FollowUpKind.REQUEST, "Video call on Monday", "", InteractionKind.VIDEO),
        (FollowUpKind.CHECK_IN, "recalled the metal talk", "", InteractionKind.EMAIL),
    ],
)
def test_the_kind_fits_the_words_the_followup_and_the_person(
    kind: FollowUpKind, words: str, channel: str, expected: InteractionKind
) -> None:
    assert fitting_kind(kind, words, channel) is expected


def test_done_keeps_the_promise_it_stands_for_and_drop_lets_it_go(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    states = []
    for act in (planner.followups.done, planner.followups.drop):
        made = planner.relations.add_promise(PromiseDraft(PromiseSide.MINE, "send it", contact_id=ada))
        act([made.new("followup")])
        states.append(planner.relation_queries.promise(made.new("promise")).state)
        last = made.new("followup"), made.new("promise")
    assert states == [PromiseState.KEPT, PromiseState.BROKEN]
    planner.followups.reopen([last[0]])
    assert planner.relation_queries.promise(last[1]).state is PromiseState.OPEN


def test_asking_after_what_they_promised_does_not_make_them_keep_it(planner: Planner, person: Person) -> None:
    draft = PromiseDraft(PromiseSide.THEIRS, "send slides", TODAY, person("Ada Ek"))
    made = planner.relations.add_promise(draft)
    planner.followups.done([made.new("followup")], "asked by mail")
    assert planner.relation_queries.promise(made.new("promise")).state is PromiseState.OPEN


def test_an_introduction_moves_on_by_its_followups_alone(planner: Planner, person: Person) -> None:
    kofi, ingrid = person("Kofi Danso"), person("Ingrid Vale")
    planner.relations.add_introduction(IntroductionDraft(kofi, ingrid))
    titles = []
    for words in ("", "yes", "", "Yes, please", "", "They met"):
        (entry,) = planner.followup_queries.queue().entries()
        titles.append(entry.headline)
        planner.followups.done([entry.id], words)
    assert titles == [
        "Ask Kofi Danso about an introduction to Ingrid Vale",
        "Hear back about meeting Ingrid Vale, Kofi Danso",
        "Ask Ingrid Vale about an introduction to Kofi Danso",
        "Hear back about meeting Kofi Danso, Ingrid Vale",
        "Introduce Kofi Danso to Ingrid Vale",
        "Ask Kofi Danso how meeting Ingrid Vale went",
    ]
    assert len(planner.followup_queries.queue()) == 0
    (introduction,) = planner.relation_queries.introductions()
    assert (introduction.outcome, introduction.state.value) == ("They met", "closed")


def test_a_celebrated_milestone(planner: Planner, person: Person) -> None:
    ada = person("Ada Ek")
    made = planner.relations.add_milestone(MilestoneDraft(ada, MilestoneKind.PROMOTION, TODAY))
    planner.followups.done([made.new("followup")])
    assert planner.relation_queries.milestones(ada)[0].state == "celebrated"


def test_snoozing_counts_and_says_until_when(planner: Planner, person: Person) -> None:
    ids = [add(planner, person("Ada Ek")), add(planner, person("Bo Quist"))]
    changes = planner.followups.snooze(ids, TODAY + timedelta(days=4))
    assert changes.label == "snooze 2 follow-ups until 12 July"
    found = planner.followup_queries.get(ids[0])
    assert (found.details.due_on, found.snoozes) == (date(2027, 7, 12), 1)
    with pytest.raises(Invalid):
        planner.followups.snooze(ids, TODAY - timedelta(days=1))
    planner.history.undo()
    assert [planner.followup_queries.get(id).snoozes for id in ids] == [0, 0]


def test_one_unknown_among_many_changes_none(planner: Planner, person: Person) -> None:
    id = add(planner, person("Ada Ek"))
    with pytest.raises(NotFound):
        planner.followups.drop([id, 99])
    assert planner.followup_queries.get(id).state is FollowUpState.OPEN


def test_closed_ones_are_left_alone(planner: Planner, person: Person) -> None:
    id = add(planner, person("Ada Ek"))
    planner.followups.drop([id])
    assert not planner.followups.done([id], "too late")
    assert planner.followup_queries.get(id).state is FollowUpState.DROPPED


def test_the_rest_of_a_day_spreads_over_the_next_working_days_without_guilt(planner: Planner, person: Person) -> None:
    planner.settings.change(day_capacity=2)
    mentor, ada = person("Mia Mentor", Role.MENTOR), person("Ada Ek")
    timed = planner.followups.add(FollowUpDetails(FollowUpKind.CHECK_IN, "Call", TODAY, (ada,), time(9))).new(
        "followup"
    )
    friday = add(planner, ada, due=date(2027, 7, 9))
    plain = [add(planner, ada) for _ in range(3)]
    important = add(planner, mentor)
    late = add(planner, ada, due=date(2027, 7, 1))
    changes = planner.followups.reschedule_rest(TODAY)
    assert changes.label == "move 5 follow-ups to the next days"
    due = {id: planner.followup_queries.get(id).details.due_on for id in (timed, friday, late, important, *plain)}
    assert due[timed] == TODAY
    assert due[friday] == date(2027, 7, 9)
    assert due[late] == date(2027, 7, 9), "the weightiest gets the one place that Friday has left"
    assert due[important] == date(2027, 7, 12)
    assert [due[id] for id in plain] == [date(2027, 7, 12), date(2027, 7, 13), date(2027, 7, 13)]
    assert all(planner.followup_queries.get(id).snoozes == 0 for id in plain)
    planner.history.undo()
    assert planner.followup_queries.get(late).details.due_on == date(2027, 7, 1)


def test_check_ins_are_planned_where_there_is_room(planner: Planner, person: Person) -> None:
    planner.settings.change(day_capacity=1)
    ids = [person(name) for name in ("Ada Ek", "Bo Quist", "Cy Roe")]
    changes = planner.followups.plan_check_in(ids)
    assert changes.label == "plan a check-in with Ada Ek and 2 others"
    days = [planner.followup_queries.for_contact(id)[0].details.due_on for id in ids]
    assert days == [TODAY, date(2027, 7, 9), date(2027, 7, 12)]


def test_a_message_is_kept_as_written(planner: Planner, person: Person) -> None:
    id = add(planner, person("Ada Ek"))
    assert planner.followup_queries.message(id).body.startswith("Dear Ada,")
    planner.followups.write_message(id, "Hello", "Dear Ada, I wonder", None)
    message = planner.followup_queries.message(id)
    assert (message.subject, message.body, message.to_name) == ("Hello", "Dear Ada, I wonder", "Ada Ek")
    assert not planner.followups.write_message(id, "Hello", "Dear Ada, I wonder", None)
