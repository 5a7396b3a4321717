"""Taking an invitation back: the mail that calls it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from planner.relations.records import PersonRef
from ui.context import UiContext
from ui.events.letter_dialog import LetterDialog, people_words
from ui.events.mail_out import Deliver
from ui.widgets.labels import Label, Paragraph


class WithdrawDialog(LetterDialog):
    """For guests of one event."""

    def __init__(
        self, ctx: UiContext, event_id: int, people: Sequence[PersonRef], parent: QWidget | None = None
    ) -> None:
        super().__init__(ctx, "Withdraw the invitation", "called off", parent)
        self._event_id = event_id
        self._ids = tuple(person.id for person in people)
        self._who = people_words([person.name for person in people])
        heading = Label(f"Withdraw the invitation of {self._who}", "subtitle", elide=True)
        about = Paragraph("The mail takes it off their calendar.", small=True, style="mute")
        self.lay_out((heading, about), (), 560, 150)
        ctx.tasks.query(lambda: ctx.planner.invitations.farewell(event_id, self._ids), self.show_letter, self.explain)
        self.body.setFocus()

    def send(self, deliver: Deliver, run: Callable[..., None]) -> None:
        invitations = self._ctx.planner.invitations
        run(invitations.withdraw, self._event_id, self._ids, self.subject.text(), self.body.toPlainText(), deliver)

    @property
    def said(self) -> str:
        return f"Withdrew the invitation of {self._who}"
