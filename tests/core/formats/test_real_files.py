# SPDX-License-Identifier: MIT
"""Files that other people made, read to the last cell: suites of CSV tools, exports, attacks."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from leaddesk.core.domain.rows import RowProblem
from leaddesk.core.errors import KnownError
from leaddesk.core.formats.csv_reader import CsvRow, open_csv
from leaddesk.core.formats.csv_writer import write_csv

DATA = Path(__file__).parents[2] / "data"
SPECTRUM = sorted((DATA / "csv_spectrum" / "csvs").glob("*.csv"))
EXAMPLES = sorted(
    path
    for path in (DATA / "csvkit_examples").iterdir()
    if path.name not in {"COPYING", "SOURCE.txt"}
)
WITHOUT_ROWS = {
    "blanks_converted.csv",
    "empty.csv",
    "no_header_row.csv",
    "no_header_row2.csv",
    "test_empty_columns_long_row.csv",
    "test_empty_columns_short_row.csv",
}
# Here the expected JSON does not belong to the CSV beside it: another phone number, CRLF.
REPAIRED = {
    "location_coordinates": ('"1234567890"', '"2095257564"'),
    "newlines_crlf": ("\\r\\n", "\\n"),
}


def read(content: bytes) -> tuple[tuple[str, ...], list[CsvRow | RowProblem]]:
    source = open_csv(BytesIO(content))
    return source.header, list(source.rows())


@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_the_spectrum_of_csv_is_read_as_it_says(path):
    expected = path.parents[1].joinpath("json", f"{path.stem}.json").read_text(encoding="utf-8")
    truth = json.loads(expected.replace(*REPAIRED.get(path.stem, ("\0", ""))))
    header, rows = read(path.read_bytes())
    found = [dict(zip(header, row.cells, strict=True)) for row in rows]
    assert found == (truth if isinstance(truth, list) else [truth])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_of_csvkit_are_read_or_refused(path):
    if path.name in WITHOUT_ROWS or path.suffix == ".bz2":
        with pytest.raises(KnownError):
            read(path.read_bytes())
        return
    header, rows = read(path.read_bytes())
    if path.suffix == ".gz":
        assert (header, [row.cells for row in rows]) == (("a", "b", "c"), [("1", "2", "3")])
        return
    content = path.read_bytes().replace(b"\0", b"")
    codec = {"test_latin1.csv": "cp1252", "test_utf16_big.csv": "utf-16"}.get(
        path.name, "utf-8-sig"
    )
    if "utf16" in path.name:
        content, codec = path.read_bytes(), "utf-16"
    delimiter = {"dummy.tsv": "\t", "sniff_limit.csv": ";"}.get(path.name, ",")
    plain = csv.reader(StringIO(content.decode(codec), newline=""), delimiter=delimiter)
    names, *expected = (record for record in plain if any(map(str.strip, record)))
    assert list(header) == [name.strip() for name in names]
    for row, cells in zip(rows, expected, strict=True):
        assert isinstance(row, RowProblem) == (len(cells) > len(names))
        assert list(row.cells)[: len(cells)] == cells


def test_the_header_below_blank_lines_has_its_line():
    for name in ("bad_skip_lines.csv", "test_skip_lines.csv"):
        with (DATA / "csvkit_examples" / name).open("rb") as stream:
            assert open_csv(stream).dialect.header_line == 4


def test_the_file_with_semicolons_is_read_whole():
    content = (DATA / "uci_bank_additional" / "bank-additional.csv").read_bytes()
    header, rows = read(content)
    assert (len(header), len(rows)) == (21, 4119)
    assert all(isinstance(row, CsvRow) for row in rows)


@pytest.mark.parametrize("name", ["Campaign", "CampaignMember", "Lead", "Task"])
def test_the_exports_of_salesforce_are_read_as_they_are(name):
    content = (DATA / "salesforce_workshop_export" / f"{name}.csv").read_bytes()
    names, *expected = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    header, rows = read(content)
    assert list(header) == names
    assert [list(row.cells) for row in rows] == expected


def naughty() -> list[str]:
    text = (DATA / "naughty_strings_blns" / "blns.json").read_text(encoding="utf-8")
    payloads = (DATA / "csv_injection_payloads" / "csv-payload.txt").read_text(encoding="utf-8")
    return [*json.loads(text), *payloads.splitlines()]


def test_naughty_strings_and_formulas_come_back_as_they_were():
    strings = [text for text in naughty() if "\0" not in text]
    rows = [(f"L{number}", text, text) for number, text in enumerate(strings)]
    stream = StringIO(newline="")
    write_csv(stream, ("id", "name", "notes"), rows)
    header, found = read(stream.getvalue().encode())
    assert header == ("id", "name", "notes")
    assert [row.cells for row in found] == rows
