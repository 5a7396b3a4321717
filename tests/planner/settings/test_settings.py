"""The settings: kept, undone, checked, and templates previewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from planner.app import Planner
from planner.clock import FixedClock
from planner.contacts.records import Role
from planner.errors import Invalid
from planner.followups import builtin
from planner.paths import DataFolder
from planner.settings.preview import placeholders, preview
from planner.settings.records import RHYTHM_BY_ROLE, Me, Settings
from planner.settings.service import check
from planner.store.tables import SettingTable


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Planner]:
    with Planner(DataFolder(tmp_path / "data"), FixedClock()) as opened:
        yield opened


def test_defaults(planner: Planner) -> None:
    assert planner.settings.get() == Settings()
    check(Settings())
    assert set(RHYTHM_BY_ROLE) == set(Role) - {Role.OTHER}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("me", Me("Åsa Ek", "asa@example.org", country="SE", signature="Best,\nÅsa")),
        ("reminder_hour", time(7, 45)),
        ("reminder_minutes", 1440),
        ("calendar_as", "todo"),
        ("working_days", (6, 0, 1)),
        ("rhythms", {Role.MENTOR: 14}),
        ("font_scale", 1.25),
        ("theme", "dark"),
    ],
)
def test_kept_and_undone(planner: Planner, name: str, value: Any) -> None:
    planner.settings.change(**{name: value})
    assert planner.settings.get() == replace(Settings(), **{name: value})
    planner.history.undo()
    assert planner.settings.get() == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day_capacity", 0), ("week_capacity", -1), ("calendar_as", "card"), ("theme", "pink"), ("working_days", ()),
        ("working_days", (7,)), ("rhythms", {Role.PEER: 0}), ("font_scale", 12.0), ("duration_minutes", 0),
        ("vcard_version", "2.1"), ("speaking_words_a_minute", 3), ("reminder_minutes", -5),
    ],
)  # fmt: skip
def test_refused(planner: Planner, name: str, value: Any) -> None:
    before = planner.history.recent()
    with pytest.raises(Invalid):
        planner.settings.change(**{name: value})
    assert planner.settings.get() == Settings()
    assert planner.history.recent() == before


def test_no_such_setting(planner: Planner) -> None:
    with pytest.raises(TypeError):
        planner.settings.change(colour="blue")


def test_the_same_again_is_no_change(planner: Planner) -> None:
    planner.settings.change(day_capacity=7)
    assert not planner.settings.change(day_capacity=7)


@pytest.mark.parametrize("stored", ["", "{", "null", '"x"', "[]", '{"a": 1}', "-3"])
def test_a_damaged_value_counts_as_not_chosen(planner: Planner, stored: str) -> None:
    planner.settings.change(
        day_capacity=7, rhythms={Role.PEER: 7}, working_days=(1,), reminder_hour=time(8), theme="dark"
    )
    with planner.store.write("damage") as work:
        work.session.execute(update(SettingTable).values(value=stored))
    check(planner.settings.get())


# --- previews of templates


def test_every_placeholder_is_explained_and_can_be_filled_in() -> None:
    for text, meaning in placeholders():
        assert meaning
        assert preview("x", "", text).fault is None


def test_what_came_with_the_program_reads_well() -> None:
    for template in builtin.templates().values():
        read = preview(template.name, template.subject, template.body)
        assert read.fault is None
        assert "{{" not in read.body


def test_own_name_and_signature() -> None:
    read = preview("x", "{{ sender.first }}", "{{ sender.signature }}", Me("Åsa Ek", signature="Cheers"))
    assert (read.subject, read.body) == ("Åsa", "Cheers")


def test_fault_with_its_line() -> None:
    read = preview("x", "", "Dear\n{{ contact.frist }}")
    assert read.fault is not None
    assert (read.fault.line, read.fault.name) == (2, "x")


@given(st.text(max_size=60))
def test_never_raises(body: str) -> None:
    preview("x", body, body)
