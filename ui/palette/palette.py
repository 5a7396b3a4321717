"""The command palette: a line, and below it what fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.contacts.profiles import asked_profile
from planner.finder.commands import CommandWords, is_called, link_in, minutes_in, rank
from planner.finder.records import Hit
from ui.links import Link
from ui.list_model import Section, SectionListModel
from ui.palette.writing_down import LOG, OFFERS, Offer, asked
from ui.shell.actions import Action
from ui.theme import applied
from ui.widgets.box import Rule
from ui.widgets.fields import SearchField
from ui.widgets.labels import Paragraph
from ui.widgets.line_delegate import LineDelegate
from ui.widgets.notes import open_web_link
from ui.widgets.overlay import Overlay
from ui.widgets.painting import badge_text
from ui.widgets.row_data import RowData
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.context import UiContext
    from ui.main_window import MainWindow
    from ui.screens import Screen

Row = tuple[str, RowData]
_KINDS = {"contact": "People", "event": "Events", "followup": "Follow-ups"}
_ICONS = {"event": "map-pin", "followup": "list-checks"}
#: Offered before anything is typed, as far as the window has them.
_USEFUL = ("quick-entry", "new-contact", "new-event", "new-followup", "import-contacts", "export-calendar", "undo")
_MOST = 6
#: People whose profiles are offered where a name may mean several.
_NAMED = 3
_ROWS_SHOWN = 13


class Palette(Overlay):
    """Opened over the window. Arrows move, Enter runs, Escape closes; the pointer does the same."""

    def __init__(self, window: QWidget, ctx: UiContext) -> None:
        super().__init__(window, "Search or run a command", width=620)
        self._ctx = ctx
        self._run: dict[str, Callable[[], object]] = {}
        self._answered = ""
        self.field = SearchField("Search people, events, follow-ups and commands")
        self.field.setProperty("look", "plain")
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.model = SectionListModel(parent=self)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.opened.connect(self.run)
        self.list.clicked.connect(lambda _index: self.run(self.list.current_key))
        self._nothing = Paragraph(small=True, style="mute")
        self._nothing.hide()
        upper, lower = QVBoxLayout(), QVBoxLayout()
        upper.setContentsMargins(19, 6, 19, 6)
        lower.setContentsMargins(0, 4, 0, 6)
        upper.addWidget(self.field)
        lower.addWidget(self.list)
        self._nothing.setContentsMargins(20, 8, 20, 8)
        lower.addWidget(self._nothing)
        self.body.addLayout(upper)
        self.body.addWidget(Rule())
        self.body.addLayout(lower)

    @classmethod
    def open_over(cls, window: QMainWindow, ctx: UiContext, text: str = "") -> None:
        """Open it, with letters that were typed already."""
        palette = window.findChild(cls)
        if palette is None or palette._ctx is not ctx:
            palette = cls(window, ctx)
        palette.start(text)

    def start(self, text: str = "") -> None:
        """Open it anew: what was searched last time does not matter now."""
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.blockSignals(False)
        self._ask(text)
        self.open_panel()

    def first_focus(self) -> QWidget:
        return self.field

    def run(self, key: object) -> None:
        """Do what a row stands for."""
        action = self._run.get(str(key))
        if action is not None:
            self.dismiss()
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._moves(event)
        return super().eventFilter(watched, event)

    def _moves(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(_MOST if key == Qt.Key.Key_PageDown else -_MOST, around=False)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _run_current(self) -> None:
        text = self.field.text()
        if text.strip() and self._answered != text:
            # Typed faster than it was answered: answer now, so that Enter means what is read.
            self._show(text, self._ctx.planner.finder.find(text))
        self.run(self.list.current_key)

    def _step(self, by: int, around: bool = True) -> None:
        keys = self.model.keys
        if not keys:
            return
        current = self.list.current_key
        at = keys.index(current) if current in keys else -1
        at = (at + by) % len(keys) if around else min(len(keys) - 1, max(0, at + by))
        self.list.select_key(keys[at])

    # --- what is found

    def _ask(self, text: str) -> None:
        finder = self._ctx.planner.finder
        if text.strip():
            self._ctx.tasks.query(lambda: finder.find(text), partial(self._show_if_current, text), key=self._key)
        else:
            self._ctx.tasks.query(finder.recent, partial(self._show_if_current, text), key=self._key)

    @property
    def _key(self) -> object:
        return "palette", id(self)

    def _show_if_current(self, text: str, hits: tuple[Hit, ...]) -> None:
        if text == self.field.text() and self.isVisible():
            self._show(text, hits)

    def _show(self, text: str, hits: tuple[Hit, ...]) -> None:
        self._run = {}
        self._answered = text
        sections = self._answer(text, hits) if text.strip() else self._beginning(hits)
        self.model.set_sections(sections)
        self.list.clearSelection()
        self.list.select_first()
        self.list.scrollToTop()
        self.list.setVisible(bool(self.model.keys))
        self._nothing.setVisible(not self.model.keys)
        self._nothing.set_text("Nothing has these words.")
        self.list.fit()
        self.fit()

    def _beginning(self, hits: tuple[Hit, ...]) -> list[Section]:
        actions = [action for id in _USEFUL if (action := self._ctx.actions.get(id)) is not None and action.enabled]
        return [
            Section("Recent", [self._hit(hit) for hit in hits]),
            Section("Commands", [self._command(action) for action in actions]),
        ]

    def _answer(self, text: str, hits: tuple[Hit, ...]) -> list[Section]:
        actions = {action.id: action for action in self._ctx.actions if action.id != "palette" and action.enabled}
        ranked = rank(text, [CommandWords(a.id, a.plain_text, f"{a.hint} {a.menu}") for a in actions.values()])
        found: list[tuple[float, Section]] = []
        for kind, title in _KINDS.items():
            of_kind = [hit for hit in hits if hit.kind == kind][:_MOST]
            if of_kind:
                found.append((of_kind[0].score, Section(title, [self._hit(hit) for hit in of_kind])))
        if ranked:
            rows = [self._command(actions[hit.id]) for hit in ranked[:_MOST]]
            found.append((ranked[0].score, Section("Commands", rows)))
        sections = [section for _, section in sorted(found, key=lambda pair: -pair[0])]
        sections = [*self._meant(text), *sections]
        offer, words = asked(text)
        if offer is not None:
            written = Section("", self._write(words, (offer,)))
            return [*sections, written] if is_called(text, ranked) else [written, *sections]
        return [*sections, Section("Write it down", self._write(words, OFFERS))]

    def _hit(self, hit: Hit) -> Row:
        key = f"{hit.kind}:{hit.id}"
        self._run[key] = partial(self._ctx.navigate, Link(hit.kind, hit.id))
        is_person = hit.kind == "contact"
        return key, RowData(
            hit.title,
            hit.detail or ("Contact" if is_person else ""),
            name=hit.title if is_person else "",
            icon=_ICONS.get(hit.kind, ""),
        )

    def _command(self, action: Action) -> Row:
        key = f"command:{action.id}"
        self._run[key] = partial(self._ctx.actions.run, action.id)
        return key, RowData(
            action.plain_text.rstrip("…"), aside=badge_text(action.shortcut), icon=action.icon or "keyboard"
        )

    def _meant(self, text: str) -> list[Section]:
        """What words of a certain form ask for: minutes that somebody has, or a link to share."""
        rows: list[Row] = []
        minutes = minutes_in(text)
        if minutes is not None and self._ctx.actions.get("new-followup") is not None:
            self._run["having"] = partial(self._ctx.navigate, Link("followups", part=f"minutes:{minutes}"))
            words = "1 minute" if minutes == 1 else f"{minutes} minutes"
            rows.append(("having", RowData(f"I have {words}: show what fits", icon="clock")))
        if link_in(text) and self._ctx.actions.get("share") is not None:
            window = self.parentWidget()

            def share() -> None:
                from ui.contacts.share_panel import SharePanel

                SharePanel.open_over(window, self._ctx, text)  # type: ignore[arg-type]  # of the window

            self._run["share"] = share
            rows.append(("share", RowData("Share this link…", icon="upload")))
        rows += self._profiles(text)
        return [Section("", rows)] if rows else []

    def _profiles(self, text: str) -> list[Row]:
        """The profiles that words ask for, of whoever they may name, whatever page is shown."""
        wanted = asked_profile(text)
        if wanted is None:
            return []
        rows: list[Row] = []
        queries = self._ctx.planner.contact_queries
        for person in queries.names(wanted.person, _NAMED):
            for called, address in wanted.fitting(queries.get(person.id).details.links):
                key = f"profile:{len(rows)}"
                self._run[key] = partial(open_web_link, QUrl(address))
                rows.append((key, RowData(f"Open {person.name}’s {called}", address, icon="external-link")))
        return rows[:_MOST]

    def _write(self, words: str, offers: Sequence[Offer]) -> list[Row]:
        window = self.parentWidget()

        def log() -> None:
            from ui.quick_entry.panel import QuickEntryPanel

            QuickEntryPanel.open_over(window, self._ctx, words)  # type: ignore[arg-type]  # of the window

        rows: list[Row] = []
        for offer in offers:
            action = self._ctx.actions.get(offer.action)
            if action is None or not words:
                continue
            key = f"write:{offer.action}"
            make = partial(self._ctx.navigate, Link(offer.kind, part="new", words=words))
            self._run[key] = log if offer is LOG else make
            aside = badge_text(action.shortcut)
            rows.append((key, RowData(f"{offer.verb} “{words}”", aside=aside, icon=offer.icon)))
        return rows


class _List(RowList):
    """As tall as its rows, up to some."""

    def __init__(self) -> None:
        super().__init__("Found", uniform=False)
        self.row_delegate = LineDelegate(self, header_height=30)
        self.setItemDelegate(self.row_delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self) -> None:
        """Take the height of the rows there are now."""
        rows = self.model().rowCount()
        tall = sum(self.sizeHintForRow(row) for row in range(rows))
        self.setFixedHeight(min(tall, _ROWS_SHOWN * applied().px(36)) or 1)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 1)


def screens() -> Sequence[Screen]:
    """Before anything is typed, with some letters, and what a command asks that is for somebody."""
    from ui.links import Link
    from ui.screens import Screen
    from ui.shell.whom import WhomPanel

    def typed(text: str) -> Callable[[MainWindow], None]:
        return lambda window: window.open_palette(text)

    def whom(window: MainWindow) -> None:
        WhomPanel.open_over(window, "Offer support", "offer")

    return [
        Screen("palette-empty", Link("today"), typed("")),
        Screen("palette", Link("today"), typed("an")),
        Screen("palette-whom", Link("today"), whom),
    ]
