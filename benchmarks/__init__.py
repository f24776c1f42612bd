# SPDX-License-Identifier: MIT
"""The measured promises. `python3 dev.py bench` prints them as one table."""
