# SPDX-License-Identifier: MIT
"""Typed reading of parsed TOML: a getter reports what is wrong and goes on with a stand-in value.

So one pass over a bad file finds all of its mistakes. A key nobody asked for is an unknown key,
which makes the reading code itself the list of what is allowed.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from leaddesk.core.formats.mistakes import Mistake
from leaddesk.core.formats.toml_lines import KeyPath, LineIndex

MOST_MISTAKES = 500
"""Nobody corrects more in one go, and looking for what was meant takes time for each."""

ID = re.compile(r"[A-Za-z0-9_-]+")
ID_WORDS = "letters, digits, - and _ only"
_MOST_SHOWN = 60
_MOST_NUMBER_SHOWN = 10**18

Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")


class TooManyMistakesError(Exception):
    """Internal to the reading of one file: `MOST_MISTAKES` are reported, no more are looked for."""


@dataclass(slots=True)
class Reading:
    """What is known while one file is read."""

    lines: LineIndex
    mistakes: list[Mistake] = field(default_factory=list)

    def report(self, mistake: Mistake) -> None:
        """Keep a mistake.

        Raises:
            TooManyMistakesError: there are enough.
        """
        self.mistakes.append(mistake)
        if len(self.mistakes) >= MOST_MISTAKES:
            raise TooManyMistakesError


class Table:
    """One table of the file.

    Attributes:
        name: As mistakes show it: `criteria[authority].questions[signer]`.
        path: As the line index knows it.
    """

    def __init__(
        self, reading: Reading, values: dict[str, object], path: KeyPath = (), name: str = ""
    ) -> None:
        self.name = name
        self.path = path
        self._reading = reading
        self._values = values
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        """Return whether the file has that key here."""
        return key in self._values

    @property
    def has_mistakes(self) -> bool:
        """Whether anything in the whole file was reported so far."""
        return bool(self._reading.mistakes)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys the file has here, in its order."""
        return tuple(self._values)

    def report(  # noqa: PLR0913 - the parts of a mistake, given by name
        self,
        code: str,
        key: str = "",
        *,
        found: object = None,
        allowed: str = "",
        at: KeyPath = (),
        among: Iterable[str] = (),
    ) -> None:
        """Report a mistake of this table.

        `found` is the value that stands there, or `Words` about it; `at` its position where the
        value of `key` is a list; `among` what may have been meant by it.
        """
        path = (*self.path, key, *at) if key else self.path
        mistake = Mistake(
            code=code,
            table=self.name,
            key=key,
            line=self._reading.lines.of(path),
            found=shown(found),
            allowed=allowed,
            meant=_closest(found, among),
        )
        self._reading.report(mistake)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it has to be there and not blank."""
        value = self._get(key, str, "a text", required=default is None)
        if value is None:
            return default or ""
        if default is None and not value.strip():
            self.report("empty", key, allowed="a text")
        return value

    def identifier(self, key: str = "id") -> str:
        """Return an id."""
        value = self._get(key, str, "an id", required=True)
        if value is None:
            return ""
        if not ID.fullmatch(value):
            self.report("bad_id", key, found=value, allowed=ID_WORDS)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self._get(key, bool, "true or false")
        return default if value is None else value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number of that range; without a default it has to be there."""
        value = self.optional_integer(key, low, high, required=default is None)
        if value is not None:
            return value
        return low if default is None else default

    def optional_integer(
        self, key: str, low: int, high: int, *, required: bool = False
    ) -> int | None:
        """Return a whole number of that range, None where it is missing or something else."""
        allowed = f"a whole number from {low} to {high}"
        value = self._get(key, int, allowed, required=required)
        if value is not None and not low <= value <= high:
            self.report("out_of_range", key, found=value, allowed=allowed)
            return None
        return value

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """Return one word of a fixed list; without a default it has to be there."""
        value = self.optional_word(key, words, required=default is None)
        return value or default or next(iter(words))

    def optional_word(self, key: str, words: type[Word], *, required: bool = False) -> Word | None:
        """Return one word of a fixed list, None where the key is missing or says something else."""
        allowed = listed(words)
        value = self._get(key, str, f"one of {allowed}", required=required)
        if value is None:
            return None
        if value not in set(words):
            self.report("wrong_value", key, found=value, allowed=allowed, among=words)
            return None
        return words(value)

    def texts(
        self, key: str, what: str = "a list of texts", *, required: bool = False
    ) -> tuple[str, ...]:
        """Return a list of texts; an empty tuple where the key is missing."""
        good: list[str] = []
        for position, value in enumerate(self._list(key, what, required=required)):
            if isinstance(value, str) and value.strip():
                good.append(value)
            elif isinstance(value, str):
                self.report("empty", key, allowed="texts that are not blank", at=(position,))
            else:
                self.report("wrong_type", key, found=value, allowed=what, at=(position,))
        return tuple(good)

    def texts_or_integers(self, key: str, what: str) -> tuple[str | int, ...]:
        """Return a list, which has to be there and not empty, of texts and whole numbers."""
        good: list[str | int] = []
        for position, value in enumerate(self._list(key, what, required=True)):
            if isinstance(value, str | int) and not isinstance(value, bool):
                good.append(value)
            else:
                self.report("wrong_type", key, found=value, allowed=what, at=(position,))
        return tuple(good)

    def integers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Return a list of whole numbers of that range; an empty tuple where the key is missing."""
        good: list[int] = []
        what = f"a list of whole numbers from {low} to {high}"
        for position, value in enumerate(self._list(key, what)):
            if type(value) is int and low <= value <= high:
                good.append(value)
            else:
                code = "out_of_range" if type(value) is int else "wrong_type"
                self.report(code, key, found=value, allowed=what, at=(position,))
        return tuple(good)

    def is_table(self, key: str) -> bool:
        """Return whether the value of that key is a table."""
        return isinstance(self._values.get(key), dict)

    def table(self, key: str, *, required: bool = False) -> "Table | None":
        """Return the table of that key, None where it is missing."""
        value = self._get(key, dict, "a table", required=required)
        if value is None:
            return None
        return Table(self._reading, value, (*self.path, key), _joined(self.name, key))

    def tables(self, key: str, *, required: bool = False) -> tuple["Table", ...]:
        """Return the tables of an array, named by their ids where they have one."""
        what = "a list of tables"
        found: list[Table] = []
        for position, value in enumerate(self._list(key, what, required=required)):
            if isinstance(value, dict):
                label = value.get("id")
                label = label if isinstance(label, str) and ID.fullmatch(label) else position + 1
                name = f"{_joined(self.name, key)}[{label}]"
                found.append(Table(self._reading, value, (*self.path, key, position), name))
            else:
                self.report("wrong_type", key, found=value, allowed=what, at=(position,))
        return tuple(found)

    def refuse(self, key: str, allowed: str) -> None:
        """Report a key that is known but makes no sense in this table."""
        self._known.append(key)
        if key in self._values:
            self.report("not_here", key, found=self._values[key], allowed=allowed)

    def close(self) -> None:
        """Report every key that no getter asked for."""
        for key in self._values:
            if key not in self._known:
                self.report(
                    "unknown_key",
                    key,
                    found=Words(key),
                    allowed=", ".join(self._known),
                    among=self._known,
                )

    def _list(self, key: str, what: str, *, required: bool = False) -> list[object]:
        value = self._get(key, list, what, required=required)
        if value is None:
            return []
        if required and not value:
            self.report("empty", key, allowed=what)
        return value

    def _get(
        self, key: str, kind: type[Value], allowed: str, *, required: bool = False
    ) -> Value | None:
        """Return the value when it has exactly that type: true is not a whole number."""
        self._known.append(key)
        if key not in self._values:
            if required:
                self.report("missing_key", key, found=Words("nothing"), allowed=allowed)
            return None
        value = self._values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.report("wrong_type", key, found=value, allowed=allowed)
            return None
        return value


class Words(str):
    """Words about what was found, shown as they are: not the value itself."""

    __slots__ = ()


def shown(value: object) -> str:
    """Return a value as a mistake shows it, short enough for one line."""
    match value:
        case Words():
            words = str(value)
        case str():
            short = value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}..."
            words = json.dumps(short, ensure_ascii=False)
        case None:
            words = ""
        case dict():
            words = "a table"
        case list():
            words = "a list"
        case bool():
            words = "true" if value else "false"
        case int() if abs(value) > _MOST_NUMBER_SHOWN:
            words = "a number far too large"
        case _:
            words = str(value)
    return words


def listed(words: Iterable[str]) -> str:
    """Return words as a list for people: "a, b or c"."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def _joined(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _closest(found: object, among: Iterable[str]) -> str:
    known: Collection[str] = [str(word) for word in among]
    if not known or not isinstance(found, str) or len(found) > _MOST_SHOWN:
        return ""
    close = get_close_matches(found, known, n=1)
    return close[0] if close else ""
