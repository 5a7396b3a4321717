"""The list that drops down from a text field while one types: bordered like a menu, in both themes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate


class Completer(QCompleter):
    """Offers `words` (texts or a model of them) below `field`, whatever their case.

    By default those that begin with what is typed; with `contains` those it stands in anywhere; with `unfiltered` all
    there are, for a model that its owner fills anew at each key. Belongs to `field`, which still has to be given it.
    """

    def __init__(
        self,
        words: Sequence[str] | QAbstractItemModel,
        field: QLineEdit,
        contains: bool = False,
        unfiltered: bool = False,
    ) -> None:
        super().__init__(field)
        self.setModel(words if isinstance(words, QAbstractItemModel) else QStringListModel(list(words), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if contains:
            self.setFilterMode(Qt.MatchFlag.MatchContains)
        if unfiltered:
            self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = self.popup()
        assert popup is not None  # made when first asked for
        popup.setProperty("look", "offers")
        # The delegate Qt gives it passes over what the style sheet says of its rows.
        popup.setItemDelegate(QStyledItemDelegate(popup))
