"""What a person's page offers for bringing people together: introductions, profiles, and their posts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from planner.contacts.profiles import profiles
from planner.relations.introductions import first_name
from planner.relations.records import PersonRef
from ui.context import Link, UiContext
from ui.shell.actions import Action
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import open_web_link

if TYPE_CHECKING:
    from ui.contacts.page import ContactsPage

#: What the line says before you go on: quick entry understands it as contact on a social network.
ENGAGED = "commented on {}’s post about "


class Connecting:
    """Actions of the People page. `actions()` name the person shown, so they are asked anew for each."""

    def __init__(self, page: ContactsPage) -> None:
        self._page = page
        self._ctx: UiContext = page.ctx

    def actions(self) -> Sequence[Action]:
        """For the menus and the palette."""
        person = self._person()
        name = first_name(person) if person else "them"
        their = f"{name}’s" if person else "their"
        found = [
            Action("introduce-selected", "Introduce these two…", self.introduce, "Ctrl+Shift+J", "Edit", "person",
                   "handshake", hint="introduction meet"),
            Action("introduce-person", f"Introduce {name} to somebody…", partial(self._begin, "new"),
                   icon="handshake", is_enabled=self._has_person, hint="introduction meet"),
            Action("introduced-by", f"Ask {name} for an introduction…", partial(self._begin, "through"),
                   icon="handshake", is_enabled=self._has_person, hint="connector through"),
            Action("introduced-to", f"Ask for an introduction to {name}…", partial(self._begin, "to"),
                   icon="handshake", is_enabled=self._has_person, hint="meet connector"),
            Action("engaged", f"I engaged with {their} post…", self.engage, "Ctrl+Shift+G", "Edit", "person",
                   "message-square", self._has_person, hint="social liked commented shared log"),
            Action("open-profile", f"Open {their} profile", self.open_profile, "Ctrl+Shift+O", "Edit", "person",
                   "external-link", lambda: bool(self._profiles()), hint="link website linkedin"),
        ]  # fmt: skip
        found += [
            Action(f"profile-{at}", f"Open {their} {called}", partial(open_web_link, QUrl(address)),
                   icon="external-link", hint="profile link social")
            for at, (called, address) in enumerate(self._profiles())
        ]  # fmt: skip
        return found

    def introduce(self) -> None:
        """Introduce the two selected people to each other."""
        ids = self._page.selected
        if len(ids) == 2:
            self._ctx.navigate(Link("introductions", ids[0], f"with-{ids[1]}"))
        else:
            self._ctx.toast("Select two people in the list first")

    def engage(self) -> None:
        """Begin the line about a post of theirs that was liked, commented on or shared."""
        person = self._person()
        if person is not None:
            self._page.person.start_logging(ENGAGED.format(first_name(person)))

    def open_profile(self) -> None:
        """Open the one profile there is, or ask which of several."""
        found = self._profiles()
        if len(found) == 1:
            open_web_link(QUrl(found[0][1]))
        elif found:
            head: QWidget = self._page.person.head
            items = [MenuItem(called, partial(open_web_link, QUrl(address))) for called, address in found]
            open_menu(head, items, head.mapToGlobal(head.rect().bottomLeft()))

    def _begin(self, part: str) -> None:
        person = self._person()
        if person is not None:
            self._ctx.navigate(Link("introductions", person.id, part))

    def _person(self) -> PersonRef | None:
        data = self._page.person.data
        return None if data is None else PersonRef(data.contact.id, data.contact.name)

    def _has_person(self) -> bool:
        return self._person() is not None

    def _profiles(self) -> tuple[tuple[str, str], ...]:
        data = self._page.person.data
        return () if data is None else profiles(data.contact.details.links)
