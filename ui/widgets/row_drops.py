"""Dropping things onto the rows of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from ui.widgets.row_data import KEY
from ui.widgets.row_list import RowList


class RowDrops(QObject):
    """Has a RowList take drops. `can_take(data)` says whether they suit; `take(key, data)` gets the row's key.

    The row below the pointer becomes the current one, so that it is seen where the drop will go. What is not taken is
    left to the widgets around the list.
    """

    def __init__(
        self, rows: RowList, can_take: Callable[[QMimeData], bool], take: Callable[[Any, QMimeData], object]
    ) -> None:
        super().__init__(rows)
        self._rows, self._can_take, self._take = rows, can_take, take
        rows.viewport().setAcceptDrops(True)
        rows.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        assert isinstance(event, QDropEvent)  # which those of moving are as well
        key = self._rows.indexAt(event.position().toPoint()).data(KEY)
        suits = self._can_take(event.mimeData())
        if not suits or (key is None and kind != QEvent.Type.DragEnter):
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if kind == QEvent.Type.Drop:
            self._take(key, event.mimeData())
        elif key is not None:
            self._rows.select_key(key, scroll=False)
            if isinstance(event, QDragMoveEvent):
                event.accept(self._rows.visualRect(self._rows.indexAt(event.position().toPoint())))
        return True
