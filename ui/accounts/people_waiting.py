"""People about whom the address book and Rapport differ, each with the choices there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planner.addressbooks.records import FieldChoice, PersonDisagreement, Question
from ui.accounts.choose_all import offer_all
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row

#: By question: what there is to say, and the buttons with what they choose and what that does.
_ASKED: dict[Question, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    Question.BOTH_CHANGED: (
        "",
        (
            ("Keep mine", "mine", "Writes what is here into the address book"),
            ("Take theirs", "theirs", "Takes over what the address book says; Undo brings yours back"),
        ),
    ),
    Question.GONE_THERE: (
        "Deleted in the address book. Here there is more: what went between you, or changes of yours.",
        (
            ("Keep here only", "here only", "Stays in Rapport, and is not put there again"),
            ("Put back there", "mine", "Puts the card into the address book again"),
            ("Delete here too", "theirs", "Deletes the person with all that belongs to them; Undo brings them back"),
        ),
    ),
    Question.GONE_HERE: (
        "Deleted here, and changed in the address book since.",
        (
            ("Delete there too", "mine", "Deletes the card in the address book"),
            ("Bring back here", "theirs", "Adds the person again, as the address book has them"),
        ),
    ),
}


def show_waiting(
    column: QVBoxLayout,
    waiting: tuple[PersonDisagreement, ...],
    choose: Callable[[PersonDisagreement, str], None],
    choose_all: Callable[..., None],
) -> None:
    """Fill a column; `choose` is told whom a button is about, and "mine", "theirs" or "here only".

    `choose_all(mine=…)` is for everyone whom both sides changed.
    """
    if not waiting:
        return
    column.addSpacing(8)
    column.addWidget(Label("People to decide about", "heading"))
    column.addWidget(Paragraph("Both sides are kept as they are until you say.", small=True, style="mute"))
    many = sum(one.question is Question.BOTH_CHANGED for one in waiting)
    offer_all(column, many, "people", choose_all)
    for one in waiting:
        column.addWidget(_box(one, choose))


def _box(one: PersonDisagreement, choose: Callable[[PersonDisagreement, str], None]) -> Box:
    box = Box(spacing=8)
    box.add(Label(one.name, "strong", elide=True))
    about, buttons = _ASKED[one.question]
    if about:
        box.add(Paragraph(about, small=True))
    if one.fields:
        box.add(_table(one.fields))
    made = []
    for text, choice, tip in buttons:
        button = Button(text)
        button.setToolTip(tip)
        button.setAccessibleDescription(one.name)
        button.clicked.connect(partial(_chosen, choose, one, choice))
        made.append(button)
    box.add(row(*made, None, spacing=8))
    return box


def _table(fields: tuple[FieldChoice, ...]) -> QWidget:
    """Both values of each field, side by side."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    grid.addWidget(Label("Here", "small_muted"), 0, 1)
    grid.addWidget(Label("In the address book", "small_muted"), 0, 2)
    for number, field in enumerate(fields, 1):
        name = Paragraph(field.label, small=True, style="mute")
        name.setWordWrap(False)
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        for column, text in ((1, field.here), (2, field.there)):
            grid.addWidget(Paragraph(text, small=True), number, column, Qt.AlignmentFlag.AlignTop)
    return table


def _chosen(
    choose: Callable[[PersonDisagreement, str], None], one: PersonDisagreement, choice: str, *_: object
) -> None:
    choose(one, choice)
