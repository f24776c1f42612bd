# SPDX-License-Identifier: MIT
"""The tables beside `leads`: imports, segments, who is the same person and who is not."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from leaddesk.core.store.schema_base import metadata, number_column, text_column

import_batches = Table(
    "import_batches",
    metadata,
    Column("batch_id", Text, primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    text_column("file_name"),
    text_column("encoding"),
    text_column("delimiter"),
    text_column("preset"),
    number_column("header_line"),
    number_column("rows"),
    number_column("imported"),
    number_column("updated"),
    number_column("skipped"),
    number_column("rejected"),
    text_column("state"),
    text_column("on_match"),
    text_column("mapping"),
    text_column("undone_at"),
    text_column("by_whom"),
    sqlite_strict=True,
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("batch_id", Text, ForeignKey(import_batches.c.batch_id), primary_key=True),
    Column("row_id", Integer, primary_key=True, nullable=False),
    Column("before", Text, nullable=False),
    number_column("revision"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What imports changed of leads that were there: `before` is JSON, column -> value it had;
`revision` the one the import gave the lead, 0 once that was taken back."""
Index("ix_import_changes_row_id", import_changes.c.row_id)

column_maps = Table(
    "column_maps",
    metadata,
    Column("source", Text, primary_key=True, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

segments = Table(
    "segments",
    metadata,
    Column("segment_id", Text, primary_key=True, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("query", Text, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    sqlite_strict=True,
)

not_the_same = Table(
    "not_the_same",
    metadata,
    Column("lead_id", Text, primary_key=True, nullable=False),
    Column("other_id", Text, primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    CheckConstraint("lead_id < other_id", name="order"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

lead_merges = Table(
    "lead_merges",
    metadata,
    Column("merge_id", Text, primary_key=True, nullable=False),
    Column("kept_id", Text, nullable=False),
    Column("gone_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    Column("before", Text, nullable=False),
    number_column("revision"),
    text_column("undone_at"),
    sqlite_strict=True,
)
"""Facts are never changed, so a merged lead keeps its row and its history (`leads.merged_into`);
who reads the history of the other reads both. `before` is JSON of what the kept lead was."""
Index("ix_lead_merges_kept_id", lead_merges.c.kept_id)
Index("ix_lead_merges_gone_id", lead_merges.c.gone_id)
