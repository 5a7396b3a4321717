"""The Cards page by keys and mouse: cards come in, are put right, saved, skipped; whole files go through the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.cards import ocr
from planner.cards.records import Box, FieldKind, Note, ReadField, Reading, ReadingKind
from planner.contacts.records import ContactDetails, Email, Photo
from planner.events.records import EventDetails, EventKind
from planner.settings.records import Me
from tests.planner.cards.conftest import as_bytes, code_picture
from tests.ui.conftest import Seen
from tests.ui.dragging import drag
from ui.cards.merge_card import MergeCardDialog
from ui.cards.my_card import MyCardPanel
from ui.cards.page import CardsPage
from ui.context import Link, UiContext
from ui.tasks import Tasks

Settle = Callable[[Tasks], None]
Show = Callable[..., QWidget]


def reading(name: str = "Ingrid Vale", email: str = "ingrid.vale@norrvo1t.example") -> Reading:
    return Reading(
        f"{name}.jpg",
        ReadingKind.PHOTO,
        (
            ReadField(FieldKind.NAME, name, 0.97, box=Box.upright(10, 10, 110, 30)),
            ReadField(
                FieldKind.EMAIL, email, 0.6, box=Box.upright(10, 60, 180, 80), doubt="it mixes letters and digits"
            ),
        ),
        (Note("Power that stays.", Box.upright(10, 100, 150, 120)),),
        picture=Photo(as_bytes(code_picture(name).resize((200, 140)), "JPEG"), "image/jpeg"),
        size=(200, 140),
        about="photo",
    )


@pytest.fixture
def page(ctx: UiContext, show: Show, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> CardsPage:
    monkeypatch.setattr(ocr, "available", lambda: False)
    made = CardsPage(ctx)
    show(made, width=1100, height=760)
    settle(ctx.tasks)
    return made


@pytest.fixture
def filled(page: CardsPage, ctx: UiContext, settle: Settle) -> CardsPage:
    ctx.tasks.command(ctx.planner.cards.add, [reading(), reading("Tom Ekdahl", "tom.ekdahl@norrvo1t.example")])
    settle(ctx.tasks)
    return page


def test_an_empty_inbox_says_what_to_do(page: CardsPage) -> None:
    assert page._stack.currentIndex() == 1
    assert page._empty.button.text() == "Add files"


def test_the_first_card_is_shown_with_its_doubt(filled: CardsPage) -> None:
    assert filled.rows.model().rowCount() == 2
    lines = filled.form.lines
    assert lines[FieldKind.NAME].text() == "Ingrid Vale"
    assert lines[FieldKind.EMAIL].property("state") == "doubtful"
    assert "letters and digits" in lines[FieldKind.EMAIL].toolTip()
    assert lines[FieldKind.NAME].property("state") in (None, "")
    assert [spot.text for spot in filled.picture.spots][-1] == "Power that stays."
    assert filled.form.notes.toPlainText() == "Power that stays."


def test_putting_a_field_right_is_kept_at_once_and_undone(
    filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    line = filled.form.lines[FieldKind.EMAIL]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "ingrid.vale@norrvolt.example")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(ctx.tasks)
    id = filled.rows.current_key
    assert ctx.planner.card_queries.get(id).reading.values(FieldKind.EMAIL) == ["ingrid.vale@norrvolt.example"]
    assert line.property("state") == ""
    ctx.tasks.command(ctx.planner.history.undo)
    settle(ctx.tasks)
    assert filled.form.lines[FieldKind.EMAIL].text() == "ingrid.vale@norrvo1t.example"


def test_ctrl_enter_saves_and_goes_on(filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle) -> None:
    start = ctx.clock.now()
    event = ctx.planner.events.add(EventDetails("EuroPower", EventKind.CONFERENCE, start, start)).new("event")
    filled._ask_plan(event)
    settle(ctx.tasks)
    filled.meeting.event_choice.set_value(event)
    filled.meeting.said.setPlainText("Hiring in Malmö. I promised to send the study.")
    filled.rows.setFocus()
    qtbot.keyClick(filled.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ctx.planner.contact_queries.count() > 0)  # a button pressed by its key stays down a moment
    settle(ctx.tasks)
    (id,) = ctx.planner.contact_queries.find("Ingrid")
    assert ctx.planner.event_queries.attendances(event)[0].contact_id == id
    assert [one.text for one in ctx.planner.relation_queries.promises(id)] == ["send the study"]
    assert filled.form.lines[FieldKind.NAME].text() == "Tom Ekdahl"
    assert filled.meeting.said.toPlainText() == ""
    assert filled.meeting.event_choice.value == event
    assert ctx.planner.cards_waiting.count().waiting == 1


def test_met_at_no_event_the_plan_for_a_new_contact_is_proposed(
    filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    start = ctx.clock.now()
    event = ctx.planner.events.add(EventDetails("EuroPower", EventKind.CONFERENCE, start, start)).new("event")
    filled._ask_plan(event)
    settle(ctx.tasks)
    assert filled.plan.plan is not None
    assert filled.plan.plan.name == "Conference"
    filled.meeting.event_choice.setFocus()
    qtbot.keyClick(filled.meeting.event_choice, Qt.Key.Key_Home)
    settle(ctx.tasks)
    assert filled.meeting.event_choice.value is None
    assert filled.plan.plan.name == "New contact"
    assert filled.plan.chosen == tuple(range(len(filled.plan.plan.steps)))
    assert all("{event}" not in step.title for step in filled.plan.plan.steps)


def test_x_skips_and_undo_brings_it_back(filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle) -> None:
    filled.rows.setFocus()
    qtbot.keyClick(filled.rows, Qt.Key.Key_X)
    settle(ctx.tasks)
    assert filled.form.lines[FieldKind.NAME].text() == "Tom Ekdahl"
    ctx.tasks.command(ctx.planner.history.undo)
    settle(ctx.tasks)
    assert filled.rows.model().rowCount() == 2


def test_a_click_on_a_place_puts_its_text_into_the_field_in_use(
    filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    filled.form.lines[FieldKind.TITLE].setFocus()
    spot = next(one for one in filled.picture.spots if one.text == "Power that stays.")
    place = filled.picture.place_of(spot).boundingRect().center().toPoint()
    qtbot.mouseClick(filled.picture, Qt.MouseButton.LeftButton, pos=place)
    settle(ctx.tasks)
    assert filled.form.lines[FieldKind.TITLE].text() == "Power that stays."


def test_arrow_keys_go_from_place_to_place(filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle) -> None:
    filled.form.lines[FieldKind.ORGANISATION].setFocus()
    filled.picture.setFocus()
    for _ in range(len(filled.picture.spots)):
        qtbot.keyClick(filled.picture, Qt.Key.Key_Down)
        if filled.picture.accessibleDescription() == "Power that stays.":
            break
    qtbot.keyClick(filled.picture, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert filled.form.lines[FieldKind.ORGANISATION].text() == "Power that stays."


def test_a_card_of_someone_known_can_be_added_to_them(
    filled: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    known = ContactDetails(given="Ingrid", family="Vale", emails=(Email("i@home.example"),))
    ctx.tasks.command(ctx.planner.contacts.add, known)
    settle(ctx.tasks)
    assert filled._known_box.isVisible()
    filled._known.linkActivated.emit("merge")
    settle(ctx.tasks)
    (dialog,) = filled.window().findChildren(MergeCardDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ctx.planner.cards_waiting.count().waiting == 1)
    settle(ctx.tasks)
    assert ctx.planner.contact_queries.count() == 1
    (contact,) = ctx.planner.contact_queries.many([filled.ctx.planner.contact_queries.find("")[0]])
    assert len(contact.details.emails) == 2


def test_files_dropped_are_read_and_wait(
    page: CardsPage, ctx: UiContext, settle: Settle, seen: Seen, tmp_path: Path
) -> None:
    code = tmp_path / "badge.png"
    code.write_bytes(as_bytes(code_picture("MECARD:N:Vale,Ingrid;EMAIL:ingrid@norrvolt.example;;")))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(code)), QUrl.fromLocalFile(str(broken))])
    assert drag(page, data, QPoint(50, 50))
    settle(ctx.tasks)
    assert [row.name for row in ctx.planner.card_queries.waiting()] == ["Ingrid Vale"]
    assert page._stack.currentIndex() == 0
    assert seen.toasts == ["1 card to review, 1 could not be read"]
    assert drag(page, data, QPoint(50, 50))
    settle(ctx.tasks)
    assert page.rows.model().rowCount() == 1
    assert seen.toasts[1:] == ["1 waits here already, 1 could not be read"]


def test_pictures_a_folder_and_a_table_dropped_at_once(
    page: CardsPage, ctx: UiContext, settle: Settle, tmp_path: Path
) -> None:
    pictures = [tmp_path / "one.png", tmp_path / "two.jpg"]
    pictures[0].write_bytes(as_bytes(code_picture("MECARD:N:Vale,Ingrid;EMAIL:ingrid@norrvolt.example;;")))
    pictures[1].write_bytes(as_bytes(code_picture("MECARD:N:Danso,Kofi;TEL:+4640123456;;"), "JPEG"))
    folder = tmp_path / "fair"
    (folder / "day 2").mkdir(parents=True)
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "badge.webp").write_bytes(as_bytes(code_picture("MECARD:N:Ek,Bo;EMAIL:bo@ek.example;;"), "WEBP"))
    (folder / "day 2" / "cards.vcf").write_bytes(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy Holm\r\nEND:VCARD\r\n")
    table = tmp_path / "connections.csv"
    table.write_text("First Name,Last Name,E-mail 1 - Value\nMara,Novak,mara@novak.example\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (*pictures, folder, table)])
    assert drag(page, data, QPoint(60, 60))
    settle(ctx.tasks)
    waiting = ctx.planner.card_queries.waiting()
    assert sorted(row.name for row in waiting) == ["Bo Ek", "Cy Holm", "Ingrid Vale", "Kofi Danso", "Mara Novak"]
    assert page._stack.currentIndex() == 0
    # All of the drop is one step.
    ctx.tasks.command(ctx.planner.history.undo)
    settle(ctx.tasks)
    assert ctx.planner.card_queries.waiting() == ()


@pytest.mark.parametrize("kind", ["text", "image", "vcard"])
def test_paste(page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle, kind: str) -> None:
    data = QMimeData()
    if kind == "text":
        data.setText("Ingrid Vale\nNorrvolt AB\n+46 40 123 456\ningrid.vale@norrvolt.example")
    elif kind == "vcard":
        data.setData("text/vcard", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ingrid Vale\r\nEND:VCARD\r\n")
    else:
        image = QImage.fromData(as_bytes(code_picture("MECARD:N:Vale,Ingrid;;")))
        data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    page.rows.setFocus() if page.rows.isVisible() else page._empty.button.setFocus()
    page.intake.paste()
    settle(ctx.tasks)
    assert [row.name for row in ctx.planner.card_queries.waiting()] == ["Ingrid Vale"]


def test_my_card_follows_what_is_ticked(
    ctx: UiContext, qtbot: QtBot, show: Show, settle: Settle, tmp_path: Path
) -> None:
    me = Me(name="Alex Moreau", email="alex@tessel.example", phone="+46 40 123 456", organisation="Tessel")
    ctx.planner.settings.change(me=me)
    holder = QWidget()
    show(holder, width=1000, height=700)
    panel = MyCardPanel.open_over(holder, ctx)
    before = panel.code._squares
    tick = next(iter(panel.ticks.values()))
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    assert panel.code._squares != before
    panel.save(tmp_path / "me.vcf")
    panel.save(tmp_path / "me.pdf")
    settle(ctx.tasks)
    assert b"Alex Moreau" in (tmp_path / "me.vcf").read_bytes()
    assert (tmp_path / "me.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_name_my_card_leads_to_where_it_is_given(
    ctx: UiContext, qtbot: QtBot, show: Show, seen: Seen
) -> None:
    holder = QWidget()
    show(holder, width=1000, height=700)
    panel = MyCardPanel.open_over(holder, ctx)
    assert not panel.code.isVisible()
    button = panel.first_focus()
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert seen.links == [Link("settings", part="me")]
