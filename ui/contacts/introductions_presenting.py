"""Introductions in the words and rows of their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.relations.introduction_queries import Standing, Suggestion
from planner.relations.introductions import MarkState, Step, first_name
from planner.relations.records import Introduction
from ui.day_words import due_words
from ui.list_model import Section
from ui.theme_tokens import Tone
from ui.widgets.row_data import ChipData, RowAction, RowData

#: A row's key: an introduction by its number, or a suggestion by the two people.
Key = tuple[str, int, int]

#: Those that are over; the command line lists all.
MOST_OVER = 30

_REPLY = (RowAction("yes", "Said yes", "Y"), RowAction("no", "Said no", "N"))
_LET_GO = RowAction("delete", "Delete", "Delete", "menu")


def key_of(standing: Standing) -> Key:
    """The row of an introduction."""
    return "introduction", standing.introduction.id, 0


def sections(standings: Sequence[Standing], suggestions: Sequence[Suggestion], today: date) -> list[Section]:
    """Yours to move, theirs to move, who should meet whom, and what is over."""
    yours = [one for one in standings if not one.is_over and not one.waits]
    theirs = [one for one in standings if one.waits]
    over = [one for one in standings if one.is_over]
    return [
        Section("Your turn", [(key_of(one), _row(one, today)) for one in yours]),
        Section("Waiting for others", [(key_of(one), _row(one, today)) for one in theirs]),
        Section(
            "Who should meet whom",
            [(("suggestion", one.a.id, one.b.id), _suggestion(one)) for one in suggestions],
            aside="what one looks for and the other offers, and rare tags they share" if suggestions else "",
        ),
        Section("Over", [(key_of(one), _row(one, today)) for one in over[:MOST_OVER]]),
    ]


def actions(standing: Standing) -> tuple[RowAction, ...]:
    """What can be done next; E opens the message of the step."""
    match standing.step:
        case Step.ASK_A | Step.ASK_B | Step.ASK_INTRODUCER:
            found: tuple[RowAction, ...] = (RowAction("write", "Ask", "E", "primary"), RowAction("done", "Asked", "D"))
        case Step.HEAR_A | Step.HEAR_B | Step.HEAR_INTRODUCER:
            found = (RowAction("write", "Ask again", "E"), *_REPLY)
        case Step.MAKE:
            found = (RowAction("write", "Introduce", "E", "primary"), RowAction("done", "Made", "D"))
        case Step.AWAIT:
            found = (RowAction("write", "Ask again", "E"), RowAction("done", "Introduced", "D"))
        case Step.THANK:
            found = (RowAction("write", "Write thanks", "E", "primary"), RowAction("done", "Thanked", "D"))
        case Step.OUTCOME:
            write = () if standing.introduction.b is None else (RowAction("write", "Ask how it went", "E", "primary"),)
            found = (*write, RowAction("done", "What came of it", "D"))
        case _:
            found = ()
    return (*found, _LET_GO)


def _row(one: Standing, today: date) -> RowData:
    it = one.introduction
    late = one.due_on is not None and one.due_on < today
    chips = (ChipData("stuck", Tone.WARN),) if one.stuck else ()
    if one.is_over:
        chips = (ChipData("declined"),) if any(mark.state is MarkState.REFUSED for mark in one.marks) else ()
    return RowData(
        title(it),
        steps(one),
        chips=chips,
        aside="" if one.due_on is None else due_words(one.due_on, today),
        aside_tone=Tone.BAD if late else Tone.NEUTRAL,
        name=it.a.name,
        actions=tuple(replace(action, kind="menu") for action in actions(one)),
        tip=one.stuck or it.reason,
        done=one.is_over and it.made_on is None,
    )


def _suggestion(one: Suggestion) -> RowData:
    return RowData(
        f"{one.a.name} and {one.b.name}",
        " · ".join(one.reasons),
        name=one.a.name,
        actions=(RowAction("introduce", "Introduce", "I", "menu"),),
        tip="\n".join(one.reasons),
    )


def title(it: Introduction) -> str:
    """ "Kofi Danso and Ingrid Vale", "Mara Lindqvist, through Anjali Patel"."""
    if it.introducer is not None:
        return f"{it.a.name}, through {it.introducer.name}"
    return f"{it.a.name} and {it.b.name}" if it.b else it.a.name


def steps(one: Standing) -> str:
    """ "asked Kofi ✓ · asked Ingrid – waiting 9 days · made · outcome"."""
    return " · ".join(map(str, one.marks))


def next_words(one: Standing) -> str:
    """What comes next, as a sentence's beginning."""
    it = one.introduction
    whom = {Step.ASK_A: it.a, Step.HEAR_A: it.a, Step.ASK_B: it.b, Step.HEAR_B: it.b}.get(one.step or Step.MAKE)
    name = first_name(whom or it.introducer or it.a)
    words = {
        Step.ASK_A: f"Ask {name}",
        Step.ASK_B: f"Ask {name}",
        Step.HEAR_A: f"Wait for {name}’s answer",
        Step.HEAR_B: f"Wait for {name}’s answer",
        Step.MAKE: "Introduce them to each other",
        Step.OUTCOME: "Hear what came of it",
        Step.ASK_INTRODUCER: f"Ask {name}",
        Step.HEAR_INTRODUCER: f"Wait for {name}’s answer",
        Step.AWAIT: f"Wait for {name} to introduce you",
        Step.THANK: f"Thank {name}",
    }
    return words[one.step] if one.step is not None else "Nothing is left to do"


def noted(one: Standing) -> tuple[str, str]:
    """What the button beside "message opened" says, and the notice after it."""
    match one.step:
        case Step.MAKE:
            return "Made", "Introduced: " + title(one.introduction)
        case Step.THANK:
            return "Thanked", "Thanks noted"
        case Step.ASK_A | Step.ASK_B | Step.ASK_INTRODUCER:
            return "Asked", "Noted as asked"
        case Step.AWAIT:
            return "", "Introduced: " + title(one.introduction)
        case _:
            return "", "Noted"
