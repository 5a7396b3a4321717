"""The morning by key and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.changes import Changes
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.events.records import EventDetails, EventKind, EventState
from planner.followups.records import FollowUpKind, FollowUpState
from planner.relations.drafts import ExchangeDraft, InteractionDraft, PromiseDraft
from planner.relations.goals import GoalDraft
from planner.relations.records import Direction, ExchangeKind, InteractionKind, PromiseSide
from ui.context import Link, UiContext
from ui.shell.actions import Action
from ui.tasks import Tasks
from ui.today.first_steps import sample_command
from ui.today.page import TodayPage
from ui.widgets.row_data import ROW

if TYPE_CHECKING:
    from planner.app import Planner

TODAY = date(2025, 7, 10)
Build = Callable[[], TodayPage]
Add = Callable[..., int]
Settle = Callable[[Tasks], None]


def titles(page: TodayPage) -> list[str]:
    return [page.model.index(row, 0).data(Qt.ItemDataRole.DisplayRole) for row in range(page.model.rowCount())]


def quiet(planner: Planner, contact_id: int, days: int) -> None:
    at = planner.clock.now() - timedelta(days=days)
    planner.relations.log(InteractionDraft(InteractionKind.CALL, at, True, (contact_id,)))


def test_an_empty_book_says_what_to_do_first(
    page: Build, qtbot: QtBot, ctx: UiContext, seen: object, settle: Settle, person: Add
) -> None:
    shown = page()
    first = shown.first_steps
    assert first.isVisible()
    qtbot.mouseClick(first.empty.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(first.bring, Qt.MouseButton.LeftButton)
    assert seen.links == [Link("contacts", part="new"), Link("contacts", part="import")]  # type: ignore[attr-defined]
    started: list[tuple[str, list[str]]] = []
    first.start = lambda program, arguments: started.append((program, list(arguments)))
    qtbot.mouseClick(first.sample, Qt.MouseButton.LeftButton)
    ((program, arguments),) = started
    assert [program, *arguments] == sample_command(ctx)
    assert arguments[-3:] == ["--data-dir", str(ctx.planner.folder.root), "--sample"]
    ctx.bus.publish(ctx.planner.contacts.delete([person("Ada Ek")]))
    person("Bo Quist")
    shown.refresh_now()
    settle(ctx.tasks)
    assert not first.isVisible()
    assert shown.clear.isVisible(), "somebody is there, and nothing to do"


def test_overdue_today_and_drifting(planner: Planner, person: Add, todo: Add, page: Build) -> None:
    mara = person("Mara Lindqvist", title="VP Research", organisation="Halden Labs", roles=(Role.SPONSOR,))
    planner.relations.log(
        InteractionDraft(InteractionKind.MET, datetime(2025, 6, 30, 12, tzinfo=UTC), False, (mara,)),
        promises=[PromiseDraft(PromiseSide.MINE, "send the retention paper", date(2025, 7, 8))],
    )
    anjali = person("Anjali Patel", roles=(Role.MENTOR,))
    quiet(planner, anjali, 31)
    todo("Check in", anjali, kind=FollowUpKind.CHECK_IN)
    ruth = person("Ruth Sorensen", roles=(Role.INDUSTRY_LEADER,), rhythm_days=0, longest_days=56)
    quiet(planner, ruth, 98)
    todo("Much later", mara, days=2)
    shown = page()
    assert titles(shown) == [
        "Overdue · 1",
        "Send Mara Lindqvist the retention paper you promised",
        "Today · 1 of your 5 a day",
        "Check in with Anjali Patel",
        "Drifting",
        "Ruth Sorensen",
    ]
    rows = [shown.model.index(row, 0).data(ROW) for row in (1, 2, 3, 5)]
    assert (rows[0].muted, rows[0].muted_tail) == ("VP Research, Halden Labs", "2 days late")
    assert [chip.text for chip in rows[0].chips] == ["You promised", "Sponsor"]
    assert rows[1].aside == "1 more this week"
    assert rows[2].muted == "Mentor · every 4 weeks · last in touch 31 days ago"
    assert rows[3].muted == "Industry leader · 14 weeks quiet, 56 days at most"
    tester = QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Warning, shown)
    assert tester.model() is shown.model


def test_the_rows_act_by_key(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle
) -> None:
    ada = person("Ada Ek", "ada@ek.example")
    first, second, third = (todo(title, ada) for title in ("Thank for one", "Thank for two", "Thank for three"))
    shown = page()
    opened: list[QUrl] = []
    shown.acts.mail.open_url = lambda url: opened.append(url) is None
    qtbot.keyClick(shown.rows, Qt.Key.Key_E)
    settle(ctx.tasks)
    assert opened[0].path() == "ada@ek.example"
    qtbot.keyClick(shown.rows, Qt.Key.Key_D)
    qtbot.keyClicks(shown.acts.done_line.field, "wrote")
    qtbot.keyClick(shown.acts.done_line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    qtbot.keyClick(shown.rows, Qt.Key.Key_S)
    assert shown.acts.snooze_popup is not None
    qtbot.keyClick(shown.acts.snooze_popup.line, Qt.Key.Key_Return)
    settle(ctx.tasks)
    qtbot.keyClick(shown.rows, Qt.Key.Key_X)
    settle(ctx.tasks)
    states = [planner.followup_queries.get(id) for id in (first, second, third)]
    assert [each.state for each in states] == [FollowUpState.DONE, FollowUpState.OPEN, FollowUpState.DROPPED]
    assert states[1].details.due_on == TODAY + timedelta(days=1)
    assert shown.clear.isVisible()


def test_the_rows_act_by_mouse_and_enter_opens(
    planner: Planner, person: Add, todo: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    id = todo("Thank for the coffee", person("Ada Ek"))
    shown = page()
    qtbot.keyClick(shown.rows, Qt.Key.Key_Return)
    assert seen.links == [Link("followup", id)]  # type: ignore[attr-defined]
    place = shown.rows.action_rect(id, "done").center().toPoint()
    qtbot.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(shown.acts.done_line.field, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert planner.followup_queries.get(id).state is FollowUpState.DONE


def test_a_check_in_is_planned_for_who_drifts(
    planner: Planner, person: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    ruth = person("Ruth Sorensen", rhythm_days=0, longest_days=56)
    quiet(planner, ruth, 98)
    shown = page()
    key = ("drifting", ruth)
    assert shown.rows.current_key == key
    place = shown.rows.action_rect(key, "plan").center().toPoint()
    qtbot.mouseClick(shown.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(ctx.tasks)
    (planned,) = planner.followup_queries.for_contact(ruth)
    assert (planned.details.kind, planned.details.due_on) == (FollowUpKind.CHECK_IN, TODAY)
    assert seen.toasts[-1] == "Check-in with Ruth Sorensen today"  # type: ignore[attr-defined]
    assert titles(shown) == ["Today · 1 of your 5 a day", "Check in with Ruth Sorensen"]


def test_the_right_column(
    planner: Planner, person: Add, page: Build, qtbot: QtBot, ctx: UiContext, settle: Settle, seen: object
) -> None:
    lucia, jun = person("Lucía Ferrer"), person("Jun Watanabe")
    conference = planner.events.add(
        EventDetails(
            "EuroPython 2025",
            EventKind.CONFERENCE,
            datetime(2025, 7, 13, 22, tzinfo=UTC),
            datetime(2025, 7, 18, 22, tzinfo=UTC),
            all_day=True,
            place="Kraków, ICE",
        )
    ).new("event")
    talk = planner.events.add(
        EventDetails(
            "Informational interview",
            EventKind.INFORMATIONAL_INTERVIEW,
            datetime(2025, 7, 10, 14, tzinfo=UTC),
            datetime(2025, 7, 10, 15, tzinfo=UTC),
        ),
        (lucia,),
    ).new("event")
    planner.relations.add_exchange(ExchangeDraft(Direction.GIVEN, ExchangeKind.RESOURCE, contact_id=lucia))
    planner.goals.add(GoalDraft("Move into platform leadership", contact_ids=(jun,)))
    shown = page()
    side = shown.side
    assert side._event_title.text_shown() == "EuroPython 2025"
    assert side._event_line.accessibleName() == "Mon 14 – Fri 18 July · Kraków, ICE"
    assert side._give.accessibleName() == "This quarter you gave 1 and received 0: 1 resource."
    assert side.goal_box._words.accessibleName() == "Move into platform leadership. You know nobody there yet."
    assert [item.text for item in side.meetings.view.shown] == ["Today 16:00 Informational interview, Lucía Ferrer"]
    qtbot.mouseClick(side.prepare, Qt.MouseButton.LeftButton)
    assert seen.links == [Link("event", conference, "prepare")]  # type: ignore[attr-defined]
    view = side.meetings.view
    box = view.visualItemRect(view.item(0)).topLeft() + QPoint(8, 12)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    settle(ctx.tasks)
    assert planner.event_queries.get(talk).details.state is EventState.WRAPPED_UP
    assert side.meetings.view.shown[0].done
    side._reached()
    settle(ctx.tasks)
    assert side.goal_line.isVisible()
    qtbot.keyClicks(side.goal_line, "Lead a team")
    qtbot.keyClick(side.goal_line, Qt.Key.Key_Return)
    settle(ctx.tasks)
    goal = planner.goals.current()
    assert goal is not None
    assert goal.draft.title == "Lead a team"


def test_log_a_contact_opens_quick_entry(page: Build, qtbot: QtBot, ctx: UiContext) -> None:
    ran: list[str] = []
    ctx.actions.add(Action("quick-entry", "Quick entry", lambda: ran.append("yes")))
    shown = page()
    (button,) = shown.bar
    button.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ran == ["yes"]


def test_a_new_day_has_a_new_title_and_its_own_birthdays(
    planner: Planner, person: Add, page: Build, ctx: UiContext, settle: Settle, clock: FixedClock
) -> None:
    from planner.contacts.records import DateKind, PartialDate

    person("Jun Watanabe", dates=(PartialDate(DateKind.BIRTHDAY, None, 7, 18),))
    shown = page()
    assert shown.title == "Thursday 10 July"
    assert shown.clear.isVisible()
    clock.advance(timedelta(hours=14))
    ctx.tasks.command(planner.keeping_up.refresh)
    ctx.bus.publish(Changes(everything=True))  # as the window does when another day begins
    settle(ctx.tasks)
    assert shown.title == "Friday 11 July"
    (planned,) = planner.followup_queries.queue().entries()
    assert planned.headline == "Wish Jun Watanabe a happy birthday"
