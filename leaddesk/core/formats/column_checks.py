# SPDX-License-Identifier: MIT
"""What the cells of a column say together: the order of dates, the decimal sign, what is valid.

Before an import, from a sample or from all cells; the readers of the column go by what is found.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial

from leaddesk.core.domain.column_checks import ColumnCheck, DateOrder
from leaddesk.core.formats import dates, phones
from leaddesk.core.formats.amounts import currency, decimal_sign, employee_count, whole_number
from leaddesk.core.formats.cells import email_address, flag
from leaddesk.core.formats.country_names import country_code
from leaddesk.core.formats.names import split_name

DATES = frozenset({"consent_at", "created_at", "last_activity_at"})
NUMBERS = frozenset({"employees", "revenue"})
PHONES = frozenset({"phone", "phone_2", "mobile"})
_FEWEST_SERIAL_DAYS = 3

_Reader = Callable[[str], object | None]
_OTHERS: dict[str, _Reader] = {
    **dict.fromkeys(("email", "email_2"), email_address),
    **dict.fromkeys(("do_not_call", "opted_out", "suppressed"), flag),
    "country": lambda text: country_code(text) or None,
    "currency": lambda text: currency(text.upper()) or currency(text),
}


def check_column(
    field: str,
    values: Sequence[str],
    *,
    country: str = "",
    order: DateOrder | None = None,
    are_names_split: bool = False,
) -> ColumnCheck:
    """Return what the cells of a column say, and how many are read as the field wants it.

    Args:
        field: The field of a lead that the column goes to.
        values: Cells as written: a sample, or all.
        country: ISO 3166 alpha-2 of phone numbers without a country code; empty: not known.
        order: Of dates whose cells do not tell it, from a preset or a person; None: not known.
        are_names_split: Whether first and last names come from the column of full names.
    """
    texts = [text for value in values if (text := value.strip())]
    blank_count = len(values) - len(texts)
    if field in DATES:
        check = _check_dates(field, texts, order)
        read: _Reader = date_reader(check)
    elif field in NUMBERS:
        check = ColumnCheck(field, decimal_sign=decimal_sign(texts))
        read = number_reader(check)
    elif field in PHONES:
        check = ColumnCheck(field, rounded_count=sum(map(phones.is_scientific, texts)))
        read = partial(_phone, country=country)
    elif field == "full_name" and are_names_split:
        check = ColumnCheck(field, are_names_split=True)
        read = partial(split_name, country=country)
    else:
        check = ColumnCheck(field)
        read = _OTHERS.get(field, _as_it_is)
    return _counted(check, texts, blank_count, read)


def date_reader(check: ColumnCheck, zone: tzinfo = UTC) -> Callable[[str], datetime | None]:
    """Return the function from a cell of the column, trimmed, to its time in UTC, or None.

    Args:
        check: Of this column.
        zone: For times that say no offset.
    """
    if check.are_serial_days:
        return dates.serial_moment
    return dates.moment_reader(None if check.is_order_open else check.order, zone)


def number_reader(check: ColumnCheck) -> Callable[[str], int | None]:
    """Return the function from a cell of the column, trimmed, to its number, or None."""
    read = employee_count if check.field == "employees" else whole_number
    return partial(read, decimal=check.decimal_sign)


def _check_dates(field: str, texts: Sequence[str], hint: DateOrder | None) -> ColumnCheck:
    """Return the order that every date of digits allows, if it is but one; else the hint."""
    if len(texts) >= _FEWEST_SERIAL_DAYS and all(map(dates.is_serial_day, texts)):
        return ColumnCheck(field, are_serial_days=True)
    possible = {orders for text in texts if (orders := dates.date_orders(text))}
    common = frozenset(DateOrder).intersection(*possible)
    order = next(iter(common)) if possible and len(common) == 1 else hint
    times = [time for text in texts if (time := dates.time_of_day(text))]
    return ColumnCheck(
        field,
        order=order if possible else None,
        is_order_open=bool(possible) and order is None,
        has_short_years=any(map(dates.has_short_year, texts)),
        has_times=bool(times),
        has_offsets=any(time.tzinfo for time in times),
    )


def _counted(
    check: ColumnCheck, texts: Sequence[str], blank_count: int, read: _Reader
) -> ColumnCheck:
    kept = [text for text in texts if read(text) is None]
    return replace(
        check,
        valid_count=len(texts) - len(kept),
        kept_count=len(kept),
        blank_count=blank_count,
        first_kept=kept[0] if kept else "",
    )


def _phone(text: str, country: str) -> str | None:
    return phones.e164(text, country) or None


def _as_it_is(text: str) -> str:
    return text
