# SPDX-License-Identifier: MIT
"""The Leads view and the import page."""
