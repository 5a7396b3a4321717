"""Every field of a person, edited in place; each saves itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QUrl
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.contacts import checking
from planner.contacts.keys import web_address
from planner.contacts.records import Channel, ContactDetails, Email, Link, Phone, Role, Tie
from planner.contacts.vcard import other_properties
from planner.errors import Invalid, UserError
from ui.contacts.address_rows import AddressRow, DateRow
from ui.contacts.boundary_form import BoundaryForm
from ui.contacts.circle_form import CircleForm
from ui.contacts.columns import TwoColumns
from ui.contacts.person_data import PersonData
from ui.contacts.value_rows import LabelledRow, ValueRows
from ui.contacts.words import RHYTHMS, local_time, rhythm_words, role_words
from ui.context import UiContext
from ui.day_words import exact_moment, time_words
from ui.quick_entry.days import coming_day
from ui.theme import applied
from ui.widgets.button import LinkButton
from ui.widgets.choice import Choice, Number, Tick
from ui.widgets.completer import Completer
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import row
from ui.widgets.notes import MarkdownText, open_web_link
from ui.widgets.pane import Pane
from ui.widgets.tags import TagEditor

_NAMES = (
    ("given", "First name"),
    ("family", "Last name"),
    ("pronouns", "Pronouns"),
)
_RARE_NAMES = (
    ("additional", "Middle name"),
    ("prefix", "Prefix"),
    ("suffix", "Suffix"),
    ("nickname", "Nickname"),
    ("name", "Shown as"),
    ("phonetic", "Spoken as"),
)
_WORK = (("title", "Title"), ("organisation", "Organisation"), ("department", "Department"), ("field", "Field"))
_TIES = ((None, "Not said"), (Tie.STRONG, "Strong"), (Tie.MEDIUM, "Medium"), (Tie.WEAK, "Weak"))
_CHANNELS = (("", "No matter"), *((channel.value, channel.value.capitalize()) for channel in Channel))


class DetailsTab(Pane):
    """Two columns of forms. Every change is one command of its own."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ctx = ctx
        self._id: int | None = None
        self._details = ContactDetails()
        self._lines: dict[str, LineField] = {}
        columns = []
        for build in (self._left, self._right):
            holder = QWidget()
            holder.setMaximumWidth(applied().px(680))
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            build(column)
            column.addStretch(1)
            columns.append(holder)
        self._columns = TwoColumns(columns[0], columns[1], narrow=960, gap=28)
        self.add(self._columns)

    def show_person(self, data: PersonData) -> None:
        """Show somebody's details; fields that are being edited keep what is typed."""
        other = self._id != data.contact.id
        if other and self._id is not None:
            self.flush()
        self._id = data.contact.id
        self._details = details = data.contact.details
        for name, field in self._lines.items():
            field.set_text(getattr(details, name))
            field.set_state("")
        if other:
            self._rare.hide()
            self._more_names.show()
        if any(getattr(details, name) for name, _ in _RARE_NAMES):
            self._show_rare()
        self._lines["name"].setPlaceholderText(data.contact.name)
        for field_name, rows in self._several.items():
            if other:
                rows.clear()
            rows.set_values(getattr(details, field_name))
        self.roles.set_tags(role_words(role) for role in details.roles)
        self.tags.set_tags(details.tags)
        self.tie.set_value(details.tie)
        self._show_suggested(details.tie, data)
        self._show_rhythm(details, data)
        self.longest.set_value(details.longest_days or 0)
        self.important.set_on(details.matters)
        self.notes.set_text(details.notes)
        self.boundary.show_boundary(details.boundary)
        self.circle.show_person(data)
        self._show_zone(details)
        self._show_foot(data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(event.size().width())

    def flush(self) -> None:
        """Save what still sits in fields."""
        fields: tuple[Any, ...] = (
            *self._lines.values(),
            *self._several.values(),
            self.notes,
            self.longest,
            self.boundary,
        )
        for field in fields:
            field.flush()

    def start(self, field: str) -> None:
        """Put the caret into a field: "emails" and "phones" get a new row, "name" the first name."""
        if any(field == name for name, _ in _RARE_NAMES):
            self._show_rare()
        if field in self._several:
            self._several[field].add_row()
        else:
            self._lines.get(field, self._lines["given"]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _left(self, column: QVBoxLayout) -> None:
        form = self._section(column, "Name")
        for name, words in _NAMES:
            self._line(form, name, words)
        self._rare = Form(106)
        self._more_names = LinkButton("More names")
        self._more_names.clicked.connect(lambda: self._show_rare(focus=True))
        for name, words in _RARE_NAMES:
            self._line(self._rare, name, words)
        column.addLayout(row(applied().px(106) + 8, self._more_names, None, spacing=0))
        column.addWidget(self._rare)
        form = self._section(column, "Work")
        for name, words in _WORK:
            self._line(form, name, words)
        self._complete("organisation", self._ctx.planner.contact_queries.organisations)
        self._complete("field", self._ctx.planner.contact_queries.fields)
        self._several: dict[str, ValueRows] = {}
        self._rows(self._section(column, "How to reach them"), "emails", "Email", "email", self._email_row)
        form = self._form
        self._rows(form, "phones", "Phone", "phone number", self._phone_row)
        self._rows(form, "links", "Links", "link", self._link_row)
        self._rows(form, "addresses", "Addresses", "address", AddressRow)

    def _right(self, column: QVBoxLayout) -> None:
        form = self._section(column, "You and them")
        self.roles = TagEditor("Roles", known=lambda: [role_words(role) for role in Role])
        self.roles.added.connect(self._add_role)
        self.roles.removed.connect(lambda words: self._set_roles(remove=_role(words)))
        form.add("Roles", self.roles)
        self.tags = TagEditor("Tags", known=lambda: [one.tag for one in self._ctx.planner.contact_queries.tags()])
        self.tags.added.connect(lambda tag: self._tag(add=(tag,)))
        self.tags.removed.connect(lambda tag: self._tag(remove=(tag,)))
        form.add("Tags", self.tags)
        self.tie = Choice("Tie", _TIES)
        self.tie.chosen.connect(lambda tie: self._save("tie", tie))
        self.suggested = Paragraph(small=True, style="mute")
        self.suggested.link_activated.connect(lambda tie: self._use_suggested(Tie(tie)))
        holder = QWidget()
        ties = QVBoxLayout(holder)
        ties.setContentsMargins(0, 0, 0, 0)
        ties.setSpacing(3)
        ties.addWidget(self.tie)
        ties.addWidget(self.suggested)
        form.add("Tie", holder)
        self.rhythm = Choice("Rhythm")
        self.rhythm.chosen.connect(lambda days: self._save("rhythm_days", days))
        form.add("Rhythm", self.rhythm)
        self.longest = Number("Longest silence", 0, 0, 3650, "days")
        self.longest.setSpecialValueText("Not set")
        self.longest.setToolTip("The longest silence that is still fine; after it they count as drifting")
        self.longest.chosen.connect(lambda days: self._save("longest_days", days or None))
        form.add("Longest silence", self.longest)
        self.important = Tick("Important to me")
        self.important.chosen.connect(lambda on: self._save("matters", on))
        form.add("", self.important)
        self._rows(self._section(column, "Dates"), "dates", "Dates", "date", DateRow)
        form = self._section(column, "Time there")
        zone = self._line(form, "time_zone", "Time zone")
        zone.setPlaceholderText("Europe/Lisbon")
        self._complete_zones(zone)
        self._zone_now = Label("", "small_muted")
        form.add("", self._zone_now)
        heading_form = self._section(column, "Boundaries")
        self.boundary = BoundaryForm(_CHANNELS, coming_day(self._ctx))
        self.boundary.changed.connect(lambda boundary: self._save("boundary", boundary))
        heading_form.add_wide(self.boundary)
        form = self._section(column, "Bringing together")
        self._line(form, "looking_for", "Looking for").setPlaceholderText("a test site, a mentor")
        self._line(form, "can_offer", "Can offer").setPlaceholderText("reading drafts, lab time")
        self.circle = CircleForm(self._ctx, 106)
        column.addWidget(self.circle)
        form = self._section(column, "Notes")
        self.notes = MarkdownText(
            "Notes", placeholder="Anything else. Goes along when the contact is exported.", lines=3
        )
        self.notes.committed.connect(lambda text: self._save("notes", text))
        form.add_wide(self.notes)
        column.addSpacing(4)
        self._foot = Paragraph(small=True, style="mute")
        column.addWidget(self._foot)

    def _section(self, column: QVBoxLayout, title: str) -> Form:
        if column.count():
            column.addSpacing(8)
        column.addWidget(Label(title, "heading"))
        self._form = Form(106)
        column.addWidget(self._form)
        return self._form

    def _show_rare(self, *, focus: bool = False) -> None:
        """Names that few people have need no room on everyone's page."""
        self._rare.show()
        self._more_names.hide()
        if focus:
            self._lines[_RARE_NAMES[0][0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, form: Form, name: str, words: str) -> LineField:
        field = self._lines[name] = LineField(words)
        field.committed.connect(lambda text: self._save(name, text, field))
        form.add(words, field)
        return field

    def _rows(self, form: Form, field: str, words: str, name: str, make: Callable[[], Any]) -> None:
        check, _ = checking.CHECKS[field]
        rows = self._several[field] = ValueRows(name, check, make)
        rows.changed.connect(lambda values: self._save(field, values))
        form.add(words, rows, top=True)

    def _email_row(self) -> LabelledRow:
        return LabelledRow(
            "email",
            ("work", "home"),
            Email,
            lambda it: (it.address, it.label, it.preferred),
            ("Write", "mail", lambda text: open_web_link(QUrl(f"mailto:{text}"))),
        )

    def _phone_row(self) -> LabelledRow:
        return LabelledRow(
            "phone number",
            ("mobile", "work", "home", "fax"),
            Phone,
            lambda it: (it.number, it.label, it.preferred),
            ("Call", "phone", lambda text: open_web_link(QUrl(f"tel:{text.replace(' ', '')}"))),
        )

    def _link_row(self) -> LabelledRow:
        return LabelledRow(
            "link",
            ("website", "linkedin", "github", "mastodon", "blog"),
            lambda text, label, _preferred: Link(text, label),
            lambda it: (it.url, it.label, False),
            ("Open", "external-link", lambda text: open_web_link(QUrl(web_address(text)))),
            can_prefer=False,
        )

    def _complete(self, name: str, ask: Callable[[str], Iterable[str]]) -> None:
        field = self._lines[name]
        words = QStringListModel(field)
        field.setCompleter(Completer(words, field))

        def fill(text: str) -> None:
            found: Callable[[Iterable[str]], None] = lambda known: words.setStringList(list(known))  # noqa: E731 - typed
            if text and (len(text) == 1 or not words.rowCount()):
                self._ctx.tasks.query(partial(ask, text), found, key=(id(field), "complete"))

        field.textEdited.connect(fill)

    @staticmethod
    def _complete_zones(field: LineField) -> None:
        from zoneinfo import available_timezones

        def fill(_text: str) -> None:
            if field.completer() is None:
                field.setCompleter(Completer(sorted(available_timezones()), field, contains=True))

        field.textEdited.connect(fill)

    def _show_rhythm(self, details: ContactDetails, data: PersonData) -> None:
        by_role = data.row.rhythm_days if details.rhythm_days is None else None
        choices: list[tuple[int | None, str]] = [
            (None, f"By role: {rhythm_words(by_role)}" if by_role else "By role"),
            (0, "None wanted"),
            *RHYTHMS,
        ]
        own = details.rhythm_days
        if own and own not in dict(RHYTHMS):
            choices.append((own, rhythm_words(own)))
        self.rhythm.set_choices(choices, own)

    def _show_zone(self, details: ContactDetails) -> None:
        there = local_time(details, self._ctx.clock)
        self._zone_now.set_text(f"It is {time_words(there)} there." if there else "")
        self._zone_now.setVisible(there is not None)

    def _show_foot(self, data: PersonData) -> None:
        contact, clock = data.contact, self._ctx.clock
        lines = [f"Added {exact_moment(clock.local(contact.created_at))}"]
        if contact.updated_at != contact.created_at:
            lines.append(f"Changed {exact_moment(clock.local(contact.updated_at))}")
        others = other_properties(contact.details)
        if others:
            names = ", ".join(dict.fromkeys(one.name for one in others))
            lines.append(f"Kept from other programs: {names}")
        self._foot.set_text("\n".join(lines))

    def _show_suggested(self, tie: Tie | None, data: PersonData) -> None:
        """What the history suggests, where it is not what is set."""
        found = data.suggested_tie
        if found is None or found.tie is tie:
            self.suggested.hide()
            return
        why = f"Suggested: {found.tie.value}. {', '.join(found.reasons).capitalize()}. "
        self.suggested.set_parts([(why, "mute"), ("Use this", "accent", found.tie.value)])
        self.suggested.show()

    def _use_suggested(self, tie: Tie) -> None:
        self.tie.set_value(tie)
        self._save("tie", tie)

    def _save(self, name: str, value: Any, field: LineField | None = None) -> None:
        if self._id is None or getattr(self._details, name) == value:
            return
        before, self._details = self._details, replace(self._details, **{name: value})

        def refused(error: Exception) -> None:
            self._details = replace(self._details, **{name: getattr(before, name)})
            if field is not None and isinstance(error, Invalid):
                field.set_state("wrong", str(error))
            if isinstance(error, Invalid):
                self._ctx.toast(f"Not saved. {error}")
            elif isinstance(error, UserError):
                self._ctx.tasks.user_error.emit(error)

        if field is not None:
            field.set_state("")
        edit = partial(self._ctx.planner.contacts.edit, self._id, **{name: value})
        self._ctx.tasks.command(edit, failed=refused)

    def _tag(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        if self._id is not None:
            self._ctx.tasks.command(self._ctx.planner.contacts.tag, (self._id,), add=add, remove=remove)

    def _add_role(self, words: str) -> None:
        role = _role(words)
        if role is None:
            self._ctx.toast(f"“{words}” is no role. Use a tag for it.")
        else:
            self._set_roles(add=role)

    def _set_roles(self, add: Role | None = None, remove: Role | None = None) -> None:
        if self._id is None:
            return
        self._ctx.tasks.command(
            self._ctx.planner.contacts.set_roles,
            (self._id,),
            add=(add,) if add else (),
            remove=(remove,) if remove else (),
        )


def _role(words: str) -> Role | None:
    typed = words.strip().lower()
    return next((role for role in Role if role.value == typed), None) or next(
        (role for role in Role if typed and role.value.startswith(typed)), None
    )
