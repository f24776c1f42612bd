# SPDX-License-Identifier: MIT
"""The ids of leads are held unique by an index instead of by the table.

A constraint of a table cannot be put off: a large import then looks for the place of each of a
million random ids. An index is made of all of them at once. `leads` is made anew, since SQLite
drops no constraint.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

_UNIQUE = ", CONSTRAINT uq_leads_lead_id UNIQUE (lead_id)"


def upgrade() -> None:
    """Make `leads` anew without the constraint, all that hangs on it as it was, and the index."""
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'leads' AND sql IS NOT NULL"
        " ORDER BY type = 'table' DESC"
    ).all()
    (_, made), *hanging = found
    head, _, rest = " ".join(made.split()).partition("(")
    if _UNIQUE not in rest:
        raise ValueError("the table of leads is not the one that is known")
    connection.exec_driver_sql(f"{head.replace('leads', 'leads_anew')}({rest.replace(_UNIQUE, '')}")
    connection.exec_driver_sql("INSERT INTO leads_anew SELECT * FROM leads")
    connection.exec_driver_sql("DROP TABLE leads")
    connection.exec_driver_sql("ALTER TABLE leads_anew RENAME TO leads")
    for _, sql in hanging:
        connection.exec_driver_sql(sql)
    op.create_index("ux_leads_lead_id", "leads", ["lead_id"], unique=True)
