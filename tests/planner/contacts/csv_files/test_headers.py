"""The columns of the usual programs are known in the usual languages, and any other table by its words."""

from __future__ import annotations

import csv

import pytest

from planner.contacts.csv_files import Column, ColumnMapping, Kind, Target, preview
from planner.contacts.csv_files.headers import propose
from planner.contacts.csv_files.mapping import key_of

OUTLOOK = {
    "en": "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,"
    "Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Business Fax,Business Phone,"
    "Home Phone,Mobile Phone,Other Phone,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Birthday,"
    "Anniversary,Categories,Notes,Web Page",
    "de": "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,"
    "Ort geschäftlich,"
    "Region geschäftlich,Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Ort privat,Fax geschäftlich,"
    "Telefon geschäftlich,Telefon (privat),Mobiltelefon,Weiteres Telefon,E-Mail-Adresse,E-Mail-Typ,"
    "E-Mail: Angezeigter Name,E-Mail 2: Adresse,Geburtstag,Jahrestag,Kategorien,Notizen,Webseite",
    "fr": "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Ville (bureau),"
    "Dép/Région (bureau),"
    "Code postal (bureau),Pays/Région (bureau),Rue (domicile),Ville (domicile),Télécopie (bureau),Téléphone (bureau),"
    "Téléphone (domicile),Tél. mobile,Téléphone (autre),Adresse de messagerie,Type de messagerie,"
    "Nom complet de l'adresse de messagerie,Adresse de messagerie 2,Anniversaire,Anniversaire de mariage ou fête,"
    "Catégories,Notes,Page Web",
    "es": "Título,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Departamento,Puesto,Calle del trabajo,"
    "Ciudad de trabajo,Provincia o estado de trabajo,Código postal del trabajo,País o región del trabajo,"
    "Calle del domicilio,Ciudad de residencia,Fax del trabajo,Teléfono del trabajo,Particular,Móvil,Otro teléfono,"
    "Dirección de correo electrónico,Tipo de correo electrónico,Nombre de pantalla de correo electrónico,"
    "Dirección del correo electrónico 2,Cumpleaños,Aniversario,Categorías,Notas,Página Web",
    "it": "Titolo,Nome,Secondo nome,Cognome,Titolo straniero,Società,Reparto,Posizione,Via (uff.),Città (uff.),"
    "Provincia (uff.),CAP (uff.),Paese/area geografica (uff.),Via (ab.),Città (ab.),Fax (uff.),Ufficio,Abitazione,"
    "Cellulare,Altro telefono,Indirizzo posta elettronica,Tipo posta elettronica,Nome visualizzato posta elettronica,"
    "Indirizzo posta elettronica 2,Compleanno,Anniversario,Categorie,Note,Pagina Web",
    "nl": 'Titel,Voornaam,Middelste naam,Achternaam,Achtervoegsel,Bedrijf,Afdeling,Functie,"Werkadres, straat",'
    '"Werkadres, plaats","Werkadres, provincie","Werkadres, postcode","Werkadres, land/regio","Huisadres, straat",'
    '"Huisadres, plaats",Fax op werk,Telefoon op werk,Telefoon thuis,Mobiele telefoon,Andere telefoon,E-mailadres,'
    "E-mailtype,E-mail weergavenaam,E-mailadres 2,Verjaardag,Speciale datum,Categorieën,Notities,Webpagina",
    "pt": "Título,Nome,Segundo Nome,Sobrenome,Sufixo,Empresa,Departamento,Cargo,Rua do Endereço Comercial,"
    "Cidade do Endereço Comercial,Estado do Endereço Comercial,CEP do Endereço Comercial,"
    "País/Região do Endereço Comercial,Rua do Endereço Residencial,Cidade do Endereço Residencial,Fax Comercial,"
    "Telefone Comercial,Telefone Residencial,Telefone Celular,Outro Telefone,Endereço de Email,Tipo de Email,"
    "Nome para Exibição do Email,Endereço de Email 2,Aniversário,Aniversário de Casamento,Categorias,Anotações,"
    "Página da Web",
    "sv": 'Titel,Förnamn,Mellannamn,Efternamn,Suffix,Företag,Avdelning,Befattning,"Gatuadress, arbete","Postort,'
    ' arbete",'
    '"Region, arbete","Postnummer, arbete","Land/region, arbete","Gatuadress, hem","Postort, hem","Fax, arbete",'
    '"Telefon, arbete","Telefon, hem",Mobiltelefon,Annan telefon,E-postadress,E-posttyp,E-post visningsnamn,'
    "E-postadress 2,Födelsedag,Årsdag,Kategorier,Anteckningar,Webbsida",
}
EXPECTED = [
    "prefix", "given", "additional", "family", "suffix", "organisation", "department", "title", "street/work",
    "city/work",
    "region/work", "postcode/work", "country/work", "street/home", "city/home", "phone/work fax", "phone/work",
    "phone/home",
    "phone/mobile", "phone/other", "email", "keep", "keep", "email", "birthday", "anniversary", "tags", "notes",
    "link/website",
]  # fmt: skip


def told(line: str) -> list[str]:
    (headers,) = csv.reader([line])
    columns = propose(headers).mapping.columns
    return [f"{column.target.value}/{column.label}".rstrip("/") for column in columns]


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook_is_known_in_its_languages(language: str) -> None:
    assert told(OUTLOOK[language]) == EXPECTED
    (headers,) = csv.reader([OUTLOOK[language]])
    assert propose(headers).kind is Kind.OUTLOOK


OTHERS = [
    ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", Kind.LINKEDIN,
     ["given", "family", "link/linkedin", "email", "organisation", "title", "date/connected on LinkedIn"]),
    ("Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am", Kind.LINKEDIN,
     ["given", "family", "link/linkedin", "email", "organisation", "title", "date/connected on LinkedIn"]),
    ("FirstName,LastName,EmailAddress,Company,Position,ConnectedOn", Kind.LINKEDIN,
     ["given", "family", "email", "organisation", "title", "date/connected on LinkedIn"]),
    ("First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Address 1 - City", Kind.GOOGLE,
     ["given", "family", "organisation", "tags", "label", "email", "city"]),
    ("Name,Given Name,Family Name,Group Membership,Phone 1 - Type,Phone 1 - Value,Organization 1 - Title", Kind.GOOGLE,
     ["name", "given", "family", "tags", "label", "phone", "title"]),
    ("First Name,Last Name,Display Name,Primary Email,Screen Name,Work Phone,Home ZipCode,Birth Year", Kind.THUNDERBIRD,
     ["given", "family", "name", "email", "keep", "phone/work", "postcode/home", "birthday"]),
    ("Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Company Name,Job Title", Kind.HUBSPOT,
     ["keep", "given", "family", "email", "phone", "keep", "organisation", "title"]),
    ("Name,E-Mail,Handy,Firma,PLZ,Ort,Straße,Lieblingsfarbe", Kind.OTHER,
     ["name", "email", "phone/mobile", "organisation", "postcode", "city", "street", "keep"]),
    ("Nom,Prénom,Courriel,Portable,Fonction", Kind.OTHER, ["family", "given", "email", "phone/mobile", "title"]),
    ("Name,Vorname,Telefon", Kind.OTHER, ["family", "given", "phone"]),
    (("Обращение,Имя,Отчество,Фамилия,Организация,Должность,Улица (раб. адрес),Город (раб. адрес),Индекс (дом. адрес),"
     "Рабочий телефон,Телефон переносной,Адрес эл. почты,День рождения,Заметки"), Kind.OUTLOOK,
     ["prefix", "given", "additional", "family", "organisation", "title", "street/work", "city/work", "postcode/home",
      "phone/work", "phone/mobile", "email", "birthday", "notes"]),
    (("姓,名,フリガナ,会社名,部署,役職,番地 (会社),郵便番号 (自宅),国 (会社)/地域,会社電話,携帯電話,自宅 FAX,"
     "電子メール アドレス,誕生日,分類"), Kind.OUTLOOK,
     ["family", "given", "phonetic", "organisation", "department", "title", "street/work", "postcode/home",
      "country/work", "phone/work", "phone/mobile", "phone/home fax", "email", "birthday", "tags"]),
    ("姓,名,单位,部门,职务,商务地址 街道,住宅地址 邮政编码,商务电话,移动电话,电子邮件地址,生日,附注", Kind.OUTLOOK,
     ["family", "given", "organisation", "department", "title", "street/work", "postcode/home", "phone/work",
      "phone/mobile", "email", "birthday", "notes"]),
    ("姓氏,名字,公司,職稱,商務 - 街,行動電話,電子郵件地址", Kind.OUTLOOK,
     ["family", "given", "organisation", "title", "street/work", "phone/mobile", "email"]),
    ("ФИО;Телефон;Почта".replace(";", ","), Kind.OTHER, ["name", "phone", "email"]),
    ("name,title,email,github", Kind.OTHER, ["name", "title", "email", "link/github"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "expected"), OTHERS)
def test_other_tables(line: str, kind: Kind, expected: list[str]) -> None:
    assert told(line) == expected
    (headers,) = csv.reader([line])
    assert propose(headers).kind is kind


def test_a_mapping_can_be_kept_and_changed() -> None:
    shown = preview(b"Name,Colour\nAnn,red\n")
    changed = shown.mapping.with_column(1, Column(Target.TAGS, "a|b"))
    again = ColumnMapping.from_dict(changed.as_dict())
    assert again.columns[1].target is Target.TAGS
    assert shown.mapping.columns[1].target is Target.KEEP
    assert key_of(["Name", "Colour"]) == shown.key == key_of([" name", "COLOUR"])
    assert shown.key != key_of(["Colour", "Name"])


@pytest.mark.parametrize("kept", [{}, {"columns": "x"}, {"columns": ["dream||"]}, {"columns": ["name"]}])
def test_what_is_no_mapping_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        ColumnMapping.from_dict(kept)
