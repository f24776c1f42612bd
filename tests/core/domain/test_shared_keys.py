# SPDX-License-Identifier: MIT
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.core.domain.shared_keys import key_hashes, lines_sharing

KEYS = st.lists(st.tuples(st.text("abcä\udc80", max_size=3), st.integers(1, 40)), max_size=60)


@given(st.lists(KEYS, max_size=4))
def test_lines_with_the_same_key_are_found_in_whatever_part_they_stand(parts):
    lines = defaultdict(set)
    for key, line in (pair for part in parts for pair in part):
        lines[key.encode("utf-8", "replace")].add(line)
    sharing = {line for found in lines.values() if len(found) > 1 for line in found}
    assert lines_sharing(list(map(key_hashes, parts))) == sharing


def test_nothing_shares_nothing():
    assert lines_sharing([]) == set()
    assert lines_sharing([key_hashes([("a", 1), ("a", 1)])]) == set()
