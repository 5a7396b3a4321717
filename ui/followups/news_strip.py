"""Reasons to celebrate that were noticed: one quiet line at a time above the queue, to take up or leave be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.relations.records import Milestone, MilestoneKind
from ui.widgets.button import Button
from ui.widgets.labels import Label, Paragraph

_WORDS = {MilestoneKind.NEW_JOB: "has a new role", MilestoneKind.PROMOTION: "was promoted"}


class NewsStrip(QWidget):
    """`taken_up(id)`, `declined(id)`, `person_asked(contact id)`. Hidden where there is nothing."""

    taken_up = Signal(int)
    declined = Signal(int)
    person_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("News of people")
        self._news: tuple[Milestone, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 12, 20, 0)
        outer.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.words = Paragraph(small=True)
        self.words.link_activated.connect(lambda id: self.person_asked.emit(int(id)))
        self.more = Label("", "small_muted")
        words.addWidget(self.words)
        words.addWidget(self.more)
        line.addLayout(words, 1)
        self.decline = Button("Not news", "quiet")
        self.decline.setToolTip("Leave it be; Ctrl+Z brings it back")
        self.decline.clicked.connect(lambda: self._news and self.declined.emit(self._news[0].id))
        self.take_up = Button("Congratulate")
        self.take_up.setToolTip("Plan it for today")
        self.take_up.clicked.connect(lambda: self._news and self.taken_up.emit(self._news[0].id))
        line.addWidget(self.decline)
        line.addWidget(self.take_up)
        outer.addLayout(line)
        self.hide()

    def show_news(self, news: Sequence[Milestone]) -> None:
        """Show the first, and how many more there are."""
        self._news = tuple(news)
        self.setVisible(bool(news))
        if not news:
            return
        first = news[0]
        said = f" {_WORDS.get(first.kind, 'has news')}: {first.text}"
        self.words.set_parts([(first.contact.name, "accent", str(first.contact.id)), (said, "ink")])
        rest = len(news) - 1
        self.more.set_text(f"and news of {'1 other' if rest == 1 else f'{rest} others'}" if rest else "")
        self.more.setVisible(rest > 0)
        for button, verb in ((self.take_up, "Congratulate"), (self.decline, "Not news about")):
            button.setAccessibleName(f"{verb} {first.contact.name}")
