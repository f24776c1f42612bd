# SPDX-License-Identifier: MIT
"""Run by Alembic, with the connection and its open transaction from `store.migrate`."""

from alembic import context

from leaddesk.core.store.schema import leads

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=leads.metadata,
    transactional_ddl=True,
)
context.run_migrations()
