# SPDX-License-Identifier: MIT
"""A few lines to type, then Enter: a quick lead, a time zone, why a block is set aside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from leaddesk.core.domain.verdict import Verdict
from leaddesk.ui.presenters.panels.panel import PanelField, PanelRow, PanelScreen

Texts = Mapping[str, str]


class LinesPanel:
    """Lines to type in.

    Args:
        fields: The lines, in order.
        missing: From the texts typed, what is still needed; empty: nothing.
        done: Takes the texts, once nothing is missing.
        confirm: What Enter does.
        below: From the texts typed, what they come to, shown under the lines.
    """

    def __init__(  # noqa: PLR0913 - what a form has
        self,
        title: str,
        fields: Sequence[PanelField],
        missing: Callable[[Texts], str],
        done: Callable[[Texts], None],
        *,
        confirm: str,
        sentence: str = "",
        rows: Sequence[PanelRow] = (),
        below: Callable[[Texts], str] = lambda _texts: "",
        back: str = "Back",
        tone: Verdict | None = None,
    ) -> None:
        self._fields = tuple(fields)
        self._texts = {field.id: field.text for field in fields}
        self._missing = missing
        self._done = done
        self._below = below
        self._screen = PanelScreen(
            title=title,
            tone=tone,
            sentence=sentence,
            rows=tuple(rows),
            confirm=confirm,
            back=back,
            focus=self._fields[0].id,
        )

    def screen(self) -> PanelScreen:
        """Return the lines with what is typed."""
        return replace(
            self._screen,
            fields=tuple(replace(field, text=self._texts[field.id]) for field in self._fields),
            sentence_below=self._below(self._texts),
            missing=self._missing(self._texts),
        )

    def key(self, key: str) -> bool:  # noqa: ARG002 - the protocol's
        """Take nothing: every key is typed."""
        return False

    def edit(self, field_id: str, text: str) -> None:
        """Take what a line holds now."""
        self._texts[field_id] = text

    def confirm(self) -> None:
        """Hand the texts on, if nothing is missing."""
        if not self._missing(self._texts):
            self._done(dict(self._texts))
