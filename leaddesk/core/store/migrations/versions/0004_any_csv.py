# SPDX-License-Identifier: MIT
"""What importing, searching, merging and sorting out a large list needs.

A full-text index over `leads`, imports that can be taken back, columns remembered per source,
segments, pairs that are not the same person, and leads that were merged into others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables larger; nothing that was in them is lost."""
    op.add_column("leads", _text("description"))
    op.add_column("leads", _number("revision"))
    op.add_column("leads", _text("merged_into"))
    for name in ("state", "on_match", "mapping", "undone_at", "by_whom"):
        op.add_column("import_batches", _text(name))
    op.execute("UPDATE import_batches SET state = 'whole'")
    op.create_index(
        "ix_leads_batch_id", "leads", ["batch_id"], sqlite_where=sa.text("batch_id IS NOT NULL")
    )
    op.create_index(
        "ix_leads_merged_into", "leads", ["merged_into"], sqlite_where=sa.text("merged_into <> ''")
    )
    _make_tables()
    _make_search()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, server_default=sa.text("''"), nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, server_default=sa.text("0"), nullable=False)


def _make_tables() -> None:
    op.create_table(
        "import_changes",
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        _number("revision"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.batch_id"], name=op.f("fk_import_changes_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "row_id", name=op.f("pk_import_changes")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "column_maps",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_column_maps")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "segments",
        sa.Column("segment_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("by_whom"),
        sa.UniqueConstraint("name", name=op.f("uq_segments_name")),
        sa.PrimaryKeyConstraint("segment_id", name=op.f("pk_segments")),
        sqlite_strict=True,
    )
    op.create_table(
        "not_the_same",
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("other_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("by_whom"),
        sa.CheckConstraint("lead_id < other_id", name=op.f("ck_not_the_same_order")),
        sa.PrimaryKeyConstraint("lead_id", "other_id", name=op.f("pk_not_the_same")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lead_merges",
        sa.Column("merge_id", sa.Text, nullable=False),
        sa.Column("kept_id", sa.Text, nullable=False),
        sa.Column("gone_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("by_whom"),
        sa.Column("before", sa.Text, nullable=False),
        _number("revision"),
        _text("undone_at"),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_lead_merges")),
        sqlite_strict=True,
    )
    op.create_index("ix_lead_merges_kept_id", "lead_merges", ["kept_id"])
    op.create_index("ix_lead_merges_gone_id", "lead_merges", ["gone_id"])


def _make_search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE lead_search USING fts5(search_text, content = 'leads',"
        " content_rowid = 'row_id', tokenize = 'unicode61 remove_diacritics 0',"
        " prefix = '1 2 3', detail = none, columnsize = 0)"
    )
    more = "INSERT INTO lead_search (rowid, search_text) VALUES (new.row_id, new.search_text);"
    less = (
        "INSERT INTO lead_search (lead_search, rowid, search_text)"
        " VALUES ('delete', old.row_id, old.search_text);"
    )
    changed = "AFTER UPDATE OF search_text ON leads WHEN new.search_text <> old.search_text"
    op.execute(f"CREATE TRIGGER leads_search_new AFTER INSERT ON leads BEGIN {more} END")
    op.execute(f"CREATE TRIGGER leads_search_gone AFTER DELETE ON leads BEGIN {less} END")
    op.execute(f"CREATE TRIGGER leads_search_changed {changed} BEGIN {less} {more} END")
    op.execute("INSERT INTO lead_search (lead_search) VALUES ('rebuild')")
