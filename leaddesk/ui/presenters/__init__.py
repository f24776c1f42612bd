# SPDX-License-Identifier: MIT
"""What the views show and do, decided without a widget."""
