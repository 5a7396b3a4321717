"""The states of the Events page that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.calendars.invitations import Answer, Invitation, InvitationState
from planner.events.interview_steps import Named
from planner.events.records import Attendance, EventKind, Wish
from ui.events.event_view import AT, PREPARE, WRAP_UP
from ui.events.guests import act_on_guests
from ui.events.loading import EventLists, EventSheet
from ui.events.meeting_acts import invite, propose
from ui.links import Link
from ui.screens import THURSDAY, Screen, settle

if TYPE_CHECKING:
    from ui.events.page import EventsPage
    from ui.main_window import MainWindow

_LONG = "Maximiliana Friederike Alexandra Freifrau von und zu Hohenstein-Lichtenberg"


def event_screens() -> tuple[Screen, ...]:
    """All of them."""
    here = Link("events")
    return (
        Screen("events-list", here),
        Screen("events-empty", here, lambda window: _page(window).list.show_lists(EventLists())),
        Screen("event-new", here, lambda window: _page(window).dialogs.open_form()),
        Screen("event-prepare", here, _next(PREPARE)),
        Screen("event-at", here, _logging),
        Screen("event-wrap-up", here, _past),
        Screen("event-one-to-one", here, _of_kind(EventKind.ONE_TO_ONE)),
        Screen("event-interview", here, _of_kind(EventKind.INFORMATIONAL_INTERVIEW)),
        Screen("event-interview-over", here, _interview_over),
        Screen("event-nobody", here, _shown(lambda sheet: _with_people(sheet, ()))),
        Screen("event-200-people", here, _shown(_two_hundred)),
        Screen("event-long-names", here, _shown(_long_names)),
        Screen("event-add-people", here, _then(lambda page: page.dialogs.open_people())),
        Screen("event-session", here, _then(lambda page: page.dialogs.open_session())),
        Screen("event-rehearsal", here, _then(lambda page: page.rehearse())),
        Screen("event-invite", here, _meeting(invite)),
        Screen("event-invitations", here, _shown(_with_guests)),
        Screen("event-withdraw", here, _then(_withdraw)),
        Screen("event-propose", here, _meeting(propose)),
        Screen("event-brief", here, _then(lambda page: page.print_brief())),
    )


def _interview_over(window: MainWindow) -> None:
    _of_kind(EventKind.INFORMATIONAL_INTERVIEW)(window)
    page = _page(window)
    if page.sheet is None or page.sheet.interview is None:
        return
    named = (
        Named(1, "Wanjiru Maina", "leads the open data team"),
        Named(2, _LONG, "Deputy Director General for Cross-border Infrastructure Planning", 3, True),
    )
    over = replace(page.sheet.interview, held=True, learned="Small teams decide fast.", named=named)
    page.view.choose(WRAP_UP)
    page.view.show_sheet(replace(page.sheet, interview=over))


def _page(window: MainWindow) -> EventsPage:
    page: EventsPage = window.page  # type: ignore[assignment]  # the link has led here
    return page


def _go(window: MainWindow, event_id: int, phase: str) -> EventsPage:
    window.navigate(Link("event", event_id, phase))
    settle(window)
    return _page(window)


def _next(phase: str) -> Callable[[MainWindow], EventsPage | None]:
    def arrange(window: MainWindow) -> EventsPage | None:
        assert window.ctx is not None
        rows = window.ctx.planner.event_queries.upcoming()
        return _go(window, max(rows, key=lambda row: row.people).id, phase) if rows else None

    return arrange


def _then(do: Callable[[EventsPage], object]) -> Callable[[MainWindow], None]:
    def arrange(window: MainWindow) -> None:
        page = _next(PREPARE)(window)
        if page is not None:
            do(page)
            settle(window)

    return arrange


def _shown(change: Callable[[EventSheet], EventSheet]) -> Callable[[MainWindow], None]:
    def arrange(window: MainWindow) -> None:
        page = _next(PREPARE)(window)
        if page is not None and page.sheet is not None:
            page.view.show_sheet(change(page.sheet))

    return arrange


def _logging(window: MainWindow) -> None:
    page = _next(AT)(window)
    if page is not None and page.sheet is not None and page.sheet.file.wanted:
        name = page.sheet.file.wanted[0].name
        page.view.at.line.setText(f"{name} runs two pilots, I promised to send the deck by Friday")
        page.view.at.read_now()


def _past(window: MainWindow) -> None:
    assert window.ctx is not None
    queries = window.ctx.planner.event_queries
    rows = queries.past()
    if rows:
        _go(window, max(rows, key=lambda row: row.met).id, WRAP_UP)


def _of_kind(kind: EventKind) -> Callable[[MainWindow], None]:
    def arrange(window: MainWindow) -> None:
        assert window.ctx is not None
        queries = window.ctx.planner.event_queries
        found = [row for row in (*queries.upcoming(), *queries.past()) if row.details.kind is kind]
        if found:
            _go(window, found[0].id, PREPARE)

    return arrange


def _meeting(do: Callable[[EventsPage], object]) -> Callable[[MainWindow], None]:
    """For a talk with one person, whom a dialog is about."""

    def arrange(window: MainWindow) -> None:
        _of_kind(EventKind.ONE_TO_ONE)(window)
        do(_page(window))
        settle(window)

    return arrange


def _withdraw(page: EventsPage) -> None:
    if page.sheet is not None:
        sheet = _with_guests(page.sheet)
        people = [person for person in sheet.file.attendances if person.contact_id in sheet.invitations]
        act_on_guests(page, sheet, "withdraw", people[:1])


def _with_guests(sheet: EventSheet) -> EventSheet:
    """Everybody invited, with each of the answers that there are."""
    standing = [(InvitationState.INVITED, answer) for answer in Answer]
    standing.append((InvitationState.WITHDRAWN, Answer.NONE))
    given = {
        person.contact_id: Invitation(
            number, sheet.id, person.contact_id, person.name, "", *standing[number % len(standing)], THURSDAY
        )
        for number, person in enumerate(sheet.file.attendances)
    }
    return replace(sheet, invitations=given)


def _with_people(sheet: EventSheet, people: tuple[Attendance, ...]) -> EventSheet:
    wanted = [person for person in people if person.wish is not Wish.NONE]
    readiness = replace(sheet.file.readiness, people=len(wanted), ready=sum(p.readiness.ready for p in wanted))
    return replace(sheet, file=replace(sheet.file, attendances=people, readiness=readiness))


def _two_hundred(sheet: EventSheet) -> EventSheet:
    people = sheet.file.attendances
    many = tuple(replace(people[number % len(people)], id=10_000 + number) for number in range(200)) if people else ()
    return _with_people(sheet, many)


def _long_names(sheet: EventSheet) -> EventSheet:
    people = tuple(
        replace(
            person,
            name=_LONG,
            title="Deputy Director General for Cross-border Infrastructure Planning",
            organisation="Interministerial Commission for the Modernisation of Rural Networks",
            tags=tuple(f"a rather long tag {number}" for number in range(9)),
            note="introduced by somebody whose name is nearly as long as this",
        )
        for person in sheet.file.attendances
    )
    return _with_people(sheet, people)
