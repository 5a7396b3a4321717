"""People and things to do with them, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from planner.contacts.records import ContactDetails, Email
from planner.followups.records import FollowUpDetails, FollowUpKind
from ui.context import UiContext
from ui.tasks import Tasks
from ui.today.page import TodayPage

if TYPE_CHECKING:
    from planner.app import Planner

TODAY = date(2025, 7, 10)


@pytest.fixture
def person(planner: Planner) -> Callable[..., int]:
    def add(name: str, email: str = "", **more: object) -> int:
        given, _, family = name.partition(" ")
        emails = (Email(email),) if email else ()
        details = ContactDetails(given=given, family=family, emails=emails, **more)  # type: ignore[arg-type]
        return planner.contacts.add(details).new("contact")

    return add


@pytest.fixture
def todo(planner: Planner) -> Callable[..., int]:
    def add(
        title: str, *contacts: int, days: int = 0, kind: FollowUpKind = FollowUpKind.THANK_YOU, **more: object
    ) -> int:
        due = TODAY + timedelta(days=days)
        details = FollowUpDetails(kind, title, due, contacts, **more)  # type: ignore[arg-type]
        return planner.followups.add(details).new("followup")

    return add


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
