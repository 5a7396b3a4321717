"""One choice for all that both sides changed, with Undo until it is carried over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from ui.context import UiContext
from ui.widgets.button import Button
from ui.widgets.layouts import row

if TYPE_CHECKING:
    from planner.accounts.choosing import ManyChosen
    from planner.addressbooks.disagreements import PeopleDisagreements
    from planner.calendars.sync.disagreements import Disagreements

#: From how many on a choice for all of them is offered.
SEVERAL = 2
#: How long it can be taken back before it is carried over.
LATER_MS = 10_000


def offer_all(column: QVBoxLayout, many: int, what: str, choose_all: Callable[..., None]) -> None:
    """Two buttons that choose for all that both sides changed, where there are several; `choose_all(mine=…)` does."""
    if many < SEVERAL:
        return
    buttons = [Button(f"Keep mine for all {many}"), Button(f"Take theirs for all {many}")]
    for button, mine in zip(buttons, (True, False), strict=True):
        button.setAccessibleDescription(what)
        button.setToolTip("What one side deleted is left for you to decide one by one")
        button.clicked.connect(partial(_chosen, choose_all, mine))
    column.addLayout(row(*buttons, None, spacing=8))


def _chosen(choose_all: Callable[..., None], mine: bool, *_: object) -> None:
    choose_all(mine=mine)


class ChooseAll(QObject):
    """Chooses for many and says so, with Undo; carries it over a little later."""

    def __init__(
        self, ctx: UiContext, reload: Callable[[], None], carry_over: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx, self._reload = ctx, reload
        # If the page is gone by then, the next run in the background carries it over.
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.timeout.connect(carry_over)

    def choose(self, of: Callable[[], Disagreements | PeopleDisagreements], *, mine: bool) -> None:
        """Keep all that is here, or take all that stands there."""

        def chosen(many: ManyChosen) -> None:
            words = "Kept mine" if mine else "Took theirs"
            self._ctx.toast(f"{words} for {many.count}", "Undo", lambda: self._take_back(of, many))
            self.later.start(LATER_MS)
            self._reload()

        self._ctx.tasks.query(lambda: of().choose_all(mine=mine), chosen)

    def _take_back(self, of: Callable[[], Disagreements | PeopleDisagreements], many: ManyChosen) -> None:
        self.later.stop()

        def told(count: int) -> None:
            if count < many.count:
                self._ctx.toast(f"{many.count - count} of them are synced already; Edit, Undo brings back yours")
            self._reload()

        self._ctx.tasks.query(lambda: of().put_back(many), told)
