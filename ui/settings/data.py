"""Where the data is, backups, taking everything out, and whether all is sound."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.archive.service import Taken
from planner.changes import Changes
from planner.errors import DatabaseProtected
from planner.settings.records import Settings
from planner.store.backups import BackupFile
from planner.store.integrity import Report, check
from planner.store.restore import BackupFacts
from ui.context import UiContext
from ui.day_words import exact_moment, moment_words
from ui.settings import protection
from ui.settings.section import Entry, SettingsSection, flowing, narrow
from ui.shell.unlock_dialog import UnlockDialog
from ui.theme_tokens import Tone
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button, LinkButton
from ui.widgets.choice import Choice, Tick
from ui.widgets.fields import Form
from ui.widgets.labels import Label, Paragraph, Part
from ui.widgets.layouts import clear_layout, row

ENTRIES = (
    Entry("Back up now…", "backup save copy"),
    Entry("Restore from a file…", "backup restore"),
    Entry(protection.NAME, "protect encrypt encryption security lock keyring sqlcipher change remove"),
    Entry("Export everything…", "vcard ics json takeout all"),
    Entry("Check now", "integrity damage repair sound"),
    Entry("Open sample data", "demo example try"),
    Entry("Show the folder", "data where location file"),
    Entry("vCard version", "contacts export 3.0 4.0"),
)
_SHOWN = 8


class DataSection(SettingsSection):
    """Everything about the file itself."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Data", "All you enter is in one folder on this computer, and nowhere else.")
        folder = ctx.planner.folder.root
        where = Label(str(folder), "small", elide=True)
        self.folder_button = Button("Show the folder", icon_name="folder-open")
        self.folder_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(where, 1)
        line.addWidget(self.folder_button)
        self.box().add(line)
        self._backups()
        self._restoring()
        self._protecting()
        self._taking_out()
        self._checking()
        self.heading("Looking around", "Invented people and events, in a folder of their own beside yours.")
        self.sample_button = Button("Open sample data", icon_name="external-link")
        self.sample_button.clicked.connect(self.open_sample)
        self.body.addLayout(row(self.sample_button, None))

    def _backups(self) -> None:
        self.heading(
            "Backups", "One is made each day you change something: the last 7 days and 4 weeks are kept in the folder."
        )
        self.backup_button = Button("Back up now…", icon_name="save")
        self.backup_button.clicked.connect(self.back_up)
        self.restore_button = Button("Restore from a file…", icon_name="history")
        self.restore_button.clicked.connect(self.choose_backup)
        self.last = Label("", "small_muted", elide=True)
        box = self.wrapping(self.box(spacing=8))
        box.add(flowing((self.backup_button, self.restore_button), 8))
        box.add(self.last)
        self.files = QVBoxLayout()
        self.files.setSpacing(2)
        box.add(self.files)

    def _restoring(self) -> None:
        self.confirm = Box(spacing=10)
        self.confirm.set_tone(Tone.WARN)
        self.facts = Paragraph()
        self.restore_now = Button("Restore it", "primary")
        self.keep = Button("Keep what is here")
        self.keep.clicked.connect(self.confirm.hide)
        self.restore_now.clicked.connect(self._restore)
        self.confirm.add(self.facts)
        self.confirm.add(row(self.restore_now, self.keep, None))
        self.confirm.hide()
        self._chosen: Path | None = None
        self._password: str | None = None
        self.unlocking: UnlockDialog | None = None
        self.body.addWidget(self.confirm)

    def _protecting(self) -> None:
        self.heading("Password", "Encrypts the file, so that only someone who knows the password can read it.")
        self.protection = protection.ProtectionBox(self.ctx)
        self.protection.changed.connect(self.reload)
        self.body.addWidget(self.wrapping(self.protection))

    def _taking_out(self) -> None:
        self.heading(
            "Taking it elsewhere", "One .zip: people as vCards, follow-ups and events as a calendar, all as JSON."
        )
        self.export_button = Button("Export everything…", icon_name="upload")
        self.export_button.clicked.connect(self.export_everything)
        self.version = Choice("vCard version", (("3.0", "3.0, read by most programs"), ("4.0", "4.0, says more")))
        self.version.chosen.connect(lambda version: self.set(vcard_version=version))
        form = Form(110)
        form.add("vCard version", narrow(self.version, 240))
        box = self.box(spacing=10)
        self.difficult = Tick("Also the private logs of what is difficult")
        box.add(row(self.export_button, 8, self.difficult, None))
        box.add(Rule())
        box.add(form)

    def _checking(self) -> None:
        self.heading("Is all sound?", "Reads every page of the file, the search index and the undo journal.")
        self.check_button = Button("Check now", icon_name="circle-check")
        self.check_button.clicked.connect(self.check)
        self.outcome = Paragraph(small=True)
        self.outcome.hide()
        box = self.box()
        box.add(row(self.check_button, None))
        box.add(self.outcome)

    # --- showing

    def show_settings(self, settings: Settings) -> None:
        self.version.set_value(settings.vcard_version)

    def reload(self) -> None:
        self.ctx.tasks.query(self.ctx.planner.backups.all, self._show_files, key=("backups", id(self)))
        self.protection.reload()

    def _show_files(self, files: tuple[BackupFile, ...]) -> None:
        clear_layout(self.files)
        today = self.ctx.clock.today()
        self.last.set_text(
            f"Last: {moment_words(self.ctx.clock.local(files[0].at), today)}" if files else "No backup yet"
        )
        if files:
            self.files.addWidget(Rule())
        for file in files[:_SHOWN]:
            local = self.ctx.clock.local(file.at)
            line = QWidget()
            inner = QHBoxLayout(line)
            inner.setContentsMargins(0, 2, 0, 2)
            inner.setSpacing(10)
            when = Label(moment_words(local, today), "small")
            when.setToolTip(exact_moment(local))
            inner.addWidget(when)
            inner.addWidget(
                Label(
                    f"{file.path.name} · {_size(file)}",
                    "small_muted",
                    elide=True,
                ),
                1,
            )
            restore = LinkButton("Restore…")
            restore.setAccessibleName(f"Restore {file.path.name}")
            restore.clicked.connect(partial(self.look_into, file.path))
            inner.addWidget(restore)
            self.files.addWidget(line)

    # --- doing

    def back_up(self) -> None:
        """Ask where to, and write a backup."""
        name = f"rapport-backup-{self.ctx.clock.today()}.sqlite"
        if path := self._ask_target("Back up", name, "Rapport backups (*.sqlite)"):
            backups = self.ctx.planner.backups
            self.ctx.tasks.job(
                "Backing up",
                lambda progress, cancelled: backups.save(path, progress, cancelled),
                done=lambda file: self._told(f"Backed up to “{file.path.name}”", file.path),
            )

    def choose_backup(self) -> None:
        """Ask for a file, and show what it holds."""
        path, _ = QFileDialog.getOpenFileName(
            self, "Restore a backup", str(self.ctx.planner.folder.backups), "Rapport backups (*.sqlite);;All files (*)"
        )
        if path:
            self.look_into(Path(path))

    def look_into(self, path: Path) -> None:
        """Show what a backup holds, and ask whether it should take the place of what is here."""
        self._look(path, None)

    def _look(self, path: Path, password: str | None) -> None:
        self._password = password
        backups = self.ctx.planner.backups

        def failed(error: Exception) -> None:
            if isinstance(error, DatabaseProtected):
                self._unlock(path)
            else:
                self.ctx.tasks.user_error.emit(error)

        self.ctx.tasks.query(lambda: backups.inspect(path, password), self._confirm, failed, key=("inspect", id(self)))

    def _unlock(self, path: Path) -> None:
        self.unlocking = UnlockDialog(
            path, "This backup has a password", f"“{path.name}” is protected with another one.", parent=self.window()
        )
        self.unlocking.opened.connect(lambda _key, password: self._look(path, password))
        self.unlocking.setModal(True)
        self.unlocking.show()

    def _confirm(self, facts: BackupFacts) -> None:
        self._chosen = facts.path
        written = moment_words(self.ctx.clock.local(facts.written_at), self.ctx.clock.today())
        self.facts.set_parts(
            [
                (f"“{facts.path.name}”, written {written}, ", "strong"),
                (f"holds {_counted(facts)}. It takes the place of what is here now, which is kept as a backup.", "ink"),
            ]
        )
        self.confirm.show()
        self.restore_now.setFocus()

    def _restore(self) -> None:
        if (path := self._chosen) is None:
            return
        self.confirm.hide()
        backups, password = self.ctx.planner.backups, self._password
        self._password = None
        self.ctx.tasks.job(
            "Restoring",
            lambda progress, cancelled: backups.restore(path, progress, cancelled, password),
            done=self._restored,
            writes=True,
        )

    def _restored(self, _changes: Changes) -> None:
        self.ctx.toast("Restored. What was here before is among the backups.")
        self.reload()

    def export_everything(self) -> None:
        """Ask where to, and write the .zip."""
        archive, difficult = self.ctx.planner.archive, self.difficult.isChecked()
        if path := self._ask_target("Export everything", archive.name(), "Zip files (*.zip)"):
            self.ctx.tasks.job(
                "Exporting everything",
                lambda progress, cancelled: archive.save(path, progress, cancelled, difficult=difficult),
                done=self._taken,
            )

    def _taken(self, taken: Taken) -> None:
        people = "1 person" if taken.contacts == 1 else f"{taken.contacts:,} people"
        self._told(f"Exported {people} and everything else to “{taken.path.name}”", taken.path)

    def check(self) -> None:
        """Look whether all is sound; what is only derived is put right."""
        self.check_button.setEnabled(False)
        store = self.ctx.planner.store
        self.ctx.tasks.job(
            "Checking",
            lambda _progress, _cancelled: check(store, repair=True),
            done=self._checked,
            failed=self._not_checked,
        )

    def _checked(self, report: Report) -> None:
        self.check_button.setEnabled(True)
        self.outcome.show()
        if not report.findings:
            self.outcome.set_parts([("All is sound.", "ok")])
            return
        lines: list[Part] = [
            (f"{finding.part.value.capitalize()}: {finding.text}{' – put right' if finding.repaired else ''}\n", "ink")
            for finding in report.findings[:20]
        ]
        words = (
            "All is sound again." if report.sound else "Something is damaged. Restore the latest backup that is sound."
        )
        self.outcome.set_parts([*lines, (words, "ok" if report.sound else "bad")])

    def _not_checked(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        self.ctx.tasks.user_error.emit(error)

    def open_sample(self) -> None:
        """Start a second window on the sample data."""
        program, arguments = sample_command(self.ctx.planner.folder.root)
        started, _ = QProcess.startDetached(program, arguments)
        if not started:
            self.ctx.toast("The second window could not be started.")

    def _ask_target(self, title: str, name: str, kinds: str) -> Path | None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _ = QFileDialog.getSaveFileName(self, title, str(Path(documents) / name), kinds)
        return Path(path) if path else None

    def _told(self, words: str, path: Path) -> None:
        self.ctx.toast(words, "Show", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))


def sample_command(folder: Path) -> tuple[str, list[str]]:
    """The program and its arguments that open the sample data beside a data folder."""
    arguments = ["--data-dir", str(folder), "--sample"]
    if getattr(sys, "frozen", False):
        return sys.executable, arguments
    return sys.executable, ["-P", "-m", "ui", *arguments]


def _size(file: BackupFile) -> str:
    return QLocale().formattedDataSize(file.size, 0, QLocale.DataSizeFormat.DataSizeSIFormat)


def _counted(facts: BackupFacts) -> str:
    parts = (
        (facts.contacts, "person", "people"),
        (facts.events, "event", "events"),
        (facts.followups, "follow-up", "follow-ups"),
    )
    words = [f"{count:,} {one if count == 1 else many}" for count, one, many in parts]
    return f"{words[0]}, {words[1]} and {words[2]}"
