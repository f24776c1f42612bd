# SPDX-License-Identifier: MIT
"""The tables of a file of calling rules. Format: docs/calling-rules.md."""

import re
from collections.abc import Collection, Iterator
from dataclasses import asdict
from itertools import chain

from leaddesk.core.domain.attempts import AttemptRules
from leaddesk.core.domain.calling import DEFAULT_REGION, CallingRules, merged
from leaddesk.core.domain.calling_windows import CallingWindow, DayWindow, Week, zone_named
from leaddesk.core.domain.places import fold_state
from leaddesk.core.domain.queue import ClockRules
from leaddesk.core.formats.toml_table import Table

SCHEMA = 1
MOST = 100_000
"""No number in these files is larger, in whatever unit."""

DEFAULT = "default"
CLOSED = "none"

_DAYS = {
    "every_day": range(7),
    "weekdays": range(5),
    **{
        name: range(day, day + 1)
        for day, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    },
}
"""Keys of a window -> days they set; later ones win over earlier ones."""

_DAY_MIN = 24 * 60
_HOURS = re.compile(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)", re.ASCII)
_HOURS_TAKE = 'a start before its stop, such as "9:00-17:00", or "none"'
_COUNTRY = re.compile(r"[A-Z]{2}")
_STATE = re.compile(r"[A-Z0-9]{1,3}")
_AREA = re.compile(r"\+[1-9][0-9]{1,9}", re.ASCII)
_STATE_TAKES = 'names and zones, such as "Quebec, Québec; America/Toronto"'


class CallingTables:
    """Reads one file, top down: what later tables name stands in earlier ones or in `base`."""

    def __init__(self, file: Table, base: CallingRules, *, check_zones: bool) -> None:
        self._file = file
        self._base = base
        self._check_zones = check_zones
        self._countries: dict[str, tuple[str, ...]] = {}
        self._state_zones: dict[str, tuple[str, ...]] = {}
        self._state_ids: dict[tuple[str, str], str] = {}

    def read(self) -> CallingRules:
        """Return `base` with what the file says in its place; mistakes are reported."""
        file, base = self._file, self._base
        schema = file.optional_integer("schema", 0, MOST, required=True)
        if schema is not None and schema != SCHEMA:
            file.report("wrong_value", "schema", found=schema, allowed=f"{SCHEMA}")
        self._read_countries()
        self._read_states()
        own = CallingRules(
            country_zones=self._countries,
            state_zones=self._state_zones,
            state_ids=self._state_ids,
            area_states=dict(self._areas()),
            windows={window.region: window for window in self._windows()},
            attempts=_attempts(file, base.attempts),
            clocks=_clocks(file, base.clocks),
        )
        file.close()
        return merged(base, own)

    def _read_countries(self) -> None:
        for table, code in _entries(self._file, "countries"):
            if not _COUNTRY.fullmatch(code):
                table.report("bad_id", code, found=code, allowed="two capital letters")
            self._countries[code] = self._zones(table, code, table.text(code))

    def _read_states(self) -> None:
        for countries, country in _entries(self._file, "states"):
            if not self._is_country(country):
                countries.report(
                    "unknown_id", country, found=country, allowed="a country with zones"
                )
            for table, code in _entries(countries, country):
                self._read_state(table, country, code)

    def _read_state(self, table: Table, country: str, code: str) -> None:
        if not _STATE.fullmatch(code):
            table.report("bad_id", code, found=code, allowed="up to three capitals or digits")
        text = table.text(code)
        names, semicolon, zones = text.partition(";")
        if text.strip() and not (semicolon and zones.strip()):
            table.report("wrong_value", code, found=text, allowed=_STATE_TAKES)
        state = f"{country}-{code}"
        self._state_zones[state] = self._zones(table, code, zones)
        for name in (code, state, *names.split(",")):
            if folded := fold_state(name):
                self._state_ids[country, folded] = state

    def _zones(self, table: Table, key: str, text: str) -> tuple[str, ...]:
        zones = tuple(text.split())
        for zone in zones if self._check_zones else ():
            if zone_named(zone) is None:
                known = chain(*self._base.country_zones.values(), *self._countries.values())
                table.report(
                    "unknown_id", key, found=zone, allowed="a time zone of IANA", among=known
                )
        return zones

    def _areas(self) -> Iterator[tuple[str, str]]:
        for table, state in _entries(self._file, "area_codes"):
            if not self._is_state(state):
                table.report(
                    "unknown_id", state, found=state, allowed="a state", among=self._states()
                )
            for area in table.text(state).split():
                if not _AREA.fullmatch(area):
                    table.report("wrong_value", state, found=area, allowed="such as +1305")
                yield area, state

    def _windows(self) -> Iterator[CallingWindow]:
        seen: set[str] = set()
        for table in self._file.tables("windows"):
            days = _days(table)
            why = table.text("why", "")
            for position, region in enumerate(table.texts("regions", required=True)):
                self._check_region(table, region, position)
                if region in seen:
                    allowed = "in one table of this file only"
                    table.report(
                        "duplicate_id", "regions", found=region, allowed=allowed, at=(position,)
                    )
                seen.add(region)
                yield CallingWindow(DEFAULT_REGION if region == DEFAULT else region, days, why)
            table.close()

    def _check_region(self, table: Table, region: str, position: int) -> None:
        if region != DEFAULT and not self._is_country(region) and not self._is_state(region):
            table.report(
                "unknown_id",
                "regions",
                found=region,
                allowed=f'"{DEFAULT}", a country or a state such as US-FL',
                at=(position,),
                among=(DEFAULT, *self._base.country_zones, *self._countries, *self._states()),
            )

    def _is_country(self, code: str) -> bool:
        return code in self._countries or code in self._base.country_zones

    def _is_state(self, state: str) -> bool:
        return state in self._state_zones or state in self._base.state_zones

    def _states(self) -> tuple[str, ...]:
        return (*self._base.state_zones, *self._state_zones)


def _entries(around: Table, name: str) -> Iterator[tuple[Table, str]]:
    """Yield the table and each of its keys, which may be any; nothing where it is missing."""
    table = around.table(name)
    if table is not None:
        for key in table.keys:
            yield table, key


def _days(window: Table) -> Week:
    """Return the seven days of a window; those it does not name are closed."""
    days: list[DayWindow | None] = [None] * 7
    for key, named in _DAYS.items():
        text = window.text(key, None if key in window else "")
        if text.strip():
            hours = _hours(window, key, text)
            for day in named:
                days[day] = hours
    if not any(key in window for key in _DAYS):
        window.report("missing_key", "every_day", allowed=f"{_HOURS_TAKE}; or name single days")
    return tuple(days)


def _hours(window: Table, key: str, text: str) -> DayWindow | None:
    if text == CLOSED:
        return None
    match = _HOURS.fullmatch(text)
    if match is not None:
        hour, minute, stop_hour, stop_minute = map(int, match.groups())
        hours = DayWindow(60 * hour + minute, 60 * stop_hour + stop_minute)
        if hours.start_min < hours.stop_min <= _DAY_MIN:
            return hours
    window.report("wrong_value", key, found=text, allowed=_HOURS_TAKE)
    return None


def _attempts(file: Table, base: AttemptRules) -> AttemptRules:
    # Only a gap may be none at all: with no attempt allowed nobody could be called.
    return AttemptRules(**_numbers(file, "attempts", asdict(base), zero={"gap_hours"}))


def _clocks(file: Table, base: ClockRules) -> ClockRules:
    numbers = asdict(base)
    clocks = ClockRules(**_numbers(file, "clocks", numbers, zero=numbers))
    if clocks.inbound_amber_min < clocks.inbound_green_min:
        allowed = f"it has to be at least inbound_green_min, which is {clocks.inbound_green_min}"
        file.report("thresholds", "clocks", found=clocks.inbound_amber_min, allowed=allowed)
    return clocks


def _numbers(file: Table, name: str, base: dict[str, int], zero: Collection[str]) -> dict[str, int]:
    """Return the numbers of a table, those it leaves out as in `base`; only `zero` can be 0."""
    table = file.table(name)
    if table is None:
        return base
    numbers = {
        key: table.integer(key, 0 if key in zero else 1, MOST, default=value)
        for key, value in base.items()
    }
    table.close()
    return numbers
