"""Reviewing a card by keys: doubts confirmed one by one, the photo near, somebody known beside it, no stalls."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.cards import ocr
from planner.cards.records import Box, FieldKind, ReadField, Reading, ReadingKind
from planner.contacts.merging import Side
from planner.contacts.records import ContactDetails, Email, Photo
from tests.fixtures.cards import drawing
from tests.planner.cards.conftest import as_bytes, code_picture
from ui.cards.card_picture import CardPicture
from ui.cards.merge_card import MergeCardDialog
from ui.cards.page import CardsPage
from ui.cards.person_chooser import PersonChooser
from ui.cards.similar_menu import similar_menu
from ui.context import UiContext
from ui.tasks import Tasks
from ui.theme_tokens import DARK, LIGHT, Tokens

Settle = Callable[[Tasks], None]
Show = Callable[..., QWidget]


def reading() -> Reading:
    def field(kind: FieldKind, value: str, top: int, doubt: str = "") -> ReadField:
        return ReadField(kind, value, 0.6 if doubt else 0.97, box=Box.upright(200, top, 320, top + 20), doubt=doubt)

    return Reading(
        "Ingrid Vale.jpg",
        ReadingKind.PHOTO,
        (
            field(FieldKind.NAME, "Ingrid Vale", 200, "another line may be the name"),
            field(FieldKind.TITLE, "Chief Engineer", 230),
            field(FieldKind.EMAIL, "ingrid@norrvolt.example", 260, "two looks at it differ"),
        ),
        picture=Photo(as_bytes(code_picture("x").resize((800, 600)), "JPEG"), "image/jpeg"),
        size=(1600, 1200),
        about="photo",
    )


@pytest.fixture
def page(ctx: UiContext, show: Show, settle: Settle) -> CardsPage:
    made = CardsPage(ctx)
    show(made, width=1100, height=760)
    settle(ctx.tasks)
    ctx.tasks.command(ctx.planner.cards.add, [reading()])
    settle(ctx.tasks)
    return made


def test_the_keyboard_is_at_the_cards_that_came(page: CardsPage) -> None:
    assert page.rows.hasFocus() or page.rows.isAncestorOf(page.window().focusWidget())


def test_enter_confirms_a_doubt_and_goes_on(page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle) -> None:
    page._go_to_doubt()
    name, email = page.form.lines[FieldKind.NAME], page.form.lines[FieldKind.EMAIL]
    assert name.hasFocus()
    assert "Please check: another line may be the name" in page._hint.text()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert email.hasFocus()
    assert "Please check: two looks at it differ" in page._hint.text()
    qtbot.keyClick(email, Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert page.save_button.hasFocus()
    (row,) = ctx.planner.card_queries.waiting()
    assert ctx.planner.card_queries.get(row.id).reading.doubtful == ()


def test_what_is_confirmed_is_no_longer_doubtful_on_the_photo(
    page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    def doubtful() -> list[str]:
        return [spot.text for spot in page.picture.spots if not spot.sure]

    assert doubtful() == ["Ingrid Vale", "ingrid@norrvolt.example"]
    page._go_to_doubt()
    marked = page.picture._current
    qtbot.keyClick(page.form.lines[FieldKind.NAME], Qt.Key.Key_Return)
    settle(ctx.tasks)
    assert doubtful() == ["ingrid@norrvolt.example"]
    assert page.form.lines[FieldKind.EMAIL].hasFocus()
    assert page.picture._current == marked + 2


def test_a_long_value_shows_its_beginning_when_it_is_left(page: CardsPage, qtbot: QtBot) -> None:
    line = page.form.lines[FieldKind.EMAIL]
    line.setFocus()
    line.end(False)
    assert line.cursorPosition() > 0
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.cursorPosition() == 0


@pytest.mark.parametrize(
    ("ground", "tokens"), [("#1b4332", DARK), ("#c22f3b", DARK), ("#fdfdfb", LIGHT), ("#ffd9a0", LIGHT)]
)
def test_boxes_are_seen_on_dark_cards_too(qtbot: QtBot, ground: str, tokens: Tokens) -> None:
    picture = CardPicture()
    qtbot.addWidget(picture)
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    picture.resize(400, 330)
    picture.show_reading(reading(), image)
    picture.point_at("ingrid@norrvolt.example")
    shot = picture.grab().toImage()
    corner = picture.place_of(picture.spots[2])[0]
    inks = {
        shot.pixelColor(round(corner.x()) + dx, round(corner.y()) + dy).name()
        for dx in range(-6, 7)
        for dy in range(-6, 3)
    }
    assert tokens.warn in inks


def test_the_photo_shows_the_card_and_not_the_table(page: CardsPage) -> None:
    place = page.picture.place_of(page.picture.spots[0]).boundingRect()
    assert QRectF(page.picture.rect()).contains(place)
    # On the whole photo it would take a thirteenth of the width.
    assert place.width() > page.picture.width() / 4


@pytest.mark.parametrize("side", [Side.KEPT, Side.OTHER])
def test_a_card_is_merged_line_by_line(
    page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle, side: Side
) -> None:
    known = ContactDetails(given="Ingrid", family="Vale", title="Engineer", emails=(Email("i@home.example"),))
    id = ctx.planner.contacts.add(known).new("contact")
    page._merge_into(id)
    settle(ctx.tasks)
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, MergeCardDialog)
    line = dialog._lines["title"]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right if side is Side.OTHER else Qt.Key.Key_Left)
    lost = "Chief Engineer" if side is Side.KEPT else "Engineer"
    assert f"Title: {lost}<" in dialog.preview.text()
    dialog.go.click()
    settle(ctx.tasks)
    details = ctx.planner.contact_queries.get(id).details
    assert details.title == ("Chief Engineer" if side is Side.OTHER else "Engineer")
    # What does not stand is noted, not lost.
    assert ("Engineer" if side is Side.OTHER else "Chief Engineer") in details.notes
    assert {one.address for one in details.emails} == {"i@home.example", "ingrid@norrvolt.example"}
    assert ctx.planner.contact_queries.count() == 1
    ctx.tasks.command(ctx.planner.history.undo)
    settle(ctx.tasks)
    assert ctx.planner.contact_queries.get(id).details.title == "Engineer"
    assert [row.name for row in ctx.planner.card_queries.waiting()] == ["Ingrid Vale"]


def test_not_the_same_person_is_remembered_and_undone(page: CardsPage, ctx: UiContext, settle: Settle) -> None:
    ctx.planner.contacts.add(ContactDetails(given="Ingrid", family="Vale", emails=(Email("ingrid@norrvolt.example"),)))
    page.reload()
    settle(ctx.tasks)
    assert page._known_box.isVisibleTo(page)
    [_, _, apart, _, other] = similar_menu(page._similar, page._merge_into, page.keep_apart, page._choose_person)
    assert apart is not None
    assert apart.text == "Not Ingrid Vale"
    assert other is not None
    apart.chosen()
    settle(ctx.tasks)
    assert not page._known_box.isVisibleTo(page)
    ctx.tasks.command(ctx.planner.history.undo)
    settle(ctx.tasks)
    page.reload()
    settle(ctx.tasks)
    assert page._known_box.isVisibleTo(page)


@pytest.mark.slow
@pytest.mark.skipif(not ocr.available(), reason="the text reader (rapidocr and onnxruntime) is not installed")
def test_nothing_stalls_while_pictures_are_read(page: CardsPage, ctx: UiContext, qtbot: QtBot, tmp_path: Path) -> None:
    paths = []
    for seed in (1, 12):
        paths.append(tmp_path / f"{seed}.jpg")
        large = drawing.photographed(seed).image.resize((3_000, 2_000))
        paths[-1].write_bytes(drawing.Drawn(large, drawing.person(seed), "").jpeg())
    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(5)
    page.intake.take(paths)
    qtbot.waitUntil(lambda: not ctx.tasks.is_busy, timeout=120_000)
    timer.stop()
    assert ctx.planner.cards_waiting.count().waiting == 3
    # Generous: the machine that tests may be busy with more than this.
    assert sorted(gaps)[int(len(gaps) * 0.95)] < 0.05


def test_a_card_goes_to_somebody_else_by_what_was_typed_last(
    page: CardsPage, ctx: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    for name in ("Ada", "Bo"):
        ctx.planner.contacts.add(ContactDetails(given=name, family="Ek"))
    page._choose_person()
    (dialog,) = page.window().findChildren(PersonChooser)
    settle(ctx.tasks)
    picked: list[int] = []
    dialog.chosen.disconnect()
    dialog.chosen.connect(picked.append)
    # Enter comes before the search does.
    qtbot.keyClicks(dialog.search.field, "bo")
    qtbot.keyClick(dialog.search.field, Qt.Key.Key_Return)
    (bo,) = ctx.planner.contact_queries.find("Bo Ek")
    assert picked == [bo]
