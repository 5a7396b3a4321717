"""How you were in touch, read from the line that says what happened."""

from __future__ import annotations

import re

from planner.contacts.records import Channel
from planner.followups.records import FollowUpKind
from planner.relations.records import InteractionKind

#: What one does for each kind of follow-up, unless the words or the contact's own channel say otherwise.
_KINDS = {
    FollowUpKind.CELEBRATE: InteractionKind.MESSAGE,
    FollowUpKind.CONNECT: InteractionKind.SOCIAL,
}

_CHANNELS = {
    Channel.EMAIL: InteractionKind.EMAIL,
    Channel.PHONE: InteractionKind.CALL,
    Channel.MESSAGE: InteractionKind.MESSAGE,
    Channel.VIDEO: InteractionKind.VIDEO,
    Channel.IN_PERSON: InteractionKind.MET,
}

_WORDS = (
    (InteractionKind.VIDEO, r"video(?: call)?|zoom|teams|facetime|on screen"),
    (InteractionKind.CALL, r"called|call|phoned|rang|on the phone|voicemail"),
    (InteractionKind.MET, r"met|coffee|lunch|dinner|breakfast|drinks?|in person|visited|walk(?:ed)?"),
    (InteractionKind.LETTER, r"letter|postcard|card|by post"),
    (InteractionKind.SOCIAL, r"linkedin|mastodon|bluesky|commented|liked"),
    (InteractionKind.MESSAGE, r"texted|text(?:ed)?|sms|whatsapp|signal|slack|messaged|message|chat(?:ted)?"),
    (InteractionKind.EMAIL, r"e-?mail(?:ed)?|mailed|wrote|replied"),
)


def fitting_kind(kind: FollowUpKind, words: str, channel: str = "") -> InteractionKind:
    """How you were in touch: as the line says, else as the kind goes, else by the contact's preferred channel."""
    found = [
        (match.start(), interaction)
        for interaction, pattern in _WORDS
        if (match := re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE))
    ]
    if found:
        return min(found, key=lambda each: each[0])[1]
    if kind in _KINDS:
        return _KINDS[kind]
    return _CHANNELS[Channel(channel)] if channel in list(Channel) else InteractionKind.EMAIL
