# SPDX-License-Identifier: MIT
"""May this lead be called now? Where it is, what its clock says, and the window that counts there.

A place (`places.place_of`) is located once, then asked as often as the clock moves on. Rules are
data: resources/calling/*.toml, read by `formats.calling_toml`. Explained in docs/calling-rules.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from leaddesk.core.domain.attempts import AttemptRules
from leaddesk.core.domain.calling_windows import (
    SEARCHED_DAYS,
    CallingWindow,
    DayWindow,
    is_open,
    open_time,
    zone_named,
)
from leaddesk.core.domain.places import Place, parts_of
from leaddesk.core.domain.queue import ClockRules

PhoneZones = Callable[[str], tuple[str, ...]]
"""The beginning of an E.164 number, or all of it -> IANA names of zones, empty when not known."""

Source = Literal["zone", "address", "number", ""]

DEFAULT_REGION = ""
BUSINESS_HOURS = CallingWindow(
    DEFAULT_REGION,
    (*(DayWindow(9 * 60, 17 * 60),) * 5, None, None),
    "Business hours where the person called is.",
)
"""What counts where the rules say nothing at all."""

_NOT_KNOWN = "The local time is not known: ask, do not dial."
_NEVER = (
    f"No moment in {SEARCHED_DAYS} days suits every place this lead may be in: ask, do not dial."
)


@dataclass(frozen=True, slots=True)
class CallingRules:
    """When people may be called, and what is needed to know their time.

    Attributes:
        windows: Region -> window; regions as in `CallingWindow`.
        country_zones: ISO 3166 alpha-2 -> all its zones.
        state_zones: State ("US-IL") -> its zones.
        state_ids: Country and name or code of a state in the form of `places.fold_state` ->
            its id: ("US", "illinois") -> "US-IL".
        area_states: Beginning of a number -> state whose residents have it: "+1305" -> "US-FL".
        zone_countries: Zone -> country; follows from `country_zones`.
    """

    windows: Mapping[str, CallingWindow] = field(default_factory=dict)
    country_zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_zones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    area_states: Mapping[str, str] = field(default_factory=dict)
    attempts: AttemptRules = field(default_factory=AttemptRules)
    clocks: ClockRules = field(default_factory=ClockRules)
    zone_countries: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        countries = {zone: code for code, zones in self.country_zones.items() for zone in zones}
        object.__setattr__(self, "zone_countries", countries)


class Whereabouts(NamedTuple):
    """Where a lead may be.

    Attributes:
        zones: All zones it may be in; empty when not known.
        regions: Regions whose window may count, the most specific first: ("US-FL", "US").
        source: What told the zones.
    """

    zones: tuple[str, ...]
    regions: tuple[str, ...]
    source: Source


class LocalTime(NamedTuple):
    """What the clock of one zone says, and whether the window is open there."""

    zone: str
    at: datetime
    allowed: bool


@dataclass(frozen=True, slots=True)
class HoursPermission:
    """Whether the hour allows a call.

    Attributes:
        allowed: The window is open in every zone the lead may be in.
        unknown: No zone is known, so nobody can tell: ask, do not dial.
        local: One for each zone.
        opens_at: When not allowed: the next moment it is, UTC; None when none is near.
        closes_at: When allowed: the first moment it is not, UTC; None when none is near.
        why: The rule that counts, or why none does.
    """

    allowed: bool
    unknown: bool
    local: tuple[LocalTime, ...]
    opens_at: datetime | None
    closes_at: datetime | None
    why: str


def merged(base: CallingRules, own: CallingRules) -> CallingRules:
    """Return the rules of `base` with what `own` has in their place, region by region.

    Attempts and clocks are those of `own`.
    """
    return CallingRules(
        windows={**base.windows, **own.windows},
        country_zones={**base.country_zones, **own.country_zones},
        state_zones={**base.state_zones, **own.state_zones},
        state_ids={**base.state_ids, **own.state_ids},
        area_states={**base.area_states, **own.area_states},
        attempts=own.attempts,
        clocks=own.clocks,
    )


def locate(rules: CallingRules, place: str, phone_zones: PhoneZones) -> Whereabouts:
    """Return where the leads of a place are: by their own zone, else address, else number.

    Args:
        rules: With the zones of countries and states.
        place: As `places.place_of` returns it.
        phone_zones: Asked only where the number decides.
    """
    parts = parts_of(place)
    state = rules.state_ids.get((parts.country, parts.state), "")
    zones, source = _zones(rules, parts, state, phone_zones)
    return Whereabouts(zones, _regions(rules, parts, state, zones), source)


def _zones(
    rules: CallingRules, parts: Place, state: str, phone_zones: PhoneZones
) -> tuple[tuple[str, ...], Source]:
    if parts.zone and (own := _known((parts.zone,))):
        return own, "zone"
    if found := _known(rules.state_zones.get(state, ())):
        return found, "address"
    everywhere = _known(rules.country_zones.get(parts.country, ()))
    if parts.number and (told := _known(phone_zones(parts.number))):
        # Numbers without an area, such as mobiles, have all zones of a country and its neighbours.
        inside = tuple(zone for zone in told if zone in everywhere)
        return inside or told, "number"
    return everywhere, "address" if everywhere else ""


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if zone_named(name) is not None)


def _regions(
    rules: CallingRules, parts: Place, state: str, zones: tuple[str, ...]
) -> tuple[str, ...]:
    """Return state and country; without a state, a number's area code stands for one."""
    state = state or _area_state(rules, parts)
    country = parts.country or _country_of(state)
    if not country:
        countries = {rules.zone_countries.get(zone, "") for zone in zones}
        country = countries.pop() if len(countries) == 1 else ""
    return tuple(region for region in (state, country) if region)


def _area_state(rules: CallingRules, parts: Place) -> str:
    for length in range(len(parts.number), 1, -1):
        state = rules.area_states.get(parts.number[:length], "")
        if state and parts.country in {"", _country_of(state)}:
            return state
    return ""


def _country_of(state: str) -> str:
    return state.partition("-")[0]


def may_call_at(rules: CallingRules, where: Whereabouts, now: datetime) -> HoursPermission:
    """Return whether the window is open now in every zone of `where`, and until or from when.

    Args:
        rules: With the windows.
        where: As `locate` returns it.
        now: Aware.
    """
    window = _window(rules, where.regions)
    if not where.zones:
        return HoursPermission(
            allowed=False, unknown=True, local=(), opens_at=None, closes_at=None, why=_NOT_KNOWN
        )
    local = tuple(_local_time(zone, window, now) for zone in where.zones)
    allowed = all(time.allowed for time in local)
    time = open_time(where.zones, window.days, now)
    return HoursPermission(
        allowed=allowed,
        unknown=False,
        local=local,
        opens_at=time.starts_at if time and not allowed else None,
        closes_at=time.stops_at if time and allowed else None,
        why=window.why if time else _NEVER,
    )


def _window(rules: CallingRules, regions: tuple[str, ...]) -> CallingWindow:
    for region in (*regions, DEFAULT_REGION):
        if region in rules.windows:
            return rules.windows[region]
    return BUSINESS_HOURS


def _local_time(name: str, window: CallingWindow, now: datetime) -> LocalTime:
    at = now.astimezone(zone_named(name))
    return LocalTime(name, at, is_open(window.days, at))


def local_text(permission: HoursPermission) -> str:
    """Return what the clock says there, "13:42 in Chicago"; empty when that is not known."""
    if not permission.local:
        return ""
    by_clock = sorted(permission.local, key=lambda time: time.at.replace(tzinfo=None))
    first, last = f"{by_clock[0].at:%H:%M}", f"{by_clock[-1].at:%H:%M}"
    if first != last:
        return f"between {first} and {last} there"
    city = permission.local[0].zone.rpartition("/")[2].replace("_", " ")
    return f"{first} in {city}"
