"""Garbage is collected by the main thread, and by no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.collecting import PUT_OFF, MainThreadCollector


class Loop(QWidget):
    """A widget in a cycle, as a lambda over self makes one."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[MainThreadCollector]:
    parent = QObject()
    made = MainThreadCollector(parent)
    yield made
    made.stop()
    gc.disable()  # as the tests of the window run


def churn() -> None:
    kept = [[n] for n in range(200_000)]
    kept.clear()


def test_a_worker_that_allocates_destroys_no_widget(collector: MainThreadCollector) -> None:
    lost = weakref.ref(Loop())
    worker = threading.Thread(target=churn)
    worker.start()
    worker.join()
    assert lost() is not None
    gc.collect()
    assert lost() is None


def test_the_main_thread_collects_when_there_is_enough(collector: MainThreadCollector, qtbot: QtBot) -> None:
    lost = weakref.ref(Loop())
    kept = [[n] for n in range(gc.get_threshold()[0] * 2)]
    qtbot.waitUntil(lambda: lost() is None, timeout=5_000)
    assert kept


def test_a_look_with_nothing_to_do_does_nothing(collector: MainThreadCollector) -> None:
    gc.collect()
    assert collector.look() is None


def test_it_is_put_off_while_long_work_goes_on_but_not_for_ever(qtbot: QtBot) -> None:
    parent = QObject()
    working = True
    collector = MainThreadCollector(parent, lambda: working)
    try:
        lost = weakref.ref(Loop())
        kept = [[n] for n in range(gc.get_threshold()[0] * 2)]
        for _ in range(PUT_OFF):
            assert collector.look() is None
        assert lost() is not None
        assert collector.look() is not None
        more = [[n] for n in range(gc.get_threshold()[0] * 2)]
        assert collector.look() is None
        working = False
        assert collector.look() is not None
        assert kept
        assert more
    finally:
        collector.stop()
        gc.disable()  # as the tests of the window run
