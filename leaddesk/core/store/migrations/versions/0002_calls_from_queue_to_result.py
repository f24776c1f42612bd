# SPDX-License-Identifier: MIT
"""What a call needs, from queue to result.

When a lead is due and where it is, what became of a call, events, activities, numbers not to be
called. `leads` is made anew, since SQLite drops no column that a check speaks of.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXTS_BEFORE_NUMBERS = (
    "first_name", "last_name", "full_name", "salutation", "title", "company", "email", "email_2",
    "phone", "phone_2", "mobile", "phone_e164", "phone_2_e164", "mobile_e164", "website",
    "industry",
)  # fmt: skip
_TEXTS_AFTER_NUMBERS = (
    "currency", "street", "city", "state", "postal_code", "country", "time_zone", "language",
    "source", "stage", "status", "owner", "tags",
)  # fmt: skip
_KEPT = (
    "row_id", "lead_id", *_TEXTS_BEFORE_NUMBERS, "employees", "revenue", *_TEXTS_AFTER_NUMBERS,
    "do_not_call", "opted_out", "suppressed", "consent_basis", "consent_source", "consent_at",
    "extra", "as_written", "created_at", "last_activity_at", "grade", "engagement", "fit",
    "priority", "name", "decided", "email_key", "email_2_key", "name_key", "search_text",
    "batch_id",
)  # fmt: skip
_KEYS = ("email_key", "email_2_key", "phone_e164", "phone_2_e164", "mobile_e164", "name_key")

# Retry for those who were tried, fresh for the new: what `domain.queue` says of a status.
_DUE = (
    "CASE status WHEN 'NEW' THEN 6 WHEN 'ATTEMPTING' THEN 5 WHEN 'IN_CONVERSATION' THEN 5"
    " WHEN 'RETURNED' THEN 3 WHEN 'NURTURING' THEN 4 ELSE 0 END"
)
_DUE_AT = (
    "CASE WHEN status IN ('ATTEMPTING', 'IN_CONVERSATION', 'RETURNED', 'NURTURING')"
    " THEN coalesce(last_activity_at, created_at, '1970-01-01T00:00:00.000000Z') ELSE '' END"
)


def upgrade() -> None:
    """Make the tables anew or larger; nothing that was in them is lost."""
    _make_leads_anew()
    _count_the_queue()
    for name in ("line_result", "conversation_result", "called_by"):
        op.add_column("calls", _text(name))
    for name in ("talk_s", "is_attempt", "is_connected"):
        op.add_column("calls", _number(name))
    op.add_column("calls", sa.Column("local_hour", sa.Integer))
    op.add_column("answers", _text("state"))
    op.add_column("answers", _text("playbook_fingerprint"))
    op.add_column("decisions", _text("next_step"))
    op.add_column("decisions", sa.Column("next_at", sa.Text))
    op.add_column("decisions", _text("decided_by"))
    op.create_index("ix_calls_called_by", "calls", ["called_by", "started_at"])
    _make_facts()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, server_default=sa.text("''"), nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, server_default=sa.text("0"), nullable=False)


def _make_leads_anew() -> None:
    op.create_table(
        "leads_anew",
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        *map(_text, _TEXTS_BEFORE_NUMBERS),
        sa.Column("employees", sa.Integer),
        sa.Column("revenue", sa.Integer),
        *map(_text, _TEXTS_AFTER_NUMBERS),
        _number("do_not_call"),
        _number("opted_out"),
        _number("suppressed"),
        _text("consent_basis"),
        _text("consent_source"),
        sa.Column("consent_at", sa.Text),
        _text("extra"),
        _text("as_written"),
        sa.Column("created_at", sa.Text),
        sa.Column("last_activity_at", sa.Text),
        _text("grade"),
        _number("engagement"),
        sa.Column("fit", sa.Integer),
        _number("priority"),
        _text("name"),
        _text("decided"),
        _text("email_key"),
        _text("email_2_key"),
        _text("name_key"),
        _text("search_text"),
        sa.Column("held", sa.Integer, nullable=False),
        _text("place"),
        _number("due"),
        _text("due_at"),
        _text("due_for"),
        _number("attempts"),
        _text("reserved_by"),
        _text("reserved_until"),
        sa.Column("batch_id", sa.Text),
        sa.CheckConstraint("held = (do_not_call OR suppressed)", name=op.f("ck_leads_held")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_leads_lead_id")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.batch_id"], name=op.f("fk_leads_batch_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_leads")),
        sqlite_strict=True,
    )
    kept = ", ".join(_KEPT)
    op.execute(
        f"INSERT INTO leads_anew ({kept}, held, place, due, due_at)"  # noqa: S608 - constants
        f" SELECT {kept}, do_not_call OR suppressed, '?', {_DUE}, {_DUE_AT} FROM leads"
    )
    op.drop_table("leads")
    op.rename_table("leads_anew", "leads")
    op.create_index(
        "ix_leads_queue",
        "leads",
        ["due", "place", sa.text("priority DESC"), "row_id", "due_at"],
        sqlite_where=sa.text("held = 0"),
    )
    op.create_index(
        "ix_leads_due_at",
        "leads",
        ["due", "due_at", sa.text("priority DESC"), "row_id", "place"],
        sqlite_where=sa.text("held = 0 AND due_at <> ''"),
    )
    op.create_index("ix_leads_priority", "leads", [sa.text("priority DESC"), "row_id"])
    op.create_index("ix_leads_held", "leads", ["due"], sqlite_where=sa.text("held = 1"))
    op.create_index(
        "ix_leads_reserved",
        "leads",
        ["reserved_until"],
        sqlite_where=sa.text("reserved_until <> ''"),
    )
    op.create_index("ix_leads_decided", "leads", ["decided"], sqlite_where=sa.text("decided <> ''"))
    for key in _KEYS:
        op.create_index(f"ix_leads_{key}", "leads", [key], sqlite_where=sa.text(f"{key} <> ''"))


def _count_the_queue() -> None:
    """Keep how many leads are due where by triggers: counting a million takes too long."""
    op.create_table(
        "queue_counts",
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("held", "due", "place", name=op.f("pk_queue_counts")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO queue_counts SELECT held, due, place, count(*) FROM leads"
        " GROUP BY held, due, place"
    )
    more = (
        "INSERT INTO queue_counts (held, due, place, number)"
        " VALUES (new.held, new.due, new.place, 1)"
        " ON CONFLICT (held, due, place) DO UPDATE SET number = number + 1;"
    )
    less = (
        "UPDATE queue_counts SET number = number - 1"
        " WHERE held = old.held AND due = old.due AND place = old.place;"
    )
    moved = (
        "AFTER UPDATE OF held, due, place ON leads"
        " WHEN (new.held, new.due, new.place) IS NOT (old.held, old.due, old.place)"
    )
    op.execute(f"CREATE TRIGGER leads_count_new AFTER INSERT ON leads BEGIN {more} END")
    op.execute(f"CREATE TRIGGER leads_count_gone AFTER DELETE ON leads BEGIN {less} END")
    op.execute(f"CREATE TRIGGER leads_count_moved {moved} BEGIN {less} {more} END")


def _make_facts() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        _text("call_id"),
        sa.Column("at", sa.Text, nullable=False),
        _text("by_whom"),
        sa.Column("kind", sa.Text, nullable=False),
        _text("detail"),
        sa.UniqueConstraint("event_id", name=op.f("uq_events_event_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.lead_id"], name=op.f("fk_events_lead_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_events")),
        sqlite_strict=True,
    )
    op.create_index("ix_events_lead_id", "events", ["lead_id"])
    op.create_table(
        "activities",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("activity_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("source"),
        _text("note"),
        sa.UniqueConstraint("activity_id", name=op.f("uq_activities_activity_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.lead_id"], name=op.f("fk_activities_lead_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_activities")),
        sqlite_strict=True,
    )
    op.create_index("ix_activities_lead_id", "activities", ["lead_id", "at"])
    op.create_table(
        "do_not_call_numbers",
        sa.Column("phone_e164", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("by_whom"),
        _text("source"),
        sa.PrimaryKeyConstraint("phone_e164", name=op.f("pk_do_not_call_numbers")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for facts in ("events", "activities"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {facts}_no_{verb.lower()} BEFORE {verb} ON {facts}"
                f" BEGIN SELECT RAISE(ABORT, '{facts} are facts, never changed'); END"
            )
