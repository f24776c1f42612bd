# SPDX-License-Identifier: MIT
"""Time zones as people name them: by a city, or by the zone's own name."""

from functools import lru_cache

_MANY = 6


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return the names of all zones that are a place: Europe/Berlin, not Etc/GMT+1."""
    from zoneinfo import available_timezones

    skipped = ("Etc/", "posix", "right/", "SystemV/", "US/", "Brazil/", "Canada/", "Mexico/")
    return tuple(
        sorted(
            name for name in available_timezones() if "/" in name and not name.startswith(skipped)
        )
    )


def matching_zones(text: str) -> tuple[str, ...]:
    """Return the zones a text may mean, the best first: exact names, then beginnings of cities."""
    wanted = "_".join(text.casefold().split())
    if not wanted:
        return ()
    exact, begins, holds = [], [], []
    for name in zone_names():
        folded = name.casefold()
        city = folded.rpartition("/")[2]
        if wanted in {folded, city}:
            exact.append(name)
        elif city.startswith(wanted):
            begins.append(name)
        elif wanted in folded:
            holds.append(name)
    return (*exact, *begins, *holds)[:_MANY]
