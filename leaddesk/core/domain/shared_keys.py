# SPDX-License-Identifier: MIT
"""Which lines of a file share a key, told from hashes of the keys.

A million leads have four million keys, which in a set would take more memory than all else of an
import. Between the services, which hash the keys, and the staging file, which keeps the hashes.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

CODE = "I"
"""Of an `array` of hashes or lines: 32 bits each."""

_ROOM = 8
"""Marks for each hash, so that few of those that occur once are looked at more closely."""


class KeyHashes(NamedTuple):
    """Keys of some rows.

    Attributes:
        hashes: One a key; equal keys have equal ones, whatever the process.
        lines: The line that has the key, of each hash.
    """

    hashes: "array[int]"
    lines: "array[int]"


def key_hashes(keys: Iterable[tuple[str, int]]) -> KeyHashes:
    """Return keys, each with its line, as hashes.

    An e-mail is no phone and no name, so one hash for all kinds does; two keys that share one by
    chance only have their lines looked at more closely.
    """
    texts, lines = zip(*keys, strict=True) if (keys := list(keys)) else ((), ())
    hashes = [crc32(text.encode("utf-8", "replace")) for text in texts]
    return KeyHashes(array(CODE, hashes), array(CODE, lines))


def lines_sharing(keys: Sequence[KeyHashes]) -> set[int]:
    """Return the lines that have a hash another line has as well."""
    marks = (_ROOM * sum(len(some.hashes) for some in keys) + 1).bit_length()
    mask = (1 << marks) - 1
    seen = bytearray(mask + 1)
    again: set[int] = set()
    for some in keys:
        for number in some.hashes:
            mark = number & mask
            if seen[mark]:
                again.add(mark)
            else:
                seen[mark] = 1
    del seen
    first: dict[int, int] = {}
    found: set[int] = set()
    for some in keys:
        for number, line in zip(some.hashes, some.lines, strict=True):
            if number & mask in again:
                other = first.setdefault(number, line)
                if other != line:
                    found.add(other)
                    found.add(line)
    return found
