# SPDX-License-Identifier: MIT
"""The Call view: queue at the left, script in the middle, assessment at the right."""
