"""Organisations, memberships, meetings; and who knows whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.app import Planner
from planner.errors import Invalid, NotFound
from planner.events.records import EventDetails, EventKind
from planner.relations.memberships import MembershipDraft
from planner.relations.organisations import OrganisationDraft, names_it
from planner.relations.records import PersonRef

Person = Callable[[str], int]


def meeting(planner: Planner, title: str, kind: EventKind = EventKind.ORGANISATION_MEETING) -> int:
    at = datetime(2027, 7, 20, 16, tzinfo=UTC)
    return planner.events.add(EventDetails(title, kind, at, at + timedelta(hours=2))).new("event")


@pytest.mark.parametrize(
    ("title", "name", "named"),
    [
        ("Reliability Guild: summer meeting", "Reliability Guild", True),
        ("Summer meeting of the RELIABILITY guild", "reliability guild", True),
        ("Guild of reliability", "Reliability Guild", False),
        ("Reliability Guilds", "Reliability Guild", False),
        ("Société d’Énergie, réunion", "Societe d'Energie", True),
        ("Anything", "", False),
    ],
)
def test_a_meeting_that_names_an_organisation(title: str, name: str, named: bool) -> None:
    assert names_it(title, name) is named


def test_memberships_and_fellow_members(planner: Planner, person: Person) -> None:
    do = planner.organisations
    ada, tom = person("Ada Ek"), person("Tom Ek")
    do.join("Reliability  Guild", None, MembershipDraft("board", date(2025, 3, 1), "runs the newsletter"))
    do.join("reliability guild", tom)
    do.join("Open Meter Society", ada)
    do.join("Reliability Guild", ada, MembershipDraft("member"))
    guild, society = do.all()
    assert guild.draft.name == "Reliability Guild"
    assert guild.mine is not None
    assert guild.mine.draft.volunteering == "runs the newsletter"
    assert [one.contact for one in guild.members] == [PersonRef(ada, "Ada Ek"), PersonRef(tom, "Tom Ek")]
    assert (society.mine, len(society.members)) == (None, 1)
    assert [one.organisation for one in planner.relation_queries.memberships(ada)] == [
        "Open Meter Society",
        "Reliability Guild",
    ]
    assert [one.organisation for one in planner.relation_queries.memberships(None)] == ["Reliability Guild"]
    do.join("Reliability Guild", ada)  # there already: what is known of it stays
    assert planner.relation_queries.memberships(ada)[1].draft.role == "member"
    do.change_membership(planner.relation_queries.memberships(ada)[1].id, MembershipDraft("chair"))
    assert planner.relation_queries.memberships(ada)[1].draft.role == "chair"
    do.leave([planner.relation_queries.memberships(ada)[1].id])
    assert len(planner.relation_queries.memberships(ada)) == 1
    planner.history.undo()
    assert len(planner.relation_queries.memberships(ada)) == 2
    do.delete([guild.id])
    assert do.names() == ("Open Meter Society",)
    planner.history.undo()
    assert len(do.all()[0].members) == 2


def test_meetings(planner: Planner) -> None:
    do = planner.organisations
    do.add(OrganisationDraft("Reliability Guild"))
    named, other = meeting(planner, "Reliability Guild, summer"), meeting(planner, "Dinner", EventKind.MIXER)
    (guild,) = do.all()
    assert [(one.event_id, one.linked) for one in guild.meetings] == [(named, False)]
    do.link_meeting(guild.id, other)
    do.link_meeting(guild.id, other)
    (guild,) = do.all()
    assert {(one.event_id, one.linked) for one in guild.meetings} == {(named, False), (other, True)}
    assert do.meetings_to_link() == ((named, "Reliability Guild, summer"),)
    do.unlink_meeting(guild.id, other)
    assert [one.event_id for one in do.all()[0].meetings] == [named]


def test_what_can_not_be(planner: Planner, person: Person) -> None:
    do = planner.organisations
    do.add(OrganisationDraft("Guild"))
    with pytest.raises(Invalid):
        do.add(OrganisationDraft(" guild "))
    with pytest.raises(Invalid):
        do.join("   ")
    with pytest.raises(Invalid):
        do.join("Guild", None, MembershipDraft(since=date(2099, 1, 1)))
    with pytest.raises(NotFound):
        do.join("Guild", 4711)
    assert do.all()[0].members == ()


def test_who_knows_whom_goes_both_ways(planner: Planner, person: Person) -> None:
    ada, tom, ewa = (person(name) for name in ("Ada Ek", "Tom Ek", "Ewa Nowicka"))
    do = planner.acquaintances
    do.set(ada, [tom, ewa])
    assert planner.relation_queries.acquaintances(tom) == (PersonRef(ada, "Ada Ek"),)
    assert [one.id for one in planner.relation_queries.acquaintances(ada)] == [ewa, tom]
    do.set(tom, [ewa])
    assert [one.id for one in planner.relation_queries.acquaintances(ada)] == [ewa]
    with pytest.raises(Invalid):
        do.set(ada, [ada])
    planner.history.undo()
    assert [one.id for one in planner.relation_queries.acquaintances(ada)] == [ewa, tom]
