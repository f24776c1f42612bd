# SPDX-License-Identifier: MIT
"""What two e-mail addresses have to do with each other: the same mailbox, or a desk many share."""

SHARED_MAILBOXES = frozenset((
    "abuse", "account", "accounting", "accounts", "admin", "administrator", "billing",
    "booking", "bookings", "buchhaltung", "careers", "contact", "contacto", "customercare",
    "customerservice", "enquiries", "enquiry", "feedback", "finance", "hallo", "hello", "help",
    "helpdesk", "hi", "hr", "info", "information", "inquiries", "invoice", "invoices", "jobs",
    "kontakt", "legal", "mail", "mailbox", "marketing", "media", "news", "newsletter",
    "no-reply", "noreply", "office", "orders", "post", "postmaster", "press", "privacy",
    "purchasing", "reception", "recruiting", "sales", "secretary", "security",
    "service", "support", "team", "verkauf", "vertrieb", "web", "webmaster", "welcome",
))  # fmt: skip
"""Local parts that stand for a desk and not for a person: two leads may share one of these."""

GMAIL = frozenset({"gmail.com", "googlemail.com"})
"""Domains of one provider, to which dots before the @ are nothing."""


def mailbox(address: str) -> str:
    """Return the form in which two addresses of one mailbox are equal; empty for no address.

    Without case and without what stands behind a "+"; those of Gmail also without dots and under
    one domain. Source: RFC 5233 (detail), support.google.com/mail/answer/7436150 (dots).
    """
    local, at, domain = address.strip().casefold().rpartition("@")
    if not (local and at and domain):
        return ""
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{domain}"


def is_shared(address: str) -> bool:
    """Tell whether an address stands for a desk: info@, sales@."""
    return address.casefold().partition("@")[0] in SHARED_MAILBOXES
