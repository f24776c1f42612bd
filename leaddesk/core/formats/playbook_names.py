# SPDX-License-Identifier: MIT
"""Ids of a playbook: each given once, and each reference pointing at something that is there.

References are kept while the tables are read and checked at the end, because a table may name what
stands further down. Merge fields are references, too.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from leaddesk.core.domain.assessment import BELOW_THRESHOLD
from leaddesk.core.domain.script import (
    COMPANY_FIELDS,
    LEAD_FIELDS,
    REP_FIELDS,
    MergeField,
    pieces,
)
from leaddesk.core.formats.toml_lines import KeyPath
from leaddesk.core.formats.toml_table import Table, Words

LEAD_SOURCES = tuple(f"lead.{name}" for name in LEAD_FIELDS if name != "name")
_FIELD_NAMES = (
    *(f"lead.{name}" for name in LEAD_FIELDS),
    *(f"rep.{name}" for name in REP_FIELDS),
    *(f"company.{name}" for name in COMPANY_FIELDS),
)


class Thing(StrEnum):
    """What an id belongs to. Ids are unique among things of one kind."""

    CRITERION = "criterion"
    QUESTION = "question"
    STEP = "step"
    OBJECTION = "objection"
    TRACK = "nurture track"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class _Reference:
    table: Table
    key: str
    at: KeyPath
    wanted: str
    among: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    table: Table
    key: str
    text: str


@dataclass(slots=True)
class Names:
    """Every id, reference and text with merge fields of one file."""

    _ids: dict[Thing, set[str]] = field(default_factory=lambda: {thing: set() for thing in Thing})
    _apart: set[str] = field(default_factory=set)
    _references: list[_Reference] = field(default_factory=list)
    _texts: list[_Text] = field(default_factory=list)

    def claim(self, table: Table, thing: Thing) -> str:
        """Return the `id` of a table, which has to be new."""
        name = table.identifier()
        ids = self._ids[thing]
        if name and name in ids:
            table.report("duplicate_id", "id", found=name, allowed=f"unique among each {thing}")
        ids.add(name)
        return name

    def keep_apart(self, step: str) -> None:
        """Note a step outside of the conversation, to which no other step may lead."""
        self._apart.add(step)

    def refer(self, table: Table, key: str, *among: Thing, required: bool = False) -> str:
        """Return the id that a key names; empty where an optional key is missing."""
        name = table.text(key, None if required else "")
        if name:
            self._references.append(_Reference(table, key, (), name, among))
        return name

    def refer_all(self, table: Table, key: str, *among: Thing) -> tuple[str, ...]:
        """Return the ids that an optional list names."""
        names = table.texts(key, "a list of ids")
        self._references += [
            _Reference(table, key, (at,), name, among) for at, name in enumerate(names)
        ]
        return names

    def words(self, table: Table, key: str, *, required: bool = False) -> str:
        """Return a text that may have merge fields."""
        text = table.text(key, None if required else "")
        self._texts.append(_Text(table, key, text))
        return text

    def check(self) -> None:
        """Report every reference and merge field that names nothing."""
        for reference in self._references:
            self._check_reference(reference)
        fields = {*_FIELD_NAMES, *(f"answer.{name}" for name in self._ids[Thing.QUESTION])}
        for text in self._texts:
            _check_text(text, fields)

    def _check_reference(self, reference: _Reference) -> None:
        known = {name for thing in reference.among for name in self._ids[thing]}
        if Thing.REASON in reference.among:
            if not self._ids[Thing.REASON]:
                return  # a playbook without a table of reasons takes any
            known.add(BELOW_THRESHOLD)
        if Thing.STEP in reference.among and reference.wanted in self._apart:
            reference.table.report(
                "out_of_the_script",
                reference.key,
                found=reference.wanted,
                allowed="steps of opening, discovery and close",
            )
        elif reference.wanted not in known:
            reference.table.report(
                "unknown_id",
                reference.key,
                found=reference.wanted,
                allowed="the id of a " + " or ".join(reference.among),
                at=reference.at,
                among=sorted(known),
            )


def _check_text(text: _Text, fields: Collection[str]) -> None:
    for piece in pieces(text.text):
        if isinstance(piece, MergeField):
            if piece.name not in fields:
                text.table.report(
                    "merge_field",
                    text.key,
                    found=piece.name,
                    allowed="lead.*, company.name, rep.* and answer.<question>",
                    among=sorted(fields),
                )
        elif "{{" in piece or "}}" in piece:
            text.table.report(
                "merge_field",
                text.key,
                found=Words("braces that are no merge field"),
                allowed='{{ lead.first_name }} or {{ lead.first_name | default("there") }}',
            )
