"""What the menus and the palette offer while an event is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.events.event_view import AT, PREPARE, WRAP_UP
from ui.events.guests import is_guest
from ui.events.meeting_acts import invite, propose
from ui.shell.actions import Action

if TYPE_CHECKING:
    from ui.events.page import EventsPage


def event_actions(page: EventsPage) -> tuple[Action, ...]:
    """The actions on the event that is shown."""

    def here() -> bool:
        return page.sheet is not None

    def action(
        id: str, text: str, run: Callable[[], object], key: str = "", icon: str = "", menu: str = "Edit", hint: str = ""
    ) -> Action:
        group = {"File": "brief", "Edit": "event", "Go": "phases"}[menu]
        return Action(f"event-{id}", text, run, key, menu, group, icon, here, hint=hint)

    def guest(word: str, text: str, hint: str) -> Action:
        run = partial(page.view.prepare.act_on_chosen, word)
        return Action(f"event-{word}", text, run, icon="mail", is_enabled=lambda: is_guest(page), hint=hint)

    choose = page.view.choose
    return (
        Action(
            "event-schedule",
            "Import &schedule…",
            page.import_schedule,
            "",
            "File",
            "brief",
            "download",
            hint="conference agenda xml json ics frab pretalx",
        ),
        Action(
            "event-calendar",
            "Import events from a cale&ndar…",
            page.import_events,
            "",
            "File",
            "brief",
            "download",
            hint="ics invitation appointments",
        ),
        action("print", "&Print brief…", page.print_brief, "Ctrl+P", "printer", "File", "preview paper"),
        action("pdf", "Save brief as P&DF…", partial(page.save_brief, "pdf"), "", "file-down", "File"),
        action("html", "Save brief for the p&hone…", partial(page.save_brief, "html"), "", "file-down", "File", "html"),
        action("edit", "&Edit event…", page.dialogs.edit, "Ctrl+E", "pencil"),
        action("people", "&Add people to meet…", page.dialogs.open_people, "Ctrl+Shift+A", "user-plus"),
        action("invite", "&Invite people…", partial(invite, page), "", "mail", hint="invitation ics rsvp guest"),
        guest("comes", "Note that the guest comes", "accepted yes rsvp answer"),
        guest("perhaps", "Note that the guest comes perhaps", "tentative maybe rsvp answer"),
        guest("declines", "Note that the guest can’t come", "declined no rsvp answer"),
        guest("withdraw", "Withdraw the invitation…", "cancel uninvite guest"),
        action("propose", "Propose &times…", partial(propose, page), "", "clock", hint="free busy calendar slots"),
        action("session", "Add to the a&genda…", page.dialogs.open_session, "", "plus", hint="session talk"),
        action("rehearse", "&Rehearse the pitch…", page.rehearse, "Ctrl+R", "timer", hint="timer elevator"),
        action("call-off", "&Call off, or plan again", page.call_off, "", "circle-x", hint="cancel"),
        action("delete", "De&lete event", page.delete, "", "trash-2"),
        action("prepare", "&Prepare", partial(choose, PREPARE), "Alt+Shift+1", menu="Go"),
        action("at", "&At the event", partial(choose, AT), "Alt+Shift+2", menu="Go"),
        action("wrap-up", "&Wrap up", partial(choose, WRAP_UP), "Alt+Shift+3", menu="Go"),
    )
