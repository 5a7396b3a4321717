"""Working with somebody: what is agreed, told, asked and achieved; and, apart from it, what is difficult."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.relations.log_book import DIFFICULT, LogDraft, LogEntry, LogKind
from planner.relations.records import PersonRef
from ui.contacts.achievements_out import write_out
from ui.contacts.columns import TwoColumns
from ui.contacts.log_box import LogBox
from ui.contacts.person_data import PersonData
from ui.contacts.slot import Slot
from ui.context import Link, UiContext
from ui.quick_entry.days import coming_day
from ui.theme import applied
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice
from ui.widgets.dates import DateField
from ui.widgets.fields import EntryLine
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.pane import Pane
from ui.widgets.people_field import PeopleField

_AGREED = (LogKind.EXPECTATION, LogKind.UPDATE, LogKind.FEEDBACK_ASKED, LogKind.FEEDBACK_RECEIVED)
_WORDS = {
    LogKind.EXPECTATION: ("Expectation", "Expectations agreed", "What you agreed on"),
    LogKind.UPDATE: ("Update", "Updates given", "What you told them"),
    LogKind.FEEDBACK_ASKED: ("Feedback asked", "Feedback asked", "What you asked about"),
    LogKind.FEEDBACK_RECEIVED: ("Feedback received", "Feedback received", "What they said"),
    LogKind.ACHIEVEMENT: ("Achievement", "Evidence of achievements", "What you achieved, and how it shows"),
    LogKind.FACT: ("Fact", "What happened", "What happened, as a camera would have seen it"),
    LogKind.COMMON_GROUND: ("Common ground", "Common ground", "What you both want"),
    LogKind.NEXT_STEP: ("Next step", "Next constructive step", "One step you can take"),
    LogKind.MEDIATOR: ("Mediator", "Whom to ask to mediate", "Why them"),
}


#: Of each kind, so many of the newest stand there at once.
_MOST = 40


class TogetherTab(Pane):
    """What was agreed at the left, achievements at the right, with the private log below them."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx = ctx
        self._id: int | None = None
        self._shown: tuple[LogEntry, ...] | None = None
        self._all = False
        left, right = self._left(), self._right()
        self._heading.setFixedHeight(self._evidence.sizeHint().height())  # beside a heading with a link
        self._columns = TwoColumns(left, right, narrow=640)
        self.add(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(event.size().width())

    def show_person(self, data: PersonData) -> None:
        """Show the log of somebody; what is the same stays, and with it the focus."""
        other = self._id != data.contact.id
        self._id = data.contact.id
        if other:
            self._all = False
            has = any(entry.kind in DIFFICULT for entry in data.log)
            self._open_private(has)
        if other or self._shown != data.log:
            self._shown = data.log
            self._fill(data.log)

    def _fill(self, log: Sequence[LogEntry]) -> None:
        self._agreed.put(self._groups(_AGREED, log, "Nothing is noted yet. What was agreed keeps its history."))
        empty = "Nothing is noted yet. Results with a number or a link are the strongest."
        self._achieved.put(self._groups((LogKind.ACHIEVEMENT,), log, empty))
        self._difficult.put(self._groups(DIFFICULT, log, ""))

    # --- building

    def _left(self) -> QWidget:
        holder, column = _column()
        self._heading = Heading("Agreed and said")
        column.addWidget(self._heading)
        self.kind = Choice("What it is", [(kind, _WORDS[kind][0]) for kind in _AGREED], LogKind.EXPECTATION)
        self.kind.setFixedWidth(applied().px(160))
        self.kind.chosen.connect(self._kind_chosen)
        self.entry = EntryLine("New entry", _WORDS[LogKind.EXPECTATION][2])
        self.entry.submitted.connect(lambda _: self._add(self.entry, self.kind.value))
        add = Button("Add")
        add.clicked.connect(lambda: self._add(self.entry, self.kind.value))
        column.addWidget(self.entry)
        column.addLayout(row(self.kind, None, add, spacing=6))
        self._agreed = Slot()
        column.addLayout(self._agreed)
        column.addStretch(1)
        return holder

    def _right(self) -> QWidget:
        holder, column = _column()
        self._evidence = Heading("Evidence of achievements", link="Write out…")
        self._evidence.link_activated.connect(lambda: write_out(self, self._ctx))
        column.addWidget(self._evidence)
        self.achievement = EntryLine("New achievement", _WORDS[LogKind.ACHIEVEMENT][2])
        self.achievement.submitted.connect(lambda _: self._add(self.achievement, LogKind.ACHIEVEMENT))
        self.link = EntryLine("Link to the evidence", "Link to the evidence (optional)")
        self.link.submitted.connect(lambda _: self._add(self.achievement, LogKind.ACHIEVEMENT))
        column.addWidget(self.achievement)
        column.addWidget(self.link)
        self._achieved = Slot()
        column.addLayout(self._achieved)
        column.addSpacing(8)
        self.open_private = LinkButton("Something is difficult between you")
        self.open_private.clicked.connect(lambda: self._open_private(True, focus=True))
        column.addLayout(row(self.open_private, None))
        self.private = self._private_part()
        column.addWidget(self.private)
        column.addStretch(1)
        return holder

    def _private_part(self) -> QWidget:
        holder, column = _column()
        column.addWidget(Heading("What is difficult"))
        column.addWidget(
            Paragraph("For your eyes alone: it is in no export unless you tick it there.", small=True, style="mute")
        )
        self.difficult_kind = Choice("Which part", [(kind, _WORDS[kind][0]) for kind in DIFFICULT], LogKind.FACT)
        self.difficult_kind.setFixedWidth(applied().px(160))
        self.difficult_kind.chosen.connect(self._difficult_chosen)
        self.difficult = EntryLine("New private entry", _WORDS[LogKind.FACT][2])
        self.difficult.submitted.connect(lambda _: self._add(self.difficult, self.difficult_kind.value))
        self.step_on = DateField("When", read=coming_day(self._ctx))
        self.step_on.setPlaceholderText("When")
        self.mediator = PeopleField("Mediator", lambda text: self._ctx.planner.contact_queries.names(text, 6))
        self.mediator.changed.connect(self._one_mediator)
        add = Button("Add")
        add.clicked.connect(lambda: self._add(self.difficult, self.difficult_kind.value))
        column.addWidget(self.difficult)
        column.addWidget(self.mediator)
        column.addLayout(row(self.difficult_kind, self.step_on, None, add, spacing=6))
        self._difficult = Slot()
        column.addLayout(self._difficult)
        self._difficult_chosen(LogKind.FACT)
        return holder

    def _open_private(self, shown: bool, focus: bool = False) -> None:
        self.private.setVisible(shown)
        self.open_private.setVisible(not shown)
        if focus:
            self.difficult.setFocus()

    def _kind_chosen(self, kind: LogKind) -> None:
        self.entry.setPlaceholderText(_WORDS[kind][2])
        self.entry.setFocus()

    def _difficult_chosen(self, kind: LogKind) -> None:
        self.difficult.setPlaceholderText(_WORDS[kind][2])
        self.step_on.setVisible(kind is LogKind.NEXT_STEP)
        self.mediator.setVisible(kind is LogKind.MEDIATOR)

    def _one_mediator(self, people: tuple[PersonRef, ...]) -> None:
        if len(people) > 1:
            self.mediator.set_people(people[-1:])

    # --- showing and doing

    def _groups(self, kinds: Sequence[LogKind], entries: Sequence[LogEntry], empty: str) -> list[QWidget]:
        shown: list[QWidget] = []
        for kind in kinds:
            of_kind = [entry for entry in entries if entry.kind is kind]
            if of_kind and len(kinds) > 1:
                shown.append(Label(_WORDS[kind][1], "small_muted"))
            fitting = of_kind if self._all else of_kind[:_MOST]
            shown += [self._box(entry) for entry in fitting]
            if len(fitting) < len(of_kind):
                more = LinkButton(f"Show {len(of_kind) - len(fitting)} older ones")
                more.clicked.connect(self._show_all)
                shown.append(more)
        if not shown and empty:
            shown.append(Paragraph(empty, style="mute"))
        return shown

    def _show_all(self) -> None:
        self._all = True
        self._fill(self._shown or ())

    def _box(self, entry: LogEntry) -> LogBox:
        box = LogBox(entry, self._ctx.clock.today())
        log = self._ctx.planner.one_to_ones
        change = log.change_expectation if entry.kind is LogKind.EXPECTATION else log.update
        said = "Agreed anew" if entry.kind is LogKind.EXPECTATION else "Corrected"
        box.changed.connect(lambda id, text: self._run(partial(change, id, text), said))
        box.ticked.connect(lambda id, on: self._run(partial(log.tick, id, on), "Noted"))
        box.private.connect(lambda id, on: self._run(partial(log.set_private, id, on), "Noted"))
        box.deleted.connect(lambda id: self._run(partial(log.delete, (id,)), "Deleted"))
        box.person_asked.connect(lambda id: self._ctx.navigate(Link("contact", id)))
        return box

    def _add(self, line: EntryLine, kind: LogKind) -> None:
        line.setFocus()
        mediator = self.mediator.people[-1].id if kind is LogKind.MEDIATOR and self.mediator.people else None
        if self._id is None or not (line.text().strip() or mediator is not None):
            return
        self.step_on.flush()
        if kind is LogKind.NEXT_STEP and self.step_on.is_wrong:
            self.step_on.setFocus()
            return
        draft = LogDraft(
            self._id,
            kind,
            line.text().strip(),
            link=self.link.text().strip() if kind is LogKind.ACHIEVEMENT else "",
            mediator_id=mediator,
            due_on=self.step_on.day if kind is LogKind.NEXT_STEP else None,
        )

        def done(_: Changes) -> None:
            line.accept()
            if kind is LogKind.ACHIEVEMENT:
                self.link.accept()
            self.step_on.set_day(None)
            self.mediator.set_people(())

        self._ctx.tasks.command(self._ctx.planner.one_to_ones.add, draft, done=done)

    def _run(self, command: Callable[[], Changes], say: str) -> None:
        self._ctx.tasks.command(command, done=lambda changes: self._ctx.toast(say, undo=True) if changes else None)


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return holder, column
