"""Work off the main thread: one worker that writes, in order, and a few that read."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from planner.changes import Changes
from planner.errors import Cancelled, UserError
from ui.change_bus import ChangeBus

R = TypeVar("R")
Done = Callable[[R], object]
Failed = Callable[[Exception], object]
#: progress(done, total or None, words): called from the job's thread, as often as it likes.
Progress = Callable[..., None]


@dataclass
class Job:
    """A long piece of work that is shown with a bar and can be cancelled."""

    title: str
    cancel_event: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at the next good place."""
        self.cancel_event.set()


class Tasks(QObject):
    """Runs planner's services for the window. Callbacks come on the main thread; those of deleted widgets do not come.

    A `UserError` goes to `failed(error)` of the call if it was given, else to `user_error`. Any other exception goes to
    `bug`, and to `failed` as well, so that a page can put itself right.
    """

    user_error = Signal(object)  # UserError
    bug = Signal(object)  # any other exception
    busy_changed = Signal(bool)  # something has been under way
    job_started = Signal(object)  # Job
    job_progress = Signal(object, object, object, str)  # Job, done, total or None, words
    job_finished = Signal(object)  # Job
    closing = Signal()  # ask for nothing more
    _wake = Signal()

    def __init__(self, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(3, thread_name_prefix="reader")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._results: deque[Callable[[], None]] = deque()
        self._arrived = threading.Condition()
        self._pending = 0
        self._latest: dict[Hashable, int] = {}
        self._serial = 0
        self._running: list[Job] = []
        self._closed = False
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self._pending > 0

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The long jobs under way."""
        return tuple(self._running)

    def command(
        self,
        fn: Callable[..., Changes],
        *args: Any,
        done: Done[Changes] | None = None,
        failed: Failed | None = None,
        **kwargs: Any,
    ) -> None:
        """Run one of planner's commands after those before it; its Changes go to the bus, then to `done`."""

        def finished(changes: Changes) -> None:
            if isinstance(changes, Changes):
                self._bus.publish(changes)
            _call(done, changes)

        self._submit(self._writer, lambda: fn(*args, **kwargs), finished, failed)

    def query(
        self,
        fn: Callable[[], R],
        done: Done[R],
        failed: Failed | None = None,
        key: Hashable | None = None,
        *,
        aside: bool = False,
    ) -> None:
        """Ask something; `done` gets the answer. A newer query with the same key makes this one's answer void.

        With `aside` it waits for its turn among the others that nobody waits for: each thread at work makes the main
        thread wait the longer for the interpreter, and several make keys stick.

        After `close` nobody is there to see an answer: a timer that still asks is passed over.
        """
        if self._closed:
            return
        serial = None
        if key is not None:
            self.forget(key)
            serial = self._serial

        def is_void() -> bool:
            return serial is not None and self._latest.get(key) != serial

        def work() -> Any:
            return _VOID if is_void() else fn()

        def finished(answer: Any) -> None:
            if answer is not _VOID and not is_void():
                _call(done, answer)

        def not_finished(error: Exception) -> None:
            if not is_void():
                self._failed(error, failed)

        self._submit(self._aside if aside else self._readers, work, finished, failed, not_finished)

    def forget(self, key: Hashable) -> None:
        """Make void what was asked with this key and is not answered yet."""
        self._serial += 1
        self._latest[key] = self._serial

    def job(
        self,
        title: str,
        fn: Callable[[Progress, Callable[[], bool]], R],
        done: Done[R] | None = None,
        failed: Failed | None = None,
        writes: bool = False,
    ) -> Job:
        """Run long work with a bar and Cancel: `fn(progress, cancelled)`; `progress(3, 10)`, `progress(3, None, "…")`.

        `cancelled()` tells whether to stop; then return what there is or raise planner.errors.Cancelled, which is not
        shown as an error. With `writes` it runs among the commands, in order. Changes it returns go to the bus.
        """
        job = Job(title)

        def progress(at: int, total: int | None = None, words: str = "") -> None:
            self.job_progress.emit(job, at, total, words)

        def finished(result: R) -> None:
            self._end(job)
            if isinstance(result, Changes):
                self._bus.publish(result)
            _call(done, result)

        def not_finished(error: Exception) -> None:
            self._end(job)
            self._failed(error, failed)

        self._running.append(job)
        self.job_started.emit(job)
        pool = self._writer if writes else self._readers
        self._submit(pool, lambda: fn(progress, job.cancel_event.is_set), finished, failed, not_finished)
        return job

    def flush(self, timeout: float = 30.0) -> bool:
        """Wait until everything asked for is done and delivered, follow-up work included. False after `timeout` s."""
        while True:
            self._drain()
            with self._arrived:
                if self._pending == 0:
                    return True
                if not self._results and not self._arrived.wait(timeout):
                    return False

    def close(self, timeout: float = 30.0) -> bool:
        """Finish what was asked for, stop long jobs, and end the threads."""
        self.closing.emit()
        for job in self.jobs:
            job.cancel()
        finished = self.flush(timeout)
        self._closed = True
        self._writer.shutdown(wait=finished, cancel_futures=not finished)
        self._readers.shutdown(wait=finished, cancel_futures=True)
        self._aside.shutdown(wait=finished, cancel_futures=True)
        return finished

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        finished: Callable[[Any], object],
        failed: Failed | None,
        not_finished: Callable[[Exception], object] | None = None,
    ) -> None:
        self._pending += 1
        if self._pending == 1:
            self.busy_changed.emit(True)
        on_error = not_finished or (lambda error: self._failed(error, failed))

        def deliver(future: Future[Any]) -> None:
            error = future.exception()
            if error is None:
                result: Callable[[], object] = lambda: finished(future.result())  # noqa: E731
            elif isinstance(error, Exception):
                result = lambda: on_error(error)  # noqa: E731
            else:
                result = lambda: None  # noqa: E731
            with self._arrived:
                self._results.append(lambda: self._deliver(result))
                self._arrived.notify_all()
            if isValid(self):
                self._wake.emit()

        pool.submit(work).add_done_callback(deliver)

    def _deliver(self, result: Callable[[], object]) -> None:
        try:
            result()
        finally:
            self._pending -= 1
            if self._pending == 0:
                self.busy_changed.emit(False)

    def _drain(self) -> None:
        while True:
            with self._arrived:
                if not self._results:
                    return
                result = self._results.popleft()
            result()

    def _failed(self, error: Exception, failed: Failed | None) -> None:
        if isinstance(error, Cancelled):
            _call(failed, error)
        elif isinstance(error, UserError):
            if failed is not None:
                _call(failed, error)
            else:
                self.user_error.emit(error)
        else:
            self.bug.emit(error)
            _call(failed, error)

    def _end(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            self.job_finished.emit(job)


_VOID = object()


def _call(callback: Callable[[Any], object] | None, value: Any) -> None:
    """Call back, unless the widget whose method it is has been deleted meanwhile."""
    if callback is None:
        return
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    callback(value)
