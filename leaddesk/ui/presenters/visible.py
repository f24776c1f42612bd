# SPDX-License-Identifier: MIT
"""Characters that draw nothing, or turn what stands behind them, as something harmless to see."""

from typing import Final

_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They would turn what stands behind the text, too. Spreadsheets put them around phone numbers."""

_BOX: Final = "\u25a1"
"""Our font has it, but no pictures of single control characters."""

_STAND_INS: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), _BOX),
    **dict.fromkeys(map(ord, _TURNING)),
    **dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n"),
    **{ord(char): char for char in "\n\t"},
}


def visible(text: str) -> str:
    """Return a text for the window: control characters as boxes, nothing turned round.

    What is kept, searched, edited and exported stays as it came.
    """
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_STAND_INS)
