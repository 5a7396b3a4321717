"""Introductions: how each stands at a glance, its next step by one key, and who should meet whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.changes import Changes
from planner.errors import UserError
from planner.followups.messages import Message
from planner.relations import connectors
from planner.relations.drafts import IntroductionDraft
from planner.relations.introduction_commands import AskedOften
from planner.relations.introduction_queries import Standing, Suggestion
from planner.relations.introductions import Step
from planner.relations.records import Consent, PersonRef
from ui.contacts import introductions_presenting as presenting
from ui.contacts.introduction_form import ASKED_FOR, MINE, IntroductionForm
from ui.contacts.introduction_pane import IntroductionPane
from ui.context import Link, UiContext
from ui.followups.days import say_day
from ui.followups.mail_out import MailOut
from ui.list_model import SectionListModel
from ui.page import Page
from ui.shell.actions import Action
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.one_of import OneOf
from ui.widgets.pane import Columns
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens import Screen

_SHOWN = ("introduction", "contact", "followup", "interaction", "setting")


class IntroductionsPage(Page):
    """Links: Link("introduction", 3) shows one; Link("introductions", part="new") begins one, with an id for that
    person; part "with-7" for these two, "to" for an introduction of yours to that person, "through" by that person."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Introductions")
        self._standings: dict[presenting.Key, Standing] = {}
        self._suggestions: dict[presenting.Key, Suggestion] = {}
        self._wanted: int | None = None
        self._form: IntroductionForm | None = None
        self.mail = MailOut(ctx, self)
        self.model = SectionListModel(parent=self)
        self.rows = RowList("Introductions", uniform=False, aside_width=100, header_height=36)
        self.rows.setModel(self.model)
        self.empty = EmptyState(
            "handshake",
            "No introductions yet",
            "Bring two people together, or ask somebody to introduce you. Say under Details what people look for and "
            "can offer, and Rapport will tell who should meet whom.",
            "New introduction",
        )
        self._left = OneOf(self.rows, self.empty)
        self.pane = IntroductionPane(ctx)
        self.body.addWidget(Columns(self._left, self.pane, widths=(0, 340)))
        new = Button("New introduction", "primary")
        self.set_bar(new)
        new.clicked.connect(self._begin_new)
        self.empty.activated.connect(self._begin_new)
        self.rows.current_changed.connect(self._show_current)
        self.rows.action_triggered.connect(self._act)
        self.rows.opened.connect(self._open)
        self.pane.acted.connect(lambda word: self._act(word, [self.rows.current_key]))
        self.pane.concluded.connect(self._conclude)

    def reload(self) -> None:
        ask = self.ctx.planner.introductions
        self.query(lambda: (ask.standings(), ask.suggestions()), self._show, key="introductions")

    def cares(self, changes: Changes) -> bool:
        return any(changes.touches(word) for word in _SHOWN)

    def show_link(self, link: Link) -> None:
        self.rows.setFocus()
        part = link.part or ""
        if link.kind == "introduction" and link.id is not None:
            self._wanted = link.id
            self.refresh_now()
        elif part == "to":
            self.begin(ASKED_FOR, first=self._person(link.id))
        elif part == "through":
            self.begin(ASKED_FOR, through=self._person(link.id))
        elif part.startswith("with-"):
            self.begin(MINE, self._person(link.id), self._person(int(part[5:])))
        elif part == "new":
            self.begin(MINE, self._person(link.id))

    def page_actions(self) -> Sequence[Action]:
        def able(word: str) -> Callable[[], bool]:
            return lambda: any(action.id == word for action in self._actions())

        def act(word: str) -> Callable[[], object]:
            return lambda: self._act(word, [self.rows.current_key])

        return (
            Action("introduction-write", "Introduction: write the next message", act("write"), icon="mail",
                   is_enabled=able("write"), hint="E ask introduce thank"),
            Action("introduction-done", "Introduction: the next step is done", act("done"), icon="check",
                   is_enabled=able("done"), hint="D asked made thanked outcome"),
            Action("introduction-yes", "Introduction: they said yes", act("yes"), icon="check", is_enabled=able("yes"),
                   hint="Y consent"),
            Action("introduction-no", "Introduction: they said no", act("no"), icon="x", is_enabled=able("no"),
                   hint="N declined"),
            Action("introduction-delete", "Delete this introduction", act("delete"), icon="trash-2",
                   is_enabled=able("delete")),
        )  # fmt: skip

    def begin(
        self,
        kind: str = MINE,
        first: PersonRef | None = None,
        second: PersonRef | None = None,
        through: PersonRef | None = None,
        reason: str = "",
    ) -> None:
        """Open the panel for a new one."""
        self.form.start(kind, first, second, through, reason)

    def _begin_new(self) -> None:
        self.begin()

    @property
    def form(self) -> IntroductionForm:
        """The panel for a new introduction."""
        window = self.window()
        if self._form is None or self._form.parent() is not window:
            self._form = IntroductionForm(window, self.ctx)
            self._form.saved.connect(self._add)
        return self._form

    # --- showing

    def _show(self, found: tuple[tuple[Standing, ...], tuple[Suggestion, ...]]) -> None:
        standings, suggestions = found
        self._standings = {presenting.key_of(one): one for one in standings}
        self._suggestions = {("suggestion", one.a.id, one.b.id): one for one in suggestions}
        self.model.set_sections(presenting.sections(standings, suggestions, self.ctx.clock.today()))
        self._left.show_one(self.rows if self.model.keys else self.empty)
        self.pane.setVisible(bool(self.model.keys))
        if self._wanted is not None:
            self.rows.select_key(("introduction", self._wanted, 0))
            self._wanted = None
        if self.rows.current_key is None:
            self.rows.select_first()
        self._show_current(self.rows.current_key)

    def _show_current(self, key: Any) -> None:
        if key in self._standings:
            self.pane.show_standing(self._standings[key])
        else:
            self.pane.show_suggestion(self._suggestions.get(key))

    def _actions(self) -> Sequence[Any]:
        standing = self._standings.get(self.rows.current_key)
        return () if standing is None else presenting.actions(standing)

    def _open(self, key: Any) -> None:
        if key in self._suggestions:
            self._introduce(self._suggestions[key])
        elif key in self._standings:
            self._act("write" if not self._standings[key].is_over else "person", [key])

    def _person(self, id: int | None) -> PersonRef | None:
        return None if id is None else PersonRef(id, self.ctx.planner.contact_queries.get(id).name)

    # --- doing

    def _act(self, word: str, keys: Sequence[Any]) -> None:
        key = keys[0] if keys else None
        if key in self._suggestions and word == "introduce":
            self._introduce(self._suggestions[key])
        standing = self._standings.get(key)  # type: ignore[arg-type]  # None is no key
        if standing is None:
            return
        it = standing.introduction
        match word:
            case "write":
                self._write(standing)
            case "done" if standing.step is Step.OUTCOME:
                self.pane.outcome.setFocus()
            case "done":
                self._note(standing)
            case "yes" | "no":
                self._answered(standing, Consent.YES if word == "yes" else Consent.NO)
            case "delete":
                self.command(self.ctx.planner.relations.delete_introductions, [it.id],
                             say=f"Deleted the introduction of {presenting.title(it)}")  # fmt: skip
            case "person":
                self.ctx.navigate(Link("contact", it.a.id))

    def _write(self, standing: Standing, *, even_so: bool = False) -> None:
        """Open the mail program on the message of the next step, and offer to note that it was done."""
        room, introducer = standing.room, standing.introduction.introducer
        if standing.followup_id is None:
            return
        if room is not None and room.is_full and introducer is not None and not even_so:
            words = connectors.said(introducer.name, room, say_day(room.free_on))
            self.ctx.toast(words, "Write anyway", partial(self._write, standing, even_so=True))
            return
        followup_id = standing.followup_id
        self.query(
            lambda: self.ctx.planner.followup_queries.message(followup_id, say_day), partial(self._opened, standing)
        )

    def _opened(self, standing: Standing, message: Message) -> None:
        self.mail.open_in_mail(message)
        button, _ = presenting.noted(standing)
        if button and message.to:
            to = message.to_name or "them"
            self.ctx.toast(f"The message to {to} is open", button, partial(self._note, standing, even_so=True))

    def _note(self, standing: Standing, *, even_so: bool = False) -> None:
        it, relations = standing.introduction, self.ctx.planner.relations
        say = presenting.noted(standing)[1]
        match standing.step:
            case Step.ASK_A:
                self.command(relations.ask_introduction, it.id, it.a.id, say=say)
            case Step.ASK_B if it.b is not None:
                self.command(relations.ask_introduction, it.id, it.b.id, say=say)
            case Step.ASK_INTRODUCER:
                self.command(relations.ask_for_introduction, it.id, even_so=even_so, say=say,
                             failed=partial(self._asked_often, standing))  # fmt: skip
            case Step.MAKE | Step.AWAIT:
                self.command(relations.make_introduction, it.id, say=say)
            case Step.THANK:
                self.command(relations.thank_for_introduction, it.id, say=say)

    def _asked_often(self, standing: Standing, error: Exception) -> None:
        if isinstance(error, AskedOften):
            self.ctx.toast(
                f"{error.explain().what} There is room again from {say_day(error.free_on)}.",
                "Note it anyway",
                partial(self._note, standing, even_so=True),
            )
        else:
            self.tell(error)

    def _answered(self, standing: Standing, consent: Consent) -> None:
        it = standing.introduction
        who = {Step.HEAR_A: it.a, Step.HEAR_B: it.b, Step.HEAR_INTRODUCER: it.introducer}.get(
            standing.step or Step.MAKE
        )
        if who is not None:
            words = f"{who.name} said {consent.value}"
            self.command(self.ctx.planner.relations.answer_introduction, it.id, who.id, consent, say=words)

    def _conclude(self, id: int, words: str) -> None:
        self.command(
            self.ctx.planner.relations.conclude_introduction, id, words, say="Noted what came of it",
            done=lambda _: self.rows.setFocus(),
        )  # fmt: skip

    def _introduce(self, suggestion: Suggestion) -> None:
        self.begin(MINE, suggestion.a, suggestion.b, reason=suggestion.topic)

    def _add(self, draft: IntroductionDraft) -> None:
        form = self.form

        def saved(changes: Changes) -> None:
            form.accept()
            self._wanted = next(iter(changes.created.get("introduction", ())), None)
            self.ctx.toast("Planned. The first question is among your follow-ups", undo=True)
            self.refresh_now()

        def failed(error: Exception) -> None:
            form.say(str(error.explain().what) if isinstance(error, UserError) else "That could not be saved.")

        self.command(self.ctx.planner.relations.add_introduction, draft, done=saved, failed=failed)


def screens() -> Sequence[Screen]:
    """The states that are rendered to be looked at."""
    from ui.screens import Screen

    here = Link("introductions")

    def page(window: MainWindow) -> IntroductionsPage:
        assert isinstance(window.page, IntroductionsPage)
        window.page.rows.setFocus()
        return window.page

    def suggestion(window: MainWindow) -> None:
        shown = page(window)
        key = next((key for key in shown.model.keys if key[0] == "suggestion"), None)
        shown.rows.select_key(key)

    def through(window: MainWindow) -> None:
        shown = page(window)
        first = next(iter(shown._standings.values())).introduction
        shown.begin(ASKED_FOR, first.a)

    def nothing(window: MainWindow) -> None:
        page(window)._show(((), ()))

    def many(window: MainWindow) -> None:
        shown = page(window)
        one = next(iter(shown._standings.values()))
        long = replace(one.introduction.a, name="Maximiliana Friederike Freifrau von und zu Hohenstein-Lichtenberg")
        alike = (replace(one, introduction=replace(one.introduction, id=at, a=long)) for at in range(1, 201))
        shown._show((tuple(alike), tuple(shown._suggestions.values())))

    return (
        Screen("introductions", here, page),
        Screen("introductions-suggestion", here, suggestion),
        Screen("introductions-new", here, lambda window: page(window).begin()),
        Screen("introductions-through", here, through),
        Screen("introductions-200", here, many),
        Screen("introductions-empty", here, nothing),
    )
