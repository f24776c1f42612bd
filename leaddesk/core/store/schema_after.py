# SPDX-License-Identifier: MIT
"""The tables of what comes after a call: nurture and its touches, hand-offs, referrals, hashes."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from leaddesk.core.store.schema_base import metadata, text_column

nurtures = Table(
    "nurtures",
    metadata,
    Column("nurture_id", Text, primary_key=True, nullable=False),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    text_column("decision_id"),
    Column("at", Text, nullable=False),
    text_column("reason"),
    text_column("weakest"),
    text_column("track_id"),
    text_column("playbook_fingerprint"),
    text_column("re_entry"),
    text_column("ended_at"),
    text_column("ended_by"),
    sqlite_strict=True,
)
"""Why and how a lead waits; when the wait is over is `leads.due_at`. `ended_by` is the id of what
ended it: a call, an activity, a decision."""
Index("ix_nurtures_lead_id", nurtures.c.lead_id)

touches = Table(
    "touches",
    metadata,
    Column("touch_id", Text, primary_key=True, nullable=False),
    Column("nurture_id", Text, ForeignKey("nurtures.nurture_id"), nullable=False),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    text_column("template"),
    Column("due_at", Text, nullable=False),
    text_column("due_for"),
    Column("state", Text, nullable=False),
    text_column("ended_at"),
    text_column("by_whom"),
    sqlite_strict=True,
)
Index("ix_touches_lead_id", touches.c.lead_id)
Index("ix_touches_nurture_id", touches.c.nurture_id)
Index("ix_touches_due", touches.c.due_at, touches.c.touch_id, sqlite_where=text("state = 'open'"))

handoffs = Table(
    "handoffs",
    metadata,
    Column("handoff_id", Text, primary_key=True, nullable=False),
    Column("decision_id", Text, ForeignKey("decisions.decision_id"), nullable=False),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    text_column("receiver"),
    text_column("rule"),
    text_column("checked"),
    Column("state", Text, nullable=False),
    Column("state_at", Text, nullable=False),
    text_column("reason"),
    text_column("note"),
    Column("accept_by", Text),
    Column("amount", Integer),
    text_column("currency"),
    sqlite_strict=True,
)
"""What was passed to whom, and what they answered. `rule` names the routing rule that chose, the
same in every version of a playbook that has it; whom it gave how many is counted here."""
Index("ix_handoffs_decision_id", handoffs.c.decision_id)
Index("ix_handoffs_lead_id", handoffs.c.lead_id)
Index("ix_handoffs_rule", handoffs.c.rule, handoffs.c.receiver)
Index("ix_handoffs_waiting", handoffs.c.accept_by, sqlite_where=text("state = 'waiting'"))

referrals = Table(
    "referrals",
    metadata,
    Column("lead_id", Text, ForeignKey("leads.lead_id"), primary_key=True, nullable=False),
    Column("from_id", Text, ForeignKey("leads.lead_id"), primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    text_column("call_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Who was named by whom."""
Index("ix_referrals_from_id", referrals.c.from_id)

suppressed = Table(
    "suppressed",
    metadata,
    Column("hash", Text, primary_key=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    text_column("reason"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Numbers and addresses that are never to be written to or called again, as keyed hashes: they
hold when nothing else of a person is left. Only ever added."""
