"""What a changed title or organisation means: a promotion, a new job, or only another spelling.

Nobody is to be congratulated on a corrected typing error, on a firm that changed its name's ending, or on less than
they had. So the rule is careful, and says nothing where it can't tell:

- both sides are compared without case, accents, punctuation, legal forms ("GmbH", "Inc.") and with the usual short
  forms of titles written out ("Sr. Eng." is "senior engineer"); what is then equal, or almost, is another spelling;
- what was empty before was unknown before, and what is empty now has been taken out: neither is news;
- another organisation is a new job, unless one name only goes on where the other ends ("Blue Harbour" and "Blue
  Harbour Nordics") or one is the other's initials;
- in the same organisation a higher rank is a promotion. Ranks follow the usual ladder of organisations (intern,
  junior, professional, senior, lead, manager, head, director, vice president, chief), as in the levels that job
  advertisements and salary surveys name. Another title of the same rank is a new role. A lower rank, or a title that
  says that somebody has stopped ("former", "retired"), proposes nothing.
"""

from __future__ import annotations

import re

from planner.folding import fold
from planner.relations.records import MilestoneKind

#: Spellings this alike are one: a letter in seven may differ.
_ALIKE = 0.85

_SHORT = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "mgr": "manager", "mngr": "manager",
    "dir": "director", "eng": "engineer", "engr": "engineer", "dev": "developer", "asst": "assistant",
    "assoc": "associate", "prof": "professor", "dr": "doctor", "exec": "executive", "svp": "senior vice president",
    "evp": "executive vice president", "avp": "assistant vice president", "vp": "vice president",
    "ceo": "chief executive officer", "cto": "chief technology officer", "cfo": "chief financial officer",
    "coo": "chief operating officer", "cio": "chief information officer", "cpo": "chief product officer",
    "cmo": "chief marketing officer", "cdo": "chief data officer", "md": "managing director",
    "tech": "technical", "technology": "technical", "hr": "human resources", "it": "information technical",
    "pr": "public relations", "ops": "operations", "mktg": "marketing", "comms": "communications",
    "mgmt": "management", "leader": "lead", "leiterin": "leiter", "direktorin": "direktor",
}  # fmt: skip

_SMALL = frozenset("the of for and in at a an to on und der die das fur von de la le du des et y & och i".split())

#: Endings that say what kind of body it is, not which.
_LEGAL = frozenset(
    "gmbh ag kg ohg mbh ug se eg ev inc incorporated corp corporation co company ltd limited llc llp plc lp sa sas sarl"
    " srl spa bv nv ab as asa aps oy oyj kk pty pte sp zoo doo".split()
)

_ENDED = frozenset("former formerly ex retired emeritus emerita unemployed alumnus alumna late previously".split())

#: The rank a word gives; the highest in a title counts, but for what is said of an assistant or a deputy.
_RANKS = {
    "intern": 1, "trainee": 1, "apprentice": 1, "working student": 1, "student": 1,
    "junior": 2, "assistant": 2, "graduate": 2,
    "senior": 4, "specialist": 3, "experienced": 4,
    "lead": 5, "principal": 6, "staff": 5, "supervisor": 5, "coordinator": 3, "team lead": 5,
    "manager": 5, "leiter": 6, "head": 7, "director": 8, "direktor": 8, "professor": 8,
    "vice president": 9, "partner": 9,
    "chief": 10, "president": 10, "managing director": 10, "geschaftsfuhrer": 10, "founder": 10, "owner": 10,
    "chair": 10, "chairman": 10, "chairwoman": 10, "dean": 9,
}  # fmt: skip
_PROFESSIONAL = 3

#: Words before a rank that move it a little: a senior manager is more than a manager, and less than a head.
_BEFORE = {"senior": 0.5, "executive": 0.6, "deputy": -0.5, "assistant": -1.5, "associate": -0.5, "vice": -0.5}


def judge(old_title: str, new_title: str, old_organisation: str, new_organisation: str) -> MilestoneKind | None:
    """What the change is: NEW_JOB, PROMOTION, or None where there is nothing to congratulate on."""
    before, after = _title(old_title), _title(new_title)
    if _ENDED & set(after):
        return None
    if old_organisation.strip() and new_organisation.strip():
        if not same_organisation(old_organisation, new_organisation):
            return MilestoneKind.NEW_JOB
    elif old_organisation.strip() != new_organisation.strip() and not (before and after):
        return None
    if not before or not after or _same(before, after):
        return None
    old_rank, new_rank = rank(old_title), rank(new_title)
    if new_rank > old_rank:
        return MilestoneKind.PROMOTION
    # Without knowing that it is still the same organisation, a sideways move says nothing.
    known = bool(old_organisation.strip() and new_organisation.strip())
    return MilestoneKind.NEW_JOB if new_rank == old_rank and known and not _goes_on(before, after) else None


def same_organisation(one: str, other: str) -> bool:
    """Whether two names are one organisation's, spelt differently or said more fully."""
    a, b = _organisation(one), _organisation(other)
    if not a or not b:
        return True
    if _goes_on(a, b) or _same(a, b):
        return True
    short, full = sorted((a, b), key=len)
    return len(short) == 1 and len(full) > 1 and short[0] == "".join(word[0] for word in full)


def rank(title: str) -> float:
    """How high a title stands, 1 (intern) to 11; a title that says nothing of it is a professional's (3)."""
    words = _title(title)
    if not words:
        return 0.0
    best, text = 0.0, " ".join(words)
    for words_of_rank, value in _RANKS.items():
        for match in re.finditer(rf"\b{words_of_rank}\b", text):
            before = text[: match.start()].split()
            moved = value + (_BEFORE.get(before[-1], 0.0) if before else 0.0)
            if words_of_rank == "president" and before and before[-1] == "vice":
                continue
            if words_of_rank == "director" and before and before[-1] == "managing":
                continue
            if words_of_rank == "manager" and before and before[-1] in _WITHOUT_PEOPLE:
                moved = _PROFESSIONAL + (_BEFORE["senior"] if "senior" in before else 0.0)
            best = max(best, moved)
    if "assistant" in words and "to" in fold(title).split():
        return _RANKS["assistant"]  # "assistant to the director"
    return best or _PROFESSIONAL


#: Managers of these are professionals: the title names a trade, not a rank.
_WITHOUT_PEOPLE = frozenset("account project product community office event content case".split())


def in_words(title: str, organisation: str) -> str:
    """A position as it is said: "Head of Data, Blue Harbour"."""
    return ", ".join(part for part in (title.strip(), organisation.strip()) if part)


def news(kind: MilestoneKind, old_title: str, new_title: str, old_organisation: str, new_organisation: str) -> str:
    """What is new and what was before, in a line: "Head of Data, Blue Harbour (before: Analyst, Nordwind)"."""
    if kind is MilestoneKind.PROMOTION:
        return f"{new_title.strip()} (before: {old_title.strip()})"
    now = in_words(new_title, new_organisation)
    before = in_words(old_title, old_organisation)
    if same_organisation(old_organisation, new_organisation):
        now, before = new_title.strip(), old_title.strip()
    elif fold(old_title) == fold(new_title):
        before = old_organisation.strip()
    return f"{now} (before: {before})"


def _title(text: str) -> tuple[str, ...]:
    spelt = re.sub(r"(?<=\w)-(?=in\b)|[*:](?=in\b)", "", fold(text)).replace("c.e.o", "ceo")
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", spelt):
        found += _SHORT.get(word, word).split()
    return tuple(word for word in found if word not in _SMALL)


def _organisation(text: str) -> tuple[str, ...]:
    words = tuple(re.findall(r"[^\W_]+", fold(text).replace(".", "")))
    return tuple(word for word in words if word not in _SMALL and word not in _LEGAL) or words


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if sorted(one) == sorted(other):
        return True
    a, b = "".join(one), "".join(other)
    if a == b:
        return True
    # Late: the start of the window comes by here, and has no titles to compare.
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.normalized_similarity(a, b) >= _ALIKE


def _goes_on(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one begins with all of the other."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]
