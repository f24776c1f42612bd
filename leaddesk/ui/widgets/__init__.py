# SPDX-License-Identifier: MIT
"""Re-usable widgets: layout and looks only, no decisions."""
