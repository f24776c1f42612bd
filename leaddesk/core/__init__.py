# SPDX-License-Identifier: MIT
"""Everything leaddesk knows and does, without a window: domain, formats, store, services."""
