# SPDX-License-Identifier: MIT
"""Letters without their accents: the part that the forms for comparing have in common.

What two texts are compared for differs, so these forms do: `lead_keys.fold` makes leads one without
asking and keeps accents; `traits.plain` and `company_names.company_key` only propose, and see more
alike; `places.fold_state`, `presets.fold_label` and `search.fold` agree with tables of their own.
"""

import unicodedata
from typing import Final

LETTERS_OF_THEIR_OWN: Final = str.maketrans(
    {
        "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe",
        "\u00fe": "th", "\u00f0": "d",
    }
)  # fmt: skip
"""Small letters that cannot be taken apart, as people write them who do not have them."""


def without_accents(text: str) -> str:
    """Return a text in compatibility forms, taken apart, without what was on or under letters."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
