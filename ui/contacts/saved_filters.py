"""Naming a search, and keeping the named ones in order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.errors import Invalid, UserError
from ui.context import UiContext
from ui.widgets.button import Button, IconButton
from ui.widgets.fields import LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import clear_layout, row


class SaveFilterDialog(QDialog):
    """One line for the name."""

    def __init__(self, ctx: UiContext, query: str, proposal: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._query = ctx, query
        self.setWindowTitle("Save this search")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(query, "small_muted", elide=True))
        self.name = LineField("Name", proposal, "Name")
        self.name.selectAll()
        column.addWidget(self.name)
        save = Button("Save", "primary")
        save.setDefault(True)
        save.clicked.connect(self._save)
        column.addLayout(row(None, save))
        self.name.setFocus()

    def _save(self) -> None:
        self._ctx.tasks.command(
            self._ctx.planner.contacts.save_filter, self.name.text(), self._query, done=self._done, failed=self._failed
        )

    def _done(self, _changes: Changes) -> None:
        self._ctx.toast(f"Saved as “{self.name.text().strip()}”", undo=True)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.name.set_state("wrong", str(error))
        elif isinstance(error, UserError):
            self._ctx.tasks.user_error.emit(error)


class SavedFiltersDialog(QDialog):
    """Rename and delete. Everything is saved at once; Undo brings a deleted one back."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setWindowTitle("Saved filters")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        column.addLayout(self._list)
        close = Button("Close", "primary")
        close.clicked.connect(self.accept)
        column.addLayout(row(None, close))
        ctx.bus.changed.connect(self._changed)
        self._show()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("saved_filter"):
            self._show()

    def _show(self) -> None:
        clear_layout(self._list)
        contacts = self._ctx.planner.contacts
        found = self._ctx.planner.contact_queries.saved_filters()
        for one in found:
            name = LineField("Name of the filter", one.name)
            name.setFixedWidth(180)
            name.committed.connect(lambda text, one=one, name=name: self._rename(one.id, text, name))
            query = Label(one.query, "small_muted", elide=True)
            away = IconButton("trash-2", f"Delete {one.name}")
            away.clicked.connect(
                lambda _=False, one=one: self._ctx.tasks.command(
                    partial(contacts.delete_filter, one.id),
                    done=lambda _: self._ctx.toast(f"Deleted “{one.name}”", undo=True),
                )
            )
            line = QHBoxLayout()
            line.addWidget(name)
            line.addWidget(query, 1)
            line.addWidget(away)
            self._list.addLayout(line)
        if not found:
            self._list.addWidget(
                Paragraph("None yet. Search, then choose “Save this search” from the filter menu.", style="mute")
            )

    def _rename(self, id: int, text: str, field: LineField) -> None:
        def failed(error: Exception) -> None:
            field.set_state("wrong", str(error))

        self._ctx.tasks.command(partial(self._ctx.planner.contacts.rename_filter, id, text), failed=failed)
