"""The page of follow-ups: the queue, and beside it the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.changes import Changes
from planner.followups.having_time import HavingTime
from planner.followups.messages import Message
from planner.followups.queueing import Queue
from planner.relations.records import PersonRef
from ui.contacts.photos import Photos
from ui.context import Link, UiContext
from ui.followups import detail_pane
from ui.followups.acts import FollowUpActs
from ui.followups.days import say_day, week_start
from ui.followups.detail_pane import Detail, DetailPane
from ui.followups.queue_pane import QueuePane
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button
from ui.widgets.pane import Columns

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen


class FollowupsPage(Page):
    """The queue by what matters most. All of it by key: E, D, S, X, N, R on the list."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Follow-ups")
        self._photos = Photos(ctx.planner.contact_queries)
        self.queue_pane = QueuePane(ctx, self._photos.get)
        self.detail = DetailPane(ctx, self._photos.get)
        self.columns = Columns(self.queue_pane, self.detail, widths=(0, 340))
        self.body.addWidget(self.columns)
        self.rows = self.queue_pane.rows
        self.acts = FollowUpActs(self, self.rows, self.queue_pane.followups)
        self._wanted: int | None = None
        self._minutes = 0
        self._having: HavingTime | None = None
        news = self.queue_pane.news
        news.taken_up.connect(self._congratulate)
        news.declined.connect(self._no_news)
        news.person_asked.connect(lambda id: ctx.navigate(Link("contact", id)))
        self.queue_pane.minutes_chosen.connect(self.have)
        self.queue_pane.minutes.left.connect(self.rows.setFocus)
        self.queue_pane.minutes.rest_asked.connect(lambda: self._act("rest", ()))
        self.rows.current_changed.connect(self._show_current)
        self.rows.action_triggered.connect(self._act)
        self.rows.opened.connect(lambda _key: self.detail.message.body.setFocus())
        self.queue_pane.new_asked.connect(self._new)
        self.detail.acted.connect(lambda word: self._act(word, self._shown()))
        self.detail.written.connect(self._write)
        self.detail.template_chosen.connect(self._fill_in)
        new = Button("New")
        new.clicked.connect(self._new)
        export = Button("Export .ics", "primary")
        export.clicked.connect(self.export)
        self.set_bar(new, export)

    def reload(self) -> None:
        first, minutes, queries = week_start(), self._minutes, self.ctx.planner.followup_queries

        before = self._having

        def ask() -> tuple[int, Queue, HavingTime | None]:
            queue = queries.queue(first)
            left = minutes
            if before is not None and minutes == before.wanted:
                left = before.left(queries.done_among(before.ids))
            return left, queue, queries.having(left, first) if left else None

        self.query(ask, lambda found: self._show_left(*found), key="queue")
        self.query(self.ctx.planner.relation_queries.proposed_milestones, self.queue_pane.news.show_news, key="news")

    def have(self, minutes: int) -> None:
        """Show what fits into so many minutes, 0 for everything."""
        if minutes != self._minutes:
            self._minutes = minutes
            self.refresh_now()
        if minutes:
            self.rows.setFocus()

    def cares(self, changes: Changes) -> bool:
        words = (
            "followup",
            "contact",
            "event",
            "promise",
            "interaction",
            "introduction",
            "setting",
            "template",
            "milestone",
            "calendar",
        )
        return any(changes.touches(word) for word in words)

    def first_focus(self) -> QWidget:
        return self.rows

    def show_link(self, link: Link) -> None:
        self.rows.setFocus()  # first: a form or a panel that opens takes it on
        if link.part == "new":
            self.acts.new(self._people(link.id), link.words)
        elif link.part == "export":
            self.export()
        elif link.part is not None and link.part.startswith("minutes"):
            count = link.part.partition(":")[2]
            self.have(int(count)) if count.isdigit() else self.queue_pane.minutes.field.setFocus()
        elif link.kind == "followup" and link.id is not None and not self.queue_pane.select(link.id):
            self._wanted = link.id
            self.refresh_now()

    def _people(self, contact_id: int | None) -> tuple[PersonRef, ...]:
        """The person whose page asked for a new follow-up."""
        if contact_id is None:
            return ()
        return (PersonRef(contact_id, self.ctx.planner.contact_queries.get(contact_id).name),)

    def page_actions(self) -> Sequence[Action]:
        def on_chosen(word: str, text: str, icon: str, hint: str, key: str = "") -> Action:
            return Action(
                f"followup-{word}",
                text,
                lambda: self._act(word, self.rows.selected_keys()),
                key,
                icon=icon,
                is_enabled=lambda: bool(self.rows.selected_keys()),
                hint=hint,
            )

        return [
            on_chosen("write", "Write the email", "mail", "E open in mail"),
            on_chosen("copy", "Copy the message", "copy", "clipboard text", "Ctrl+Shift+M"),
            on_chosen("save", "Save the message as .eml…", "save", "file mail"),
            on_chosen("done", "Done: say what happened", "check", "D log"),
            on_chosen("snooze", "Snooze…", "clock", "S later postpone"),
            on_chosen("drop", "Drop", "x", "X delete"),
            on_chosen("introduce", "Introduce this person to somebody…", "handshake", "introduction meet"),
            on_chosen("share", "Share something with this person…", "upload", "link article resource send"),
            on_chosen("ledger", "Note give and take with this person…", "gift", "given received help value"),
            on_chosen("propose", "Propose times…", "clock", "free busy calendar meet slots"),
            on_chosen("invite", "Invite to the event…", "mail", "invitation ics guest"),
            on_chosen("change", "Change…", "pencil", "F2 date edit"),
            Action(
                "followup-rest",
                "Move the rest of today to the next days",
                self.acts.reschedule_rest,
                icon="calendar-days",
                hint="R reschedule",
            ),
            Action(
                "followup-minutes",
                "I have some minutes…",
                self.queue_pane.minutes.field.setFocus,
                icon="clock",
                hint="M time 40 capacity pick",
            ),
        ]

    def export(self) -> None:
        """Give the follow-ups to a calendar."""
        from ui.followups.export_panel import ExportPanel

        ExportPanel.open_over(self.window(), self.ctx, self.rows.selected_keys())

    def _new(self) -> None:
        self.acts.new()

    def _congratulate(self, id: int) -> None:
        self.command(self.ctx.planner.celebrations.take_up, (id,), say="Planned for today: congratulate")

    def _no_news(self, id: int) -> None:
        self.command(self.ctx.planner.celebrations.decline, (id,), say="Left it be")

    def _show_left(self, left: int, queue: Queue, having: HavingTime | None) -> None:
        if self._minutes and not left:
            self.ctx.toast("The minutes you had are used; here is the whole queue again")
        self._minutes = left
        self._show_queue(queue, having)

    def _show_queue(self, queue: Queue, having: HavingTime | None = None) -> None:
        self._having = having
        self.queue_pane.show_queue(queue, having)
        self.detail.setVisible(len(queue) > 0)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not self.queue_pane.select(wanted):
                self.ctx.toast("That follow-up is closed already")
        self._show_current(self.rows.current_key)

    def _show_current(self, id: int | None) -> None:
        entry = self.queue_pane.entry(id)
        self.detail.show_entry(entry)
        if entry is None or id is None:
            return
        person = entry.followup.people[0].id if entry.followup.people else None
        self.query(lambda: detail_pane.load(self.ctx, id, person), self._show_detail, self._gone, key="detail")

    def _show_detail(self, detail: Detail) -> None:
        entry = self.queue_pane.entry(detail.id)
        if entry is not None and self.detail.shown == detail.id:
            self.detail.show_detail(detail, entry)

    def _gone(self, _error: Exception) -> None:
        """It was closed meanwhile; the queue that is on its way will say so."""

    def _shown(self) -> list[int]:
        return [self.detail.shown] if self.detail.shown is not None else []

    def _act(self, word: str, ids: Sequence[int]) -> None:
        if word == "new":
            self.acts.new()
        elif word == "rest" and self._having is not None:
            self.acts.move_on(self._having.rest)
        elif word == "rest":
            self.acts.reschedule_rest()
        elif word == "minutes":
            self.queue_pane.minutes.field.setFocus()
        elif word == "introduce":
            self._introduce(ids)
        elif word in ("share", "ledger"):
            self._give(word, ids)
        elif word in ("propose", "invite"):
            from ui.followups import meeting_acts  # late: they bring dialogs that few follow-ups need

            act = meeting_acts.propose if word == "propose" else meeting_acts.invite
            act(self, ids[0] if ids else None)
        elif word in ("copy", "save"):
            message = self.detail.message.message()
            (self.acts.mail.copy if word == "copy" else self.acts.mail.save)(message)
        else:
            self.acts.act(word, ids)

    def _introduce(self, ids: Sequence[int]) -> None:
        """Begin an introduction of whom the follow-up is for, or go to the one it belongs to."""
        entry = self.queue_pane.entry(ids[0]) if ids else None
        if entry is None:
            return
        people, introduction = entry.followup.people, entry.followup.details.introduction_id
        if introduction is not None:
            self.ctx.navigate(Link("introduction", introduction))
        elif len(people) == 2:
            self.ctx.navigate(Link("introductions", people[0].id, f"with-{people[1].id}"))
        elif people:
            self.ctx.navigate(Link("introductions", people[0].id, "new"))

    def _give(self, word: str, ids: Sequence[int]) -> None:
        """Share something with whom the follow-up is for, or note what went either way."""
        entry = self.queue_pane.entry(ids[0]) if ids else None
        if entry is None or not entry.followup.people:
            return
        if word == "ledger":
            self.ctx.navigate(Link("ledger", entry.followup.people[0].id, "new"))
            return
        from ui.contacts.share_panel import SharePanel  # late: few follow-ups need it

        people = tuple(PersonRef(person.id, person.name) for person in entry.followup.people)
        SharePanel.open_over(self.window(), self.ctx, "", people)  # type: ignore[arg-type]  # the main window

    def _write(self, id: int, subject: str, body: str) -> None:
        entry = self.queue_pane.entry(id)
        template_id = entry.followup.details.template_id if entry is not None else None
        self.command(self.ctx.planner.followups.write_message, id, subject, body, template_id, failed=self._not_written)

    def _not_written(self, error: Exception) -> None:
        self.detail.message.body.failed()
        self.ctx.tasks.user_error.emit(error)

    def _fill_in(self, id: int, template_id: int) -> None:
        queries = self.ctx.planner.followup_queries

        def keep(message: Message) -> None:
            self.command(
                self.ctx.planner.followups.write_message, id, message.subject, message.body, template_id,
                say="Template filled in",
            )  # fmt: skip

        self.detail.message.flush()
        self.query(lambda: queries.render(template_id, id, say_day), keep)


def screens() -> Sequence[Screen]:
    """The states to look at."""
    from ui.screens import Screen

    here = Link("followups")

    def page(window: MainWindow) -> FollowupsPage:
        assert isinstance(window.page, FollowupsPage)
        window.page.have(0)
        window.page.rows.setFocus()
        return window.page

    def done(window: MainWindow) -> None:
        shown = page(window)
        shown.acts.act("done", shown.rows.selected_keys())

    def snooze(window: MainWindow) -> None:
        shown = page(window)
        shown.acts.act("snooze", shown.rows.selected_keys())

    return (
        Screen("follow-ups", here, page),
        Screen("follow-ups-done", here, done),
        Screen("follow-ups-snooze", here, snooze),
        Screen("follow-ups-minutes", here, lambda window: page(window).have(40)),
        Screen("follow-ups-new", here, lambda window: page(window).acts.new()),
        Screen("follow-ups-export", here, lambda window: page(window).export()),
    )
