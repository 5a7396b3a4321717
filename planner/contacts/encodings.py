"""Which character encoding bytes are written in, where a file does not say.

UTF-8 and UTF-16 prove themselves. For the older encodings the bytes are read in each of them, and the reading that
looks most like words of one script wins; Windows-1252 wins a draw, since most such files come from Western Europe.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# In the order of preference when two readings look equally good.
_SINGLE_BYTE = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r")
# Each with the lead bytes of its everyday characters, and characters that names and addresses are full of.
_DOUBLE_BYTE = (
    ("cp932", ((0x81, 0x84), (0x88, 0x97)), "田中山本佐藤鈴木高橋小林伊渡辺村東京都大阪府県市区町丁目株式会社一子郎"),
    ("euc_jp", ((0xA1, 0xA5), (0xB0, 0xCF)), "田中山本佐藤鈴木高橋小林伊渡辺村東京都大阪府県市区町丁目株式会社一子郎"),
    (
        "gb18030",
        ((0xA1, 0xA3), (0xB0, 0xD7)),
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林北京上海广州市区省路街号有限公司小明",
    ),
    ("big5", ((0xA1, 0xA3), (0xA4, 0xC6)), "陳林黃張李王吳劉蔡楊許鄭謝郭臺台北高雄中市區路街號段樓有限公司大小明文美"),
    (
        "cp949",
        ((0xA1, 0xA3), (0xB0, 0xC8)),
        "김이박최정강조윤장임한오서신권황안송류홍울산시구동로길대주식회사수영민철남",
    ),
)
_SAMPLE = 65_536
_SHORT = 200

_WORD = re.compile(r"[^\W\d_]+")
_ODD_IN_WORDS = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’.\-,;:/()@&+=\"!?](?=[^\W\d_])|[\x80-\x9f\ufffd]"
    # Signs that begin or end a word where another code page has a letter.
    r"|(?<!\w)[£¥¯¬¦¨¸¹²³¼½¾](?=[^\W\d_])|(?<=[^\W\d_]{2})[¹³¿](?!\w)"
)
# Of the languages of Windows-1252 one alone has this letter, and always before an e; it stands where Hungarian has ő.
_NOT_PORTUGUESE = re.compile("[õÕ](?![eE])")
# The accented letters of the languages that each code page serves: a text is mostly in one of them.
_LANGUAGES = {
    "cp1252": (
        "äöüß", "éèêëàâçîïôùûüœ", "áéíóúñü¿¡", "áâãàçéêíóôõú", "æøåéö", "åäöé", "àèéìòù", "áðéíóúýþæö", "éëïöüè",
        "àçèéíïòóúü",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîșşţț"),
    "cp1254": ("çğıöşüâîû\u0307",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip


def byte_order_mark(head: bytes) -> tuple[str, int] | None:
    """The encoding a byte order mark names, and the mark's length."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    return None


def utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 that begins with an ASCII character but has no byte order mark."""
    sample = head[:512]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd >= 0.4 * pairs and sample[0] and even < 0.1 * pairs:
        return "utf-16-le"
    if even >= 0.4 * pairs and sample[1] and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def known_encoding(name: str) -> str | None:
    """The codec for a charset name as programs write it ("Shift_JIS", "ISO-8859-1"), None if there is none.

    Browsers' practice is followed: ISO-8859-1 and ASCII mean Windows-1252, Shift_JIS means Windows-31J, GB2312 GB18030.
    """
    cleaned = name.strip().strip("\"'").lower()
    if not cleaned or len(cleaned) > 40:
        return None
    try:
        found = codecs.lookup(cleaned)
    except (LookupError, ValueError):
        try:
            found = codecs.lookup(cleaned.replace("windows", "cp").replace("-", "").replace("_", ""))
        except (LookupError, ValueError):
            return None
    # Codecs that are no text encodings (rot13, zlib …) are not wanted from a file.
    if not found._is_text_encoding or found.name in ("idna", "punycode", "unicode_escape", "raw_unicode_escape"):
        return None
    return {
        "iso8859-1": "cp1252",
        "ascii": "cp1252",
        "shift_jis": "cp932",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "euc_kr": "cp949",
        "iso8859-9": "cp1254",
        "utf-7": "utf-8",
    }.get(found.name, found.name)


def decode(data: bytes, encoding: str) -> str:
    """The text of bytes; what the encoding leaves undefined is read as the Latin-1 character of that number."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "cp1252":
            return "".join(
                char if char != "\ufffd" else chr(byte)
                for char, byte in zip(data.decode("cp1252", "replace"), data, strict=True)
            )
        return data.decode(encoding, "replace")


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes, judged by their first 64 KiB. Never fails: the last resort is Windows-1252."""
    sample = data[:_SAMPLE]
    if (found := byte_order_mark(sample)) is not None:
        return found[0]
    if (wide := utf16_without_mark(sample)) is not None:
        return wide
    if _is_utf8(sample, cut=len(data) > len(sample)):
        return "utf-8"
    lines = b"\n".join(line for line in sample.splitlines() if any(byte > 0x7F for byte in line))
    best, best_score = "cp1252", _single_byte_score(lines, "cp1252")
    for encoding in _SINGLE_BYTE[1:]:
        score = _single_byte_score(lines, encoding)
        if score > best_score + 0.05:
            best, best_score = encoding, score
    for encoding, usual, frequent in _DOUBLE_BYTE:
        score = _double_byte_score(lines, encoding, usual, frequent)
        if score > best_score + 0.05:
            best, best_score = encoding, score
    return best


def _is_utf8(sample: bytes, *, cut: bool) -> bool:
    """Whether this is UTF-8. It may end inside a character where it is `cut`, or where others are whole: of a text as
    short as "Jos\xe9" the last byte is a letter of another encoding."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return cut or not text.isascii() or sample.isascii()


def _single_byte_score(data: bytes, encoding: str) -> float:
    """Between -1 and 1: how far the words with non-ASCII letters look like words of one script."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "cp1252":
            return -1.0
        text = decode(data, encoding)
    odd = len(_ODD_IN_WORDS.findall(text)) + (_not_western(text) if encoding == "cp1252" else 0)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    letters = [char for word in words for char in word if ord(char) > 0x7F]
    if not letters:
        return -0.5 if not odd else -1.0
    lowered = "".join(letters).lower()
    served = _LANGUAGES.get(encoding, ())
    covered = max((sum(char in language for char in lowered) for language in served), default=0)
    usual = frozenset("".join(served))
    score = sum(_word_score(word, usual) for word in words) - 2.0 * odd
    # Half of the score asks for words of the script, half for letters of one language.
    half = covered if served else max(score, 0.0)
    return max(-1.0, (score + half) / 2 / (len(letters) + odd))


def _not_western(text: str) -> int:
    """How many letters of a text read as Windows-1252 stand where only another language has a letter."""
    icelandic = frozenset("þýÞÝ")
    there = icelandic.intersection(text)
    if len({char.lower() for char in there}) == 2 and not frozenset("áéíóúæÁÉÍÓÚÆ").intersection(text):
        # Icelandic has these never without those; Turkish has its ş and ı there.
        return len(_NOT_PORTUGUESE.findall(text)) + sum(char in icelandic for char in text)
    return len(_NOT_PORTUGUESE.findall(text))


def _word_score(word: str, usual: frozenset[str]) -> float:
    # A capital İ becomes two characters, of which the dot is the one that tells.
    foreign = [char for char in word if ord(char) > 0x7F]
    scripts = {unicodedata.name(char, "?").split(" ", 1)[0] for char in foreign}
    if len(scripts) > 1:
        return -1.0 * len(foreign)
    odd_case = word != word.lower() and word != word.upper() and word[1:] != word[1:].lower()
    if not usual or scripts != {"LATIN"}:
        # Cyrillic, Greek, Hebrew, Arabic: words of that script alone.
        if len(foreign) < len(word) or len(word) < 2 or "LATIN" in scripts:
            return -1.0 * len(foreign)
        return (0.2 if odd_case else 0.95) * len(foreign)
    score = sum(0.9 if char.lower()[-1] in usual else -0.6 for char in foreign)
    if len(foreign) > 2 and len(foreign) * 2 > len(word):
        score -= 1.2 * len(foreign)
    return score - (0.5 if odd_case else 0.0)


def _double_byte_score(data: bytes, encoding: str, usual: tuple[tuple[int, int], ...], frequent: str) -> float:
    """Between -1 and 1.5: which part of the non-ASCII characters are everyday ones."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # A sample may be cut inside a character; a short text is whole.
        if error.start < len(data) - 3 or len(data) < _SHORT:
            return -1.0
        text = data[: error.start].decode(encoding)
    everyday, total = 0.0, 0
    known = sum(char in frequent for char in text)
    for char in text:
        if ord(char) < 0x80:
            continue
        total += 1
        name = unicodedata.name(char, "?")
        if name.startswith(("HIRAGANA", "KATAKANA")):
            everyday += 1
        elif name.startswith("HALFWIDTH KATAKANA"):
            everyday += 0.6
        else:
            try:
                lead = char.encode(encoding)[0]
            except UnicodeEncodeError:
                continue
            everyday += any(low <= lead <= high for low, high in usual)
    return (2.0 * everyday + 0.5 * known) / total - 1.0 if total else -1.0
