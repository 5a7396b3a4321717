"""Files of many people: the table of what is in them, the columns of unknown tables, and what goes in afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.cards import ocr, pictures
from planner.cards.outcomes import ImportItem, Outcome
from planner.cards.sources import Sources
from planner.contacts.csv_files import Target
from planner.errors import UserError
from tests.planner.cards.conftest import as_bytes, code_picture
from tests.ui.conftest import Seen
from tests.ui.dragging import drag
from ui.cards import intake as intake_module
from ui.cards.import_model import ImportModel
from ui.cards.import_rows import ImportRows
from ui.cards.import_table import ImportTable
from ui.cards.intake import Intake
from ui.cards.mapping_dialog import MappingDialog
from ui.cards.page import CardsPage
from ui.context import UiContext
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]
Show = Callable[..., QWidget]


@pytest.fixture
def page(ctx: UiContext, show: Show, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> CardsPage:
    monkeypatch.setattr(ocr, "available", lambda: False)
    made = CardsPage(ctx)
    show(made, width=1100, height=760)
    settle(ctx.tasks)
    return made


def vcards(count: int) -> bytes:
    return "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Given{at} Family{at}\nN:Family{at};Given{at};;;\nEMAIL:p{at}@norrvolt.example\n"
        f"TEL:+4640{100000 + at}\nORG:Norrvolt\nEND:VCARD\n"
        for at in range(count)
    ).encode()


def table_of(ctx: UiContext, data: bytes) -> ImportTable:
    sources = Sources(ctx.planner.card_reader, [data + b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"], "people.vcf")
    return ImportTable(ctx, sources, ImportRows(ctx.planner.card_import.look(sources.items())), "people.vcf")


def test_a_file_of_many_opens_the_table(
    page: CardsPage, ctx: UiContext, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    monkeypatch.setattr(ImportTable, "open", lambda self: opened.append(self.model.rowCount()))
    path = tmp_path / "people.vcf"
    path.write_bytes(vcards(intake_module.MANY + 5))
    page.intake.take([path])
    settle(ctx.tasks)
    assert opened == [intake_module.MANY + 5]
    assert ctx.planner.card_queries.waiting() == ()


def test_what_is_ticked_goes_in_as_one_step(
    ctx: UiContext, qtbot: QtBot, settle: Settle, qtmodeltester: ModelTester
) -> None:
    table = table_of(ctx, vcards(20))
    qtbot.addWidget(table)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    assert isinstance(table.model, ImportModel)
    qtmodeltester.check(table.model)
    assert table.model.ticked == 20
    table.table.selectRow(0)
    qtbot.keyClick(table.table, Qt.Key.Key_Space)
    assert table.model.ticked == 19
    table.narrow(Outcome.FAILED)
    assert table.model.rowCount() == 1
    table.narrow(None)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ctx.tasks.is_busy or ctx.planner.contact_queries.count() > 0)
    settle(ctx.tasks)
    assert ctx.planner.contact_queries.count() == 19
    ctx.planner.history.undo()
    assert ctx.planner.contact_queries.count() == 0


def test_nothing_stalls_while_a_large_file_goes_in(ctx: UiContext, qtbot: QtBot, settle: Settle) -> None:
    table = table_of(ctx, vcards(1_500))
    qtbot.addWidget(table)
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(5)
    table.run()
    qtbot.waitUntil(lambda: not ctx.tasks.is_busy, timeout=60_000)
    timer.stop()
    assert ctx.planner.contact_queries.count() == 1_500
    # Generous: the machine that tests may be busy with more than this.
    assert sorted(gaps)[int(len(gaps) * 0.95)] < 0.05


def test_columns_are_matched_once_and_remembered(
    page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "leute.csv"
    path.write_text("Wer;Mail\r\nIngrid Vale;ingrid@norrvolt.example\r\n", encoding="utf-8")
    dialogs: list[MappingDialog] = []
    monkeypatch.setattr(MappingDialog, "open", lambda self: dialogs.append(self))  # noqa: PLW0108 - it is a method
    page.intake.take([path])
    settle(ctx.tasks)
    (dialog,) = dialogs
    dialog.choices[0].set_value(Target.NAME)
    dialog._done()
    settle(ctx.tasks)
    assert [row.name for row in ctx.planner.card_queries.waiting()] == ["Ingrid Vale"]
    page.intake.take([path])
    settle(ctx.tasks)
    assert len(dialogs) == 1


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[MappingDialog]:
    opened: list[MappingDialog] = []
    monkeypatch.setattr(MappingDialog, "open", lambda self: opened.append(self))  # noqa: PLW0108 - it is a method
    return opened


@pytest.mark.parametrize("goes_on", [True, False])
def test_pictures_beside_an_unknown_table_are_read_once_and_come_in_without_it_too(
    page: CardsPage,
    ctx: UiContext,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dialogs: list[MappingDialog],
    goes_on: bool,
) -> None:
    read: list[str] = []
    before = pictures.read

    def counted(data: bytes, name: str, *rest: object):  # type: ignore[no-untyped-def]
        read.append(name)
        return before(data, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "read", counted)
    badge, table = tmp_path / "badge.png", tmp_path / "leute.csv"
    badge.write_bytes(as_bytes(code_picture("MECARD:N:Ek,Bo;EMAIL:bo@ek.example;;")))
    table.write_text("Wer;Mail\r\nIngrid Vale;ingrid@norrvolt.example\r\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (badge, table)])
    assert drag(page, data, QPoint(60, 60))
    settle(ctx.tasks)
    (dialog,) = dialogs
    if goes_on:
        dialog.choices[0].set_value(Target.NAME)
        dialog._done()
    else:
        dialog.reject()
    settle(ctx.tasks)
    names = sorted(row.name for row in ctx.planner.card_queries.waiting())
    assert names == (["Bo Ek", "Ingrid Vale"] if goes_on else ["Bo Ek"])
    assert read == ["badge.png"]


def test_all_selected_rows_are_ticked_by_one_key_and_told_once(ctx: UiContext, qtbot: QtBot) -> None:
    table = table_of(ctx, vcards(30))
    qtbot.addWidget(table)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    # The keys work at once.
    assert table.table.hasFocus()
    assert table.table.currentIndex().row() == 0
    heard: list[int] = []
    table.model.ticked_changed.connect(heard.append)
    table.table.selectAll()
    for expected in (0, 30):
        qtbot.keyClick(table.table, Qt.Key.Key_Space)
        assert heard.pop() == table.model.ticked == expected
        assert heard == []
    assert table.go.text() == "Import 30"
    # Some that are ticked and some that are not: all are then. What could not be read never is.
    table.model.tick([3, 4], on=False)
    heard.clear()
    qtbot.keyClick(table.table, Qt.Key.Key_Space)
    assert heard == [30]


def test_an_import_that_is_stopped_says_that_nothing_came_of_it(
    ctx: UiContext, qtbot: QtBot, settle: Settle, seen: Seen
) -> None:
    table = table_of(ctx, vcards(30))
    qtbot.addWidget(table)
    ctx.tasks.job_started.connect(lambda job: job.cancel())
    table.run()
    settle(ctx.tasks)
    assert ctx.planner.contact_queries.count() == 0
    assert seen.toasts == ["Stopped: nothing of people.vcf was imported"]


def test_a_file_that_changed_under_the_table_imports_nothing_and_says_so(
    page: CardsPage, ctx: UiContext, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[ImportTable] = []
    monkeypatch.setattr(ImportTable, "open", lambda self: opened.append(self))  # noqa: PLW0108 - it is a method
    path = tmp_path / "people.vcf"
    path.write_bytes(vcards(30))
    page.intake.take([path])
    settle(ctx.tasks)
    path.write_bytes(vcards(31))
    errors: list[UserError] = []
    ctx.tasks.user_error.connect(errors.append)
    opened[0].run()
    settle(ctx.tasks)
    assert ctx.planner.contact_queries.count() == 0
    assert "changed or moved" in errors[0].explain().what


def test_what_comes_by_itself_is_shown_though_another_program_is_in_front(
    page: CardsPage, ctx: UiContext, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QWidget | None] = []
    monkeypatch.setattr(ImportTable, "open", lambda self: opened.append(self.parentWidget()))
    Intake(ctx, page).take([vcards(intake_module.MANY + 1)], came_from="scans")
    settle(ctx.tasks)
    assert opened == [page.window()]


def test_rows_give_back_what_they_were_given() -> None:
    items = [
        ImportItem("a.vcf", 1, "Ingrid Vale", Outcome.NEW),
        ImportItem("a.vcf", 2, "Åse Ünal 李", Outcome.DOUBTFUL, "same phone as Tom — look", at=1),
        ImportItem(
            "b.csv", 7, "", Outcome.FAILED, "it is broken", at=2, source_text="BEGIN:VCARD\nFN;\udcff" + "x" * 999
        ),
        ImportItem("b.csv", 9, "", Outcome.KNOWN, at=3),
    ]
    rows = ImportRows(items)
    assert [rows.item(at) for at in (0, 1, 3)] == [items[0], items[1], items[3]]
    assert rows.item(2).name.startswith("BEGIN:VCARD FN;?xxx")
    assert len(rows.item(2).name) == 80
    assert [rows.count(outcome) for outcome in Outcome] == [1, 1, 0, 1, 1]


def test_selecting_all_of_a_long_file_asks_only_the_rows_that_are_shown(
    qtbot: QtBot, ctx: UiContext, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = Sources(ctx.planner.card_reader, [])
    rows = ImportRows(ImportItem("a.vcf", at, f"Name {at}", Outcome.NEW) for at in range(3_000))
    table = ImportTable(ctx, sources, rows, "a.vcf")
    qtbot.addWidget(table)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    asked: list[int] = []
    before = ImportModel.flags
    monkeypatch.setattr(ImportModel, "flags", lambda self, index: (asked.append(index.row()), before(self, index))[1])
    table.table.selectAll()
    qapp.processEvents()
    assert set(asked) <= set(range(60))
