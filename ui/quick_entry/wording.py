"""What was understood, in the words of the chips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.quick_entry.records import PartKind, Span, Understanding, Who
from planner.relations.records import Direction, ExchangeKind, InteractionKind, PromiseSide
from ui.day_words import day_words
from ui.theme_tokens import Tone
from ui.widgets.dates import shown_time

KIND_WORDS = {
    InteractionKind.MET: "Met",
    InteractionKind.CALL: "Call",
    InteractionKind.VIDEO: "Video call",
    InteractionKind.EMAIL: "Email",
    InteractionKind.MESSAGE: "Message",
    InteractionKind.LETTER: "Letter",
    InteractionKind.SOCIAL: "Online",
}
_EXCHANGES = {
    ExchangeKind.INTRODUCTION: "an introduction",
    ExchangeKind.RESOURCE: "a resource",
    ExchangeKind.ADVICE: "advice",
    ExchangeKind.REVIEW: "a review",
    ExchangeKind.REFERRAL: "a referral",
    ExchangeKind.OPPORTUNITY: "an opportunity",
    ExchangeKind.SUPPORT: "support",
    ExchangeKind.ENDORSEMENT: "an endorsement",
    ExchangeKind.CONGRATULATION: "congratulations",
}


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """A chip: what it stands for, its words, what a tool tip adds, and where its words are in the sentence."""

    kind: PartKind
    key: str
    text: str
    tone: Tone
    tip: str = ""
    span: Span | None = None


def chips(said: Understanding) -> list[ChipSpec]:
    """What was understood, in the order people would tell it."""
    spans = {part.key: part.span for part in reversed(said.parts)}
    found: list[ChipSpec] = []
    if said.kind is not None:
        doubt = "?" if said.kind_guessed else ""
        tone = Tone.NEUTRAL if said.kind_guessed else Tone.ACCENT
        tip = "No word says how you were in touch" if said.kind_guessed else ""
        found.append(ChipSpec(PartKind.KIND, "kind", KIND_WORDS[said.kind] + doubt, tone, tip, spans.get("kind")))
        found.append(
            ChipSpec(PartKind.WHEN, "when", when_words(said), Tone.ACCENT if "when" in spans else Tone.NEUTRAL,
                     "" if "when" in spans else "No day is named", spans.get("when"))
        )  # fmt: skip
        if said.minutes:
            found.append(
                ChipSpec(PartKind.MINUTES, "minutes", f"{said.minutes} min", Tone.ACCENT, "", spans.get("minutes"))
            )
    found += [person_chip(who, spans.get(who.key)) for who in said.people]
    if said.event is not None:
        found.append(ChipSpec(PartKind.EVENT, "event", said.event.title, Tone.ACCENT, "", spans.get("event")))
    if said.place:
        found.append(ChipSpec(PartKind.PLACE, "place", said.place, Tone.ACCENT, "", spans.get("place")))
    found += _promises(said)
    for exchange in said.exchanges:
        verb = "Gave" if exchange.direction is Direction.GIVEN else "Received"
        words = f"{verb} {_EXCHANGES[exchange.kind]}" + (f": {exchange.text}" if exchange.text else "")
        found.append(ChipSpec(PartKind.EXCHANGE, exchange.key, words, Tone.INFO, "", exchange.span))
    for part in said.follow_ups:
        words = f"To do: {part.title} · {day_words(part.due_on, said.today)}"
        if part.due_time:
            words += f" {shown_time(part.due_time)}"
        tip = "" if part.dated else "No day is named; this one is proposed"
        found.append(ChipSpec(PartKind.FOLLOW_UP, part.key, words, Tone.WARN, tip, part.span))
    found += [
        ChipSpec(PartKind.TAG, f"tag:{tag.casefold()}", f"#{tag}", Tone.NEUTRAL, "", spans.get(f"tag:{tag.casefold()}"))
        for tag in said.tags
    ]
    return found


def _promises(said: Understanding) -> list[ChipSpec]:
    found = []
    for part in said.promises:
        mine = part.side is PromiseSide.MINE
        owner = "I owe" if mine else _owner(part.people or said.people)
        words = f"{owner}: {part.text}" + (f" · {day_words(part.due_on, said.today)}" if part.due_on else "")
        tip = "" if part.due_on or not mine else "No day is named; a follow-up comes in a week"
        found.append(ChipSpec(PartKind.PROMISE, part.key, words, Tone.WARN if mine else Tone.INFO, tip, part.span))
    return found


def _owner(people: tuple[Who, ...]) -> str:
    return f"{people[0].name} owes" if len(people) == 1 else "They owe"


def person_chip(who: Who, span: Span | None) -> ChipSpec:
    """Someone who took part; in warning colours where it may be somebody else."""
    if who.chosen is None:
        words = f"New: {who.new_name}" + (f", {who.organisation}" if who.organisation else "")
        tip = "A new contact will be made" + (f" with {who.email}" if who.email else "")
        return ChipSpec(PartKind.PERSON, who.key, words, Tone.INFO, tip, span)
    doubt = "" if who.sure else "?"
    tip = "" if who.sure else "Somebody else has such a name: press Enter to choose"
    return ChipSpec(PartKind.PERSON, who.key, who.name + doubt, Tone.ACCENT if who.sure else Tone.WARN, tip, span)


def when_words(said: Understanding) -> str:
    """ "yesterday 14:30"."""
    day = said.on or said.today
    return day_words(day, said.today) + (f" {shown_time(said.at)}" if said.at else "")


def missing_words(said: Understanding) -> str:
    """What is needed before it can be saved, or ""."""
    if said.missing == "who":
        return "Whom was it with? Name someone."
    if said.missing == "what" and said.sentence.strip():
        return "What happened, what was promised, or what should you be reminded of?"
    return ""


def done_words(label: str) -> str:
    """A command's label as something that was done: "log a call with X" is "Logged a call with X"."""
    for verb, done in (("log ", "Logged "), ("note ", "Noted "), ("plan ", "Planned "), ("tag ", "Tagged ")):
        if label.startswith(verb):
            return done + label[len(verb) :]
    return label[:1].upper() + label[1:]


def coming_days(today: date) -> list[tuple[str, date]]:
    """Days to choose from for something to do."""
    from datetime import timedelta

    friday = today + timedelta((4 - today.weekday()) % 7 or 7)
    monday = today + timedelta(7 - today.weekday())
    named = [("Tomorrow", today + timedelta(1)), ("Friday", friday), ("Next week", monday)]
    named += [("In two weeks", today + timedelta(14)), ("In a month", today + timedelta(30))]
    return sorted(named, key=lambda pair: pair[1])


def past_days(today: date) -> list[tuple[str, date]]:
    """Days to choose from for something that happened."""
    from datetime import timedelta

    days = [(day_words(day, today), day) for day in (today - timedelta(back) for back in range(7))]
    return [(words[:1].upper() + words[1:], day) for words, day in days]
