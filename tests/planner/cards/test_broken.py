"""Values that go on in the next line, or were read in pieces: made whole, and certain only where they must be."""

from __future__ import annotations

import pytest

from planner.cards.fields import understood
from planner.cards.records import Box, FieldKind, Line, ReadField
from planner.cards.words import section

ABOVE = ("Annegret Weber", "Director", "Acme GmbH", "")


def placed(*texts: str | tuple[str, str]) -> list[Line]:
    """Lines below each other, an empty one as a gap; a pair is what two looks read."""
    lines: list[Line] = []
    top = 100
    for text in texts:
        first, again = text if isinstance(text, tuple) else (text, None)
        if first:
            lines.append(Line(first, Box.upright(100, top, 100 + 12 * len(first), top + 24), 0.99, again))
        top += 34 if first else 60
    return lines


def reach(*texts: str | tuple[str, str]) -> list[ReadField]:
    """The ways to reach someone on a card with these lines below its name."""
    kinds = (FieldKind.EMAIL, FieldKind.PHONE, FieldKind.LINK)
    return [field for field in understood(placed(*ABOVE, *texts)).fields if field.kind in kinds]


@pytest.mark.parametrize(
    ("lines", "value", "sure"),
    [
        (("annegret.weber@", "acme.de"), "annegret.weber@acme.de", True),
        (("annegret.weber@acme", ".de"), "annegret.weber@acme.de", True),
        (("annegret.weber @acme", ".de"), "annegret.weber@acme.de", True),
        (("annegret.", "weber@acme.de"), "annegret.weber@acme.de", True),
        (("E annegret_", "weber@acme.de"), "annegret_weber@acme.de", True),
        # The name says nothing of "sales": it may stand for itself.
        (("sales-", "north@acme.de"), "sales-north@acme.de", False),
        (("annegret.weber@acme.co", ".uk"), "annegret.weber@acme.co.uk", True),
        (("www.acme.co", ".uk"), "www.acme.co.uk", False),
        (("www.acme.de/", "werkstoffe"), "www.acme.de/werkstoffe", False),
        (("www.acme.de/werk-", "stoffe/neu"), "www.acme.de/werk-stoffe/neu", False),
        (("linkedin.com/in/", "annegret-weber"), "linkedin.com/in/annegret-weber", True),
        (("www.linkedin.com/", "in/annegret-weber"), "www.linkedin.com/in/annegret-weber", True),
        (("+49 221 4710-", "8832"), "+49 221 4710-8832", False),
        (("Tel. +49 221", "47 10 88 32"), "+49 221 47 10 88 32", False),
        (("0676", "834 21 905"), "0676 834 21 905", False),
    ],
)
def test_a_value_on_two_lines_is_one(lines: tuple[str, ...], value: str, sure: bool) -> None:
    (field,) = reach(*lines)
    assert (field.value, field.sure) == (value, sure)


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (("Tel.", "weber@acme.de"), ["weber@acme.de"]),
        (("www.acme.de/", "annegret@acme.de"), ["annegret@acme.de", "www.acme.de/"]),
        (("www.acme.de/", "acme.com"), ["www.acme.de/", "acme.com"]),
        (("10115 Berlin", "030 47 10 88 32"), ["030 47 10 88 32"]),
        (("Suite 300", "(503) 555-0142"), ["(503) 555-0142"]),
        (("+49 221 47108832", "50667"), ["+49 221 47108832"]),
    ],
)
def test_lines_that_only_stand_below_each_other_stay_apart(lines: tuple[str, ...], values: list[str]) -> None:
    assert [field.value for field in reach(*lines)] == values


@pytest.mark.parametrize(
    "lines",
    [
        ("annegret-maria.weber", "hausen@acme.de"),  # which may go on from the line above
        ("annegret weber@acme.de",),  # an underscore was read as a space
        ("annegret .weber@acme.de",),
        ("annegret.weber@acme de",),
        ("annegret.weber@acme.d",),
        ("linkedin.com",),
        ("linkedin.com/in/",),
        ("linkedin.com/in/annegret-",),
        ("+49 221 4710883-",),
        ("+49 221 4710-0/-12",),
        ("+49 221 47108832 / -12",),
        ("12 | 4710 8832",),
        ("acme.de people weber",),  # strokes were read as spaces
        ("ww.acme.de",),
        ("0 -43732 6598-499",),
        ("-43 732 6598 499",),
        ("0 43 664 884 17 62",),
    ],
)
def test_what_may_be_a_part_is_never_certain(lines: tuple[str, ...]) -> None:
    found = reach(*lines)
    assert found
    assert not any(field.sure for field in found)
    assert all(field.doubt for field in found)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("linkedin.com /in /annegret-weber", ["linkedin.com/in/annegret-weber"]),
        ("www.acme.de /karriere", ["www.acme.de/karriere"]),
        ("www.acme.de / www.acme.com", ["www.acme.de", "www.acme.com"]),
        ("acme.de / annegret@acme.de", ["annegret@acme.de", "acme.de"]),
        ("write to annegret@acme.de", ["annegret@acme.de"]),
        ("annegret@acme.deacme.de", ["annegret@acme.de", "acme.de"]),
        ("annegret@acme.dewww.acme.com", ["annegret@acme.de", "www.acme.com"]),
        ("ww.acme.de", ["www.acme.de"]),
        ("wvw.acme.de", ["www.acme.de"]),
        ("wwwacme-werke.de", ["www.acme-werke.de"]),
        ("facebookfacebook.com/acme", ["facebook.com/acme"]),
        ("in/annegret-weber", ["linkedin.com/in/annegret-weber"]),
        ("Mobil 0676 | 834 21 905", ["0676 / 834 21 905"]),
        ("0512 | 58 24 17", ["0512 / 58 24 17"]),
        ("ul. Długa 17/3 +48 58 621 44 70", ["+48 58 621 44 70"]),
        ("0000-0002-1825-0097", []),
        ("Tel.91.577.30.42", ["91.577.30.42"]),
        ("418 555-0134, poste 221", ["418 555-0134, poste 221"]),
        ("206-555-0100-x34", ["206-555-0100-x34"]),
        ("Office: (406) 555-0121 ×14", ["(406) 555-0121 x14"]),
        ("TIf.: 55 31 84 20", ["55 31 84 20"]),
        ("Tel/+34 91 577 30 42", ["+34 91 577 30 42"]),
        ("No.91577 der Liste", []),
        ("0 -43732 6598-499", ["+43732 6598-499"]),
        ("-43 732 6598 499", ["+43 732 6598 499"]),
    ],
)
def test_spaces_and_strokes_that_were_misread(line: str, values: list[str]) -> None:
    assert [field.value for field in reach(line)] == values


def test_a_profile_with_the_name_in_it_is_certain_though_it_was_read_in_pieces() -> None:
    email = "annegret.weber@acme.de"
    (_, profile) = reach(email, "linkedin.com /in /annegret-weber")
    assert profile.sure
    (_, other) = reach(email, "linkedin.com /in /acme-official")
    assert not other.sure


def test_an_email_whose_sign_was_read_as_a_letter_is_known_by_the_host_of_the_card() -> None:
    (email, page) = reach("annegret.webergacme.de", "acme.de/team")
    assert (email.kind, email.value, email.sure) == (FieldKind.EMAIL, "annegret.weber@acme.de", False)
    assert (page.kind, page.value) == (FieldKind.LINK, "acme.de/team")
    (other, _) = reach("annegret.wellingacme.de", "acme.de/team")
    assert other.kind is FieldKind.LINK


def test_a_host_that_another_one_goes_on_from_is_not_certain() -> None:
    email, page = reach("annegret.weber@acme.co", "", "www.acme.co.uk")
    assert not email.sure
    assert page.sure


def test_a_page_beside_the_email_with_its_host_has_a_place_of_its_own() -> None:
    email, page = reach("sk@nordlys.example | nordlys.example")
    assert email.box is not None
    assert page.box is not None
    assert page.box.left > email.box.left + email.box.width


def test_the_mark_of_a_network_is_no_note() -> None:
    notes = understood(placed(*ABOVE, "in linkedin.com/in/annegret-weber")).notes
    assert notes == ()


@pytest.mark.parametrize(
    ("email", "profile", "sure"),
    [
        ("annegret.weber@acme.de", "linkedin.com/in/annegret-weber", True),
        ("annegret.weber@acme.de", "linkedin.com/in/annegretwebar", False),
        (("annegret.webar@acme.de", "annegret.weber@acme.de"), "linkedin.com/in/annegretwebar", False),
        ("annegret.weber@acme.de", "linkedin.com/in/feinmechanik", True),
    ],
)
def test_a_profile_is_held_against_the_name_and_the_mailbox(
    email: str | tuple[str, str], profile: str, sure: bool
) -> None:
    (_, link) = reach(email, profile)
    assert (link.value, link.sure) == (profile, sure)


def test_the_letter_before_a_page_is_not_its_first() -> None:
    (_, page) = reach("annegret.weber@acme.de", "Wacme.de")
    assert (page.value, page.sure) == ("acme.de", False)


def test_an_email_is_not_certain_when_another_line_was_read_two_ways() -> None:
    lines = placed("Niamh Byrne", ("Carrick & Dovle LLP", "Carrick & Doyle LLP"), "", "niamh.byrne@carrickdovle.ie")
    (email,) = [field for field in understood(lines).fields if field.kind is FieldKind.EMAIL]
    assert not email.sure
    assert "carrickdoyle" in email.doubt


def test_long_words_are_not_alike_for_being_long() -> None:
    lines = placed(("Annegret Weber, Acme Feinmechanik", "Annegret Weber Acme Feinmechanlk"), "", "weber@acme.de")
    (email,) = [field for field in understood(lines).fields if field.kind is FieldKind.EMAIL]
    assert email.sure


def test_a_host_is_put_right_with_its_hyphens() -> None:
    lines = placed("Novalis Conseil SAS", "Pierre Lefèvre", "", "pierre.lefevre@novalls-consell.com")
    (email,) = [field for field in understood(lines).fields if field.kind is FieldKind.EMAIL]
    assert (email.value, email.sure) == ("pierre.lefevre@novalis-conseil.com", False)


def test_of_two_looks_at_a_mailbox_the_one_with_the_name_is_shown() -> None:
    (email,) = reach(("1.webar@acme.de", "a.weber@acme.de"))
    assert (email.value, email.sure) == ("a.weber@acme.de", False)


@pytest.mark.parametrize(
    ("name", "read", "shown", "sure"),
    [
        ("Lena Hartwig", "I.hartwig@uk-rabenstein.de", "l.hartwig@uk-rabenstein.de", False),
        ("Ingrid Hartwig", "I.hartwig@uk-rabenstein.de", "I.hartwig@uk-rabenstein.de", True),
        ("Lena Hartwig", "Info@uk-rabenstein.de", "Info@uk-rabenstein.de", True),
    ],
)
def test_a_capital_before_small_letters_may_be_an_l(name: str, read: str, shown: str, sure: bool) -> None:
    lines = placed(name, "Ärztin", "", read, "uk-rabenstein.de")
    (email,) = [field for field in understood(lines).fields if field.kind is FieldKind.EMAIL]
    assert (email.value, email.sure) == (shown, sure)


def test_phrases_of_titles_are_whole_ones() -> None:
    assert {"product owner", "responsable de", "ux researcher"} <= section("title phrases")
    assert not {"product", "de", "researcher"} & section("title phrases")
    lines = placed("Óscar Ruiz", "Catedrático", "Departamento de Historia", "Universidad de Montealto")
    found = {field.kind: field.value for field in understood(lines).fields}
    assert found[FieldKind.TITLE] == "Catedrático"
    assert found[FieldKind.ORGANISATION] == "Universidad de Montealto"
    assert found[FieldKind.DEPARTMENT] == "Departamento de Historia"


def test_the_university_of_the_domain_comes_before_its_institute() -> None:
    lines = placed("Annegret Weiß", "Technische Universität Brackenau", "Institut für Werkstofftechnik", "",
                   "annegret.weiss@tu-brackenau.de")  # fmt: skip
    firm = [field.value for field in understood(lines).fields if field.kind is FieldKind.ORGANISATION]
    assert firm == ["Technische Universität Brackenau"]
