"""Photographed cards, drawn with what they say known, through the real text reader. The benchmark scores many more."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from planner.cards import ocr
from planner.cards.ocr import TextReader
from planner.cards.reading import CardReader
from planner.cards.records import FieldKind, Reading
from tests.fixtures.cards import drawing
from tests.fixtures.cards.scores import Scores

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ocr.available(), reason="the text reader (rapport[scan]) is not installed"),
]

SEEDS = (1, 12)
HARD = (FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK)


@pytest.fixture(scope="module")
def reader() -> Iterator[CardReader]:
    text_reader = TextReader(timeout=120)
    yield CardReader(text_reader)
    text_reader.close()


def test_cards_of_our_own_are_read(reader: CardReader) -> None:
    scores = Scores()
    for seed in SEEDS:
        drawn = drawing.photographed(seed)
        (card,) = reader.read(drawn.jpeg(), f"{seed}.jpg")
        assert isinstance(card, Reading)
        scores.add(drawn.truth, card.fields, f"{seed} {drawn.how}")
    assert scores.unmarked == []
    assert scores.rate(*HARD) >= 0.95, scores.missed
    assert scores.rate(FieldKind.NAME, FieldKind.TITLE, FieldKind.ORGANISATION) >= 0.9, scores.missed


@pytest.mark.parametrize("turn", [90, 180])
def test_a_card_that_lies_on_its_side_is_set_upright(reader: CardReader, turn: int) -> None:
    drawn = drawing.card(SEEDS[0])
    turned = drawing.Drawn(drawn.image.rotate(turn, expand=True), drawn.truth, "turned")
    (card,) = reader.read(turned.jpeg(), "turned.jpg")
    assert isinstance(card, Reading)
    assert card.size == drawn.image.size
    assert card.values(FieldKind.EMAIL) == list(drawn.truth.emails)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_card_taken_at_an_angle(reader: CardReader, seed: int) -> None:
    drawn = drawing.card(seed)
    askew = drawing.Drawn(drawing.tilted(drawn.image, random.Random(seed)), drawn.truth, "askew")
    (card,) = reader.read(askew.jpeg(), "askew.jpg")
    assert isinstance(card, Reading)
    assert card.name == drawn.truth.name
    assert card.values(FieldKind.EMAIL) == list(drawn.truth.emails)


def test_several_cards_on_one_picture(reader: CardReader) -> None:
    table = drawing.several((8, 9))
    found = reader.read(drawing.Drawn(table, drawing.person(8), "").jpeg(), "table.jpg")
    names = [card.name for card in found if isinstance(card, Reading)]
    assert sorted(names) == sorted((drawing.person(8).name, drawing.person(9).name))
    assert [card.position for card in found] == [1, 2]
    assert all(isinstance(card, Reading) and card.region is not None for card in found)
