"""Names that were read without spaces or with letters missing, put right by the mailbox and shown as doubtful."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cards.fields import understood
from planner.cards.mailboxes import respelled
from planner.cards.records import FieldKind
from tests.planner.cards.test_broken import placed


@pytest.mark.parametrize(
    ("text", "mailbox", "name"),
    [
        ("KatarzynaNowak", "katarzyna.nowak", "Katarzyna Nowak"),
        ("KATARZYNANOWAK", "katarzyna.nowak", "Katarzyna Nowak"),
        ("DRAGOIONESCU", "dragos.ionescu", "Dragos Ionescu"),
        ("Ing. Tom□ Kratochvl, Ph.D.", "tomas.kratochvil", "Ing. Tomas Kratochvil, Ph.D."),
        ("JürgenWeißenborn", "juergen.weissenborn", "Jürgen Weißenborn"),
        ("NowakKatarzyna", "katarzyna.nowak", "Nowak Katarzyna"),
        ("KatarzynaNowak", "kontakt", "Katarzyna Nowak"),
    ],
)
def test_a_name_is_spelled_as_its_mailbox(text: str, mailbox: str, name: str) -> None:
    found = respelled(text, [mailbox])
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("Norrvolt AB", "ingrid.vale"),
        ("TechNova", "info"),
        ("Customer Service", "customer.services"),
        ("Atelier Belvoir", "atelier.belvoir"),
        ("Lindenstraße 14", "linden.strasse"),
        ("", "a.b"),
        ("Katarzyna", "k.n"),
    ],
)
def test_other_lines_are_left_alone(text: str, mailbox: str) -> None:
    assert respelled(text, [mailbox]) is None


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=3))
def test_whatever_is_read_is_a_name_or_none(text: str, boxes: list[str]) -> None:
    found = respelled(text, boxes)
    assert found is None or (found.name.strip() and 0 < found.score < 0.8)


def test_it_is_shown_as_doubtful_with_what_was_read() -> None:
    lines = placed("KatarzynaNowak", "Specjalista", "", "katarzyna.nowak@technova.pl")
    (name,) = [field for field in understood(lines).fields if field.kind is FieldKind.NAME]
    assert (name.value, name.sure) == ("Katarzyna Nowak", False)
    assert "KatarzynaNowak" in name.doubt


def test_a_name_that_was_read_well_is_kept() -> None:
    lines = placed("TechNova Polska", "Katarzyna Nowak", "", "katarzyna.nowak@technova.pl")
    (name,) = [field for field in understood(lines).fields if field.kind is FieldKind.NAME]
    assert (name.value, name.sure) == ("Katarzyna Nowak", True)


def test_a_name_that_can_be_one_is_not_taken_from_a_misread_mailbox() -> None:
    lines = placed("TORBJÖRN LINDAHL", "Forskare", "", "torbjoern.lindahi@brightwaterexample")
    (name,) = [field for field in understood(lines).fields if field.kind is FieldKind.NAME]
    assert name.value == "Torbjörn Lindahl"
