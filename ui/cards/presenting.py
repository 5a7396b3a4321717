"""Cards in the words of the screen."""

from __future__ import annotations

from planner.cards.outcomes import Outcome
from planner.cards.records import CardRow, FieldKind, ReadField, ReadingKind
from ui.theme_tokens import Tone
from ui.widgets.row_data import RowAction, RowData

SKIP = RowAction("skip", "Skip", "X", "menu")

FIELD_WORDS = {
    FieldKind.NAME: "Name",
    FieldKind.TITLE: "Title",
    FieldKind.DEPARTMENT: "Department",
    FieldKind.ORGANISATION: "Organisation",
    FieldKind.EMAIL: "Email",
    FieldKind.PHONE: "Phone",
    FieldKind.LINK: "Link",
    FieldKind.ADDRESS: "Address",
}
_LABELS = {
    "mobile": "Mobile",
    "fax": "Fax",
    "home": "Home",
    "pager": "Pager",
    "website": "Web",
    "linkedin": "LinkedIn",
    "xing": "XING",
    "twitter": "X",
    "github": "GitHub",
    "gitlab": "GitLab",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "wechat": "WeChat",
    "orcid": "ORCID",
}

OUTCOME_WORDS = {
    Outcome.NEW: ("new", Tone.ACCENT),
    Outcome.KNOWN: ("already here", Tone.NEUTRAL),
    Outcome.MERGED: ("changed", Tone.INFO),
    Outcome.DOUBTFUL: ("to look at", Tone.WARN),
    Outcome.FAILED: ("not readable", Tone.BAD),
}


def card_row(card: CardRow) -> RowData:
    """A line of the inbox."""
    icon = "qr-code" if card.kind is ReadingKind.QR else ""
    return RowData(
        title=card.name or "Unread card",
        muted=card.about,
        name="" if icon else card.name or "?",
        icon=icon,
        actions=(SKIP,),
        tip=card.about,
    )


def field_words(field: ReadField) -> str:
    """The label of a field: a phone or link by its kind."""
    if field.kind in (FieldKind.PHONE, FieldKind.LINK) and field.label:
        return _LABELS.get(field.label, FIELD_WORDS[field.kind] if field.label == "work" else field.label.capitalize())
    return FIELD_WORDS[field.kind]


def doubt_words(field: ReadField) -> str:
    """Why a field should be checked."""
    if field.sure:
        return "Read for certain"
    reason = field.doubt or "it was hard to read"
    return f"Please check: {reason}"


def found_words(new: int, waiting: int, failed: int) -> str:
    """What came of reading: "3 cards to review, 1 waits here already, 1 could not be read"."""
    parts = []
    if new:
        parts.append(f"{new:,} card{'s' if new != 1 else ''} to review")
    if waiting:
        parts.append(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} here already")
    if failed:
        parts.append(f"{failed:,} could not be read")
    return ", ".join(parts) or "There is nothing in it that could be read"
