"""Whom a link or an article would interest: what it is about, held against what is known of people. Pure.

Every word of it counts by where somebody has it: a tag you gave says "interested in this" outright; their field, and
what they look for, nearly so; something you talked about, the more so the more lately; a note or a line of research;
at last the title or the organisation. A word counts by how telling it is, the inverse document frequency of Spärck
Jones ("A statistical interpretation of term specificity and its application in retrieval", Journal of Documentation
28, 1972): one that half of all people have says little. Each word counts once a person, in its best place. There is no
score to be seen, only an order and the reasons for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log
from urllib.parse import unquote, urlsplit

from planner.folding import fold, words


class Where(StrEnum):
    """Where a word was found with somebody."""

    TAG = "tag"
    FIELD = "field"
    WANTS = "wants"
    TALK = "talk"
    NOTES = "notes"
    WORK = "work"


#: How much a word says by where it stands; what was talked about halves with every half a year.
_WEIGHTS = {Where.TAG: 5.0, Where.FIELD: 4.0, Where.WANTS: 4.0, Where.TALK: 3.5, Where.NOTES: 2.5, Where.WORK: 2.0}
_HALF_LIFE = 182
#: More words than this make no subject clearer.
MOST_TERMS = 14
_SHORTEST = 3

_STOP = frozenset(
    "the and for with from that this have has had was were are not but you your our their his her its they them what"
    " when where who how why which will would could should can may about into over under than then there here more most"
    " some any all one two new now just also out very been being only other these those such many much each after"
    " before between because while during without within across via per make makes made get gets use uses used using"
    " www http https com org net html htm php index article articles blog post posts news news read page pages story"
    " id utm source medium campaign amp ref share html5 pdf en de fr es"
    " der die das und oder mit von fur auf ein eine einer eines ist sind wird werden wie was wer wo warum nicht auch"
    " sich bei aus nach uber unter zum zur des dem den im am an als"
    " les des une est pas que qui dans pour sur avec par plus los las una del por para con".split()
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is to be shared. `link` is a web address, "" where words were pasted; `text` is all else that was."""

    link: str = ""
    text: str = ""

    @property
    def title(self) -> str:
        """A short name for it: the first line of the words, else what the address says."""
        for line in self.text.splitlines():
            if line.strip():
                plain = " ".join(line.split())
                return plain if len(plain) <= 90 else f"{plain[:89].rstrip()}…"
        said = " ".join(_of_address(self.link))
        return said[:1].upper() + said[1:] if said else self.link


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word found with somebody. `shown` is what it stood in ("wind energy"), `on` when it was talked about."""

    contact_id: int
    term: str
    where: Where
    shown: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Interested:
    """Somebody it would interest, how much by comparison, and why in words, the best reason first."""

    contact_id: int
    score: float
    reasons: tuple[str, ...]


_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)


def understand(pasted: str) -> Shared:
    """What was pasted: the first web address in it, and the words around it."""
    found = _URL.search(pasted)
    if found is None:
        return Shared("", pasted.strip())
    link = found[0].rstrip(".,;:!?)]}'")
    rest = pasted[: found.start()] + pasted[found.start() + len(link) :]
    return Shared(link if "://" in link else f"https://{link}", rest.strip())


def terms(shared: Shared, subject: str = "") -> tuple[str, ...]:
    """The words it is about, folded, the most telling first: what you say it is about, its title, then how often.

    Nothing is fetched: of a link, only what its address says is known.
    """
    counts: dict[str, float] = defaultdict(float)
    order: list[str] = []
    body = shared.text.splitlines()
    weighted = [(3.0, words(subject)), (2.0, _of_address(shared.link)), (2.0, words(body[0] if body else ""))]
    weighted.append((1.0, words(" ".join(body[1:])[:20_000])))
    for weight, found in weighted:
        for word in found:
            if len(word) >= _SHORTEST and word not in _STOP and not word.isdigit():
                if word not in counts:
                    order.append(word)
                counts[word] += weight
    ranked = sorted(order, key=lambda word: (-counts[word], order.index(word)))
    return tuple(ranked[:MOST_TERMS])


def rank(
    evidence: Iterable[Evidence], people: int, today: date, *, carried: Mapping[str, int] | None = None
) -> tuple[Interested, ...]:
    """Those it would interest, the most likely first.

    `people` is how many there are in all; `carried` how many of them have each word, counted from the evidence where
    it is not given. The order evidence comes in does not matter.
    """
    found = list(evidence)
    having: dict[str, set[int]] = defaultdict(set)
    for each in found:
        having[each.term].add(each.contact_id)
    telling = {term: specificity((carried or {}).get(term, len(ids)), people) for term, ids in having.items()}
    best: dict[int, dict[str, tuple[float, Evidence]]] = defaultdict(dict)
    for each in found:
        points = _WEIGHTS[each.where] * _lately(each.on, today) * telling[each.term]
        known = best[each.contact_id].get(each.term)
        if known is None or (points, _key(each)) > (known[0], _key(known[1])):
            best[each.contact_id][each.term] = (points, each)
    ranked = []
    for contact_id, by_term in best.items():
        ordered = sorted(by_term.values(), key=lambda pair: (-pair[0], _key(pair[1])))
        reasons = tuple(dict.fromkeys(_reason(each, today) for _, each in ordered))
        ranked.append(Interested(contact_id, sum(points for points, _ in ordered), reasons[:3]))
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.contact_id)))


def specificity(having: int, people: int) -> float:
    """How telling a word is that so many of all people have, from just above 0 to 1."""
    total = max(people, having, 1)
    return (log((total + 1) / (having + 0.5)) + 0.05) / (log((total + 1) / 0.5) + 0.05)


def matching(text: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Which of these folded words a text has; a longer word that begins with one of four letters or more has it too."""
    there = set(words(text))
    return tuple(
        term for term in wanted if term in there or (len(term) >= 4 and any(word.startswith(term) for word in there))
    )


def _lately(on: date | None, today: date) -> float:
    return 1.0 if on is None else max(0.15, 0.5 ** (max(0, (today - on).days) / _HALF_LIFE))


def _key(each: Evidence) -> tuple[str, str, str, str]:
    return each.where.value, each.shown, "" if each.on is None else each.on.isoformat(), each.term


def _reason(each: Evidence, today: date) -> str:
    shown = each.shown or each.term
    match each.where:
        case Where.TAG:
            return f"tagged {shown}"
        case Where.FIELD:
            return f"works in {shown}"
        case Where.WANTS:
            return f"is looking for {shown}"
        case Where.TALK:
            return f"you talked about {each.term}{_ago(each.on, today)}"
        case Where.NOTES:
            return f"your notes mention {each.term}"
        case _:
            return shown


def _ago(on: date | None, today: date) -> str:
    if on is None:
        return ""
    days = (today - on).days
    if days <= 1:
        return " today" if days <= 0 else " yesterday"
    for size, word in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= 2 * size or size == 1:
            return f" {days // size} {word}s ago"
    return ""


def _of_address(link: str) -> list[str]:
    if not link:
        return []
    try:
        parts = urlsplit(link)
    except ValueError:
        return []
    path = re.sub(r"\.(html?|php|aspx?|pdf)$", "", unquote(parts.path))
    host = fold(parts.hostname or "").removeprefix("www.").rsplit(".", 1)[0]
    spelt = re.sub(r"[-_/+.%]", " ", path)
    found = [word for word in words(spelt) if not any(char.isdigit() for char in word)]
    return found or words(host)
