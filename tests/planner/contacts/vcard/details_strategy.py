"""Contacts of every shape, as they are kept, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from planner.contacts.records import (
    Address,
    Boundary,
    ContactDetails,
    DateKind,
    Email,
    Link,
    PartialDate,
    Phone,
    Role,
    Tie,
    VCardProperty,
)

SPECIAL = "\\;:,\"'^=\t#<>!$_{}&%äßñçøŁżłΩЖ安藤ｱ😀👩‍💻é́\u00a0\u200f"
_chars = st.one_of(
    st.sampled_from(SPECIAL),
    st.characters(min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
)


def lines(max_size: int = 40) -> st.SearchStrategy[str]:
    """A trimmed text of one line, never empty."""
    return (
        st.text(_chars, min_size=1, max_size=max_size)
        .map(lambda text: text.replace("\t", " ").strip())
        .filter(lambda text: bool(text) and not text.startswith("_$!<"))
    )


def texts() -> st.SearchStrategy[str]:
    """Several lines, without line breaks around them."""
    return st.lists(st.one_of(st.just(""), st.text(_chars, max_size=90)), max_size=5).map(
        lambda found: "\n".join(found).replace("\r", "").strip("\n") if "".join(found).strip() else ""
    )


maybe = st.one_of(st.just(""), lines())
words = st.text(st.sampled_from("abcxyzåñ日-_.~%+"), min_size=1, max_size=12)
labels = st.one_of(st.sampled_from(["", "work", "home", "mobile", "work fax", "pager", "website", "Bürö"]), lines(15))
emails = st.builds(Email, st.builds("{}@{}.example".format, words, words), labels, st.booleans())
phones = st.builds(
    Phone, st.builds("{} {}".format, st.integers(0, 10**12), lines(8)).map(str.strip), labels, st.booleans()
)
addresses = st.builds(
    Address,
    lines(),
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    st.sampled_from(["", "work", "home", "Cabin"]),
    st.booleans(),
)
links = st.one_of(
    st.builds(Link, st.builds("https://{}.example/{}?a=b,c;d\\e".format, words, words), labels),
    st.sampled_from([Link("skype:ann", "skype"), Link("skype:ann", ""), Link("xmpp:a@b.example", "work")]),
)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Whole dates and parts of dates."""
    kind = draw(st.sampled_from(DateKind))
    label = draw(st.one_of(st.just(""), lines(12)).filter(lambda text: text.lower() not in set(DateKind)))
    whole = draw(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
    known = draw(st.sampled_from(["ymd", "ym", "y", "md", "m", "d"]))
    return PartialDate(
        kind,
        whole.year if "y" in known else None,
        whole.month if "m" in known else None,
        whole.day if "d" in known else None,
        label,
    )


extras = st.builds(
    VCardProperty,
    st.builds("X-{}".format, st.text(st.sampled_from("ABCZ09-"), min_size=1, max_size=8)),
    st.one_of(lines(), st.just("a\\;b\\,c\\nd;e,f"), st.just("x" * 300)).map(lambda text: text.strip()),
    st.lists(
        st.tuples(st.sampled_from(["TYPE", "X-P", "LANGUAGE"]), st.lists(lines(10), min_size=1, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    st.sampled_from(["", "grp"]),
)

public_details = st.builds(
    ContactDetails,
    name=maybe,
    prefix=maybe,
    given=maybe,
    additional=maybe,
    family=maybe,
    suffix=maybe,
    nickname=maybe,
    phonetic=maybe,
    pronouns=maybe,
    organisation=maybe,
    department=maybe,
    title=maybe,
    field=maybe,
    emails=st.lists(emails, max_size=3).map(tuple),
    phones=st.lists(phones, max_size=3).map(tuple),
    addresses=st.lists(addresses, max_size=2).map(tuple),
    links=st.lists(links, max_size=3).map(tuple),
    dates=st.lists(dates(), max_size=4).map(tuple),
    tags=st.lists(lines(12).map(lambda text: " ".join(text.split())), max_size=4, unique=True).map(tuple),
    time_zone=st.sampled_from(["", "Europe/Lisbon", "America/New_York"]),
    notes=texts(),
    extras=st.lists(extras, max_size=3).map(tuple),
).map(lambda details: replace(details, name="") if replace(details, name="").shown_name == details.name else details)

private_details = st.builds(
    replace,
    public_details,
    roles=st.lists(st.sampled_from(Role), max_size=3, unique=True).map(tuple),
    tie=st.one_of(st.none(), st.sampled_from(Tie)),
    rhythm_days=st.one_of(st.none(), st.integers(0, 3650)),
    longest_days=st.one_of(st.none(), st.integers(1, 3650)),
    matters=st.booleans(),
    remember=texts(),
    research=texts(),
    boundary=st.builds(
        Boundary,
        preferred_channel=st.sampled_from(["", "email"]),
        hours_from=st.just("09:00"),
        hours_to=st.just("17:30"),
        quiet_until=st.one_of(st.none(), st.dates()),
        topics_off=texts(),
        no_asks=st.booleans(),
        expectations=texts(),
    ),
)
