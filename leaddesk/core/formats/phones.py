# SPDX-License-Identifier: MIT
"""Phone numbers as people write them -> E.164, several times as fast as phonenumbers alone.

phonenumbers (Google's libphonenumber) says what a number is; this module only says it sooner for
the usual case: ASCII digits between blanks, dashes, dots, slashes and brackets. For these it takes
the steps of `phonenumbers.parse` and `is_valid_number` (international prefix, country calling code
without plus, national prefix, pattern by length) over the metadata of the installed phonenumbers,
compiled once. Whatever is written otherwise, and whatever it does not find valid, phonenumbers is
asked about, so a number is never lost by the shorter way; that it never finds another one is
proven by comparing the two (tests/core/formats/test_phones.py, docs/adr/0016).
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata, PhoneNumberDesc

_LONGEST = 60
_SEPARATORS = str.maketrans("", "", " -.()/")
_is_plain = re.compile(r"\+?[0-9]{5,17}").fullmatch
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE][+-]?\d")

_EXTENSION = re.compile(
    r"""(?P<number>.*\d\W{0,2}?)(?<![^\W\d_])[\s,]*\(?
    (?:;ext=|e?xt(?:ension|ensi[oó]n|n)?\b|x|\#|доб|anexo|int\b
      |(?P<unknown_label>durchwahl|dw\b|nebenstelle|apparat|app\b|klappe|kl\b|poste|interno|toestel
        |tst\b|ramal|anknytning))
    [:.]?[\s,-]*(?P<extension>\d{1,9})\#?\)?""",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST_DIGITS_BEFORE = 5

_Matcher = Callable[[str], re.Match[str] | None]


def e164(text: str, country: str) -> str:
    """Return a phone number in E.164; empty when it is not certain.

    Args:
        text: As written; an extension is left out (`extension_of` has it). A number that a
            spreadsheet has made 4.41E+11 is none.
        country: ISO 3166 alpha-2 of a number without country code; empty when not known.
    """
    digits = text.translate(_SEPARATORS)
    if len(text) <= _LONGEST and _is_plain(digits):
        return _plain_number(digits, country) or _ask_library(text, country)
    return _unusual_number(text, country)


def country_of(number: str) -> str:
    """Return the main country of a number's calling code, ISO 3166 alpha-2; empty: of none.

    Args:
        number: In E.164, or empty.
    """
    digits = number.removeprefix("+")
    for length in range(1, len(digits) + 1):
        if regions := _countries_by_code().get(digits[:length]):
            return regions[0] if regions[0].isalpha() else ""
    return ""


def extension_of(text: str) -> str:
    """Return the digits to dial when somebody answers, of "+1 415 555 2671 ext. 12"; else empty."""
    if text.isascii() and text.translate(_SEPARATORS).lstrip("+").isdigit():
        return ""
    found = _find_extension(text)
    return found["extension"] if found else ""


def is_scientific(text: str) -> bool:
    """Return whether a spreadsheet has rounded the number, as in 4.41E+11: it is lost for good."""
    return _SCIENTIFIC.search(text) is not None


def _find_extension(text: str) -> re.Match[str] | None:
    """Return the number, its extension, and the label if libphonenumber does not know it."""
    found = _EXTENSION.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found and sum(map(str.isdigit, found["number"])) >= _FEWEST_DIGITS_BEFORE:
        return found
    return None


def _unusual_number(text: str, country: str) -> str:
    """Return the number of a text with letters or other signs.

    The apostrophe by which a spreadsheet keeps a text, and extensions behind words that
    libphonenumber does not know ("Durchwahl"), are taken off first.
    """
    plain = text.lstrip("'\" \t")
    if len(plain) > _LONGEST or not any(map(str.isdigit, plain)) or is_scientific(plain):
        return ""
    found = _find_extension(plain)
    digits = (found["number"] if found else plain).translate(_SEPARATORS)
    if _is_plain(digits) and (number := _plain_number(digits, country)):
        return number
    return _ask_library(found["number"] if found and found["unknown_label"] else plain, country)


def _ask_library(text: str, country: str) -> str:
    if not country and "+" not in text and "\uff0b" not in text:
        return ""
    import phonenumbers

    # Without its cache it compiles its patterns anew all the time in a list of many countries.
    phonenumbers.enable_pattern_cache()
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _plain_number(digits: str, country: str) -> str:
    """Return the number of digits that may begin with a plus, if it is valid; else empty.

    The order of `phonenumbers.parse`: what stands behind a plus or the prefix for calls abroad
    begins with a country calling code; anything else may begin with that of the country; a
    national prefix is taken off; the rest must be a valid number.
    """
    if digits[0] == "+":
        plan = _plan_of_code(digits[1:4])
        return plan.number(digits[1 + len(plan.code) :]) if plan else ""
    if not country or (plan := _plan(country)) is None:
        return ""
    if (abroad := plan.match_abroad(digits)) and digits[abroad.end() :][:1] != "0":
        digits = digits[abroad.end() :]
        plan = _plan_of_code(digits[:3])
        return plan.number(digits[len(plan.code) :]) if plan else ""
    if digits.startswith(plan.code) and (rest := plan.without_code(digits)) is not None:
        # The library goes on with the main country of the code, even for another one.
        main = _plan_of_code(plan.code)
        return main.number(rest) if main else ""
    return plan.number(digits)


class _Plan:
    """The numbering plan of one country, compiled when it is first needed."""

    def __init__(self, metadata: "PhoneMetadata", general: "PhoneNumberDesc") -> None:
        self.code = str(metadata.country_code)
        self._metadata = metadata
        self._plus_code = f"+{self.code}"
        self._lengths = frozenset(general.possible_length)
        self._longest = max(general.possible_length)
        self._local_lengths = frozenset(general.possible_length_local_only)
        self._is_general = _full_matcher(general.national_number_pattern)
        self.match_abroad = _start_matcher(metadata.international_prefix)
        prefix = metadata.national_prefix_for_parsing
        self._prefix = re.compile(prefix) if prefix else None
        self._transform = metadata.national_prefix_transform_rule or ""
        self._valid_by_length: dict[int, _Matcher] = {}

    def number(self, digits: str) -> str:
        """Return the E.164 of what is left behind a country code, if valid; else empty."""
        shorter = self._without_prefix(digits)
        length = len(shorter)
        if shorter is not digits and (
            length in self._local_lengths
            or (length not in self._lengths and length <= self._longest)
        ):
            shorter = digits
        return self._plus_code + shorter if self._is_valid(shorter) else ""

    def without_code(self, digits: str) -> str | None:
        """Return what follows the country calling code, if the digits are better read with it."""
        rest = self._without_prefix(digits[len(self.code) :])
        if not self._is_general(digits) and self._is_general(rest):
            return rest
        length = len(digits)
        return rest if length > self._longest and length not in self._local_lengths else None

    def _without_prefix(self, digits: str) -> str:
        """Return the digits without the national prefix ("0"), rewritten where the plan says so."""
        if self._prefix is None or not (found := self._prefix.match(digits)):
            return digits
        groups = found.groups()
        if self._transform and groups and groups[-1] is not None:
            rest = self._prefix.sub(self._transform, digits, count=1)
        else:
            rest = digits[found.end() :]
        return digits if self._is_general(digits) and not self._is_general(rest) else rest

    def _is_valid(self, digits: str) -> bool:
        """Return whether it is a number of a country with this calling code, as the library says.

        Where several countries share the code, the first counts whose leading digits these are, or
        in which the number is valid if it has none.
        """
        for plan in self._sharing:
            if plan.match_leading is None:
                if plan.is_valid_here(digits):
                    return True
            elif plan.match_leading(digits):
                return plan.is_valid_here(digits)
        return False

    @cached_property
    def _sharing(self) -> "tuple[_Plan, ...]":
        regions = _countries_by_code()[self.code]
        if len(regions) == 1:
            return (self,)
        return tuple(plan for region in regions if (plan := _plan(region)))

    @cached_property
    def match_leading(self) -> _Matcher | None:
        """The first digits by which the country is known among those that share its code."""
        leading = self._metadata.leading_digits
        return re.compile(leading).match if leading else None

    def is_valid_here(self, digits: str) -> bool:
        """Return whether the digits are a number of some type in this very country."""
        length = len(digits)
        matcher = self._valid_by_length.get(length)
        if matcher is None:
            matcher = self._valid_by_length[length] = self._matcher_of_length(length)
        return matcher(digits) is not None and self._is_general(digits) is not None

    def _matcher_of_length(self, length: int) -> _Matcher:
        """Return what matches the numbers of one length, of any type."""
        data = self._metadata
        if length not in self._lengths:
            return _full_matcher(None)
        types = (
            data.fixed_line, data.mobile, data.toll_free, data.premium_rate, data.shared_cost,
            data.voip, data.personal_number, data.pager, data.uan, data.voicemail,
        )  # fmt: skip
        patterns = {
            kind.national_number_pattern: None
            for kind in types
            if kind
            and kind.national_number_pattern
            and (not kind.possible_length or length in kind.possible_length)
        }
        return _full_matcher("|".join(f"(?:{pattern})" for pattern in patterns) or None)


def _full_matcher(pattern: str | None) -> _Matcher:
    return re.compile(pattern or r"(?!)").fullmatch


def _start_matcher(pattern: str | None) -> _Matcher:
    return re.compile(pattern or r"(?!)").match


@lru_cache(maxsize=1)
def _countries_by_code() -> Mapping[str, tuple[str, ...]]:
    """Return calling code -> countries, the main one first; "001" is a code of no country."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}


@lru_cache(maxsize=1000)
def _plan(country: str) -> _Plan | None:
    """Return the plan of a country; None when there is none of that name."""
    from phonenumbers import SUPPORTED_REGIONS, PhoneMetadata

    if country not in SUPPORTED_REGIONS:
        return None
    metadata = PhoneMetadata.metadata_for_region(country, None)
    general = metadata.general_desc if metadata else None
    return _Plan(metadata, general) if metadata and general and general.possible_length else None


@lru_cache(maxsize=1000)
def _plan_of_code(start: str) -> _Plan | None:
    """Return the plan of the main country whose calling code these digits begin with."""
    for length in range(1, len(start) + 1):
        if regions := _countries_by_code().get(start[:length]):
            return _plan(regions[0])
    return None
