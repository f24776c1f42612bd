# SPDX-License-Identifier: MIT
"""A lead as a contact card (vCard 3.0, RFC 2426), which every address book reads."""

from collections.abc import Iterator

from leaddesk.core.domain.lead import Lead

_OCTETS = 75
"""Longest line, in octets of UTF-8 without its end (RFC 2426, 2.6)."""


def contact_card(lead: Lead) -> str:
    """Return the card; lines end as the format wants them, and long ones are folded."""
    return "".join(f"{folded}\r\n" for line in _lines(lead) for folded in _folded(line))


def _lines(lead: Lead) -> Iterator[str]:
    last, first = lead.last_name, lead.first_name
    if not (last or first):
        last = lead.full_name
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{_text(last)};{_text(first)};;{_text(lead.salutation)};"
    yield f"FN:{_text(lead.name or 'No name')}"
    for name, value in (("ORG", lead.company), ("TITLE", lead.title), ("URL", lead.website)):
        if value:
            yield f"{name}:{_text(value)}"
    numbers = (
        ("WORK,VOICE", lead.phone_e164 or lead.phone),
        ("VOICE", lead.phone_2_e164 or lead.phone_2),
        ("CELL", lead.mobile_e164 or lead.mobile),
    )
    yield from (f"TEL;TYPE={kind}:{_text(number)}" for kind, number in numbers if number)
    for address in (lead.email, lead.email_2):
        if address:
            yield f"EMAIL;TYPE=INTERNET:{_text(address)}"
    place = (lead.street, lead.city, lead.state, lead.postal_code, lead.country)
    if any(place):
        yield f"ADR;TYPE=WORK:;;{';'.join(map(_text, place))}"
    yield f"UID:{_text(lead.lead_id)}"
    yield "END:VCARD"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # Other signs that do nothing but control would end the card early.
    return "\\n".join("".join(c for c in line if c >= " " and c != "\x7f") for line in lines)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces that are short enough; no sign is cut through."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode(errors="replace"))
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += char
        size += octets
    yield piece
