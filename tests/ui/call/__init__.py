# SPDX-License-Identifier: MIT
"""Tests of the Call view."""
