"""Whom somebody knows, and where they are a member."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from planner.errors import UserError
from planner.relations.memberships import Membership
from planner.relations.records import PersonRef
from ui.contacts.person_data import PersonData
from ui.context import Link, UiContext
from ui.widgets.fields import Form
from ui.widgets.people_field import PeopleField
from ui.widgets.tags import TagEditor


class CircleForm(Form):
    """Each change saves itself as one command. A click on a membership goes to the organisation."""

    def __init__(self, ctx: UiContext, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(label_width, parent)
        self._ctx = ctx
        self._id: int | None = None
        self._memberships: dict[str, Membership] = {}
        self.knows = PeopleField("Knows", lambda text: ctx.planner.contact_queries.names(text, 8))
        self.knows.changed.connect(self._save_known)
        self.add("Knows", self.knows, top=True)
        self.member_of = TagEditor("Member of", known=ctx.planner.organisations.names)
        self.member_of.added.connect(self._join)
        self.member_of.removed.connect(self._leave)
        self.member_of.opened.connect(self._open)
        self.add("Member of", self.member_of)

    def show_person(self, data: PersonData) -> None:
        """Show somebody's."""
        self._id = data.contact.id
        self.knows.set_people(data.knows)
        self._memberships = {one.organisation: one for one in data.memberships}
        self.member_of.set_tags(self._memberships)

    def _save_known(self, people: Sequence[PersonRef]) -> None:
        if self._id is not None:
            ids = [person.id for person in people]
            self._ctx.tasks.command(self._ctx.planner.acquaintances.set, self._id, ids, failed=self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        if self._id is not None:
            id = self._id
            ask = partial(self._ctx.planner.relation_queries.acquaintances, id)
            self._ctx.tasks.query(ask, self.knows.set_people, key=(__name__, "knows"))
        if isinstance(error, UserError):
            self._ctx.toast(f"Not saved. {error}")

    def _join(self, name: str) -> None:
        if self._id is not None:
            self._ctx.tasks.command(self._ctx.planner.organisations.join, name, self._id)

    def _leave(self, name: str) -> None:
        if name in self._memberships:
            self._ctx.tasks.command(self._ctx.planner.organisations.leave, [self._memberships[name].id])

    def _open(self, name: str) -> None:
        if name in self._memberships:
            self._ctx.navigate(Link("organisation", self._memberships[name].organisation_id))
