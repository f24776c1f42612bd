# SPDX-License-Identifier: MIT
"""What is due, by time."""
