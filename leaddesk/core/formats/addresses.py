# SPDX-License-Identifier: MIT
"""Takes an address in one cell apart."""

import re
from typing import Final

DIVIDED: Final = ("city", "state", "postal_code", "country")
"""Fields of the parts behind the street, in their order."""
_BETWEEN = re.compile(r" {2,}")
_MOST_PARTS = 6


def address_parts(text: str) -> dict[str, str]:
    """Return the parts of an address in one cell, empty where they are not certain.

    Mailchimp divides street, city, state, postal code and country by two spaces; a second line
    of the street may stand behind the first.
    """
    from leaddesk.core.formats.country_names import country_code

    parts = [part.strip() for part in _BETWEEN.split(text.strip())]
    streets = len(parts) - len(DIVIDED)
    if len(parts) > _MOST_PARTS or streets < 1 or not (country := country_code(parts[-1])):
        return {}
    found = dict(zip(DIVIDED, parts[streets:], strict=True))
    return {"street": "\n".join(parts[:streets]), **found, "country": country}
