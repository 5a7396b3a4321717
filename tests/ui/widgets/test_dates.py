"""Days and times as people type them, and as the window says them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from ui import day_words
from ui.widgets.dates import DateField, TimeField, parsed_date, parsed_time, shown_date, shown_time

TODAY = date(2025, 7, 10)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14/07/2027", date(2027, 7, 14)),
        ("2027-07-14", date(2027, 7, 14)),
        (" 2027-07-14 ", date(2027, 7, 14)),
        ("14/07/27", date(2027, 7, 14)),
        ("31/02/2027", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_typed_day(typed: str, expected: date | None) -> None:
    assert parsed_date(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9pm", time(21)),
        ("9 p.m.", time(21)),
        ("12am", time(0)),
        ("12:15 pm", time(12, 15)),
        ("17h45", time(17, 45)),
        ("24", None),
        ("13pm", None),
        ("9:75", None),
        ("noon-ish", None),
        ("", None),
    ],
)
def test_a_typed_time(typed: str, expected: time | None) -> None:
    assert parsed_time(typed) == expected


@given(st.dates(date(1950, 1, 1), date(2149, 12, 31)), st.sampled_from(["en_GB", "en_US", "de_DE", "sv_SE", "ja_JP"]))
def test_what_a_field_shows_it_reads_back(day: date, locale: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert parsed_date(shown_date(day)) == day
    finally:
        QLocale.setDefault(before)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(["en_GB", "en_US", "de_DE"]))
def test_what_a_time_field_shows_it_reads_back(at: time, locale: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert parsed_time(shown_time(at)) == at
    finally:
        QLocale.setDefault(before)


def test_a_day_is_taken_when_the_field_is_left(qtbot: QtBot) -> None:
    field = DateField("Birthday", date(1980, 3, 2))
    qtbot.addWidget(field)
    field.show()
    assert field.text() == "02/03/1980"
    field.selectAll()
    qtbot.keyClicks(field, "1981-04-05")
    with qtbot.waitSignal(field.changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert changed.args == [date(1981, 4, 5)]
    assert field.text() == "05/04/1981"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert changed.args == [None]


def test_words_no_field_understands_stay_and_are_marked(qtbot: QtBot) -> None:
    field = DateField("Due", None, read=lambda words: TODAY if words == "next Friday" else None)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field, "whenever")
    with qtbot.assertNotEmitted(field.changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "whenever"
    assert field.property("state") == "wrong"
    assert "whenever" in field.toolTip()
    field.selectAll()
    qtbot.keyClicks(field, "next Friday")
    with qtbot.waitSignal(field.changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert changed.args == [TODAY]
    assert field.property("state") == ""


def test_a_day_is_picked_from_a_calendar_that_starts_where_the_locale_says(qtbot: QtBot) -> None:
    field = DateField("Due", TODAY)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    with qtbot.waitSignal(field.changed) as changed:
        calendar.activated.emit(QDate(2025, 7, 14))
    assert changed.args == [date(2025, 7, 14)]


def test_a_time_is_taken_and_a_wrong_one_is_kept(qtbot: QtBot) -> None:
    field = TimeField("At", time(9, 0))
    qtbot.addWidget(field)
    field.show()
    field.selectAll()
    qtbot.keyClicks(field, "4:30pm")
    with qtbot.waitSignal(field.changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert changed.args == [time(16, 30)]
    field.selectAll()
    qtbot.keyClicks(field, "late")
    with qtbot.assertNotEmitted(field.changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "late"
    assert field.at == time(16, 30)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 7, 8), "2 days late"),
        (date(2025, 7, 9), "1 day late"),
        (date(2025, 5, 1), "10 weeks late"),
        (date(2025, 7, 10), "today"),
        (date(2025, 7, 11), "tomorrow"),
        (date(2025, 7, 12), "Sat 12 July"),
        (date(2025, 12, 31), "31 December"),
        (date(2026, 1, 2), "2 January 2026"),
    ],
)
def test_when_something_is_due(day: date, words: str) -> None:
    assert day_words.due_words(day, TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 7, 10), "today"),
        (date(2025, 7, 9), "yesterday"),
        (date(2025, 6, 25), "15 days ago"),
        (date(2025, 5, 8), "9 weeks ago"),
        (date(2024, 7, 10), "12 months ago"),
        (date(2020, 7, 10), "5 years ago"),
    ],
)
def test_how_long_ago_something_was(day: date, words: str) -> None:
    assert day_words.ago_words(day, TODAY) == words


def test_days_in_other_forms() -> None:
    assert day_words.heading_words(TODAY) == "Thursday 10 July"
    assert day_words.range_words(date(2025, 7, 16), date(2025, 7, 20), TODAY) == "Wed 16 – Sun 20 July"
    assert day_words.range_words(date(2026, 6, 30), date(2026, 7, 2), TODAY) == "30 June 2026 – 2 July 2026"
    assert day_words.exact_day(TODAY) == "Thursday, 10 July 2025"
    assert day_words.moment_words(datetime(2025, 7, 10, 9, 12), TODAY) == "today 09:12"  # noqa: DTZ001
    assert day_words.moment_words(datetime(2025, 7, 14, 16, 0), TODAY) == "Mon 16:00"  # noqa: DTZ001


def test_days_in_a_locale_that_says_the_month_first() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    try:
        assert day_words.heading_words(TODAY) == "Thursday, July 10"
        assert day_words.due_words(date(2025, 7, 12), TODAY) == "Sat July 12"
    finally:
        QLocale.setDefault(before)
