"""What the command line says when something goes wrong."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

import planner


def report(error: BaseException) -> str:
    """An unexpected error as a report that holds no personal data: types and places, no messages, no values."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        parts = Path(frame.filename).parts
        ours = next((index for index, part in enumerate(parts) if part in ("planner", "ui")), None)
        if ours is not None and "site-packages" not in parts[:ours]:
            places.append(f"  {'/'.join(parts[ours:])}:{frame.lineno} in {frame.name}")
    chain = [type(error).__name__]
    while (error := error.__cause__ or error.__context__) is not None:  # type: ignore[assignment]  # None ends it
        chain.append(type(error).__name__)
    return "\n".join(
        [
            "Rapport made a mistake. Your data is as it was before this command.",
            "If it happens again, please report these lines; they hold nothing personal:",
            f"  Rapport {planner.__version__}, Python {platform.python_version()}, {platform.system()}",
            f"  {' from '.join(chain)}",
            *places[-8:],
            "",
        ]
    )
