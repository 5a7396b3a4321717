"""Changing someone's picture: from a file, from the clipboard, or away with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.contacts.records import Contact, Photo
from planner.errors import FileUnreadable
from ui.context import UiContext
from ui.widgets.menu import MenuItem, open_menu

_FILES = "Pictures (*.jpg *.jpeg *.png *.gif *.webp *.bmp *.tif *.tiff)"
#: A picture file larger than this is nobody's portrait.
_LARGEST = 80_000_000


class PhotoMenu(QObject):
    """The menu under a person's picture, and what it does."""

    def __init__(self, ctx: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._over = parent

    def open(self, contact: Contact, at: QPoint) -> None:
        """Open the menu for somebody."""
        clipboard = QGuiApplication.clipboard().mimeData()
        items = [
            MenuItem("Choose a picture…", partial(self.choose, contact.id), icon="image"),
            MenuItem("Paste a picture", partial(self.paste, contact.id), enabled=clipboard.hasImage()),
            MenuItem(
                "Remove the picture",
                partial(self._set, contact.id, None),
                enabled=bool(contact.details.photo),
                icon="x",
            ),
        ]
        open_menu(self._over, items, at)

    def choose(self, id: int) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self._over, "Choose a picture", "", _FILES)
        if path:
            self.take_file(id, Path(path))

    def take_file(self, id: int, path: Path) -> None:
        """Use a picture file."""

        def read() -> Photo:
            try:
                if path.stat().st_size > _LARGEST:
                    raise FileUnreadable(path, "it is larger than 80 MB")
                return Photo(path.read_bytes(), "")
            except OSError as error:
                raise FileUnreadable(path, error.strerror or str(error)) from error

        self._ctx.tasks.query(read, partial(self._set, id))

    def paste(self, id: int) -> None:
        """Use the picture on the clipboard."""
        self.take_mime(id, QGuiApplication.clipboard().mimeData())

    def take_mime(self, id: int, data: QMimeData) -> bool:
        """Use a picture that was dropped or copied; False when there is none in it."""
        for url in data.urls():
            path = Path(url.toLocalFile())
            if url.isLocalFile() and path.suffix.lower() in _SUFFIXES:
                self.take_file(id, path)
                return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes any device
        self._set(id, Photo(bytes(held.data()), "image/png"))
        return True

    def _set(self, id: int, photo: Photo | None) -> None:
        say = "Picture removed" if photo is None else "Picture changed"
        self._ctx.tasks.command(
            self._ctx.planner.contacts.set_photo,
            id,
            photo,
            done=lambda changes: self._ctx.toast(say, undo=True) if changes else None,
        )


_SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff"}
