# SPDX-License-Identifier: MIT
"""Pure rules of qualification: values in, values out. No clock, file, database or randomness."""
