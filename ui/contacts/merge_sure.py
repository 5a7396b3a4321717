"""What can be merged unseen, shown before it is: records that say nothing the other does not say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.duplicates import Group
from ui.context import UiContext
from ui.list_model import LazyListModel
from ui.tasks import Progress
from ui.widgets.button import Button
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList


class SureMergesDialog(QDialog):
    """Ctrl+Enter merges all of them in one step that one undo turns back."""

    def __init__(
        self, ctx: UiContext, groups: Sequence[Group], merged: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx, self._groups, self._merged = ctx, tuple(groups), merged
        self.setWindowTitle("Merge equal records")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 12)
        column.setSpacing(12)
        gone = sum(len(each.ids) - 1 for each in self._groups)
        text = Paragraph(
            "Each of these is here twice, and one record holds all that the other says. "
            "History, follow-ups and events of both stay. One Undo brings all of them back."
        )
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.addWidget(text)
        column.addLayout(top)
        self.model: LazyListModel[tuple[str, str, int]] = LazyListModel(self._fetch, _presented, parent=self)
        self.list = RowList("Records to merge")
        self.list.setModel(self.model)
        self.model.set_ids(list(range(len(self._groups))))
        column.addWidget(self.list, 1)
        cancel = Button("Cancel")
        cancel.clicked.connect(self.reject)
        self.go = Button(f"Merge {gone:,}", "primary", "Ctrl+Return")
        self.go.setDefault(True)
        self.go.clicked.connect(self.run)
        column.addLayout(row(20, None, cancel, self.go, 20, spacing=10))

    def run(self) -> None:
        """Merge them all."""
        ctx, merged = self._ctx, self._merged
        groups = [(each.ids[0], each.ids[1:]) for each in self._groups]
        gone = sum(len(others) for _, others in groups)

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Changes:
            return ctx.planner.contacts.merge_many(groups, progress=progress, stop=cancelled)

        def done(changes: Changes) -> None:
            if changes:
                ctx.toast(f"Merged {gone:,} duplicate{'s' if gone != 1 else ''}", undo=True)
            merged()

        ctx.tasks.job("Merging duplicates", work, done, writes=True)
        self.accept()

    def _fetch(self, keys: Sequence[int]) -> dict[int, tuple[str, str, int]]:
        wanted = {key: self._groups[key] for key in keys}
        rows = self._ctx.planner.contact_queries.rows({each.ids[0] for each in wanted.values()})
        names = {one.id: one.name for one in rows}
        return {key: (names.get(each.ids[0], "gone"), each.reason, len(each.ids)) for key, each in wanted.items()}


def _presented(found: tuple[str, str, int]) -> RowData:
    name, reason, count = found
    return RowData(name, f"{reason[:1].upper()}{reason[1:]}", aside=f"{count} records", name=name)
