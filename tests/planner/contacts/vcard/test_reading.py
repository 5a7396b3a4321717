"""What real programs write, each habit as a row: the lines of a card, and what they must come to."""

from __future__ import annotations

from typing import Any

import pytest

from planner.contacts.records import (
    Address,
    DateKind,
    Email,
    FailedItem,
    Link,
    ParsedContact,
    PartialDate,
    Phone,
    Role,
    VCardProperty,
)
from planner.contacts.vcard import read_vcards, write_vcard


def cards(data: bytes | str) -> list[ParsedContact | FailedItem]:
    return list(read_vcards(data.encode() if isinstance(data, str) else data))


def read(lines: str, version: str = "3.0") -> ParsedContact:
    found = cards(f"BEGIN:VCARD\nVERSION:{version}\n{lines}\nEND:VCARD\n")
    assert len(found) == 1
    assert isinstance(found[0], ParsedContact), found
    return found[0]


def birthday(year: int | None = None, month: int | None = None, day: int | None = None) -> tuple[PartialDate, ...]:
    return (PartialDate(DateKind.BIRTHDAY, year, month, day),)


FIELDS: list[tuple[str, str, str, dict[str, Any]]] = [
    # names
    ("parts of a name", "3.0", "N:Doe;Ann;B. C.;Dr.;MD",
     {"family": "Doe", "given": "Ann", "additional": "B. C.", "suffix": "MD"}),
    ("several values in a part", "3.0", "N:Doe;Ann;Bea,Cy;;MD,PhD", {"additional": "Bea Cy", "suffix": "MD, PhD"}),
    ("an escaped comma is a comma", "3.0", r"N:Doe;Ann;Bea\, Cy", {"additional": "Bea, Cy"}),
    ("2.1 has no lists", "2.1", "N:Doe;Ann;Bea,Cy", {"additional": "Bea,Cy"}),
    ("an escaped semicolon", "2.1", r"ORG:A\;B;C", {"organisation": "A;B", "department": "C"}),
    ("several units", "3.0", "ORG:A;B;C", {"organisation": "A", "department": "B, C"}),
    ("a name that only repeats its parts", "3.0", "N:Doe;Ann\nFN:Ann Doe", {"name": "", "given": "Ann"}),
    ("a name of its own", "3.0", "N:Doe;Ann\nFN:Annie", {"name": "Annie"}),
    ("nicknames", "3.0", "NICKNAME:Ann,Annie", {"nickname": "Ann, Annie"}),
    ("how it is spoken", "3.0", "X-PHONETIC-LAST-NAME:Dow\nX-PHONETIC-FIRST-NAME:An", {"phonetic": "An Dow"}),
    ("how Japanese handsets spell it", "2.1", "SOUND;X-IRMC-N:アン;ドウ;;;", {"phonetic": "アン ドウ"}),
    # heads
    ("lower case, blanks, bare types", "2.1", "tel;cell;voice :+1", {"phones": (Phone("+1", "mobile"),)}),
    ("types in one list", "3.0", "TEL;TYPE=home,FAX,pref:+1", {"phones": (Phone("+1", "home fax", preferred=True),)}),
    ("types in quotes", "4.0", 'TEL;TYPE="work,cell":+1', {"phones": (Phone("+1", "work mobile"),)}),
    ("a colon in quotes", "3.0", 'TEL;TYPE="a:b,c":+1', {"phones": (Phone("+1", "a:b,c"),)}),
    ("a quote that never closes", "3.0", 'TEL;TYPE="work:+1', {"phones": (Phone("+1", '"work'),)}),
    ("carets in parameters", "4.0", "TEL;TYPE=a^'b^^c:+1", {"phones": (Phone("+1", 'a"b^c'),)}),
    ("preference by number", "4.0", "EMAIL;PREF=1:a@b.example", {"emails": (Email("a@b.example", preferred=True),)}),
    ("a handset's own type", "2.1", "TEL;X-NEC-SECRET:9", {"phones": (Phone("9", "NEC-SECRET"),)}),
    ("a mail address as URI", "4.0", "EMAIL;VALUE=uri:mailto:a@b.example", {"emails": (Email("a@b.example"),)}),
    ("a mail address with its name", "3.0", 'EMAIL:"Ann" <a@b.example>', {"emails": (Email("a@b.example"),)}),
    ("a number as URI", "4.0", "TEL;VALUE=uri:tel:+1-555;ext=7", {"phones": (Phone("+1-555;ext=7"),)}),
    ("controls behind percent signs", "4.0", "TEL:tel:+1%1055", {"phones": (Phone("+155"),)}),
    ("an internet call", "4.0", "TEL;TYPE=home:sip:a@b.example",
     {"links": (Link("sip:a@b.example", "sip"),), "phones": ()}),
    # groups
    ("a label in words", "3.0", "item1.TEL:+1\nitem1.X-ABLabel:Boat", {"phones": (Phone("+1", "Boat"),)}),
    ("Apple's own label", "3.0", "item1.TEL:+1\nitem1.X-ABLabel:_$!<Mobile>!$_", {"phones": (Phone("+1", "mobile"),)}),
    ("Apple's label before its line", "3.0", "a.X-ABLabel:_$!<HomePage>!$_\na.URL:http\\://x.example",
     {"links": (Link("http://x.example", "website"),)}),
    ("a day with Apple's label", "3.0", "a.X-ABDATE:2011-06-18\na.X-ABLabel:_$!<Anniversary>!$_",
     {"dates": (PartialDate(DateKind.ANNIVERSARY, 2011, 6, 18),)}),
    # dates
    ("a plain birthday", "3.0", "BDAY:1980-03-22", {"dates": birthday(1980, 3, 22)}),
    ("without dashes", "2.1", "BDAY:19800322", {"dates": birthday(1980, 3, 22)}),
    ("with a time", "3.0", "BDAY:1980-03-22T23:00:00Z", {"dates": birthday(1980, 3, 22)}),
    ("no year", "4.0", "BDAY:--0509", {"dates": birthday(None, 5, 9)}),
    ("no year, with a dash", "3.0", "BDAY:--05-09", {"dates": birthday(None, 5, 9)}),
    ("Apple's no year", "3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-09", {"dates": birthday(None, 5, 9)}),
    ("year and month", "4.0", "BDAY:1985-04", {"dates": birthday(1985, 4)}),
    ("a year", "4.0", "BDAY:1985", {"dates": birthday(1985)}),
    ("a month", "4.0", "BDAY:--04", {"dates": birthday(None, 4)}),
    ("a day of any month", "4.0", "BDAY:---12", {"dates": birthday(None, None, 12)}),
    ("a leap day without its year", "4.0", "BDAY:--0229", {"dates": birthday(None, 2, 29)}),
    ("an unpadded date", "3.0", "BDAY:1985-4-2", {"dates": birthday(1985, 4, 2)}),
    ("a day that no month has", "3.0", "BDAY:1985-02-30", {"dates": ()}),
    ("words", "4.0", "BDAY;VALUE=text:circa 1800", {"dates": ()}),
    ("Evolution's anniversary", "3.0", "X-EVOLUTION-ANNIVERSARY:2001-02-03",
     {"dates": (PartialDate(DateKind.ANNIVERSARY, 2001, 2, 3),)}),
    ("Android's events", "2.1", "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-02-03;0;Moved;;;",
     {"dates": (PartialDate(DateKind.OTHER, 2001, 2, 3, "Moved"),)}),
    ("Android's nickname", "2.1", "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Bo;1;;;", {"nickname": "Bo"}),
    # encodings of lines
    ("quoted-printable", "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=3Dc", {"notes": "a\nb=c"}),
    ("quoted-printable over lines", "2.1", "NOTE;QUOTED-PRINTABLE:one=\n two=\nthree", {"notes": "one twothree"}),
    ("a soft break before a property", "2.1", "NOTE;QUOTED-PRINTABLE:one=\nTEL:+1",
     {"notes": "one", "phones": (Phone("+1"),)}),
    ("a code parted by the line end", "2.1", "NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:a=C3=\n=A9", {"notes": "aé"}),
    ("continued without a soft break", "2.1", "NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:a=C3\n=A9b", {"notes": "aéb"}),
    ("semicolons in quoted-printable", "2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:D=C3=B6e;Ann",
     {"family": "Döe", "given": "Ann"}),
    ("folded with a tab", "3.0", "NOTE:one t\n\two", {"notes": "one two"}),
    ("folded at a blank, as 2.1 does", "2.1", "NOTE:one\n two", {"notes": "one two"}),
    ("folded at a column in 2.1", "2.1", f"NOTE:{'x' * 70}\n {'y' * 74}\n z", {"notes": "x" * 70 + "y" * 74 + "z"}),
    ("broken without folding", "3.0", "NOTE:one\ntwo and three\nTEL:+1",
     {"notes": "one\ntwo and three", "phones": (Phone("+1"),)}),
    ("a web address on the next line", "3.0", "NOTE:see\nhttp://x.example", {"notes": "see\nhttp://x.example"}),
    ("escapes", "3.0", r"NOTE:a\nb\Nc\, d\; e\\n \"f\" http\://x", {"notes": 'a\nb\nc, d; e\\n "f" http://x'}),
    ("a backslash of its own in 2.1", "2.1", r"NOTE:c:\temp\;x", {"notes": r"c:\temp;x"}),
    # the rest
    ("all parts of an address", "3.0", r"ADR;TYPE=WORK:PO 1;Floor 2;Street 3\nRear;City;Region;123;Land",
     {"addresses": (Address("Street 3\nRear", "City", "Region", "123", "Land", "PO 1", "Floor 2", "work"),)}),
    ("too few parts", "2.1", "ADR;HOME:;;Street", {"addresses": (Address("Street", label="home"),)}),
    ("tags", "3.0", "CATEGORIES:a,b\\, c\nCATEGORIES:a,d", {"tags": ("a", "b, c", "d")}),
    ("two notes", "3.0", "NOTE:one\nNOTE:two", {"notes": "one\n\ntwo"}),
    ("a messenger", "3.0", "X-AIM:ann", {"links": (Link("aim:ann", "aim"),)}),
    ("a messenger's URI", "4.0", "IMPP;X-SERVICE-TYPE=Jabber:xmpp:a@b.example",
     {"links": (Link("xmpp:a@b.example", "jabber"),)}),
    ("a profile", "3.0", "X-SOCIALPROFILE;type=linkedin:https://l.example/ann",
     {"links": (Link("https://l.example/ann", "linkedin"),)}),
    ("a zone by name", "4.0", "TZ:Europe/Lisbon", {"time_zone": "Europe/Lisbon"}),
    ("a zone by offset", "4.0", "TZ:-0500", {"time_zone": ""}),
    ("our own", "3.0", "X-RAPPORT-ROLES:mentor,peer\nX-RAPPORT-RHYTHM:28",
     {"roles": (Role.MENTOR, Role.PEER), "rhythm_days": 28}),
    ("words where a number should be", "2.1", "TEL;WORK:BusinessPhone", {"phones": (Phone("BusinessPhone", "work"),)}),
    ("nothing where a number should be", "2.1", "TEL;WORK:--", {"phones": ()}),
    ("a label of the person's own from Android", "2.1",
     "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=96fen):123", {"phones": (Phone("123", "Öfen"),)}),
    ("a service before a profile's address", "4.0", "X-SOCIALPROFILE:twitter:https://t.example/ann",
     {"links": (Link("https://t.example/ann", "twitter"),)}),
    ("a name written the western way round", "3.0", "N:田中;太郎;;;\nFN:太郎 田中",
     {"name": "太郎 田中", "given": "太郎", "family": "田中"}),
    ("a name as its parts make it", "3.0", "N:田中;太郎;;;\nFN:田中 太郎",
     {"name": "", "given": "太郎", "family": "田中"}),
    ("a name turned round, in one part", "3.0", "N:Berg, Ann", {"family": "Berg", "given": "Ann"}),
    ("the same in 2.1", "2.1", "N:Berg, Ann", {"family": "Berg", "given": "Ann"}),
    ("two names in one part", "3.0", "N:Berg;Ann,Eva;;;", {"family": "Berg", "given": "Ann Eva"}),
    ("several addresses on a line", "3.0", "EMAIL:a@x.example,b@x.example\nEMAIL;TYPE=WORK:c@x.example; d@x.example",
     {"emails": (Email("a@x.example"), Email("b@x.example"), Email("c@x.example", "work"),
                 Email("d@x.example", "work"))}),
    ("several numbers on a line", "3.0", "TEL;TYPE=CELL:+1.555.010.0100; +1 555 010 0101",
     {"phones": (Phone("+1.555.010.0100", "mobile"), Phone("+1 555 010 0101", "mobile"))}),
    ("a number and its extension", "3.0", "TEL:+1 555 010 0100\\, 12", {"phones": (Phone("+1 555 010 0100, 12"),)}),
    ("several pages on a line", "3.0", "URL:www.a.example, http://b.example",
     {"links": (Link("www.a.example"), Link("http://b.example"))}),
    ("a page with a blank", "3.0", "URL:www.a b.example", {"links": ()}),
    ("an address with a blank", "3.0", "EMAIL:ann@a b.example", {"emails": ()}),
    ("a day in words", "3.0", "BDAY:April 12\\, 1985", {"dates": (PartialDate(DateKind.BIRTHDAY, 1985, 4, 12),)}),
    ("a day before its month", "2.1", "BDAY:12.4.1985", {"dates": (PartialDate(DateKind.BIRTHDAY, 1985, 4, 12),)}),
    ("a day that may be another", "2.1", "BDAY:04/12/1985", {"dates": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("version", "lines", "expected"), [pytest.param(*row[1:], id=row[0]) for row in FIELDS])
def test_lines_fill_fields(version: str, lines: str, expected: dict[str, Any]) -> None:
    details = read(lines, version).details
    assert {name: getattr(details, name) for name in expected} == expected


KEPT = [
    ("X-THING;X-P=1;LANGUAGE=de:a\\;b;c",
     [VCardProperty("X-THING", "a\\;b;c", (("X-P", ("1",)), ("LANGUAGE", ("de",))))]),
    ("x.X-PET:Rex", [VCardProperty("X-PET", "Rex", (), "x")]),
    ("LOGO;ENCODING=BASE64;TYPE=PNG:AAAA\n BBBB",
     [VCardProperty("LOGO", "AAAABBBB", (("ENCODING", ("b",)), ("TYPE", ("PNG",))))]),
    ("PHOTO;VALUE=uri:https://x.example/a.png",
     [VCardProperty("PHOTO", "https://x.example/a.png", (("VALUE", ("uri",)),))]),
    ("ROLE:Baker", [VCardProperty("ROLE", "Baker")]),
    ("TEL;TYPE=WORK:---", [VCardProperty("TEL", "---", (("TYPE", ("WORK",)),))]),
    ("BDAY:soon", [VCardProperty("BDAY", "soon")]),
    ("TITLE:Cook\nTITLE:Waiter", [VCardProperty("TITLE", "Waiter")]),
    ("# remark", [VCardProperty("X-RAPPORT-UNREAD", "# remark")]),
    ("TITLE:Buyer\nTITLE", [VCardProperty("X-RAPPORT-UNREAD", "TITLE")]),
    ("TZ:-0500", [VCardProperty("TZ", "-0500")]),
    ("GEO:1.5;2.5", [VCardProperty("GEO", "1.5;2.5")]),
    ("X-RAPPORT-ROLES:wizard", [VCardProperty("X-RAPPORT-ROLES", "wizard")]),
    ("X-SOCIALPROFILE;type=twitter:x-apple:ann",
     [VCardProperty("X-SOCIALPROFILE", "x-apple:ann", (("TYPE", ("twitter",)),))]),
    ("AGENT:BEGIN:VCARD\\nFN:Agent\\nEND:VCARD", [VCardProperty("AGENT", "BEGIN:VCARD\\nFN:Agent\\nEND:VCARD")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "kept"), KEPT)
def test_what_has_no_field_is_kept_as_it_was(lines: str, kept: list[VCardProperty]) -> None:
    assert list(read(f"FN:Ann\n{lines}").details.extras) == kept


PHOTO = "iVBORw0KGgoAAAANSUhEUg=="
PHOTOS = [
    f"PHOTO;ENCODING=b;TYPE=PNG:{PHOTO}",
    f"PHOTO;BASE64;PNG:\n {PHOTO[:10]}\n {PHOTO[10:]}\n",
    f"PHOTO;ENCODING=BASE64;TYPE=PNG:\n{PHOTO[:12]}\n{PHOTO[12:]}",
    f"PHOTO;ENCODING=BASE64:{PHOTO}\n\n\n",
    f"PHOTO;ENCODING=B:{PHOTO.rstrip('=')}",
    f"PHOTO:data:image/png;base64,{PHOTO}",
    f"PHOTO;VALUE=uri:data:image/png;base64\\,{PHOTO}",
]


@pytest.mark.parametrize("line", PHOTOS)
@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_pictures_are_read_in_every_dress(line: str, version: str) -> None:
    card = read(f"FN:Ann\n{line}\nTEL:+1", version)
    assert card.photo is not None
    assert card.photo.media_type == "image/png"
    assert card.photo.data.startswith(b"\x89PNG")
    assert card.details.phones == (Phone("+1"),)


def test_a_picture_that_can_not_be_read_is_kept_and_said() -> None:
    card = read("FN:Ann\nPHOTO;ENCODING=b:this is no base64!")
    assert card.photo is None
    assert "photo" in card.doubts
    assert card.details.extras[0].name == "PHOTO"


A, B = "BEGIN:VCARD\nFN:A\nEND:VCARD\n", "BEGIN:VCARD\nFN:B\nEND:VCARD\n"
FILES = [
    ("two cards", A + B, ["A", "B"]),
    ("blank lines between", f"\n\n{A}\n\n\n{B}\n", ["A", "B"]),
    ("no line end at the end", (A + B).rstrip(), ["A", "B"]),
    ("mixed case", (A + B).replace("VCARD", "vCard").replace("BEGIN", "begin"), ["A", "B"]),
    ("blanks around", A.replace("VCARD", "VCARD  ") + B, ["A", "B"]),
    ("no END between", A.replace("END:VCARD\n", "") + B, ["A", "B"]),
    ("no END three times", (A * 3).replace("END:VCARD\n", "") + B, ["A", "A", "A", "B"]),
    ("no END at the end", A + B.replace("END:VCARD\n", ""), ["A", "B"]),
    ("no BEGIN", A.replace("BEGIN:VCARD\n", "") + B, ["A", "B"]),
    ("a stray END", A + "END:VCARD\n" + B, ["A", "B"]),
    ("a card in a card", f"BEGIN:VCARD\nFN:A\n{B}TEL:+1\nEND:VCARD\n", ["A", "B"]),
    ("an agent", f"BEGIN:VCARD\nFN:A\nAGENT:\n{B}TEL:+1\nEND:VCARD\n", ["A"]),
    ("an agent on the line", f"BEGIN:VCARD\nFN:A\nAGENT:{B}TEL:+1\nEND:VCARD\n", ["A"]),
    ("two versions", "BEGIN:VCARD\nVERSION:3.0\nVERSION:2.1\nFN:A\nEND:VCARD\n", ["A"]),
    ("set in", "  BEGIN:VCARD\n  FN:A\n  END:VCARD\n\n" + B, ["A", "B"]),
    ("quoted in a mail", "> BEGIN:VCARD\n> FN:A\n> END:VCARD\n> BEGIN:VCARD\n> FN:B\n> END:VCARD", ["A", "B"]),
    ("CR alone", (A + B).replace("\n", "\r"), ["A", "B"]),
    ("CR CR LF", (A + B).replace("\n", "\r\r\n"), ["A", "B"]),
]


@pytest.mark.parametrize(("text", "names"), [pytest.param(*row[1:], id=row[0]) for row in FILES])
def test_cards_are_found_in_files(text: str, names: list[str]) -> None:
    found = cards(text)
    assert [item.details.shown_name for item in found if isinstance(item, ParsedContact)] == names
    assert not any(isinstance(item, FailedItem) for item in found)
    assert [item.position for item in found] == list(range(1, len(found) + 1))


def test_an_agent_is_kept_with_the_person_it_is_for() -> None:
    (card,) = cards(f"BEGIN:VCARD\nFN:A\nAGENT:\n{B}TEL:+1\nEND:VCARD\n")
    assert isinstance(card, ParsedContact)
    assert card.details.phones == (Phone("+1"),)
    assert "FN:B" in card.details.extras[0].value


def test_what_is_no_card_is_listed_and_costs_no_other() -> None:
    found = cards(f"From: someone\nhello\n{A}BEGIN:VCARD\nEND:VCARD\n{B}some words\n")
    reasons = [item.reason if isinstance(item, FailedItem) else item.details.shown_name for item in found]
    assert reasons == [
        "this text is not inside a card",
        "A",
        "the card is empty",
        "B",
        "this text is not inside a card",
    ]
    assert isinstance(found[0], FailedItem)
    assert "hello" in found[0].source_text


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0" * 50])
def test_nothing_in_nothing_out(data: bytes) -> None:
    assert not [item for item in cards(data) if isinstance(item, ParsedContact)]


def test_incomplete_cards_and_groups_are_doubtful() -> None:
    (card,) = cards("BEGIN:VCARD\nFN:A\n")
    assert isinstance(card, ParsedContact)
    assert "END" in card.doubts["card"]
    assert "group" in read("KIND:group\nFN:Team\nMEMBER:urn:uuid:1", "4.0").doubts["name"]
    assert "name" in read("X-PET:Rex").doubts


def test_words_for_a_number_are_doubted_and_written_back() -> None:
    card = read("FN:Ann\nTEL;TYPE=WORK:ask at the desk")
    assert "number" in card.doubts["phones"]
    assert "TEL;TYPE=WORK:ask at the desk" in write_vcard(card.details)
    assert not read("FN:Ann\nTEL;TYPE=WORK,PARCEL:123").doubts


def test_the_source_is_kept_to_the_letter() -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nX-Odd ; a=b :c\nEND:VCARD\n"
    (card,) = cards(text)
    assert isinstance(card, ParsedContact)
    assert card.source_text == text
