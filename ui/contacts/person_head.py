"""The head of a person's page: picture, name, what they do, what they are to you, and the first three verbs."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.clock import Clock
from planner.relations.boundaries import Weight, cautions
from ui.contacts.person_data import PersonData
from ui.contacts.tie_chip import TieChip
from ui.contacts.words import person_chips, subline
from ui.theme import applied
from ui.theme_tokens import Tone
from ui.widgets.avatar import Avatar
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import FlowLayout
from ui.widgets.mind import mind_parts
from ui.widgets.painting import outline_round

#: No head grows beyond its few lines, however many tags someone has.
MOST_CHIPS = 10


class PersonHead(QWidget):
    """`asked(action)`: "email", "call", "log", or "photo" for the picture's menu. `tie_chosen(tie or None)`."""

    asked = Signal(str)
    tie_chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.setProperty("frame", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(_grows())
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 16, 20, 8)
        line.setSpacing(16)
        self.picture = _Picture()
        self.picture.clicked.connect(lambda: self.asked.emit("photo"))
        middle = QVBoxLayout()
        middle.setSpacing(1)
        self._name = Label("", "subtitle", elide=True)
        self._subline = Label("", "muted", elide=True)
        self._chips_holder = QWidget()
        self._chips_holder.setSizePolicy(_grows())
        self._chips = FlowLayout(self._chips_holder, gap=4)
        middle.addWidget(self._name)
        middle.addWidget(self._subline)
        middle.addSpacing(5)
        middle.addWidget(self._chips_holder)
        self.tie = TieChip()
        self.tie.chosen.connect(self.tie_chosen)
        self._chips.addWidget(self.tie)
        self._others: list[QWidget] = []
        self.mind = Paragraph(small=True)
        self.mind.setContentsMargins(0, 4, 0, 0)
        middle.addWidget(self.mind)
        middle.addStretch(1)
        self.email = Button("Email")
        self.call = Button("Call")
        self.log = Button("Log", "primary")
        for button, action in ((self.email, "email"), (self.call, "call"), (self.log, "log")):
            button.clicked.connect(lambda _=False, action=action: self.asked.emit(action))
        self.log.setToolTip("Log what happened (Ctrl+L)")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.email, self.call, self.log):
            buttons.addWidget(button)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(middle, 1)
        line.addLayout(buttons)
        line.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        buttons.setContentsMargins(0, 12, 0, 0)

    def show_person(self, data: PersonData) -> None:
        """Show somebody."""
        contact = data.contact
        self.picture.show_person(contact.name, data.photo)
        self._name.set_text(contact.name)
        self._subline.set_text(subline(contact, self._clock) or "Add what they do under Details")
        emails, phones = contact.details.emails, contact.details.phones
        self.email.setToolTip(emails[0].address if emails else "No email address yet")
        self.call.setToolTip(phones[0].number if phones else "No phone number yet")
        self.tie.show_tie(contact.details.tie, data.suggested_tie)
        self._show_chips(person_chips(contact, data.row, self._clock.today()), len(contact.details.roles))
        self._show_mind(data)

    def _show_chips(self, chips: list[tuple[str, Tone]], roles: int) -> None:
        shown = [Chip(text, tone) for text, tone in chips[:MOST_CHIPS]]
        if len(chips) > MOST_CHIPS:
            more = Chip(f"+{len(chips) - MOST_CHIPS}")
            more.setToolTip(", ".join(text for text, _ in chips[MOST_CHIPS:]))
            shown.append(more)
        # The chip of the tie stays, so that it keeps the focus when something else is changed.
        for old in self._others:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._others = list(shown)
        for at, chip in enumerate(shown):
            if at < roles:
                self._chips.insert(at, chip)  # what they are to you, then how strong it is
            else:
                self._chips.addWidget(chip)
            chip.show()

    def _show_mind(self, data: PersonData) -> None:
        """What to respect, before anything is written: where there is nothing, no line."""
        details = data.contact.details
        clock = self._clock
        found = cautions(
            details.given or data.contact.name,
            replace(details.boundary, quiet_until=None, no_asks=False, preferred_channel=""),  # chips say these
            details.time_zone,
            clock.now(),
            clock.today(),
            own=clock.zone,
        )
        # Where they are is said above already.
        wanted = [each for each in found if each.weight is not Weight.KNOW]
        self.mind.setVisible(bool(wanted))
        self.mind.set_parts(mind_parts(wanted))


def _grows() -> QSizePolicy:
    """As high as its chips need in the width there is, and no higher."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class _Picture(Avatar):
    """The picture, as a button: change it, paste one, take it away."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__(big=True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Change the picture")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            outline_round(painter, self.rect().toRectF(), self.width() / 2, applied().colour("accent"), width=2)
            painter.end()

    def below(self) -> QPoint:
        """Where a menu opens."""
        return self.mapToGlobal(QPoint(0, self.height() + 4))
