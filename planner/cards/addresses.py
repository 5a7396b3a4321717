"""Emails, links and handles in a line of text, also as a misreading leaves them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.cards import profiles
from planner.cards.spelling import known_tld, nearly
from planner.cards.words import phone_labels, plain, section


@dataclass(frozen=True, slots=True)
class Span:
    """Something found in a line, from `start` to `end`. `repaired` says what had to be put right, if anything."""

    value: str
    start: int
    end: int
    label: str = ""
    repaired: str = ""


_LOCAL, _HOST = r"[\w.!#$%&'*+/=?^`{|}~\-]+", r"(?:[\w\-]+\.)+[^\W\d_][\w\-]{1,24}"
_EMAIL = re.compile(rf"(?<![\w.@]){_LOCAL}@{_HOST}(?![\w@])")
# As a text reader leaves them: spaces around "@" and dots, commas for dots, and other signs for "@".
_LOOSE = re.compile(
    r"(?<![\w.@])(?P<local>[\w\-+]+(?:\s?[.,]\s?[\w\-+]+)*)\s?(?P<at>@|©|®|\(at\)|\[at\]|\{at\}|\s+at\s+|\sAT\s)\s?"
    r"(?P<host>[\w\-]+(?:\s?[.,·]\s?[\w\-]+)+|[\w\-]+\s?\(dot\)\s?\w+|[\w\-]+(?:com|net|org|de|eu|ch|at|info))(?![\w@])",
    re.UNICODE,
)
# "facebookfacebook.com": the word before a link was read without the space after it.
_LABELLED = re.compile(
    r"(facebook|linkedin|instagram|twitter|youtube|xing|github|web|website|www)[.:]?(?=(?:\1|www)\.)", re.IGNORECASE
)
# What "www." is read as, before a host.
_LIKE_WWW = re.compile(r"(?i)(?!www\.)(?:w{1,2}|w{4}|[wvunm]{2,4})\.(?=[\w\-]+\.)")
# The host of an email, and the same host again.
_TWICE = re.compile(r"(@((?:[\w\-]+\.)+[a-z]{2,18}?))((?:www\.)?\2)(?![\w\-@])", re.IGNORECASE)
_CUT = re.compile(r"(?<![\w.@])[\w.\-+]{2,}@[\w\-]{3,}(?![\w@.])")
_URL = re.compile(
    r"(?:(?<![\w@.])(?:https?|ftp)\s?:\s?/\s?/\s?)(?P<full>[^\s|<>\"]+)"
    r"|(?<![\w@.\-])(?P<www>(?:www|vvww|wwww?)\s?[.,]\s?[^\s|<>\"]+)"
    r"|(?<![\w@.\-/])(?P<bare>(?:[\w\-]+\.)+[^\W\d_]{2,18}(?:/[^\s|<>\"]*)?)(?![\w@\-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.])(?P<label>[A-Za-z][A-Za-z ]{0,10}?)?\s{0,3}[:/|]?\s{0,3}(?P<handle>@[A-Za-z0-9_](?:[\w.\-]{0,40}\w)?)"
    r"(?:@(?P<host>(?:[\w\-]+\.)+\w+))?"
)
_PROFILE_PATH = re.compile(r"(?<![\w.])(?:/?(?:in|pub|company)|profile)/[\w\-%]{3,80}")


#: The doubt of a value that was read in pieces, with nothing wrong but the spaces between them.
SPACES = "there were spaces in it"
# Small words of a sentence that end in an address.
_LITTLE = frozenset("to at or and und oder an a an et ou write contact via per pod bei".split())


def emails(text: str) -> Iterator[Span]:
    """The email addresses in a line."""
    taken: list[tuple[int, int]] = []
    for found in _EMAIL.finditer(text):
        value = found[0].strip("'`.{}|*/=")
        start = found.start() + found[0].index(value)
        local, _, host = value.rpartition("@")
        if not local.strip("._-") or not host.strip("."):
            continue
        fixed, why = _mended_host(host)
        start, local = _without_label(start, local)
        taken.append((start, found.end()))
        yield Span(f"{local}@{fixed}", start, found.end(), repaired=why or _beside(text[:start]))
    for found in _LOOSE.finditer(text):
        if any(found.start() < end and start < found.end() for start, end in taken):
            continue
        at = found["at"].strip()
        if at.lower() == "at" and not re.search(r"[.,(]", found["host"]):
            continue
        local = re.sub(r"\s", "", found["local"]).replace(",", ".").strip(".")
        host = re.sub(r"\(dot\)", ".", re.sub(r"\s", "", found["host"])).replace(",", ".").replace("·", ".")
        host, wrong = _mended_host(host)
        if not local or "." not in host or (at.lower() == "at" and not known_tld(host)):
            continue
        start, local = _without_label(found.start(), local)
        hidden = at.startswith(("(", "[", "{"))
        only_spaces = found[0].replace(" ", "") == f"{local}@{host}"
        why = "" if hidden else SPACES if only_spaces else "it was not readable as it stands"
        yield Span(f"{local}@{host}", start, found.end(), repaired=wrong or _beside(text[:start]) or why)


def unglued(text: str) -> str:
    """A line with a space between an email and the web address that was read as its end: "jane@a.examplea.example"."""
    text = _TWICE.sub(r"\1 \3", text)
    return re.sub(r"(@(?:[\w\-]+\.)+[a-z]{2,18}?)(?=www\.)", r"\1 ", text)


def cut_off(text: str) -> Iterator[Span]:
    """Emails that lost their end: a mailbox, an "@" and one word."""
    for found in _CUT.finditer(text):
        # "jane@norrvolt com": its full stop was too small to be seen.
        ending = re.match(r"\s([a-z]{2,7})(?![\w.@])", text[found.end() :])
        if ending and known_tld(f"{found[0]}.{ending[1]}"):
            value = f"{found[0]}.{ending[1]}"
            yield Span(value, found.start(), found.end() + ending.end(), repaired="a full stop is missing")
        else:
            yield Span(found[0], found.start(), found.end(), repaired="it has no ending")


def _beside(before: str) -> str:
    """The doubt about a mailbox with a word right before it that announces nothing: its underscore may be lost."""
    word = re.search(r"(?:^|\s)([a-z][a-z0-9\-]+)(?:\s|\s?[._]\s?)$", before)
    if word is None or word[1] in section("email label") or word[1] in section("link label") or word[1] in _LITTLE:
        return ""
    return f"“{word[1]}” before it may belong to it"


def _without_label(start: int, local: str) -> tuple[int, str]:
    """An address without a word for "email" that lost its colon: "Email.jane@…"."""
    found = re.match(r"(?i)(?:e-?mail|mailto|mail)[.\-_]+(?=\w)", local)
    if found and start == 0:
        return start + found.end(), local[found.end() :]
    return start, local


def _mended_host(host: str) -> tuple[str, str]:
    """A host with a known ending, and what was wrong with it."""
    host = host.strip(".").replace("_", "-") if "_" in host else host.strip(".")
    if known_tld(host):
        return host, ""
    head, _, ending = host.rpartition(".")
    for mended in (ending.replace("0", "o").replace("1", "l"), ending.replace("rn", "m"), ending.replace("m", "rn")):
        if head and mended != ending and known_tld(f"{head}.{mended}"):
            return f"{head}.{mended}", f"it reads “.{ending}”"
    # The dot before the ending was too small to be seen.
    for known in ("com", "org", "net", "info", "de", "eu", "ch", "at"):
        if ending.lower().endswith(known) and len(ending) > len(known) + 2:
            cut = len(host) - len(known)
            return f"{host[:cut]}.{host[cut:]}", "a full stop is missing"
    # One letter of a long ending was misread.
    if head and len(ending) > 4 and (close := nearly(ending, section("tld"))):
        return f"{head}.{close}", f"it reads “.{ending}”"
    return host, f"“.{ending}” is no ending we know" if ending else "it has no ending"


def links(text: str) -> Iterator[Span]:
    """Web addresses and profiles in a line that has no emails in it (any more)."""
    for found in _URL.finditer(text):
        kind = str(found.lastgroup)
        shown = found[0].rstrip(".,;:)!]'’")
        body = (found[kind] or "").rstrip(".,;:)!]'’")
        host, slash, path = body.partition("/")
        why = ""
        if kind == "www":
            host = re.sub(r"^(?:www|vvww|wwww?)\s?[.,]\s?", "www.", host, flags=re.IGNORECASE)
        if "," in host or re.search(r"\s", shown):
            host, why = host.replace(",", "."), "it was not readable as it stands"
        if kind == "bare" and re.match(r"(?i)www[a-z0-9][\w\-]{2,}\.", host):
            host, why = f"www.{host[3:]}", "a full stop is missing"
        if kind == "bare" and (found_w := _LIKE_WWW.match(host)):
            host, why = f"www.{host[found_w.end() :]}", "it was not readable as it stands"
        if doubled := _LABELLED.match(host):
            host, why = host[doubled.end() :], SPACES
        host, mended = _mended_host(host)
        if kind == "bare" and (not known_tld(host) or mended or _no_host(host, bool(slash))):
            continue
        if "." not in host.removeprefix("www."):
            mended = mended or "it has no ending"
        scheme = re.sub(r"\s", "", shown[: found.start(kind) - found.start()]) if kind == "full" else ""
        value, end = f"{scheme}{host}{slash}{path}", found.start() + len(shown)
        if more := _spaced_path(text[end:], host):
            value, end, why = value.rstrip("/") + re.sub(r"\s", "", more), end + len(more), why or SPACES
        if not mended and not why:
            why = _unfinished(value) or _after(text[end:])
        yield Span(value, found.start(), end, profiles.network_of(value) or "website", why or mended)


def _spaced_path(after: str, host: str) -> str:
    """What follows a host and belongs to it though a space was read before it: " /in /jane", " /careers"."""
    if found := re.match(r"(?:\s?/\s?[\w.\-%]+)*", after):
        path = found[0]
        if profiles.is_network(host) and path.strip():
            return path
    found = re.match(r"\s/[a-z][\w\-]+(?:/[\w\-]+)*(?![\w.@])", after)
    return found[0] if found else ""


def _after(text: str) -> str:
    """The doubt about a link with a word right after it that announces nothing: the stroke between may be lost."""
    word = re.match(r"\s([a-z][a-z\-]{2,})(?=[\s/]|$)", text)
    known = {*phone_labels(), *section("email label"), *section("link label"), *_LITTLE}
    if word is None or word[1] in known:
        return ""
    return f"“{word[1]}” after it may belong to it"


def _unfinished(value: str) -> str:
    """Why a link may be only the beginning of one, "" if it looks whole."""
    host, _, path = re.sub(r"^[a-z]+://", "", value, flags=re.IGNORECASE).partition("/")
    if profiles.is_network(host) and path.strip("/").lower() in ("", "in", "pub", "company", "profile", "people"):
        return "it does not say whose page it is"
    return "its end may be missing" if value.endswith(("-", "_")) else ""


def _no_host(host: str, has_path: bool) -> bool:
    """Whether something with a dot is an abbreviation or a name rather than a web address ("Dipl.-Ing", "J.Smith")."""
    labels = host.split(".")
    if host != host.lower() and not has_path and any(label[:1].isupper() for label in labels[1:]):
        return True
    if any(not label for label in labels) or all(len(label) < 3 for label in labels):
        return True
    return (
        host.lower() in section("prefix")
        or f"{host.lower()}." in section("prefix")
        or host.lower() in section("suffix")
    )


def handles(text: str) -> Iterator[Span]:
    """Names on social networks: "@jane", "Twitter: @jane", "in/jane-doe"; a bare one has no label."""
    for found in _HANDLE.finditer(text):
        if found["host"]:
            yield Span(f"{found['handle']}@{found['host']}", found.start("handle"), found.end(), "mastodon")
            continue
        network = profiles.called(found["label"] or "")
        if not network and found["label"]:
            network = next((name for word in plain(found["label"]) if (name := profiles.called(word))), "")
        yield Span(found["handle"], found.start("label" if network else "handle"), found.end(), network or "social")
    for found in _PROFILE_PATH.finditer(text):
        value = found[0].lstrip("/")
        network = "linkedin" if value.startswith(("in/", "pub/", "company/")) else "xing"
        yield Span(f"{network}.com/{value}", found.start(), found.end(), network)
    named = re.fullmatch(r"\s*([A-Za-z ]{2,12})\s*[:/|]\s*@?([A-Za-z][\w.\-]{2,40})\s*", text)
    if named and not _PROFILE_PATH.search(text) and (network := profiles.called(named[1])) and not _HANDLE.search(text):
        yield Span(named[2], 0, len(text), network)
