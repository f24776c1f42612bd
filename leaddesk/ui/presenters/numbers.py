# SPDX-License-Identifier: MIT
"""Numbers as people type and read them on the phone: 25,000, 25k, 1.5m."""

import re

from leaddesk.core.domain.playbook import Kind, Question

_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .,'\u2019][0-9]{3})+|[0-9]{1,15}")
_SHORT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,3}))? ?([km])")
_NOT_DIGITS = re.compile(r"[^0-9]")
_CURRENCY = " $\u20ac\u00a3\u00a5"


def grouped(number: int) -> str:
    """Return a whole number with its thousands set apart: 25,000."""
    return f"{number:,}"


def read_number(question: Question, text: str) -> tuple[int | None, str]:
    """Return the number typed, else why it is none (no words for an empty field).

    Thousands may be set apart by a space, a comma, a dot or an apostrophe; money may be written
    as 25k or 1.5m and carry a currency sign.
    """
    plain = " ".join(text.casefold().split())
    if question.kind is Kind.MONEY:
        plain = plain.strip(_CURRENCY)
    if not plain:
        return None, ""
    if grouped_digits := _GROUPED.fullmatch(plain):
        number = int(_NOT_DIGITS.sub("", grouped_digits[0]))
    elif question.kind is Kind.MONEY and (short := _SHORT.fullmatch(plain)):
        places = {"k": 3, "m": 6}[short[3]]
        number = int(short[1] + (short[2] or "").ljust(places, "0"))
    else:
        return None, "That is not a whole number. Type digits, for example 25000."
    lowest = question.bands[0].at_least
    if number < lowest:
        return None, f"The smallest answer is {grouped(lowest)}."
    return number, ""
