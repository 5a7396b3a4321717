"""Places in the window, as navigation, calendars and files name them."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """A place in the window: Link("contact", 5, "prepare") is that person's Prepare tab, Link("followups") a page.

    `kind` is a page's key ("today", "contacts", "events", "followups", "settings") or an entity's word ("contact",
    "event", "followup"). `part` is a tab, a phase, or another word that the page knows. The menus send these parts,
    which a page answers by starting that work: "new" and "import" and "export" (contacts), "new" (events, followups),
    "export" (followups), "data" and "shortcuts" (settings).

    `words` is what the form begun by "new" is filled with: the name of a person, the title of an event or follow-up.

    A link from a calendar names the record by `uid`, as files know it; the window finds its number when it goes there.
    """

    kind: str
    id: int | None = None
    part: str | None = None
    uid: str = ""
    words: str = ""
