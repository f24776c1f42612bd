# SPDX-License-Identifier: MIT
"""Mistakes of a playbook file as values with an address, and the error that carries all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from leaddesk.core.errors import KnownError


class Severity(StrEnum):
    """What a mistake means for the file."""

    ERROR = "error"
    WARNING = "warning"


SENTENCES = {
    "syntax": "This is not TOML: {found}.",
    "too_large": "The file has {found}; allowed: {allowed}.",
    "too_deep": "This is nested too deep; allowed: {allowed}.",
    "too_many_mistakes": "Reading stopped here after {found}; correct those first.",
    "unknown_key": '"{key}" is not a key of this table; allowed: {allowed}.',
    "missing_key": '"{key}" is missing; it takes {allowed}.',
    "wrong_type": '"{key}" is {found}; it takes {allowed}.',
    "wrong_value": '"{key}" is {found}; allowed: {allowed}.',
    "out_of_range": '"{key}" is {found}; allowed: {allowed}.',
    "empty": '"{key}" is empty; it takes {allowed}.',
    "bad_id": '"{key}" is {found}; an id has {allowed}.',
    "duplicate_id": "{found} is the id of something else already; an id has to be {allowed}.",
    "unknown_id": '"{key}" names {found}, which is not {allowed}.',
    "not_here": '"{key}" does not belong here; it goes with {allowed}.',
    "missing_reason": "A disqualifying answer has no reason; it takes {allowed}.",
    "yes_no_options": "A yes_no question has the options {found}; it takes {allowed}.",
    "too_many_options": "The question has {found}; it takes {allowed}.",
    "too_many_questions": "The playbook has {found}; it takes {allowed}.",
    "no_outcome": "Every option is open, so no answer counts; the question takes {allowed}.",
    "bands_order": '"{key}" is {found}; bands ascend, so this one takes {allowed}.',
    "thresholds": '"{key}" is {found}; {allowed}.',
    "nothing_to_earn": "No answer earns points, so no lead can ever be scored; it takes {allowed}.",
    "too_fine": "The points go {found}, which would slow down every answer; {allowed}.",
    "merge_field": '"{key}" has {found}; allowed: {allowed}.',
    "out_of_the_script": '"{key}" leads to {found}; a call goes on only with {allowed}.',
    "unknown_fact": '"{key}" is {found}, a fact no other framework asks for; known: {allowed}.',
    "missing_ask": "Nothing says how to ask this; it takes {allowed}.",
    "unused_matches": '"{key}" is never tried, because the question has no "from"; {allowed}.',
    "from_never_fits": '"{key}" is {found}, which never answers this question; it takes {allowed}.',
    "bare_other": "The reason {found} says nothing; give it {allowed}.",
    "gate_always_fires": "Every answer has an effect, so none can lead to a pass; {allowed}.",
    "unasked_question": "No step of the script asks {found}; {allowed}.",
    "unreachable_rule": "No lead ever comes to {found}; {allowed}.",
    "unreachable_step": "Step {found} is never reached; {allowed}.",
    "dead_end": "From step {found} the script never comes to its end; {allowed}.",
    "no_result": "After step {found} the call ends without a result; {allowed}.",
    "unreachable_verdict": "No lead can ever reach {found}; {allowed}.",
}
"""Code -> what it says. The codes and their order are those of docs/playbook-format.md."""

WARNINGS = frozenset(
    {
        "unknown_fact",
        "missing_ask",
        "unused_matches",
        "from_never_fits",
        "bare_other",
        "gate_always_fires",
        "unasked_question",
        "unreachable_rule",
        "unreachable_step",
        "dead_end",
        "no_result",
        "unreachable_verdict",
    }
)
"""Codes of what is odd, but does not keep a playbook from being used."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a playbook file.

    Attributes:
        code: One of `SENTENCES`.
        table: The table, arrays by id or position: `criteria[authority].questions[signer]`;
            empty for the top of the file.
        key: The key in that table; empty where the table as a whole is meant.
        line: Counted from 1.
        found: What stands there.
        allowed: What may stand there.
        meant: What was probably meant; empty when nothing is close.
    """

    code: str
    table: str
    key: str
    line: int
    found: str
    allowed: str
    meant: str = ""

    @property
    def severity(self) -> Severity:
        """Whether it keeps the playbook from being used."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def sentence(self) -> str:
        """What to show: where, what, and what was probably meant."""
        place = f"Line {self.line}, {self.table}" if self.table else f"Line {self.line}"
        said = SENTENCES[self.code].format(key=self.key, found=self.found, allowed=self.allowed)
        hint = f' Did you mean "{self.meant}"?' if self.meant else ""
        return f"{place}: {said}{hint}"


class PlaybookErrors(KnownError):  # noqa: N818 - it carries several
    """A playbook file was refused; nothing of it is used.

    Attributes:
        mistakes: All of them, in the order of the file.
    """

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        title = f'The playbook "{name}"' if name else "The playbook"
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        first = f" The first: {mistakes[0].sentence}" if len(mistakes) > 1 else ""
        text = f" {mistakes[0].sentence}" if len(mistakes) == 1 else first
        super().__init__(
            f"{title} has {count} and was not used.{text}",
            "Correct the file; `leaddesk playbook check FILE` lists every mistake with its line.",
        )
        self.mistakes = tuple(mistakes)
