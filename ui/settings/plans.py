"""Plans: steps that make follow-ups from a day on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from planner.changes import Changes
from planner.events.records import EventKind
from planner.followups.records import FollowUpKind, Plan, PlanStep, Template
from ui.context import UiContext
from ui.settings.section import Entry, SettingsSection, flowing
from ui.theme import applied
from ui.widgets.box import Box
from ui.widgets.button import Button, IconButton, LinkButton
from ui.widgets.choice import Choice, Number, Tick
from ui.widgets.fields import Form, LineField
from ui.widgets.labels import Label, Paragraph
from ui.widgets.layouts import clear_layout, row

ENTRIES = (
    Entry("Plan", "steps follow-ups after conference thank-you days"),
    Entry("Plan name"),
)

#: A step narrower than this, px at text scale 1, takes two lines.
_NARROW = 560


class PlansSection(SettingsSection):
    """One plan at a time: its name, the kinds of event it is proposed for, its steps."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx, "Plans", "A plan makes follow-ups counted from a day, such as the end of an event.")
        self._plans: dict[int, Plan] = {}
        self._templates: tuple[Template, ...] = ()
        self._changed: frozenset[str] = frozenset()
        self._wanted = ""
        self.plan: Plan | None = None
        self.chooser = Choice("Plan")
        self.chooser.setMinimumWidth(applied().px(240))
        self.chooser.chosen.connect(self._choose)
        self.new_button = Button("New plan", icon_name="plus")
        self.new_button.clicked.connect(self.add)
        self.body.addLayout(row(self.chooser, self.new_button, None))
        self.name = LineField("Plan name")
        self.name.committed.connect(lambda text: self._save(name=text))
        self.kinds: dict[str, Tick] = {}
        for kind in EventKind:
            tick = Tick(kind.value.capitalize())
            tick.chosen.connect(lambda _on: self._save_kinds())
            self.kinds[kind.value] = tick
        form = Form(110)
        form.add("Name", self.name)
        self.editor = QWidget()
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.rows: list[StepRow] = []
        self.steps = QVBoxLayout()
        self.steps.setSpacing(6)
        self.add_step = LinkButton("+ Add a step")
        self.add_step.clicked.connect(self._add_step)
        self.restore = LinkButton("Back to how it came")
        self.restore.clicked.connect(self._restore)
        self.delete = Button("Delete this plan", "danger", icon_name="trash-2")
        self.delete.clicked.connect(self._delete)
        about = self.wrapping(Box(form, spacing=8))
        about.add(Label("Proposed when wrapping up", "small_muted"))
        about.add(flowing(self.kinds.values(), 14))
        column.addWidget(about)
        column.addSpacing(4)
        column.addWidget(Label("Steps", "heading"))
        box = Box(spacing=6)
        box.add(self.steps)
        box.add(row(self.add_step, None))
        column.addWidget(box)
        column.addLayout(row(self.restore, None, self.delete))
        self.body.addWidget(self.editor)
        self.none = Paragraph("There is no plan yet.", style="mute")
        self.body.addWidget(self.none)

    def reload(self) -> None:
        queries = self.ctx.planner.followup_queries
        self.ctx.tasks.query(
            lambda: (queries.plans(), queries.templates(), queries.changed_builtins()),
            self._show,
            key=("plans", id(self)),
        )

    def cares(self, changes: Changes) -> bool:
        return changes.touches("plan") or changes.touches("template")

    def add(self) -> None:
        """A new plan with one step to begin with."""
        step = PlanStep(FollowUpKind.THANK_YOU, "Say thank you", 1)
        self._wanted = "New plan"
        self._command(Plan(0, self._wanted, (step,)))

    # --- showing

    def _show(self, found: tuple[tuple[Plan, ...], tuple[Template, ...], frozenset[str]]) -> None:
        plans, self._templates, self._changed = found
        self._plans = {plan.id: plan for plan in plans}
        before = self.plan.id if self.plan else None
        if self._wanted:
            before = max((plan.id for plan in plans if plan.name == self._wanted), default=before)
            self._wanted = ""
        shown = self._plans.get(before or -1) or (plans[0] if plans else None)
        self.chooser.set_choices([(plan.id, plan.name) for plan in plans], shown.id if shown else None)
        self._show_plan(shown)

    def _choose(self, id: int) -> None:
        self._show_plan(self._plans.get(id))

    def _show_plan(self, plan: Plan | None) -> None:
        same = plan is not None and self.plan is not None and plan.id == self.plan.id
        steps_same = same and self.plan is not None and plan is not None and plan.steps == self.plan.steps
        self.plan = plan
        self.editor.setVisible(plan is not None)
        self.none.setVisible(plan is None)
        if plan is None:
            return
        self.name.set_text(plan.name)
        for kind, tick in self.kinds.items():
            tick.set_on(kind in plan.event_kinds)
        self.restore.setVisible(bool(plan.builtin) and plan.builtin in self._changed)
        if not (steps_same and self.rows):
            self._show_steps(plan)

    def _show_steps(self, plan: Plan) -> None:
        there = QApplication.focusWidget()
        focus = next((at for at, line in enumerate(self.rows) if there and line.isAncestorOf(there)), None)
        clear_layout(self.steps)
        self.rows = []
        for at, step in enumerate(plan.steps):
            line = StepRow(step, at, len(plan.steps), self._templates)
            line.edited.connect(partial(self._set_step, at))
            line.moved.connect(partial(self._move_step, at))
            line.removed.connect(partial(self._remove_step, at))
            self.steps.addWidget(line)
            self.rows.append(line)
        if focus is not None and focus < len(self.rows):
            self.rows[focus].title.setFocus()

    # --- saving

    def _save(self, **values: object) -> None:
        if self.plan is not None:
            self._command(replace(self.plan, **values))  # type: ignore[arg-type]  # by name

    def _save_kinds(self) -> None:
        self._save(event_kinds=tuple(kind for kind, tick in self.kinds.items() if tick.isChecked()))

    def _set_step(self, at: int, step: PlanStep) -> None:
        if self.plan is not None:
            steps = list(self.plan.steps)
            steps[at] = step
            self._save(steps=tuple(steps))

    def _move_step(self, at: int, by: int) -> None:
        if self.plan is not None and 0 <= at + by < len(self.plan.steps):
            steps = list(self.plan.steps)
            steps.insert(at + by, steps.pop(at))
            self._save(steps=tuple(steps))

    def _remove_step(self, at: int) -> None:
        if self.plan is not None:
            self._save(steps=(*self.plan.steps[:at], *self.plan.steps[at + 1 :]))

    def _add_step(self) -> None:
        if self.plan is not None:
            last = self.plan.steps[-1].days if self.plan.steps else 0
            step = PlanStep(FollowUpKind.CHECK_IN, "Check in", last + 7)
            self._save(steps=(*self.plan.steps, step))

    def _restore(self) -> None:
        if self.plan is not None:
            self.ctx.tasks.command(self.ctx.planner.followups.book.restore_plan, self.plan.builtin)

    def _delete(self) -> None:
        if self.plan is not None:
            name = self.plan.name
            self.ctx.tasks.command(
                self.ctx.planner.followups.book.delete_plans,
                (self.plan.id,),
                done=lambda _changes: self.ctx.toast(f"Deleted the plan “{name}”", undo=True),
            )

    def _command(self, plan: Plan) -> None:
        self.ctx.tasks.command(self.ctx.planner.followups.book.save_plan, plan, failed=self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        self.failed(error)
        self.plan = None
        self.reload()


class StepRow(QWidget):
    """One step: after how many days, what to do, with which template."""

    edited = Signal(object)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, step: PlanStep, at: int, of: int, templates: tuple[Template, ...]) -> None:
        super().__init__()
        self._step = step
        number = at + 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.days = Number(f"Step {number}: days after", step.days, -365, 3650)
        self.days.valueChanged.connect(self._say_days)
        self._say_days(step.days)
        self.days.setFixedWidth(applied().px(86))
        self.days.chosen.connect(lambda days: self._set(days=days))
        self.kind = Choice(
            f"Step {number}: kind", [(kind, kind.value.capitalize()) for kind in FollowUpKind], step.kind
        )
        self.kind.setFixedWidth(applied().px(124))
        self.kind.chosen.connect(lambda kind: self._set(kind=kind))
        self.title = LineField(f"Step {number}: what to do", step.title)
        self.title.committed.connect(lambda text: self._set(title=text))
        self.template = Choice(
            f"Step {number}: template",
            [(None, "Suiting template"), *((each.id, each.name) for each in templates)],
            step.template_id,
        )
        self.template.setFixedWidth(applied().px(150))
        self.template.chosen.connect(lambda id: self._set(template_id=id))
        up, down = (
            IconButton("arrow-up", f"Move step {number} up"),
            IconButton("arrow-down", f"Move step {number} down"),
        )
        up.clicked.connect(lambda: self.moved.emit(-1))
        down.clicked.connect(lambda: self.moved.emit(1))
        up.setEnabled(at > 0)
        down.setEnabled(at < of - 1)
        self.remove_button = IconButton("x", f"Remove step {number}")
        self.remove_button.clicked.connect(self.removed)
        self._buttons = (up, down, self.remove_button)
        self._is_narrow: bool | None = None
        self._place(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(narrow=self.width() < applied().px(_NARROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(applied().px(240), super().minimumSizeHint().height())

    def _place(self, *, narrow: bool) -> None:
        """On one line, or, where that is too narrow, kind and template on a second one."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for widget in (self.days, self.kind, self.title, self.template, *self._buttons):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self.days, 0, 0)
        self._grid.addWidget(self.kind, 1 if narrow else 0, 1)
        self._grid.addWidget(self.title, 0, 1 if narrow else 2, 1, 3 if narrow else 1)
        self._grid.addWidget(self.template, 1 if narrow else 0, 2 if narrow else 3, 1, 2 if narrow else 1)
        for at, button in enumerate(self._buttons, 4):
            self._grid.addWidget(button, 0, at)
        self._grid.setColumnStretch(2, 1)

    def _say_days(self, count: int) -> None:
        self.days.setSuffix(" day" if abs(count) == 1 else " days")

    def _set(self, **values: object) -> None:
        step = replace(self._step, **values)  # type: ignore[arg-type]  # by name
        if step != self._step:
            self._step = step
            self.edited.emit(step)
