"""Some people, and the page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from planner.contacts.records import Address, ContactDetails, Email, Phone, Role, Tie
from planner.relations.drafts import InteractionDraft
from planner.relations.records import InteractionKind
from ui.contacts.page import ContactsPage
from ui.context import UiContext
from ui.tasks import Tasks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.app import Planner

NAMES = (("Benoît", "Charron"), ("Kofi", "Danso"), ("Mara", "Lindqvist"), ("Michael", "Okafor"), ("Anjali", "Patel"))


@dataclass
class Shown:
    """The page in a window, and short hands for keys and waiting."""

    page: ContactsPage
    planner: Planner
    wait: Callable[[], None]
    ids: dict[str, int] = field(default_factory=dict)

    def press(
        self, widget: QWidget, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press keys, or type texts, in a widget that gets the focus first."""
        widget.setFocus()
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(widget, key)
            else:
                QTest.keyClick(widget, key, modifier)
        self.wait()

    def save(self, dialog: QDialog) -> None:
        """Press Ctrl+Enter in a dialog; a button pressed by its key is seen to go down for a tenth of a second."""
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(150)
        self.wait()

    def names(self) -> list[str]:
        """The names in the list, top to bottom."""
        return [row.name for row in self.planner.contact_queries.rows(self.page.pane.ids)]

    def choose(self, name: str, tab: str = "story") -> None:
        """Show somebody's tab."""
        from ui.links import Link

        self.page.show_link(Link("contact", self.ids[name], tab))
        self.wait()
        QTest.qWait(130)
        self.wait()

    def details(self, name: str) -> ContactDetails:
        """What is stored of somebody."""
        return self.planner.contact_queries.get(self.ids[name]).details


@pytest.fixture
def people(planner: Planner) -> dict[str, int]:
    """Five people, one of whom there is more to say about."""
    ids = {}
    for given, family in NAMES:
        ids[family] = planner.contacts.add(ContactDetails(given=given, family=family)).new("contact")
    planner.contacts.edit(
        ids["Patel"],
        title="Director of Engineering",
        organisation="Northlight",
        roles=(Role.MENTOR,),
        tie=Tie.STRONG,
        tags=("platform",),
        time_zone="Europe/Lisbon",
        emails=(Email("anjali@northlight.example", "work"),),
        phones=(Phone("+351 912 345 678", "mobile"),),
        addresses=(Address(city="Porto", country="Portugal"),),
        remember="Two kids",
    )
    at = planner.clock.now() - timedelta(days=31)
    planner.relations.log(
        InteractionDraft(
            InteractionKind.CALL, at, contact_ids=(ids["Patel"],), text="Talked through the move", minutes=25
        )
    )
    return ids


@pytest.fixture
def shown(ctx: UiContext, people: dict[str, int], qtbot: QtBot, settle: Callable[[Tasks], None]) -> Iterator[Shown]:
    """The page over five people, shown and settled."""
    page = ContactsPage(ctx)
    page.resize(1100, 740)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()

    def wait() -> None:
        for _ in range(3):
            settle(ctx.tasks)
            QApplication.processEvents()

    wait()
    made = Shown(page, ctx.planner, wait, people)
    QTest.qWait(130)
    wait()
    yield made
    for dialog in page.findChildren(QDialog):
        dialog.close()
    page.hide()
    QTest.qWait(50)  # what was still waiting for a pause in typing
    wait()
