# SPDX-License-Identifier: MIT
"""How an import is put into words: before it, what would happen; after it, what did."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from leaddesk.core.domain.column_checks import ColumnCheck
from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services.import_leads import ImportPreview, ImportReport
from leaddesk.core.services.import_plan import Counts
from leaddesk.ui.presenters.import_reading import DELIMITERS
from leaddesk.ui.presenters.lead_texts import counted, system_words

Parts = tuple[tuple[str, bool], ...]
Parted = tuple[tuple[str, str], ...]

SHOWN_VALUES: Final = 3
SHOWN_PROBLEMS: Final = 12
_LONGEST_KEPT: Final = 40

_NO_SYSTEM = "csv"
"""The preset of files that no system was recognised by."""

FIELD_POLICIES: Final = {
    None: "As the rest",
    OnMatch.FILL: "Fill it where it is empty",
    OnMatch.OVERWRITE: "Take what the file says",
    OnMatch.SKIP: "Keep mine",
    OnMatch.MIRROR: "Take what the file says; an empty cell wipes mine",
}
"""What a row may do to one field, as it is offered."""

_POLICY_WORDS = {
    OnMatch.FILL: "fill",
    OnMatch.OVERWRITE: "overwrite",
    OnMatch.SKIP: "keep mine",
    OnMatch.MIRROR: "empty wipes",
}
_FIELD_WORDS = {"": "Kept as an extra field", "ignored": "Left out", "email": "E-mail"}


@dataclass(frozen=True, slots=True)
class ColumnText:
    """One line of the table: a column, where it goes, what it holds.

    Attributes:
        field: Where it goes, as in `ImportPreview.columns`.
        policy: What a row does to that field, in words; empty: as for the rest.
        check: (text, tone) of what its cells say; tones are pass, nurture and muted.
        kept: The first cells that are kept as written, with their lines; may be empty.
    """

    column: str
    field: str
    goes_to: str
    values: str
    extra: bool
    policy: str
    check: Parted
    kept: str


@dataclass(frozen=True, slots=True)
class PreviewText:
    """What an import would do, in words.

    Attributes:
        chips: (text, tone) of the counts that are not zero.
        problems: The first rows that cannot be used, each a sentence.
        check_title: Heading of the checks; says of how many rows they are.
        button: Text of the button that imports; empty: there is nothing to import.
    """

    title: str
    source: Parts
    chips: tuple[tuple[str, str], ...]
    columns: tuple[ColumnText, ...]
    check_title: str
    problems_title: str
    problems: tuple[str, ...]
    button: str


def preview_text(preview: ImportPreview) -> PreviewText:
    """Return a preview in words."""
    counts = preview.counts
    rejects = f"{preview.path.stem}.rejected.csv"
    taken = counts.imported + counts.leads_updated
    shown = [problem.sentence for problem in preview.problems[:SHOWN_PROBLEMS]]
    if counts.rejected > SHOWN_PROBLEMS:
        shown.append(f"And {counts.rejected - SHOWN_PROBLEMS:,} more.")
    return PreviewText(
        title=f"Import {preview.path.name}",
        source=tuple(_source(preview)),
        chips=tuple(_chips(counts)),
        columns=tuple(_column(preview, index, check) for index, check in enumerate(preview.checks)),
        check_title=f"Check of all {counts.rows:,} rows" if counts.rows > 1 else "Check",
        problems_title=(
            f"Rows with a problem, kept in {rejects} with the reason" if counts.rejected else ""
        ),
        problems=tuple(shown),
        button=f"Import {counted(taken, 'lead')}" if taken else "",
    )


def report_text(report: ImportReport) -> tuple[str, str]:
    """Return what an import did, and where the rows are that were not taken."""
    done = [
        f"{counted(number, 'lead')} {what}"
        for number, what in (
            (report.imported, "added"),
            (report.updated, "updated"),
            (report.skipped, "left as they were"),
        )
        if number
    ]
    what = ", ".join(done) if done else "Nothing was imported"
    if report.held:
        held = "is" if report.held == 1 else "are"
        what += f". {report.held:,} of them {held} never called: number or address suppressed"
    if not report.rejected:
        return f"{what}.", ""
    rows = counted(report.rejected, "row")
    verb = "was" if report.rejected == 1 else "were"
    return f"{what}.", (
        f"{rows} could not be used and {verb} written with the reason to {report.rejects_file}"
    )


def _source(preview: ImportPreview) -> Iterator[tuple[str, bool]]:
    source = preview.source
    delimiter = DELIMITERS.get(source.delimiter, source.delimiter)
    rows = counted(preview.counts.rows, "row")
    yield f"{rows} \u00b7 {source.encoding.upper()} \u00b7 separator {delimiter}", False
    if source.preset != _NO_SYSTEM:
        yield " \u00b7 recognised as an export of ", False
        yield system_words(source.preset), True


def _chips(found: Counts) -> Iterator[tuple[str, str]]:
    counts = (
        (found.imported, "new", "new", "pass"),
        (found.leads_updated, "updates a lead you have", "update leads you have", "accent"),
        (found.skipped, "is there already", "are there already", "neutral"),
        (found.duplicates, "may be a duplicate", "may be duplicates", "nurture"),
        (found.rejected, "row with a problem", "rows with a problem", "dq"),
    )
    for number, one, many, tone in counts:
        if number:
            yield counted(number, one, many), tone


def field_words(field: str, preset: str) -> str:
    """Return the name of a lead's field as people read it; `preset` names the file's system."""
    if field in _FIELD_WORDS:
        return _FIELD_WORDS[field]
    if field.startswith("external_id"):
        return f"Id in {system_words(field.partition('.')[2] or preset)}"
    return field.replace("_", " ").replace("email", "e-mail").capitalize()


def progress_text(what: str, done: int, total: int, seconds: float) -> str:
    """Return how far something is: rows, rows a second, time left.

    Args:
        what: What is being done, for example "Importing fair.csv".
        done: Rows dealt with so far.
        total: All of them.
        seconds: Since it began.
    """
    return f"{what}: {done:,} of {total:,} rows{_pace(done, total, seconds)}"


def reading_text(what: str, done: int, about: int, seconds: float) -> str:
    """Return how far reading a file is, of which nobody knows how many rows it has.

    Args:
        what: What is being done.
        done: Rows read so far.
        about: How many there may be, for the time left; 0: nothing tells.
        seconds: Since it began.
    """
    return f"{what}: {counted(done, 'row')}{_pace(done, about, seconds)}"


def _pace(done: int, total: int, seconds: float) -> str:
    if not done or seconds < 1:
        return ""
    rate = done / seconds
    words = f" \u00b7 {counted(round(rate), 'row')} a second"
    return f"{words} \u00b7 {_time_left((total - done) / rate)}" if total > done else words


def _time_left(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes:
        return f"about {counted(minutes, 'minute')} left"
    return f"about {counted(max(round(seconds), 1), 'second')} left"


def check_parts(check: ColumnCheck | None) -> Parted:
    """Return what the cells of a column say, good and doubtful apart."""
    if check is None:
        return ()
    if not check.valid_count and not check.kept_count:
        return (("no cell has anything in it", "muted"),)
    parts = []
    if check.valid_count:
        parts.append((f"{check.valid_count:,} valid", "pass"))
    if check.kept_count:
        parts.append((f"{check.kept_count:,} kept as written", "nurture"))
    doubtful = check.is_order_open or check.decimal_sign == "?" or bool(check.rounded_count)
    tone = "nurture" if doubtful else "pass"
    blank = ((f"{check.blank_count:,} blank", "muted"),) if check.blank_count else ()
    return (*parts, *((remark, tone) for remark in check.remarks), *blank)


def _kept(check: ColumnCheck | None) -> str:
    """Return where the first cells are that are kept as written, and what they say."""
    if check is None:
        return ""
    return " \u00b7 ".join(f"line {line:,}: {_short(text)}" for line, text in check.first_kept)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_KEPT else f"{plain[: _LONGEST_KEPT - 1]}\u2026"


def _column(preview: ImportPreview, index: int, check: ColumnCheck | None) -> ColumnText:
    column, field = preview.columns[index]
    cells = (row[index].strip() for row in preview.first_rows)
    # A dictionary keeps each value once, in the order of the file.
    values = ", ".join(islice(dict.fromkeys(filter(None, cells)), SHOWN_VALUES))
    policy = preview.options.by_field.get(field)
    return ColumnText(
        column,
        field,
        field_words(field, preview.source.preset),
        values,
        not field,
        _POLICY_WORDS[policy] if policy else "",
        check_parts(check),
        _kept(check),
    )
