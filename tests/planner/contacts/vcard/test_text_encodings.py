"""Letters of every alphabet, in files that say how they are written, say it wrongly, or do not say it."""

from __future__ import annotations

import pytest

from planner.contacts import encodings
from planner.contacts.records import ParsedContact
from planner.contacts.vcard import read_vcards

PEOPLE = {
    "shift_jis": ("表", "能子", "東京都千代田区"),
    "euc_jp": ("佐藤", "花子", "横浜市中区の事務所"),
    "iso2022_jp": ("鈴木", "一郎", "大阪市北区"),
    "gb18030": ("王", "小明", "北京市海淀区中关村大街"),
    "big5": ("陳", "大文", "台北市信義區市府路"),
    "euc_kr": ("김", "철수", "서울특별시 강남구 테헤란로"),
    "windows-1250": ("Dvořák", "Jiří", "Náměstí Míru, Plzeň, přízemí"),
    "windows-1251": ("Иванов", "Алексей", "Улица Ленина, город Москва"),
    "windows-1252": ("Müller", "Zoë", "Straße der Öffnung, Café"),
    "windows-1253": ("Παπαδόπουλος", "Γιώργος", "Οδός Ερμού, Αθήνα"),
    "windows-1254": ("Yıldız", "Çağrı", "Güneş Sokağı, İstanbul, Şişli"),
    "iso-8859-1": ("Åström", "Björn", "Ö"),
    "iso-8859-2": ("Kowalski", "Łukasz", "Świętokrzyska, Kraków"),
    "koi8-r": ("Петрова", "Мария", "Невский проспект"),
    "utf-8": ("Nguyễn", "An", "東京 Łódź 😀"),
}  # fmt: skip


def only(data: bytes) -> ParsedContact:
    (found,) = read_vcards(data)
    assert isinstance(found, ParsedContact)
    return found


def card(charset: str, version: str = "2.1", *, newline: str = "\r\n") -> bytes:
    family, given, street = PEOPLE[charset]
    text = (
        f"BEGIN:VCARD\nVERSION:{version}\nN;CHARSET={charset.upper()}:{family};{given};;;\n"
        f"ADR;HOME;CHARSET={charset.upper()}:;;{street};;;;\nTEL:+1\nEND:VCARD\n"
    )
    return text.replace("\n", newline).encode(charset)


@pytest.mark.parametrize("charset", PEOPLE)
@pytest.mark.parametrize("version", ["2.1", "3.0"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_declared_charset_is_used(charset: str, version: str, newline: str) -> None:
    family, given, street = PEOPLE[charset]
    details = only(card(charset, version, newline=newline)).details
    assert (details.family, details.given, details.addresses[0].street) == (family, given, street)


@pytest.mark.parametrize("charset", PEOPLE)
def test_quoted_printable_in_a_charset(charset: str) -> None:
    family, given, _ = PEOPLE[charset]
    coded = "".join(f"={byte:02X}" for byte in f"{family};{given}".encode(charset))
    half = len(coded) // 6 * 3
    line = f"N;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:{coded[:half]}=\n{coded[half:]}"
    text = f"BEGIN:VCARD\nVERSION:2.1\n{line}\nEND:VCARD\n"
    details = only(text.encode()).details
    assert (details.family, details.given) == (family, given)


UNDECLARED = [name for name in PEOPLE if name not in ("iso2022_jp", "windows-1254", "iso-8859-2", "iso-8859-1")]


@pytest.mark.parametrize("charset", UNDECLARED)
def test_an_undeclared_charset_is_guessed_and_said(charset: str) -> None:
    family, given, street = PEOPLE[charset]
    text = f"BEGIN:VCARD\nVERSION:3.0\nADR:;;{street};;;;\nN:{family};{given}\nEND:VCARD\n"
    found = only(text.encode(charset))
    assert (found.details.family, found.details.given, found.details.addresses[0].street) == (family, given, street)
    assert ("encoding" in found.doubts) == (charset != "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_unicode_files_with_and_without_a_mark(encoding: str) -> None:
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Łukasz 安藤\r\nNOTE:long\r\n er\r\nEND:VCARD\r\n"
    assert only(text.encode(encoding)).details.name == "Łukasz 安藤"


def test_utf8_that_is_declared_as_latin_is_read_as_utf8() -> None:
    data = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-1:Jörg\nEND:VCARD\n".encode()
    assert only(data).details.name == "Jörg"


def test_two_charsets_in_one_card() -> None:
    data = (
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8:Jörg\n".encode()
        + "TITLE;CHARSET=SHIFT_JIS:表".encode("shift_jis")
        + b"\nEND:VCARD\n"
    )
    details = only(data).details
    assert (details.name, details.title) == ("Jörg", "表")


@pytest.mark.parametrize("name", ["x-user-defined", "rot13", "zlib", "", "a" * 99, "base64", "hex", "idna"])
def test_what_is_no_charset_is_not_used(name: str) -> None:
    assert encodings.known_encoding(name) is None
    data = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={name}:Jörg\nEND:VCARD\n".encode()
    assert only(data).details.name == "Jörg"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x81", bytes(range(256)), b"\xc3", b"\xff\xfe", b"a\0"])
def test_a_guess_never_fails(data: bytes) -> None:
    encodings.decode(data, encodings.guess(data))


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"Jos\xe9", "José"), (b"J\xf6rg", "Jörg"), (b"Test;J\xf6rg", "Test;Jörg"), ("Zoë \xc3".encode()[:-1], None)],
)
def test_short_words_that_end_like_half_a_letter(data: bytes, text: str | None) -> None:
    guess = encodings.guess(data)
    assert (guess == "utf-8") is (text is None)
    assert text is None or encodings.decode(data, guess) == text


def test_quoted_printable_without_a_charset_loses_no_letter() -> None:
    details = only(b"BEGIN:VCARD\nVERSION:2.1\nN;QUOTED-PRINTABLE:Berg;J=F6rg\nEND:VCARD\n").details
    assert (details.given, details.family) == ("Jörg", "Berg")


def test_words_in_base64() -> None:
    words = b"FN;CHARSET=UTF-8;ENCODING=BASE64:Wm/DqyBCZXJn\n\nTITLE;ENCODING=b:not base64!\n"
    card = b"BEGIN:VCARD\nVERSION:2.1\n" + words + b"END:VCARD\n"
    details = only(card).details
    assert (details.name, details.title, details.extras) == ("Zoë Berg", "not base64!", ())
