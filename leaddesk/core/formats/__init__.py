# SPDX-License-Identifier: MIT
"""Text to domain values and back. Takes streams and text, never paths."""
