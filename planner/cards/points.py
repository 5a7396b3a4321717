"""Emails, links and phones of a card, taken out of its rows; what is left of each row goes on to the other rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from planner.cards import addresses, looks, numbers
from planner.cards.addresses import Span
from planner.cards.broken import made_whole
from planner.cards.lines import Row, is_label
from planner.cards.numbers import Number
from planner.cards.records import Box, FieldKind
from planner.cards.words import phone_labels, section
from planner.contacts.countries import code_of
from planner.folding import fold

#: Countries' endings that the world uses for other things.
_NO_COUNTRY = frozenset("io co me tv ai cc eu ly fm gg to sh app dev la ws nu am im is it.com".split())
#: The doubt of a value that a second look read otherwise.
TORN = "two looks at it differ"
_SEPARATORS = re.compile(r"\s*[|•·■▪●◆]\s*|\s{3,}")


@dataclass
class Draft:
    """A field in the making. `reasons` are why it may be wrong; `only_spaces` that just spaces were taken out; `other`
    is the number that a second look read instead."""

    kind: FieldKind
    value: str
    confidence: float
    row: Row
    label: str = ""
    reasons: list[str] = field(default_factory=list)
    only_spaces: bool = False
    e164: str = ""
    country: str = ""
    box: Box | None = None
    other: str = ""

    def doubt(self, reason: str, confidence: float = 0.6) -> None:
        """Note why it may be wrong."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        self.confidence = min(self.confidence, confidence)


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a row without a way to reach someone in it. `part` counts the pieces of one row; `alone` says that
    the row held nothing else."""

    text: str
    row: Row
    part: int = 0
    alone: bool = True


def extracted(rows: Sequence[Row]) -> tuple[list[Draft], list[Text]]:
    """The emails, links and phones of these rows, and the texts that are left."""
    drafts: list[Draft] = []
    texts: list[Text] = []
    for row in made_whole(rows):
        found, rest = _taken(row)
        drafts += found
        pieces = [piece for part in _SEPARATORS.split(rest) if part and (piece := _without_labels(part))]
        if any(draft.label == "linkedin" for draft in found):
            # The network's own mark, read as text.
            pieces = [piece for piece in pieces if piece.lower() != "in"]
        alone = not found and len(pieces) == 1
        texts += [Text(piece, row, part, alone) for part, piece in enumerate(pieces)]
    return drafts, texts


def _taken(row: Row) -> tuple[list[Draft], str]:
    if "@" in row.text:
        row = replace(row, text=addresses.unglued(row.text), again=row.again and addresses.unglued(row.again))
    text = row.text
    drafts: list[Draft] = []
    again = _values(row.again) if row.again is not None and not row.agreed else None

    def keep(kind: FieldKind, span: Span | Number, label: str) -> Draft:
        value, repaired = span.value, span.repaired
        draft = Draft(kind, value, min(0.99, row.confidence), row, label, box=_part_of(row, value, span.start))
        if repaired:
            draft.only_spaces = repaired == addresses.SPACES
            draft.doubt(repaired, 0.7)
        if again is not None and _key(kind, value) not in again:
            draft.doubt(TORN, 0.5)
        if row.doubt:
            draft.doubt(row.doubt, 0.7)
        drafts.append(draft)
        return draft

    for email in list(addresses.emails(text)):
        keep(FieldKind.EMAIL, email, "")
        text = _blanked(text, email.start, email.end)
    for email in list(addresses.cut_off(text)):
        keep(FieldKind.EMAIL, email, "").confidence = 0.4
        text = _blanked(text, email.start, email.end)
    for link in list(addresses.links(text)):
        keep(FieldKind.LINK, link, link.label)
        text = _blanked(text, link.start, link.end)
    for handle in list(addresses.handles(text)):
        made = keep(FieldKind.LINK, handle, handle.label)
        if handle.label == "social":
            made.doubt("it does not say which network", 0.6)
        text = _blanked(text, handle.start, handle.end)
    return drafts, _phones(numbers.respaced(text), row, again is not None, keep)


def _phones(text: str, row: Row, torn: bool, keep: Callable[[FieldKind, Span | Number, str], Draft]) -> str:
    """Keep the numbers in what is left of a row, and give back what is left then."""
    read = list(numbers.found(text))
    others = list(numbers.found(row.again or "")) if torn else []
    for at, number in enumerate(read):
        draft = keep(FieldKind.PHONE, number, number.kind)
        if len(others) == len(read) and draft.reasons:
            draft.other = others[at].value
        if numbers.goes_on(text, number):
            draft.doubt("there are more digits beside it", 0.6)
        text = _blanked(text, number.start, number.end)
    return text


def _blanked(text: str, start: int, end: int) -> str:
    # Of the same length, so that later spans still fit; wide enough to part what stood on both sides.
    return text[:start] + " " * max(end - start, 0) + text[end:]


def _part_of(row: Row, value: str, since: int = 0) -> Box | None:
    """The part of a row's box that a value takes, by the share of its letters; it is looked for from `since` on."""
    if row.box is None or len(value) >= 0.8 * len(row.text):
        return row.box
    at = row.text.find(value, since)
    if at < 0:
        return row.box
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = row.box.corners
    start, end = at / len(row.text), (at + len(value)) / len(row.text)

    def between(x0: int, y0: int, x1: int, y1: int, share: float) -> tuple[int, int]:
        return round(x0 + (x1 - x0) * share), round(y0 + (y1 - y0) * share)

    return Box(
        (
            between(ax, ay, bx, by, start),
            between(ax, ay, bx, by, end),
            between(dx, dy, cx, cy, end),
            between(dx, dy, cx, cy, start),
        )
    )


def _values(text: str) -> set[tuple[FieldKind, str]]:
    rest = numbers.respaced(text)
    found: set[tuple[FieldKind, str]] = set()
    for kind, spans in (
        (FieldKind.EMAIL, addresses.emails),
        (FieldKind.LINK, addresses.links),
        (FieldKind.LINK, addresses.handles),
    ):
        for span in list(spans(rest)):
            found.add(_key(kind, span.value))
            rest = _blanked(rest, span.start, span.end)
    return found | {_key(FieldKind.PHONE, number.value) for number in numbers.found(rest)}


def _key(kind: FieldKind, value: str) -> tuple[FieldKind, str]:
    if kind is FieldKind.PHONE:
        return kind, ("+" if value.startswith("+") else "") + re.sub(r"\D", "", value)
    if kind is FieldKind.LINK:
        return kind, re.sub(r"^(?:https?:/*)?(?:www\.?)?", "", value.casefold()).rstrip("/")
    return kind, value.casefold()


def _without_labels(text: str) -> str:
    """A text without the words and signs that only announced what was taken out of it."""
    whole = text.strip()
    text = text.strip(" \t,;:|/·•-–—[]>*")
    if text.count("(") != text.count(")"):
        text = text.strip("() ")
    words = text.split()
    while words and (is_label(words[-1]) and (words[-1].endswith((":", ".")) or len(words) == 1)):
        words.pop()
    text = " ".join(words).strip(" ,;:|/·•-–—")
    if not re.search(r"[^\W_]", text):
        return ""
    parts = [part for part in re.split(r"[\s/&+,.:()]+", fold(text)) if part]
    # "o.o." is the end of a firm's legal form, not two labels.
    abbreviation = re.fullmatch(r"(?:[^\W\d_]\.){2,}", whole)
    labels = {*phone_labels(), *section("email label"), *section("link label")}
    if not abbreviation and all(part in labels for part in parts):
        return ""
    return "" if len(text) == 1 and text.isascii() else text


def checked(drafts: Iterable[Draft], region: str, addressed: str = "") -> None:
    """Look at each number by its country's plan, and give it a kind where none is printed.

    The country of a number without a code is that of the address, of the other numbers, of the web address, or
    `region`, in this order.
    """
    phones = [draft for draft in drafts if draft.kind is FieldKind.PHONE]
    if not phones:
        return
    others: Counter[str] = Counter()
    for draft in phones:
        if draft.value.startswith(("+", "00")):
            draft.e164, draft.country, kind = numbers.checked(_international(draft.value), "")
            others[draft.country] += 1
            draft.label = draft.label or kind
    del others[""]
    web = _web_country(drafts)
    likely = [code for code in (addressed, *(code for code, _ in others.most_common(2)), web, region) if code]
    for draft in phones:
        if draft.other:
            beside = [one.value for one in phones if one is not draft and not one.other] or [
                one.value for one in phones if one is not draft
            ]
            draft.value, draft.other = looks.likelier(draft.value, draft.other, beside, likely), ""
            if draft.value.startswith("+"):
                draft.e164, draft.country, _ = numbers.checked(draft.value, "")
        if draft.value.startswith(("+", "00")):
            _judge(draft, bool(draft.e164), numbers.possible(_international(draft.value), ""), addressed, web, others)
            continue
        for code in dict.fromkeys(likely):
            draft.e164, draft.country, kind = numbers.checked(draft.value, code)
            if draft.e164:
                draft.label = draft.label or kind
                break
        fits = not likely or numbers.possible(draft.value, likely[0])
        _judge(draft, bool(draft.e164), fits, addressed, web, others)
        draft.label = draft.label or "work"
    for draft in phones:
        draft.label = draft.label or "work"


def _international(value: str) -> str:
    return f"+{value[2:]}" if value.startswith("00") else value


def _judge(draft: Draft, valid: bool, possible: bool, addressed: str, web: str, others: Counter[str]) -> None:
    if not valid and not possible:
        draft.doubt("no number of that country has as many digits", 0.5)
    elif not valid and not re.search(r"[\s.\-/()+]", draft.value):
        draft.doubt("it may be another kind of number", 0.6)
    elif draft.confidence < (0.85 if valid else 0.9):
        draft.doubt("it was hard to read", 0.7)
    elif not valid:
        draft.confidence = min(draft.confidence, 0.88)
    here = {code for code in (addressed, web) if code}
    if draft.country and here and draft.country not in here and others[draft.country] < 2 and len(others) > 1:
        draft.doubt("its country is not that of the address", 0.7)


def _web_country(drafts: Iterable[Draft]) -> str:
    found: Counter[str] = Counter()
    for draft in drafts:
        if draft.kind in (FieldKind.EMAIL, FieldKind.LINK):
            host = draft.value.rpartition("@")[2].partition("://")[2] or draft.value.rpartition("@")[2]
            ending = host.partition("/")[0].rpartition(".")[2].lower()
            if len(ending) == 2 and ending not in _NO_COUNTRY and (code := code_of(ending)):
                found[code] += 1
    return found.most_common(1)[0][0] if found else ""
