"""The page of cards: what waits at the left, the card in the middle, its fields at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from planner.cards.records import Card, CardRow, FieldKind, InboxCount, Reading
from planner.changes import Changes
from planner.contacts.merging import Choices
from planner.contacts.records import Contact, SimilarContact
from planner.errors import NotFound
from ui.cards import meeting_box
from ui.cards.card_picture import CardPicture
from ui.cards.inbox_pane import InboxPane
from ui.cards.intake import Intake
from ui.cards.meeting_box import MeetingBox, PlanBox, Proposal
from ui.cards.presenting import FIELD_WORDS
from ui.cards.review_form import ReviewForm
from ui.cards.similar_menu import similar_menu
from ui.cards.watching import watched_folder
from ui.context import Link, UiContext
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.box import Box
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.labels import Paragraph
from ui.widgets.layouts import row
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.pane import Columns, Pane

if TYPE_CHECKING:
    from ui.screens import Screen


@dataclass(frozen=True, slots=True)
class _Shown:
    card: Card
    image: QImage
    similar: tuple[SimilarContact, ...]


class CardsPage(Page):
    """Ctrl+Enter saves and goes on; X skips; arrow keys on the picture go from place to place, Enter takes one."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Business cards")
        self.setAcceptDrops(True)
        self._card: Card | None = None
        self._similar: tuple[SimilarContact, ...] = ()
        self._proposed = False
        self.intake = Intake(ctx, self, lambda: self.meeting.event_choice.value)
        self.inbox = InboxPane()
        self.inbox.add_asked.connect(self.intake.ask)
        self.rows = self.inbox.rows
        self.rows.current_changed.connect(self._show_current)
        self.rows.action_triggered.connect(lambda _word, keys: self.skip(keys))
        self.rows.opened.connect(lambda _key: self._go_to_doubt())
        self.columns = Columns(self.inbox, self._middle(), self._right(), widths=(250, 0, 420))
        self._empty = EmptyState(
            "id-card",
            "No cards to review",
            "Drop photos of business cards, QR codes, .vcf or .csv files here, or paste them with Ctrl V.",
            "Add files",
        )
        self._empty.activated.connect(self.intake.ask)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.columns)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)
        mine = Button("My card")
        mine.clicked.connect(self.show_my_card)
        add = Button("Add files", "primary")
        add.clicked.connect(self.intake.ask)
        self.set_bar(mine, add)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.intake.paste)
        self.watched = watched_folder(ctx)

    # --- building

    def _middle(self) -> QWidget:
        pane = Pane(ground=True)
        self.picture = CardPicture()
        self.picture.chosen.connect(self._use_text)
        self._hint = Paragraph("", small=True, style="mute")
        self.meeting = MeetingBox(self.ctx, self)
        self.meeting.event_chosen.connect(self._ask_plan)
        for widget in (self.picture, self._hint, self.meeting):
            pane.add(widget)
        return pane

    def _right(self) -> QWidget:
        pane = Pane()
        self._heading = Heading("New contact", link="Add a field")
        self._heading.link_activated.connect(self._offer_fields)
        pane.add(self._heading)
        self._known = Paragraph("")
        self._known.link_activated.connect(lambda _word: self._merge_into(self._similar[0].row.id))
        self._known_box = Box(self._known)
        pane.add(self._known_box)
        pane.body.addSpacing(2)
        self.form = ReviewForm()
        self.form.edited.connect(self._edited)
        self.form.pointed.connect(self._point_at)
        self.form.checked.connect(self._go_to_save)
        pane.add(self.form)
        pane.body.addSpacing(4)
        self.plan = PlanBox()
        pane.add(self.plan)
        pane.body.addSpacing(4)
        self.save_button = Button("Save and next", "primary", "Ctrl+Return")
        self.merge_button = Button("Merge…")
        self.skip_button = Button("Skip")
        self.save_button.clicked.connect(self.save)
        self.merge_button.clicked.connect(self.merge_menu)
        self.skip_button.clicked.connect(partial(self.skip, None))
        pane.add(row(self.save_button, self.merge_button, self.skip_button, None))
        return pane

    # --- showing

    def reload(self) -> None:
        def ask() -> tuple[tuple[CardRow, ...], InboxCount]:
            return self.ctx.planner.card_queries.waiting(), self.ctx.planner.cards_waiting.count()

        self.query(ask, self._show_inbox, key="inbox")
        if not self._proposed:
            self._ask_plan(None, propose=True)

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(word) for word in ("card", "contact", "event", "plan", "setting"))

    def first_focus(self) -> QWidget:
        return self.rows

    def show_link(self, link: Link) -> None:
        if link.part == "my-card":
            self.show_my_card()
        elif link.part == "add":
            self.intake.ask()
        elif link.kind == "card" and link.id is not None:
            self.rows.select_key(link.id)
        self.rows.setFocus()

    def page_actions(self) -> Sequence[Action]:
        def there() -> bool:
            return self._card is not None

        watched = self.watched.folder
        watch = f"Stop watching “{watched.name}”" if watched else "Watch a folder for new cards…"
        return [
            Action(
                "cards-add", "Add cards from files…", self.intake.ask, icon="upload", hint="photo qr vcf csv import"
            ),
            Action("cards-folder", "Add a folder of cards…", self.intake.ask_folder, icon="folder-open"),
            Action("cards-watch", watch, self._toggle_watch, icon="eye", hint="folder scanner"),
            Action(
                "cards-save", "Save the card and go on", self.save, icon="check", is_enabled=there, hint="Ctrl+Enter"
            ),
            Action("cards-skip", "Skip the card", self.skip, icon="x", is_enabled=there),
            Action("cards-merge", "Add the card to someone known…", self.merge_menu, icon="merge", is_enabled=there),
        ]

    def subject(self) -> Link | None:
        return None

    def _show_inbox(self, found: tuple[tuple[CardRow, ...], InboxCount]) -> None:
        cards, count = found
        was_empty = self._stack.currentIndex() == 1
        self._stack.setCurrentIndex(0 if cards else 1)
        self.inbox.show_cards(cards, count)
        if cards and was_empty and self.isVisible() and not isinstance(self.window().focusWidget(), QLineEdit):
            self.rows.setFocus()
        if not cards:
            done = count.done > 0
            self._empty.set_text(
                "All cards are done" if done else "No cards to review",
                "Drop photos of business cards, QR codes, .vcf or .csv files here, or paste them with Ctrl V.",
                "Add files",
            )
            self._card = None
        else:
            self._show_current(self.rows.current_key)

    def _show_current(self, id: int | None) -> None:
        if id is None:
            return

        def load() -> _Shown:
            queries = self.ctx.planner.card_queries
            card = queries.get(id)
            image = QImage()
            if card.reading.picture is not None:
                image = QImage.fromData(card.reading.picture.data)
            return _Shown(card, image, queries.similar(card.reading))

        self.query(load, self._show_card, self._gone, key="card")

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, NotFound):
            self.tell(error)

    def _show_card(self, shown: _Shown) -> None:
        if shown.card.id != self.rows.current_key:
            return
        other = self._card is None or self._card.id != shown.card.id
        if other and self._card is not None:
            self.meeting.clear_said()
        reading = shown.card.reading
        if self._card is None or other or reading.fields != self._card.reading.fields:
            # What was doubtful may be confirmed by now.
            self.picture.show_reading(reading, shown.image, same=not other)
        self._card, self._similar = shown.card, shown.similar
        if other or reading.fields != self.form.fields:
            self.form.show_reading(reading)
        self._hint.set_text(self._hint_words(reading, shown.image))
        self._show_known()

    def _hint_words(self, reading: Reading, image: QImage) -> str:
        if reading.advice:
            return reading.advice
        if image.isNull():
            return "What was read. Click a line to use it elsewhere."
        return "Boxes show where each field was read. Click one to use it elsewhere."

    def _show_known(self) -> None:
        best = self._similar[0] if self._similar and self._similar[0].likeness >= 80 else None
        self._known_box.setVisible(best is not None)
        if best is not None:
            where = ", ".join(part for part in (best.row.title, best.row.organisation) if part)
            self._known.set_parts(
                [
                    ("You know ", "ink"),
                    (best.row.name, "strong"),
                    (f"{', ' + where if where else ''}: {best.reason}. ", "mute"),
                    ("Add the card there", "accent", "merge"),
                ]
            )

    def _ask_plan(self, event_id: int | None, propose: bool = False) -> None:
        self.query(partial(meeting_box.load, self.ctx, event_id, propose=propose), self._show_proposal, key="plan")

    def _show_proposal(self, proposal: Proposal) -> None:
        self._proposed = True
        today = self.ctx.clock.today()
        self.meeting.show_events(proposal.events, proposal.event_id, today)
        title = next((one.details.title for one in proposal.events if one.id == proposal.event_id), "")
        self.plan.show_plan(proposal.plan, proposal.steps, title, today)

    # --- doing

    def _edited(self, fields: object) -> None:
        if self._card is not None:
            self.command(self.ctx.planner.cards.edit, self._card.id, fields)

    def _point_at(self, text: str, doubt: str) -> None:
        self.picture.point_at(text)
        if self._card is not None:
            self._hint.set_text(doubt or self._hint_words(self._card.reading, self.picture.image))

    def _use_text(self, text: str, kind: FieldKind | None) -> None:
        self.form.put(text, kind)

    def _go_to_doubt(self) -> None:
        line = self.form.first_doubtful()
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _go_to_save(self) -> None:
        self.save_button.setFocus()

    def save(self) -> None:
        """Save the card as it stands, and go on to the next."""
        self._accept(None)

    def _accept(self, into: int | None, choices: Choices | None = None) -> None:
        details = self.form.details()
        if self._card is None or details is None:
            return
        card_id = self._card.id
        meeting = self.meeting.meeting(self.plan.plan if self.plan.chosen else None, self.plan.chosen)
        name = details.shown_name or "the card"

        def done(_changes: Changes) -> None:
            self.ctx.toast(f"Saved {name}", undo=True)
            self.rows.setFocus()

        self.command(self.ctx.planner.cards.accept, card_id, details, meeting, into, choices, done=done)

    def skip(self, ids: Sequence[int] | None = None) -> None:
        """Put cards aside."""
        wanted = list(ids) if ids else [self._card.id] if self._card is not None else []
        if wanted:
            said = "Skipped a card" if len(wanted) == 1 else f"Skipped {len(wanted)} cards"
            self.command(self.ctx.planner.cards.skip, wanted, say=said)

    def merge_menu(self) -> None:
        """Offer the people the card may be of, or anybody else."""
        items = similar_menu(self._similar, self._merge_into, self.keep_apart, self._choose_person)
        open_menu(self.merge_button, items)

    def keep_apart(self, contact_id: int, name: str) -> None:
        """Remember that the card is not of somebody it is like."""
        if self._card is not None:
            said = f"Not {name}: remembered"
            self.command(self.ctx.planner.cards.keep_apart, self._card.id, contact_id, say=said)

    def _choose_person(self) -> None:
        from ui.cards.person_chooser import PersonChooser

        dialog = PersonChooser(self.ctx, self.window())
        dialog.chosen.connect(self._merge_into)
        dialog.open()

    def _merge_into(self, contact_id: int) -> None:
        """Show somebody known beside the card, to choose line by line what stands."""
        from ui.cards.merge_card import MergeCardDialog

        details = self.form.details()
        if self._card is None or details is None:
            return

        def show(contact: Contact) -> None:
            dialog = MergeCardDialog(self.ctx, contact, details, self.window())
            dialog.merged.connect(partial(self._accept, contact_id))
            dialog.open()

        self.query(partial(self.ctx.planner.contact_queries.get, contact_id), show)

    def _offer_fields(self) -> None:
        items = [MenuItem(FIELD_WORDS[kind], partial(self.form.add_field, kind)) for kind in FieldKind]
        open_menu(self._heading, items)

    def show_my_card(self) -> None:
        """Show one's own card for others to scan."""
        from ui.cards.my_card import MyCardPanel

        MyCardPanel.open_over(self.window(), self.ctx)

    def _toggle_watch(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        if self.watched.folder is not None:
            self.watched.watch(None)
            self.ctx.toast("The folder is no longer watched")
            return
        path = QFileDialog.getExistingDirectory(self, "Watch a folder for new cards")
        if path:
            self.watch(Path(path))

    def watch(self, folder: Path) -> None:
        """Take the files that are put into a folder from now on."""
        self.watched.watch(folder)
        self.ctx.toast(f"New files in “{folder.name}” come in by themselves while Rapport is open")

    # --- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.intake.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.intake.take_mime(event.mimeData()):
            event.acceptProposedAction()


def screens() -> Sequence[Screen]:
    """The states to look at."""
    from ui.cards.screens import card_screens

    return card_screens()
