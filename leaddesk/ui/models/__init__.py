# SPDX-License-Identifier: MIT
"""Qt item models over immutable rows."""
