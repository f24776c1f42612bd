# SPDX-License-Identifier: MIT
"""Tests of the Leads view and the import page."""
