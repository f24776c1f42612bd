# SPDX-License-Identifier: MIT
"""Countries to choose from."""

from PySide6.QtCore import QLocale

_NO_NUMBERS = frozenset(
    ("AQ", "BV", "CP", "DG", "EA", "EU", "GS", "HM", "IC", "PN", "QO", "TF", "UM")
)
"""Territories that have no phone numbers of their own."""


def countries() -> list[tuple[str, str]]:
    """Return (ISO 3166 alpha-2, name) of every country with phone numbers, by name; first none."""
    found = {
        QLocale.territoryToCode(country): QLocale.territoryToString(country)
        for country in QLocale.Country
    }
    named = [
        (code, name)
        for code, name in found.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_NUMBERS  # noqa: PLR2004 - alpha-2
    ]
    return [("", "Not set"), *sorted(named, key=lambda country: country[1].casefold())]
