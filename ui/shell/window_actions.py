"""What the window itself can do, whatever page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ui.context import Link
from ui.pages import PageEntry
from ui.shell.actions import Action

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def window_actions(window: MainWindow, pages: tuple[PageEntry, ...]) -> list[Action]:
    """The table of the window's own actions, in menu order."""

    def ready() -> bool:
        return window.is_ready

    def go(kind: str, part: str | None = None) -> object:
        return lambda: window.navigate(Link(kind, part=part))

    def has(key: str) -> bool:
        return any(entry.key == key for entry in pages)

    def action(
        id: str, text: str, run: object, shortcut: str = "", menu: str = "", group: str = "", **more: object
    ) -> Action:
        return Action(id, text, run, shortcut, menu, group, is_enabled=ready, **more)  # type: ignore[arg-type]

    file = [
        action("quick-entry", "&Quick entry…", window.open_quick_entry, "Ctrl+N", "File", "new", icon="pencil",
               hint="log a contact, note, call, meeting, promise"),
        *([action("new-contact", "New &contact", go("contacts", "new"), "Ctrl+Shift+N", "File", "new", icon="user-plus",
                  hint="add person")] if has("contacts") else []),
        *([action("new-event", "New &event", go("events", "new"), "Ctrl+Shift+E", "File", "new", icon="calendar-plus",
                  hint="add conference, meeting, interview")] if has("events") else []),
        *([action("new-followup", "New &follow-up", go("followups", "new"), "Ctrl+Shift+F", "File", "new", icon="plus",
                  hint="add reminder, promise, task")] if has("followups") else []),
        *([action("new-introduction", "New introduction…", go("introductions", "new"), icon="handshake",
                  hint="introduce two people, ask for one")] if has("introductions") else []),
        *([action("new-goal", "Set a goal…", go("goals", "new"), icon="target", hint="career")]
          if has("goals") else []),
        *([action("new-exchange", "Note give and take…", go("ledger", "new"), icon="gift",
                  hint="ledger gave received log value")] if has("ledger") else []),
        *([action("new-organisation", "New organisation…", go("organisations", "new"), icon="building-2",
                  hint="membership guild society")] if has("organisations") else []),
        *([action("import-contacts", "&Import contacts…", go("contacts", "import"), "Ctrl+Shift+I", "File", "files",
                  icon="download", hint="vcard csv"),
           action("export-contacts", "Export contacts…", go("contacts", "export"), "", "File", "files", icon="upload",
                  hint="vcard"),
           action("find-duplicates", "Find &duplicates…", go("contacts", "duplicates"), "", "File", "files",
                  icon="merge", hint="merge same person twice")] if has("contacts") else []),
        *([action("my-card", "Show &my card", lambda: show_my_card(window), "", "File", "files", icon="qr-code",
                  hint="QR code vcard print own details")] if has("cards") else []),
        *([action("export-calendar", "Export to &calendar…", go("followups", "export"), "Ctrl+Shift+C", "File", "files",
                  icon="calendar-check", hint="ics reminders")] if has("followups") else []),
        *([action("data", "&Backup and restore…", go("settings", "data"), "", "File", "data", icon="database",
                  hint="export everything")] if has("settings") else []),
    ]  # fmt: skip
    edit = [
        action("undo", "&Undo", window.undo, "Ctrl+Z", "Edit", "undo", icon="undo-2"),
        action("redo", "&Redo", window.redo, "Ctrl+Shift+Z", "Edit", "undo", icon="redo-2"),
        action(
            "history",
            "&All recent changes…",
            window.open_history,
            "Ctrl+Alt+Z",
            "Edit",
            "undo",
            icon="history",
            hint="undo redo journal",
        ),
        *(
            [
                action(
                    "share",
                    "S&hare this…",
                    lambda: share(window),
                    "Ctrl+Shift+S",
                    "Edit",
                    "find",
                    icon="upload",
                    hint="link article resource send paste give",
                )
            ]
            if has("contacts")
            else []
        ),
        *(
            [
                action(
                    "offer-support",
                    "Offer support…",
                    lambda: ask_whom(window, "Offer support", "offer"),
                    icon="plus",
                    hint="help give advice review",
                ),
                action(
                    "celebrate",
                    "Note something to celebrate…",
                    lambda: ask_whom(window, "Something to celebrate", "celebrate"),
                    icon="party-popper",
                    hint="celebration award promotion new job milestone",
                ),
                action(
                    "write-achievements",
                    "Write out achievements…",
                    lambda: write_achievements(window),
                    icon="file-text",
                    hint="review evidence export pdf",
                ),
            ]
            if has("contacts")
            else []
        ),  # the page of people has its own, for the person shown
        action("palette", "&Find or run a command…", window.open_palette, "Ctrl+K", "Edit", "find", icon="search"),
    ]
    view = [
        Action(
            "theme-system",
            "Follow the &system’s theme",
            lambda: window.looks.set_theme("system"),
            menu="View",
            icon="monitor",
        ),
        Action("theme-light", "&Light theme", lambda: window.looks.set_theme("light"), menu="View", icon="sun"),
        Action("theme-dark", "&Dark theme", lambda: window.looks.set_theme("dark"), menu="View", icon="moon"),
        Action(
            "larger", "Larger &text", lambda: window.looks.scale_text(0.1), "Ctrl++", "View", "text", also=("Ctrl+=",)
        ),
        Action("smaller", "&Smaller text", lambda: window.looks.scale_text(-0.1), "Ctrl+-", "View", "text"),
        Action("normal-size", "&Normal text size", lambda: window.looks.scale_text(0), "Ctrl+0", "View", "text"),
        Action("full-screen", "&Full screen", window.toggle_full_screen, "F11", "View", "screen"),
    ]
    places = [
        action(f"go-{entry.key}", entry.title, go(entry.key), f"Ctrl+{at}", "Go", "pages", icon=entry.icon,
               also=(f"Alt+{at}",), hint="open page")
        for at, entry in enumerate((entry for entry in pages if entry.key != "settings" and not entry.under), 1)
    ]  # fmt: skip
    if has("settings"):
        places.append(action("settings", "&Settings", go("settings"), "Ctrl+,", "Go", "pages", icon="settings"))
    places += [
        action(f"go-{entry.key}", entry.title, go(entry.key), "", "Go", "within", icon=entry.icon, hint="open page")
        for entry in pages
        if entry.under
    ]
    places += [
        action("back", "&Back", window.go_back, "Alt+Left", "Go", "way", icon="arrow-left"),
        action("forward", "&Forward", window.go_forward, "Alt+Right", "Go", "way", icon="arrow-right"),
    ]
    about = [
        *([action("shortcuts", "&Keyboard shortcuts", go("settings", "shortcuts"), "F1", "Help", "help",
                  icon="keyboard")]
          if has("settings") else []),
        action("open-folder", "Show the &data folder", lambda: show_folder(window), "", "Help", "help",
               icon="folder-open"),
        Action("about", "&About Rapport", window.show_about, menu="Help", group="about", icon="info"),
    ]  # fmt: skip
    leave = [Action("quit", "&Quit", window.close, "Ctrl+Q", "File", "quit")]
    return [*file, *leave, *edit, *view, *places, *about]


def share(window: MainWindow) -> None:
    """Share a link or an article, first of all one that was copied."""
    from ui.contacts.share_panel import SharePanel

    if window.ctx is not None:
        copied = QGuiApplication.clipboard().text().strip()
        is_link = copied.lower().startswith(("http://", "https://")) and len(copied.split()) == 1
        SharePanel.open_over(window, window.ctx, copied if is_link else "")


def show_my_card(window: MainWindow) -> None:
    """Show one's own card, for somebody who stands there with a phone."""
    from ui.cards.my_card import MyCardPanel

    if window.ctx is not None:
        MyCardPanel.open_over(window, window.ctx)


def ask_whom(window: MainWindow, heading: str, part: str) -> None:
    """Ask for a person, and go on with this part of theirs."""
    from ui.shell.whom import WhomPanel

    WhomPanel.open_over(window, heading, part)


def write_achievements(window: MainWindow) -> None:
    """Write the evidence for a review to a file."""
    from ui.contacts.achievements_out import write_out

    if window.ctx is not None:
        write_out(window, window.ctx)


def show_folder(window: MainWindow) -> None:
    """Open the data folder in the system's file manager."""
    if window.folder is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(window.folder)))
