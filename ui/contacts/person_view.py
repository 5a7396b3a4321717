"""One person: head, tabs, and the tab that is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, QTimer, QUrl, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.contacts.keys import phone_digits
from planner.contacts.records import Tie
from ui.contacts import person_data
from ui.contacts.details_tab import DetailsTab
from ui.contacts.give_take_tab import GiveTakeTab
from ui.contacts.person_data import PersonData
from ui.contacts.person_head import PersonHead
from ui.contacts.photo_menu import PhotoMenu
from ui.contacts.prepare_tab import PrepareTab
from ui.contacts.story_tab import StoryTab
from ui.contacts.together_tab import TogetherTab
from ui.context import UiContext
from ui.widgets.empty_state import EmptyState
from ui.widgets.menu import MenuItem, open_menu
from ui.widgets.notes import open_web_link
from ui.widgets.pane import Pane
from ui.widgets.tabs import Tabs

_TABS = (
    ("story", "Story"),
    ("prepare", "Prepare"),
    ("give", "Give and take"),
    ("together", "Working together"),
    ("details", "Details"),
)
_Tab = StoryTab | PrepareTab | GiveTakeTab | TogetherTab | DetailsTab


class PersonView(QWidget):
    """Shows one person at a time. `edit_asked(interaction id)`; `gone()` when the person is there no more.

    A tab is built when it is first opened. `shown` is fired once a person's data is on the screen.
    """

    edit_asked = Signal(int)
    gone = Signal()
    shown = Signal(int)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._id: int | None = None
        self._data: PersonData | None = None
        self._built: dict[str, _Tab] = {}
        self.setProperty("frame", "pane")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.nobody = EmptyState("user", "Nobody chosen", "Choose someone at the left.")
        self._person = QWidget()
        inner = QVBoxLayout(self._person)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.head = PersonHead(ctx.clock)
        self.head.asked.connect(self._act)
        self.head.tie_chosen.connect(self._set_tie)
        self.tabs = Tabs(_TABS)
        self.tabs.chosen.connect(self._show_tab)
        self.stack = QStackedWidget()
        inner.addWidget(self.head)
        inner.addWidget(self.tabs)
        inner.addWidget(self.stack, 1)
        self._outer = QStackedWidget()
        self._outer.addWidget(self.nobody)
        self._outer.addWidget(self._person)
        column.addWidget(self._outer)
        self._photo_menu = PhotoMenu(ctx, self)
        # The time where they are moves on while the page stays open.
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(lambda: self._data and self.head.show_person(self._data))
        self._minute.start()

    @property
    def person_id(self) -> int | None:
        """Who is shown."""
        return self._id

    @property
    def data(self) -> PersonData | None:
        """What is shown."""
        return self._data

    def show_id(self, id: int | None) -> None:
        """Show somebody else, or nobody."""
        if id == self._id and (id is None or self._data is not None):
            return
        self.flush()
        self._id = id
        if id is None:
            self._data = None
            self._outer.setCurrentWidget(self.nobody)
            return
        self.reload()

    def reload(self) -> None:
        """Read the person anew."""
        id, planner = self._id, self._ctx.planner
        if id is not None:
            self._ctx.tasks.query(lambda: person_data.read(planner, id), self._show, key=(__name__, "person"))

    def choose_tab(self, key: str) -> None:
        """Go to a tab: "story", "prepare", "give", "together" or "details"."""
        self.tabs.choose(key)

    def step_tab(self, by: int) -> None:
        """Go to the next or the previous tab."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def start_logging(self, words: str = "") -> None:
        """Put the caret where something is logged, behind the words it begins with."""
        self.choose_tab("story")
        story = self._tab("story")
        assert isinstance(story, StoryTab)
        story.start_logging(words)

    def start_celebrating(self) -> None:
        """Put the caret where something to celebrate is noted."""
        self.choose_tab("story")
        story = self._tab("story")
        assert isinstance(story, StoryTab)
        story.aside.celebrate.start()

    def start_offer(self) -> None:
        """Put the caret where an offer is noted."""
        self.choose_tab("give")
        give = self._tab("give")
        assert isinstance(give, GiveTakeTab)
        give.start_offer()

    def edit_field(self, field: str) -> None:
        """Go to a field of the details."""
        self.choose_tab("details")
        details = self._tab("details")
        assert isinstance(details, DetailsTab)
        details.start(field)

    def take_picture(self, data: QMimeData) -> bool:
        """Use a dropped picture as theirs; False when there is none in it, or nobody is shown."""
        return self._id is not None and self._photo_menu.take_mime(self._id, data)

    def flush(self) -> None:
        """Save what still sits in fields."""
        for tab in self._built.values():
            if isinstance(tab, DetailsTab):
                tab.flush()
            elif isinstance(tab, PrepareTab):
                tab.research.flush()
            elif isinstance(tab, StoryTab):
                tab.aside.remember.flush()

    def email(self) -> None:
        """Write to them in the mail program."""
        self._act("email")

    def call(self) -> None:
        """Call them, by whatever program calls."""
        self._act("call")

    def _show(self, data: PersonData | None) -> None:
        if data is None:
            self._id = None
            self._data = None
            self._outer.setCurrentWidget(self.nobody)
            self.gone.emit()
            return
        if data.contact.id != self._id:
            return
        self._data = data
        self.head.show_person(data)
        self._outer.setCurrentWidget(self._person)
        self._show_tab(self.tabs.key)
        self.shown.emit(data.contact.id)

    def _show_tab(self, key: str) -> None:
        tab = self._tab(key)
        self.stack.setCurrentWidget(tab)
        if self._data is not None:
            tab.show_person(self._data)

    def _tab(self, key: str) -> _Tab:
        if key not in self._built:
            makers: dict[str, type[_Tab]] = {
                "story": StoryTab,
                "prepare": PrepareTab,
                "give": GiveTakeTab,
                "together": TogetherTab,
                "details": DetailsTab,
            }
            tab = self._built[key] = makers[key](self._ctx)
            assert isinstance(tab, Pane)
            self.stack.addWidget(tab)
            if isinstance(tab, StoryTab):
                tab.edit_asked.connect(self.edit_asked)
        return self._built[key]

    def _act(self, action: str) -> None:
        if self._data is None:
            return
        details = self._data.contact.details
        match action:
            case "log":
                self.start_logging()
            case "photo":
                self._photo_menu.open(self._data.contact, self.head.picture.below())
            case "email":
                self._reach([(it.address, it.label) for it in details.emails], "mailto:{}", "emails", self.head.email)
            case "call":
                numbers = [(it.number, it.label) for it in details.phones]
                self._reach(numbers, "tel:{}", "phones", self.head.call)

    def _set_tie(self, tie: Tie | None) -> None:
        if self._data is None or self._data.contact.details.tie is tie:
            return
        words = f"{tie.value.capitalize()} tie" if tie is not None else "The history says how strong it is"
        edit = partial(self._ctx.planner.contacts.edit, self._data.contact.id, tie=tie)
        self._ctx.tasks.command(edit, done=lambda _: self._ctx.toast(words, undo=True))

    def _reach(self, ways: list[tuple[str, str]], url: str, field: str, button: QWidget) -> None:
        """Open the one way there is, ask which of several, or let the first be entered."""

        def go(way: str) -> None:
            open_web_link(QUrl(url.format(phone_digits(way) if field == "phones" else way)))

        if not ways:
            self.edit_field(field)
        elif len(ways) == 1:
            go(ways[0][0])
        else:
            open_menu(
                button,
                [MenuItem(f"{way}  {label}".strip(), lambda way=way: go(way)) for way, label in ways],  # type: ignore[misc]  # default
            )
