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
    Table,
    Text,
    event,
    text,
)

from leaddesk.core.store.schema_base import metadata, number_column, text_column
from leaddesk.core.store.schema_lists import import_batches

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

leads = Table(
    "leads",
    metadata,
    Column("row_id", Integer, primary_key=True),
    Column("lead_id", Text, nullable=False),
    *map(text_column, _LEAD_TEXTS_BEFORE_NUMBERS),
    Column("employees", Integer),
    Column("revenue", Integer),
    *map(text_column, _LEAD_TEXTS_AFTER_NUMBERS),
    number_column("do_not_call"),
    number_column("opted_out"),
    number_column("suppressed"),
    text_column("consent_basis"),
    text_column("consent_source"),
    Column("consent_at", Text),
    text_column("extra"),
    text_column("as_written"),
    Column("created_at", Text),
    Column("last_activity_at", Text),
    text_column("grade"),
    number_column("engagement"),
    Column("fit", Integer),
    number_column("priority"),
    # What follows from the columns above and from the decisions, kept for lists and search.
    text_column("name"),
    text_column("decided"),
    text_column("email_key"),
    text_column("email_2_key"),
    text_column("name_key"),
    text_column("search_text"),
    # When and where it may be called next: what the queue walks.
    Column("held", Integer, nullable=False),
    number_column("barred"),
    text_column("place"),
    number_column("due"),
    text_column("due_at"),
    text_column("due_for"),
    number_column("attempts"),
    text_column("reserved_by"),
    text_column("reserved_until"),
    Column("batch_id", Text, ForeignKey(import_batches.c.batch_id)),
    text_column("description"),
    # Counts changes of what a lead is, by hand, by an import or by a merge.
    number_column("revision"),
    text_column("merged_into"),
    # Not a generated column: SQLite cannot count those in an index alone.
    CheckConstraint("held = (do_not_call OR suppressed OR barred)", name="held"),
    sqlite_strict=True,
)
# Not a constraint: a large import makes it of all ids at once (docs/adr/0020).
Index("ux_leads_lead_id", leads.c.lead_id, unique=True)
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
Index("ix_leads_batch_id", leads.c.batch_id, sqlite_where=text("batch_id IS NOT NULL"))
Index("ix_leads_merged_into", leads.c.merged_into, sqlite_where=text("merged_into <> ''"))

Index(
    "ix_leads_without_date",
    leads.c.row_id,
    sqlite_where=text("status = 'NURTURING' AND due_at = '' AND merged_into = '' AND held = 0"),
)
Index(
    "ix_leads_follow_ups",
    leads.c.due,
    leads.c.due_at,
    leads.c.status,
    leads.c.owner,
    leads.c.due_for,
    leads.c.held,
    sqlite_where=text("held = 0 AND due > 0 AND due < 6"),
)
Index(
    "ix_leads_undecided",
    leads.c.due_at,
    leads.c.owner,
    leads.c.due_for,
    leads.c.held,
    leads.c.due,
    leads.c.status,
    sqlite_where=text("held = 0 AND due = 5 AND status = 'IN_CONVERSATION' AND due_at <> ''"),
)

SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE lead_search USING fts5(search_text, content = 'leads',"
    " content_rowid = 'row_id', tokenize = 'unicode61 remove_diacritics 0',"
    " prefix = '1 2 3', detail = none, columnsize = 0)"
)
"""Full-text index of `leads.search_text`, which is folded already (`store.search`)."""
_INDEX_ONE = "INSERT INTO lead_search (rowid, search_text) VALUES (new.row_id, new.search_text);"
_INDEX_ONE_LESS = (
    "INSERT INTO lead_search (lead_search, rowid, search_text)"
    " VALUES ('delete', old.row_id, old.search_text);"
)
INDEXING = {
    "leads_search_new": f"AFTER INSERT ON leads BEGIN {_INDEX_ONE} END",
    "leads_search_gone": f"AFTER DELETE ON leads BEGIN {_INDEX_ONE_LESS} END",
    "leads_search_changed": (
        "AFTER UPDATE OF search_text ON leads WHEN new.search_text <> old.search_text"
        f" BEGIN {_INDEX_ONE_LESS} {_INDEX_ONE} END"
    ),
}
"""Triggers that keep `lead_search`."""

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
    text_column("position"),
    text_column("line_result"),
    text_column("conversation_result"),
    text_column("called_by"),
    number_column("talk_s"),
    number_column("is_attempt"),
    number_column("is_connected"),
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
    text_column("note"),
    number_column("withdrawn"),
    text_column("state"),
    text_column("playbook_fingerprint"),
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
    text_column("reason"),
    text_column("override_reason"),
    Column("playbook_id", Text, nullable=False),
    Column("playbook_version", Integer, nullable=False),
    Column("playbook_fingerprint", Text, ForeignKey("playbooks.fingerprint"), nullable=False),
    Column("resolved", Text, nullable=False),
    Column("earned", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    text_column("next_step"),
    Column("next_at", Text),
    text_column("decided_by"),
    text_column("said_by"),
    text_column("reason_text"),
    sqlite_strict=True,
)
Index("ix_decisions_lead_id", decisions.c.lead_id)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event_id", Text, nullable=False, unique=True),
    Column("lead_id", Text, ForeignKey("leads.lead_id"), nullable=False),
    text_column("call_id"),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    Column("kind", Text, nullable=False),
    text_column("detail"),
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
    text_column("source"),
    text_column("note"),
    sqlite_strict=True,
)
Index("ix_activities_lead_id", activities.c.lead_id, activities.c.at)

do_not_call_numbers = Table(
    "do_not_call_numbers",
    metadata,
    Column("phone_e164", Text, primary_key=True, nullable=False),
    Column("at", Text, nullable=False),
    text_column("by_whom"),
    text_column("source"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

event.listen(leads, "after_create", DDL(SEARCH_TABLE))  # type: ignore[no-untyped-call]  # as below
for _name, _what in (COUNTING | INDEXING).items():
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
