"""Headers in the languages that Outlook, Google, LinkedIn, Thunderbird, HubSpot and hand-made tables use.

Whole headers first; else a header is read word by word: what it is (street, phone), where it belongs (work, home).
All words are folded: lower case, no accents, no punctuation. Languages: en, de, fr, es, it, nl, pt, sv, da, nb, fi, pl.
"""

from __future__ import annotations

from planner.contacts.csv_files.mapping import Target

_WHOLE: dict[Target, str] = {
    Target.NAME: (
        "name|full name|fullname|display name|contact name|contact|file as|vollstandiger name|anzeigename"
        "|angezeigter name|name vollstandig|nom complet|nom affiche|nom a afficher|nombre completo"
        "|nombre para mostrar|nombre mostrado|nome completo|nome visualizzato|nome de exibicao"
        "|nome a apresentar|naam|volledige naam|weergavenaam|namn|fullstandigt namn|visningsnamn|fulde navn"
        "|fullt navn|navn|koko nimi|nimi|imie i nazwisko"
    ),
    Target.PREFIX: (
        "name prefix|prefix|salutation|honorific|anrede|namenspraefix|namensprafix|civilite|prefixe"
        "|tratamiento|prefijo|prefisso|prefixo|tratamento|voorvoegsel|aanhef|tilltal|tiltale|puhuttelu"
        "|titolo|zwrot grzecznosciowy"
    ),
    Target.GIVEN: (
        "first name|firstname|given name|givenname|forename|first|vorname|prenom|nombre|nombre de pila|nome"
        "|nome proprio|primeiro nome|voornaam|fornamn|fornavn|etunimi|imie"
    ),
    Target.ADDITIONAL: (
        "middle name|middlename|additional name|second name|weitere vornamen|weiterer vorname"
        "|zweiter vorname|mittelname|deuxieme prenom|second prenom|segundo nombre|secondo nome|segundo nome"
        "|nome do meio|middelste naam|tweede voornaam|tussenvoegsel|mellannamn|mellemnavn|mellomnavn"
        "|toinen nimi|drugie imie"
    ),
    Target.FAMILY: (
        "last name|lastname|surname|family name|familyname|last|nachname|familienname|zuname|nom"
        "|nom de famille|apellido|apellidos|cognome|achternaam|sobrenome|apelido|ultimo nome|efternamn"
        "|efternavn|etternavn|sukunimi|nazwisko"
    ),
    Target.SUFFIX: (
        "suffix|name suffix|namenssuffix|suffixe|sufijo|suffisso|sufixo|achtervoegsel|jalkiliite|titolo straniero"
    ),
    Target.NICKNAME: (
        "nickname|nick name|nick|spitzname|rufname|surnom|pseudo|apodo|soprannome|alcunha|bijnaam|roepnaam"
        "|smeknamn|kaldenavn|kallenavn|kutsumanimi|pseudonim"
    ),
    Target.PRONOUNS: "pronouns|pronomen|pronoms|pronombres|pronomi|voornaamwoorden",
    Target.ORGANISATION: (
        "company|company name|companyname|organization|organisation|organization name|organisation name"
        "|organization 1 name|employer|employer name"
        "|associated company|primary company|account name|business name|firma|unternehmen|firmenname"
        "|arbeitgeber|societe|entreprise|organisme|empresa|compania|organizacion|societa|azienda|ditta"
        "|organizzazione|organizacao|bedrijf|organisatie|bedrijfsnaam|foretag|virksomhed|bedrift|firmanavn"
        "|yritys|przedsiebiorstwo"
    ),
    Target.DEPARTMENT: (
        "department|organization department|organization 1 department|division|abteilung|bereich|service"
        "|departement|departamento|reparto|dipartimento|afdeling|avdelning|avdeling|osasto|dzial"
    ),
    Target.TITLE: (
        "job title|jobtitle|position|job|organization title|organization 1 title|role|function|occupation"
        "|stellung|funktion|berufsbezeichnung|stellenbezeichnung|poste|fonction|titre du poste"
        "|intitule de poste|cargo|puesto|posizione|qualifica|mansione|posicao|functie|functietitel"
        "|befattning|stilling|yrkestittel|tehtavanimike|stanowisko|arbeitstitel|ruolo|incarico|designation"
    ),
    Target.FIELD: "industry|field|expertise|branche|secteur|sector|settore|setor|bransch",
    Target.LOOKING_FOR: "looking for|seeking|needs|wants",
    Target.CAN_OFFER: "can offer|offers|offering",
    Target.TIME_ZONE: "time zone|timezone|zeitzone|fuseau horaire|zona horaria|fuso orario|fuso horario|tijdzone",
    Target.BIRTHDAY: (
        "birthday|birth date|birthdate|date of birth|dob|geburtstag|geburtsdatum|anniversaire"
        "|date de naissance|cumpleanos|fecha de nacimiento|compleanno|data di nascita|data de nascimento"
        "|verjaardag|geboortedatum|fodelsedag|fodselsdag|fodselsdato|syntymapaiva|urodziny|data urodzenia"
    ),
    Target.ANNIVERSARY: (
        "anniversary|wedding anniversary|jahrestag|hochzeitstag|anniversaire de mariage ou fete"
        "|anniversaire de mariage|aniversario|anniversario|aniversario de casamento|trouwdag|speciale datum"
        "|arsdag|vuosipaiva"
    ),
    Target.TAGS: (
        "categories|category|labels|group membership|groups|tags|kategorien|kategorie|gruppen|groupes"
        "|categorias|categoria|etiquetas|categorie|etichette|categorieen|kategorier|luokat|kategorie"
    ),
    Target.NOTES: (
        "notes|note|comments|comment|description|remarks|memo|about|notizen|notiz|bemerkungen|bemerkung"
        "|kommentar|anmerkungen|remarques|commentaires|notas|comentarios|observaciones|observacoes"
        "|annotazioni|notities|opmerkingen|anteckningar|anteckning|anotacoes|noter|notater|muistiinpanot|notatki"
        "|uwagi|opmerking|nota|remarque|commentaire|observacao|bemaerkninger|merknader"
    ),
    Target.LINK: (
        "web page|webpage|website|web site|web|url|homepage|home page|web page 1|web page 2|website url"
        "|personal web page|webseite|internetseite|page web|site web|pagina web|sito web|pagina da web"
        "|webpagina|webbsida|hjemmeside|webside|nettside|web sivu|strona sieci web|profile url|profil"
        "|profile"
    ),
    Target.PHONETIC: "phonetic name|phonetic first name|given name yomi|given yomi|first name phonetic",
}

WHOLE: dict[str, Target] = {phrase: target for target, phrases in _WHOLE.items() for phrase in phrases.split("|")}

# Words that say what a column holds, the longest phrase first where several fit.
_THINGS: dict[Target, str] = {
    Target.EMAIL: (
        "e mail|email|mail|emails|emailaddress|e mailadres|e mailadresse|emailadresse|mailadresse|e post"
        "|epost|e postadress|epostadress|e postadresse|adresse de messagerie|messagerie|courriel|courrier"
        "|correo electronico|correo|posta elettronica|posta el|sahkoposti|sahkopostiosoite|adres e mail"
        "|primary email|secondary email|adresse electronique|mel|e mailek"
    ),
    Target.PHONE: (
        "phone|phones|phone numbers|telephone|telephones|tel|telefon|telefonnummer|phone number|number|rufnummer"
        "|telefono|telefoon|telefoonnummer|telefone|puhelin|fax|telefax|telecopie|faxnummer|faks|faksi|pager|funkruf|biper"
        "|mobile|mobil|mobilnummer|mobiltelefon|mobilephone|cell|cellphone|cellular|handy|portable|movil"
        "|cellulare|celular|telemovel|gsm|mobiel|mobiele|mobielnummer|matkapuhelin|businessphone|homephone"
        "|workphone|kotipuhelin|tyopuhelin|autotelefon|autotelefoon|haupttelefon|isdn|rnis|telex|callback|ruckmeldung"
        "|rappel|semafoon|personsokare|komorka|devolucion de llamada|centralita|rdsi|localizador|radiotelefono|teletipo"
        "|richiamata|cercapersone|radiotelephone|radiomessagerie|terugbellen|hoofdtelefoon|radiotelefoon|teksttelefoon"
        "|radiotelefon|tty tdd"
    ),
    Target.STREET: (
        "street|street address|streetaddress|address line|strasse|anschrift|rue|calle|via|straat|rua|gata|gatuadress"
        "|gade|gate|lahiosoite|ulica"
    ),
    Target.CITY: (
        "city|town|ort|stadt|wohnort|ville|ciudad|poblacion|citta|localita|plaats|stad|woonplaats|cidade"
        "|localidade|postort|stad|poststed|kaupunki|miasto"
    ),
    Target.REGION: (
        "state|province|region|county|bundesland|kanton|bundesland kanton|dep region|departement region"
        "|provincia|estado|provincia o estado|provincie|distrito|lan|delstat|fylke|sijaintitiedot"
        "|wojewodztwo"
    ),
    Target.POSTCODE: (
        "postal code|postalcode|zip|zip code|zipcode|post code|postcode|postleitzahl|plz|code postal"
        "|codigo postal|cap|cep|postnummer|postnr|postinumero|kod pocztowy"
    ),
    Target.COUNTRY: (
        "country|country region|land|land region|pays|pays region|pais|pais region|pais o region|paese"
        "|nazione|paese area geografica|maa|maa alue|kraj"
    ),
    Target.PO_BOX: (
        "po box|postfach|boite postale|bp|apartado postal|apartado|casella postale|postbus|caixa postal"
        "|apartado de|postbox|postboks|box"
    ),
    Target.LINK: (
        "website|web site|web page|webpage|homepage|webseite|internetseite|site web|sitio web|pagina web|web|url"
    ),
    Target.EXTENDED: "extended address|address 2|adresszusatz|complement d adresse",
}

_RANKED = sorted(
    ((tuple(phrase.split()), target) for target, phrases in _THINGS.items() for phrase in phrases.split("|")),
    key=lambda item: -len(item[0]),
)
# Under the first word of each phrase: its rank (the lowest wins), its words, and what it names.
THINGS: dict[str, list[tuple[int, tuple[str, ...], Target]]] = {}
for _rank, (_phrase, _target) in enumerate(_RANKED):
    THINGS.setdefault(_phrase[0], []).append((_rank, _phrase, _target))

# Words for an address as such: a street, unless another word says which part of the address it is.
ADDRESSES = frozenset("address adresse addresse direccion domicilio adres adress morada endereco indirizzo".split())
# Words that only say "phone"; any other word beside them is worth keeping as its label.
PLAIN_PHONES = frozenset(
    "phone phones telephone telephones numbers tel telefon telefonnummer rufnummer number no nr nummer telefono"
    " telefoon telefoonnummer telefone numero puhelin puhelinnumero fixe".split()
)

PLACES: dict[str, str] = {
    **dict.fromkeys(
        "business work office geschaftlich geschaftl dienstlich buro arbeit arbeits bureau travail"
        " professionnel professionnelle trabajo oficina laboral uff ufficio lavoro werk werkadres zakelijk"
        " zakelijke kantoor comercial trabalho escritorio arbete arbets jobb arbejde arbeid tyo tyopuhelin"
        " businessphone workphone praca sluzbowy empresa societe".split(),
        "work",
    ),
    **dict.fromkeys(
        "home private privat privatadresse personal personnel personnelle domicile maison particular casa"
        " domicilio ab abitazione thuis huis huisadres prive privenummer residencial residencia hem hemma"
        " bostad hjem privatadress koti kotipuhelin homephone dom domowy".split(),
        "home",
    ),
    **dict.fromkeys(
        "other weitere weiterer weiteres weiteren autre otro otra otros altra altro overig overige ander"
        " andere outro outra annan annat ovrigt anden andet annen muu inny".split(),
        "other",
    ),
}

DEVICES: dict[str, str] = {
    **dict.fromkeys(
        "mobile mobil mobilnummer mobiltelefon mobilephone cell cellphone cellular handy portable movil"
        " cellulare celular telemovel gsm mobiel mobiele mobielnummer matkapuhelin komorka".split(),
        "mobile",
    ),
    **dict.fromkeys("fax telefax telecopie faxnummer faks faksi".split(), "fax"),
    **dict.fromkeys(
        "pager funkruf biper semafoon personsokare localizador cercapersone radiomessagerie".split(), "pager"
    ),
    **dict.fromkeys("car autotelefon voiture automobile auto coche carro bil".split(), "car"),
}

# A column with such a word is about something beside the address or number that its other words name.
ASIDE = frozenset(
    "username handle usuario"
    " type typ tipo displayname laji luokka confirmed status count source owner opt last recent recently"
    " date id ids name nom nombre nome naam namn nimi angezeigter kategorie consent bounced bounce"
    " domain format quarantined hashed verified marketing ip screen anzeigename visualizzato"
    " weergavenaam visningsnamn pantalla exibicao manager assistant assistent assistente asistente"
    " secretaire responsable spouse children hobby language sprache"
    " photo picture image avatar logo foto bild calendar kalender".split()
)
# … unless it is the assistant's phone.
ASSISTANTS = frozenset("assistant assistants assistent assistenten assistente asistente avustaja".split())
# Whole numbers by themselves: "Ufficio" and "Abitazione" of an Italian Outlook, "Particular" of a Spanish one.
LONE_PHONES = {"ufficio": "work", "abitazione": "home", "particular": "home", "trabajo": "work"}
PROFILES = ("linkedin", "twitter", "mastodon", "github", "facebook", "instagram", "xing", "orcid", "youtube", "bluesky")
CONNECTED = frozenset(
    "connected on|connectedon|verbunden am|vernetzt am|date de connexion|connexion le"
    "|relation etablie le|fecha de conexion|conectado el|data di collegamento|collegato il|conectado em"
    "|verbonden op|connectie gemaakt op|anknot den|ansluten den|kontakt sedan|data nawiazania kontaktu".split("|")
)
