# SPDX-License-Identifier: MIT
"""What comes after a call: nurture and its touches, hand-offs, referrals, hashes of the suppressed.

A decision says who named its reason, and in which words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables, and two columns of decisions; nothing that was there changes."""
    op.add_column("decisions", _text("said_by"))
    op.add_column("decisions", _text("reason_text"))
    op.create_index(
        "ix_leads_without_date",
        "leads",
        ["row_id"],
        sqlite_where=sa.text(
            "status = 'NURTURING' AND due_at = '' AND merged_into = '' AND held = 0"
        ),
    )
    op.create_index(
        "ix_leads_follow_ups",
        "leads",
        ["due", "due_at", "status", "owner", "due_for", "held"],
        sqlite_where=sa.text("held = 0 AND due > 0 AND due < 6"),
    )
    op.create_index(
        "ix_leads_undecided",
        "leads",
        ["due_at", "owner", "due_for", "held", "due", "status"],
        sqlite_where=sa.text(
            "held = 0 AND due = 5 AND status = 'IN_CONVERSATION' AND due_at <> ''"
        ),
    )
    _make_nurtures()
    _make_touches()
    _make_handoffs()
    _make_people()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, server_default=sa.text("''"), nullable=False)


def _must(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _link(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _make_nurtures() -> None:
    op.create_table(
        "nurtures",
        _must("nurture_id"),
        _must("lead_id"),
        _text("decision_id"),
        _must("at"),
        *map(_text, ("reason", "weakest", "track_id", "playbook_fingerprint", "re_entry")),
        *map(_text, ("ended_at", "ended_by")),
        _link("nurtures", "lead_id", "leads.lead_id"),
        sa.PrimaryKeyConstraint("nurture_id", name=op.f("pk_nurtures")),
        sqlite_strict=True,
    )
    op.create_index("ix_nurtures_lead_id", "nurtures", ["lead_id"])


def _make_touches() -> None:
    op.create_table(
        "touches",
        *map(_must, ("touch_id", "nurture_id", "lead_id")),
        sa.Column("number", sa.Integer, nullable=False),
        _must("kind"),
        _text("template"),
        _must("due_at"),
        _text("due_for"),
        _must("state"),
        *map(_text, ("ended_at", "by_whom")),
        _link("touches", "nurture_id", "nurtures.nurture_id"),
        _link("touches", "lead_id", "leads.lead_id"),
        sa.PrimaryKeyConstraint("touch_id", name=op.f("pk_touches")),
        sqlite_strict=True,
    )
    op.create_index("ix_touches_lead_id", "touches", ["lead_id"])
    op.create_index("ix_touches_nurture_id", "touches", ["nurture_id"])
    is_open = sa.text("state = 'open'")
    op.create_index("ix_touches_due", "touches", ["due_at", "touch_id"], sqlite_where=is_open)


def _make_handoffs() -> None:
    op.create_table(
        "handoffs",
        *map(_must, ("handoff_id", "decision_id", "lead_id", "at")),
        *map(_text, ("by_whom", "receiver", "rule", "checked")),
        *map(_must, ("state", "state_at")),
        *map(_text, ("reason", "note")),
        sa.Column("accept_by", sa.Text),
        sa.Column("amount", sa.Integer),
        _text("currency"),
        _link("handoffs", "decision_id", "decisions.decision_id"),
        _link("handoffs", "lead_id", "leads.lead_id"),
        sa.PrimaryKeyConstraint("handoff_id", name=op.f("pk_handoffs")),
        sqlite_strict=True,
    )
    op.create_index("ix_handoffs_decision_id", "handoffs", ["decision_id"])
    op.create_index("ix_handoffs_lead_id", "handoffs", ["lead_id"])
    op.create_index("ix_handoffs_rule", "handoffs", ["rule", "receiver"])
    is_waiting = sa.text("state = 'waiting'")
    op.create_index("ix_handoffs_waiting", "handoffs", ["accept_by"], sqlite_where=is_waiting)


def _make_people() -> None:
    op.create_table(
        "referrals",
        *map(_must, ("lead_id", "from_id", "at")),
        *map(_text, ("by_whom", "call_id")),
        _link("referrals", "lead_id", "leads.lead_id"),
        _link("referrals", "from_id", "leads.lead_id"),
        sa.PrimaryKeyConstraint("lead_id", "from_id", name=op.f("pk_referrals")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_referrals_from_id", "referrals", ["from_id"])
    op.create_table(
        "suppressed",
        *map(_must, ("hash", "kind", "at")),
        *map(_text, ("by_whom", "reason")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_suppressed")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
