# SPDX-License-Identifier: MIT
"""Tests of the Settings view."""
