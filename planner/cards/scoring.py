"""How much a text on a card looks like a name, a title, a department or an organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.cards import names
from planner.cards.points import Text
from planner.cards.spelling import PROVIDERS, label_of, letters, spellings
from planner.cards.words import plain, section
from planner.folding import fold

_DEPARTMENT_ENDS = (
    "abteilung",
    "bereich",
    "referat",
    "entwicklung",
    "management",
    "wesen",
    "dienst",
    "avdelning",
    "afdeling",
)
_LEGAL = re.compile(
    r"(?:\b(?:gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|e\.\s?v|ev|eg|se|inc|llc|llp|ltd|plc|corp|sarl|sàrl|sas|sasu|eurl|b\.?v|n\.?v|ab|hb|a/s"
    r"|aps|asa|oyj?|kft|zrt|nyrt|srl|spa|s\.?p\.?a|s\.?r\.?l|s\.?a|s\.?l|sp\.?\s?z\s?o\.?\s?o|s\.?r\.?o|a\.?s|d\.?o\.?o|oü|ltda|pty|pte"
    r"|pvt|k\.k|limited|incorporated|corporation|mbb|partg|e\.\s?k|ehf|lda|jsc|asbl|vzw|uab|sdn\.?\s?bhd|a\.\s?ş"
    r"|ltd\.?\s?şti|& co)\b\.?)",
    re.IGNORECASE,
)


_FIRM_ENDS = (
    *("universitat", "hochschule", "werke", "verband", "bank", "kanzlei", "praxis", "gesellschaft", "zentrum"),
    *(
        "institut",
        "apotheke",
        "backerei",
        "verlag",
        "museum",
        "klinik",
        "stiftung",
        "verwaltung",
        "agentur",
        "brauerei",
        "klinikum",
        "krankenhaus",
        "schule",
        "akademie",
        "theater",
        "verein",
    ),
)
# An abbreviation at the end, such as a legal form that was misread, ends no sentence.
_ABBREVIATED = re.compile(r"(?:^|\s)[^\W\d_a-z][^\s.]{0,2}\.[^\s]{0,3}$")
_SMALL_WORDS = frozenset("of for the and fur der die das und de des du la le et del della di van von i y e".split())
# Firms and titles in Chinese, Japanese and Korean are told by their characters.
_FIRM_SIGNS = re.compile("株式会社|有限会社|合同会社|（株）|有限公司|公司|集团|集團|주식회사|㈜|大学|대학교|銀行|银行")
_TITLE_SIGNS = re.compile(
    "取締役|社長|部長|課長|係長|主任|代表|経理|经理|總監|总监|总裁|工程师|工程師|教授|弁護士|대표|이사|과장|부장|차장|팀장"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What else is on the card: mailboxes, the domains' own labels, and the place of the name once it is known."""

    locals: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    name: Text | None = None
    typed: bool = False


def around(emails: Sequence[str], links: Sequence[str], *, typed: bool) -> Around:
    """What emails and web pages say of the card's owner."""
    hosts = [email.rpartition("@")[2] for email in emails]
    hosts += [re.sub(r"^[a-z]+://", "", link, flags=re.IGNORECASE).partition("/")[0].lower() for link in links]
    labels = [label_of(host) for host in hosts if "." in host]
    own = [label for label in labels if label and label not in PROVIDERS]
    return Around(tuple(email.rpartition("@")[0] for email in emails), tuple(dict.fromkeys(own)), typed=typed)


def name(text: Text, known: Around) -> float:
    """As a person's name."""
    alone = names.score(text.text)
    if alone == 0.0:
        return 0.0
    total = alone
    fits = max((names.fits(text.text, local) for local in known.locals), default=0.0)
    total += 0.5 * fits
    if text.row.height >= 1.25:
        total += 0.12
    if text.row.height >= 1.6:
        total += 0.08
    # A page of one's own is called as oneself; else who owns the domain is a firm.
    if not fits and alone < 0.65 and _owner(text.text, known) >= 0.8:
        total -= 0.4
    if _LEGAL.search(text.text) and not fits:
        total -= 0.35
    if known.typed and text.row.index == 0:
        total += 0.12
    if len(names.core_words(text.text)) == 1 and not fits:
        total -= 0.15
    return total - 0.02 * min(text.row.index, 6)


def organisation(text: Text, known: Around) -> float:
    """As a firm's, school's or office's name."""
    words = plain(text.text)
    if not words or len(text.text) > 90 or not re.search(r"[^\W\d_]{2}", text.text):
        return 0.0
    total = 0.12
    if _LEGAL.search(text.text) and (len(words) > 1 or not text.alone):
        total += 0.6
    if _FIRM_SIGNS.search(text.text):
        total += 0.6
    owner = _owner(text.text, known)
    total += 0.55 * owner
    if set(words) & section("organisation") or any(word.endswith(_FIRM_ENDS) for word in words):
        total += 0.3
    if text.row.height >= 1.3:
        total += 0.18
    if text.text.isupper() and len(words) <= 3:
        total += 0.08
    if owner < 0.8 and not _LEGAL.search(text.text):
        total -= (
            0.35 * (titled(text.text) > 0)
            + 0.3 * (names.score(text.text) >= 0.65)
            + 0.25 * bool(set(words) & section("department strong"))
        )
    if re.search(r"[.!?]$", text.text) and not _LEGAL.search(text.text[-12:]) and not _ABBREVIATED.search(text.text):
        total -= 0.25
    if len(words) > 6:
        total -= 0.2
    return total if text.text[0].isupper() or owner >= 0.6 or not text.text[0].isalpha() else total - 0.25


def _owner(text: str, known: Around) -> float:
    """How well a text names the owner of one of the card's domains, 0 to 1."""
    bare = _LEGAL.sub(" ", text)
    words = [word for word in plain(bare) if word not in section("legal")]
    if not words:
        return 0.0
    best = 0.0
    forms = {letters(fold(bare)), *(spellings(bare))}
    for domain in known.domains:
        label = letters(fold(domain))
        if len(label) < 2:
            continue
        if label in forms:
            return 1.0
        if any(form.startswith(label) or label.startswith(form) for form in forms if min(len(form), len(label)) >= 4):
            best = max(best, 0.85)
        if len(label) >= 6 and any(form.endswith(label) for form in forms):
            best = max(best, 0.85)
        initials = "".join(word[0] for word in words)
        short = "".join(word[0] for word in words if word not in _SMALL_WORDS)
        if len(words) > 1 and len(label) > 1 and label in (initials, short):
            best = max(best, 0.8)
        longest = max(words, key=len)
        if len(longest) >= 4 and longest in label:
            best = max(best, 0.7)
        if any(label == word for word in words) and len(label) >= 3:
            best = max(best, 0.85)
        from rapidfuzz.fuzz import ratio

        if len(label) >= 5 and max(ratio(label, form) for form in forms) >= 85:
            best = max(best, 0.8)
        best = max(best, _by_pieces(domain.lower(), bare, words, initials))
    return best


def _by_pieces(domain: str, bare: str, words: Sequence[str], initials: str) -> float:
    """How well a text names the owner of a domain with hyphens: "tu-brackenau" is the "Technische Universität"."""
    pieces = [piece for piece in re.split(r"[-_]", domain) if len(piece) > 1]
    if len(pieces) < 2:
        return 0.0
    spelled = set().union(*(spellings(word) for word in re.findall(r"\w+", bare.lower())))
    if all(
        piece in spelled or piece in initials or (len(piece) > 2 and any(form.startswith(piece) for form in spelled))
        for piece in pieces
    ):
        return 0.9
    return 0.7 if any(len(word) > 4 and word in pieces for word in words) else 0.0


def titled(text: str) -> float:
    """How much a text says what someone does, 0 to 1, by its words alone."""
    words = plain(text)
    folded = f" {' '.join(words)} "
    hits = sum(1 for word in words if word in section("title") or _title_compound(word))
    hits += sum(1 for word in words if "/" in word and any(part in section("title") for part in word.split("/")))
    total = min(0.75, 0.55 * hits)
    if any(f" {phrase} " in folded for phrase in section("title phrases")):
        total = max(total + 0.2, 0.6)
    return min(total, 1.0)


def _title_compound(word: str) -> bool:
    if _TITLE_SIGNS.search(word):
        return True
    parts = re.split(r"[-/]", word)
    return any(part in section("title") for part in parts) or (
        len(word) >= 8 and word.endswith(tuple(section("title ends")))
    )


def title(text: Text, known: Around) -> float:
    """As what someone does."""
    if not re.search(r"[^\W\d_]{2}", text.text) or len(text.text) > 100:
        return 0.0
    total = titled(text.text)
    total += _near(text, known)
    if _LEGAL.search(text.text) and _owner(text.text, known) > 0.5:
        total -= 0.5
    if re.search(r"\d{3,}", text.text):
        total -= 0.3
    if len(text.text) > 60:
        total -= 0.15
    if re.search(r"[.!?]$", text.text) and len(plain(text.text)) > 4:
        total -= 0.3
    return total


def department(text: Text, known: Around) -> float:
    """As a part of an organisation."""
    words = plain(text.text)
    if not words or len(text.text) > 90:
        return 0.0
    total = 0.0
    if set(words) & section("department strong") or any(_is_department(word) for word in words):
        total += 0.6
    elif set(words) & section("department") or any(len(word) > 7 and word.endswith(_DEPARTMENT_ENDS) for word in words):
        total += 0.35
    if re.match(
        r"(?i)(institut|institute|zentrum|centre|center|school|schule|chair|klinik|faculty) (of|für|for|fur|de)\b",
        text.text,
    ):
        total += 0.3
    total += 0.6 * _near(text, known)
    if _LEGAL.search(text.text) and _owner(text.text, known) > 0.5:
        total -= 0.4
    if titled(text.text) >= 0.5:
        total -= 0.4
    return total - (0.3 if re.search(r"\d{3,}", text.text) else 0.0)


def _is_department(word: str) -> bool:
    return word.endswith(("abteilung", "bereich")) or word.startswith(
        ("avdelning", "afdeling", "departement", "dipartiment")
    )


def _near(text: Text, known: Around) -> float:
    """How much closer to the name than other lines a text stands, 0 to 0.3."""
    if known.name is None:
        return 0.0
    mine, its = text.row, known.name.row
    if mine.index == its.index:
        return 0.25
    if mine.block != its.block and mine.box is not None:
        return 0.0
    steps = mine.index - its.index
    return {1: 0.28, 2: 0.2, 3: 0.12, -1: 0.12}.get(steps, 0.0)


def has_legal_form(text: str) -> bool:
    """Whether a text ends or begins as a firm's name does."""
    return bool(_LEGAL.search(text))


def joins_legal_form(upper: str, lower: str) -> bool:
    """Whether a legal form begins in one line and ends in the next: "Polbud Sp. z" above "o.o."."""
    return any(found.start() < len(upper) < found.end() - 1 for found in _LEGAL.finditer(f"{upper} {lower}"))


def without_legal_form(text: str) -> str:
    """A firm's name without the words that say what kind of firm it is."""
    return _LEGAL.sub(" ", text)


def owner(text: str, known: Around) -> float:
    """How well a text names the owner of one of the card's domains, 0 to 1."""
    return _owner(text, known)
