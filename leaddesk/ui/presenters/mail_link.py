# SPDX-License-Identifier: MIT
"""The link that opens a mail program with an e-mail begun."""

from urllib.parse import quote

_SUBJECT = "subject:"


def mail_parts(text: str) -> tuple[str, str]:
    """Return subject and body of a text; its first line is the subject where it says so."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith(_SUBJECT):
        return first[len(_SUBJECT) :].strip(), rest.strip()
    return "", text.strip()


def mail_link(to: str, text: str) -> str:
    """Return the mailto link; nothing of the text can add a header or a second receiver."""
    subject, body = mail_parts(text)
    parts = {"subject": subject, "body": body.replace("\n", "\r\n")}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items() if value)
    address = quote(to.strip(), safe="@")
    return f"mailto:{address}?{query}" if query else f"mailto:{address}"
