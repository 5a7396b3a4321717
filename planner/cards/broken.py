"""Emails, links and numbers that go on in the next row, made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from planner.cards import addresses
from planner.cards.lines import Row, is_label
from planner.cards.records import Box
from planner.cards.spelling import known_tld
from planner.cards.words import section

#: The doubts of a value that stands on two lines, or that may begin in the line above.
TWO_LINES, ABOVE = "it was put together from two lines", "its beginning may stand in the line above"
#: A value of two lines is not certain by itself.
_LESS_THAN_SURE = 0.79


def made_whole(rows: Sequence[Row]) -> list[Row]:
    """The rows in their order, each with what belongs to it from the next ones."""
    done: list[Row] = []
    for row in rows:
        above = done[-1] if done else None
        if above is None or above.block != row.block:
            done.append(row)
        elif (joint := _joint(above.text.strip(), row.text.strip())) is not None:
            between, doubt = joint
            done[-1] = _together(above, row, between, above.doubt or doubt)
        elif _may_begin(above.text.strip()) and _begins_with_email(row.text.strip()):
            done.append(replace(row, doubt=ABOVE))
        else:
            done.append(row)
    return done


def _together(upper: Row, lower: Row, between: str, doubt: str) -> Row:
    again = None
    if upper.again is not None or lower.again is not None:
        again = (upper.again or upper.text).rstrip() + between + (lower.again or lower.text).lstrip()
    return replace(
        upper,
        text=upper.text.rstrip() + between + lower.text.lstrip(),
        box=Box.around([upper.box, lower.box]) if upper.box and lower.box else upper.box,
        again=again,
        confidence=min(upper.confidence, lower.confidence, _LESS_THAN_SURE),
        doubt=doubt,
    )


def _joint(upper: str, lower: str) -> tuple[str, str] | None:
    """What to put between two rows that are one value, and the doubt about it; None if they are two."""
    if not upper or not lower:
        return None
    last = upper.rsplit(maxsplit=1)[-1]
    if not re.search(r"\s", lower) and not any(addresses.emails(lower)) and _host_goes_on(upper, last, lower):
        return "", ""
    if _mailbox_goes_on(upper, last, lower) or _link_goes_on(last, lower) or _digits_go_on(upper, lower):
        return "", TWO_LINES
    return (" ", TWO_LINES) if _number_goes_on(upper, lower) else None


def _host_goes_on(upper: str, last: str, lower: str) -> bool:
    if re.search(r"[\w.\-]@$", upper):
        return True
    if re.search(r"@[\w.\-]*[.\-]$", upper) and re.fullmatch(r"[\w\-]+(\.[\w\-]+)*", lower):
        return True
    if re.search(r"\w\s?@[\w.\-]+$", upper) and _is_ending(lower):
        return True
    return last == upper and "@" not in upper and bool(re.fullmatch(r"@(?:[\w\-]+\.)+[a-z]{2,}", lower))


def _mailbox_goes_on(upper: str, last: str, lower: str) -> bool:
    """Whether a mailbox was broken after a full stop or a hyphen: "annegret." above "weber@…"."""
    if not _begins_with_email(lower) or not re.fullmatch(r"[a-z][a-z0-9._\-]{2,40}[._\-]", last):
        return False
    if is_label(last) or last in section("prefix") or last.strip(".") in section("suffix"):
        return False
    return last == upper or is_label(upper[: -len(last)].strip())


def _may_begin(upper: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(?:[._\-][a-z]+)+", upper)) and not known_tld(upper)


def _begins_with_email(lower: str) -> bool:
    found = next(iter(addresses.emails(lower)), None)
    return found is not None and found.start == 0 and not found.repaired


def _link_goes_on(last: str, lower: str) -> bool:
    """Whether a web address was broken at a slash, a full stop or a hyphen."""
    bare = re.sub(r"^[a-z]+://", "", last, flags=re.IGNORECASE)
    if "@" in last or "@" in lower or not re.fullmatch(r"[a-z0-9/.][\w.\-/%~]*", lower):
        return False
    if re.fullmatch(r"(?i)www\.(?:[\w\-]+\.)*", bare):
        return known_tld(lower.partition("/")[0]) or known_tld(f"{bare}{lower}".partition("/")[0])
    host, slash, _ = bare.partition("/")
    if not re.fullmatch(r"(?:[\w\-]+\.)+[a-z]{2,18}", host) or not known_tld(host):
        return False
    if not slash and _is_ending(lower):
        return True
    if lower.startswith("/"):
        return len(lower) > 2 and not bare.endswith("/")
    return bool(slash) and bare[-1] in "/-_" and not _is_host(lower)


def _is_ending(text: str) -> bool:
    """Whether a line is nothing but the end of a host: ".uk", ".com.tr"."""
    return bool(re.fullmatch(r"(?:\.[a-z]{2,18}){1,2}", text)) and known_tld(text)


def _is_host(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[\w\-]+\.)+[a-z]{2,18}", text)) and known_tld(text)


def _digits_go_on(upper: str, lower: str) -> bool:
    """Whether a number was broken after a hyphen or a stroke."""
    number = re.search(r"[+(]?\d[\d\s().\-–/]{3,}[\-–/]$", upper)
    return number is not None and bool(re.fullmatch(r"\d{1,5}(?:[\s\-]\d{1,4}){0,2}", lower))


def _number_goes_on(upper: str, lower: str) -> bool:
    """Whether the code of a country or a town stands above its number."""
    code = re.fullmatch(r"(?:(?P<label>\S{1,12})\s+)?(?:\+\d[\d\s()]{0,9}|\(?0\d{1,4}\)?)", upper)
    if code is None or (code["label"] and not is_label(code["label"])) or _count(upper) > 6:
        return False
    return bool(re.fullmatch(r"\d[\d\s.\-]{4,14}\d", lower)) and 5 <= _count(lower) <= 11


def _count(text: str) -> int:
    return sum(char.isdigit() for char in text)
