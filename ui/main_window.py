"""The window: navigation between pages, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.history.turning import turn
from ui.pages import HISTORY, PAGES, PALETTE, QUICK_ENTRY, Link, PageEntry, entry_for, open_dialog
from ui.shell.looks import Looks
from ui.shell.sidebar import Sidebar
from ui.shell.top_bar import TopBar
from ui.shell.way import Way
from ui.shell.window_state import WindowState

# Whatever the first frame does not need is imported after it, in `prepare`: it would cost half as much again.
if TYPE_CHECKING:
    from pathlib import Path

    from planner.app import Planner
    from planner.changes import Changes
    from ui.context import UiContext
    from ui.page import Page
    from ui.shell.getting_ready import GettingReady
    from ui.shell.history_menu import HistoryMenu
    from ui.shell.typed_ahead import LetGo
    from ui.theme import Theme

#: Pages that are imported in the background before anybody goes there; those that take long to import.
SOON = ("contacts",)


class MainWindow(QMainWindow):
    """Frame first: made without data, it shows navigation and an empty page.

    `prepare()` adds what works behind it, `attach(planner)` fills it. `painted` fires once, at the first frame; `again`
    when the person wants to try once more to open data that could not be opened.
    """

    again = Signal()
    painted = Signal()

    def __init__(self, theme: Theme, state: WindowState | None = None, pages: tuple[PageEntry, ...] = PAGES) -> None:
        super().__init__()
        self.theme = theme
        self.state = state or WindowState(None)
        self.looks = Looks(theme, self.state, self)
        self.ctx: UiContext | None = None
        self.folder: Path | None = None
        self.is_prepared = False
        self._is_painted = False
        self._pages: dict[str, Page] = {}
        self._shown: Page | None = None
        self._way = Way()
        self._let_go: LetGo | None = None
        self._history: HistoryMenu | None = None
        self._ready: GettingReady | None = None
        self._wanted: Link | None = None
        self.entries = pages
        self.setWindowTitle("Rapport")
        self._build()
        if not self.state.restore(self):
            self.resize(1280, 820)

    @property
    def is_ready(self) -> bool:
        """Whether the data is open."""
        return self.ctx is not None

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._shown

    def prepare(self) -> None:
        """Add what the first frame does without: menus, worker threads, notices. Once."""
        if self.is_prepared:
            return
        from ui.change_bus import ChangeBus
        from ui.shell.actions import ActionTable
        from ui.shell.menus import MenuBar
        from ui.shell.notices import Notices
        from ui.shell.start_page import StartPage
        from ui.shell.typed_ahead import TypedAhead
        from ui.shell.typed_to_dialogs import TypedToDialogs
        from ui.shell.window_actions import window_actions
        from ui.tasks import Tasks

        self.is_prepared = True
        self.typed_ahead = TypedAhead(self)
        TypedToDialogs(self, self.typed_ahead)
        self.bus = ChangeBus(self)
        self.tasks = Tasks(self.bus, self)
        self.notices = Notices(self, self.tasks)
        self._column.insertWidget(1, self.notices.strip)
        self.start_page = StartPage()
        self.start_page.again.connect(self.again)
        self.start_page.leave.connect(self.close)
        self.stack.addWidget(self.start_page)
        self.actions_table = ActionTable()
        self.actions_table.add(*window_actions(self, self.entries))
        self.menus = MenuBar(self, self.actions_table, self._menus)

    def expect_data(self) -> None:
        """The data is being opened: what is typed meanwhile is for the page that will show it."""
        self.prepare()
        self._let_go = self.typed_ahead.hold()

    def attach(self, planner: Planner, link: Link | None = None) -> None:
        """The data is open: go to the page wanted, or the one shown last, or Today."""
        from ui.accounts.background import BackgroundSync
        from ui.context import UiContext
        from ui.shell.daily import Daily
        from ui.shell.getting_ready import GettingReady
        from ui.shell.history_menu import HistoryMenu
        from ui.shell.outside import Outside
        from ui.shell.status import Status

        self.prepare()
        self.folder = planner.folder.root
        self.ctx = UiContext(
            planner, self.tasks, self.bus, planner.clock, self.theme, self.navigate, self.say, self.actions_table
        )
        self.start_page.clear()
        self.menus.rebuild()
        self._status = Status(self.sidebar, planner, self.tasks)
        self._daily = Daily(planner, self.tasks, self.bus, self._status, self)
        self.sync = BackgroundSync(planner, self.tasks, self.bus, self.say, self.navigate, self)
        self.sync.ended.connect(self._status.refresh)
        self._history = HistoryMenu(self.menus, planner, self.tasks, self.undo_to, self._time_of)
        self.bus.changed.connect(self._changed)
        self._ready = GettingReady(planner, self.tasks, self)
        self._outside = Outside(planner, self.tasks, self.bus, self)
        self.tasks.busy_changed.connect(self._page_is_filled)
        self.navigate(link or Link(self._first_page()))
        self.looks.attach(planner, self.tasks)
        if self.state.text("cards/watched"):
            from ui.cards.watching import watched_folder

            watched_folder(self.ctx)

    def tell_wait(self) -> None:
        """The data is not open yet because another program has it to itself."""
        if not self.is_ready:
            self.stack.setCurrentWidget(self.start_page)
            self.start_page.tell_wait()

    def explain_start(self, error: Any) -> None:
        """The data can't be opened: say why, in the place of the page."""
        self.prepare()
        self.typed_ahead.give_up()
        self.stack.setCurrentWidget(self.start_page)
        self.start_page.explain(error)

    def navigate(self, link: Link) -> None:
        """Show what a link names. A link to something this window has no page for is passed over."""
        self._wanted = link
        entry = entry_for(link.kind, self.entries)
        if self._ready is not None and entry is not None and self._ready.is_needed(entry, link):
            self._ready.then_show(lambda: self._wanted is not link or self._navigate(link))
        else:
            self._navigate(link)

    def _navigate(self, link: Link) -> bool:
        if link.uid and self.ctx is not None:
            number = self.ctx.planner.calendars.number(link.kind, link.uid)
            if number is None:
                self.say("What that link names is not here any more.")
                return False
            link = link._replace(id=number, uid="")
        if self._go(link):
            self._way.add(link)
            return True
        return False

    def go_back(self) -> None:
        """Show what was shown before."""
        self._step(-1)

    def go_forward(self) -> None:
        """Show again what Back left."""
        self._step(1)

    def say(self, text: str, action: str = "", callback: Any = None, *, undo: bool = False) -> None:
        """A short notice at the foot, with Undo or another button."""
        if undo:
            action, callback = "Undo", self.undo
        self.notices.toast.say(text, action, callback)

    def undo(self) -> None:
        """Turn the latest change back."""
        if self.ctx is not None:
            self._flush()
            turn(self.tasks, self.ctx.planner.history, lambda changes: self._moved("Undone", changes), undo=True)

    def redo(self) -> None:
        """Do the change again that was turned back last."""
        if self.ctx is not None:
            self._flush()
            turn(self.tasks, self.ctx.planner.history, lambda changes: self._moved("Redone", changes), undo=False)

    def undo_to(self, command_id: int) -> None:
        """Turn back everything down to this change, it included."""
        if self.ctx is not None:
            self._flush()
            history = self.ctx.planner.history
            self.tasks.command(history.undo_to, command_id, done=lambda changes: self._moved("Undone", changes))

    def open_palette(self, text: str = "") -> None:
        """Ctrl+K."""
        if self.ctx is not None:
            open_dialog(PALETTE, self, self.ctx, text)

    def open_quick_entry(self, text: str = "") -> None:
        """Ctrl+N."""
        if self.ctx is not None:
            open_dialog(QUICK_ENTRY, self, self.ctx, text)

    def open_history(self) -> None:
        """The list of recent changes."""
        if self.ctx is not None:
            self._flush()
            open_dialog(HISTORY, self, self.ctx, "")

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def show_about(self) -> None:
        """Version and licences."""
        from ui.shell.about import AboutDialog

        AboutDialog(self).open()

    def bring_to_front(self, link: Link | None = None) -> None:
        """Another start asked for this window, perhaps to see something in it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        if link is not None and self.is_ready:
            self.navigate(link)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit every open edit, finish what was asked for, then go."""
        self._flush()
        self.state.save(self)
        if self.ctx is not None:
            self._outside.stop()
            self.sync.close()
            self.tasks.close()
            self.ctx.planner.close()
            self.looks.detach()
            self.ctx = None
        elif self.is_prepared:
            self.tasks.close(timeout=1)
        super().closeEvent(event)

    def _build(self) -> None:
        frame = QWidget()
        line = QHBoxLayout(frame)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.sidebar = Sidebar()
        shown = [entry for entry in self.entries if not entry.under]
        self.sidebar.set_entries([(entry.key, entry.title, entry.icon, entry.in_foot) for entry in shown])
        self.sidebar.chosen.connect(lambda key: self.navigate(Link(key)))
        self.top_bar = TopBar()
        self.top_bar.palette_asked.connect(self.open_palette)
        self.stack = QStackedWidget()
        blank = QWidget()
        blank.setProperty("frame", "pane")
        self.stack.addWidget(blank)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self.top_bar)
        self._column.addWidget(self.stack, 1)
        line.addWidget(self.sidebar)
        line.addLayout(self._column, 1)
        self.setCentralWidget(frame)
        # Made and held here, with the bar as parent: a wrapper that PySide makes for addMenu()'s result can go stale.
        bar = self.menuBar()
        self._menus = {name: QMenu(f"&{name}", bar) for name in ("File", "Edit", "View", "Go", "Help")}
        for menu in self._menus.values():
            bar.addMenu(menu)

    def _first_page(self) -> str:
        known = [entry.key for entry in self.entries]
        last = self.state.text("page")
        return last if last in known else (known[0] if known else "")

    def _go(self, link: Link) -> bool:
        entry = entry_for(link.kind, self.entries)
        if entry is None or self.ctx is None:
            return False
        page = self._pages.get(entry.key)
        is_new = page is None
        if page is None:
            try:
                page = entry.make(self.ctx)
            except Exception as error:  # noqa: BLE001  a page that can't be built must not take the others with it
                self.tasks.bug.emit(error)
                return False
            self._pages[entry.key] = page
            page.title = page.title or entry.title
            page.title_changed.connect(lambda _title, page=page: self._dress(page))
            page.bar_changed.connect(lambda page=page: self._dress(page))
            self.stack.addWidget(page)
        if self._ready is not None and (is_new or link.id is not None):
            self._ready.fill()
        self._shown = page
        last: QWidget | None = page.focusWidget()
        self.stack.setCurrentWidget(page)
        self.sidebar.choose(entry.under or entry.key)
        self.state.set("page", entry.key)
        self._dress(page)
        self.actions_table.set_page_actions(page.page_actions())
        page.take_keys(last)
        if link.id is not None or link.part is not None:
            page.show_link(link)
        return True

    def _step(self, by: int) -> None:
        if (link := self._way.step(by)) is not None:
            self._go(link)

    def _dress(self, page: Page) -> None:
        if page is self._shown:
            self.top_bar.set_title(page.title)
            self.top_bar.set_bar(page.bar)
            self.setWindowTitle(f"{page.title} – Rapport" if page.title else "Rapport")

    def _moved(self, what: str, changes: Changes) -> None:
        other = ("Redo", self.redo) if what == "Undone" else ("Undo", self.undo)
        self.notices.toast.say(f"{what}: {changes.label}" if changes.label else what, *other)

    def _page_is_filled(self, busy: bool) -> None:
        """Show the page that the window opens with, and only then ask for what stands around it."""
        if busy or self.ctx is None:
            return
        self.tasks.busy_changed.disconnect(self._page_is_filled)
        self.repaint()
        if self._let_go is not None:
            self._let_go()
        self._look_around()

    def _look_around(self) -> None:
        assert self._history is not None
        self._history.refresh()
        self._status.refresh()
        self._daily.look()
        self._outside.start()
        for entry in self.entries:
            if entry.key in SOON:
                self.tasks.query(entry.load, lambda _: None, lambda _: None, aside=True)

    def _changed(self, changes: Changes) -> None:
        if self.ctx is not None:
            self.notices.saved(self.ctx.planner.folder.database)
        if self._history is not None:
            self._history.refresh()
        self._status.refresh()
        if changes.touches("setting"):
            self.looks.read()

    def _flush(self) -> None:
        """Commit what still sits in fields, wherever the focus is."""
        focus = QApplication.focusWidget()
        for page in self._pages.values():
            page.flush()
        if focus is not None and self.isAncestorOf(focus) and callable(commit := getattr(focus, "flush", None)):
            commit()

    def _time_of(self, moment: Any) -> str:
        from ui.day_words import moment_words

        assert self.ctx is not None
        return moment_words(self.ctx.clock.local(moment), self.ctx.clock.today())
