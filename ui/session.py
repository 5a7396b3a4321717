"""One run of the window over one data folder: first frame, data, later starts, and what nobody caught."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from planner.paths import DataFolder, resource
from ui.collecting import MainThreadCollector
from ui.main_window import MainWindow
from ui.shell.window_state import WindowState
from ui.single_instance import SingleInstance, parsed_link
from ui.theme import Mode, Theme, applied

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from types import TracebackType

    from planner.app import Planner
    from planner.store.key import Key
    from ui.links import Link
    from ui.shell.unlock_dialog import UnlockDialog

#: A window that starts minimised is not painted; its data is opened all the same.
UNSEEN_MS = 1_000


class Session(QObject):
    """Holds the window, and in `instance` the claim on its data folder."""

    #: Another program has the data to itself; told off the main thread, before that is waited for.
    waits = Signal()

    def __init__(self, app: QApplication, folder: DataFolder, sample: bool = False, link: str = "") -> None:
        super().__init__(app)
        app.setApplicationName("Rapport")
        app.setDesktopFileName("rapport")
        self._app, self._folder, self._sample, self._link = app, folder, sample, link
        self.instance = SingleInstance(folder.root, self)
        self._wanted: Link | None = parsed_link(link)
        self.window: MainWindow | None = None
        self.dialog: UnlockDialog | None = None
        self._key: Key | None = None
        self._not_kept = ""
        self._collector: MainThreadCollector | None = None
        self._begun = False

    def is_first(self) -> bool:
        """Whether no other window has this folder open; if one has, it was brought to the front."""
        if self.instance.claim():
            return True
        return not self.instance.hand_over(self._link)

    def start(self) -> None:
        """Show the window; before it, where the data has a password that the keyring does not know, ask for that."""
        from planner.store.protected import is_protected

        if not is_protected(self._folder.database):
            self.show()
            return
        from planner.errors import UserError
        from planner.secrets import KeyringSecrets
        from planner.store.unlocking import remembered

        try:
            self._key = remembered(self._folder.database, KeyringSecrets())
        except UserError as error:
            self.show(error)
            return
        if self._key is not None:
            self.show()
            return
        _theme(self._app, WindowState(self._folder.window_state))
        self._ask(self.show)

    def _ask(self, go_on: Callable[[], object]) -> None:
        """Ask for the password; without it there is nothing to show, so the program ends."""
        from ui.shell.unlock_dialog import UnlockDialog

        def opened(key: Key | None, password: str) -> None:
            self._key = key
            if dialog.keep.isChecked():
                self._keep(password)
            # The window first: with the last one closed the program would end.
            go_on()

        words = f"The data in {self._folder.root} is protected. Type its password to open it."
        dialog = self.dialog = UnlockDialog(
            self._folder.database, "Your data has a password", words, "Quit", True, self.window
        )
        dialog.opened.connect(opened)
        dialog.rejected.connect(self.leave)
        # Another start finds this one waiting, not gone.
        self.instance.listen()
        self.instance.asked.connect(dialog.bring_to_front)
        dialog.finished.connect(lambda: self.instance.asked.disconnect(dialog.bring_to_front))
        dialog.bring_to_front()

    def leave(self) -> None:
        """End the program."""
        self._app.quit()

    def _keep(self, password: str) -> None:
        from planner.secrets import KeyringSecrets, KeyringUnusable
        from planner.store.unlocking import remember

        try:
            remember(self._folder.database, password, KeyringSecrets())
        except KeyringUnusable as error:
            self._not_kept = str(error)

    def show(self, trouble: Exception | None = None) -> None:
        """Make the window and show its frame; the data follows once the frame is on the screen."""
        state = WindowState(self._folder.window_state)
        self.window = MainWindow(_theme(self._app, state), state)
        self.window.again.connect(self._again)
        self.waits.connect(self.window.tell_wait)
        self.window.show()
        self._catch_what_nobody_caught()
        self._app.aboutToQuit.connect(self.end)
        if trouble is not None:
            self._failed(trouble)
        else:
            # Queued, so that the first frame is on the screen before anything heavy is imported.
            self.window.painted.connect(self._begin, Qt.ConnectionType.QueuedConnection)
            QTimer.singleShot(UNSEEN_MS, self, self._begin)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.open()

    def _again(self) -> None:
        from planner.store.protected import is_protected

        # Protected a moment ago, by the command line.
        if self._key is None and is_protected(self._folder.database):
            self._ask(self.open)
        else:
            self.open()

    def open(self) -> None:
        """Import the planner and open the data, off the main thread."""
        assert self.window is not None
        use_a_real_locale()
        self.window.expect_data()
        self.window.tasks.query(self._opened_planner, self._opened, self._failed, key="open")

    def end(self) -> None:
        """Let another start be the first, and catch no more errors."""
        import threading

        self.instance.release()
        if self._collector is not None:
            self._collector.stop()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _opened_planner(self) -> Planner:
        self._folder.prepare()
        from planner.app import Planner

        planner = Planner(self._folder, key=self._key, on_busy=self.waits.emit)
        if self._sample:
            from planner.sample import fill

            fill(planner)
        return planner

    def _opened(self, planner: Planner) -> None:
        from PySide6.QtGui import QIcon  # late: making this class takes a hundredth of a first frame

        assert self.window is not None
        self.instance.asked.connect(self.window.bring_to_front)
        self.instance.listen()
        self.window.attach(planner, self._wanted)
        if self._not_kept:
            self.window.say(self._not_kept)
        self._app.setWindowIcon(QIcon(str(resource("app", "rapport.png"))))
        tasks = self.window.tasks
        self._collector = MainThreadCollector(self, lambda: bool(tasks.jobs))

    def _failed(self, error: Exception) -> None:
        """Explain what a person can mend; Tasks has reported anything else."""
        from planner.errors import UserError

        if self.window is not None and isinstance(error, UserError):
            self.window.explain_start(error)

    def _catch_what_nobody_caught(self) -> None:
        def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                self._app.quit()
            else:
                self._tell(error.with_traceback(trace))

        def in_thread(caught: threading.ExceptHookArgs) -> None:
            if caught.exc_value is not None:
                self._tell(caught.exc_value)

        import threading

        sys.excepthook = in_main
        threading.excepthook = in_thread

    def _tell(self, error: BaseException) -> None:
        if self.window is not None and self.window.is_prepared:
            self.window.tasks.bug.emit(error)


def use_a_real_locale() -> None:
    """Where no locale is set, take British English: dates in the "C" locale read as nowhere in the world."""
    from PySide6.QtCore import QLocale

    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def _theme(app: QApplication, state: WindowState) -> Theme:
    """The application's theme, as it was at the last start."""
    try:
        theme = applied()
    except LookupError:
        return Theme(app, _mode(state.text("theme")), state.number("font_scale", 1.0))
    theme.set_mode(_mode(state.text("theme")))
    return theme


def _mode(text: str) -> Mode:
    return text if text in ("light", "dark") else "system"  # type: ignore[return-value]
