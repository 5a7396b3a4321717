"""Checks of a card's fields against each other: a letter misread in one is often right in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.cards import addresses, names, scoring
from planner.cards.addresses import SPACES
from planner.cards.broken import TWO_LINES
from planner.cards.points import TORN, Draft
from planner.cards.records import FieldKind
from planner.cards.spelling import PROVIDERS, alike, known_tld, label_of, letters, nearly, odd_letters
from planner.cards.words import plain
from planner.folding import fold

#: Below this the reader itself was not sure of an address.
_READABLE = 0.93
#: How the commonest mailbox of all is misread.
_INFO = frozenset(("into", "lnfo", "1nfo", "inf0", "lnto", "infd"))


def check(drafts: Sequence[Draft], name: str, organisation: str, again: Sequence[str] = ()) -> None:
    """Put right, and mark as doubtful, what another field spells otherwise; clear what another field confirms.

    `again` is what second looks at the lines of the other fields read instead.
    """
    emails = [draft for draft in drafts if draft.kind is FieldKind.EMAIL]
    links = [draft for draft in drafts if draft.kind is FieldKind.LINK and draft.label == "website"]
    firm = [word for word in plain(organisation) if len(letters(word)) > 2]
    firm += [letters(fold(organisation))] if organisation else []
    if bare := letters(fold(scoring.without_legal_form(organisation))):
        firm.append(bare)
    looks = [*again, *(draft.row.again for draft in (*emails, *links) if draft.row.again and not draft.row.agreed)]
    person = [form for form in names.core_words(name) if len(form) > 2]
    hosts = [*map(_host, emails), *(_host(link) for link in links if not link.reasons)]
    for draft in [link for link in links if _at_sign_misread(link, name, hosts)]:
        links.remove(draft)
        emails.append(draft)
    for draft in (*emails, *links):
        others = [other for other in (*emails, *links) if other is not draft]
        _domain(draft, others, firm, organisation)
        _other_look(draft, looks)
        if draft.kind is FieldKind.EMAIL and not _info(draft):
            _mailbox(draft, person)
    for draft in drafts:
        if draft.kind is FieldKind.LINK and draft.label not in ("website", "social"):
            _profile(draft, name, looks)
        if draft.kind in (FieldKind.EMAIL, FieldKind.LINK) and draft.row.box is not None and not draft.value.isascii():
            draft.doubt("it has letters that addresses seldom have", 0.7)
        if draft.kind in (FieldKind.EMAIL, FieldKind.LINK) and draft.confidence < _READABLE and not draft.reasons:
            draft.doubt("it was hard to read", 0.75)


def _host(draft: Draft) -> str:
    if draft.kind is FieldKind.EMAIL:
        return draft.value.rpartition("@")[2].lower()
    host = re.sub(r"^[a-z]+://", "", draft.value, flags=re.IGNORECASE).partition("/")[0].lower()
    return host.removeprefix("www.")


def _at_sign_misread(link: Draft, name: str, hosts: Sequence[str]) -> bool:
    """Make an email of a link whose "@" was read as another character, if the card has its name or its host."""
    if link.row.box is None:
        return False
    found = re.fullmatch(r"([a-z][\w.\-]+?)[^\x00-\x7f]([a-z0-9\-]{2,}(?:\.[a-z0-9\-]+)+)", link.value, re.IGNORECASE)
    if found and found[0].replace(link.value[found.end(1)], "", 1).isascii():
        mailbox, sign, host = found[1], link.value[found.end(1)], found[2]
        sure = host.lower() in hosts or names.fits(name, mailbox) >= 0.75
    else:
        mailbox, sign, host = _before_host(link, hosts)
        sure = bool(mailbox) and names.fits(name, mailbox) >= 0.9
    if not sure:
        return False
    link.doubt(f"its “@” was read as “{sign}”", 0.6)
    link.kind, link.label, link.value = FieldKind.EMAIL, "", f"{mailbox}@{host}"
    return True


def _before_host(link: Draft, hosts: Sequence[str]) -> tuple[str, str, str]:
    """What stands before another host of the card in one of the looks at a link, the sign between, and that host."""
    for look in (link.value, *(link.row.again or "").split()):
        if "@" in look or len(look) != len(link.value):
            continue
        for host in hosts:
            before = look.removesuffix(host)
            if before != look and re.fullmatch(r"[a-z][\w.\-]{2,}[^.\s]", before, re.IGNORECASE):
                return before[:-1], before[-1], host
    return "", "", ""


def _domain(draft: Draft, beside: Sequence[Draft], firm: Sequence[str], organisation: str) -> None:
    """Compare a domain with the others of the card and with the organisation."""
    mine = _host(draft)
    hosts = [_host(other) for other in beside]
    if draft.reasons and (whole := next((host for host in hosts if _cut_or_glued(mine, host)), "")):
        at = draft.value.lower().rfind(mine)
        draft.value = f"{draft.value[:at]}{whole}{draft.value[at + len(mine) :]}" if at >= 0 else draft.value
        return
    if draft.kind is FieldKind.LINK and draft.value[:1] == "W" and mine[1:] in hosts:
        # The letter that announced the page was read as its first.
        draft.value = draft.value[1:]
        draft.doubt(f"it was read as “W{draft.value}”", 0.75)
        return
    label = label_of(mine)
    if not label or label in PROVIDERS:
        return
    if longer := next((host for host in hosts if host.startswith(f"{mine}.")), ""):
        draft.doubt(f"“{longer}” stands on the card too", 0.65)
        return
    own = scoring.owner(organisation, scoring.Around(domains=(label,))) >= 0.85
    if any(host == mine or label_of(host) == label for host in hosts) or letters(fold(label)) in firm or own:
        _confirmed(draft)
        if odd_letters(label) and not any(label_of(host) == label for host in hosts):
            draft.doubt(f"“{label}” mixes letters and digits", 0.7)
        return
    others = [label_of(host) for host in hosts if label_of(host) not in PROVIDERS]
    if better := alike(label, [*firm, *others]):
        # Letters that look alike: what the firm's own name spells is right, else nobody knows which of two is.
        if better in firm:
            # As another address has it, with its hyphens.
            hyphened = _hyphened(label, better)
            better = next((other for other in others if letters(fold(other)) == better), hyphened)
            draft.value = draft.value.replace(label, better, 1) if label in draft.value else draft.value
        draft.doubt(f"it was read as “{label}”, but “{better}” stands on the card too")
    elif close := nearly(label, [*firm, *others]):
        steady = next((label_of(_host(one)) for one in beside if TORN not in one.reasons and _labelled(one, close)), "")
        both = next((other for other in others if letters(fold(other)) == close and close in firm), "")
        if better := both or (steady if TORN in draft.reasons else ""):
            draft.value = draft.value.replace(label, better, 1)
        draft.doubt(f"“{label}” is almost “{close}”, which stands on the card too", 0.65)
    elif odd_letters(label):
        draft.doubt(f"“{label}” mixes letters and digits", 0.65)


def _hyphened(label: str, better: str) -> str:
    """A word with the hyphens of another that is as long."""
    if len(label.replace("-", "")) != len(better):
        return better
    told = iter(better)
    return "".join("-" if char == "-" else next(told) for char in label)


def _other_look(draft: Draft, looks: Sequence[str]) -> None:
    """Doubt a domain that another look at the card read a little otherwise, though both looks here agree."""
    label = label_of(_host(draft))
    if draft.reasons or label in PROVIDERS or len(label) < 5:
        return
    words = {letters(word) for look in looks for word in _words_of(look)}
    if other := nearly(label, words):
        draft.doubt(f"“{label}” was read as “{other}” elsewhere", 0.7)


def _words_of(look: str) -> list[str]:
    """The words of a line, its hosts without their endings, and the line without spaces and legal form."""
    hosts = [label_of(host) for host in re.findall(r"[\w\-]+(?:\.[\w\-]+)+", fold(look))]
    alone = [word for word in plain(look) if "." not in word and "@" not in word]
    return [*alone, *hosts, fold(scoring.without_legal_form(look))]


def _labelled(draft: Draft, close: str) -> bool:
    return letters(fold(label_of(_host(draft)))) == close


def _cut_or_glued(mine: str, other: str) -> bool:
    """Whether a host without a good ending is another host of the card, cut off or without its full stop."""
    if not known_tld(other) or mine == other:
        return False
    short, long = letters(mine), letters(other)
    return len(short) > 5 and long.startswith(short[:-1]) and abs(len(long) - len(short)) <= 6


def _mailbox(draft: Draft, person: Sequence[str]) -> None:
    """Compare what stands before the "@" with the name."""
    if _named(draft, person):
        return
    local, _, host = draft.value.rpartition("@")
    if len(local) == 1 and not any(fold(word).startswith(local.lower()) for word in person):
        draft.doubt("its beginning may be missing", 0.6)
        return
    # The letter that announced the address ("E jane@…") was read as its first.
    if local[:1] in ("E", "M", "e") and person and names.fits(" ".join(person), local[1:]) >= 0.9:
        draft.value = draft.value[1:]
        draft.doubt(f"it was read as “{local}”", 0.75)
        return
    # A capital I in a small word is an l that was misread.
    mended = re.sub(r"(?<=[a-z])I(?=[a-z])", "l", local)
    pieces = [piece for piece in re.split(r"[._\-]+", mended) if piece]
    for at, piece in enumerate(pieces):
        if (better := alike(piece, person)) and len(better) > 2:
            draft.value = f"{mended.replace(piece, better, 1)}@{host}"
            draft.doubt(f"it was read as “{local}”, but the name is spelled “{better}”")
            return
        if close := nearly(piece, person):
            draft.doubt(f"“{pieces[at]}” is almost “{close}” of the name", 0.65)
            return
    whole = "".join(person)
    for form in (whole, *(one[0] + other for one in person for other in person if one != other)):
        if nearly(local, [form]) and _read_once(draft, form, person):
            draft.value = f"{form}@{host}"
            return
        if nearly("".join(pieces), [form]) or alike("".join(pieces), [form]):
            draft.doubt("it is spelled otherwise than the name", 0.65)
            return
    if odd_letters(local):
        draft.doubt(f"“{local}” mixes letters and digits", 0.65)
    elif person and any(nearly(one, [word]) for one in _runs("".join(pieces), person) for word in person):
        draft.doubt("it is spelled otherwise than the name", 0.65)


def _named(draft: Draft, person: Sequence[str]) -> bool:
    """Whether the name is in the mailbox in one look or the other; clear the doubts that end with that."""
    local, _, host = draft.value.rpartition("@")
    small = f"l{local[1:]}"
    if re.match(r"I[a-z.]", local) and small.islower() and _begins_a_name("l", small, person):
        # A capital before small letters is an l that was misread.
        draft.value = f"{small}@{host}"
        draft.doubt(f"it was read as “{local}”", 0.75)
        local = small
    fits = names.fits(" ".join(person), local)
    if fits >= 0.75:
        # Two lines that make up the whole name belong together; with half of it a part may still be missing.
        if fits >= 0.9 and draft.reasons == [TWO_LINES]:
            draft.reasons.clear()
        _confirmed(draft)
        return True
    if TORN not in draft.reasons:
        return False
    found = [one.value.rpartition("@")[0] for one in addresses.emails(draft.row.again or "")]
    other = next((mailbox for mailbox in found if names.fits(" ".join(person), mailbox) >= 0.9), "")
    if other:
        draft.value = f"{other}@{host}"
    return bool(other)


def _begins_a_name(letter: str, mailbox: str, person: Sequence[str]) -> bool:
    """Whether a mailbox that begins with this letter has the name in it, and a word of the name begins so too."""
    return any(word.startswith(letter) for word in person) and names.fits(" ".join(person), mailbox) >= 0.75


def _info(draft: Draft) -> bool:
    """Put right what the commonest mailbox of all is misread as."""
    local, _, host = draft.value.rpartition("@")
    if draft.row.box is None or local.lower() not in _INFO:
        return False
    draft.value = f"info@{host}"
    draft.doubt(f"it was read as “{local}”", 0.75)
    return True


def _read_once(draft: Draft, form: str, person: Sequence[str]) -> bool:
    """Whether one look misread a mailbox and the other has the name in it."""
    other = letters(fold(draft.row.again or ""))
    return TORN in draft.reasons and any(len(word) > 3 and word in form and word in other for word in person)


def _runs(packed: str, person: Sequence[str]) -> set[str]:
    """Beginnings and ends of a mailbox that are as long as a word of the name."""
    return {
        part
        for word in person
        if len(word) >= 5 and len(packed) > len(word)
        for part in (packed[: len(word)], packed[-len(word) :])
        if not any(letters(fold(word)) in packed for word in person)
    }


def _profile(draft: Draft, name: str, looks: Sequence[str]) -> None:
    slug = draft.value.rstrip("/").rpartition("/")[2]
    if draft.reasons in ([TWO_LINES], [SPACES]) and names.fits(name, slug) >= 0.9:
        draft.reasons.clear()
        draft.confidence = max(draft.confidence, 0.95)
    packed = letters(fold(slug))
    person = [word for word in names.core_words(name) if len(word) > 1]
    mailboxes = [letters(box) for look in looks for box in re.findall(r"([\w.\-]+)@", fold(look))]
    spelled = ["".join(person), "".join(reversed(person))] if names.fits(name, slug) < 0.75 else []
    if other := nearly(packed, [*spelled, *mailboxes]):
        draft.doubt(f"“{slug}” is almost “{other}”, which stands on the card too", 0.65)
    path = re.sub(r"^[a-z]+://[^/]*", "", draft.value)
    if odd_letters(re.sub(r"[-_]\w*\d\w*$", "", path)):
        draft.doubt("it mixes letters and digits", 0.7)


def _confirmed(draft: Draft) -> None:
    """Another field spells it the same: that only spaces had to go is no doubt any more."""
    if draft.only_spaces and draft.reasons == [SPACES]:
        draft.reasons.clear()
        draft.confidence = max(draft.confidence, 0.9)
    elif not draft.reasons:
        draft.confidence = max(draft.confidence, 0.95)
