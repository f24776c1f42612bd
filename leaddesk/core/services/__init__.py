# SPDX-License-Identifier: MIT
"""Use cases, one module each. A command returns its result and what it changed."""
