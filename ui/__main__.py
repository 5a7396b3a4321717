"""Starts the window: its first frame before anything heavy is imported, then the data."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import NamedTuple

from planner.paths import DataFolder, data_folder


class Options(NamedTuple):
    """What the command line asked for."""

    folder: DataFolder
    sample: bool = False
    link: str = ""


#: Seconds after which a thread at work lets another have the interpreter. Drawing a page asks for it many times over,
#: so that with ten times as long, as is usual, a key waits for a tenth of a second while people are imported.
TURN = 0.0005

USAGE = """usage: rapport [--data-dir FOLDER] [--sample] [LINK]

  --data-dir FOLDER  keep the data there (also: RAPPORT_DATA_DIR)
  --sample           open sample data, kept apart from yours
  --version          show the version and leave
  LINK               show what a rapport: link names
"""


def parsed(arguments: list[str]) -> Options | str:
    """Options, or the text to print instead of starting. Written out: argparse costs a tenth of a first frame."""
    explicit: Path | None = None
    sample, link = False, ""
    rest = iter(arguments)
    for word in rest:
        if word == "--version":
            import planner

            return f"Rapport {planner.__version__}"
        if word in ("-h", "--help"):
            return USAGE
        if word == "--sample":
            sample = True
        elif word == "--data-dir" or word.startswith("--data-dir="):
            value = word.partition("=")[2] or next(rest, "")
            if not value:
                return f"--data-dir needs a folder\n\n{USAGE}"
            explicit = Path(value)
        elif word.lower().startswith("rapport:"):
            link = word
        else:
            return f"“{word}” is not understood\n\n{USAGE}"
    folder = data_folder(explicit)
    return Options(folder.sample() if sample else folder, sample, link)


def main(arguments: list[str] | None = None) -> int:
    """Open the window; returns the exit code: 0, or 2 when it can't run."""
    options = parsed(sys.argv[1:] if arguments is None else arguments)
    if isinstance(options, str):
        fine = options.startswith(("Rapport", "usage"))
        print(options, file=sys.stdout if fine else sys.stderr)
        return 0 if fine else 2
    gc.disable()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        return start(options)
    finally:
        sys.setswitchinterval(usual)
        gc.enable()


def start(options: Options) -> int:
    """Show the window, open the data, and run until it is closed."""
    os.environ["QT_STYLE_OVERRIDE"] = "Fusion"
    from PySide6.QtWidgets import QApplication

    from ui.session import Session

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    trouble: Exception | None = None
    try:
        options.folder.prepare()
    except Exception as error:
        from planner.errors import UserError  # late, as everything the first frame can do without

        if not isinstance(error, UserError):
            raise
        trouble = error
    session = Session(app, options.folder, sample=options.sample, link=options.link)
    if trouble is None and not session.is_first():
        return 0
    if trouble is None:
        session.start()
    else:
        session.show(trouble)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
