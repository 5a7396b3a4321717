"""What all pages have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.errors import UserError
from ui.context import Link, UiContext
from ui.shell.actions import Action

R = TypeVar("R")


class Page(QWidget):
    """A page of the window, built on its first visit. Subclasses override what they need:

    - `reload()`: ask the queries anew and show the answers. Called on first show, and when `cares()` about a change;
      while hidden, the page is only marked stale and reloads when it is shown again.
    - `cares(changes)`: whether a change matters (default: any).
    - `show_link(link)`: go to the person, tab, … that the link names.
    - `first_focus()`: where the keyboard goes when the window comes here.
    - `page_actions()`: entries for the menu bar and the command palette while this page is shown.
    - `subject()`: the person or event shown, for quick entry.
    - `flush()`: commit edits that still sit in fields (the default flushes every kit field on the page).

    `set_title()` changes the window's heading, `set_bar(*widgets)` puts widgets at the right of the top bar.
    `self.body` is the page's vertical layout, without margins.
    """

    title_changed = Signal(str)
    bar_changed = Signal()

    def __init__(self, ctx: UiContext, title: str = "") -> None:
        super().__init__()
        self.ctx = ctx
        self.title = title
        self.bar: tuple[QWidget, ...] = ()
        self._stale = True
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        ctx.bus.changed.connect(self._changed)

    def reload(self) -> None:
        """Ask anew and show."""

    def cares(self, changes: Changes) -> bool:
        """Whether this page shows anything that a change may have touched."""
        return bool(changes)

    def show_link(self, link: Link) -> None:
        """Go to what the link names."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the window comes to this page: its list, or the button that begins."""
        return None

    def take_keys(self, last: QWidget | None = None) -> None:
        """Have the keyboard where it was last on this page, else where it goes first."""
        wanted = last if last is not None and last.isVisibleTo(self) else self.first_focus()
        if wanted is not None:
            wanted.setFocus()

    def page_actions(self) -> Sequence[Action]:
        """What the menus and the palette offer while this page is shown."""
        return ()

    def subject(self) -> Link | None:
        """The person or the event that the page is about just now: quick entry is for them then."""
        return None

    def flush(self) -> None:
        """Commit every edit that still sits in a field."""
        for field in self.findChildren(QWidget):
            commit = getattr(field, "flush", None)
            if callable(commit) and not isinstance(field, Page):
                commit()

    def set_title(self, title: str) -> None:
        """Change the heading in the top bar."""
        self.title = title
        self.title_changed.emit(title)

    def set_bar(self, *widgets: QWidget) -> None:
        """Put these at the right end of the top bar while the page is shown."""
        for widget in widgets:
            if widget.parent() is None:
                # Without a parent it would be Python's to destroy, at any time and from any thread.
                widget.setParent(self)
                widget.hide()
        self.bar = widgets
        self.bar_changed.emit()

    def command(
        self,
        fn: Callable[..., Changes],
        *args: Any,
        done: Callable[[Changes], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        say: str = "",
        **kwargs: Any,
    ) -> None:
        """Run a command of planner. `say` ("Deleted 3 people") shows a notice with Undo when it is done."""

        def finished(changes: Changes) -> None:
            if say and changes:
                self.ctx.toast(say, undo=True)
            if done is not None:
                done(changes)

        self.ctx.tasks.command(fn, *args, done=finished, failed=failed, **kwargs)

    def query(
        self,
        fn: Callable[[], R],
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
        key: Hashable | None = None,
        *,
        aside: bool = False,
    ) -> None:
        """Ask planner something, as Tasks.query. A newer question of this page with the same key makes it void."""
        self.ctx.tasks.query(fn, done, failed, key=None if key is None else (id(self), key), aside=aside)

    def tell(self, error: Exception) -> None:
        """Show an error as if nobody had asked for it, after a `failed` of one's own has put things right."""
        if isinstance(error, UserError):
            self.ctx.tasks.user_error.emit(error)

    def refresh_now(self) -> None:
        """Reload if shown, else as soon as it is."""
        if self.isVisible():
            self._stale = False
            self.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def _changed(self, changes: Changes) -> None:
        if self.cares(changes):
            self.refresh_now()
