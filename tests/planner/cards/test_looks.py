"""What two looks at a line read differently: the likelier one is taken, and stays marked as doubtful."""

from __future__ import annotations

import pytest

from planner.cards import looks
from planner.cards.fields import understood
from planner.cards.records import Box, FieldKind, Line, ReadField


def card(*lines: str | tuple[str, str]) -> list[ReadField]:
    """The fields of lines read from a picture; of a pair, the second is what a second look read."""
    made = []
    for at, line in enumerate(lines):
        text, again = line if isinstance(line, tuple) else (line, line)
        made.append(Line(text, Box.upright(50, 50 + 60 * at, 50 + 18 * len(text), 90 + 60 * at), 0.97, again))
    return list(understood(made).fields)


def of(kind: FieldKind, fields: list[ReadField]) -> list[ReadField]:
    return [field for field in fields if field.kind is kind]


@pytest.mark.parametrize(
    ("read", "other", "beside", "likelier"),
    [
        ("+52 55555 0134", "+52 55 5555 0134", (), "+52 55 5555 0134"),
        ("+52 55 5555 0134", "+52 55555 0134", (), "+52 55 5555 0134"),
        ("+49 71/55 01-2999", "+49 711/55 01-299", ("+49 711/55 01-230",), "+49 711/55 01-299"),
        ("+46 40 123 456", "", (), "+46 40 123 456"),
        ("+46 40 123 456", "+46 40 123 457", (), "+46 40 123 456"),
    ],
)
def test_the_likelier_number(read: str, other: str, beside: tuple[str, ...], likelier: str) -> None:
    assert looks.likelier(read, other, beside, ()) == likelier


def test_a_number_chosen_of_two_is_doubtful() -> None:
    [phone] = of(FieldKind.PHONE, card("Mateo Villaseñor", ("Tel. +52 55555 0134", "Tel. +52 55 5555 0134")))
    assert phone.value == "+52 55 5555 0134"
    assert not phone.sure


def test_a_misread_domain_is_spelled_as_firm_and_email_have_it() -> None:
    fields = card("COPPERLINE FREIGHT", "marcus@copperlinefreight.example", "www.copperlinetreight.example")
    [link] = of(FieldKind.LINK, fields)
    assert link.value == "www.copperlinefreight.example"
    assert not link.sure


def test_a_domain_that_only_resembles_the_firm_stays() -> None:
    fields = card("Novatec Systems", "Ingrid Vale", "ingrid.vale@novatek.example")
    [email] = of(FieldKind.EMAIL, fields)
    assert email.value == "ingrid.vale@novatek.example"


def test_hyphens_of_a_domain_are_kept() -> None:
    fields = card("Schreinerei Ehrlacher", "info@schreinerel-ehrlacher.example", "www.schreinerei-ehrlacher.example")
    [email] = of(FieldKind.EMAIL, fields)
    assert email.value == "info@schreinerei-ehrlacher.example"
    assert not email.sure


def test_an_at_sign_read_as_a_letter() -> None:
    fields = card("Oliver Kwan", "oliverükwan.example", "+1 415 555 0162")
    [email] = of(FieldKind.EMAIL, fields)
    assert email.value == "oliver@kwan.example"
    assert not email.sure
    assert not of(FieldKind.LINK, fields)


def test_a_domain_with_an_umlaut_stays_a_link() -> None:
    fields = card("Tobias Ehrlacher", "www.müller-bau.example")
    assert not of(FieldKind.EMAIL, fields)


@pytest.mark.parametrize("read", ["into", "lnfo", "inf0"])
def test_the_commonest_mailbox(read: str) -> None:
    [email] = of(FieldKind.EMAIL, card("Norrvolt AB", "Ingrid Vale", f"{read}@norrvolt.example"))
    assert email.value == "info@norrvolt.example"
    assert not email.sure


def test_a_letter_misread_in_a_long_ending() -> None:
    [link] = of(FieldKind.LINK, card("Atlas Béton SARL", "www.atlasbeton.cxample"))
    assert link.value == "www.atlasbeton.example"
    assert not link.sure


def test_the_name_decides_between_two_readings_of_a_mailbox() -> None:
    fields = card(
        "Lorna Petrie", "Hartfieldtx", ("lpetric@hartfieldtx.example", "petrie@hartfieldtx.example"), "+1 617 555 0144"
    )
    [email] = of(FieldKind.EMAIL, fields)
    assert email.value == "lpetrie@hartfieldtx.example"
    assert not email.sure
