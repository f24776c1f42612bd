# SPDX-License-Identifier: MIT
"""Tests of core.services."""
