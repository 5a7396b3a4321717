"""Professional organisations: your memberships and those of others, volunteering, and meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.keys import web_address
from planner.errors import UserError
from planner.relations.memberships import Membership, MembershipDraft
from planner.relations.organisations import Organisation, OrganisationDraft
from planner.relations.records import PersonRef
from ui.contacts.organisation_forms import MembershipForm, OrganisationForm
from ui.context import Link, UiContext
from ui.day_words import day_words
from ui.list_model import Section, SectionListModel
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import open_web_link
from ui.widgets.one_of import OneOf
from ui.widgets.pane import Columns
from ui.widgets.row_data import RowAction, RowData
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen

_CHANGE = RowAction("change", "Change", "F2")
_LEAVE = RowAction("leave", "End membership", "Delete", "menu")
_UNLINK = RowAction("unlink", "Not their meeting", "Delete", "menu")


class OrganisationsPage(Page):
    """Links: Link("organisation", 3) shows one; Link("organisations", part="new") begins one."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Organisations")
        self._wanted: int | None = None
        self._editing: int | None = None
        self._found: dict[int, Organisation] = {}
        self._forms: dict[str, OrganisationForm | MembershipForm] = {}
        self.model = SectionListModel(parent=self)
        self.rows = RowList("Organisations", uniform=False, header_height=36)
        self.rows.setModel(self.model)
        self.inside = SectionListModel(parent=self)
        self.members = RowList("Members and meetings", uniform=False, header_height=36)
        self.members.setModel(self.inside)
        self.empty = EmptyState(
            "building-2",
            "No organisations yet",
            "Guilds, societies, chambers: where you are a member, who else is, what you do there, and when they meet.",
            "New organisation",
        )
        self.empty.activated.connect(self._begin_new)
        self.columns = Columns(self.rows, self._right(), widths=(330, 0))
        self._either = OneOf(self.columns, self.empty)
        self.body.addWidget(self._either)
        new = Button("New organisation", "primary")
        new.clicked.connect(self._begin_new)
        self.set_bar(new)
        self.rows.current_changed.connect(self._show_current)
        self.rows.opened.connect(lambda _key: self.members.setFocus())
        self.rows.action_triggered.connect(lambda word, _keys: self._act_on_organisation(word))
        self.members.opened.connect(self._open)
        self.members.action_triggered.connect(self._act)
        self.members.escaped.connect(self.rows.setFocus)

    def _right(self) -> QWidget:
        right = QWidget()
        right.setProperty("frame", "pane")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(6)
        self._name = Label("", "subtitle", elide=True)
        self._notes = Paragraph(small=True, style="mute")
        self._notes.link_activated.connect(lambda address: open_web_link(QUrl(address)))
        self.join_button = Button("Add a member", key="M", bind_key=False)
        self.join_button.clicked.connect(self._add_member)
        self.meeting_button = Button("Add a meeting")
        self.meeting_button.clicked.connect(self._add_meeting)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 4)
        head.setSpacing(4)
        head.addWidget(self._name)
        head.addWidget(self._notes)
        head.addSpacing(4)
        head.addLayout(row(self.join_button, self.meeting_button, None))
        column.addLayout(head)
        column.addWidget(self.members, 1)
        return right

    def reload(self) -> None:
        self.query(self.ctx.planner.organisations.all, self._show, key="organisations")

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(word) for word in ("organisation", "contact", "event"))

    def show_link(self, link: Link) -> None:
        self.rows.setFocus()
        if link.kind == "organisation" and link.id is not None:
            self._wanted = link.id
            self.refresh_now()
        elif link.part == "new":
            self._begin_new()

    def page_actions(self) -> Sequence[Action]:
        def chosen() -> bool:
            return self._current() is not None

        return (
            Action("organisation-member", "Organisation: add a member…", self._add_member, icon="user-plus",
                   is_enabled=chosen, hint="M join membership volunteering"),
            Action("organisation-meeting", "Organisation: add a meeting…", self._add_meeting, icon="calendar-plus",
                   is_enabled=chosen, hint="event"),
            Action("organisation-change", "Change this organisation…", partial(self._act_on_organisation, "change"),
                   icon="pencil", is_enabled=chosen),
            Action("organisation-delete", "Delete this organisation", partial(self._act_on_organisation, "delete"),
                   icon="trash-2", is_enabled=chosen),
        )  # fmt: skip

    # --- showing

    def _show(self, found: tuple[Organisation, ...]) -> None:
        self._found = {one.id: one for one in found}
        self._either.show_one(self.columns if found else self.empty)
        self.model.set_sections(
            [
                Section("You are a member", [(one.id, _row(one)) for one in found if one.mine is not None]),
                Section("Others are members", [(one.id, _row(one)) for one in found if one.mine is None]),
            ]
        )
        if self._wanted is not None:
            self.rows.select_key(self._wanted)
            self._wanted = None
        if self.rows.current_key is None:
            self.rows.select_first()
        self._show_current(self.rows.current_key)

    def _show_current(self, _id: int | None) -> None:
        one = self._current()
        if one is None:
            return
        self._name.set_text(one.draft.name)
        address = web_address(one.draft.link)
        parts: list[Any] = [(one.draft.notes, "mute")] if one.draft.notes else []
        if address:
            parts += [("\n" if parts else "", "mute"), (one.draft.link, "accent", address)]
        self._notes.set_parts(parts)
        self._notes.setVisible(bool(parts))
        today = self.ctx.clock.today()
        mine = [(("member", one.mine.id), self._member(one.mine))] if one.mine else []
        self.inside.set_sections(
            [
                Section("You", mine),
                Section(
                    "Fellow members" if one.mine else "Members",
                    [(("member", each.id), self._member(each)) for each in one.members],
                ),
                Section(
                    "Meetings",
                    [
                        (
                            ("meeting", each.event_id),
                            RowData(each.title, day_words(each.day, today), icon="calendar",
                                    actions=(_UNLINK,) if each.linked else ()),
                        )
                        for each in one.meetings
                    ],
                ),
            ]
        )  # fmt: skip

    def _member(self, one: Membership) -> RowData:
        draft = one.draft
        since = f"since {day_words(draft.since, self.ctx.clock.today())}" if draft.since else ""
        volunteering = f"volunteers: {draft.volunteering}" if draft.volunteering else ""
        name = one.contact.name if one.contact else self.ctx.planner.settings.get().me.name or "You"
        muted = " · ".join(part for part in (draft.role, since, volunteering) if part)
        return RowData(name, muted or "member", name=name, actions=(_CHANGE, _LEAVE))

    def _current(self) -> Organisation | None:
        return self._found.get(self.rows.current_key)

    # --- doing

    def _begin_new(self) -> None:
        self._editing = None
        self._organisation_form().start("New organisation", OrganisationDraft(""))

    def _add_member(self) -> None:
        one = self._current()
        if one is not None:
            heading = "Add a member" if one.mine else "Add a member: you, or somebody else"
            self._membership_form().start(heading, one.draft.name)

    def _add_meeting(self) -> None:
        one = self._current()
        if one is None:
            return
        linked = {each.event_id for each in one.meetings}
        link = self.ctx.planner.organisations.link_meeting
        items = [
            MenuItem(title, partial(self.command, link, one.id, id, say=f"A meeting of {one.draft.name}: {title}"))
            for id, title in self.ctx.planner.organisations.meetings_to_link()
            if id not in linked
        ]
        new = MenuItem("Plan a new one…", lambda: self.ctx.navigate(Link("events", part="new")), icon="calendar-plus")
        open_menu(self.meeting_button, [*items[:12], new])

    def _act_on_organisation(self, word: str) -> None:
        one = self._current()
        if one is None:
            return
        if word == "change":
            self._editing = one.id
            self._organisation_form().start("Change organisation", one.draft)
        elif word == "delete":
            self.command(self.ctx.planner.organisations.delete, [one.id], say=f"Deleted {one.draft.name}")
        elif word == "member":
            self._add_member()

    def _open(self, key: tuple[str, int]) -> None:
        kind, id = key
        if kind == "meeting":
            self.ctx.navigate(Link("event", id))
            return
        one = self._membership(id)
        if one is not None and one.contact is not None:
            self.ctx.navigate(Link("contact", one.contact.id))
        elif one is not None:
            self._change_membership(one)

    def _act(self, word: str, keys: Sequence[Any]) -> None:
        one = self._current()
        if not keys or one is None:
            return
        kind, id = keys[0]
        membership = self._membership(id) if kind == "member" else None
        if word == "change" and membership is not None:
            self._change_membership(membership)
        elif word == "leave" and membership is not None:
            who = membership.contact.name if membership.contact else "You"
            self.command(self.ctx.planner.organisations.leave, [id], say=f"{who} no longer in {one.draft.name}")
        elif word == "unlink":
            self.command(self.ctx.planner.organisations.unlink_meeting, one.id, id, say="Not their meeting any more")

    def _change_membership(self, one: Membership) -> None:
        self._membership_form().start("Change membership", one.organisation, one.contact, one.draft)

    def _membership(self, id: int) -> Membership | None:
        one = self._current()
        if one is None:
            return None
        return next((each for each in (one.mine, *one.members) if each is not None and each.id == id), None)

    def _organisation_form(self) -> OrganisationForm:
        form = self._forms.get("organisation")
        if not isinstance(form, OrganisationForm) or form.parent() is not self.window():
            form = self._forms["organisation"] = OrganisationForm(self.window())
            form.saved.connect(self._save_organisation)
        return form

    def _membership_form(self) -> MembershipForm:
        form = self._forms.get("membership")
        if not isinstance(form, MembershipForm) or form.parent() is not self.window():
            form = self._forms["membership"] = MembershipForm(self.window(), self.ctx)
            form.saved.connect(self._save_membership)
        return form

    def _save_organisation(self, draft: OrganisationDraft) -> None:
        form, id, service = self._organisation_form(), self._editing, self.ctx.planner.organisations
        run: Callable[..., Changes] = service.add if id is None else partial(service.update, id)

        def saved(changes: Changes) -> None:
            form.accept()
            self._wanted = next(iter(changes.created.get("organisation", ())), self._wanted)
            self.refresh_now()

        self.command(run, draft, done=saved, failed=partial(self._refused, form), say=f"Saved {draft.name.strip()}")

    def _save_membership(self, told: tuple[str, PersonRef | None, MembershipDraft]) -> None:
        form, (name, person, draft) = self._membership_form(), told
        join = self.ctx.planner.organisations.join
        who = person.name if person else "You"
        self.command(
            join, name, person.id if person else None, draft, done=lambda _: form.accept(),
            failed=partial(self._refused, form), say=f"{who}: {name.strip()}",
        )  # fmt: skip

    def _refused(self, form: OrganisationForm | MembershipForm, error: Exception) -> None:
        form.say(str(error.explain().what) if isinstance(error, UserError) else "That could not be saved.")


def _row(one: Organisation) -> RowData:
    count = len(one.members)
    people = "nobody you know" if not count else f"{count} {'person' if count == 1 else 'people'} you know"
    muted = " · ".join(part for part in (one.mine.draft.role if one.mine else "", people) if part)
    actions = (
        RowAction("change", "Change", "F2", "menu"),
        RowAction("member", "Add a member", "M", "menu"),
        RowAction("delete", "Delete", "Delete", "menu"),
    )
    return RowData(one.draft.name, muted, name=one.draft.name, actions=actions)


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.screens import Screen

    here = Link("organisations")

    def page(window: MainWindow) -> OrganisationsPage:
        assert isinstance(window.page, OrganisationsPage)
        window.page.rows.setFocus()
        return window.page

    def many(window: MainWindow) -> None:
        shown = page(window)
        one = next(iter(shown._found.values()))
        draft = replace(one.draft, name="International Association for Reliable Measurement and Its Many Fields of Use")
        members = (one.members * 200)[:200]
        shown._show(tuple(replace(one, id=at, draft=draft, members=members) for at in range(1, 201)))

    return (
        Screen("organisations", here, page),
        Screen("organisations-member", here, lambda window: page(window)._add_member()),
        Screen("organisations-empty", here, lambda window: page(window)._show(())),
        Screen("organisations-200", here, many),
    )
