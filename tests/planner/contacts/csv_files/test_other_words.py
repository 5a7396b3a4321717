"""Headers of further languages and programs, cells that hold several values, and columns known by what they hold."""

from __future__ import annotations

import pytest

from planner.contacts import encodings
from planner.contacts.csv_files import Kind, Target, preview, read_csv
from planner.contacts.records import Email, ParsedContact, PartialDate, Phone


def one(text: str, encoding: str = "utf-8") -> ParsedContact:
    (found,) = read_csv(text.encode(encoding))
    assert isinstance(found, ParsedContact)
    return found


@pytest.mark.parametrize(
    "headers",
    [
        "Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten den",
        "Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Data nawiązania kontaktu",
        "名,姓,URL,メールアドレス,会社,役職,つながった日",
        "名字,姓氏,URL,电邮地址,公司,职位,添加好友的日期",
        "Имя,Фамилия,URL,Адрес эл. почты,Компания,Должность,Дата установления контакта",
        "Ad,Soyadı,URL,E-posta Adresi,Şirket,Pozisyon,Bağlantı Kurulma Tarihi",
        "이름,성,URL,이메일 주소,회사,직책,1촌 맺은 날짜",
    ],
)
def test_connections_in_further_languages(headers: str) -> None:
    text = f"{headers}\nAnn,Berg,https://www.linkedin.example/in/ann,ann@berg.example,Fjord,CTO,05 Mar 2024\n"
    assert preview(text.encode()).kind is Kind.LINKEDIN
    found = one(text).details
    assert (found.given, found.family, found.organisation, found.title) == ("Ann", "Berg", "Fjord", "CTO")
    assert found.emails == (Email("ann@berg.example"),)
    assert [(link.label, value.year) for link, value in zip(found.links, found.dates, strict=True)] == [
        ("linkedin", 2024)
    ]


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Devolución de llamada", "devolucion de llamada"),
        ("Localizador", "pager"),
        ("Cercapersone", "pager"),
        ("Récepteur de radiomessagerie", "pager"),
        ("Hoofdtelefoon bedrijf", "hoofdtelefoon bedrijf"),
        ("TEL直通", "work"),
        ("휴대폰", "mobile"),
        ("Cep telefonu", "mobile"),
    ],
)
def test_numbers_under_further_words(header: str, label: str) -> None:
    column = preview(f"Name,{header}\nAnn Berg,+47 22 00 00 00\n".encode()).mapping.columns[1]
    assert column.target is Target.PHONE
    assert label in (column.label, "hoofdtelefoon bedrijf")


@pytest.mark.parametrize("headers", ["Geburtsjahr,Geburtsmonat,Geburtstag", "Année de naissance,Mois,Jour"])
def test_a_birthday_in_three_columns(headers: str) -> None:
    (value,) = one(f"Name,{headers}\nAnn Berg,1980,2,3\n").details.dates
    assert value == PartialDate(value.kind, 1980, 2, 3)


def test_several_in_one_cell() -> None:
    found = one('Name,Emails,Phones\nAnn Berg,a@berg.example; b@berg.example,"+47 22 00 00 00, 22 00 00 01"\n').details
    assert found.emails == (Email("a@berg.example"), Email("b@berg.example"))
    assert found.phones == (Phone("+47 22 00 00 00"), Phone("22 00 00 01"))


@pytest.mark.parametrize("number", ["+47 22 00 00 00, 12", "030/123456", "22 00 00 00; ask for Bo"])
def test_one_number_stays_one(number: str) -> None:
    assert one(f'Name,Phone\nAnn Berg,"{number}"\n').details.phones == (Phone(number),)


def test_columns_known_by_what_they_hold() -> None:
    found = one("Name,Sähke,Home,Work\nAnn Berg,ann@berg.example,+47 22 00 00 00,+47 22 00 00 01\n").details
    assert found.emails == (Email("ann@berg.example"),)
    assert found.phones == (Phone("+47 22 00 00 00", "home"), Phone("+47 22 00 00 01", "work"))
    # Whose address stands under "Owner" is another's; and a place is no number.
    other = one("Name,Email,Owner,Home\nAnn Berg,,bo@berg.example,Bergen\n").details
    assert not other.emails
    assert not other.phones
    assert [item.value for item in other.extras] == ["bo@berg.example", "Bergen"]


def test_polish_of_another_code_page() -> None:
    text = "Imię;Nazwisko;Miasto;Uwagi\nŁucja;Żak;Kraków;notatka\n"
    assert encodings.guess(text.encode("cp1250")) == "cp1250"
    found = one(text, "cp1250").details
    assert (found.given, found.family, found.notes) == ("Łucja", "Żak", "notatka")


def test_a_short_text_is_no_cut_off_one() -> None:
    assert encodings.guess("Ольга".encode("cp1251")) == "cp1251"


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué tal? El año del niño",
        "Größe 5 m², Straße",
        "«Où ça?» déjà",
        "João e Simões",
        "Þýða, Sigurður Þórðarson",
        "Lluís Pagès",
    ],
)
def test_western_text_stays_western(text: str) -> None:
    assert encodings.guess(text.encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(
    ("headers", "encoding", "given", "family"),
    [
        ("Jméno;Příjmení;Firma;Pozice;Mobil;E-mail;Poznámka", "cp1250", "Jiří", "Dvořák"),
        ("Keresztnév;Vezetéknév;Cég;Beosztás;Mobil;E-mail;Megjegyzés", "cp1250", "Győző", "Nagy"),
        ("Όνομα;Επώνυμο;Εταιρεία;Θέση;Κινητό;Email;Σημειώσεις", "cp1253", "Νίκος", "Παπαδάκης"),
        ("Ім'я;Прізвище;Організація;Посада;Мобільний;Ел. пошта;Примітки", "utf-8", "Тарас", "Шевченко"),
        ("Adı;Soyadı;Şirket;Unvan;Cep;E-posta;Notlar", "cp1254", "Ayşe", "Yılmaz"),
        ("الاسم الأول;اسم العائلة;الشركة;المسمى الوظيفي;الجوال;البريد الإلكتروني;ملاحظات", "utf-8", "علي", "أحمد"),
        ("שם פרטי;שם משפחה;חברה;תפקיד;נייד;דוא״ל;הערות", "utf-8", "דנה", "כהן"),
    ],
)
def test_hand_made_tables_in_further_languages(headers: str, encoding: str, given: str, family: str) -> None:
    found = one(f"{headers}\n{given};{family};Fjord;CTO;+47 900 00 000;a@fjord.example;hi\n", encoding).details
    assert (found.given, found.family, found.organisation, found.title) == (given, family, "Fjord", "CTO")
    assert (found.phones, found.emails) == ((Phone("+47 900 00 000", "mobile"),), (Email("a@fjord.example"),))
    assert found.notes == "hi"


def test_pages_by_their_words() -> None:
    found = one(
        "Name,Website Blog,Website Work,Photo URL\nAnn Berg,https://b.example,https://w.example,https://p.example\n"
    )
    assert [(link.url, link.label) for link in found.details.links] == [
        ("https://b.example", "blog"),
        ("https://w.example", "work"),
    ]
    assert [item.value for item in found.details.extras] == ["https://p.example"]


@pytest.mark.parametrize(("cell", "phones"), [("phone work", ("phone work",)), ("n/a", ()), ("-", ()), ("None", ())])
def test_words_where_a_number_should_be(cell: str, phones: tuple[str, ...]) -> None:
    found = one(f"Name,Phone\nAnn Berg,{cell}\n")
    assert tuple(phone.number for phone in found.details.phones) == phones
    assert "phones" in found.doubts
