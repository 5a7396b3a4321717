"""Headers in languages farther east, as Outlook, phones and hand-made tables write them: Russian, Ukrainian, Czech,
Hungarian, Romanian, Greek, Turkish, Hebrew, Arabic, Japanese, Chinese and Korean.

Each line: what the column holds, its label, the group of an address' parts, and the headers.
"""

# ruff: noqa: E501, ISC004 - wide letters count twice; a column's headers are one text over several lines

from __future__ import annotations

import re

from planner.contacts.csv_files.mapping import Column, Target
from planner.folding import fold

_PLAIN: dict[Target, str] = {
    Target.NAME: "фио|полное имя|имя и фамилия|контакт|氏名|名前|お名前|表示名|フルネーム|姓名|全名|名称|顯示名稱|显示名称|联系人|성명|이름|adı soyadı|ad soyad|celé jméno|név|teljes név|ονοματεπώνυμο|повне ім'я|піб|الاسم|الاسم الكامل|שם|שם מלא",
    Target.PREFIX: "обращение|肩書き|称谓|头衔|頭銜|稱謂",
    Target.GIVEN: "имя|名|名字|ad|adı|isim|jméno|křestní jméno|keresztnév|utónév|prenume|όνομα|ім'я|الاسم الأول|שם פרטי",
    Target.ADDITIONAL: "отчество|второе имя|по батькові|ミドル ネーム|ミドルネーム|中间名|中間名",
    Target.FAMILY: "фамилия|姓|姓氏|名字 姓|성|soyad|soyadı|příjmení|priezvisko|vezetéknév|családnév|nume de familie|επώνυμο|прізвище|اسم العائلة|שם משפחה",
    Target.SUFFIX: "суффикс|敬称|中文称谓|后缀|後綴|尾碼",
    Target.NICKNAME: "псевдоним|прозвище|ニックネーム|昵称|暱稱|绰号",
    Target.ORGANISATION: "организация|компания|место работы|会社名|会社|勤務先|所属|组织|单位|公司|公司名称|公司名稱|組織|企业|회사|회사명|소속|조직|şirket|şirket adı|kurum|společnost|spoločnosť|cég|cégnév|companie|societate|εταιρεία|εταιρία|організація|компанія|الشركة|חברה",
    Target.DEPARTMENT: "отдел|подразделение|部署|部署名|部门|部門|부서|departman|bölüm|oddělení|osztály|τμήμα|відділ|القسم|מחלקה",
    Target.TITLE: "должность|役職|役職名|职务|职位|職稱|職務|職位|직책|직위|직함|pozisyon|unvan|ünvan|görev|pozice|funkce|pozícia|beosztás|funcție|θέση|посада|المسمى الوظيفي|תפקיד",
    Target.BIRTHDAY: "день рождения|дата рождения|誕生日|生年月日|生日|出生日期|생일|doğum tarihi|doğum günü|datum narození|születésnap|születési dátum|data nașterii|γενέθλια|день народження|дата народження|تاريخ الميلاد|תאריך לידה",
    Target.ANNIVERSARY: "годовщина|記念日|纪念日|紀念日",
    Target.TAGS: "категории|группы|метки|分類|分類項目|カテゴリ|グループ|类别|分组|標籤|类目|類別|群組",
    Target.NOTES: "заметки|примечание|примечания|комментарий|комментарии|メモ|備考|コメント|附注|备注|附註|備註|備忘稿|注释|메모|비고|참고|not|notlar|açıklama|poznámka|poznámky|megjegyzés|megjegyzések|observații|σημειώσεις|σχόλια|примітки|нотатки|ملاحظات|הערות",
    Target.LINK: "веб страница|сайт|веб сайт|адрес сайта|web ページ|ウェブサイト|ホームページ|网页|网站|網頁|網站|主页|웹 사이트|웹사이트|홈페이지|web sitesi",
}

_OTHERS: tuple[tuple[Target, str, str], ...] = (
    (
        Target.EMAIL,
        "",
        "адрес эл почты|адрес электронной почты|электронная почта|эл почта|почта|адрес 2 эл почты|адрес 3 эл почты"
        "|電子メール アドレス|電子メール|メールアドレス|メール アドレス|メール|eメール|電子メール 2 アドレス"
        "|電子メール 3 アドレス|电子邮件地址|电子邮件|邮箱|电子邮箱|电子邮件 2 地址|电子邮件 3 地址|電子郵件地址|電子郵件"
        "|電子郵件 2 地址|電子郵件 3 地址|電郵|电邮地址|电邮|이메일|이메일 주소|전자 메일|전자 메일 주소|e posta|eposta|ел пошта|електронна пошта|البريد الإلكتروني|البريد الالكتروني|דוא״ל|דואל|אימייל"
        "|e posta adresi",
    ),
    (
        Target.PHONE,
        "",
        "телефон|номер телефона|другой телефон|電話|電話番号|その他の電話|电话|電話號碼|其他电话|其他電話|电话号码|전화|전화번호|telefon numarası|telefonszám|τηλέφωνο|الهاتف|טלפון",
    ),
    (Target.PHONE, "main", "основной телефон|通常の電話|主要电话|主要電話"),
    (
        Target.PHONE,
        "mobile",
        "мобильный телефон|мобильный|сотовый|сотовый телефон|телефон переносной|携帯電話|携帯|携帯番号|移动电话|手机"
        "|手机号|手机号码|行動電話|手機|휴대폰|휴대전화|휴대폰 번호|핸드폰|cep|cep telefonu|κινητό|мобільний|الجوال|الهاتف المحمول|נייד|טלפון נייד",
    ),
    (
        Target.PHONE,
        "work",
        "рабочий телефон|телефон раб|телефон раб 2|основной телефон организации|会社電話|会社電話 2|会社代表電話"
        "|勤務先電話|商务电话|商务电话 2|单位主要电话|办公电话|工作电话|商務電話|商務電話 2|公司代表線|公司電話|tel会社|tel部門|tel直通|会社tel|直通電話|직장 전화|회사 전화|iş telefonu",
    ),
    (
        Target.PHONE,
        "home",
        "домашний телефон|телефон дом|телефон дом 2|自宅電話|自宅電話 2|住宅电话|住宅电话 2|家庭电话|住家電話|住家電話 2|집 전화|ev telefonu",
    ),
    (Target.PHONE, "work fax", "рабочий факс|会社 fax|会社fax|商务传真|商務傳真"),
    (Target.PHONE, "home fax", "домашний факс|自宅 fax|自宅fax|住宅传真|住家傳真"),
    (
        Target.PHONE,
        "fax",
        "факс|другой факс|fax番号|その他の fax|传真|其他传真|傳真|其他傳真|팩스|팩스번호|faks numarası",
    ),
    (Target.PHONE, "pager", "пейджер|ポケットベル|寻呼机|呼叫器"),
    (Target.PHONE, "car", "телефон в машине|自動車電話|车载电话|汽車電話"),
)

#: The parts of addresses: at work, at home, elsewhere, and without saying where.
_PARTS: dict[Target, tuple[str, str, str, str]] = {
    Target.STREET: (
        "улица раб адрес|番地 会社|会社 番地|商务地址 街道|商务 街道|商務 街|商務 街道|рабочий адрес|公司地址",
        "улица дом адрес|番地 自宅|自宅 番地|住宅地址 街道|住宅 街道|住家 街|住家 街道|домашний адрес|家庭地址|自宅住所",
        "улица другой адрес|番地 その他|その他地址 街道|其他地址 街道|其他 街道|其他 街",
        "улица|адрес|番地|住所|街道|地址|街|街道地址|주소|도로명 주소|adres|adresa|adresă|ulice|ulica|utca|cím|διεύθυνση|οδός|адреса|вулиця|العنوان|כתובת",
    ),
    Target.CITY: (
        "город раб адрес|市区町村 会社|商务地址 市 县|商务 市 县|商務 市 鎮|商務 縣 市",
        "город дом адрес|市区町村 自宅|住宅地址 市 县|住宅 市 县|住家 市 鎮|住家 縣 市",
        "город другой адрес|市区町村 その他|其他地址 市 县|其他 市 鎮",
        "город|населенный пункт|市区町村|市|城市|市 县|縣市|시|도시|şehir|il|město|mesto|város|oraș|πόλη|місто|المدينة|עיר|by",
    ),
    Target.REGION: (
        "область раб адрес|都道府県 会社|商务地址 省 市 自治区|商务地址 省 市 区|商務 縣 市 省",
        "область дом адрес|都道府県 自宅|住宅地址 省 市 自治区|住宅地址 省 市 区",
        "область другой адрес|都道府県 その他|其他地址 省 市 自治区",
        "область|регион|都道府県|省|省份|州",
    ),
    Target.POSTCODE: (
        "индекс раб адрес|почтовый код раб адрес|郵便番号 会社|商务地址 邮政编码|商務 郵遞區號",
        "индекс дом адрес|почтовый код дом адрес|郵便番号 自宅|住宅地址 邮政编码|住家 郵遞區號",
        "индекс другой адрес|郵便番号 その他|其他地址 邮政编码|其他 郵遞區號",
        "индекс|почтовый индекс|郵便番号|邮政编码|邮编|郵遞區號|우편번호|우편 번호|posta kodu|psč|irányítószám|cod poștal|τκ|ταχυδρομικός κώδικας|індекс|поштовий індекс|الرمز البريدي|מיקוד",
    ),
    Target.COUNTRY: (
        "страна раб адрес|国 会社 地域|国 地域 会社|国 会社|商务地址 国家 地区|商務 國家 地區",
        "страна дом адрес|国 自宅 地域|国 地域 自宅|国 自宅|住宅地址 国家 地区|住家 國家 地區",
        "страна другой адрес|国 その他 地域|其他地址 国家 地区|其他 國家 地區",
        "страна|国|国 地域|国家|国家 地区|國家|國家 地區|국가|나라|ülke|země|krajina|ország|țară|χώρα|країна|البلد|الدولة|מדינה",
    ),
}

#: What Japanese tables say of how a name is spoken: the family name first, as they do.
_SPOKEN = {
    "姓フリガナ": "0",
    "名フリガナ": "1",
    "フリガナ": "0",
    "ふりがな": "0",
    "姓 フリガナ": "0",
    "名 フリガナ": "1",
}


def _made() -> dict[str, Column]:
    found: dict[str, Column] = {}

    def put(phrases: str, column: Column) -> None:
        for phrase in phrases.split("|"):
            found.setdefault(key(phrase), column)

    for target, phrases in _PLAIN.items():
        put(phrases, Column(target, "website" if target is Target.LINK else ""))
    for target, label, phrases in _OTHERS:
        put(phrases, Column(target, label))
    for target, places in _PARTS.items():
        for place, phrases in zip(("work", "home", "other", ""), places, strict=True):
            put(phrases, Column(target, place, place or "address"))
    for phrase, group in _SPOKEN.items():
        put(phrase, Column(Target.PHONETIC, group=group))
    return found


def key(phrase: str) -> str:
    """A header for comparison. Marks that are parts of letters ("й", "ド") go in folding, here as in a file."""
    return " ".join(re.findall(r"[^\W_]+", fold(phrase)))


EAST = _made()

#: Since when someone is a connection on LinkedIn.
CONNECTED_EAST = frozenset(
    map(
        key,
        "дата установления контакта|つながった日|つながり日|添加好友的日期|建立联系日期|1촌 맺은 날짜|bağlantı kurulma tarihi".split(
            "|"
        ),
    )
)
