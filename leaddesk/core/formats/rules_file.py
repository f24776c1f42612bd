# SPDX-License-Identifier: MIT
"""TOML files of rules other than playbooks: one text in, a value out, or every mistake of it.

What a file holds is read by a function on its top table; this module has what all share: the schema
and the error that refuses the file.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.mistakes import Mistake
from leaddesk.core.formats.toml_file import TomlFile, read_toml
from leaddesk.core.formats.toml_table import Table

SCHEMA = 1
MOST_CHARACTERS = 1_000_000

_MOST_SCHEMAS = 1_000

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

    def read_all(file: TomlFile) -> Value:
        top = file.top()
        schema = top.optional_integer("schema", 0, _MOST_SCHEMAS, required=True)
        if schema is not None and schema != SCHEMA:
            top.report("wrong_value", "schema", found=schema, allowed=f"{SCHEMA}")
        value = read(top)
        top.close()
        return value

    value, mistakes = read_toml(text, read_all, MOST_CHARACTERS)
    if mistakes or value is None:
        raise RulesErrors(name, mistakes)
    return value
