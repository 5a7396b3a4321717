"""The painted lists and their models."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ui.list_model import LazyListModel, Section, SectionListModel
from ui.theme import Theme
from ui.theme_tokens import Tone
from ui.widgets import row_delegate
from ui.widgets.painting import advance
from ui.widgets.row_data import KEY, ROW, ChipData, HeaderData, RowAction, RowData
from ui.widgets.row_list import RowList

ACTIONS = (RowAction("mail", "Write email", "E", "primary"), RowAction("done", "Done", "D"))


def row(title: str, **more: object) -> RowData:
    return RowData(title, "muted", name=title, actions=ACTIONS, **more)  # type: ignore[arg-type]


class Names:
    """Records that are plain names, and how often they were read."""

    def __init__(self) -> None:
        self.reads: list[Sequence[int]] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int]) -> Mapping[int, str]:
        self.reads.append(ids)
        return {id: f"Person {id}" for id in ids if id not in self.gone}


def lazy(names: Names) -> LazyListModel[str]:
    return LazyListModel(names.fetch, row)


def queue() -> SectionListModel:
    model = SectionListModel()
    model.set_sections(
        [
            Section("Overdue · 2", [(1, row("Send the paper")), (2, row("Thank for the coffee"))], tone=Tone.BAD),
            Section("Empty", []),
            Section("Today", [(3, row("Check in"))], aside="9 more this week", action=RowAction("all", "Move all")),
        ]
    )
    return model


def shown(qtbot: QtBot, model: LazyListModel[str] | SectionListModel, **options: object) -> RowList:
    view = RowList("Rows", uniform=isinstance(model, LazyListModel), **options)  # type: ignore[arg-type]
    view.setModel(model)
    view.resize(700, 400)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def test_the_lazy_model_keeps_qts_rules(qapp: QApplication) -> None:
    model = lazy(Names())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(range(1, 200))
    model.invalidate([3])
    model.set_ids([5, 4])
    model.set_ids([])


def test_the_section_model_keeps_qts_rules(qapp: QApplication) -> None:
    model = SectionListModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_sections([Section("One", [(1, row("A"))]), Section("Two", [(2, row("B"))])])
    model.set_sections([Section("One", [(1, row("A changed"))]), Section("Two", [(2, row("B"))])])
    model.set_rows([(7, row("C"))])
    model.set_rows([])


def test_a_hundred_thousand_ids_load_at_once_and_only_the_rows_on_screen_are_read(qtbot: QtBot) -> None:
    names = Names()
    model = lazy(names)
    view = shown(qtbot, model)
    ids = list(range(100_000))
    start = time.perf_counter()
    model.set_ids(ids)
    took = time.perf_counter() - start
    view.repaint()
    assert took < 0.03
    assert sum(len(read) for read in names.reads) <= 128
    view.scrollToBottom()
    view.repaint()
    assert sum(len(read) for read in names.reads) <= 256


def test_changed_rows_are_read_anew_and_others_are_not(qapp: QApplication) -> None:
    names = Names()
    model = lazy(names)
    model.set_ids(list(range(300)))
    model.index(0).data(ROW)
    model.index(200).data(ROW)
    names.reads.clear()
    model.invalidate([205])
    model.index(0).data(ROW)
    assert not names.reads
    model.index(200).data(ROW)
    assert len(names.reads) == 1


def test_a_row_that_is_gone_or_cannot_be_read_does_not_break_the_list(qtbot: QtBot) -> None:
    names = Names()
    names.gone = {1}
    model = lazy(names)
    model.set_ids([1, 2])
    assert model.index(0).data(ROW).title == "…"
    assert model.index(1).data(ROW).title == "Person 2"

    def fail(ids: Sequence[int]) -> Mapping[int, str]:
        raise OSError("unreadable")

    broken = LazyListModel(fail, row)
    broken.set_ids([1])
    with qtbot.waitSignal(broken.failed) as failed:
        assert broken.index(0).data(ROW).title == "…"
    assert isinstance(failed.args[0], OSError)


def test_arrow_keys_pass_over_headings(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    assert view.current_key == 1
    keys = []
    view.current_changed.connect(keys.append)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert keys == [2, 3]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_key == 2
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_key == 1


def test_empty_sections_are_left_out_and_headings_tell_their_aside(qapp: QApplication) -> None:
    model = queue()
    rows = [model.index(at).data(ROW) for at in range(model.rowCount())]
    assert [each.title for each in rows if isinstance(each, HeaderData)] == ["Overdue · 2", "Today"]
    assert model.index(3).data(Qt.ItemDataRole.AccessibleTextRole) == "Today, 9 more this week"
    assert model.keys == [1, 2, 3]


def test_a_key_does_what_the_button_of_the_row_says(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    with qtbot.waitSignal(view.action_triggered) as triggered:
        qtbot.keyClick(view, Qt.Key.Key_D)
    assert triggered.args == ["done", [1]]


def test_buttons_show_on_the_selected_row_alone_and_answer_the_mouse(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    assert view.action_rect(2, "done").isEmpty()
    place = view.action_rect(1, "mail").center().toPoint()
    with qtbot.waitSignal(view.action_triggered) as triggered:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert triggered.args == ["mail", [1]]


def test_a_press_that_leaves_the_button_does_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    place = view.action_rect(1, "mail").center().toPoint()
    with qtbot.assertNotEmitted(view.action_triggered):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, place.y()))


def test_a_heading_has_its_own_button(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    heading = view.model().index(3, 0)
    rects = view.row_delegate.action_rects(heading, view.visualRect(heading).toRectF(), False)
    with qtbot.waitSignal(view.action_triggered) as triggered:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rects["all"].center().toPoint())
    assert triggered.args == ["all", []]
    assert view.current_key == 1


def test_several_rows_are_acted_on_together(qtbot: QtBot) -> None:
    model = lazy(Names())
    model.set_ids([1, 2, 3, 4])
    view = shown(qtbot, model, multi=True)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_keys() == [1, 2, 3]
    with qtbot.waitSignal(view.action_triggered) as triggered:
        qtbot.keyClick(view, Qt.Key.Key_E)
    assert triggered.args == ["mail", [1, 2, 3]]
    assert view.action_rect(3, "mail").isEmpty()


def test_enter_and_double_click_open(qtbot: QtBot) -> None:
    view = shown(qtbot, queue())
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [1]
    place = view.visualRect(view.model().index(2, 0)).topLeft() + QPoint(60, 20)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [2]


def test_the_row_keeps_its_place_when_the_list_is_asked_anew(qtbot: QtBot) -> None:
    model = lazy(Names())
    model.set_ids(list(range(1, 50)))
    view = shown(qtbot, model)
    view.select_key(5)
    changed = []
    view.current_changed.connect(changed.append)
    model.set_ids([9, 7, 5, 3])
    assert view.current_key == 5
    assert changed == []
    model.set_ids([9, 7, 3])
    assert view.current_key == 3
    assert changed == [3]
    model.set_ids([])
    assert changed == [3, None]


def test_the_menu_key_offers_the_same_actions(qtbot: QtBot, qapp: QApplication) -> None:
    from PySide6.QtGui import QContextMenuEvent

    view = shown(qtbot, queue())
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), view.mapToGlobal(QPoint(5, 5)))
    qapp.sendEvent(view.viewport(), asked)
    menu = view.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Write email", "Done"]
    with qtbot.waitSignal(view.action_triggered) as triggered:
        menu.actions()[1].trigger()
    assert triggered.args == ["done", [1]]
    menu.close()


def test_screen_readers_hear_the_row_and_its_keys(qapp: QApplication) -> None:
    model = SectionListModel()
    data = row("Send the paper", muted_tail="2 days late", chips=(ChipData("Promise", Tone.WARN),), aside="Tuesday")
    model.set_rows([(1, data)])
    index = model.index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Send the paper, muted · 2 days late, Promise, Tuesday"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Write email: E, Done: D"
    assert index.data(KEY) == 1


def test_rows_can_be_dragged_out(qapp: QApplication) -> None:
    def carry(keys: list[object]) -> QMimeData:
        data = QMimeData()
        data.setText(",".join(map(str, keys)))
        return data

    model = LazyListModel(Names().fetch, row, carry)
    model.set_ids([4, 6])
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.mimeData([model.index(0), model.index(1)]).text() == "4,6"


@pytest.mark.parametrize("chips", ["right", "under"])
@pytest.mark.parametrize("width", [120, 260, 900])
def test_rows_of_any_content_paint_at_any_width(qtbot: QtBot, chips: str, width: int) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 6
    model = SectionListModel()
    rows = [
        (1, RowData(long, long, long, chips=(ChipData(long), ChipData(long)), aside="30 September", name=long)),
        (2, RowData("", "", name="李小龍", done=True)),
        (3, RowData("No picture", icon="mail", aside="today")),
        (4, row(long, photo=b"not a picture")),
    ]
    model.set_sections([Section(long, rows, aside=long, action=RowAction("x", "Move all"))])
    view = shown(qtbot, model, chips=chips, aside_width=92)
    view.resize(width, 400)
    for key in (1, 2, 3, 4):
        view.select_key(key)
        view.repaint()


@pytest.mark.parametrize("aside", ["today", "Wed 30 September", "Wednesday 30 September"])
def test_chips_keep_their_distance_from_a_date_in_full(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch, aside: str
) -> None:
    ends = []
    paint = row_delegate.draw_chip
    monkeypatch.setattr(row_delegate, "draw_chip", lambda *given: (ends.append(given[1].right()), paint(*given)))
    model = SectionListModel()
    model.set_sections([Section("Later", [(1, RowData("Check in", chips=(ChipData("Check-in"),), aside=aside))])])
    view = shown(qtbot, model, aside_width=92)
    view.repaint()
    begins = view.viewport().width() - 20 - advance(aside, theme.font("small"))
    assert ends
    assert max(ends) <= begins - 12


def test_a_selection_of_all_rows_outlives_a_new_answer(qtbot: QtBot) -> None:
    model = lazy(Names())
    view = shown(qtbot, model, multi=True)
    model.set_ids(list(range(100_000)))
    view.select_key(3)
    view.selectAll()
    assert view.selected_count() == 100_000
    start = time.perf_counter()
    model.set_ids(list(range(0, 100_000, 1_000)) + list(range(3, 100_000, 1_000)))
    view.repaint()
    assert time.perf_counter() - start < 2  # by far: asking the model row by row would take a minute
    assert view.current_key == 3
    assert view.selected_count() == 200
    assert view.selected_keys()[:2] == [0, 1_000]


def test_page_keys_never_end_on_a_heading(qtbot: QtBot) -> None:
    model = SectionListModel()
    sections = [
        Section(f"Section {at}", [(at * 10 + row_, row(f"Row {row_}")) for row_ in range(3)]) for at in range(20)
    ]
    model.set_sections(sections)
    view = shown(qtbot, model)
    for key in [Qt.Key.Key_PageDown] * 12 + [Qt.Key.Key_PageUp] * 12 + [Qt.Key.Key_End, Qt.Key.Key_Home]:
        qtbot.keyClick(view, key)
        assert view.current_key is not None
    assert view.current_key == 0


def test_headings_and_rows_have_their_own_heights(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, queue())
    assert [view.rowHeight(at) for at in range(5)] == [44, 59, 59, 44, 59]
    theme.set_font_scale(2)
    assert view.rowHeight(0) == 88
    assert view.rowHeight(1) == view.row_delegate.row_height() > 59
