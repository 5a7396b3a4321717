"""Asking where evidence of achievements is written, and writing it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.relations.achievements import Review
from ui.context import UiContext


def write_out(owner: QWidget, ctx: UiContext, ask_path: str | None = None) -> None:
    """Write the last twelve months' achievements to a file; private ones stay out."""
    today = ctx.clock.today()
    path = ask_path
    if path is None:
        kinds = "PDF (*.pdf);;Web page (*.html);;Markdown (*.md)"
        path, _ = QFileDialog.getSaveFileName(owner, "Achievements for a review", f"achievements-{today}.pdf", kinds)
    if not path:
        return
    target = Path(path)
    since = date(today.year - 1, today.month, min(today.day, 28))

    def written(review: Review) -> None:
        count = "1 entry" if review.count == 1 else f"{review.count} entries"
        ctx.toast(
            f"Wrote {count} of the last 12 months to {target.name}",
            "Open",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))),
        )

    ctx.tasks.query(lambda: ctx.planner.achievements.save(target, since), written)
