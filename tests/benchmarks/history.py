"""Years of history with very many people: Today reckoned anew, who drifts, the figures of Insights; and whether the
window stays free meanwhile.

Runs in a child process of its own, over a copy of the folder of `people` that is given roles, interactions, exchanges
and promises.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from planner.paths import DataFolder
from planner.relations.records import ExchangeKind
from planner.store import derived
from planner.store.store import Store
from tests.benchmarks.people import ROOT, folder_with
from tests.benchmarks.results import Result, median

FEW, MANY = 10_000, 100_000
INTERACTIONS = 300_000
FIELDS = ("Energy", "Data", "Hiring", "Platforms", "Research", "Rail", "Law", "Policy", "Design", "")


def folder_with_history(number: int) -> DataFolder:
    """So many people, half of them with a role, and three interactions for each on average over four years."""
    plain = folder_with(number)
    folder = DataFolder(plain.root.with_name(f"history-{plain.root.name}"))
    if not (folder.root / "whole").exists():
        for old in plain.root.parent.glob(f"history-people-{number}-*"):
            shutil.rmtree(old)
        shutil.copytree(plain.root, folder.root, ignore=lambda *_: ["whole"])
        with closing(sqlite3.connect(folder.database)) as connection:
            _add_history(connection, number, INTERACTIONS * number // MANY)
            connection.commit()
        from planner.clock import Clock

        with closing(Store(folder.database, Clock(), durable=False)) as store, store.transaction() as connection:
            derived.rebuild(connection)
        (folder.root / "whole").touch()
    return folder


def _add_history(connection: sqlite3.Connection, number: int, interactions: int) -> None:
    dice = random.Random(number)
    today, now = date.today(), datetime.now()  # noqa: DTZ005, DTZ011 - any moment will do
    many = connection.executemany
    roles = ("mentor", "sponsor", "peer", "colleague", "client", "friend")
    connection.execute("DELETE FROM contact_role")
    many(
        "INSERT INTO contact_role (contact_id, role) VALUES (?, ?)",
        ((id, dice.choice(roles)) for id in range(1, number + 1, 2)),
    )
    many(
        "UPDATE contact SET field = ?, tie = ? WHERE id = ?",
        (
            (dice.choice(FIELDS), dice.choice(("strong", "medium", "weak")) if id % 7 == 0 else None, id)
            for id in range(1, number + 1)
        ),
    )
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM interaction").fetchone()[0]
    moments = (now - timedelta(minutes=int(4 * 525_600 * dice.random() ** 2)) for _ in range(interactions))
    many(
        "INSERT INTO interaction (id, uid, kind, at, has_time, text, place, private, created_at) "
        "VALUES (?, ?, ?, ?, 0, '', '', 0, ?)",
        (
            (id, f"h{id}", dice.choice(("met", "call", "email", "message")), at, at)
            for id, at in enumerate((f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in moments), first)
        ),
    )
    many(
        "INSERT INTO interaction_contact (interaction_id, contact_id) VALUES (?, ?)",
        ((id, int(number * dice.random() ** 1.5) + 1) for id in range(first, first + interactions)),
    )
    kinds = list(ExchangeKind)
    many(
        'INSERT INTO exchange (uid, contact_id, direction, kind, "on", text, link) VALUES (?, ?, ?, ?, ?, \'\', \'\')',
        (
            (f"x{n}", dice.randint(1, number), dice.choice(("given", "received")), dice.choice(kinds).value,
             (today - timedelta(days=dice.randint(0, 1400))).isoformat())
            for n in range(number // 4)
        ),
    )  # fmt: skip
    many(
        "INSERT INTO promise (uid, contact_id, direction, text, made_on, due_on, state, closed_on) "
        "VALUES (?, ?, 'mine', 'Send it', ?, ?, 'kept', ?)",
        (
            (f"p{n}", dice.randint(1, number), *((day + timedelta(days=ahead)).isoformat() for ahead in (0, 7, 5)))
            for n, day in enumerate(today - timedelta(days=dice.randint(10, 1400)) for _ in range(number // 10))
        ),
    )


def child(folder: str) -> None:
    """Ask each question a few times, and print the milliseconds as JSON."""
    from planner.app import Planner
    from planner.insights.periods import last_months

    gc.disable()  # as in the window, which collects on its main thread when it has nothing else to do
    with Planner(DataFolder(Path(folder))) as planner:
        planner.prepare()
        year = last_months(12, planner.clock.today())
        print(
            json.dumps(
                {
                    "today": _times(planner.today.get),
                    "drifting": _times(planner.followup_queries.drifting),
                    "find": _times(lambda: planner.contact_queries.find("is:drifting")),
                    "insights": _times(lambda: planner.insights.get(year)),
                }
            )
        )


def _times(ask: Callable[[], object]) -> list[float]:
    ask()
    found = []
    for _ in range(5):
        began = time.perf_counter()
        ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def child_stalls(folder: str) -> None:
    """Ask for the figures in a thread while the main thread's event loop ticks; print the longest gap in ms as JSON."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from planner.app import Planner
    from planner.insights.periods import last_months
    from ui.change_bus import ChangeBus
    from ui.tasks import Tasks

    app = QApplication([])
    gc.disable()
    with Planner(DataFolder(Path(folder))) as planner:
        planner.prepare()
        year = last_months(12, planner.clock.today())
        tasks = Tasks(ChangeBus())
        gaps: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now

        timer = QTimer()
        timer.setInterval(1)
        timer.timeout.connect(tick)
        timer.start()
        tasks.query(lambda: planner.insights.get(year), lambda _: app.quit())
        app.exec()
        tasks.close()
    print(json.dumps({"gaps": gaps}))


def measure(number: int, name: str = "child") -> dict[str, Any]:
    """The numbers of a child process over so many people."""
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.benchmarks import history; "
        f"history.{name}({str(folder_with_history(number).root)!r})"
    )
    command = [sys.executable, "-P", "-c", script]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=os.environ)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(_rounds: int) -> list[Result]:
    """Each question over few and many people."""
    few, many, stalls = measure(FEW), measure(MANY), measure(MANY, "child_stalls")
    return [
        Result(f"Today reckoned anew, {FEW:,} contacts", "ms", median(few["today"]), 50),
        Result(f"the same, {MANY:,} contacts", "ms", median(many["today"]), 50),
        Result(f"who drifts, {MANY:,} contacts", "ms", median(many["drifting"]), 500),
        Result(f"People, “is:drifting”, {MANY:,} contacts", "ms", median(many["find"]), 500),
        Result(f"Insights, {MANY:,} contacts, {INTERACTIONS:,} interactions", "ms", median(many["insights"]), 1_000),
        Result("the window waits meanwhile, at most", "ms", max(stalls["gaps"]), 50),
    ]
