"""The figures of Insights, reckoned from what was gathered. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from planner.insights.diversity import Diversity
from planner.insights.periods import Period, months_of
from planner.insights.records import BlindSpot, Group, MonthBalance, OwnPromise, PromisesKept

#: A network with more than this share in one field hears the same news from everybody.
ONE_SIDED = 0.6
#: Shares of fewer people than this say nothing.
FEWEST = 10
#: Groups listed by name; the rest are told together.
MOST_GROUPS = 5


def promises_kept(promises: Iterable[OwnPromise], period: Period, today: date) -> PromisesKept:
    """How many of my promises I kept, of those that ended in the period or fell due in it and are late by today."""
    kept: list[OwnPromise] = []
    missed: list[OwnPromise] = []
    for one in promises:
        if one.kept is None:
            if one.due_on is not None and one.due_on < today and one.due_on in period:
                missed.append(one)
        elif one.closed_on in period:
            (kept if one.kept else missed).append(one)
    days = [(one.closed_on - one.made_on).days for one in kept if one.closed_on is not None]
    return PromisesKept(
        kept=_people(one.contact_id for one in kept),
        not_kept=_people(one.contact_id for one in missed),
        count_kept=len(kept),
        count=len(kept) + len(missed),
        median_days=float(median(max(0, day) for day in days)) if days else None,
    )


def month_balance(counts: Mapping[tuple[int, int], tuple[int, int]], period: Period) -> tuple[MonthBalance, ...]:
    """Given and received in each month of the period, months without either included; of a long period the last 12."""
    return tuple(MonthBalance(*month, *counts.get(month, (0, 0))) for month in months_of(period))


@dataclass(frozen=True, slots=True)
class Known:
    """A mentor or sponsor, as blind spots see them."""

    id: int
    field: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of the goal: who of the network is there, and which mentors know somebody there."""

    field: str
    there: Collection[int] = ()
    doors: Collection[int] = ()


def blind_spots(
    mentors: Sequence[Known],
    sponsors: Sequence[Known],
    wanted: Sequence[Wanted],
    fields: Diversity,
    organisations: Diversity,
) -> tuple[BlindSpot, ...]:
    """What the network lacks, the gravest first.

    Four gaps are looked for: nobody who would speak for you (a sponsor) in a field you want to move to; all mentors in
    one organisation, whose view of the world is then the only one you hear (Higgins and Kram, "Reconceptualizing
    Mentoring at Work", Academy of Management Review 26, 2001); most of the network in one field (Burt, "Structural
    Holes", 1992); nobody outside one firm. A field's or firm's gap names that `group` in the place of `people`.
    """
    found: list[BlindSpot] = []
    for one in wanted:
        if any(one.field.casefold() in sponsor.field.casefold() for sponsor in sponsors):
            continue
        if one.doors:
            who = "1 mentor knows" if len(one.doors) == 1 else f"{len(one.doors)} mentors know"
            found.append(BlindSpot("No sponsor", f" in {one.field}", f"{who} someone there", _people(one.doors)))
        elif one.there:
            who = "1 person" if len(one.there) == 1 else f"{len(one.there)} people"
            found.append(BlindSpot("No sponsor", f" in {one.field}", f"you know {who} there", _people(one.there)))
        else:
            found.append(BlindSpot("Nobody", f" in {one.field} yet", "your goal leads there", find=True))
    firms = {one.organisation.casefold() for one in mentors}
    if len(mentors) > 1 and len(firms) == 1 and mentors[0].organisation:
        text = f" are at {mentors[0].organisation}"
        found.append(BlindSpot("All mentors", text, "another house sees other ways", _people(o.id for o in mentors)))
    largest = fields.largest
    if largest and fields.known >= FEWEST and largest[1] >= ONE_SIDED:
        share = f"{largest[1] * 100:.0f} %"
        why = "weak ties elsewhere bring the newest information"
        text = f" of your network is in one field, {largest[0]}"
        found.append(BlindSpot(share, text, why, group=("field", largest[0])))
    if organisations.known >= FEWEST and len(organisations.shares) == 1:
        house = organisations.shares[0][0]
        why = "news from elsewhere reaches you last"
        found.append(BlindSpot("Nobody", f" outside {house}", why, group=("organisation", house)))
    return tuple(found)


def groups(spread: Diversity) -> tuple[Group, ...]:
    """The largest groups of a diversity."""
    return tuple(Group(name, share, round(share * spread.known)) for name, share in spread.shares[:MOST_GROUPS])


def led_to(kinds: Iterable[str], new_roles: Iterable[str]) -> str:
    """What an event led to, in words: "1 introduction, 1 opportunity, 1 mentor"; "none yet" for nothing."""
    counted = Counter(kinds) + Counter(new_roles)
    words = {"introduction": "intro", "opportunity": "offer"}
    parts = []
    for kind in ("introduction", "opportunity", "referral", "mentor", "sponsor"):
        if number := counted[kind]:
            word = words.get(kind, kind)
            parts.append(f"{number} {word}{'' if number == 1 else 's'}")
    return ", ".join(parts) or "none yet"


def _people(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(ids)))
