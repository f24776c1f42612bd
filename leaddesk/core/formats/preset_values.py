# SPDX-License-Identifier: MIT
"""How one system writes statuses, stages, dates, flags and lists, to be read and to be written.

Part of a preset (`presets`). What is read here becomes a text the cell readers of `lead_rows`
understand; what is written here is what the system takes at import.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from leaddesk.core.formats.cells import tags

_SPACES = re.compile(r"[\s_]+")
TIMES = frozenset({"created_at", "last_activity_at", "consent_at"})
_FLAGS = frozenset({"do_not_call", "opted_out"})
OWN_WORDS = TIMES | _FLAGS | {"status", "stage", "tags"}
"""Fields that every system writes in a way of its own."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})",
    "MMM": rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*",
    "MM": r"(?P<month>\d{2})", "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})", "D": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})", "H": r"(?P<hour>\d{1,2})",
    "h": r"(?P<half>0?[1-9]|1[0-2])", "A": r"(?P<noon>[ap])\.?m\.?",
    "mm": r"(?P<minute>\d{2})", "ss": r"(?P<second>\d{2})",
}  # fmt: skip
_PART = re.compile("YYYY|YY|MMM|MM|M|DD|D|HH|H|h|A|mm|ss")
_NOON = 12


@dataclass(frozen=True, slots=True)
class ValueReading:
    """How a system's cells are read.

    Attributes:
        values: Field -> folded text -> what our cell readers understand.
        dates: Patterns, tried in this order.
        separator: Between the tags of a cell; empty: as `cells.tags` finds it.
    """

    values: Mapping[str, Mapping[str, str]]
    dates: tuple[re.Pattern[str], ...]
    separator: str

    def is_own(self, field: str) -> bool:
        """Tell whether the system writes a field in a way of its own."""
        return field in self.values or field in TIMES or (field == "tags" and self.separator != "")

    def read(self, field: str, text: str) -> str:
        """Return what a cell says in words of ours; a text of no known meaning as it is."""
        if known := self.values.get(field):
            return known.get(fold_value(text), text)
        if field in TIMES:
            return self._moment(text)
        if field == "tags" and self.separator:
            return joined_tags(_split(text, self.separator))
        return text

    def _moment(self, text: str) -> str:
        for pattern in self.dates:
            if (match := pattern.fullmatch(text)) and (at := _moment_of(match.groupdict())):
                return at.isoformat()
        return text


@dataclass(frozen=True, slots=True)
class ValueWriting:
    """How a system wants its cells.

    Attributes:
        values: Field -> value of ours, or "value/reason of the decision" -> label. A field with
            labels is blank for every other value.
        decided: Column -> what it says once there is a decision, keyed like `values`.
        date, moment: Formats of days and of times.
        yes: A flag that is set.
        separator: Between tags.
        before_tags: What stands before the first tag.
        is_quoting_tags: Every tag stands in quotes.
    """

    values: Mapping[str, Mapping[str, str]]
    decided: Mapping[str, Mapping[str, str]]
    date: str
    moment: str
    yes: str
    separator: str
    before_tags: str
    is_quoting_tags: bool

    def label(self, field: str, value: str, reason: str = "") -> str:
        """Return the label of a status or a stage, empty where the system has none."""
        return _of(self.values[field], value, reason)

    def after_decision(self, column: str, status: str, reason: str) -> str:
        """Return what a column says of a lead with a decision, empty where it says nothing."""
        return _of(self.decided.get(column, {}), status, reason)

    def write(self, field: str, text: str) -> str:
        """Return the cell of a field.

        Args:
            field: Of `Lead`.
            text: As our own CSV has it. A flag that is not set is left blank, for "no" in a
                column of opt-outs would take one back that was given in the other system.
        """
        if not text:
            return ""
        if field in self.values:
            return self.label(field, text)
        if field in _FLAGS:
            return self.yes if text == "true" else ""
        if field in TIMES:
            return self._moment(text)
        return self.tags(tags(text)) if field == "tags" else text

    def tags(self, found: Sequence[str]) -> str:
        """Return a list of tags in one cell."""
        if not found:
            return ""
        special = f'{self.separator}"\r\n'
        texts = [
            '"' + tag.replace('"', '""') + '"'
            if self.is_quoting_tags or any(char in tag for char in special)
            else tag
            for tag in found
        ]
        return self.before_tags + self.separator.join(texts)

    def _moment(self, text: str) -> str:
        at = datetime.fromisoformat(text)
        is_day = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
        return _PART.sub(lambda part: _written(at, part[0]), self.date if is_day else self.moment)


def reading_of(table: Mapping[str, Any]) -> ValueReading:
    """Return the reading half of a preset's TOML."""
    values: Mapping[str, Mapping[str, str]] = table.get("values", {})
    reading = table.get("reading", {})
    return ValueReading(
        {field: {fold_value(k): v for k, v in known.items()} for field, known in values.items()},
        tuple(map(_pattern, reading.get("dates", ()))),
        reading.get("separator", ""),
    )


def writing_of(table: Mapping[str, Any]) -> ValueWriting:
    """Return how values are written by the table `[write]` of a preset's TOML."""
    return ValueWriting(
        values=table.get("values", {}),
        decided=table.get("decided", {}),
        date=table.get("date", "YYYY-MM-DD"),
        moment=table.get("moment", "YYYY-MM-DD HH:mm:ss"),
        yes=table.get("yes", "true"),
        separator=table.get("separator", ";"),
        before_tags=table.get("before_tags", ""),
        is_quoting_tags=table.get("quote_tags", False),
    )


def fold_value(text: str) -> str:
    """Return a label or an internal name for comparing: case, spaces and "_" do not matter."""
    return _SPACES.sub(" ", text.strip().casefold())


def joined_tags(found: Sequence[str]) -> str:
    """Return tags in one text that `cells.tags` reads as these very tags."""
    texts = ('"' + t.replace('"', '""') + '"' if set(t) & set(';,"\r\n') else t for t in found)
    joined = ";".join(texts)
    return joined if ";" in joined or len(found) > 1 else f"{joined};" if joined else ""


def _of(labels: Mapping[str, str], value: str, reason: str) -> str:
    return labels.get(f"{value}/{reason}", labels.get(value, ""))


def _split(text: str, separator: str) -> list[str]:
    if len(separator) > 1:
        cells = text.split(separator)
    else:
        try:
            cells = next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            cells = text.split(separator)
    return list(dict.fromkeys(tag for cell in cells if (tag := cell.strip())))


def _pattern(form: str) -> re.Pattern[str]:
    pieces = []
    at = 0
    for part in _PART.finditer(form):
        pieces += [re.escape(form[at : part.start()]), _PARTS[part[0]]]
        at = part.end()
    return re.compile("".join([*pieces, re.escape(form[at:])]), re.IGNORECASE)


def _moment_of(parts: Mapping[str, str | None]) -> datetime | None:
    number = {name: int(text) for name, text in parts.items() if text and text.isdecimal()}
    year = number["year"] if "year" in number else 2000 + number["short"]
    name = parts.get("name")
    month = _MONTHS.index(name.casefold()[:3]) + 1 if name else number["month"]
    hour = number.get("hour", 0)
    if noon := parts.get("noon"):
        hour = number["half"] % _NOON + (_NOON if noon in "pP" else 0)
    minute, second = number.get("minute", 0), number.get("second", 0)
    try:
        return datetime(year, month, number["day"], hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _written(at: datetime, part: str) -> str:
    numbers = {
        "YYYY": at.year, "YY": at.year % 100, "MM": at.month, "M": at.month, "DD": at.day,
        "D": at.day, "HH": at.hour, "H": at.hour, "h": at.hour % _NOON or _NOON,
        "mm": at.minute, "ss": at.second,
    }  # fmt: skip
    if part in numbers:
        return f"{numbers[part]:0{len(part)}}"
    if part == "A":
        return "AM" if at.hour < _NOON else "PM"
    return _MONTHS[at.month - 1].title()
