"""Who a card is of: of the lines that are no way to reach someone, the name, the organisation, title and department."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planner.cards import firms, mailboxes, names, scoring
from planner.cards.lines import Row
from planner.cards.points import Draft, Text
from planner.cards.records import Box, FieldKind
from planner.cards.spelling import PROVIDERS, letters
from planner.cards.words import plain, section
from planner.folding import fold

_NAME_LEAST, _ORGANISATION_LEAST, _TITLE_LEAST, _DEPARTMENT_LEAST = 0.35, 0.4, 0.42, 0.45
#: From here on words after a comma name a part of a firm rather than what someone directs.
_PART_OF_A_FIRM = 0.5
#: Words for a part of a firm that begin its name, other than those for what it does.
_UNITS = frozenset("service direction pole section unit team office institut institute group groupe lab school".split())


def parted(texts: list[Text], known: scoring.Around) -> list[Text]:
    """ "Jane Berg, CTO" and "CTO, Norrvolt AB" made two texts each."""
    done: list[Text] = []
    for text in texts:
        if (spelled := firms.spelled(text.text)) != text.text:
            text = replace(text, text=spelled)
        parts = _first_and_second(text, known)
        if parts is not None:
            done += [Text(part, text.row, text.part + at, False) for at, part in enumerate(parts)]
            continue
        at = re.match(r"(?i)(?P<title>.{3,50}?)\s+(?:at|bei|@|chez|hos)\s+(?P<firm>[A-Z].{2,50})$", text.text)
        if at and scoring.titled(at["title"]) >= 0.5 and _firmly(at["firm"], known):
            done += [Text(at["title"], text.row, text.part, False), Text(at["firm"], text.row, text.part + 1, False)]
            continue
        done.append(text)
    return done


def _first_and_second(text: Text, known: scoring.Around) -> tuple[str, str] | None:
    """The two parts of a text that says two things with a comma or a dash between."""
    for cut in re.finditer(r",|\s[–—-]\s", text.text):
        first, second = text.text[: cut.start()].strip(), text.text[cut.end() :].strip()
        if first and second and _two_things(Text(first, text.row), Text(second, text.row), known):
            return first, second
    return None


def _firmly(text: str, known: scoring.Around) -> bool:
    return scoring.has_legal_form(text) or scoring.owner(text, known) >= 0.7 or known.typed


def _two_things(first: Text, second: Text, known: scoring.Around) -> bool:
    fits = max((names.fits(first.text, local) for local in known.locals), default=0.0)
    if (names.score(first.text) >= 0.65 or fits >= 0.75) and names.score(second.text) < 0.65:
        suffixes = all(fold(word).strip(".") in _SUFFIXES for word in second.text.replace(",", " ").split())
        return not suffixes and (scoring.titled(second.text) >= 0.5 or scoring.has_legal_form(second.text))
    # "Director, Clinical Research" is one title; "Directrice, Service Juridique" is a title and a department.
    unit = " " in second.text and (plain(second.text) or [""])[0] in _UNITS
    if scoring.titled(first.text) >= 0.5 and (unit or scoring.department(second, scoring.Around()) >= _PART_OF_A_FIRM):
        return True
    return scoring.titled(first.text) >= 0.5 and (
        (scoring.has_legal_form(second.text) and scoring.titled(second.text) < 0.5)
        or scoring.owner(second.text, known) >= 0.8
    )


_SUFFIXES = frozenset(word.strip(".") for word in section("suffix")) | {"phd", "msc", "mba", "bsc"}


def chosen(texts: list[Text], known: scoring.Around) -> tuple[list[Draft], list[Text]]:
    """The likeliest text for each of name, organisation, title and department, and what is left."""
    left = list(texts)
    drafts: list[Draft] = []
    name = _best(left, [scoring.name(text, known) for text in left], _NAME_LEAST)
    respelled = _respelled(left, known, name)
    if respelled is not None:
        text, draft = respelled
    elif name is not None:
        text = name[0]
        draft = _name(*name, known)
    if respelled is not None or name is not None:
        left.remove(text)
        drafts.append(draft)
        known = scoring.Around(known.locals, known.domains, text, known.typed)
    firm = _best(left, [_as_firm(text, known) for text in left], _ORGANISATION_LEAST)
    if firm is None and not known.typed:
        firm = _headline(left, known)
    if firm is not None:
        text, score, gap = firm
        members = firms.whole(text, left, known)
        left = [other for other in left if other not in members]
        value = firms.tidy(" ".join(member.text for member in members))
        draft = _plain(FieldKind.ORGANISATION, value, text, score, gap)
        boxes = [member.row.box for member in members if member.row.box]
        if len(members) > 1:
            draft.box = Box.around(boxes) if boxes else None
            if not all(member.row.agreed for member in members):
                draft.doubt("two looks at it differ", 0.65)
        drafts.append(draft)
        words = letters(fold(value))
        left = [other for other in left if not (letters(fold(other.text)) in words and len(other.text) > 2)]
    scored = [scoring.title(text, known) for text in left]
    title = _best(left, scored, _TITLE_LEAST)
    if title is None:
        title = _under_the_name(left, known)
    if title is not None:
        drafts += _with_continuation(FieldKind.TITLE, title, left)
    part = _best(left, [scoring.department(text, known) for text in left], _DEPARTMENT_LEAST)
    if part is None and title is not None:
        part = _under_the_title(title[0], left, known)
    if part is not None:
        drafts += _with_continuation(FieldKind.DEPARTMENT, part, left)
    return drafts, left


def _best(texts: list[Text], scores: list[float], least: float) -> tuple[Text, float, float] | None:
    """The text with the highest score if it is enough, its score, and how far the next one is behind."""
    if not texts:
        return None
    order = sorted(range(len(texts)), key=lambda at: -scores[at])
    best = order[0]
    if scores[best] < least:
        return None
    gap = scores[best] - scores[order[1]] if len(order) > 1 else 1.0
    return texts[best], scores[best], gap


def _name(text: Text, score: float, gap: float, known: scoring.Around) -> Draft:
    fits = max((names.fits(text.text, local) for local in known.locals), default=0.0)
    sure = min(0.99, 0.45 + 0.4 * min(score, 1.2) + 0.1 * min(gap, 0.5))
    value = names.tidy(text.text)
    draft = Draft(FieldKind.NAME, value, sure if fits < 0.9 else max(sure, 0.95), text.row)
    if not text.row.agreed and fits < 0.9:
        draft.doubt("two looks at it differ", 0.65)
    elif text.row.confidence < 0.9 and fits < 0.9:
        draft.doubt("it was hard to read", 0.7)
    elif gap < 0.08 and fits < 0.75:
        draft.doubt("another line may be the name", 0.6)
    return draft


def _respelled(
    texts: list[Text], known: scoring.Around, best: tuple[Text, float, float] | None
) -> tuple[Text, Draft] | None:
    """The line that a mailbox says is the name, misread, and what it should be; None where another fits better."""
    if known.typed or (best is not None and max((names.fits(best[0].text, one) for one in known.locals), default=0)):
        return None
    found = [
        (text, respelled)
        for text in texts
        if text.row.box is not None and (respelled := mailboxes.respelled(text.text, known.locals)) is not None
    ]
    if not found:
        return None
    text, respelled = max(found, key=lambda one: (one[1].score, one[0].row.height))
    # A line that can be a name as it stands may be right, and the mailbox misread.
    if best is not None and (best[1] >= respelled.score or best[0] is text):
        return None
    draft = Draft(FieldKind.NAME, respelled.name, respelled.score, text.row)
    draft.doubt(f"it was read as “{text.text}”", respelled.score)
    return text, draft


def _as_firm(text: Text, known: scoring.Around) -> float:
    score = scoring.organisation(text, known)
    # On one row with the name stands what they do more often than where.
    if known.name is not None and text.row.index == known.name.row.index and not scoring.has_legal_form(text.text):
        score -= 0.1
    return score


def _headline(texts: list[Text], known: scoring.Around) -> tuple[Text, float, float] | None:
    """The largest words apart from the person's, which on most cards are the organisation's; a proposal."""
    fit = [
        text
        for text in texts
        if text.row.box is not None
        and (known.name is None or text.row.block != known.name.row.block or text.row.index < known.name.row.index)
        and re.fullmatch(r"[^\W_][\w\s&+.'’\-–]{2,39}", text.text)
        and len(text.text.split()) <= 5
        and not re.search(r"[.!?]$|\d{3}", text.text)
        and not scoring.titled(text.text)
        and names.score(text.text) < 0.65
    ]
    if not fit:
        return None
    largest = max(fit, key=lambda text: (text.row.height, -text.row.index))
    return largest, 0.3, 0.0


def _plain(kind: FieldKind, value: str, text: Text, score: float, gap: float) -> Draft:
    sure = min(0.98, 0.5 + 0.45 * min(score, 1.0) + 0.1 * min(gap, 0.4))
    draft = Draft(kind, value, sure, text.row)
    if not text.row.agreed:
        draft.doubt("two looks at it differ", 0.65)
    elif text.row.confidence < 0.88:
        draft.doubt("it was hard to read", 0.7)
    return draft


def _under_the_name(left: list[Text], known: scoring.Around) -> tuple[Text, float, float] | None:
    """The line right under the name, if it can be a title that none of our words knows."""
    if known.name is None:
        return None
    for text in left:
        close = text.row.index in (known.name.row.index, known.name.row.index + 1)
        words = re.fullmatch(r"[^\W\d_][^\d@]{3,60}", text.text)
        elsewhere = scoring.department(text, known) >= _DEPARTMENT_LEAST or scoring.organisation(text, known) >= 0.4
        if close and text.row.block == known.name.row.block and words and not elsewhere:
            return text, 0.35, 0.0
    return None


def _under_the_title(title: Text, left: list[Text], known: scoring.Around) -> tuple[Text, float, float] | None:
    """The line right under the title, of like size: what else stands there is the part of the firm."""
    for text in left:
        close = text.row.block == title.row.block and text.row.index == title.row.index + 1
        alike = 0.75 < text.row.height / max(title.row.height, 0.01) < 1.3
        beside = known.name is not None and known.name.row.block == title.row.block
        words = re.fullmatch(r"[^\W\d_][^\d@]{3,60}[^.!?]", text.text) and names.score(text.text) < 0.65
        if close and alike and beside and words and text.alone:
            return text, 0.3, 0.0
    return None


def _with_continuation(kind: FieldKind, best: tuple[Text, float, float], left: list[Text]) -> list[Draft]:
    """A title or department, with the line below it where it goes on there."""
    text, score, gap = best
    at = left.index(text)
    left.remove(text)
    draft = _plain(kind, text.text.strip(" ,;|"), text, score, gap)
    if at < len(left) and _continues(text, left[at]):
        below = left.pop(at)
        draft.value = f"{draft.value} {below.text.strip(' ,;|')}"
        if text.row.box and below.row.box:
            draft.box = Box.around([text.row.box, below.row.box])
    return [draft]


def _continues(upper: Text, lower: Text) -> bool:
    if upper.row.block != lower.row.block or lower.row.index - upper.row.index > 1:
        return False
    open_end = re.search(r"(?i)(?:[&,/+\-–]|\b(?:and|und|of|for|für|der|des|de|et|y|e|the|in|im))$", upper.text.strip())
    return bool(open_end) or bool(re.match(r"(?:[a-zà-ÿ&+]|and |und |et )", lower.text))


def from_domain(known: scoring.Around, drafts: Sequence[Draft]) -> Draft:
    """The organisation as its own web address calls it: a proposal, never certain."""
    label = next(label for label in known.domains if label not in PROVIDERS)
    row: Row = next((draft.row for draft in drafts if label in draft.value.lower()), drafts[0].row)
    value = label.upper() if len(label) <= 3 else "-".join(part.capitalize() for part in label.split("-"))
    draft = Draft(FieldKind.ORGANISATION, value, 0.4, row)
    draft.doubt("it is taken from the web address", 0.4)
    return draft
