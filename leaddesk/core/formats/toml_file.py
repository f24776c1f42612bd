# SPDX-License-Identifier: MIT
"""A TOML text of ours read as a whole: playbooks, results, calling rules.

What a file holds is read by a function of its own; this module has what all share: text that is no
TOML, too much of it, too many mistakes, and mistakes in the order of the file.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from leaddesk.core.formats.mistakes import Mistake
from leaddesk.core.formats.toml_lines import MAX_DEPTH, LineIndex, TooDeepError, index_lines
from leaddesk.core.formats.toml_table import Reading, Table, TooManyMistakesError

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_PLAINER = {
    "Cannot overwrite a value": "a key is given twice",
    "Cannot mutate immutable namespace": "a table written in { } is added to",
}
_NO_LINES = LineIndex({})

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A text whose TOML is in order, while what it says is read.

    Attributes:
        values: As tomllib gives them.
        reading: Keeps the mistakes.
    """

    values: dict[str, object]
    reading: Reading

    def top(self) -> Table:
        """Return its top table, with nothing of it read yet."""
        return Table(self.reading, self.values)


def read_toml(
    text: str,
    read: Callable[[TomlFile], Value],
    most_characters: int,
    *,
    with_lines: bool = True,
) -> tuple[Value | None, list[Mistake]]:
    """Return what `read` makes of a text, and every mistake of it in its order.

    Args:
        text: The whole file; a byte order mark is no part of it.
        read: Reports what is wrong and goes on with a stand-in value.
        most_characters: A longer text is not looked at.
        with_lines: Know the line of each key; without, it reads faster and every line is the first.

    Returns:
        The value, None where the text is no TOML or has too many mistakes; the mistakes.
    """
    file = _parsed(text.removeprefix("\ufeff"), most_characters, with_lines=with_lines)
    if isinstance(file, Mistake):
        return None, [file]
    value = None
    mistakes = file.reading.mistakes
    try:
        value = read(file)
    except TooManyMistakesError:
        last = max(mistake.line for mistake in mistakes)
        found = f"{len(mistakes)} mistakes"
        mistakes.append(Mistake("too_many_mistakes", "", "", last, found, ""))
    return value, sorted(mistakes, key=lambda mistake: mistake.line)


def _parsed(text: str, most_characters: int, *, with_lines: bool) -> TomlFile | Mistake:
    """Return the values and their lines, or why there are none."""
    if len(text) > most_characters:
        found, allowed = f"{len(text)} characters", f"at most {most_characters}"
        return Mistake("too_large", "", "", 1, found, allowed)
    try:
        text.encode()
        # First, since it bounds the nesting: see `toml_lines`.
        lines = index_lines(text) if with_lines else _NO_LINES
        return TomlFile(tomllib.loads(text), Reading(lines))
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Mistake("syntax", "", "", line, "a character that is no text", "valid TOML")
    except TooDeepError as error:
        return Mistake("too_deep", "", "", error.line, "", f"at most {MAX_DEPTH} levels")
    except ValueError as error:
        return _syntax_mistake(text, str(error))


def _syntax_mistake(text: str, message: str) -> Mistake:
    """Return tomllib's complaint as a mistake; it puts the line at the end of its message."""
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    said = message[: place.start()] if place else message
    return Mistake("syntax", "", "", line, _PLAINER.get(said, said), "valid TOML")
