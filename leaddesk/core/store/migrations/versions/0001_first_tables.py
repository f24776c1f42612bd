# SPDX-License-Identifier: MIT
"""The first tables: leads and imports, playbooks, calls, answers, decisions; the team's secret."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TO_CALL = (
    "status IN ('NEW', 'ATTEMPTING', 'IN_CONVERSATION', 'RETURNED')"
    " AND do_not_call = 0 AND suppressed = 0"
)


def upgrade() -> None:
    """Make every table, and the secret a profile is born with."""
    _make_settings_of_the_team()
    _make_leads()
    _make_calls()
    _make_facts()


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, server_default=sa.text("''"), nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, server_default=sa.text("0"), nullable=False)


def _make_settings_of_the_team() -> None:
    meta = op.create_table(
        "meta",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "playbooks",
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_playbooks")),
        sqlite_strict=True,
    )
    op.bulk_insert(meta, [{"key": "team_secret", "value": secrets.token_hex(32)}])


def _make_leads() -> None:
    op.create_table(
        "import_batches",
        sa.Column("batch_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        _text("file_name"),
        _text("encoding"),
        _text("delimiter"),
        _text("preset"),
        _number("header_line"),
        _number("rows"),
        _number("imported"),
        _number("updated"),
        _number("skipped"),
        _number("rejected"),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_batches")),
        sqlite_strict=True,
    )
    op.create_table(
        "leads",
        sa.Column("row_id", sa.Integer, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        _text("first_name"),
        _text("last_name"),
        _text("full_name"),
        _text("salutation"),
        _text("title"),
        _text("company"),
        _text("email"),
        _text("email_2"),
        _text("phone"),
        _text("phone_2"),
        _text("mobile"),
        _text("phone_e164"),
        _text("phone_2_e164"),
        _text("mobile_e164"),
        _text("website"),
        _text("industry"),
        sa.Column("employees", sa.Integer),
        sa.Column("revenue", sa.Integer),
        _text("currency"),
        _text("street"),
        _text("city"),
        _text("state"),
        _text("postal_code"),
        _text("country"),
        _text("time_zone"),
        _text("language"),
        _text("source"),
        _text("stage"),
        _text("status"),
        _text("owner"),
        _text("tags"),
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
        sa.Column("to_call", sa.Integer, nullable=False),
        _text("email_key"),
        _text("email_2_key"),
        _text("name_key"),
        _text("search_text"),
        sa.Column("batch_id", sa.Text),
        sa.CheckConstraint(f"to_call = ({_TO_CALL})", name=op.f("ck_leads_to_call")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_leads_lead_id")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.batch_id"], name=op.f("fk_leads_batch_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_leads")),
        sqlite_strict=True,
    )
    op.create_index("ix_leads_decided", "leads", ["decided"], sqlite_where=sa.text("decided <> ''"))
    op.create_index(
        "ix_leads_email_2_key", "leads", ["email_2_key"], sqlite_where=sa.text("email_2_key <> ''")
    )
    op.create_index(
        "ix_leads_email_key", "leads", ["email_key"], sqlite_where=sa.text("email_key <> ''")
    )
    op.create_index(
        "ix_leads_mobile_e164", "leads", ["mobile_e164"], sqlite_where=sa.text("mobile_e164 <> ''")
    )
    op.create_index(
        "ix_leads_name_key", "leads", ["name_key"], sqlite_where=sa.text("name_key <> ''")
    )
    op.create_index(
        "ix_leads_phone_2_e164",
        "leads",
        ["phone_2_e164"],
        sqlite_where=sa.text("phone_2_e164 <> ''"),
    )
    op.create_index(
        "ix_leads_phone_e164", "leads", ["phone_e164"], sqlite_where=sa.text("phone_e164 <> ''")
    )
    op.create_index("ix_leads_queue", "leads", ["to_call", sa.text("priority DESC"), "row_id"])
    op.create_table(
        "lead_external_ids",
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["leads.lead_id"],
            name=op.f("fk_lead_external_ids_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "system", "external_id", "lead_id", name=op.f("pk_lead_external_ids")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lead_external_ids_lead_id", "lead_external_ids", ["lead_id"])


def _make_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("playbook_id", sa.Text, nullable=False),
        sa.Column("playbook_version", sa.Integer, nullable=False),
        sa.Column("playbook_fingerprint", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        _text("position"),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.lead_id"], name=op.f("fk_calls_lead_id")),
        sa.ForeignKeyConstraint(
            ["playbook_fingerprint"],
            ["playbooks.fingerprint"],
            name=op.f("fk_calls_playbook_fingerprint"),
        ),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_calls")),
        sqlite_strict=True,
    )
    op.create_index("ix_calls_lead_id", "calls", ["lead_id"])
    op.create_index(
        "ix_calls_open", "calls", ["started_at"], sqlite_where=sa.text("ended_at IS NULL")
    )


def _make_facts() -> None:
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("answer_id", sa.Text, nullable=False),
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        _text("note"),
        _number("withdrawn"),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answers_answer_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_answers_call_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_answers")),
        sqlite_strict=True,
    )
    op.create_index("ix_answers_call_id", "answers", ["call_id"])
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("lead_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("recommended", sa.Text, nullable=False),
        sa.Column("decided", sa.Text, nullable=False),
        _text("reason"),
        _text("override_reason"),
        sa.Column("playbook_id", sa.Text, nullable=False),
        sa.Column("playbook_version", sa.Integer, nullable=False),
        sa.Column("playbook_fingerprint", sa.Text, nullable=False),
        sa.Column("resolved", sa.Text, nullable=False),
        sa.Column("earned", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_decisions_call_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.lead_id"], name=op.f("fk_decisions_lead_id")),
        sa.ForeignKeyConstraint(
            ["playbook_fingerprint"],
            ["playbooks.fingerprint"],
            name=op.f("fk_decisions_playbook_fingerprint"),
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decisions")),
        sqlite_strict=True,
    )
    op.create_index("ix_decisions_lead_id", "decisions", ["lead_id"])
    for facts in ("answers", "decisions"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {facts}_no_{verb.lower()} BEFORE {verb} ON {facts}"
                f" BEGIN SELECT RAISE(ABORT, '{facts} are facts, never changed'); END"
            )
