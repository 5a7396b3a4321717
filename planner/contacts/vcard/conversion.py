"""Kept properties in the form that the other version of vCard wants."""

from __future__ import annotations

import re

from planner.contacts.records import VCardProperty
from planner.contacts.vcard.lines import Params

_BINARY = {"LOGO": "image", "SOUND": "audio", "KEY": "application", "PHOTO": "image"}
_KEYS = {"x509": "pkix-cert", "pgp": "pgp-keys"}
_DATA = re.compile(r"data:(?:[\w.+\-]+/)?([\w.+\-]*)[^,]*;base64\\?,", re.IGNORECASE)
_PLACE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*\\?[;,]\s*(-?\d+(?:\.\d+)?)\s*")
_GEO = re.compile(r"geo:(-?\d+(?:\.\d+)?)\\?,(-?\d+(?:\.\d+)?)", re.IGNORECASE)


def for_version(item: VCardProperty, version: str) -> VCardProperty:
    """The same property for a version: binary data, preference and places are written differently in 3.0 and 4.0."""
    name, value, params = item.name, item.value, item.params
    if name in _BINARY:
        value, params = _binary_40(name, value, params) if version == "4.0" else _binary_30(value, params)
    elif name == "GEO":
        if version == "4.0":
            value = _PLACE.sub(r"geo:\1,\2", value) if _PLACE.fullmatch(value) else value
        elif (match := _GEO.fullmatch(value)) is not None:
            value = f"{match[1]};{match[2]}"
    if params:
        params = _preference_40(params) if version == "4.0" else _preference_30(params)
    return VCardProperty(name, value, params, item.group)


def _preference_40(params: Params) -> Params:
    if not any(name == "TYPE" and any(word.lower() == "pref" for word in words) for name, words in params):
        return params
    kept: list[tuple[str, tuple[str, ...]]] = []
    for name, words in params:
        if name == "TYPE":
            words = tuple(word for word in words if word.lower() != "pref")
            if not words:
                continue
        kept.append((name, words))
    if not any(name == "PREF" for name, _ in kept):
        kept.append(("PREF", ("1",)))
    return tuple(kept)


def _preference_30(params: Params) -> Params:
    return tuple(("TYPE", ("PREF",)) if param == ("PREF", ("1",)) else param for param in params)


def _binary_40(name: str, value: str, params: Params) -> tuple[str, Params]:
    """ENCODING=b of 3.0 becomes a `data:` URI (RFC 6350 section 6.2.4)."""
    if not any(key == "ENCODING" for key, _ in params):
        return value, params
    subtype = next((words[0].lower() for key, words in params if key == "TYPE" and words), "octet-stream")
    kind = "application" if subtype == "octet-stream" else _BINARY[name]
    rest = tuple(param for param in params if param[0] not in ("ENCODING", "TYPE", "VALUE"))
    return f"data:{kind}/{_KEYS.get(subtype, subtype)};base64,{value}", rest


def _binary_30(value: str, params: Params) -> tuple[str, Params]:
    match = _DATA.match(value)
    if match is None:
        return value, params
    subtype = {words: key for key, words in _KEYS.items()}.get(match[1].lower(), match[1])
    rest = [param for param in params if param[0] not in ("VALUE", "MEDIATYPE")]
    rest.append(("ENCODING", ("b",)))
    if subtype and subtype != "octet-stream":
        rest.append(("TYPE", (subtype.upper(),)))
    return value[match.end() :], tuple(rest)
