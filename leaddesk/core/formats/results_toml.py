# SPDX-License-Identifier: MIT
"""The file of call results: TOML text in, `Results` out, or every mistake of it with its line.

Every id is there exactly once; everything else of a row is free. Shipped as
resources/calling/results.toml, whose head explains the keys.
"""

from collections.abc import Collection
from enum import StrEnum

from leaddesk.core.domain.results import ConversationResult, LineResult, ResultRule, Results
from leaddesk.core.domain.stages import Status
from leaddesk.core.domain.verdict import DECISIONS, Verdict
from leaddesk.core.formats.rules_file import read_rules
from leaddesk.core.formats.toml_table import Table, Words, listed

MOST_HOURS = 20_000
"""More than two years."""

_ALWAYS: dict[str, str] = {
    ConversationResult.DO_NOT_CALL: "sets_dnc",
    ConversationResult.CALLBACK_PROMISED: "needs_date",
}
"""Flags that are not free: the law asks for the one, a callback is none without the other."""

_WITH_REASON = (Verdict.NURTURE, Verdict.DISQUALIFY)
"""Decisions that are recorded with a reason."""

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


def read_results(text: str, name: str = "") -> Results:
    """Return the results of a file.

    Raises:
        RulesErrors: the file has mistakes; all of them are listed.
    """
    return read_rules(text, _read_file, name)


def _read_file(file: Table) -> Results:
    return Results(
        line=_read_layer(file, "line", LineResult),
        conversation=_read_layer(file, "conversation", ConversationResult),
    )


def _read_layer(file: Table, layer: str, ids: type[StrEnum]) -> tuple[ResultRule, ...]:
    seen: set[str] = set()
    keys: set[str] = set()
    rules = []
    for table in file.tables(layer, required=True):
        result_id = table.optional_word("id", ids, required=True)
        if result_id is not None and result_id in seen:
            table.report("duplicate_id", "id", found=result_id, allowed=f"once in {layer}")
        seen.add(result_id or "")
        rules.append(_read_row(table, result_id or "", keys))
        table.close()
    missing = [word for word in ids if word not in seen]
    if missing and layer in file:
        allowed = f"each of the {len(ids)} results of this layer once"
        file.report(
            "wrong_value", layer, found=Words(f"without {listed(missing)}"), allowed=allowed
        )
    return tuple(rules)


def _read_row(table: Table, result_id: str, keys: set[str]) -> ResultRule:
    rule = ResultRule(
        id=result_id,
        label=table.text("label"),
        key=_read_key(table, keys),
        connected=table.flag("connected"),
        counts_as_attempt=table.flag("counts_as_attempt"),
        ends_conversation=table.flag("ends_conversation", default=True),
        retry_after_hours=table.optional_integer("retry_after_hours", 0, MOST_HOURS),
        retry_other_daypart=table.flag("retry_other_daypart"),
        terminal=table.flag("terminal"),
        sets_dnc=table.flag("sets_dnc"),
        needs_reason=table.flag("needs_reason"),
        needs_date=table.flag("needs_date"),
        needs_text=table.text("needs_text", ""),
        decides=_read_among(table, "decides", DECISIONS),
        status=_read_among(table, "status", tuple(Status)),
        text_optional=table.flag("text_optional"),
        ends_number=table.flag("ends_number"),
    )
    if result_id in _ALWAYS:
        _require(table, _ALWAYS[result_id])
    if rule.decides in _WITH_REASON:
        _require(table, "needs_reason")
    if rule.terminal and rule.retry_after_hours is not None:
        allowed = "a result after which calls go on"
        table.report("not_here", "retry_after_hours", found=rule.retry_after_hours, allowed=allowed)
    return rule


def _require(table: Table, key: str) -> None:
    """Report a flag that cannot be off in this row."""
    if not table.flag(key):
        found = False if key in table else Words("missing")
        table.report("wrong_value", key, found=found, allowed="true, in this row")


def _read_key(table: Table, keys: set[str]) -> str:
    """Return the one key of a row, which no other row of its layer has."""
    key = table.text("key")
    if key and (len(key) != 1 or key not in _KEYS):
        table.report("wrong_value", "key", found=key, allowed="a digit from 1 to 9 or a letter a-z")
    elif key in keys:
        table.report("wrong_value", "key", found=key, allowed="a key that no other row has")
    keys.add(key)
    return key


def _read_among(table: Table, key: str, words: Collection[StrEnum]) -> str:
    """Return one of some words; empty where the key is missing or says something else."""
    word = table.text(key, "")
    if word and word not in words:
        table.report("wrong_value", key, found=word, allowed=listed(words), among=words)
        return ""
    return word
