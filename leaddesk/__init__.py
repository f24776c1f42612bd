# SPDX-License-Identifier: MIT
"""leaddesk: qualify leads on the phone, with a score that says what is still open."""

__version__ = "0.1.0"
