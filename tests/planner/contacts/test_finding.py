"""What a search finds, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from planner.contacts import finding
from planner.contacts.records import Address, ContactDetails, DateKind, Email, Link, PartialDate, Phone, Role, Sort, Tie
from planner.errors import NotFound
from tests.planner.contacts.conftest import People, opened


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """Three people, only to be asked about."""
    with opened(tmp_path_factory.mktemp("some") / "data") as people:
        fill(people)
        yield people


def fill(people: People) -> None:
    people.add(
        "Łukasz Čapek",
        organisation="Blue Harbour",
        title="Analyst",
        roles=(Role.MENTOR,),
        tags=("energy", "solar"),
        tie=Tie.WEAK,
        emails=(Email("lukasz@harbour.example"),),
        addresses=(Address(city="Malmö", country="Sverige"),),
        dates=(PartialDate(DateKind.BIRTHDAY, 1980, 7, 12),),
    )
    people.add(
        "Anna Berg",
        organisation="Acme Nordic",
        roles=(Role.PEER, Role.FRIEND),
        tags=("energy-law",),
        phones=(Phone("+46 8 123 456"),),
        links=(Link("https://berg.example"),),
        matters=True,
        looking_for="a test site, introductions in Malmö",
    )
    people.add(
        "Bo Annas", title="Harbour master", notes="mentor of Anna", rhythm_days=7, can_offer="introductions, lab time"
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bo Annas", "Anna Berg", "Łukasz Čapek"]),
        ("lukasz", ["Łukasz Čapek"]),
        ("capek luk", ["Łukasz Čapek"]),
        ("harbour.example", ["Łukasz Čapek"]),
        ("+468123", ["Anna Berg"]),
        ("8 123 456", ["Anna Berg"]),
        ("malmo -site", ["Łukasz Čapek"]),
        ('"anna berg"', ["Anna Berg"]),
        ('"nordic acme"', []),
        ("annx", []),
        ("-anna", ["Łukasz Čapek"]),
        ("harbour -annas", ["Łukasz Čapek"]),
        ("role:mentor", ["Łukasz Čapek"]),
        ("role:mentor,friend", ["Anna Berg", "Łukasz Čapek"]),
        ("-role:mentor", ["Bo Annas", "Anna Berg"]),
        ("tie:weak", ["Łukasz Čapek"]),
        ("-tie:weak", ["Bo Annas", "Anna Berg"]),
        ("tag:energy", ["Łukasz Čapek"]),
        ("tag:ener", ["Anna Berg", "Łukasz Čapek"]),
        ("tag:nothing", []),
        ("org:harbour", ["Łukasz Čapek"]),
        ("org:acme", ["Anna Berg"]),
        ("title:harbour", ["Bo Annas"]),
        ("city:malmö", ["Łukasz Čapek"]),
        ("looking:introductions", ["Anna Berg"]),
        ('looking:"test site"', ["Anna Berg"]),
        ("looking:malmo", ["Anna Berg"]),
        ("looking:lab", []),
        ("offers:introd", ["Bo Annas"]),
        ("-offers:lab", ["Anna Berg", "Łukasz Čapek"]),
        ("has:needs", ["Anna Berg"]),
        ("no:offers", ["Anna Berg", "Łukasz Čapek"]),
        ("country:se", ["Anna Berg", "Łukasz Čapek"]),
        ("country:swe", ["Łukasz Čapek"]),
        ("country:de", []),
        ("no:email", ["Bo Annas", "Anna Berg"]),
        ("has:phone", ["Anna Berg"]),
        ("has:phone,email", ["Anna Berg", "Łukasz Čapek"]),
        ("has:link has:tag", ["Anna Berg"]),
        ("no:organisation", ["Bo Annas"]),
        ("is:important", ["Anna Berg"]),
        ("birthday:week", ["Łukasz Čapek"]),
        ("birthday:today", []),
        ("added:1d", ["Bo Annas", "Anna Berg", "Łukasz Čapek"]),
        ("quiet:8w", ["Bo Annas", "Anna Berg", "Łukasz Čapek"]),
        ("seen:8w", []),
        ("due:none", ["Bo Annas", "Anna Berg", "Łukasz Čapek"]),
        ("met:pycon", []),
        ("colour:red", []),
    ],
)
def test_finds(some: People, query: str, names: list[str]) -> None:
    found = some.names(query, sort=Sort.NAME)
    assert found == names
    assert some.queries.count(query) == len(names)
    assert some.names(query, sort=Sort.NAME, limit=1) == names[:1]


def test_spans_count_days_where_the_person_is(people: People) -> None:
    a, b = people.add("A Week"), people.add("B Weeks")
    people.talked(a, days_ago=7)
    people.talked(b, days_ago=30)
    assert people.names("quiet:8d") == ["B Weeks"]
    assert people.names("seen:7d") == ["A Week"]
    assert people.names("-quiet:8d") == ["A Week"]


def test_due(people: People) -> None:
    days = {"late": 9, "today": 10, "week": 16, "month": 17}
    for name, day in days.items():
        people.due(people.add(f"{name} Due"), date(2027, 7, day))
    people.due(people.add("done Due"), date(2027, 7, 1), state="done")
    assert people.names("due:overdue", sort=Sort.DUE) == ["late Due"]
    assert people.names("due:today", sort=Sort.DUE) == ["late Due", "today Due"]
    assert people.names("due:week", sort=Sort.DUE) == ["late Due", "today Due", "week Due"]
    assert people.names("due:any", sort=Sort.DUE) == ["late Due", "today Due", "week Due", "month Due"]
    assert people.names("-due:any") == ["done Due"]
    assert people.queries.rows(people.queries.find("late"))[0].due_on == date(2027, 7, 9)


def test_met(people: People) -> None:
    a, b, _ = people.add("A Met"), people.add("B Talked"), people.add("C Absent")
    event = people.event("PyCon DE 2027", met=a)
    people.talked(b, days_ago=2, event_id=event)
    assert people.names("met:pycon") == ["A Met", "B Talked"]
    assert people.names('met:"pycon de"') == ["A Met", "B Talked"]
    assert people.names("met:euro") == []


def test_drifting_agrees_with_its_rule(people: People) -> None:
    cases: dict[str, tuple[int, dict[str, object]]] = {
        "own": (43, {"rhythm_days": 28}),
        "role": (43, {"roles": (Role.MENTOR,)}),
        "fine": (42, {"rhythm_days": 28}),
        "longest": (6, {"longest_days": 5}),
        "never": (900, {"rhythm_days": 0, "roles": (Role.MENTOR,)}),
    }
    for name, (days, values) in cases.items():
        people.talked(people.add(f"{name} Case", **values), days_ago=days)
    people.add("new Case", rhythm_days=7)
    found = set(people.queries.find("is:drifting"))
    rows = people.queries.rows(people.queries.find(""))
    assert {row.name.split()[0] for row in rows if row.drifting} == {"own", "role", "longest"}
    assert found == {row.id for row in rows if row.drifting}


def test_best_match_puts_names_before_notes(people: People) -> None:
    fill(people)
    assert people.names("anna")[0] == "Anna Berg"
    people.add("Mentor Smith")
    assert people.names("mentor")[0] == "Mentor Smith"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ann", ["Ann O'Vale", "Ann-Marie Berg", "Bo Annas", "Cy Adler", "Di Cole", "Ed Dahl"]),
        ("berg", ["Ann-Marie Berg", "Cy Adler"]),
        ("vale", ["Ann O'Vale"]),
        ("ann berg", ["Ann-Marie Berg", "Cy Adler"]),
        ('"marie berg"', ["Ann-Marie Berg"]),
        ("ann -bo", ["Ann O'Vale", "Ann-Marie Berg", "Cy Adler", "Di Cole", "Ed Dahl"]),
        ("anna", ["Bo Annas", "Cy Adler"]),
    ],
)
def test_few_hits_stand_by_where_the_words_stand(people: People, query: str, names: list[str]) -> None:
    people.add("Ed Dahl", notes="a friend of Ann")
    people.add("Di Cole", organisation="Annex Works")
    people.add("Cy Adler", organisation="Ann & Co", notes="sister of Anna Berg")
    people.add("Bo Annas")
    people.add("Ann-Marie Berg")
    people.add("Ann O'Vale")
    assert people.names(query) == names
    backwards = people.queries.find(query, Sort.BEST, descending=True)
    assert backwards == people.queries.find(query, Sort.BEST)[::-1]


def test_of_many_hits_for_several_words_those_with_all_in_the_name_come_first(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", 2)
    for name in ("Ann Berg", "Berg Annas", "Bo Ann", "Cy Berg"):
        people.add(name, notes="Ann Berg")
    assert people.names("ann berg") == ["Berg Annas", "Ann Berg", "Cy Berg", "Bo Ann"]
    assert people.names("ann berg", limit=2) == ["Berg Annas", "Ann Berg"]
    assert people.names("ann berg -cy") == ["Berg Annas", "Ann Berg", "Bo Ann"]


def test_of_many_hits_family_names_come_first_and_then_the_newest(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", 3)
    for name in ("Ann Zorn", "Bea Annas", "Ann Yves", "Ann Adam", "Zoe Anders"):
        people.add(name)
    assert people.names("an") == ["Zoe Anders", "Bea Annas", "Ann Adam", "Ann Yves", "Ann Zorn"]
    assert people.names("an", limit=3) == ["Zoe Anders", "Bea Annas", "Ann Adam"]
    assert people.names("an", limit=2) == ["Zoe Anders", "Bea Annas"]
    assert people.names("ann") == ["Bea Annas", "Ann Adam", "Ann Yves", "Ann Zorn"]
    assert sorted(people.queries.find("an")) == sorted(people.queries.find("an", Sort.NAME))


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", ["", "a", "role:mentor,peer,friend", "a -role:peer"])
def test_each_order_finds_the_same_people_both_ways(some: People, sort: Sort, query: str) -> None:
    found = some.queries.find(query, sort)
    assert sorted(found) == sorted(some.queries.find(query, Sort.NAME))
    assert sorted(some.queries.find(query, sort, descending=True)) == sorted(found)
    assert some.queries.find(query, sort, limit=2) == found[:2]


def test_orders(people: People) -> None:
    a = people.add("Zoe Adam", organisation="beta")
    b = people.add("Anna Berg", organisation="Alpha")
    c = people.add("Carl Cole")
    people.talked(a, days_ago=9)
    people.talked(b, days_ago=3)
    find = people.queries.find
    assert find("", Sort.NAME) == [a, b, c]
    assert find("", Sort.NAME, descending=True) == [c, b, a]
    assert find("", Sort.ORGANISATION) == [b, a, c]
    assert find("", Sort.ORGANISATION, descending=True) == [a, b, c]
    assert find("", Sort.LAST_SEEN) == [b, a, c]
    assert find("", Sort.LAST_SEEN, descending=True) == [a, b, c]
    assert find("", Sort.ADDED) == [c, b, a]


def test_rows_hold_what_a_list_shows(people: People) -> None:
    id = people.contacts.add(
        ContactDetails(
            given="Ingrid",
            family="Vale",
            title="Director",
            organisation="Northlight",
            emails=(Email("b@x.example"), Email("a@x.example", preferred=True)),
            phones=(Phone("1 234 567"), Phone("2 345 678")),
            addresses=(Address(country="Portugal"), Address(city="Porto")),
            roles=(Role.MENTOR, Role.FRIEND),
            tags=("z", "a"),
        )
    ).new("contact")
    people.talked(id, days_ago=2)
    (row,) = people.queries.rows([99, id, id])
    assert (row.name, row.title, row.organisation) == ("Ingrid Vale", "Director", "Northlight")
    assert (row.email, row.phone, row.city) == ("a@x.example", "1 234 567", "Porto")
    assert (row.roles, row.tags, row.rhythm_days) == ((Role.MENTOR, Role.FRIEND), ("z", "a"), 28)
    assert row.interactions == 1
    assert row.last_interaction_at is not None
    assert not row.drifting


def test_get_of_someone_gone(people: People) -> None:
    with pytest.raises(NotFound):
        people.queries.get(1)


def test_completions(people: People) -> None:
    for name, organisation in (("A", "Acme"), ("B", "Acme"), ("C", "Axis"), ("D", "Blue")):
        people.add(name, organisation=organisation, field="law")
    assert people.queries.organisations("a") == ("Acme", "Axis")
    assert people.queries.organisations() == ("Acme", "Axis", "Blue")
    assert people.queries.organisations("%") == ()
    assert people.queries.fields("l") == ("law",)
