# SPDX-License-Identifier: MIT
"""Tests of the Follow-ups view."""
