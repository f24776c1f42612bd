# SPDX-License-Identifier: MIT
"""The page of a lead tells which imports changed it, which has to be found by the lead."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make what imports changed to be found by the lead, too."""
    op.create_index("ix_import_changes_row_id", "import_changes", ["row_id"])
