"""People and things to do with them, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from tests.fixtures.things_to_do import person, todo
from ui.context import UiContext
from ui.tasks import Tasks
from ui.today.page import TodayPage

__all__ = ["person", "todo"]


@pytest.fixture
def page(ctx: UiContext, show: Callable[..., QWidget], settle: Callable[[Tasks], None]) -> Callable[[], TodayPage]:
    """Builds the page over what was added before, and fills it."""

    def build() -> TodayPage:
        made = TodayPage(ctx)
        show(made, width=1080, height=760)
        settle(ctx.tasks)
        made.rows.setFocus()
        return made

    return build
