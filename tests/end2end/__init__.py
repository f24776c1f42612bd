# SPDX-License-Identifier: MIT
"""Whole ways through the program, in its real window or its own process."""
