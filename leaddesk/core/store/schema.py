# SPDX-License-Identifier: MIT
"""The tables as they are now; how they came to be is in `migrations`. A test holds both equal.

Texts are '' and flags 0 when not known or not set; NULL is kept for numbers, times and links.
Times are ISO 8601 in UTC with microseconds, so that they sort as text.
"""

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EMAIL_KEYS = ("email_key", "email_2_key")
PHONE_KEYS = ("phone_e164", "phone_2_e164", "mobile_e164")
MATCH_COLUMNS = (*EMAIL_KEYS, *PHONE_KEYS, "name_key")
"""Columns by which an import finds the lead a row speaks of."""

_LEAD_TEXTS_BEFORE_NUMBERS = (
    "first_name", "last_name", "full_name", "salutation", "title", "company",
    "email", "email_2", "phone", "phone_2", "mobile",
    "phone_e164", "phone_2_e164", "mobile_e164", "website", "industry",
)  # fmt: skip
_LEAD_TEXTS_AFTER_NUMBERS = (
    "currency", "street", "city", "state", "postal_code", "country", "time_zone", "language",
    "source", "stage", "status", "owner", "tags",
)  # fmt: skip


def _text(name: str) -> "Column[str]":
    return Column(name, Text, nullable=False, server_default=text("''"))


def _flag(name: str) -> "Column[int]":
    return Column(name, Integer, nullable=False, server_default=text("0"))


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

playbooks = Table(
    "playbooks",
    metadata,
    Column("fingerprint", Text, primary_key=True, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
)

import_batches = Table(
    "import_batches",
    metadata,
    Column("batch_id", Text, primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    _text("file_name"),
    _text("encoding"),
    _text("delimiter"),
    _text("preset"),
    _flag("header_line"),
    _flag("rows"),
    _flag("imported"),
    _flag("updated"),
    _flag("skipped"),
    _flag("rejected"),
    sqlite_strict=True,
)

leads = Table(
    "leads",
    metadata,
    Column("row_id", Integer, primary_key=True),
    Column("lead_id", Text, nullable=False, unique=True),
    *map(_text, _LEAD_TEXTS_BEFORE_NUMBERS),
    Column("employees", Integer),
    Column("revenue", Integer),
    *map(_text, _LEAD_TEXTS_AFTER_NUMBERS),
    _flag("do_not_call"),
    _flag("opted_out"),
    _flag("suppressed"),
    _text("consent_basis"),
    _text("consent_source"),
    Column("consent_at", Text),
    _text("extra"),
    _text("as_written"),
    Column("created_at", Text),
    Column("last_activity_at", Text),
    _text("grade"),
    _flag("engagement"),
    Column("fit", Integer),
    _flag("priority"),
    # What follows from the columns above and from the decisions, kept for lists and search.
    _text("name"),
    _text("decided"),
    _text("email_key"),
    _text("email_2_key"),
    _text("name_key"),
    _text("search_text"),
    # When and where it may be called next: what the queue walks.
    Column("held", Integer, nullable=False),
    _flag("barred"),
    _text("place"),
    _flag("due"),
    _text("due_at"),
    _text("due_for"),
    _flag("attempts"),
    _text("reserved_by"),
    _text("reserved_until"),
    Column("batch_id", Text, ForeignKey("import_batches.batch_id")),
    # Not a generated column: SQLite cannot count those in an index alone.
    CheckConstraint("held = (do_not_call OR suppressed OR barred)", name="held"),
    sqlite_strict=True,
)
Index(
    "ix_leads_queue",
    leads.c.due,
    leads.c.place,
    leads.c.priority.desc(),
    leads.c.row_id,
    leads.c.due_at,
    sqlite_where=text("held = 0"),
)
Index(
    "ix_leads_due_at",
    leads.c.due,
    leads.c.due_at,
    leads.c.priority.desc(),
    leads.c.row_id,
    leads.c.place,
    sqlite_where=text("held = 0 AND due_at <> ''"),
)
Index("ix_leads_held", leads.c.due, sqlite_where=text("held = 1"))
Index("ix_leads_reserved", leads.c.reserved_until, sqlite_where=text("reserved_until <> ''"))
Index("ix_leads_decided", leads.c.decided, sqlite_where=text("decided <> ''"))
for _key in MATCH_COLUMNS:
    Index(f"ix_leads_{_key}", leads.c[_key], sqlite_where=text(f"{_key} <> ''"))

Index("ix_leads_priority", leads.c.priority.desc(), leads.c.row_id)

queue_counts = Table(
    "queue_counts",
    metadata,
    Column("held", Integer, primary_key=True, nullable=False),
    Column("due", Integer, primary_key=True, nullable=False),
    Column("place", Text, primary_key=True, nullable=False),
    Column("number", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
_COUNT_ONE = (
    "INSERT INTO queue_counts (held, due, place, number) VALUES (new.held, new.due, new.place, 1)"
    " ON CONFLICT (held, due, place) DO UPDATE SET number = number + 1;"
)
_COUNT_ONE_LESS = (
    "UPDATE queue_counts SET number = number - 1"
    " WHERE held = old.held AND due = old.due AND place = old.place;"
)
COUNTING = {
    "leads_count_new": f"AFTER INSERT ON leads BEGIN {_COUNT_ONE} END",
    "leads_count_gone": f"AFTER DELETE ON leads BEGIN {_COUNT_ONE_LESS} END",
    "leads_count_moved": (
        "AFTER UPDATE OF held, due, place ON leads"
        " WHEN (new.held, new.due, new.place) IS NOT (old.held, old.due, old.place)"
        f" BEGIN {_COUNT_ONE_LESS} {_COUNT_ONE} END"
    ),
}
"""Triggers that keep `queue_counts`: counting a million leads after every call takes 160 ms."""

lead_external_ids = Table(
    "lead_external_ids",
    metadata,
    Column("system", Text, primary_key=True, nullable=False),
    Column("external_id", Text, primary_key=True, nullable=False),
    Column(
        "lead_id",
        Text,
        ForeignKey("leads.lead_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("ix_lead_external_ids_lead_id", lead_external_ids.c.lead_id)

calls = Table(
    "calls",
    metadata,
    Column("call_id", Text, primary_key=True, nullable=False),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    Column("playbook_id", Text, nullable=False),
    Column("playbook_version", Integer, nullable=False),
    Column("playbook_fingerprint", Text, ForeignKey("playbooks.fingerprint"), nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    _text("position"),
    _text("line_result"),
    _text("conversation_result"),
    _text("called_by"),
    _flag("talk_s"),
    _flag("is_attempt"),
    _flag("is_connected"),
    Column("local_hour", Integer),
    sqlite_strict=True,
)
Index("ix_calls_lead_id", calls.c.lead_id)
Index("ix_calls_called_by", calls.c.called_by, calls.c.started_at)
Index("ix_calls_open", calls.c.started_at, sqlite_where=text("ended_at IS NULL"))

answers = Table(
    "answers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("answer_id", Text, nullable=False, unique=True),
    Column("call_id", Text, ForeignKey("calls.call_id"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    _text("note"),
    _flag("withdrawn"),
    _text("state"),
    _text("playbook_fingerprint"),
    sqlite_strict=True,
)
Index("ix_answers_call_id", answers.c.call_id)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Text, primary_key=True, nullable=False),
    Column("call_id", Text, ForeignKey("calls.call_id"), nullable=False),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    Column("at", Text, nullable=False),
    Column("recommended", Text, nullable=False),
    Column("decided", Text, nullable=False),
    _text("reason"),
    _text("override_reason"),
    Column("playbook_id", Text, nullable=False),
    Column("playbook_version", Integer, nullable=False),
    Column("playbook_fingerprint", Text, ForeignKey("playbooks.fingerprint"), nullable=False),
    Column("resolved", Text, nullable=False),
    Column("earned", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    _text("next_step"),
    Column("next_at", Text),
    _text("decided_by"),
    sqlite_strict=True,
)
Index("ix_decisions_lead_id", decisions.c.lead_id)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event_id", Text, nullable=False, unique=True),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    _text("call_id"),
    Column("at", Text, nullable=False),
    _text("by_whom"),
    Column("kind", Text, nullable=False),
    _text("detail"),
    sqlite_strict=True,
)
Index("ix_events_lead_id", events.c.lead_id)

activities = Table(
    "activities",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("activity_id", Text, nullable=False, unique=True),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    _text("source"),
    _text("note"),
    sqlite_strict=True,
)
Index("ix_activities_lead_id", activities.c.lead_id, activities.c.at)

do_not_call_numbers = Table(
    "do_not_call_numbers",
    metadata,
    Column("phone_e164", Text, primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    _text("by_whom"),
    _text("source"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

for _name, _what in COUNTING.items():
    event.listen(
        leads,
        "after_create",
        DDL(f"CREATE TRIGGER {_name} {_what}"),  # type: ignore[no-untyped-call]  # as below
    )

# Facts are appended, never changed: the database itself refuses anything else.
for _facts in (answers, decisions, events, activities):
    for _verb in ("UPDATE", "DELETE"):
        event.listen(
            _facts,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy left it so
                f"CREATE TRIGGER {_facts.name}_no_{_verb.lower()} BEFORE {_verb} ON {_facts.name}"
                f" BEGIN SELECT RAISE(ABORT, '{_facts.name} are facts, never changed'); END"
            ),
        )
