"""Phone numbers in a line of text, with what kind they are and whether they can be dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.cards.words import phone_kind, section
from planner.folding import fold

# Digits and what people set between them; letters that a reader takes for digits are let in between digits.
_RUN = re.compile(
    r"(?<![\w@./])(?:\+|＋|00\s?)?\s?[(\[]?\s?[+]?\d(?:[\d\s().\-–—/\[\]]|(?<=\d)·(?=\d)|(?<=[\d\s.\-])[OolISB](?=[\d\s.\-]))*\d"
    r"(?:\s?[,;\-–]?\s?(?:[ec]?xt\.?|extension|[x×]|dw|durchwahl|poste|int\.)\s?[:.]?\s?\d{1,5})?(?![\w@])",
    re.IGNORECASE,
)
_DIGITS_BEFORE = re.compile(r"(?:^|[^\w@.])\+?\d[\d\s]{0,6}\s?[|/.,:;-]?\s?$")
# A town's code alone, with a bar after it.
_BAR = re.compile(r"(?<![\d\w])\(?0\d{1,4}\)?\s?\|(?=\s?\d{2})")
_GLUED = re.compile(r"(?<![\w.@/])([^\W\d_]{1,12})[./](?=[+(]?\d)")
_SIGNS = str.maketrans({"＋": "+", "—": "-", "×": "x"})
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8"})
_LABEL = re.compile(r"([^\W\d_][^\d|,;]{0,28}?)\s*[:.)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed. `kind` comes from the word before it, "" without one; `repaired` is a doubt."""

    value: str
    start: int
    end: int
    kind: str = ""
    repaired: str = ""


def found(text: str) -> Iterator[Number]:
    """The numbers in a line that can be phone numbers: of seven digits and more, or labelled as one."""
    last = 0
    for run in _RUN.finditer(text):
        for start, end in _parts(text, run.start(), run.end()):
            before = text[last:start]
            kind, label_start = label_before(before)
            value = text[start:end].strip(" .-–—·/")
            digits = re.sub(r"\D", "", value.translate(_LETTERS))
            least = 6 if kind else 7
            if not least <= len(digits) <= 18 or _no_phone(before) or _looks_otherwise(value, kind):
                continue
            if not kind and len(digits) < 9 and not value.startswith("+") and _words_around(text, start, end):
                continue
            repaired = (
                "letters were read among the digits"
                if re.search(r"\d[\s.\-]?[OolISB]|[OolISB][\s.\-]?\d", _bare(value))
                else ""
            )
            if repaired:
                value = value.translate(_LETTERS)
            value, odd = _begun(value, text[max(0, start - 2) : start])
            repaired = repaired or odd
            if re.search(r"(?i)[^e]xt\.?\s?[:.]?\s?\d+$", value):
                value = re.sub(r"(?i)\bc?xt(?=\W*\d+$)", "ext", value)
                repaired = repaired or "“ext” was misread"
            yield Number(_tidy(value), last + label_start if kind else start, end, kind, repaired)
            last = end


def _begun(value: str, before: str) -> tuple[str, str]:
    """A number with a "+" that was read as a dash, or had a picture before it that was read as a nought; the doubt."""
    sign = re.match(r"0\s?[-–±+]\s?(?=[1-9]\d)", value)
    if sign or (re.search(r"(?:^|\s)[-–±]$", before) and re.match(r"[1-9]\d", value) and _count(value) >= 10):
        return f"+{value[sign.end() if sign else 0 :]}", "its “+” was misread"
    return value, "its “0” may be a picture before it" if re.match(r"0\s[1-79]\d", value) else ""


def respaced(text: str) -> str:
    """A text of the same length, with what was read between a label, a town's code and a number as it was printed.

    The stroke after a town's code is read as a bar ("0676 | 834 2"), and the space after a label is lost ("Tel.91 5").
    """
    text = _BAR.sub(lambda bar: bar[0].replace("|", "/"), text)
    return _GLUED.sub(lambda label: f"{label[1]} " if phone_kind(fold(label[1])) else label[0], text)


def goes_on(text: str, number: Number) -> bool:
    """Whether more digits stand right beside a number, so that it may be only a part of one."""
    after = text[number.end :]
    before = "" if number.kind or number.value.startswith("+") else text[: number.start]
    if re.match(r"\s*[-–/]\s*$|\s*/\s*-?\s*\d{1,4}\s*$|[\s,;–-]*(?i:ext|x|poste|dw|durchwahl)\b", after) or re.search(
        r"/\s?-\s?\d+$", number.value
    ):
        return True
    return bool(_DIGITS_BEFORE.search(before)) and not re.search(r"\d{5}", before)


def _words_around(text: str, start: int, end: int) -> bool:
    """Whether a short number stands among words that announce no number: a plot, a postcode, a licence."""
    words = re.findall(r"[^\W\d_]+", fold(f"{text[:start]} {text[end:]}"))
    return "〒" in text or any(len(word) > 2 and not phone_kind(word) for word in words)


def _bare(value: str) -> str:
    return re.sub(
        r"(?i)\s?[,;\-–]?\s?(?:[ec]?xt\.?|extension|[x×]|dw|durchwahl|poste|int\.)\s?[:.]?\s?\d{1,5}$", "", value
    )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run taken apart where two numbers follow each other: "030 123456 / 0171 1234567"."""
    run = text[start:end]
    at = 0
    for cut in re.finditer(r"\s+/\s+|\s{3,}|\s(?=\+)|(?<=\d)(?=\+)", run):
        left, right = run[at : cut.start()], run[cut.end() :]
        if _count(left) >= 7 and _count(right) >= 7:
            yield start + at, start + cut.start()
            at = cut.end()
    yield start + at, end


def _count(text: str) -> int:
    return sum(char.isdigit() for char in text)


def label_before(text: str) -> tuple[str, int]:
    """The kind of number that the words at the end of a text announce, and where they begin; ("", end) for none."""
    match = _LABEL.search(text)
    if not match:
        return "", len(text)
    words = [word for word in re.split(r"[\s/&+()\[\].:|-]+", fold(match[1])) if word]
    kinds = [kind for word in words if (kind := phone_kind(word))]
    if not kinds:
        return "", len(text)
    # "Tel./Fax" is answered by a person, "Mobile phone" is a mobile.
    kind = (
        "mobile"
        if "mobile" in kinds
        else "work"
        if {"work", "fax"} <= set(kinds) and "telefax" not in words
        else kinds[-1]
    )
    return kind, match.start(1)


def _no_phone(before: str) -> bool:
    """Whether the word before a number says that it is another kind of number."""
    words = [word for word in re.split(r"[\s:/()|,;#]+", fold(before)) if word]
    return any(word.strip(".") in section("not phone") or word in section("not phone") for word in words[-3:])


def _looks_otherwise(value: str, kind: str) -> bool:
    """A date, a span of years, hours, a postcode with four more digits, or an ORCID."""
    if kind:
        return False
    if re.fullmatch(
        r"\d{4}-\d{4}-\d{4}-\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?[-–]\s?\d{4}|\d{5}-\d{4}|\d{1,2}[.:]\d\d\s?[-–]\s?\d{1,2}[.:]\d\d",
        value,
    ):
        return True
    return value.count(".") == 3 and bool(re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", value))


def _tidy(value: str) -> str:
    text = re.sub(r"\s+", " ", value.translate(_SIGNS)).strip()
    if text.count("(") != text.count(")") or text.count("[") != text.count("]"):
        text = re.sub(r"[()\[\]]", " ", text)
    text = re.sub(r"\s+", " ", re.sub(r"\(\s*(\d+)\s*\)", r"(\1)", text)).strip()
    return re.sub(r"^\+\s+", "+", text)


def checked(value: str, region: str) -> tuple[str, str, str]:
    """E.164, region and kind ("mobile", "work", "") of a number that exists by its country's plan; E.164 is "" if not.

    `region` is where a number without a country's code is dialled.
    """
    import phonenumbers

    try:
        parsed = phonenumbers.parse(value, region.upper() or None)
    except phonenumbers.NumberParseException:
        return "", "", ""
    if not phonenumbers.is_valid_number(parsed):
        return "", "", ""
    kind = phonenumbers.number_type(parsed)
    mobile = kind == phonenumbers.PhoneNumberType.MOBILE
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164, phonenumbers.region_code_for_number(parsed) or "", "mobile" if mobile else "work"


def possible(value: str, region: str) -> bool:
    """Whether a number has as many digits as its country's numbers have."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(value, region.upper() or None)))
    except phonenumbers.NumberParseException:
        return False
