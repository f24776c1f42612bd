# SPDX-License-Identifier: MIT
"""The shipped calling rules, and the local time of leads by them."""

from datetime import UTC, datetime
from functools import cache

from leaddesk.core.domain.calling import CallingRules, HoursPermission, locate, may_call_at
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.places import place_of
from leaddesk.core.formats.calling_toml import read_calling
from leaddesk.core.formats.phone_zones import phone_zones
from leaddesk.resources import texts


@cache
def shipped_rules() -> CallingRules:
    files = texts("calling", ".toml")
    zones = read_calling(files["zones"], "zones.toml")
    return read_calling(files["calling"], "calling.toml", zones)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def permission(now: str, **fields: str) -> HoursPermission:
    where = locate(shipped_rules(), place_of(Lead("L", **fields)), phone_zones)
    return may_call_at(shipped_rules(), where, utc(now))
