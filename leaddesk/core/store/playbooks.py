# SPDX-License-Identifier: MIT
"""Texts of the playbooks calls were held with, for as long as a decision refers to them."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from leaddesk.core.store.schema import playbooks


class Playbooks:
    """The table `playbooks`, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, fingerprint: str, playbook_id: str, version: int, text: str) -> None:
        """Store the text of a playbook, unless it is there already."""
        values = {
            "fingerprint": fingerprint,
            "id": playbook_id,
            "version": version,
            "text": text,
        }
        self._connection.execute(insert(playbooks).on_conflict_do_nothing(), values)

    def text(self, fingerprint: str) -> str | None:
        """Return the text of a playbook, None when no call was held with it."""
        query = select(playbooks.c.text).where(playbooks.c.fingerprint == fingerprint)
        return self._connection.execute(query).scalar_one_or_none()
