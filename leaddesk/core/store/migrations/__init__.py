# SPDX-License-Identifier: MIT
"""How the database came to be as it is. A released migration is never changed."""
