# SPDX-License-Identifier: MIT
"""Where each key and each array element of a TOML text stands, so that a mistake can name its line.

tomllib gives values without places. This scanner walks the same text beside it and keeps only
places; whether the text is TOML at all is left to tomllib. It runs first, because it also bounds
the nesting: tomllib takes quadratic time over very long dotted keys, and deep arrays exhaust its
stack.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""Keys and array positions from the top: ("criteria", 0, "questions", 1, "points")."""

MAX_DEPTH = 16
"""More keys and positions than any value of a playbook has above it (the deepest has eight)."""

_BLANK = re.compile(r"[ \t]*")
_FILLER = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_STRING = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^\s,\]}#=]+(?: [0-9][0-9:.Zz+-]*)?")
_KEY_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')


class TooDeepError(Exception):
    """A key or an array lies deeper than `MAX_DEPTH`.

    Attributes:
        line: Line of that key or array, counted from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is nested deeper than {MAX_DEPTH} levels")
        self.line = line


class _NotTomlError(Exception):
    """The scanner does not understand the text here; tomllib will say why."""


@dataclass(frozen=True, slots=True)
class LineIndex:
    """Lines, counted from 1, of the keys and array elements of one text."""

    lines: Mapping[KeyPath, int]

    def of(self, path: KeyPath) -> int:
        """Return the line of that key or element, or else of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def index_lines(text: str) -> LineIndex:
    """Return where the keys of a TOML text stand.

    Args:
        text: Any text; what follows the first thing that is not TOML is left out of the index.

    Returns:
        A line for every table, key and array element; for a table written in pieces, of the first.

    Raises:
        TooDeepError: A key or an array lies deeper than `MAX_DEPTH`.
    """
    scanner = _Scanner(text)
    with suppress(_NotTomlError):
        scanner.document()
    return LineIndex(scanner.lines)


class _Scanner:
    """One walk over one text; `lines` fills on the way."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._array_sizes: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self._skip(_FILLER)
        while self._at < len(self._text):
            if self._next_is("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_FILLER)

    def _header(self) -> KeyPath:
        line = self._line()
        is_array = self._next_is("[[")
        self._at += 2 if is_array else 1
        keys = self._key()
        self._expect("]]" if is_array else "]")
        path = self._resolved(keys[:-1], line)
        path += (keys[-1],)
        if is_array:
            self._mark(path, line)
            position = self._array_sizes.get(path, 0)
            self._array_sizes[path] = position + 1
            path += (position,)
        elif path in self._array_sizes:
            raise _NotTomlError
        self._mark(path, line)
        return path

    def _resolved(self, keys: tuple[str, ...], line: int) -> KeyPath:
        """Keys of a header as a path: below an array of tables, they mean its latest table."""
        path: KeyPath = ()
        for key in keys:
            path += (key,)
            self._mark(path, line)
            if path in self._array_sizes:
                path += (self._array_sizes[path] - 1,)
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for key in self._key():
            path += (key,)
            self._mark(path, line)
        self._expect("=")
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._next_is("["):
            self._array(path)
        elif self._next_is("{"):
            self._inline_table(path)
        elif self._next_is('"') or self._next_is("'"):
            self._take(_STRING)
        else:
            self._take(_BARE_VALUE)

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        position = 0
        self._skip(_FILLER)
        while not self._next_is("]"):
            element = (*path, position)
            self._mark(element, self._line())
            self._value(element)
            position += 1
            self._skip(_FILLER)
            if not self._next_is("]"):
                self._expect(",")
                self._skip(_FILLER)
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        self._skip(_FILLER)
        while not self._next_is("}"):
            self._pair(path)
            self._skip(_FILLER)
            if not self._next_is("}"):
                self._expect(",")
                self._skip(_FILLER)
        self._at += 1

    def _key(self) -> tuple[str, ...]:
        parts = [self._key_part()]
        while self._next_is("."):
            self._at += 1
            parts.append(self._key_part())
            if len(parts) > MAX_DEPTH:
                raise TooDeepError(self._line())
        return tuple(parts)

    def _key_part(self) -> str:
        self._skip(_BLANK)
        if self._next_is('"') or self._next_is("'"):
            raw = self._take(_KEY_STRING)
            key = raw[1:-1] if "\\" not in raw else _unescaped(raw)
        else:
            key = self._take(_BARE_KEY)
        self._skip(_BLANK)
        return key

    def _mark(self, path: KeyPath, line: int) -> None:
        if len(path) > MAX_DEPTH:
            raise TooDeepError(line)
        self.lines.setdefault(path, line)

    def _line(self) -> int:
        return bisect_right(self._breaks, self._at - 1) + 1

    def _next_is(self, token: str) -> bool:
        return self._text.startswith(token, self._at)

    def _expect(self, token: str) -> None:
        if not self._next_is(token):
            raise _NotTomlError
        self._at += len(token)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if not match:
            raise _NotTomlError
        self._at = match.end()
        return match.group()


def _unescaped(raw: str) -> str:
    if raw.startswith("'"):
        return raw[1:-1]
    try:
        return str(tomllib.loads(f"key = {raw}")["key"])
    except tomllib.TOMLDecodeError as error:
        raise _NotTomlError from error
