# SPDX-License-Identifier: MIT
"""Tests of core.store."""
