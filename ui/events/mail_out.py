"""How the mails of an invitation leave: opened in the mail program, or saved as .eml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.calendars.invitations import InvitationMail
from ui.context import UiContext

Deliver = Callable[[Sequence[InvitationMail]], object]
#: What a command is given to deliver with, and what is to be done once it is kept.
Way = tuple[Deliver, Callable[[], object]]


class MailOut:
    """`open_file` and `ask_path` are what the system is asked; tests put their own in."""

    def __init__(self, ctx: UiContext, over: QWidget) -> None:
        self._ctx, self._over = ctx, over
        self.open_file: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.ask_path: Callable[[str], str] = self._ask_path

    def in_mail(self) -> Way:
        """Drafts in a private folder, which the mail program then opens."""
        from planner.calendars.draft_folder import draft_folder
        from planner.calendars.invitation_mail import save

        paths: list[Path] = []

        def deliver(mails: Sequence[InvitationMail]) -> None:
            paths.extend(save(mails, draft_folder() / mails[0].file_name))

        def open_all() -> None:
            opened = [self.open_file(QUrl.fromLocalFile(str(path))) for path in paths]
            if not all(opened):
                self._ctx.toast("No mail program answered. Until you leave, the drafts are in " + str(paths[0].parent))

        return deliver, open_all

    def as_file(self, name: str) -> Way | None:
        """Drafts beside a file that is asked for; None where it is not named."""
        from planner.calendars.invitation_mail import save

        path = self.ask_path(f"{name}.eml")
        if not path:
            return None
        target = Path(path if path.lower().endswith(".eml") else f"{path}.eml")
        return (lambda mails: save(mails, target)), (lambda: None)

    def _ask_path(self, name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(self._over, "Save the mail", name, "Email (*.eml)")
        return path
