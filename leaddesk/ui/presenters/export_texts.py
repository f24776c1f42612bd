# SPDX-License-Identifier: MIT
"""The words of the export page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from leaddesk.core.services.export_leads import ALL_COLUMNS
from leaddesk.ui.presenters.lead_texts import counted

if TYPE_CHECKING:
    from leaddesk.core.services.export_leads import ExportCheck, ExportReport

HEADINGS: Final = ("Column", "Value", "Leads", "What becomes of it")
_BLANK: Final = "blank"


@dataclass(frozen=True, slots=True)
class CheckText:
    """What an export would do.

    Attributes:
        chips: (text, tone) of what is counted.
        lines: What to know before, as cells under `HEADINGS`; may be none.
        fine, fine_more: Said in place of no lines.
        button: What the button says; empty: there is nothing to write.
    """

    chips: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, ...], ...]
    fine: str
    fine_more: str
    button: str


def safe_note(target: str, title: str, *, safe: bool) -> str:
    """Say what protecting cells for a spreadsheet does, or why there is none.

    Args:
        target: Id of what the file is for.
        title: Its name.
        safe: Whether it is chosen.
    """
    if target != ALL_COLUMNS:
        return f"{title} would take the protection for a part of the cells, so there is none."
    if safe:
        return (
            "No cell is taken for a formula or a number. The name of the file says .spreadsheet,"
            " and an import of it gives back the exact values."
        )
    return (
        "The exact values, for leaddesk and other programs. A spreadsheet may change cells that"
        " look like formulas or numbers."
    )


def check_text(check: "ExportCheck", target: str, title: str) -> CheckText:
    """Return what the page says of a check.

    Args:
        check: As it was found.
        target: Id of what the files are for.
        title: Its name.
    """
    if target == ALL_COLUMNS:
        fine = ("Every column of every lead", "With the last decision of each lead that has one.")
    else:
        fine = (
            f"Nothing to watch out for with {title}",
            "Nothing it insists on is missing, and every value is in its lists as delivered.",
        )
    return CheckText(
        _chips(check),
        _lines(check, title),
        *fine if check.rows else ("There is nothing to write", _why_nothing(check)),
        f"Export {counted(check.rows, 'lead')}" if check.rows else "",
    )


def done_text(report: "ExportReport") -> tuple[str, str]:
    """Return what was written where, and what was left out; the second may be empty."""
    names = [file.name for file in report.files]
    where = report.file.parent
    many = f"{len(names):,} files in {where}: {', '.join(names)}"
    to = f"{names[0]} in {where}" if len(names) == 1 else many
    written = "was written" if report.rows == 1 else "were written"
    left = "".join(_left_out(number) for number in report.left_out.values())
    return f"{counted(report.rows, 'lead')} {written} to {to}.", left


def file_name(list_name: str, target: str) -> str:
    """Return the name that is proposed for a file.

    Args:
        list_name: Which leads, in a word; empty: all.
        target: Id of what the file is for.
    """
    words = ["leads", list_name, "" if target == ALL_COLUMNS else target]
    return f"{'-'.join(word for word in words if word)}.csv"


def _why_nothing(check: "ExportCheck") -> str:
    if check.left_out:
        return "".join(_left_out(number) for number in check.left_out.values())
    return "No lead is in this list."


def _left_out(number: int) -> str:
    was = "was" if number == 1 else "were"
    them = "it" if number == 1 else "them"
    return f"{counted(number, 'lead')} {was} left out: nobody may contact {them}."


def _chips(check: "ExportCheck") -> tuple[tuple[str, str], ...]:
    unknown = sum(map(len, check.unknown.values()))
    left_out = sum(check.left_out.values())
    missing = max(check.missing.values(), default=0)
    # A lead may lack several of them.
    refused = f"{missing:,} or more" if len(check.missing) > 1 else f"{missing:,}"
    chips = (
        (check.rows, counted(check.rows, "lead"), "pass"),
        (len(check.files) > 1, counted(len(check.files), "file"), "accent"),
        (unknown, f"{counted(unknown, 'value')} not in the lists", "nurture"),
        (left_out, f"{left_out:,} left out", "nurture"),
        (missing, f"{refused} will be refused", "dq"),
    )
    return tuple((text, tone) for is_said, text, tone in chips if is_said)


def _lines(check: "ExportCheck", title: str) -> tuple[tuple[str, ...], ...]:
    lines: list[tuple[str, ...]] = [
        (label, _BLANK, f"{number:,}", f"{title} refuses a lead without it")
        for label, number in sorted(check.missing.items())
    ]
    lines += [
        ("Do not contact", "yes", f"{number:,}", f"Left out of a file for {title}")
        for number in check.left_out.values()
    ]
    if check.opted_out and len(check.files) > 1:
        lines.append(("Opted out", "yes", f"{check.opted_out:,}", "In a file of their own"))
    elif check.opted_out:
        lines.append(("Opted out", "yes", f"{check.opted_out:,}", "The name of the file says so"))
    groups = 2 if check.opted_out and check.opted_out < check.rows else 1
    if len(check.files) > groups:
        more = f"{len(check.files):,} files: {title} takes only so much in one"
        lines.append(("All columns", "", f"{check.rows:,}", more))
    for label, values in check.unknown.items():
        most_first = sorted(values.items(), key=lambda found: (-found[1], found[0]))
        lines += [
            (label, value, f"{number:,}", f"Written as it is; not in the list of {title}")
            for value, number in most_first
        ]
    return tuple(lines)
