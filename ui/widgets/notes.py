"""Text that saves itself: plain, or Markdown shown rendered until it is edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedLayout, QTextBrowser, QWidget

from ui.theme import applied
from ui.widgets.own_undo import leaves_to_window

#: A pause in typing after which the words are saved.
PAUSE_MS = 800
_WEB = {"http", "https", "mailto", "tel"}


class AutosaveText(QPlainTextEdit):
    """Several lines that grow with their text and save themselves.

    `committed(text)` fires after a pause in typing, when the focus leaves, when it is hidden, and on `flush()`.
    `state_changed(word)` says "saved" or "editing…", for the aside of a heading. `set_text()` shows a stored value and
    never overwrites words that were not committed yet. `failed()` puts the words back among the unsaved ones.
    """

    committed = Signal(str)
    state_changed = Signal(str)

    def __init__(
        self, name: str, text: str = "", placeholder: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "plain")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self._lines = lines
        self._stored = text
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.setPlainText(text)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    @property
    def is_edited(self) -> bool:
        """Whether there are words that were not committed yet."""
        return self.toPlainText() != self._stored

    def set_text(self, text: str) -> None:
        """Show a stored value; words that were not committed yet win over it, and so does the space after them."""
        if self.is_edited:
            return
        shown = self.toPlainText()
        if self.hasFocus() and text.strip() == shown.strip():
            # Saved in the middle of a sentence, and kept without the space that the next word comes after.
            self._stored = shown
            return
        self._stored = text
        if shown != text:
            at = self.textCursor().position() if self.hasFocus() else 0
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.setPosition(min(at, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
            self._pause.stop()

    def flush(self) -> None:
        """Commit now what was typed."""
        self._pause.stop()
        if self.is_edited:
            self._stored = self.toPlainText()
            self.state_changed.emit("saved")
            self.committed.emit(self._stored)

    def failed(self, stored: str = "") -> None:
        """Saving failed: `stored` is still what is on disk, and the words here are unsaved."""
        self._stored = stored
        self.state_changed.emit("not saved")

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        # QPlainTextEdit's document measures its height in lines, not in px.
        shown = max(self._lines, round(self.document().size().height()))
        return QSize(200, line * shown + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_to_window(event, document.isUndoAvailable(), document.isRedoAvailable()):
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _typed(self) -> None:
        if self.is_edited:
            self._pause.start()
            self.state_changed.emit("editing…")
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)


class MarkdownText(QWidget):
    """Markdown that reads as text and turns into an editor when clicked, or with Enter or F2; Escape ends editing.

    Saves as AutosaveText does: `committed(text)`, `state_changed(word)`, `set_text()`, `flush()`, `failed()`.
    Raw HTML and pictures in the text are not shown; links open only to the web, mail and phone.
    """

    committed = Signal(str)
    state_changed = Signal(str)

    def __init__(
        self, name: str, text: str = "", placeholder: str = "", lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stack = QStackedLayout(self)
        self.view = _View(name, self)
        self.editor = AutosaveText(name, text, placeholder, lines)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.editor)
        self.editor.committed.connect(self._committed)
        self.editor.state_changed.connect(self.state_changed)
        self.editor.installEventFilter(self)
        self.view.edit_asked.connect(self.edit)
        self.view.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.editor.textChanged.connect(self._fit)
        self._show_rendered()

    @property
    def is_edited(self) -> bool:
        """Whether there are words that were not committed yet."""
        return self.editor.is_edited

    @property
    def is_editing(self) -> bool:
        """Whether the editor is shown."""
        return self._stack.currentWidget() is self.editor

    def text(self) -> str:
        """The Markdown as it stands."""
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a stored value; words that were not committed yet win over it."""
        self.editor.set_text(text)
        if not self.is_editing:
            self._show_rendered()

    def flush(self) -> None:
        """Commit now what was typed."""
        self.editor.flush()

    def failed(self, stored: str = "") -> None:
        """Saving failed: `stored` is still what is on disk."""
        self.editor.failed(stored)

    def edit(self) -> None:
        """Turn into the editor, with the caret at the end."""
        self._stack.setCurrentWidget(self.editor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor:
            if isinstance(event, QKeyEvent) and (event.type(), event.key()) == _LEAVE:
                self.editor.flush()
                self._show_rendered()
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAY:
                self.editor.flush()
                self._show_rendered()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        if self.is_editing:
            return self.editor.sizeHint()
        return QSize(200, max(applied().px(20), round(self.view.document().size().height()) + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _committed(self, text: str) -> None:
        self.committed.emit(text)

    def _show_rendered(self) -> None:
        self.view.show_markdown(self.text(), self._placeholder)
        self._stack.setCurrentWidget(self.view)
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)


#: The key that ends writing.
_LEAVE = (QEvent.Type.KeyPress, Qt.Key.Key_Escape)
_STAY = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason}


class _View(QTextBrowser):
    edit_asked = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "plain")
        self.setAccessibleName(name)
        self.setAccessibleDescription("Press Enter to edit")
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(20)
        self.anchorClicked.connect(open_web_link)

    def show_markdown(self, text: str, placeholder: str) -> None:
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        if not text.strip():
            self.setPlaceholderText(placeholder)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is ever loaded from disk or network for a note."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.textCursor().hasSelection()
        ) or (event.text().isprintable() and event.text() and event.modifiers() in _PLAIN):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.anchorAt(event.position().toPoint()) and not self.textCursor().hasSelection():
            self.edit_asked.emit()


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def open_web_link(url: QUrl) -> None:
    """Open a link from a note in the person's browser, mail or phone program; any other kind of link is left alone."""
    if url.scheme().lower() in _WEB:
        QDesktopServices.openUrl(url)
