# SPDX-License-Identifier: MIT
"""Names of things, fixed for life: a kind letter and 120 bits in base32.

A lead with an e-mail of its own is named by that e-mail and the secret of the profile, so that the
same person entered on two devices is the same lead. Source: docs/adr/0008-names-fixed-for-life.md.
"""

import os
from collections.abc import Callable
from datetime import datetime

from leaddesk.core.domain.mailboxes import SHARED_MAILBOXES

_UID_BYTES = 15
_BLOCK = 64
"""Bytes of a block of SHA-256; the team secret is shorter."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_HALF = 4 * _UID_BYTES
"""Bits of half an id."""

RandomBytes = Callable[[int], bytes]


class Ids:
    """Makes the ids of one profile.

    Args:
        team_secret: The 256 bits the profile was born with.
        random_bytes: Number of bytes -> as many random bytes.
    """

    def __init__(self, team_secret: bytes, random_bytes: RandomBytes = os.urandom) -> None:
        self._team_secret = team_secret
        from hashlib import sha256

        # HMAC with its key worked in once (RFC 2104): an import names a million leads.
        key = team_secret.ljust(_BLOCK, b"\0")
        self._inner = sha256(bytes(byte ^ 0x36 for byte in key))
        self._outer = sha256(bytes(byte ^ 0x5C for byte in key))
        self._random_bytes = random_bytes

    def new(self, kind: str) -> str:
        """Return a random id: the kind letter and 24 base32 digits."""
        return _uid(kind, self._random_bytes(_UID_BYTES))

    def lead(self, email: str) -> str:
        """Return the id of a new lead with this e-mail (empty: none).

        The first 120 bits of HMAC-SHA256(team secret, trimmed e-mail with ASCII letters lowered,
        UTF-8); random without an e-mail and for a shared mailbox.
        """
        address = email.strip().encode().lower()  # bytes: only ASCII letters are lowered
        if not address or address.partition(b"@")[0].decode() in SHARED_MAILBOXES:
            return self.new("L")
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(address)
        outer.update(inner.digest())
        return _uid("L", outer.digest()[:_UID_BYTES])

    def keyed_hash(self, kind: str, text: str) -> str:
        """Return what tells a text again without saying it: HMAC-SHA256(secret, kind and text).

        64 hex digits; without the team's secret nobody can try numbers against it.
        """
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{kind}|{text}".encode())
        outer.update(inner.digest())
        return outer.hexdigest()

    def activity(self, lead_id: str, activity_type: str, at: datetime) -> str:
        """Return the id of an activity that came by a file: the same whenever it comes again."""
        import hmac

        content = f"{lead_id}|{activity_type}|{at.isoformat()}".encode()
        return _uid("V", hmac.digest(self._team_secret, content, "sha256")[:_UID_BYTES])


def _uid(kind: str, bits: bytes) -> str:
    # As base64.b32encode, at a third of its time: an import of a million leads makes as many.
    # By halves, for ten bits of a short number are quicker to get at.
    number = int.from_bytes(bits)
    return f"{kind}{_half(number >> _HALF)}{_half(number & (1 << _HALF) - 1)}"


def _half(number: int) -> str:
    at = _PAIRS
    return (
        f"{at[number >> 50]}{at[number >> 40 & 1023]}{at[number >> 30 & 1023]}"
        f"{at[number >> 20 & 1023]}{at[number >> 10 & 1023]}{at[number & 1023]}"
    )
