"""The people named in a sentence: which words are a name, whom it fits, and whether they took part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from planner.folding import fold
from planner.quick_entry.lexicon import ACTS, MONTH_NAMES, NAME, NEVER_A_NAME, SOMETIMES_A_NAME
from planner.quick_entry.records import FoundPerson, Lookups, Span

#: A name that fits at least so well is taken for the contact; below, it is only proposed.
FITS = 95.0
#: More names than this in one sentence are not looked for: each costs a look-up at every key press.
_MOST = 12
_LONGEST = 4
#: The score of somebody of whose name only a part was written, with another beside it.
_HALF = 50.0


class Place(IntEnum):
    """Where in the sentence a name stands, the surest sign of taking part first."""

    HEADER = 0  # "coffee with NAME", "called NAME"
    SUBJECT = 1  # "NAME introduced me to …"
    OBJECT = 2  # "told NAME", "promised NAME"
    ASIDE = 3  # "… about NAME", "NAME's paper", "introduced me to NAME"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the sentence. `people` are whom it may mean, the likeliest first; empty for somebody new.

    `around` also covers the organisation that was added to tell them apart ("Anjali from Northlight").
    """

    span: Span
    name: str
    place: Place
    people: tuple[FoundPerson, ...] = ()
    organisation: str = ""
    around: Span | None = None

    @property
    def known(self) -> bool:
        """Whether it fits somebody well enough to be taken for them."""
        return bool(self.people) and self.people[0].score >= FITS


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span

    @property
    def capital(self) -> bool:
        return not self.text[0].islower()

    @property
    def plain(self) -> str:
        return re.sub(r"['’]s?$", "", self.text)

    def may_be_name(self, sentence: str, placed: bool) -> bool:
        folded = self.plain.casefold()
        if folded in MONTH_NAMES:
            beside = _NUMBER_BEFORE.search(sentence[: self.span.start]) or _NUMBER_AFTER.match(
                sentence[self.span.end :]
            )
            return beside is None and (placed or self.capital)
        if folded in SOMETIMES_A_NAME:
            return self.capital and placed
        return folded not in NEVER_A_NAME


_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\W\d_]+['’](?=\s)")
_NUMBER_BEFORE = re.compile(
    r"\d(?:st|nd|rd|th|\.)?\s+(?:of\s+)?$|\b(?:in|since|until|till|last|next|this|by)\s+$", re.IGNORECASE
)
_NUMBER_AFTER = re.compile(
    r"\.?\s+(?:the\s+)?\d+(?!\s*(?:day|week|month|year|min|hour|h\b|[ap]m\b)|[:.\d])", re.IGNORECASE
)
_TITLE = re.compile(r"(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame)\.?\s+$", re.IGNORECASE)
_PARTICLES = frozenset("van von der den de del della di da la le el al bin ibn ben ter ten zu dos do du st".split())

_HEADER = re.compile(
    r"(?:(?<![\w'’-])(?:(?<!\bhelp )with|w/|met|met\s+up\s+with|saw|called|rang|phoned"
    r"|phone|call|ring|emailed|e-mailed|email|mailed|messaged|texted|dm['’]?e?d|pinged|visited|joined|meeting|zoomed|skyped|facetimed|bumped\s+into|ran\s+into"
    r"|(?:wrote|written|write|spoke|spoken|talked|chatted|replied|reached\s+out|letter|card|postcard|e-?mail|message|text|note)"
    r"(?:\s+back)?\s+to|(?:call|coffee|lunch|dinner|drinks|chat|1[:-]1|e-?mail|message|letter|note|card)\s*[:,·–-]?"
    r"|(?:call|e-?mail|message|letter|note|card|text)\s+from)\s+(?:the\s+)?|@)$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"(?<![\w'’-])(?:told|asked|thanked|promised?|owe|owed|sent|send|gave|give|tell|ask|help|show|invite|helped|congratulated|introduced?|referred|endorsed|advised|offered|paid|invited"
    r"|follow(?:ed)?[\s-]?up\s+with|check(?:ed)?[\s-]in\s+with|ping|nudge|chase|thank|congratulate|touch\s+base\s+with"
    r"|get\s+back\s+to|remind\s+me\s+to\s+(?:call|e-?mail|write|message|ping|thank|ask|tell|phone|ring)(?:\s+to)?"
    r"|(?:advice|feedback|help|tips|intro|introduction|referral|support)\s+from|reconnect\s+with|reach\s+out\s+to"
    r"|(?:sent|send|gave|give|forward(?:ed)?|mail)\b[^.;,]{1,40}\bto|(?:shared|share|discussed|agreed)\b[^.;,]{0,40}\bwith|heard\s+from)\s+$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:introduced?|intro['’]?d|connected?|introduction|intro)\s+(?:\S+\s+){0,3}(?:to|with)\s+$", re.IGNORECASE
)
_LIST = re.compile(r"\s*(?:,\s*(?:and\s+)?|&\s*|\+\s*|and\s+)$", re.IGNORECASE)
_CLAUSE_HEAD = re.compile(r"(?:^|[.;!?\n]\s*|[,–—-]\s+|\b(?:and|then|but|where|that)\s+)(?:the\s+)?$", re.IGNORECASE)
_AFTER_UNKNOWN = re.compile(
    r"\s*(?:$|[,.;:!?)(·–—-]|&|\+|(?:and|at|in|on|from|of|about|over|re|via|by|for|yesterday|today|this|last|next|tomorrow"
    r"|to|who|is|was|has|said|says|told|promised|owes?|will|introduced|with|we|i|she|he|they|\d)\b)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s+(?:from|of|at|@)\s+(?:the\s+)?|\s*\(\s*", re.IGNORECASE)


def find(sentence: str, lookups: Lookups) -> list[Mention]:
    """Every name in the sentence, in order. Words in capitals that are nobody's name stay text."""
    found: list[Mention] = []
    words = [_Word(match.group(), Span(*match.span())) for match in _WORD.finditer(sentence)]
    index = 0
    while index < len(words) and len(found) < _MOST:
        if found and found[-1].around and words[index].span.overlaps(found[-1].around):
            index += 1  # the organisation that tells the last one apart
            continue
        mention, used = _at(sentence, words, index, found, lookups)
        if mention is not None:
            found.append(mention)
        index += max(used, 1)
    return found


def masked(sentence: str, mentions: list[Mention]) -> str:
    """The sentence with each name, and what tells it apart, replaced by as many NAME characters."""
    chars = list(sentence)
    for mention in mentions:
        span = mention.around or mention.span
        chars[span.start : span.end] = NAME * (span.end - span.start)
    return "".join(chars)


def _at(
    sentence: str, words: list[_Word], index: int, before: list[Mention], lookups: Lookups
) -> tuple[Mention | None, int]:
    word = words[index]
    place, listed = _place(sentence, word.span.start, before)
    if not word.may_be_name(sentence, place is Place.HEADER):
        return None, 1
    if not word.capital and place is Place.ASIDE:
        return None, 1
    run = list(_run(sentence, words, index, placed=place is Place.HEADER))
    whole = len(list(_leading_capitals(run)))
    for length in range(len(run), 0, -1):
        part = run[:length]
        people = lookups.people(_text(part), limit=6)
        if people and people[0].score >= FITS and _believable(sentence, part, place, people):
            if length < whole and place in (Place.HEADER, Place.SUBJECT):
                # "Dana Cole" is not the Dana that is known, but may be.
                part, length = run[:whole], whole
                people = tuple(replace(person, score=_HALF) for person in people)
            return _told_apart(sentence, _mention(sentence, part, place, people)), length
    return _unknown(sentence, run, place, listed, lookups)


def _unknown(
    sentence: str, run: list[_Word], place: Place, listed: bool, lookups: Lookups
) -> tuple[Mention | None, int]:
    """Somebody new, or a misspelt name, where the place in the sentence says that it must be a person."""
    capitals = [word for word, _ in zip(run, _leading_capitals(run), strict=False)]
    # In small letters, a name is one word or two; more, and it is likelier that the sentence has gone on.
    part = capitals or (run[:2] if len(run) == 2 and _goes_on(sentence, run) else run[:1])
    after = sentence[part[-1].span.end :]
    if place is Place.HEADER:
        certain = _goes_on(sentence, part) and (bool(capitals) or not listed)
    else:
        certain = place is not Place.ASIDE and bool(capitals) and bool(ACTS.match(after)) and len(part[0].plain) > 1
        certain = certain and (place is Place.OBJECT or len(part) > 1)
    if not certain:
        return None, 1
    people = lookups.people(_text(part), limit=6, fuzzy=True)
    mention = _mention(sentence, part, place, people)
    return _told_apart(sentence, mention), len(part)


def _goes_on(sentence: str, part: list[_Word]) -> bool:
    """Whether what follows can follow a name."""
    return bool(_AFTER_UNKNOWN.match(sentence[part[-1].span.end :]))


def _leading_capitals(run: list[_Word]) -> Iterator[_Word]:
    for position, word in enumerate(run):
        particle = position and word.text in _PARTICLES and any(later.capital for later in run[position + 1 :])
        if not (word.capital or particle):
            return
        yield word


def _run(sentence: str, words: list[_Word], index: int, *, placed: bool) -> Iterator[_Word]:
    """The words from here on that could make one name."""
    end = None
    for word in words[index : index + _LONGEST]:
        if end is not None and (sentence[end : word.span.start].strip(" ") or not word.may_be_name(sentence, False)):
            return
        if end is None and not word.may_be_name(sentence, placed):
            return
        yield word
        end = word.span.end
        if word.plain != word.text:  # a possessive ends the name
            return


def _believable(sentence: str, part: list[_Word], place: Place, people: tuple[FoundPerson, ...]) -> bool:
    """Whether words that happen to be somebody's name are meant as one."""
    if place is Place.HEADER or len(part) > 1:
        return True
    if place is Place.OBJECT:
        return part[0].capital or people[0].score >= 100
    after = sentence[part[-1].span.end :]
    if place is Place.SUBJECT:
        # Whoever is at the event that is written about is meant, whatever they are said to do.
        at_hand = people[0].here and part[0].capital
        return people[0].score >= 100 and bool(at_hand or ACTS.match(after) or part[0].plain != part[0].text)
    return part[0].capital and people[0].score >= 100


def _place(sentence: str, start: int, before: list[Mention]) -> tuple[Place, bool]:
    """Where a word stands, and whether it goes on a list of names."""
    head = _TITLE.sub("", sentence[:start])
    if before:
        last = before[-1]
        between = sentence[(last.around or last.span).end : start]
        if last.place is not Place.ASIDE and _LIST.fullmatch(between):
            return last.place, True
    if _ASIDE.search(head):
        return Place.ASIDE, False
    if _OBJECT.search(head):
        return Place.OBJECT, False
    if _HEADER.search(head):
        return Place.HEADER, False
    if _CLAUSE_HEAD.search(head):
        return Place.SUBJECT, False
    return Place.ASIDE, False


def _text(part: list[_Word]) -> str:
    return " ".join((*(word.text for word in part[:-1]), part[-1].plain))


def _mention(sentence: str, part: list[_Word], place: Place, people: tuple[FoundPerson, ...]) -> Mention:
    last = part[-1]
    possessive = last.plain != last.text and last.text[-1] in "s'’"
    start = part[0].span.start
    if title := _TITLE.search(sentence[:start]):
        start = title.start()
    name = _text(part)
    if not any(char.isupper() for char in name):
        name = name.title()
    end = last.span.end - (len(last.text) - len(last.plain))
    return Mention(Span(start, end), name, Place.ASIDE if possessive and not _acts(sentence, end) else place, people)


def _acts(sentence: str, end: int) -> bool:
    # "Anjali's sending it": somebody acts; "Anjali's paper": a thing of theirs.
    return bool(re.match(r"['’]s\s+(?:going|sending|got|promised|offered|agreed)\b", sentence[end:], re.IGNORECASE))


def _told_apart(sentence: str, mention: Mention) -> Mention:
    """The mention with those first whose organisation is named after it."""
    link = _FROM.match(sentence, mention.span.end)
    if link is None:
        return mention
    words = [match for match in _WORD.finditer(sentence, link.end()) if match.start() < link.end() + 60][:_LONGEST]
    if not words or words[0].start() != link.end():
        return mention
    bracket = link.group().strip().startswith("(")
    for length in range(len(words), 0, -1):
        end = words[length - 1].end()
        named = fold(sentence[link.end() : end])
        fitting = [person for person in mention.people if _same_organisation(person.organisation, named)]
        if fitting and mention.known:
            others = [replace(each, score=min(each.score, FITS)) for each in mention.people if each not in fitting]
            first = tuple(replace(person, score=101.0) for person in fitting)
            closing = 1 if bracket and sentence[end : end + 1] == ")" else 0
            return replace(mention, people=(*first, *others), around=Span(mention.span.start, end + closing))
    if mention.known or not words[0].group()[0].isupper() or link.group().split()[0] not in ("from", "of", "("):
        return mention
    end = words[0].end()
    for word in words[1:]:
        if not word.group()[0].isupper() or sentence[end : word.start()].strip(" "):
            break
        end = word.end()
    closing = 1 if bracket and sentence[end : end + 1] == ")" else 0
    return replace(mention, organisation=sentence[link.end() : end], around=Span(mention.span.start, end + closing))


def _same_organisation(organisation: str, named: str) -> bool:
    return bool(organisation) and len(named) > 1 and (fold(organisation) + " ").startswith(named + " ")
