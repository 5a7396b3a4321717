"""The name of an organisation made whole, and its legal form spelled as it should be."""

from __future__ import annotations

import pytest

from planner.cards import firms
from planner.cards.fields import understood
from planner.cards.records import Box, FieldKind, Line


@pytest.mark.parametrize(
    ("read", "spelled"),
    [
        ("Bursztyn Soft Sp. z 0.0.", "Bursztyn Soft Sp. z o.o."),
        ("Bursztyn Soft Sp. z o.0.", "Bursztyn Soft Sp. z o.o."),
        ("Vetro S.r.1.", "Vetro S.r.l."),
        ("Vetro S.r.I.", "Vetro S.r.l."),
        ("Anadolu Tekstil A.§.", "Anadolu Tekstil A.Ş."),
        ("Rede I.A.", "Rede I.A."),
        ("Norrvolt AB", "Norrvolt AB"),
        ("Studio 1.0", "Studio 1.0"),
    ],
)
def test_letters_of_a_legal_form(read: str, spelled: str) -> None:
    assert firms.spelled(read) == spelled
    assert firms.spelled(spelled) == spelled


@pytest.mark.parametrize("read", ["| Norrvolt  AB ·", "– Norrvolt AB®", "Norrvolt AB"])
def test_signs_around_a_name_go(read: str) -> None:
    assert firms.tidy(read) == "Norrvolt AB"


@pytest.mark.parametrize(
    ("lines", "domain", "organisation"),
    [
        (("Transportes Cerro Azul", "S.A. de C.V."), "cerroazul", "Transportes Cerro Azul S.A. de C.V."),
        (("Tessloh Messtechnik", "GmbH"), "tessloh", "Tessloh Messtechnik GmbH"),
        (("Norrvolt AB",), "norrvolt", "Norrvolt AB"),
        (("Kanzlei Grünwald & Partner", "mbB"), "gruenwald-partner", "Kanzlei Grünwald & Partner mbB"),
        (("Officine Valsesia S.r.I.",), "officinevalsesia", "Officine Valsesia S.r.l."),
        (("Polbud Inżynieria Sp. z", "o.o."), "polbud-inz", "Polbud Inżynieria Sp. z o.o."),
    ],
)
def test_a_name_over_several_lines(lines: tuple[str, ...], domain: str, organisation: str) -> None:
    placed = [(60, 50 + 34 * at, text, 30) for at, text in enumerate(lines)]
    placed += [
        (60, 260, "Mateo Weber", 40),
        (60, 310, "Operations Manager", 26),
        (60, 420, f"mateo.weber@{domain}.example", 26),
    ]
    read = [
        Line(text, Box.upright(x, y, x + int(0.55 * high * len(text)), y + high), 0.98) for x, y, text, high in placed
    ]
    found = [field.value for field in understood(read).fields if field.kind is FieldKind.ORGANISATION]
    assert found == [organisation]
