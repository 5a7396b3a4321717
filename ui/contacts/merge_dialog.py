"""Who may be here twice: the groups at the left, two records side by side at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.contacts.duplicates import Group
from planner.contacts.merging import Side
from planner.contacts.records import Contact, ContactDetails
from ui.contacts.merge_lines import MergeHeads, MergeLine
from ui.contacts.merge_sure import SureMergesDialog
from ui.contacts.merge_undo import Decision, Decisions
from ui.context import UiContext
from ui.list_model import LazyListModel
from ui.tasks import Progress
from ui.widgets.box import Box, Rule
from ui.widgets.button import Button, LinkButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.labels import Label, Paragraph, PartStyle
from ui.widgets.layouts import row
from ui.widgets.pane import Columns, Pane
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList


class MergeDialog(QDialog):
    """Ctrl+Enter merges the two shown, Ctrl+D says that they are two people, Ctrl+L leaves them for later, Ctrl+Z
    takes the latest of these back.

    In the lines, Up and Down move, Left and Right choose, Space takes both. Ctrl+R changes which record stays.
    """

    def __init__(self, ctx: UiContext, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._groups = dict(enumerate(groups))
        self._at: int | None = None
        self._pair: tuple[Contact, Contact] | None = None
        self._choices: dict[str, Side] = {}
        self._lines: dict[str, MergeLine] = {}
        self._decisions = Decisions(ctx, self)
        self._decisions.taken_back.connect(self._taken_back)
        self.setWindowTitle("Duplicates" if len(groups) != 1 else "Merge two people")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1040 if len(groups) > 1 else 760, 680)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        left, right = self._left(), self._right()
        self.columns = Columns(left, right, widths=(320, 0))
        left.setVisible(len(groups) > 1)
        column.addWidget(self.columns, 1)
        self.empty = EmptyState(
            "circle-check", "All looked at", "What you left for later is found again next time.", "Close"
        )
        self.empty.activated.connect(self.accept)
        column.addWidget(self.empty, 1)
        self._refill()
        if len(groups) > 1:
            self.list.setFocus()

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(8)
        self._heading = Heading("")
        self.sure = LinkButton("")
        self.sure.clicked.connect(self.ask_sure)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 12, 0)
        top.setSpacing(4)
        top.addWidget(self._heading)
        top.addLayout(row(self.sure, None))
        column.addLayout(top)
        self.model: LazyListModel[tuple[Group, str, int]] = LazyListModel(self._fetch, _presented, parent=self)
        self.list = RowList("People who may be here twice")
        self.list.setModel(self.model)
        self.list.current_changed.connect(self._show_group)
        self.list.opened.connect(lambda _key: self._focus_lines())
        column.addWidget(self.list, 1)
        return holder

    def _right(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        self._reason = Label("", "small_muted", elide=True)
        self.swap_button = LinkButton("Keep the other", "Ctrl+R")
        self.swap_button.clicked.connect(self.swap)
        top = row(20, self._reason, self.swap_button, 20)
        top.setStretchFactor(self._reason, 1)
        column.addLayout(top)
        self.heads = MergeHeads()
        heads = row(12, self.heads, 12)
        column.addLayout(heads)
        column.addWidget(Rule())
        self.pane = Pane(spacing=0)
        self.pane.body.setContentsMargins(12, 6, 12, 12)
        column.addWidget(self.pane, 1)
        self.preview = Paragraph(small=True)
        box = QVBoxLayout()
        box.setContentsMargins(20, 0, 20, 0)
        box.addWidget(Box(Heading("After merging"), self.preview))
        column.addLayout(box)
        later, apart = Button("Later", key="Ctrl+L"), Button("Not the same person", key="Ctrl+D")
        self.go = Button("Merge", "primary", "Ctrl+Return")
        self.go.setDefault(True)
        self.buttons = {"later": later, "apart": apart, "merge": self.go}
        later.clicked.connect(self.later)
        apart.clicked.connect(self.apart)
        self.go.clicked.connect(self.merge)
        column.addLayout(row(20, later, apart, None, self.go, 20, spacing=10))
        return holder

    # --- what is shown

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups not yet decided."""
        return tuple(self._groups.values())

    def _fetch(self, keys: Sequence[int]) -> dict[int, tuple[Group, str, int]]:
        groups = {key: self._groups[key] for key in keys if key in self._groups}
        rows = self._ctx.planner.contact_queries.rows({id for each in groups.values() for id in each.ids})
        names = {one.id: one.name for one in rows}
        return {
            key: (each, " · ".join(dict.fromkeys(names.get(id, "gone") for id in each.ids)), len(each.ids))
            for key, each in groups.items()
        }

    def _refill(self) -> None:
        has_any = bool(self._groups)
        self.columns.setVisible(has_any)
        self.empty.setVisible(not has_any)
        count = len(self._groups)
        self._heading.set_text("Perhaps the same person", f"{count:,}")
        sure = sum(1 for each in self._groups.values() if each.automatic)
        self.sure.set_text(f"Merge {sure:,} that are equal…")
        self.sure.setVisible(bool(sure))
        self.model.set_ids(list(self._groups))
        if has_any:
            key = self._at if self._at in self._groups else self._next()
            self.list.select_key(key)
            self._show_group(key)
        else:
            self.empty.button.setFocus()

    def _next(self) -> int:
        after = [key for key in self._groups if self._at is None or key > self._at]
        return after[0] if after else next(iter(self._groups))

    def _show_group(self, key: int | None) -> None:
        if key is None or key not in self._groups:
            return
        group = self._groups[key]
        self._at = key
        wanted = group.ids[0], group.ids[1]
        self._ctx.tasks.query(
            lambda: self._ctx.planner.duplicates.pair(*wanted),
            lambda pair: self._show_pair(key, pair),
            key=(id(self), "pair"),
        )

    def _show_pair(self, key: int, pair: tuple[Contact, Contact] | None) -> None:
        if key not in self._groups or key != self._at:
            return
        if pair is None:  # someone was deleted meanwhile
            self._drop(key)
            return
        self.show_two(*pair)

    def show_two(self, kept: Contact, other: Contact) -> None:
        """Show two records side by side, nothing chosen yet."""
        self._choices = {}
        self._set_pair((kept, other))

    def _set_pair(self, pair: tuple[Contact, Contact]) -> None:
        self._pair = pair
        assert self._at is not None
        group = self._groups[self._at]
        self._reason.set_text(_said(group, {one.id for one in pair}))
        self.heads.show_names(
            [one.name for one in pair],
            [f"{word}{history(one)}" for word, one in zip(("Stays", "Is merged into it"), pair, strict=True)],
        )
        self.pane.clear()
        self._lines = {}
        for field in self._ctx.planner.duplicates.fields(*pair, self._choices):
            line = MergeLine(field)
            line.chosen.connect(self.choose)
            self._lines[field.key] = line
            self.pane.add(line)
        self._show_preview()
        if not self.list.isVisibleTo(self):
            QTimer.singleShot(0, self, self._focus_lines)  # once the new lines are shown

    def _show_preview(self) -> None:
        if self._pair is not None:
            self.preview.set_parts(summary(self._ctx.planner.duplicates.merged(*self._pair, self._choices)))

    def _focus_lines(self) -> None:
        first = next((line for line in self._lines.values() if line.field.differs), None)
        (first or self.go).setFocus()

    # --- what is done

    def choose(self, key: str, side: Side) -> None:
        """Let one side's value stand, or both."""
        if self._pair is None:
            return
        self._choices[key] = side
        for field in self._ctx.planner.duplicates.fields(*self._pair, self._choices):
            self._lines[field.key].show_field(field)
        self._show_preview()

    def swap(self) -> None:
        """Keep the other record; what was chosen stays chosen."""
        if self._pair is None:
            return
        turned = {Side.KEPT: Side.OTHER, Side.OTHER: Side.KEPT, Side.BOTH: Side.BOTH}
        self._choices = {key: turned[side] for key, side in self._choices.items()}
        self._set_pair((self._pair[1], self._pair[0]))

    def merge(self) -> None:
        """Merge the two, and go on with the next."""
        if self._pair is None or self._at is None:
            return
        (kept, other), at = self._pair, self._at
        details = self._ctx.planner.duplicates.merged(kept, other, self._choices)
        self._pair = None

        def done(changes: Changes) -> None:
            if changes:
                self._ctx.toast(f"Merged {other.name} into {kept.name}", undo=True)
            self._decisions.remember(self._groups, at, changes)
            self._without(at, other.id, kept.id)

        self._ctx.tasks.command(
            self._ctx.planner.contacts.merge, kept.id, (other.id,), details, done=done, failed=self._failed
        )

    def apart(self) -> None:
        """Remember that the two are not the same person, and go on."""
        if self._pair is None or self._at is None:
            return
        (kept, other), at = self._pair, self._at
        self._pair = None

        def done(changes: Changes) -> None:
            self._ctx.toast(f"{kept.name} and {other.name} are two people", undo=True)
            self._decisions.remember(self._groups, at, changes)
            self._without(at, other.id)

        self._ctx.tasks.command(
            self._ctx.planner.contacts.tell_apart, (kept.id, other.id), done=done, failed=self._failed
        )

    def later(self) -> None:
        """Leave the two as they are, and go on."""
        if self._at is not None:
            self._decisions.remember(self._groups, self._at)
            self._drop(self._at)

    def _taken_back(self, decision: Decision) -> None:
        self._groups, self._at = dict(decision.groups), decision.at
        self._refill()

    def ask_sure(self) -> None:
        """Show what can be merged unseen, to be merged in one step."""
        sure = [each for each in self._groups.values() if each.automatic]
        dialog = SureMergesDialog(self._ctx, sure, self._merged_sure, self)
        dialog.open()

    def _merged_sure(self) -> None:
        self._groups = {key: each for key, each in self._groups.items() if not each.automatic}
        self._refill()

    def _failed(self, error: Exception) -> None:
        self._ctx.tasks.user_error.emit(error)
        if self._at is not None:
            self._show_group(self._at)

    def _without(self, key: int, gone: int, kept: int | None = None) -> None:
        """Take somebody out of a group; what is left of it, with who stayed first, is shown next."""
        group = self._groups.get(key)
        if group is None:
            return
        ids = [id for id in group.ids if id not in (gone, kept)]
        ids = [kept if kept is not None else group.ids[0], *ids]
        ids = list(dict.fromkeys(id for id in ids if id != gone))
        if len(ids) < 2:
            self._drop(key)
            return
        self._groups[key] = Group(tuple(ids), group.pairs)
        self._refill()

    def _drop(self, key: int) -> None:
        self._groups.pop(key, None)
        self._pair = None
        if len(self._groups) == 0 and not self.list.isVisibleTo(self):
            self.accept()
            return
        self._refill()


def find_duplicates(ctx: UiContext, over: QWidget) -> None:
    """Look for duplicates in the background, with a bar and Cancel; then show what was found."""

    def look(progress: Progress, cancelled: Callable[[], bool]) -> tuple[Group, ...]:
        return ctx.planner.duplicates.find(progress, cancelled)

    def done(groups: tuple[Group, ...]) -> None:
        if groups:
            MergeDialog(ctx, groups, over).open()
        else:
            ctx.toast("Nobody seems to be here twice")

    ctx.tasks.job("Looking for duplicates", look, done)


def merge_two(ctx: UiContext, ids: Sequence[int], over: QWidget) -> None:
    """Show two people side by side, to be merged; the fuller record is proposed to stay."""
    if len(ids) != 2:
        return

    def done(group: Group | None) -> None:
        if group is not None:
            MergeDialog(ctx, (group,), over).open()

    ctx.tasks.query(lambda: ctx.planner.duplicates.of_two(*ids), done)


def _presented(found: tuple[Group, str, int]) -> RowData:
    group, names, count = found
    more = f", {count} records" if count > 2 else ""
    aside = "equal" if group.automatic else f"{group.score:.0%}"
    return RowData(names, f"{group.reason[:1].upper()}{group.reason[1:]}{more}", aside=aside, name=names)


def _said(group: Group, ids: set[int]) -> str:
    pair = next((pair for pair in group.pairs if {pair.a, pair.b} == ids), None)
    if pair is None or not pair.score:
        return ""
    return f"{pair.reason[:1].upper()}{pair.reason[1:]} · {pair.score:.0%} sure"


def history(contact: Contact) -> str:
    """How much there is of a contact beside its details, to stand after another word."""
    count = contact.interactions
    return f" · {count:,} interaction{'s' if count != 1 else ''}" if count else ""


#: Addresses and numbers that the preview names.
_WAYS = 4


def summary(details: ContactDetails) -> list[tuple[str, PartStyle]]:
    """A record in a few lines, for the preview."""
    work = ", ".join(part for part in (details.title, details.organisation) if part)
    ways = [*(one.address for one in details.emails), *(one.number for one in details.phones)]
    ways = ways if len(ways) <= _WAYS else [*ways[:_WAYS], f"{len(ways) - _WAYS} more"]
    rest = [work, *ways, *(f"#{tag}" for tag in details.tags)]
    said: list[tuple[str, PartStyle]] = [(details.shown_name, "strong")]
    if any(rest):
        said.append(("  " + " · ".join(part for part in rest if part), "ink"))
    if details.notes:
        note = " ".join(details.notes.split())
        said.append(("\n" + (note if len(note) <= 160 else note[:160].rstrip() + "…"), "mute"))
    return said
