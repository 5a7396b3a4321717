"""The menu behind "+ filter": what can be filtered by, and the searches that were saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from planner.contacts.records import Role, SavedFilter, TagCount, Tie
from planner.contacts.search import FilterKey, quoted
from ui.contacts.words import role_words, tie_words
from ui.widgets.menu import MenuItem, make_menu

_QUIET = (("4w", "4 weeks"), ("8w", "8 weeks"), ("3m", "3 months"), ("6m", "6 months"), ("1y", "a year"))
_DUE = (
    ("overdue", "Overdue"),
    ("today", "Today"),
    ("week", "This week"),
    ("month", "This month"),
    ("none", "Nothing due"),
)
_THINGS = (
    "email", "phone", "address", "photo", "birthday", "tag", "role", "rhythm", "notes", "research", "needs", "offers",
    "history",
)  # fmt: skip


def filter_menu(
    parent: QWidget,
    add: Callable[[str], object],
    load: Callable[[str], object],
    save: Callable[[], object],
    manage: Callable[[], object],
    *,
    tags: Sequence[TagCount],
    events: Sequence[str],
    saved: Sequence[SavedFilter],
    searching: bool,
) -> QMenu:
    """The menu. `add` takes a filter as it is typed, `load` a whole search; `searching` tells whether there is one."""

    def entry(text: str, key: FilterKey, value: str, icon: str = "") -> MenuItem:
        return MenuItem(text, lambda: add(quoted(key, value)), icon=icon)

    def sub(title: str, items: Sequence[MenuItem | None]) -> None:
        if items:
            inner = make_menu(menu, items)
            inner.setTitle(title)
            menu.addMenu(inner)

    menu = make_menu(parent, [MenuItem(one.name, partial(load, one.query), icon="funnel") for one in saved[:12]])
    if saved:
        menu.addSeparator()
    sub("Role", [entry(role_words(role), FilterKey.ROLE, role.value) for role in Role])
    sub("Tie", [entry(tie_words(tie), FilterKey.TIE, tie.value) for tie in Tie])
    sub("Tag", [entry(f"{one.tag}  ({one.count:,})", FilterKey.TAG, one.tag) for one in tags[:20]])
    sub("Quiet for", [entry(words, FilterKey.QUIET, value) for value, words in _QUIET])
    sub("Follow-up due", [entry(words, FilterKey.DUE, value) for value, words in _DUE])
    sub("Met at", [entry(title, FilterKey.MET, title) for title in events[:15]])
    sub("Birthday", [entry(words, FilterKey.BIRTHDAY, value) for value, words in _BIRTHDAYS])
    sub("Has", [entry(_thing(thing), FilterKey.HAS, thing) for thing in _THINGS])
    sub("Has no", [entry(_thing(thing), FilterKey.NO, thing) for thing in _THINGS])
    for item in (
        entry("Important", FilterKey.IS, "important", "star"),
        entry("Drifting", FilterKey.IS, "drifting", "history"),
    ):
        _append(menu, item)
    menu.addSeparator()
    _append(menu, MenuItem("Save this search…", save, icon="save", enabled=searching))
    _append(menu, MenuItem("Saved filters…", manage, icon="pencil", enabled=bool(saved)))
    return menu


_BIRTHDAYS = (("today", "Today"), ("week", "This week"), ("month", "This month"))
_NAMES = {
    "history": "any history",
    "needs": "anything they look for",
    "offers": "anything to offer",
    "phone": "phone number",
    "email": "email address",
}


def _thing(name: str) -> str:
    words = _NAMES.get(name, name)
    return words[:1].upper() + words[1:]


def _append(menu: QMenu, item: MenuItem) -> None:
    made = make_menu(menu, [item])
    for action in made.actions():
        action.setParent(menu)
        menu.addAction(action)
