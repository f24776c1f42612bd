# SPDX-License-Identifier: MIT
"""Tests of the item models."""
