# SPDX-License-Identifier: MIT
"""Playbook files: TOML text in, a `Playbook` out, or every mistake of it with its line.

Nothing is used of a file with a mistake. Format: docs/playbook-format.md.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

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
from leaddesk.core.formats.toml_lines import MAX_DEPTH, LineIndex, TooDeepError, index_lines
from leaddesk.core.formats.toml_table import Reading, Table, TooManyMistakesError

SCHEMA = 1
MOST_CHARACTERS = 1_000_000
MOST_VERSIONS = 1_000_000

_PLAYBOOK_ID = re.compile(r"[a-z0-9-]+")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_PLAINER = {
    "Cannot overwrite a value": "a key is given twice",
    "Cannot mutate immutable namespace": "a table written in { } is added to",
}


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A text whose TOML is in order."""

    values: dict[str, object]
    lines: LineIndex


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
    parsed = _parse(text)
    if isinstance(parsed, Mistake):
        return None, [parsed]
    reading = Reading(parsed.lines)
    file = Table(reading, parsed.values)
    playbook = None
    try:
        playbook = _read_file(file, parsed.values)
        if not reading.mistakes and not most_points(playbook):
            file.report("nothing_to_earn", "criteria", allowed="an answer with more than 0 points")
        if not reading.mistakes and effort(sheet_of(playbook)) > MOST_EFFORT:
            file.report(
                "too_fine",
                "criteria",
                found="over too many different sums",
                allowed="take smaller numbers in the same proportion, or fewer questions",
            )
        if not reading.mistakes and with_warnings:
            look_over(Table(reading, parsed.values), playbook)
    except TooManyMistakesError:
        reading.mistakes.append(_too_many(reading.mistakes))
    mistakes = sorted(reading.mistakes, key=lambda mistake: mistake.line)
    is_good = all(mistake.severity is Severity.WARNING for mistake in mistakes)
    return (playbook if is_good else None), mistakes


def _parse(text: str) -> _Parsed | Mistake:
    """Return the values and their lines, or why there are none."""
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        found, allowed = f"{len(text)} characters", f"at most {MOST_CHARACTERS}"
        return Mistake("too_large", "", "", 1, found, allowed)
    try:
        text.encode()
        lines = index_lines(text)
        return _Parsed(tomllib.loads(text), lines)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return Mistake("syntax", "", "", line, "a character that is no text", "valid TOML")
    except TooDeepError as error:
        return Mistake("too_deep", "", "", error.line, "", f"at most {MAX_DEPTH} levels")
    except ValueError as error:
        return _syntax_mistake(text, str(error))


def _syntax_mistake(text: str, message: str) -> Mistake:
    """Return tomllib's complaint as a mistake; it puts the line at the end of its message."""
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    said = message[: place.start()] if place else message
    return Mistake("syntax", "", "", line, _PLAINER.get(said, said), "valid TOML")


def _too_many(mistakes: list[Mistake]) -> Mistake:
    line = max(mistake.line for mistake in mistakes)
    return Mistake("too_many_mistakes", "", "", line, f"{len(mistakes)} mistakes", "")


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
