"""A goal's reading in the rows of its page."""

from __future__ import annotations

from planner.contacts.records import Role, Tie
from planner.insights.goal_readings import GoalReading
from planner.insights.goal_rules import There, Way
from ui.day_words import span_words
from ui.list_model import Section
from ui.theme_tokens import Tone
from ui.widgets.row_data import ChipData, RowAction, RowData

#: A row's key: what it is, and a person's number or the place in the list.
Key = tuple[str, int]

PLAN = RowAction("plan", "Make it a follow-up", "P", "primary")
_OPEN = RowAction("open", "Open", "O", "menu")


def sections(reading: GoalReading) -> list[Section]:
    """The next step, who is there, the ways to others, and what is missing."""
    step = reading.next
    first = RowData(
        step.words, step.why, name=step.ask.name if step.ask else "", icon="" if step.ask else "target",
        actions=(PLAN,) if step.ask else (),
    )  # fmt: skip
    return [
        Section("Next", [(("step", 0), first)]),
        Section(
            "Ways to people you do not know",
            [(("way", way.target.id), _way(way)) for way in reading.ways],
            aside="the easiest first" if len(reading.ways) > 1 else "",
        ),
        Section("You know them there", [(("there", one.person.id), _there(one)) for one in reading.there]),
        Section(
            "There, and no way known",
            [
                (("beyond", one.id), RowData(one.name, "Say under Details who knows them", name=one.name))
                for one in reading.beyond
            ],
        ),
        Section(
            "Missing",
            [
                (("gap", at), RowData(gap.strong + gap.rest, gap.why, icon="circle-question-mark"))
                for at, gap in enumerate(reading.gaps)
            ],
        ),
    ]


def _there(one: There) -> RowData:
    quiet = "not in touch yet" if one.quiet_days is None else f"in touch {span_words(one.quiet_days)} ago"
    if one.quiet_days is not None and one.quiet_days < 2:
        quiet = "in touch today" if one.quiet_days == 0 else "in touch yesterday"
    tie = f"{one.tie.value} tie" if one.tie else ""
    roles = [role for role in one.roles if role is not Role.OTHER]
    return RowData(
        one.person.name,
        " · ".join(part for part in (tie, quiet) if part),
        chips=tuple(ChipData(role.value.capitalize(), Tone.ACCENT) for role in roles[:2]),
        name=one.person.name,
        actions=(_OPEN,),
    )


def _way(way: Way) -> RowData:
    through = " → ".join(person.name for person in way.people)
    return RowData(
        way.target.name,
        f"You → {through}",
        chips=(ChipData(f"{way.opening.value} tie", Tone.INFO if way.opening is Tie.STRONG else Tone.NEUTRAL),),
        name=way.target.name,
        actions=(RowAction("plan", f"Ask {way.people[0].name.split(maxsplit=1)[0]}", "P", "primary"), _OPEN),
        tip=f"{len(way.people)} {'step' if len(way.people) == 1 else 'steps'}: {through}",
    )
