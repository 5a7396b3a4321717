"""Tables of real programs, with their habits: preambles, joined values, empty dates, notes of several lines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from planner.contacts.csv_files import Column, Kind, SkippedItem, Target, preview, read_csv
from planner.contacts.records import Address, DateKind, Email, FailedItem, Link, ParsedContact, PartialDate, Phone
from planner.errors import FileUnreadable


def people(data: str | bytes) -> list[ParsedContact]:
    found = list(read_csv(data.encode() if isinstance(data, str) else data))
    assert all(isinstance(item, ParsedContact) for item in found), found
    return [item for item in found if isinstance(item, ParsedContact)]


def connected(year: int, month: int, day: int) -> PartialDate:
    return PartialDate(DateKind.OTHER, year, month, day, "connected on LinkedIn")


LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ann,Berg,https://www.linkedin.example/in/ann,,Fjord AS,Engineer,05 Mar 2024\n"
    "Bo,Carr,https://www.linkedin.example/in/bo,bo@carr.example,,,28 Feb 2024\n"
    ",,,,,,27 Feb 2024\n"
)
PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing, since '
    'the ""members"" decide."\n\n'
)


@pytest.mark.parametrize("preamble", ["", PREAMBLE, "\ufeff", "\ufeff" + PREAMBLE])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_linkedin(preamble: str, newline: str) -> None:
    data = (preamble + LINKEDIN).replace("\n", newline).encode()
    assert preview(data).kind is Kind.LINKEDIN
    ann, bo, nobody = read_csv(data)
    assert isinstance(ann, ParsedContact)
    assert isinstance(bo, ParsedContact)
    assert (ann.details.given, ann.details.family, ann.details.title) == ("Ann", "Berg", "Engineer")
    assert ann.details.links == (Link("https://www.linkedin.example/in/ann", "linkedin"),)
    assert ann.details.dates == (connected(2024, 3, 5),)
    assert bo.details.emails == (Email("bo@carr.example"),)
    assert isinstance(nobody, SkippedItem)
    assert "names nobody" in nobody.reason
    assert "27 Feb 2024" in nobody.source_text
    assert [item.position for item in (ann, bo, nobody)] == [1, 2, 3]


def test_google() -> None:
    data = (
        "First Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
        "E-mail 2 - Value,"
        "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
        "Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value\n"
        'Ann,Berg,--03-07,"first line\nsecond ""line""",Energy ::: Oslo ::: * myContacts,* Work,ann@fjord.example,Home,'
        "ann@home.example ::: ann@old.example,Mobile,+47 900 00 000 ::: +47 900 00 001,Work,"
        '"Gate 1\n0150 Oslo","Gate 1",Oslo,Profile,https://x.example/ann,Anniversary,2011-06-18,Spouse,Carl\n'
    )
    assert preview(data.encode()).kind is Kind.GOOGLE
    (ann,) = people(data)
    details = ann.details
    assert details.emails == (
        Email("ann@fjord.example", "work", preferred=True),
        Email("ann@home.example", "home"),
        Email("ann@old.example", "home"),
    )
    assert details.phones == (Phone("+47 900 00 000", "mobile"), Phone("+47 900 00 001", "mobile"))
    assert details.addresses == (Address(street="Gate 1", city="Oslo", label="work"),)
    assert details.links == (Link("https://x.example/ann", "profile"),)
    assert details.dates == (
        PartialDate(DateKind.BIRTHDAY, None, 3, 7),
        PartialDate(DateKind.ANNIVERSARY, 2011, 6, 18),
    )
    assert details.notes == 'first line\nsecond "line"'
    assert details.tags == ("Energy", "Oslo")
    kept = {item.params[0][1][0]: item.value for item in details.extras}
    assert kept == {"Labels": "* myContacts", "Relation 1 - Label": "Spouse", "Relation 1 - Value": "Carl"}


def test_several_addresses_in_the_cells_of_one() -> None:
    (ann,) = people(
        "Name,Address 1 - Label,Address 1 - Street,Address 1 - City,Phone 1 - Value\n"
        "Ann,Work,A 1 ::: B 2,Oslo ::: Bergen,\n"
    )
    assert ann.details.addresses == (
        Address(street="A 1", city="Oslo", label="work"),
        Address(street="B 2", city="Bergen", label="work"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_outlook(encoding: str, separator: str) -> None:
    headers = [
        "Anrede", "Vorname", "Nachname", "Firma", "Straße geschäftlich", "Straße geschäftlich 2", "Ort geschäftlich",
        "Telefon geschäftlich", "Fax geschäftlich", "E-Mail-Adresse", "E-Mail 2: Adresse", "Geburtstag", "Jahrestag",
        "Kategorien", "Notizen", "Konto",
    ]  # fmt: skip
    cells = [
        "Prof.", "Jörg", "Müller", "Beispiel AG", "Straße 1", "Hinterhof", "Köln", "+49 221 1", "+49 221 2",
        "joerg@beispiel.example", "j@beispiel.example", "7.3.1971", "0.0.00", "Kunden;Köln", "Zwei\r\nZeilen", "K-7",
    ]  # fmt: skip
    lines = [separator.join(f'"{cell}"' for cell in row) for row in (headers, cells)]
    data = ("\r\n".join(lines) + "\r\n").encode(encoding)
    shown = preview(data)
    assert (shown.kind, shown.separator, len(shown.rows)) == (Kind.OUTLOOK, separator, 1)
    (found,) = read_csv(data)
    assert isinstance(found, ParsedContact)
    details = found.details
    assert (details.prefix, details.given, details.family) == ("Prof.", "Jörg", "Müller")
    assert details.addresses == (Address(street="Straße 1\nHinterhof", city="Köln", label="work"),)
    assert details.phones == (Phone("+49 221 1", "work"), Phone("+49 221 2", "work fax"))
    assert details.emails == (Email("joerg@beispiel.example"), Email("j@beispiel.example"))
    assert details.dates == (PartialDate(DateKind.BIRTHDAY, 1971, 3, 7),)
    assert details.tags == ("Kunden", "Köln")
    assert details.notes == "Zwei\nZeilen"
    assert [(item.name, item.value) for item in details.extras] == [("X-KONTO", "K-7")]
    assert not found.doubts


def test_thunderbird() -> None:
    data = (
        "First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Home Address,Home Address 2,"
        "Home City,"
        "Birth Year,Birth Month,Birth Day,Custom 1\n"
        "Ann,Berg,Annie,a@x.example,b@x.example,+1,Road 1,Flat 2,Oslo,,5,9,tall\n"
    )
    assert preview(data.encode()).kind is Kind.THUNDERBIRD
    (ann,) = people(data)
    assert ann.details.name == "Annie"
    assert ann.details.addresses == (Address(street="Road 1\nFlat 2", city="Oslo", label="home"),)
    assert ann.details.dates == (PartialDate(DateKind.BIRTHDAY, None, 5, 9),)
    assert ann.details.extras[0].value == "tall"


def test_hubspot() -> None:
    data = (
        "Record ID,First Name,Last Name,Email,Lifecycle Stage,Associated Company\n"
        "77,Ann,Berg,a@x.example,Lead,Fjord AS\n"
    )
    assert preview(data.encode()).kind is Kind.HUBSPOT
    (ann,) = people(data)
    assert ann.details.organisation == "Fjord AS"
    assert [item.value for item in ann.details.extras] == ["77", "Lead"]


DATES = [
    ("13/07/1980", (1980, 7, 13), False), ("07/13/1980", (1980, 7, 13), False), ("3/7/1980", (1980, 3, 7), True),
    ("3.7.1980", (1980, 7, 3), False), ("1980-07-03", (1980, 7, 3), False), ("--07-03", (None, 7, 3), False),
    ("5 mars 1980", (1980, 3, 5), False), ("März 5, 1980", (1980, 3, 5), False), ("5. März 1980", (1980, 3, 5), False),
    ("5 de mayo de 1980", (1980, 5, 5), False), ("1980年7月3日", (1980, 7, 3), False), ("3 Jul 80", (1980, 7, 3), True),
    ("1604-07-03", (None, 7, 3), False), ("19800703", (1980, 7, 3), False), ("1980-07-03 00:00:00", (1980, 7, 3),
    False),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected", "doubtful"), DATES)
def test_dates_of_every_kind(cell: str, expected: tuple[int | None, int, int], doubtful: bool) -> None:
    (ann,) = people(f'Name,Birthday\nAnn,"{cell}"\n')
    assert ann.details.dates == (PartialDate(DateKind.BIRTHDAY, *expected),)
    assert ("dates" in ann.doubts) == doubtful


def test_one_clear_date_tells_the_order_of_all() -> None:
    found = people("Name,Birthday\nAnn,3/7/1980\nBo,25/7/1980\n")
    assert found[0].details.dates == (PartialDate(DateKind.BIRTHDAY, 1980, 7, 3),)
    assert not found[0].doubts


@pytest.mark.parametrize("cell", ["0/0/00", "00.00.00", "", "0", "0000-00-00"])
def test_no_date_is_no_date(cell: str) -> None:
    (ann,) = people(f"Name,Birthday\nAnn,{cell}\n")
    assert (ann.details.dates, ann.details.extras) == ((), ())


def test_what_can_not_be_read_is_kept_and_said() -> None:
    (ann,) = people("Name,Email,Phone,Birthday,Website\nAnn,urn:li:member:6,ask,soon,no site yet\n")
    assert [item.value for item in ann.details.extras] == ["urn:li:member:6", "soon", "no site yet"]
    assert ann.details.phones == (Phone("ask"),)
    assert set(ann.doubts) == {"emails", "phones", "dates", "links"}


def test_formulas_are_text() -> None:
    (ann,) = people('Name,Company,Notes\n"=1+2","@SUM(A1)","\'=kept as it was"\n')
    assert (ann.details.name, ann.details.organisation, ann.details.notes) == ("=1+2", "@SUM(A1)", "=kept as it was")


def test_a_mapping_by_hand_is_used() -> None:
    data = b"Wer,Wohin\nAnn Berg,ann@x.example\n"
    mapping = preview(data).mapping.with_column(0, Column(Target.NAME)).with_column(1, Column(Target.EMAIL, "work"))
    (found,) = read_csv(data, mapping)
    assert isinstance(found, ParsedContact)
    assert found.details.emails == (Email("ann@x.example", "work"),)


def test_a_table_without_headers_is_read_by_its_content() -> None:
    (ann, bo) = people("Ann Berg,ann@x.example,+47 900 00 000\nBo Carr,bo@x.example,+47 900 00 001\n")
    assert (ann.details.name, bo.details.emails) == ("Ann Berg", (Email("bo@x.example"),))
    assert ann.details.phones == (Phone("+47 900 00 000"),)


def test_one_bad_row_costs_no_other() -> None:
    rows = "".join(f"P{number},p{number}@x.example\n" for number in range(9_000))
    data = f'Name,Email\nAnn,a@x.example\nBad,"never closed\n{rows}'
    found = list(read_csv(data.encode()))
    failed = [item for item in found if isinstance(item, FailedItem)]
    assert [item.source_text for item in failed] == ['Bad,"never closed\n']
    assert len(found) == 9_002


def test_too_many_and_too_few_cells() -> None:
    ann, bo = people("Name,Email\nAnn\nBo,b@x.example,more,even more\n")
    assert ann.details.name == "Ann"
    assert [item.value for item in bo.details.extras] == ["more", "even more"]


def test_excel_says_its_separator() -> None:
    (ann,) = people("sep=;\r\nName;Notes\r\nAnn;a, b, c\r\n")
    assert (ann.details.name, ann.details.notes) == ("Ann", "a, b, c")


def test_a_stream_and_a_path_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(LINKEDIN.encode())
    assert list(read_csv(path)) == list(read_csv(io.BytesIO(LINKEDIN.encode()))) == list(read_csv(LINKEDIN.encode()))
    with pytest.raises(FileUnreadable):
        preview(tmp_path / "none.csv")
