# SPDX-License-Identifier: MIT
"""What one person sets for one profile."""
