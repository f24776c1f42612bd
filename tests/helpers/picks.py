# SPDX-License-Identifier: MIT
"""What picks for made-up prospects: a seed, so that a test can be run again."""

from random import Random

from leaddesk.core.domain.made_up import Pick


def pick_by(seed: int) -> Pick:
    return Random(seed).randrange  # noqa: S311 - nothing secret
