# SPDX-License-Identifier: MIT
"""Tests of the presenters; none needs an application."""
