# SPDX-License-Identifier: MIT
"""TOML files of rules other than playbooks: one text in, a value out, or every mistake of it.

What a file holds is read by a function on its top table; this module has what all share: text that
is no TOML, too much of it, and the error that refuses the file.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from typing import TypeVar

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.mistakes import Mistake
from leaddesk.core.formats.toml_lines import MAX_DEPTH, TooDeepError, index_lines
from leaddesk.core.formats.toml_table import Reading, Table, TooManyMistakesError

SCHEMA = 1
MOST_CHARACTERS = 1_000_000

_MOST_SCHEMAS = 1_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

Value = TypeVar("Value")


class RulesErrors(KnownError):  # noqa: N818 - it carries several
    """A file of rules was refused; nothing of it is used.

    Attributes:
        mistakes: All of them, in the order of the file.
    """

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        title = f'The file "{name}"' if name else "The file of rules"
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        first = "" if len(mistakes) == 1 else "The first: "
        super().__init__(
            f"{title} has {count} and was not used. {first}{mistakes[0].sentence}",
            "Correct the file, or remove it to go on with the rules that come with the program.",
        )
        self.mistakes = tuple(mistakes)


def read_rules(text: str, read: Callable[[Table], Value], name: str = "") -> Value:
    """Return what `read` makes of a file's top table.

    Args:
        text: The whole file.
        read: Reports what is wrong and goes on with a stand-in value. It need neither read
            `schema` nor close the table.
        name: What to call the file in the error.

    Raises:
        RulesErrors: the file has mistakes; all of them are listed.
    """
    value, mistakes = _read(text, read)
    if mistakes or value is None:
        raise RulesErrors(name, mistakes)
    return value


def check_rules(text: str, read: Callable[[Table], Value]) -> tuple[Mistake, ...]:
    """Return every mistake of a file, in its order."""
    return tuple(_read(text, read)[1])


def _read(text: str, read: Callable[[Table], Value]) -> tuple[Value | None, list[Mistake]]:
    parsed = _parse(text.removeprefix("\ufeff"))
    if isinstance(parsed, Mistake):
        return None, [parsed]
    file, reading = parsed
    value = None
    try:
        schema = file.optional_integer("schema", 0, _MOST_SCHEMAS, required=True)
        if schema is not None and schema != SCHEMA:
            file.report("wrong_value", "schema", found=schema, allowed=f"{SCHEMA}")
        value = read(file)
        file.close()
    except TooManyMistakesError:
        found = f"{len(reading.mistakes)} mistakes"
        line = max(mistake.line for mistake in reading.mistakes)
        reading.mistakes.append(Mistake("too_many_mistakes", "", "", line, found, ""))
    return value, sorted(reading.mistakes, key=lambda mistake: mistake.line)


def _parse(text: str) -> tuple[Table, Reading] | Mistake:
    if len(text) > MOST_CHARACTERS:
        # "too_large" speaks of playbooks.
        found = f"{len(text)} characters are more than {MOST_CHARACTERS}"
        return Mistake("syntax", "", "", 1, found, "valid TOML")
    try:
        text.encode()
        reading = Reading(index_lines(text))
        return Table(reading, tomllib.loads(text)), reading
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Mistake("syntax", "", "", line, "a character that is no text", "valid TOML")
    except TooDeepError as error:
        found = f"nested deeper than {MAX_DEPTH} levels"
        return Mistake("syntax", "", "", error.line, found, "valid TOML")
    except ValueError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        said = message[: place.start()] if place else message
        return Mistake("syntax", "", "", line, said, "valid TOML")
