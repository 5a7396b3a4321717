"""What a goal lacks, and the one next step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.contacts.records import Role, Tie
from planner.insights.figures import Known
from planner.insights.goal_rules import StepKind, There, Way, gaps, next_step
from planner.relations.records import PersonRef

ANJALI, PETRA, SOFIA, YUKI = (PersonRef(id, name) for id, name in enumerate(("Anjali", "Petra", "Sofia", "Yuki"), 1))
DIRECT = Way((PETRA, SOFIA), 5.0, Tie.WEAK)
FAR = Way((ANJALI, PETRA, YUKI), 9.0, Tie.WEAK)

ties = st.sampled_from([None, *Tie])
people = st.integers(1, 12).map(lambda id: PersonRef(id, f"Person {id}"))
theres = st.lists(
    st.builds(There, people, ties, st.none() | st.integers(0, 400), st.lists(st.sampled_from(list(Role))).map(tuple)),
    max_size=6,
    unique_by=lambda one: one.person.id,
)
ways = st.lists(
    st.builds(
        Way,
        st.lists(people, min_size=1, max_size=4, unique=True).map(tuple),
        st.floats(1, 16),
        st.sampled_from(list(Tie)),
    ),
    max_size=5,
)


def told(found: tuple[object, ...]) -> list[str]:
    return [f"{gap.strong}{gap.rest}" for gap in found]  # type: ignore[attr-defined]


def test_gaps_by_role_and_house() -> None:
    there = [There(PETRA, Tie.WEAK, 10, (Role.INDUSTRY_LEADER,)), There(ANJALI, Tie.STRONG, 3, (Role.MENTOR,))]
    mentors = [Known(1, "Platform", "Northlight"), Known(7, "Data", "northlight")]
    found = gaps(there, mentors, ("Helix Rail", "Atlas Air"), {"helix rail"})
    assert told(found) == ["No sponsor where it leads", "All mentors are at Northlight", "Nobody at Atlas Air"]
    assert found[0].people == (ANJALI.id, PETRA.id)
    assert found[1].people == (1, 7)
    assert told(gaps((), (), (), ()))[0] == "No sponsor there, nor anybody else you know"


def test_the_easiest_introduction_comes_first() -> None:
    step = next_step((FAR, DIRECT), ())
    assert step.words == "Ask Petra to introduce you to Sofia"
    assert step.why == "Petra knows Sofia · your tie is weak"
    assert (step.ask, step.meet) == (PETRA, SOFIA)


def test_on_a_longer_way_the_first_is_asked_for_the_second() -> None:
    step = next_step((FAR,), ())
    assert step.words == "Ask Anjali to introduce you to Petra"
    assert step.why.startswith("Anjali knows Petra, who leads to Yuki")


def test_nobody_asked_often_is_asked_again_and_nothing_is_asked_for_twice() -> None:
    assert next_step((FAR, DIRECT), (), full={PETRA.id}).ask == ANJALI
    assert next_step((FAR, DIRECT), (), under_way={SOFIA.id}).ask == ANJALI
    assert next_step((DIRECT,), (), under_way={SOFIA.id}).kind is StepKind.FIND


def test_without_a_way_whoever_is_quiet_there_is_talked_to() -> None:
    there = [There(ANJALI, Tie.STRONG, 10), There(PETRA, Tie.WEAK, 80), There(SOFIA, Tie.MEDIUM, 60)]
    step = next_step((), there)
    assert (step.kind, step.ask, step.why) == (StepKind.CHECK_IN, SOFIA, "8 weeks quiet, and where your goal leads")
    assert next_step((), there, planned={SOFIA.id}).ask == PETRA
    assert next_step((), there, planned={SOFIA.id, PETRA.id}).kind is StepKind.FIND
    assert next_step((), ()).why == "you know nobody there, nor anybody who does"


@given(
    ways,
    theres,
    st.frozensets(st.integers(1, 12)),
    st.frozensets(st.integers(1, 12)),
    st.frozensets(st.integers(1, 12)),
)
def test_there_is_always_one_step_and_it_respects_what_holds_back(
    several: list[Way], there: list[There], full: frozenset[int], under_way: frozenset[int], planned: frozenset[int]
) -> None:
    step = next_step(several, there, full=full, under_way=under_way, planned=planned)
    assert step.words
    assert step.why
    match step.kind:
        case StepKind.INTRODUCTION:
            assert step.ask is not None
            assert step.meet is not None
            assert step.ask != step.meet
            assert step.ask.id not in full
            assert step.meet.id not in under_way
        case StepKind.CHECK_IN:
            assert step.ask is not None
            assert step.ask.id not in planned
            assert step.ask.id in {one.person.id for one in there}
    assert len(set(told(gaps(there, (), (), ())))) == len(gaps(there, (), (), ()))
