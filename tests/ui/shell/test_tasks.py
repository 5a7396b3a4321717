"""Work off the main thread: order, supersession, errors, cancelling, and nothing lost at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.changes import Changes
from planner.errors import Bug, Cancelled, Invalid
from ui.change_bus import ChangeBus
from ui.tasks import Job, Progress, Tasks

ADDED = Changes(1, "add Ingrid Vale", {"contact": frozenset({5})})


@pytest.fixture
def bare(qapp: QApplication) -> Tasks:
    """Tasks whose bugs do not fail the test."""
    made = Tasks(ChangeBus(qapp))
    yield made
    made.close()


def test_commands_run_one_after_another_off_the_main_thread(tasks: Tasks) -> None:
    ran: list[tuple[int, bool]] = []

    def command(number: int) -> Changes:
        ran.append((number, threading.current_thread() is threading.main_thread()))
        return Changes()

    for number in range(20):
        tasks.command(command, number)
    assert tasks.flush()
    assert ran == [(number, False) for number in range(20)]


def test_changes_reach_the_bus_before_the_caller_on_the_main_thread(tasks: Tasks) -> None:
    order: list[object] = []
    bus: ChangeBus = tasks.bus  # type: ignore[attr-defined]
    bus.changed.connect(lambda changes: order.append(("bus", changes)))

    def done(changes: Changes) -> None:
        order.append(("done", threading.current_thread() is threading.main_thread()))

    tasks.command(lambda: ADDED, done=done)
    tasks.command(Changes)
    tasks.flush()
    assert order == [("bus", ADDED), ("done", True)]


def test_only_the_newest_answer_to_a_question_counts(tasks: Tasks) -> None:
    gate = threading.Event()
    answers: list[str] = []

    def slow() -> str:
        gate.wait(5)
        return "slow"

    tasks.query(slow, answers.append, key="search")
    tasks.query(lambda: "newer", answers.append, key="search")
    tasks.query(lambda: "other", answers.append, key="elsewhere")
    gate.set()
    tasks.flush()
    assert sorted(answers) == ["newer", "other"]


def test_the_error_of_a_superseded_question_is_not_told(bare: Tasks) -> None:
    told: list[object] = []
    bare.user_error.connect(told.append)
    gate = threading.Event()

    def fail() -> str:
        gate.wait(5)
        raise Invalid("Search", "it is old")

    bare.query(fail, told.append, key="search")
    bare.query(lambda: "newer", told.append, key="search")
    gate.set()
    bare.flush()
    assert told == ["newer"]


def test_a_users_error_goes_to_the_caller_or_to_the_window(bare: Tasks) -> None:
    told: list[object] = []
    mine: list[object] = []
    bare.user_error.connect(told.append)

    def fail() -> Changes:
        raise Invalid("Name", "it is empty")

    bare.command(fail)
    bare.command(fail, failed=mine.append)
    bare.flush()
    assert len(told) == len(mine) == 1
    assert isinstance(mine[0], Invalid)


def test_a_bug_is_reported_and_the_caller_can_put_itself_right(bare: Tasks) -> None:
    bugs: list[object] = []
    mine: list[object] = []
    bare.bug.connect(bugs.append)

    def fail() -> Changes:
        raise Bug("broken")

    bare.command(fail, failed=mine.append)
    bare.flush()
    assert bugs == mine
    assert isinstance(bugs[0], Bug)


def test_a_failing_command_does_not_stop_the_next(bare: Tasks) -> None:
    done: list[Changes] = []

    def fail() -> Changes:
        raise Invalid("Name", "it is empty")

    bare.command(fail)
    bare.command(lambda: ADDED, done=done.append)
    bare.flush()
    assert done == [ADDED]


def test_a_deleted_widget_is_not_called_back(tasks: Tasks) -> None:
    class Page(QObject):
        def show(self, answer: str) -> None:
            raise AssertionError("called after it was deleted")

    page = Page()
    gate = threading.Event()
    tasks.query(lambda: gate.wait(5) and "answer", page.show)
    from shiboken6 import delete

    delete(page)
    gate.set()
    tasks.flush()


def test_flush_waits_for_what_answers_ask_for_in_turn(tasks: Tasks) -> None:
    order: list[str] = []

    def then(_: object) -> None:
        order.append("first")
        tasks.command(lambda: ADDED, done=lambda _: order.append("second"))

    tasks.query(lambda: 1, then)
    assert tasks.flush()
    assert order == ["first", "second"]
    assert not tasks.is_busy


def test_a_job_tells_how_far_it_is_and_can_be_cancelled(tasks: Tasks, qtbot: QtBot) -> None:
    progress_seen: list[tuple[int, int | None, str]] = []
    tasks.job_progress.connect(lambda job, done, total, words: progress_seen.append((done, total, words)))
    ended: list[Job] = []
    tasks.job_finished.connect(ended.append)
    failed: list[Exception] = []
    at_work = threading.Event()

    def work(progress: Progress, cancelled: Callable[[], bool]) -> int:
        progress(1, 10, "one")
        at_work.set()
        while not cancelled():
            threading.Event().wait(0.001)
        raise Cancelled

    job = tasks.job("Importing", work, failed=failed.append)
    assert tasks.jobs == (job,)
    assert at_work.wait(5)
    job.cancel()
    tasks.flush()
    QApplication.processEvents()
    assert progress_seen == [(1, 10, "one")]
    assert ended == [job]
    assert isinstance(failed[0], Cancelled)


def test_a_jobs_changes_reach_the_bus(tasks: Tasks) -> None:
    published: list[Changes] = []
    bus: ChangeBus = tasks.bus  # type: ignore[attr-defined]
    bus.changed.connect(published.append)
    results: list[Changes] = []
    tasks.job("Importing", lambda progress, cancelled: ADDED, results.append, writes=True)
    tasks.flush()
    assert published == results == [ADDED]


def test_closing_finishes_what_was_asked_for(qapp: QApplication) -> None:
    closing = Tasks(ChangeBus(qapp))
    written: list[int] = []

    def write(number: int) -> Changes:
        threading.Event().wait(0.001)
        written.append(number)
        return Changes()

    for number in range(30):
        closing.command(write, number)
    assert closing.close()
    assert written == list(range(30))


def test_a_question_after_closing_is_passed_over_and_a_command_is_not(qapp: QApplication) -> None:
    made = Tasks(ChangeBus())
    made.close()
    made.query(lambda: 1, lambda _: pytest.fail("nobody is there to see it"))
    assert not made.is_busy
    with pytest.raises(RuntimeError, match="shutdown"):
        made.command(lambda: Changes("rename Ingrid"))


def test_flush_gives_up_after_its_time(bare: Tasks) -> None:
    gate = threading.Event()
    bare.query(lambda: gate.wait(5), lambda _: None)
    assert not bare.flush(timeout=0.01)
    gate.set()
    assert bare.flush()
