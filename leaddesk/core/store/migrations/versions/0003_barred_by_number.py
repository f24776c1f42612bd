# SPDX-License-Identifier: MIT
"""Leads that have no number but such as nobody may call are kept out of the queue, too.

`queue_counts` follows by its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEYS = ("phone_e164", "phone_2_e164", "mobile_e164")
_NUMBERS = "(SELECT phone_e164 FROM do_not_call_numbers)"


def upgrade() -> None:
    """Add the flag and set it where the numbers known by now say so."""
    op.add_column(
        "leads", sa.Column("barred", sa.Integer, server_default=sa.text("0"), nullable=False)
    )
    op.execute("ALTER TABLE leads DROP CONSTRAINT ck_leads_held")
    op.execute(
        "ALTER TABLE leads ADD CONSTRAINT ck_leads_held"
        " CHECK (held = (do_not_call OR suppressed OR barred))"
    )
    found = " UNION ".join(
        f"SELECT row_id FROM leads WHERE {key} IN {_NUMBERS} AND {key} <> ''"  # noqa: S608 - constants
        for key in _KEYS
    )
    only = " AND ".join(
        f"({written} = '' OR coalesce(nullif({written}_e164, ''), {written}) IN {_NUMBERS})"
        for written in ("phone", "phone_2", "mobile")
    )
    op.execute(
        f"UPDATE leads SET barred = 1, held = 1 WHERE row_id IN ({found}) AND {only}"  # noqa: S608 - constants
    )
