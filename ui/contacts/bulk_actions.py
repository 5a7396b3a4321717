"""Tag, role, rhythm and delete, for one or many people at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.records import Role
from ui.contacts.words import RHYTHMS, people_words, role_words
from ui.context import UiContext
from ui.widgets.button import Button
from ui.widgets.completer import Completer
from ui.widgets.fields import LineField
from ui.widgets.labels import Label
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu


class BulkActions:
    """What is done to the selected people. Each is one step, and each can be undone."""

    def __init__(self, ctx: UiContext, over: QWidget) -> None:
        self._ctx = ctx
        self._over = over

    def delete(self, ids: Sequence[int], named: str = "") -> None:
        """Delete people; Undo brings them back."""
        if ids:
            self._run(partial(self._ctx.planner.contacts.delete, ids), f"Deleted {named or people_words(len(ids))}")

    def ask_tag(self, ids: Sequence[int]) -> None:
        """Ask for a tag to give or take away."""
        if ids:
            TagDialog(self._ctx, ids, self._run, self._over).open()

    def ask_role(self, ids: Sequence[int], at: QPoint | None = None) -> None:
        """Choose a role to give or take away."""
        if not ids:
            return
        rows = self._ctx.planner.contact_queries.rows(ids[:500])
        worn = [role for role in Role if rows and all(role in one.roles for one in rows)]
        contacts = self._ctx.planner.contacts

        def switch(role: Role) -> None:
            if role in worn:
                self._run(
                    partial(contacts.set_roles, ids, remove=(role,)),
                    f"No longer {role_words(role).lower()}: {people_words(len(ids))}",
                )
            else:
                self._run(
                    partial(contacts.set_roles, ids, add=(role,)), f"{role_words(role)}: {people_words(len(ids))}"
                )

        open_menu(
            self._over, [MenuItem(role_words(role), partial(switch, role), checked=role in worn) for role in Role], at
        )

    def ask_rhythm(self, ids: Sequence[int], at: QPoint | None = None) -> None:
        """Choose how often to be in touch."""
        if not ids:
            return

        def choose(days: int | None, words: str) -> None:
            self._run(partial(self._ctx.planner.contacts.set_rhythm, ids, days), f"{words}: {people_words(len(ids))}")

        items: list[MenuItem | None] = [
            MenuItem(_capital(words), partial(choose, days, _capital(words))) for days, words in RHYTHMS
        ]
        items += [
            None,
            MenuItem("By role", partial(choose, None, "Rhythm by role")),
            MenuItem("None wanted", partial(choose, 0, "No rhythm")),
        ]
        open_menu(self._over, items, at)

    def _run(self, command: Callable[[], Changes], say: str) -> None:
        self._ctx.tasks.command(command, done=lambda changes: self._ctx.toast(say, undo=True) if changes else None)


class TagDialog(QDialog):
    """One line for tags, and whether they are given or taken away."""

    def __init__(
        self,
        ctx: UiContext,
        ids: Sequence[int],
        run: Callable[[Callable[[], Changes], str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._ids, self._run = ctx, ids, run
        self.setWindowTitle("Tag")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(f"Tags for {people_words(len(ids))}", "strong"))
        self.line = LineField("Tags", placeholder="energy, lisbon")
        self.line.setCompleter(Completer([one.tag for one in ctx.planner.contact_queries.tags()], self.line))
        column.addWidget(self.line)
        remove, add = Button("Take away"), Button("Add", "primary")
        add.setDefault(True)
        remove.setAutoDefault(False)
        add.clicked.connect(lambda: self._go(add=True))
        remove.clicked.connect(lambda: self._go(add=False))
        column.addLayout(row(None, remove, add, spacing=10))
        self.line.setFocus()

    def _go(self, *, add: bool) -> None:
        tags = tuple(tag.strip() for tag in self.line.text().split(",") if tag.strip())
        if tags:
            words = ", ".join(f"“{tag}”" for tag in tags)
            given = {"add": tags} if add else {"remove": tags}
            said = f"{'Tagged' if add else 'Untagged'} {people_words(len(self._ids))} {words}"
            self._run(partial(self._ctx.planner.contacts.tag, self._ids, **given), said)
            self.accept()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
