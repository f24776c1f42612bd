# SPDX-License-Identifier: MIT
"""What is asked beside the call, one module a panel. Nothing modal: Esc always goes back."""
