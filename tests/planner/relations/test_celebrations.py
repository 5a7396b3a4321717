"""What a changed title or organisation means, and what is proposed for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.app import Planner
from planner.contacts.records import ContactDetails
from planner.followups.records import FollowUpKind
from planner.relations import celebrations
from planner.relations.careers import judge, news, rank, same_organisation
from planner.relations.celebrations import CareerChange
from planner.relations.records import Milestone, MilestoneKind

JOB, UP = MilestoneKind.NEW_JOB, MilestoneKind.PROMOTION
FIRM = "Blue Harbour"


@pytest.mark.parametrize(
    ("old", "new", "old_firm", "new_firm", "meaning"),
    [
        ("Data analyst", "Head of Data", FIRM, FIRM, UP),
        ("Software Engineer", "Senior Software Engineer", FIRM, f"{FIRM} GmbH", UP),
        ("Manager", "Senior Manager", FIRM, FIRM, UP),
        ("Deputy Head of Sales", "Head of Sales", FIRM, FIRM, UP),
        ("Assistant to the Director", "Director", FIRM, FIRM, UP),
        ("Director", "VP Research", FIRM, FIRM, UP),
        ("Engineer", "Lead Engineer", "", "", UP),  # nobody wrote the firm down, but the step is plain
        ("Engineer", "Engineer", FIRM, "Nordwind Labs", JOB),
        ("Head of Data", "Analyst", FIRM, "Nordwind Labs", JOB),  # elsewhere, a smaller title may be a bigger job
        ("Product Manager", "Data Scientist", FIRM, FIRM, JOB),  # another role in the same house
        ("Sr. Engineer", "Senior Engineer", FIRM, FIRM, None),
        ("VP Engineering", "Vice President of Engineering", FIRM, FIRM, None),
        ("Engineer", "Enginer", FIRM, FIRM, None),
        ("Managing Director", "MD", FIRM, FIRM, None),
        ("Engineer", "engineer", FIRM, "BLUE HARBOUR, Inc.", None),
        ("Engineer", "Engineer", FIRM, "Blue Harbor", None),
        ("Engineer", "Engineer", FIRM, f"{FIRM} Nordics", None),
        ("Engineer", "Engineer", "International Widget Works", "IWW", None),
        ("Head of Data", "Head of Data & AI", FIRM, FIRM, None),
        ("Director", "Senior Advisor", FIRM, FIRM, None),  # less than before: nothing to congratulate on
        ("Engineer", "Former engineer", FIRM, "Nordwind Labs", None),
        ("Director", "Retired", FIRM, FIRM, None),
        ("", "Engineer", "", FIRM, None),  # learnt, not changed
        ("Engineer", "", FIRM, "", None),  # taken out
        ("Engineer", "Engineer", "", FIRM, None),
        ("Analyst", "Data Scientist", "", FIRM, None),  # perhaps the same place, perhaps not
    ],
)
def test_a_change_is_news_only_where_it_plainly_is(
    old: str, new: str, old_firm: str, new_firm: str, meaning: MilestoneKind | None
) -> None:
    assert judge(old, new, old_firm, new_firm) is meaning


TEXT = st.text(max_size=30)


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_is_judged_and_staying_the_same_is_never_news(old: str, new: str, a: str, b: str) -> None:
    judge(old, new, a, b)
    assert judge(old, old, a, a) is None
    assert judge(old, old.upper(), a, a) is None
    assert rank(old) >= 0


@given(TEXT, TEXT)
def test_being_the_same_organisation_goes_both_ways(a: str, b: str) -> None:
    assert same_organisation(a, b) == same_organisation(b, a)
    assert same_organisation(a, a)


@given(st.sampled_from(("Engineer", "Senior engineer", "Head of data", "Director", "Chief scientist", "Intern")), TEXT)
def test_going_up_and_back_is_never_a_promotion_twice(title: str, other: str) -> None:
    up, down = judge(title, other, FIRM, FIRM), judge(other, title, FIRM, FIRM)
    assert not (up is UP and down is UP)


def test_the_news_says_what_is_new_and_what_was_before() -> None:
    assert news(UP, "Analyst", "Head of Data", FIRM, FIRM) == "Head of Data (before: Analyst)"
    assert news(JOB, "Analyst", "Analyst", FIRM, "Nordwind") == "Analyst, Nordwind (before: Blue Harbour)"
    said = "Head of Data, Nordwind (before: Analyst, Blue Harbour)"
    assert news(JOB, "Analyst", "Head of Data", FIRM, "Nordwind") == said


# --- on a real file


ADA = ContactDetails(given="Ada", family="Ek", title="Analyst", organisation=FIRM)


def add(planner: Planner, details: ContactDetails = ADA, source: str = "") -> int:
    return planner.contacts.add(details, source=source).new("contact")


def proposals(planner: Planner) -> tuple[Milestone, ...]:
    return planner.relation_queries.proposed_milestones()


def test_an_edit_proposes_and_undo_takes_it_back(planner: Planner) -> None:
    ada = add(planner)
    changes = planner.contacts.edit(ada, title="Head of Data")
    (proposal,) = proposals(planner)
    assert (proposal.kind, proposal.contact.name) == (UP, "Ada Ek")
    assert proposal.text == "Head of Data (before: Analyst)"
    assert changes.touches("milestone", proposal.id)
    assert planner.followup_queries.counts().open == 0
    assert planner.relation_queries.milestones(ada) == ()
    assert planner.relation_queries.story(ada) == ()
    planner.history.undo()
    assert proposals(planner) == ()


def test_two_fields_typed_one_after_the_other_are_one_piece_of_news(planner: Planner) -> None:
    ada = add(planner)
    planner.contacts.edit(ada, organisation="Nordwind Labs")
    planner.contacts.edit(ada, title="Head of Data")
    (proposal,) = proposals(planner)
    assert proposal.text == "Head of Data, Nordwind Labs (before: Analyst, Blue Harbour)"
    planner.contacts.update(ada, ADA)
    assert proposals(planner) == ()


def test_taking_it_up_plans_a_congratulation_for_today(planner: Planner) -> None:
    ada = add(planner)
    planner.contacts.edit(ada, organisation="Nordwind Labs")
    (proposal,) = proposals(planner)
    planner.celebrations.take_up((proposal.id,))
    assert proposals(planner) == ()
    (entry,) = planner.followup_queries.queue().entries()
    assert entry.followup.details.kind is FollowUpKind.CELEBRATE
    assert entry.followup.details.due_on == planner.clock.today()
    assert [one.kind for one in planner.relation_queries.milestones(ada)] == [JOB]
    planner.history.undo()
    assert [one.id for one in proposals(planner)] == [proposal.id]
    assert len(planner.followup_queries.queue()) == 0


def test_what_was_declined_is_not_proposed_again(planner: Planner) -> None:
    ada = add(planner)
    planner.contacts.edit(ada, organisation="Nordwind Labs")
    (proposal,) = proposals(planner)
    planner.celebrations.decline((proposal.id,))
    assert proposals(planner) == ()
    planner.contacts.edit(ada, organisation=FIRM)
    for waiting in proposals(planner):
        planner.celebrations.decline((waiting.id,))
    planner.contacts.edit(ada, organisation="Nordwind Labs")
    assert proposals(planner) == ()
    assert planner.relation_queries.story(ada) == ()


def test_a_merge_proposes_too(planner: Planner) -> None:
    ada = add(planner)
    newer = add(planner, replace(ADA, organisation="Nordwind Labs"))
    planner.contacts.merge(ada, (newer,), replace(ADA, organisation="Nordwind Labs"))
    assert [one.contact.id for one in proposals(planner)] == [ada]


def test_strangers_of_an_imported_address_book_are_left_in_peace(planner: Planner) -> None:
    stranger = add(planner, source="vcard")
    planner.contacts.edit(stranger, organisation="Nordwind Labs")
    assert proposals(planner) == ()
    friend = add(planner, replace(ADA, matters=True), source="vcard")
    planner.contacts.edit(friend, organisation="Nordwind Labs")
    assert [one.contact.id for one in proposals(planner)] == [friend]


def test_the_same_change_reported_twice_is_proposed_once(planner: Planner) -> None:
    ada = add(planner)
    change = CareerChange(ada, "Analyst", "Head of Data", FIRM, FIRM)
    for _ in range(2):
        with planner.store.write("import") as work:
            celebrations.propose(work.session, [change, change], planner.clock.today())
    assert len(proposals(planner)) == 1
