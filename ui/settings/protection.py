"""The password of the data, among what can be set about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.context import UiContext
from ui.settings.protection_dialog import ProtectionDialog, Step
from ui.settings.section import flowing
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.labels import Paragraph

if TYPE_CHECKING:
    from planner.store.protection import Outcome, Standing

NAME = "Password of the data"

_NONE = "Your data has no password: whoever gets hold of this computer’s disk can read it."
_IMPOSSIBLE = "Your data has no password. It can’t have one here, as the library for it is not installed."
_KEPT = "Your data is protected with a password. The system’s keyring keeps it, so Rapport does not ask."
_ASKED = "Your data is protected with a password. Rapport asks for it at each start."


class ProtectionBox(Box):
    """Says how the data is protected, and offers what can be done about it. `changed` fires when it was done."""

    changed = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(spacing=10, parent=parent)
        self._ctx = ctx
        self._remembered = False
        self.dialog: ProtectionDialog | None = None
        self.words = Paragraph()
        self.add(self.words)
        self._step = Step.PROTECT
        self.set_button = Button("Protect with a password…", icon_name="lock")
        self.set_button.clicked.connect(lambda: self.ask(self._step))
        self.remove_button = Button("Remove protection…")
        self.remove_button.clicked.connect(lambda: self.ask(Step.REMOVE))
        self.offers = flowing((self.set_button, self.remove_button), 8)
        self.offers.setAccessibleName(NAME)
        self.remove_button.hide()
        self.add(self.offers)
        self.outcome = Paragraph(small=True, style="mute")
        self.outcome.hide()
        self.add(self.outcome)

    def reload(self) -> None:
        """Ask how the data is protected; the keyring may take a moment to answer."""
        protection = self._ctx.planner.protection
        self._ctx.tasks.query(protection.standing, self.show_standing, key=("protection", id(self)))

    def ask(self, step: Step) -> None:
        """Open the dialog of a step."""
        self.dialog = ProtectionDialog(self._ctx, step, self.window(), keep=self._remembered)
        self.dialog.ended.connect(self._ended)
        self.dialog.show()

    def show_standing(self, standing: Standing) -> None:
        """Say how the data is protected."""
        self._remembered = standing.remembered
        if standing.protected:
            self.words.set_text(_KEPT if standing.remembered else _ASKED)
        else:
            self.words.set_text(_NONE if standing.possible else _IMPOSSIBLE)
        self._step = Step.CHANGE if standing.protected else Step.PROTECT
        self.set_button.set_text("Change password…" if standing.protected else "Protect with a password…")
        self.remove_button.setVisible(standing.protected)
        self.offers.setVisible(standing.possible)
        self.updateGeometry()

    def tell(self, outcome: Outcome) -> None:
        """Say what was done."""
        self.outcome.set_text(_told(outcome))
        self.outcome.show()

    def _ended(self, outcome: Outcome) -> None:
        self.tell(outcome)
        self.changed.emit()


def _told(outcome: Outcome) -> str:
    """What was done, and what stays as it was."""
    words = ["Done: your data is protected." if outcome.protected else "Done: your data has no password any more."]
    if count := len(outcome.backups):
        words.append(f"The {'backup' if count == 1 else f'{count} backups'} in the folder went along.")
    if outcome.left:
        names = ", ".join(path.name for path in outcome.left)
        words.append(f"Could not be read, and left as it was: {names}.")
    if outcome.protected:
        words.append("Copies you saved elsewhere, and files you exported, stay as they are.")
    if outcome.not_remembered is not None:
        words.append(str(outcome.not_remembered))
    return "\n".join(words)
