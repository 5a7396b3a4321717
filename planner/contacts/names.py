"""A full name and its parts."""

from __future__ import annotations

import re
from dataclasses import replace

from planner.contacts.records import ContactDetails, is_east_asian


def with_name(details: ContactDetails, name: str) -> ContactDetails:
    """The details under another full name, its parts guessed; the name as typed wins where they do not give it back.

    "Berg, Anna" is taken as family name first.
    """
    typed = " ".join(name.split())
    bare = replace(details, name="", prefix="", given="", additional="", family="", suffix="")
    if not typed:
        return bare
    if " " not in typed:
        return replace(bare, name=typed) if is_east_asian(typed) else replace(bare, given=typed)
    if is_east_asian(typed.replace(" ", "")):
        family, _, given = typed.partition(" ")
        return replace(bare, family=family, given=given)
    from nameparser import HumanName  # 30 ms to import: only once a name is typed

    read = HumanName(typed)
    nickname = read.nickname or details.nickname
    parts = replace(
        bare,
        prefix=read.title,
        given=read.first,
        additional=read.middle,
        family=read.last,
        suffix=read.suffix,
        nickname=nickname,
    )
    if not (parts.given or parts.family):
        return replace(bare, name=typed)
    same = parts.shown_name.replace(",", "") == re.sub(r"\s*\(.*?\)|\s*\".*?\"", "", typed).replace(",", "")
    return parts if same or "," in typed else replace(parts, name=typed)


def file_name(name: str) -> str:
    """A name for the file of one contact that every system takes: "Ingrid Vale.vcf"."""
    plain = "".join(char if char.isprintable() and char not in '<>:"/\\|?*' else " " for char in name)
    return (" ".join(plain.split()).strip(". ")[:80] or "contact") + ".vcf"
