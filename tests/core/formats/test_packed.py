# SPDX-License-Identifier: MIT
"""A CSV in a gzip archive: whole, cut off, damaged, and made to fill a disk."""

import gzip
from io import BytesIO

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_reader import CsvRow, open_csv

ROWS = b"".join(b"Ada %d,a%d@x.example\n" % (n * n, n * 7919 % 10007) for n in range(4000))
CONTENT = b"Name,Email\n" + ROWS


def test_it_is_read_like_the_file_inside():
    source = open_csv(BytesIO(gzip.compress(CONTENT)))
    plain = open_csv(BytesIO(CONTENT))
    assert source.dialect.kind == "csv.gz"
    assert list(source.rows()) == list(plain.rows())
    assert list(source.rows()) == list(plain.rows())


def test_archives_put_together_are_one():
    packed = gzip.compress(CONTENT[:5000]) + gzip.compress(CONTENT[5000:])
    assert len(list(open_csv(BytesIO(packed)).rows())) == 4000


@pytest.mark.parametrize("length", [3000, 9000, -8, -1])
def test_where_it_is_cut_off_is_told_with_the_line(length):
    *rows, last = open_csv(BytesIO(gzip.compress(CONTENT)[:length])).rows()
    assert all(isinstance(row, CsvRow) for row in rows)
    assert last.code == "cut_off"
    assert last.line == len(rows) + 2
    whole = CONTENT.splitlines()
    assert [",".join(row.cells).encode() for row in rows] == whole[1 : len(rows) + 1]


def test_a_damaged_one_gives_what_comes_before():
    packed = bytearray(gzip.compress(CONTENT, mtime=0))
    packed[-6] ^= 0xFF  # of the checksum
    *rows, last = open_csv(BytesIO(bytes(packed))).rows()
    assert (last.code, last.found) == ("cut_off", "is damaged")
    assert len(rows) == 4000


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(b""), "is empty"),
        (b"\x1f\x8b\x08" + bytes(50), "is empty, or so damaged"),
        (gzip.compress(gzip.compress(CONTENT)), "no CSV in this archive"),
        (gzip.compress(b"%PDF-1.7\n"), "a PDF document"),
        (gzip.compress(b"a,b\n" * 30_000_000), "Far more"),
    ],
    ids=["empty", "no archive", "twice", "a PDF", "a bomb"],
)
def test_what_cannot_be_used_is_refused(content, what):
    with pytest.raises(KnownError, match=what):
        open_csv(BytesIO(content))
