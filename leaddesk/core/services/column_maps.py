# SPDX-License-Identifier: MIT
"""Remembers, for each source of files, what a person chose for its columns and on a match.

A source is a system and the labels of a header: the next file with both is read as the last was.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services.settings import load_settings

if TYPE_CHECKING:
    from leaddesk.core.services.import_leads import ImportPreview
    from leaddesk.core.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for a file; as in `ImportOptions`.

    Attributes:
        on_match: What a row does to a lead that is there.
        mapping: Column -> field, of columns that go elsewhere than the guess says.
        by_field: Field -> what a row does to it, where that is not what the rest follows.
        country: Of its phone numbers, where that is not the one in the settings; else empty.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    by_field: Mapping[str, OnMatch] = field(default_factory=dict)
    on_match: OnMatch = OnMatch.FILL
    country: str = ""


def source_key(preset: str, header: Sequence[str]) -> str:
    """Return what a source is known by: the id of its preset and a digest of its labels.

    The order of the labels counts: names of columns with the same label depend on it.
    """
    # surrogatepass: a label may hold what is no text, and has to be told from others all the same.
    labels = json.dumps(list(header), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{preset}:{hashlib.sha256(labels).hexdigest()}"


def remember(work: "Workspace", preview: "ImportPreview") -> None:
    """Keep what was chosen for an import that was done; where nothing was, forget what was kept."""
    options = preview.options
    usual, _ = load_settings(work.profile)
    country = options.country if options.country != usual.country else ""
    chosen = Chosen(dict(options.mapping), dict(options.by_field), options.on_match, country)
    text = json.dumps(asdict(chosen)) if chosen != Chosen() else ""
    with work.store.begin() as unit:
        unit.column_maps.put(source_key(preview.source.preset, preview.header), text, work.clock())


def forget(work: "Workspace", preset: str, header: Sequence[str]) -> None:
    """Throw away what was chosen for files of this source."""
    with work.store.begin() as unit:
        unit.column_maps.put(source_key(preset, header), "", work.clock())


def remembered(work: "Workspace", preset: str, header: Sequence[str]) -> Chosen | None:
    """Return what was chosen last time for files of this source; None where nothing was."""
    with work.store.read() as unit:
        text = unit.column_maps.get(source_key(preset, header))
    if not text:
        return None
    kept = json.loads(text)
    by_field = {name: OnMatch(policy) for name, policy in kept["by_field"].items()}
    # What earlier versions kept has neither `on_match` nor `country`.
    on_match = OnMatch(kept.get("on_match", OnMatch.FILL))
    return Chosen(kept["mapping"], by_field, on_match, kept.get("country", ""))
