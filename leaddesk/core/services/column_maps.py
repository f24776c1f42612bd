# SPDX-License-Identifier: MIT
"""Remembers, for each source of files, what a person chose for its columns and on a match.

A source is a system and the labels of a header: the next file with both is read as the last was.
Where another encoding or separator was chosen, the labels may be others by it: that is kept for the
labels as they are found, before anybody chooses.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from leaddesk.core.domain.merge import OnMatch
from leaddesk.core.services.import_staging import FileSource, source_of
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
        encoding, delimiter: Where they are not what is found; else empty.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    by_field: Mapping[str, OnMatch] = field(default_factory=dict)
    on_match: OnMatch = OnMatch.FILL
    country: str = ""
    encoding: str = ""
    delimiter: str = ""


def source_key(preset: str, header: Sequence[str]) -> str:
    """Return what a source is known by: the id of its preset and a digest of its labels.

    The order of the labels counts: names of columns with the same label depend on it.
    """
    # surrogatepass: a label may hold what is no text, and has to be told from others all the same.
    labels = json.dumps(list(header), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{preset}:{hashlib.sha256(labels).hexdigest()}"


def remember(work: "Workspace", preview: "ImportPreview") -> None:
    """Keep what was chosen for an import that was done; where nothing was, forget what was kept."""
    options, found = preview.options, _found(work, preview)
    usual, _ = load_settings(work.profile)
    country = options.country if options.country != usual.country else ""
    encoding = options.encoding if options.encoding != found.encoding else ""
    if not options.encoding and found.is_unicode:
        # Nobody chose it: what was chosen does not hold for such a file, see `for_file`.
        kept = remembered(work, found)
        encoding = kept.encoding if kept is not None else ""
    delimiter = options.delimiter if options.delimiter != found.delimiter else ""
    chosen = Chosen(dict(options.mapping), dict(options.by_field), options.on_match, country)
    read_so = replace(chosen, encoding=encoding, delimiter=delimiter)
    # In this order: where no label is another, the source is the same.
    _put(work, {_own_key(preview): chosen, _key(found): read_so})


def forget(work: "Workspace", preview: "ImportPreview") -> None:
    """Throw away what was chosen for files of the source of this one."""
    _put(work, {_own_key(preview): Chosen(), _key(_found(work, preview)): Chosen()})


def remembered(work: "Workspace", source: FileSource) -> Chosen | None:
    """Return what was chosen last time for files of this source; None where nothing was."""
    with work.store.read() as unit:
        text = unit.column_maps.get(_key(source))
    if not text:
        return None
    kept = json.loads(text)
    by_field = {name: OnMatch(policy) for name, policy in kept["by_field"].items()}
    # What earlier versions kept has less.
    on_match = OnMatch(kept.get("on_match", OnMatch.FILL))
    others = (kept.get(name, "") for name in ("country", "encoding", "delimiter"))
    return Chosen(kept["mapping"], by_field, on_match, *others)


def for_file(chosen: Chosen, source: FileSource) -> Chosen:
    """Return what of the choices holds for this file: one that is Unicode is read as that."""
    return replace(chosen, encoding="") if source.is_unicode else chosen


def _found(work: "Workspace", preview: "ImportPreview") -> FileSource:
    """Return the source of a file as it is found where nobody chooses how it is read."""
    source, options = preview.source, preview.options
    if not options.encoding and not options.delimiter:
        return FileSource(source.preset, preview.header, source.encoding, source.delimiter)
    return source_of(work, preview.path, replace(options, encoding="", delimiter=""))


def _key(source: FileSource) -> str:
    return source_key(source.preset, source.header)


def _own_key(preview: "ImportPreview") -> str:
    return source_key(preview.source.preset, preview.header)


def _put(work: "Workspace", choices: Mapping[str, Chosen]) -> None:
    with work.store.begin() as unit:
        for key, chosen in choices.items():
            text = json.dumps(asdict(chosen)) if chosen != Chosen() else ""
            unit.column_maps.put(key, text, work.clock())
