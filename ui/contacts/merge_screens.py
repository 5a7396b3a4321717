"""The states of the merge dialogs that are worth a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from planner.contacts.duplicates import Group, Pair
from planner.contacts.merging import Side
from planner.contacts.records import Contact, ContactDetails, Email, Link, Phone, Tie
from ui.contacts.merge_dialog import MergeDialog
from ui.contacts.merge_sure import SureMergesDialog
from ui.links import Link as To
from ui.screens import Screen

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_REASONS = (
    (0.98, "same email address, same name"),
    (0.85, "same name, Bill for William, same organisation"),
    (0.6, "same name, another organisation"),
)


def merge_screens() -> tuple[Screen, ...]:
    """All of them."""
    here = To("contacts")
    return (
        Screen("duplicates", here, lambda window: _open(window, 6)),
        Screen("duplicates-many", here, lambda window: _open(window, 200)),
        Screen("duplicates-long", here, _long),
        Screen("duplicates-two", here, lambda window: _open(window, 1)),
        Screen("duplicates-none", here, _none),
        Screen("duplicates-sure", here, _sure),
    )


def _close_others(window: MainWindow) -> None:
    for old in window.findChildren(QDialog):
        old.close()


def _groups(window: MainWindow, count: int) -> list[Group]:
    assert window.ctx is not None
    ids = window.ctx.planner.contact_queries.find("")
    groups = []
    for at in range(count):
        one, other = ids[at % len(ids)], ids[(at * 3 + 1) % len(ids)]
        score, reason = _REASONS[at % 3]
        groups.append(Group((one, other), (Pair(min(one, other), max(one, other), score, reason),), at % 3 == 0))
    return groups


def _shown(window: MainWindow, groups: list[Group]) -> MergeDialog:
    assert window.ctx is not None
    _close_others(window)
    dialog = MergeDialog(window.ctx, groups, window.page)
    dialog.open()
    window.tasks.flush()
    return dialog


def _open(window: MainWindow, count: int) -> None:
    dialog = _shown(window, _groups(window, count))
    pair = _pair(window, dialog)
    twin = replace(
        pair[0].details, title="Head of Engineering", emails=(Email("old@elsewhere.example", "home"),), tie=Tie.WEAK
    )
    dialog.show_two(pair[0], replace(pair[1], details=twin))
    dialog.choose("title", Side.OTHER)


def _pair(window: MainWindow, dialog: MergeDialog) -> tuple[Contact, Contact]:
    assert window.ctx is not None
    found = window.ctx.planner.duplicates.pair(*dialog.groups[0].ids[:2])
    assert found is not None
    return found


def _long(window: MainWindow) -> None:
    dialog = _shown(window, _groups(window, 3))
    pair = _pair(window, dialog)
    long = ContactDetails(
        given="Maximiliana Friederike Alexandra",
        family="Freifrau von und zu Hohenstein-Lichtenberg auf Altenburg",
        organisation="Interministerial Commission for the Modernisation of Rural Networks",
        title="Deputy Director General for Cross-border Infrastructure Planning",
        emails=tuple(Email(f"maximiliana.friederike.alexandra{at}@commission.example", "work") for at in range(4)),
        phones=(Phone("+49 30 1234567", "mobile"),),
        links=(Link("https://www.commission.example/people/maximiliana-friederike-alexandra/profile", "website"),),
        notes="A long note about many things. " * 30,
    )
    dialog.show_two(
        replace(pair[0], details=long), replace(pair[1], details=replace(long, given="Max", tags=("rail",)))
    )


def _none(window: MainWindow) -> None:
    dialog = _shown(window, _groups(window, 2))
    dialog.later()
    dialog.later()


def _sure(window: MainWindow) -> None:
    assert window.ctx is not None
    _close_others(window)
    sure = [each for each in _groups(window, 12) if each.automatic]
    SureMergesDialog(window.ctx, sure, lambda: None, window.page).open()
