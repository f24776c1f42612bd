# SPDX-License-Identifier: MIT
"""What a lead did: what else is kept of it changes no score, and what ends a nurture wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.engagement import Activity, engagement_score, strong_since
from leaddesk.core.domain.playbook import ActivityType, EngagementRule

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
DAY = timedelta(days=1)
RULE = EngagementRule(
    14,
    (
        ActivityType("webinar", 20, 40),
        ActivityType("demo_request", 60, 100, strong=True),
        ActivityType("contact_request", 50, 100, strong=True),
    ),
)
TYPES = ["webinar", "demo_request", "contact_request", "unheard_of"]
activities = st.lists(
    st.builds(
        Activity,
        st.sampled_from(TYPES),
        st.integers(-40, 5).map(lambda days: NOW + days * DAY),
        source=st.text(max_size=3),
        note=st.text(max_size=3),
        activity_id=st.text(max_size=3),
        lead_id=st.text(max_size=3),
    ),
    max_size=8,
)


@given(activities)
def test_source_note_and_ids_change_no_score(found: list[Activity]) -> None:
    bare = [Activity(one.type, one.at) for one in found]
    assert engagement_score(RULE, found, NOW) == engagement_score(RULE, bare, NOW)


@given(activities, st.integers(-40, 5))
def test_the_newest_strong_activity_after_a_moment_is_found(found, days) -> None:
    since = NOW + days * DAY
    later = [
        one for one in found if one.at > since and one.type in {"demo_request", "contact_request"}
    ]
    newest = strong_since(RULE, found, since)
    if newest is None:
        assert not later
    else:
        assert newest in later
        assert newest.at == max(one.at for one in later)


def test_a_strong_activity_at_the_very_moment_is_not_after_it() -> None:
    demo = Activity("demo_request", NOW)
    assert strong_since(RULE, [demo], NOW) is None
    assert strong_since(RULE, [demo], NOW - timedelta(seconds=1)) is demo


def test_of_two_strong_activities_at_one_moment_the_first_counts() -> None:
    first = Activity("demo_request", NOW, note="first")
    assert strong_since(RULE, [first, replace(first, note="second")], NOW - DAY) is first


def test_without_a_rule_no_activity_is_strong() -> None:
    assert strong_since(None, [Activity("demo_request", NOW)], NOW - DAY) is None
