# SPDX-License-Identifier: MIT
"""Playbook files: TOML text in, a `Playbook` out, or every mistake of it with its line.

Nothing is used of a file with a mistake. Format: docs/playbook-format.md.
"""

import hashlib
import json
import re
from collections.abc import Mapping

from leaddesk.core.domain.chances import MOST_EFFORT, effort
from leaddesk.core.domain.playbook import Playbook, Use
from leaddesk.core.domain.scoring import sheet_of
from leaddesk.core.formats.mistakes import Mistake, PlaybookErrors, Severity
from leaddesk.core.formats.playbook_checks import look_over, most_points
from leaddesk.core.formats.playbook_criteria import read_criteria
from leaddesk.core.formats.playbook_names import Names
from leaddesk.core.formats.playbook_rules import (
    read_decision,
    read_engagement,
    read_grades,
    read_handoff,
    read_reasons,
    read_routing,
)
from leaddesk.core.formats.playbook_script import read_nurture, read_objections, read_script
from leaddesk.core.formats.toml_file import TomlFile, read_toml
from leaddesk.core.formats.toml_table import Table

SCHEMA = 1
MOST_CHARACTERS = 1_000_000
MOST_VERSIONS = 1_000_000

_PLAYBOOK_ID = re.compile(r"[a-z0-9-]+")


def read_playbook(text: str, name: str = "") -> Playbook:
    """Return the playbook of a file.

    Args:
        text: The whole file.
        name: What to call it in the error, for example the file's name.

    Raises:
        PlaybookErrors: the file has mistakes; all of them are listed.
    """
    playbook, mistakes = _read(text, with_warnings=False)
    if playbook is None:
        raise PlaybookErrors(name, mistakes)
    return playbook


def check_playbook(text: str) -> tuple[Mistake, ...]:
    """Return every mistake of a file in its order; where there is no error, the warnings."""
    return tuple(_read(text, with_warnings=True)[1])


def fingerprint(values: Mapping[str, object]) -> str:
    """Return SHA-256 (hex) of the canonical JSON of values: sorted keys, no blanks, UTF-8."""
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _read(text: str, *, with_warnings: bool) -> tuple[Playbook | None, list[Mistake]]:
    def read(file: TomlFile) -> Playbook:
        top, reading = file.top(), file.reading
        playbook = _read_file(top, file.values)
        if not reading.mistakes and not most_points(playbook):
            top.report("nothing_to_earn", "criteria", allowed="an answer with more than 0 points")
        if not reading.mistakes and effort(sheet_of(playbook)) > MOST_EFFORT:
            top.report(
                "too_fine",
                "criteria",
                found="over too many different sums",
                allowed="take smaller numbers in the same proportion, or fewer questions",
            )
        if not reading.mistakes and with_warnings:
            look_over(file.top(), playbook)
        return playbook

    playbook, mistakes = read_toml(text, read, MOST_CHARACTERS)
    is_good = all(mistake.severity is Severity.WARNING for mistake in mistakes)
    return (playbook if is_good else None), mistakes


def _read_file(file: Table, values: Mapping[str, object]) -> Playbook:
    names = Names()
    _read_schema(file)
    playbook_id = _read_id(file)
    version = file.integer("version", 1, MOST_VERSIONS)
    title = file.text("title", playbook_id)
    framework = file.text("framework", "")
    use = file.word("use", Use, Use.CALL)
    language = file.text("language", "en")
    decision = read_decision(file)
    criteria = read_criteria(file, names)
    questions = {q.id: q for criterion in criteria for q in criterion.questions if q.id}
    engagement = read_engagement(file)
    grades = read_grades(file, names)
    script = read_script(file, names, questions)
    objections = read_objections(file, names)
    nurture = read_nurture(file, names)
    routing = read_routing(file)
    reasons = read_reasons(file, names)
    handoff = read_handoff(file)
    file.close()
    names.check()
    return Playbook(
        id=playbook_id,
        version=version,
        title=title,
        decision=decision,
        criteria=criteria,
        framework=framework,
        use=use,
        language=language,
        engagement=engagement,
        grades=grades,
        script=script,
        objections=objections,
        nurture=nurture,
        routing=routing,
        reasons=reasons,
        handoff=handoff,
        fingerprint="" if file.has_mistakes else fingerprint(values),
    )


def _read_schema(file: Table) -> None:
    schema = file.optional_integer("schema", 0, MOST_VERSIONS, required=True)
    if schema is not None and schema != SCHEMA:
        file.report("wrong_value", "schema", found=schema, allowed=f"{SCHEMA}")


def _read_id(file: Table) -> str:
    playbook_id = file.text("id")
    if playbook_id and not _PLAYBOOK_ID.fullmatch(playbook_id):
        allowed = "small letters, digits and - only"
        file.report("bad_id", "id", found=playbook_id, allowed=allowed)
    return playbook_id
