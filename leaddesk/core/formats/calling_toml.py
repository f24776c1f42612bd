# SPDX-License-Identifier: MIT
"""Files of calling rules: TOML text in, `CallingRules` out, or every mistake with its line.

The shipped ones are resources/calling/zones.toml (zones of countries and states) and calling.toml
(windows and numbers), read in this order, each on top of the one before; a person's own file comes
last and may have any part of both. Format: docs/calling-rules.md.
"""

from collections.abc import Sequence

from leaddesk.core.domain.calling import CallingRules
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.calling_tables import CallingTables
from leaddesk.core.formats.mistakes import Mistake
from leaddesk.core.formats.toml_file import read_toml

MOST_CHARACTERS = 200_000


class CallingErrors(KnownError):  # noqa: N818 - it carries several
    """A file of calling rules was refused; nothing of it is used.

    Attributes:
        mistakes: All of them, in the order of the file.
    """

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        title = f'The file "{name}"' if name else "The file of calling rules"
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        first = " The first:" if len(mistakes) > 1 else ""
        super().__init__(
            f"{title} has {count} and was not used.{first} {mistakes[0].sentence}",
            "Correct the file; docs/calling-rules.md says what it may hold.",
        )
        self.mistakes = tuple(mistakes)


def read_calling(text: str, name: str = "", base: CallingRules | None = None) -> CallingRules:
    """Return the rules of `base` with what a file says in their place.

    Args:
        text: The whole file.
        name: What to call it in the error, for example the file's name.
        base: What is known already. Without it the file is taken for zones.toml, which the tests
            checked: whether every zone exists is not looked up, for that takes longer than reading.

    Raises:
        CallingErrors: the file has mistakes; all of them are listed.
    """
    known = base or CallingRules()
    rules, mistakes = _read(text, known, thorough=base is not None)
    if mistakes and base is None:
        mistakes = _read(text, known, thorough=True)[1]
    if rules is None or mistakes:
        raise CallingErrors(name, mistakes)
    return rules


def check_calling(text: str, base: CallingRules | None = None) -> tuple[Mistake, ...]:
    """Return every mistake of a file in its order, `base` being what is known already."""
    return tuple(_read(text, base or CallingRules(), thorough=True)[1])


def _read(
    text: str, base: CallingRules, *, thorough: bool
) -> tuple[CallingRules | None, list[Mistake]]:
    return read_toml(
        text,
        lambda file: CallingTables(file.top(), base, check_zones=thorough).read(),
        MOST_CHARACTERS,
        with_lines=thorough,
    )
