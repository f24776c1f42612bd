# SPDX-License-Identifier: MIT
"""Finds the encoding of a text file: byte order marks, Unicode, and else the likeliest code page.

A code page leaves no trace but its letters. So every candidate that can decode the file is read as
names in some language, and the one that reads best is taken (docs/adr/0006).
"""

import codecs
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import BinaryIO

from leaddesk.core.formats.alphabets import LANGUAGES, Language, Script

CODE_PAGES = (
    "cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1257", "cp1255", "cp1256", "cp1258",
    "cp874", "cp932", "gb18030", "cp949", "cp950", "euc_jp", "iso8859_15", "iso8859_2",
    "iso8859_9", "iso8859_7", "iso8859_5", "koi8_u", "koi8_r", "mac_roman", "mac_latin2",
    "mac_cyrillic", "mac_greek", "mac_turkish", "cp850", "cp852", "cp866", "cp857", "cp737",
    "cp775", "cp862", "latin_1",
)  # fmt: skip
"""What is sought; of two that read a file alike the earlier is taken. The last decodes anything."""

_DOS_PAGES = frozenset({"cp850", "cp852", "cp866", "cp857", "cp737", "cp775", "cp862"})
_SEVEN_BIT = ("iso2022_jp", "iso2022_jp_2", "iso2022_kr")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCK = 1 << 16
_SAMPLE_BYTES = 1 << 14
_MOSTLY = 0.9
_NUL_SHARE = 0.05
_FEW = 10
_FEW_FAULTS = 0.1

_WORD = re.compile(r"[^\s,;|\"'()<>@.:/\\+&*=!?0-9_-]+")
_COUNTRY = re.compile(rb"(?:^|[,;|\t\"])([A-Z]{2})(?=[,;|\t\"]|$)|@[\w.-]+\.([a-z]{2})\b")

# Log-likelihoods of characters; only their differences matter, and those not much.
_PLAIN_LETTER = -3.0
_OUT_OF_PLACE = -7.0
_PUNCTUATION = -6.0
_IDEOGRAPH = -9.0
_RARE = -3.0
_FOREIGN_LETTER = -11.0
_SYMBOL = -12.0
_CONTROL = -25.0
_SMALL_THEN_CAPITAL = -6.0
_SMALL_FIRST = -1.0
_SPOKEN_THERE = 4.0
_OLD_SYSTEM = -4.0
_FAULT = -20.0
_PUNCTUATION_MARKS = frozenset("–—‘’“”„«»…•°€£§©®™·´`\u00a0¡¿、。・「」ー々")  # noqa: RUF001  # meant
_SHARES = {Script.LATIN: (0.12, 2), Script.OTHER: (0.95, 6)}
"""What part of the text the letters listed make up, and how little the first ones stand out."""
_EVERYDAY = {
    Script.HAN_JAPANESE: (0xB0, 0xCF),
    Script.HAN_SIMPLIFIED: (0xB0, 0xD7),
    Script.HAN_TRADITIONAL: (0xA4, 0xC6),
    Script.HANGUL: (0xB0, 0xC8),
}
"""First bytes of the everyday characters in the national standard that names the script."""


def find_encoding(stream: BinaryIO) -> str:
    """Return the name of the codec that reads the text of a stream, as Python knows it.

    The name never includes a byte order mark: that is the first character of the text, U+FEFF.
    The whole stream is read once, and is back at its beginning afterwards.
    """
    stream.seek(0)
    head = stream.read(_BLOCK)
    found = _marked(head) or _wide(head) or _narrow(stream)
    stream.seek(0)
    return found


def fluency(lines: Iterable[bytes], codec: str) -> float:
    """Return the log-likelihood of the words of some lines, 0 at best.

    Only words with a character beyond ASCII count; the others are alike in every code page. A
    country code in a line, alone in its cell or at the end of an e-mail address, speaks for the
    languages of that country.

    Raises:
        UnicodeDecodeError: the lines are not in this encoding.
    """
    total = 0.0
    for line in lines:
        text = line.decode(codec)
        marks = _COUNTRY.findall(line)
        countries = frozenset((cell or end).decode("ascii").upper() for cell, end in marks)
        words = (word for word in _WORD.findall(text) if not word.isascii())
        total += sum(_word_fluency(word, countries) for word in words)
    return total


def _marked(head: bytes) -> str:
    return next((codec for mark, codec in _MARKS if head.startswith(mark)), "")


def _wide(head: bytes) -> str:
    """Return the encoding of UTF-16 or UTF-32 text without a mark, by where its NULs stand."""
    if head.count(0) <= _NUL_SHARE * len(head):
        return ""
    fourths = [head[place::4].count(0) * 4 / len(head) for place in range(4)]
    if min(fourths[2:]) > _MOSTLY:
        return "utf-32-le"
    if min(fourths[:2]) > _MOSTLY:
        return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > _FEW * even and re.search(rb"[\r\n]\x00", head):
        return "utf-16-le"
    return "utf-16-be" if even > _FEW * odd and re.search(rb"\x00[\r\n]", head) else ""


def _narrow(stream: BinaryIO) -> str:
    sample = list(_telling_lines(stream))
    if _is_utf8(stream):
        stateful = (codec for codec in _SEVEN_BIT if b"".join(sample).isascii())
        return next((codec for codec in stateful if sample and _can_read(sample, codec)), "utf-8")
    readable = sum(_can_read((line,), "utf-8") for line in sample)
    if readable > _MOSTLY * len(sample):
        return "utf-8"
    stream.seek(0)
    is_mac = b"\n" not in stream.read(_BLOCK)
    scores = {}
    for codec in CODE_PAGES:
        lines = sample if _can_read(sample, codec) else _readable(sample, codec)
        faults = len(sample) - len(lines)
        if faults <= _FEW_FAULTS * len(sample):
            score = fluency(lines, codec) + _likelihood(codec, is_mac=is_mac)
            scores[codec] = score + faults * _FAULT
    return max(scores, key=scores.__getitem__)


def _readable(lines: Iterable[bytes], codec: str) -> list[bytes]:
    """Return the lines that are in an encoding: a stray byte somewhere must not rule it out."""
    return [line for line in lines if _can_read((line,), codec)]


def _is_utf8(stream: BinaryIO) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _telling_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the first lines with bytes beyond ASCII, or with the escapes of stateful encodings."""
    stream.seek(0)
    size = 0
    rest = b""
    while size < _SAMPLE_BYTES and (block := stream.read(_BLOCK)):
        text = rest + block
        end = max(text.rfind(b"\n"), text.rfind(b"\r")) + 1
        rest = text[end:] if len(text) - end < _BLOCK else b""
        for line in _told(text[:end]):
            size += len(line)
            yield line
    if size < _SAMPLE_BYTES:
        yield from _told(rest)


def _told(text: bytes) -> Iterator[bytes]:
    if text.isascii() and b"\x1b" not in text:  # most blocks of most files
        return
    for line in text.splitlines():
        if not line.isascii() or b"\x1b" in line:
            yield line


def _can_read(lines: Iterable[bytes], codec: str) -> bool:
    try:
        for line in lines:
            line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _likelihood(codec: str, *, is_mac: bool) -> float:
    """Return how likely an encoding is before a word was read: who writes it today?"""
    if codec.startswith("mac"):
        return -_OLD_SYSTEM if is_mac else _OLD_SYSTEM
    return _OLD_SYSTEM if codec in _DOS_PAGES else 0.0


def _word_fluency(word: str, countries: frozenset[str]) -> float:
    shape = _SMALL_THEN_CAPITAL * sum(a.islower() and b.isupper() for a, b in pairwise(word))
    if word[0].islower() and not word[0].isascii():
        shape += _SMALL_FIRST
    return shape + max(
        letters.prior
        + (_SPOKEN_THERE if countries & letters.language.countries else 0.0)
        + sum(map(letters.__getitem__, word))
        for letters in _languages()
    )


class _Letters(dict[str, float]):
    """Character -> log-likelihood in one language; those of its alphabet at the start."""

    def __init__(self, language: Language, prior: float) -> None:
        self.language = language
        self.prior = prior
        share, flatness = _SHARES.get(language.script, (0.6, 40))
        ranks = range(flatness, flatness + len(language.letters))
        total = sum(1 / rank for rank in ranks)
        for letter, rank in zip(language.letters, ranks, strict=True):
            self[letter] = math.log(share / rank / total)
            self.setdefault(letter.upper(), self[letter] - 1)

    def __missing__(self, char: str) -> float:
        self[char] = likelihood = self._other(char)
        return likelihood

    def _other(self, char: str) -> float:
        if char.isascii():
            plain = char.isalpha() and self.language.script is Script.LATIN
            return _PLAIN_LETTER if plain else _OUT_OF_PLACE
        if unicodedata.category(char) in {"Cc", "Co", "Cn", "Cs"}:
            return _CONTROL
        if char in _PUNCTUATION_MARKS:
            return _PUNCTUATION
        if not char.isalpha():
            return _SYMBOL
        return self._ideograph(char) if self.language.script in _EVERYDAY else _FOREIGN_LETTER

    def _ideograph(self, char: str) -> float:
        standard = self.language.script.value
        try:
            first_byte = char.encode(standard)[0]
        except UnicodeEncodeError:
            return _FOREIGN_LETTER + _RARE
        kind = "HANGUL" if self.language.script is Script.HANGUL else "CJK"
        if not unicodedata.name(char, "").startswith(kind):
            return _FOREIGN_LETTER
        low, high = _EVERYDAY[self.language.script]
        return _IDEOGRAPH if low <= first_byte <= high else _IDEOGRAPH + _RARE


@lru_cache(maxsize=1)
def _languages() -> tuple[_Letters, ...]:
    total = sum(language.weight for language in LANGUAGES)
    return tuple(_Letters(each, math.log(each.weight / total)) for each in LANGUAGES)
